"""How far a long run is, on a terminal."""

from __future__ import annotations

import sys
import time

from mesa_recuperacion.i18n.words import Words

_EVERY = 0.2
"""Seconds between two words about how far it is."""


class Over:
    """A line on stderr that is written over itself, where that is a terminal; elsewhere nothing is written."""

    def __init__(self) -> None:
        self.shows = sys.stderr.isatty()
        self._since = time.monotonic()
        self._wide = 0

    @property
    def is_due(self) -> bool:
        """Whether the last word is long enough ago for another."""
        return self.shows and time.monotonic() - self._since >= _EVERY

    @property
    def has_said(self) -> bool:
        """Whether there is something on the line."""
        return self._wide > 0

    def say(self, text: str) -> None:
        """Write over what is there."""
        if self.shows:
            self._since, self._wide = time.monotonic(), max(self._wide, len(text))
            sys.stderr.write(f"\r{text:<{self._wide}}")
            sys.stderr.flush()

    def end(self) -> None:
        """Whatever is said next has its own line."""
        if self.has_said:
            self._wide = 0
            sys.stderr.write("\n")
            sys.stderr.flush()


class Progress:
    """Says on a terminal how far a long run is; elsewhere nothing."""

    def __init__(self, words: Words) -> None:
        self._words, self._over = words, Over()

    def __call__(self, done: int, total: int) -> None:
        """Called now and then."""
        if not self._over.is_due and not (done == total and self._over.has_said):
            return
        self._over.say(self._words.t("{done} of {total} lines", done=done, total=total))
        if done == total:
            self._over.end()
