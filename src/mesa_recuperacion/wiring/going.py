"""What takes long at the desk, as the screen's thread sees it: how far it is; and that it is to end (rule F4)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self

from mesa_recuperacion.domain.pace import Pace
from mesa_recuperacion.store.heard import Progress, Stopped

MOMENT = 0.3
"""Seconds of which nothing is said."""


class Going:
    """Told of the steps of a work on one thread, looked at and stopped on another.  Steps: ``table``, ``sweep``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._end = clock, threading.Event()
        self._since = 0.0
        self._now: tuple[str, int, int, float | None] | None = None

    @property
    def now(self) -> tuple[str, int, int, float | None] | None:
        """The step, how much of it is done, of how much (0: not known), and the seconds that are left, if known.

        ``None`` while nothing is told of, and in the first moment of what is.
        """
        return self._now if self._clock() - self._since >= MOMENT else None

    def stop(self) -> None:
        """Whatever is told of, until the next ``with``, is to end at its next word."""
        self._end.set()

    def __enter__(self) -> Self:
        """Something begins, which nobody has asked to end."""
        self._end.clear()
        self._now = None
        return self

    def __exit__(self, *_: object) -> None:
        self._now = None

    def __call__(self, step: str) -> Progress:
        """The progress of a step."""
        pace = Pace()

        def progress(done: int, total: int) -> None:
            if self._end.is_set():
                raise Stopped
            if total:
                pace.went(self._clock(), done)
            if self._now is None:
                self._since = self._clock()
            self._now = (step, done, total, pace.left(total))

        return progress
