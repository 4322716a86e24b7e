"""Marks that a program holds on a file as long as it lives, however it ends.

Never on the store itself: closing any other descriptor of it would drop SQLite's own locks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the mark of that file alone, the file being made if it is not there; ``False`` if somebody else has it.

    The file stays: who removed it would let two hold marks of the same name.  Raises ``OSError``.
    """
    descriptor = _opened(path)
    try:
        yield _taken(descriptor)
    finally:
        os.close(descriptor)


def take(path: Path, *, shared: bool = False) -> int:
    """The descriptor that holds the mark of that file until it is closed, for others too if ``shared``.

    -1 if somebody else has it or no such file can be made, and on Windows, where marks cannot be shared.
    """
    if sys.platform == "win32":
        return -1
    try:
        descriptor = _opened(path)
    except OSError:
        return -1
    if not _taken(descriptor, shared=shared, unknown=False):
        os.close(descriptor)
        return -1
    return descriptor


def is_held(path: Path) -> bool:
    """Whether somebody holds that mark; nothing is made by asking."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return False
    try:
        return not _taken(descriptor)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)


def _taken(descriptor: int, *, shared: bool = False, unknown: bool = True) -> bool:
    """Whether the mark was to be had; ``unknown`` on a file system without marks."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import errno
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        return unknown and error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True
