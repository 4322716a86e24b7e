"""What is loaded behind the first picture, and how the interpreter is set meanwhile."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable

_YOUNG = 10_000
"""New objects between two looks for garbage: a step makes some thousands, and waits for no look of its own."""

_TURN = 0.0005
"""Seconds that a thread computes before another one has its turn while much is loaded: a key waits for one of them."""


class Loading:
    """Loads on a thread of its own, once.

    Garbage is collected when that is done and not before: what is loaded stays, and is not looked through again.
    """

    def __init__(self, load: Callable[[], None] | None) -> None:
        self._load = load

    def begin(self) -> None:
        """Load; at once, where there is nothing to load, be done with it."""
        if self._load is None:
            _collect()
        else:
            threading.Thread(target=self._run, args=(self._load,), name="mesa-loading", daemon=True).start()

    def _run(self, load: Callable[[], None]) -> None:
        turn = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        try:
            load()
        finally:
            sys.setswitchinterval(turn)
            _collect()


def _collect() -> None:
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    gc.enable()
    gc.freeze()
