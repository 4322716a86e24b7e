"""The windows of one station: how many are open, told by locks that go with their process however it ends.

Never on the store itself: SQLite's own locks are its business.  On Windows, and where a disk knows no such locks, every
window takes itself for the only one; the store is as safe there, it is only not said.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from mesa_recuperacion.wiring.locking import is_held, take


class Window:
    """One window on the store at a path.

    Every window shares a lock on one file, and the first of them has another for itself: when it goes, the next one is
    the first.
    """

    def __init__(self, store: Path) -> None:
        self._every, self._first = mark_of(store), store.with_name(f".{store.name}.first")
        self._shared = self._own = -1
        self._closed = False
        self._lock = threading.Lock()  # one thread asks what stands while another lets go

    def open(self) -> None:
        """Be a window from now on, and the first if there is none; nothing where no file can be made, nor once it was
        closed.
        """
        with self._lock:
            self._open()

    def comes_first(self) -> bool:
        """Whether no other window that is still open was here before; opens it, if that failed before."""
        with self._lock:
            self._open()
            return self._own >= 0 or self._shared < 0

    def close(self) -> None:
        """Be none any more."""
        with self._lock:
            for descriptor in (self._own, self._shared):
                if descriptor >= 0:
                    os.close(descriptor)
            self._own = self._shared = -1
            self._closed = True

    def _open(self) -> None:
        if self._shared < 0 and not self._closed:
            self._shared = take(self._every, shared=True)
        if self._own < 0 <= self._shared:
            self._own = take(self._first)


def window_open(store: Path) -> bool:
    """Whether any window is open on the store at a path, of whichever process."""
    return sys.platform != "win32" and is_held(mark_of(store))


def mark_of(store: Path) -> Path:
    """The file beside a store that its windows hold."""
    return store.with_name(f".{store.name}.window")
