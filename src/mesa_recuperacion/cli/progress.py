"""How far a long run is, on a terminal; and its end in order, where somebody wants it before it is done."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Self

from mesa_recuperacion.cli.failures import INTERRUPTED
from mesa_recuperacion.domain.pace import Pace
from mesa_recuperacion.i18n.progress import how_far
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store.heard import Progress, Stopped

FIRST = 0.5
"""Seconds after which the first word is said: what is done sooner needs none."""

_EVERY = 0.2
"""Seconds between two words about how far it is."""

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


class Over:
    """A line on stderr that is written over itself, where that is a terminal; elsewhere nothing is written."""

    def __init__(self) -> None:
        self.shows = sys.stderr.isatty()
        self._wide = 0

    def say(self, text: str) -> None:
        """Write over what is there; of what is wider than the terminal, its beginning."""
        self._write(text[: max(1, _columns() - 1)])

    def clear(self) -> None:
        """Take it away: whatever is said next has the line."""
        if self._wide:
            self._write("")
            self._wide = 0

    def _write(self, text: str) -> None:
        if not self.shows:
            return
        try:
            sys.stderr.write(f"\r{text:<{self._wide}}" + ("" if text else "\r"))
            sys.stderr.flush()
        except (OSError, ValueError):  # the terminal is gone: the work goes on, or is told to end
            self.shows = False
        self._wide = len(text)


class LongRun:
    """A run that may take long.  Called with the name of a step, it gives the progress of that step.

    Inside ``with``, a signal to end (Ctrl+C, a closed terminal, a shutdown) raises nothing by itself, for it would come
    anywhere, and is lost in the midst of a call of the database: it is noted, and the next word about the progress
    raises :class:`Stopped`.  What must not be cut off is done without a word.  One that comes after the last word finds
    the work done.  Signals that are ignored stay so.
    """

    def __init__(self, words: Words, clock: Callable[[], float] = time.monotonic) -> None:
        self._words, self._clock, self._over = words, clock, Over()
        self._names = steps_in(words)
        self._due, self._inside = 0.0, 0
        self._before: dict[int, Any] = {}
        self.asked = 0
        """The number of the signal that asked for the end; 0 while none did."""

    @property
    def status(self) -> int:
        """The exit status of a run that was stopped, as shells expect it."""
        return 128 + self.asked if self.asked else INTERRUPTED

    def __call__(self, step: str) -> Progress:
        """The progress of a step: one of :func:`steps_in`."""
        what, pace = self._names[step], Pace()

        def progress(done: int, total: int) -> None:
            self.heed()
            if not self._over.shows:
                return
            now = self._clock()
            if total:
                pace.went(now, done)
            if now >= self._due:
                self._due = now + _EVERY
                self._over.say(how_far(self._words, what, done, total, pace.left(total)))

        return progress

    def waits(self, text: str) -> None:
        """Say what it waits for, if it may go on waiting."""
        self.heed()
        self._over.say(text)

    def heed(self) -> None:
        """Raise :class:`Stopped` if the end was asked for."""
        if self.asked:
            raise Stopped

    def clear(self) -> None:
        """Nothing of this is on the terminal's line any more, for something else that is said."""
        self._over.clear()

    def __enter__(self) -> Self:
        self._inside += 1
        if self._inside > 1:
            return self
        self._due = self._clock() + FIRST
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        self._inside -= 1
        if self._inside:
            return
        self.clear()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = self.asked or number


def steps_in(words: Words) -> dict[str, str]:
    """What each step is called while it goes on."""
    t = words.t
    return {
        "copy": t("Copying"),
        "pages": t("Looking at the pages of the file"),
        "lines": t("Proving the journal"),
        "rows": t("Comparing with the journal"),
        "backup pages": t("Looking at the pages of the last backup"),
        "backup lines": t("Proving the journal of the last backup"),
        "backup rows": t("Comparing the last backup with its journal"),
        "fold": t("Making it again from the journal"),
        "write": t("Writing the journal"),
        "sweep": t("Clearing the file of what was forgotten"),
        "forgotten": t("Looking up who was forgotten"),
        "make": t("Preparing the branch"),
        "before copy": t("Keeping a copy from before"),
        "before pages": t("Looking at the copy from before"),
        "before lines": t("Bringing the data up to date"),
    }


def _columns() -> int:
    with suppress(OSError, ValueError):
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    return 80
