"""How far a long run is, on a terminal."""

from __future__ import annotations

import sys
import time

from mesa_recuperacion.i18n.words import Words

_EVERY = 0.2
"""Seconds between two words about how far it is."""


class Progress:
    """Says on a terminal how far a long run is; elsewhere nothing."""

    def __init__(self, words: Words) -> None:
        self._words, self._shows = words, sys.stderr.isatty()
        self._since = time.monotonic()
        self._told = False

    def __call__(self, done: int, total: int) -> None:
        """Called now and then."""
        now = time.monotonic()
        if not self._shows or (now - self._since < _EVERY and not (done == total and self._told)):
            return
        self._since, self._told = now, True
        told = self._words.t("{done} of {total} lines", done=done, total=total)
        print(f"\r{told}", end="\n" if done == total else "", file=sys.stderr, flush=True)  # noqa: T201 - over itself
