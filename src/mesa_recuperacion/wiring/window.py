"""The windows of one station: how many are open, told by locks that go with their process however it ends.

Never on the store itself: SQLite's own locks are its business.  On Windows, and where a disk knows no such locks, every
window takes itself for the only one; the store is as safe there, it is only not said.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


class Window:
    """One window on the store at a path.

    Every window shares a lock on one file, and the first of them has another for itself: when it goes, the next one is
    the first.
    """

    def __init__(self, store: Path) -> None:
        self._every, self._first = _files(store)
        self._shared = self._own = -1

    def open(self) -> None:
        """Be a window from now on; nothing where no file can be made."""
        if self._shared < 0:
            self._shared = _locked(self._every, shared=True)

    def comes_first(self) -> bool:
        """Whether no other window that is still open was here before; opens it, if that failed before."""
        self.open()
        if self._own < 0 <= self._shared:
            self._own = _locked(self._first)
        return self._own >= 0 or self._shared < 0

    def close(self) -> None:
        """Be none any more."""
        for descriptor in (self._own, self._shared):
            if descriptor >= 0:
                os.close(descriptor)
        self._own = self._shared = -1


def window_open(store: Path) -> bool:
    """Whether any window is open on the store at a path, of whichever process."""
    every, _ = _files(store)
    if sys.platform == "win32" or not every.exists():
        return False
    alone = _locked(every)
    if alone < 0:
        return True
    os.close(alone)
    return False


def mark_of(store: Path) -> Path:
    """The file beside a store that its windows hold."""
    return store.with_name(f".{store.name}.window")


def _files(store: Path) -> tuple[Path, Path]:
    return mark_of(store), store.with_name(f".{store.name}.first")


def _locked(path: Path, *, shared: bool = False) -> int:
    """The descriptor that holds a lock; -1 if somebody else has it, or there is none to be had."""
    if sys.platform == "win32":
        return -1
    import fcntl

    with suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
        else:
            return descriptor
    return -1
