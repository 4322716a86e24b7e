"""What the screen says of itself, where the conversation says what is done: a word about the last key, that it is
saving, or how far it is with what takes long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.timer import Timer

from mesa_recuperacion.dialogue.asks import Do, Export, Forget
from mesa_recuperacion.dialogue.view import Line, line
from mesa_recuperacion.i18n.progress import how_far
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.tui.ports import LongWork

MOMENT = 1 / 60
"""Seconds that an answer may take before the screen shows more of it than the line that was emptied."""

SLOW = 0.4
"""Seconds after which the screen says that it is saving; and between two words about how far it is."""


class Status:
    """``later(seconds, what)`` calls in so many seconds, unless it is stopped; ``going`` is what takes long."""

    def __init__(
        self, later: Callable[[float, Callable[[], None]], Timer], going: LongWork | None = None
    ) -> None:  # fmt: skip
        self._later, self._going = later, going
        self._soon: asyncio.TimerHandle | None = None
        self._slow: Timer | None = None
        self._saving = self._offers = False
        self.notice: Line | None = None
        """A word about the last key, until the next one."""

    def waits(self, say: Callable[[], None]) -> None:
        """An answer is under way; ``say`` is called if that takes more than a moment."""
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(MOMENT, say)

    def begins(self, ask: Any, say: Callable[[], None]) -> None:
        """An ask is carried out; if it saves something and takes long, that is said, and ``say`` is called."""
        if self._slow is None and isinstance(ask, Do | Export | Forget):
            self._slow = self._later(SLOW, lambda: self._takes_long(say))

    def ended(self) -> None:
        """Nothing is being saved any more."""
        self._saving = self._offers = False
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._slow is not None:
            self._slow.stop()
            self._slow = None

    def stops(self, key: str, text: str) -> bool:
        """Whether a key puts an end to what takes long: Esc on an empty line, where the screen has said so."""
        if key == "escape" and not text and self._offers:
            self.stop()
            return True
        return False

    def stop(self) -> None:
        """Put an end to what takes long."""
        if self._going is not None:
            self._going.stop()

    def line(self, words: Words) -> Line | None:
        """What to say now; ``None`` leaves it to the conversation."""
        now = self._going.now if self._going is not None else None
        self._offers = now is not None and self.notice is None
        if self.notice is not None:
            return self.notice
        if now is not None:
            return line(_how_far(words, *now), "dim")
        return line(words.t("Saving…"), "dim") if self._saving else None

    def _takes_long(self, say: Callable[[], None]) -> None:
        self._saving = True
        self._slow = self._later(SLOW, lambda: self._takes_long(say))
        say()


def _how_far(words: Words, step: str, done: int, total: int, seconds: float | None) -> str:
    t = words.t
    if step == "table":
        told = how_far(words, t("Writing the table"), done, total if done <= total else 0, seconds)
        return t("{told} · Esc stops it", told=told)
    told = how_far(words, t("Clearing the file of what was forgotten"), done, total, seconds)
    return t("{told} · Esc leaves it for later", told=told)
