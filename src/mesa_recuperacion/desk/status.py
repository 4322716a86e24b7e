"""What the screen says of itself, where the conversation says what is done: a word about the last key, or that it is
saving.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from mesa_recuperacion.dialogue.view import Line, line
from mesa_recuperacion.i18n.words import Words

SLOW = 0.4
"""Seconds after which the screen says that it is saving."""


class Status:
    """``later(seconds, what)`` calls in so many seconds, unless it is stopped."""

    def __init__(self, later: Callable[[float, Callable[[], None]], Timer]) -> None:
        self._later = later
        self._slow: Timer | None = None
        self._saving = False
        self.notice: Line | None = None
        """A word about the last key, until the next one."""

    def begins(self, say: Callable[[], None]) -> None:
        """Something is being saved; if it takes long, that is said, and ``say`` is called."""
        if self._slow is None:
            self._slow = self._later(SLOW, lambda: self._takes_long(say))

    def ended(self) -> None:
        """Nothing is being saved any more."""
        self._saving = False
        if self._slow is not None:
            self._slow.stop()
            self._slow = None

    def line(self, words: Words) -> Line | None:
        """What to say now; ``None`` leaves it to the conversation."""
        return self.notice or (line(words.t("Saving…"), "dim") if self._saving else None)

    def _takes_long(self, say: Callable[[], None]) -> None:
        self._saving = True
        say()
