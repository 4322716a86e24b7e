"""A little room that is kept for the day on which the disk is full (rule E4).

A file of nothing beside the store.  When a write finds no room, the file goes, and what was being said can still be
saved; from then on everybody is told, and the file is made again once there is room.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from mesa_recuperacion.domain.health import FREE_MIB

SIZE = 4 * 1024 * 1024
"""Bytes of the file: about a hundred decisions."""

SCARCE = FREE_MIB * 1024 * 1024
"""Free bytes of a disk below which it is said that there is little room."""


_TRIAL = 64 * 1024


class Ballast:
    """The file that gives way, of the store at a path."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(f".{store.name}.ballast")

    @property
    def free(self) -> int | None:
        """Free bytes of the disk; ``None`` where nobody knows."""
        try:
            return shutil.disk_usage(self.path.parent).free
        except OSError:
            return None

    @property
    def is_scarce(self) -> bool:
        """Whether there is little room left on the disk."""
        free = self.free
        return free is not None and free < SCARCE

    def is_full(self) -> bool:
        """Whether the disk takes nothing more, or no more from whoever runs this: tried, since a quota tells nobody."""
        trial = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        try:
            descriptor = os.open(trial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            try:
                return os.write(descriptor, bytes(_TRIAL)) < _TRIAL
            finally:
                os.close(descriptor)
        except OSError as error:
            return error.errno in (errno.ENOSPC, errno.EDQUOT)
        finally:
            trial.unlink(missing_ok=True)

    @property
    def is_there(self) -> bool:
        """Whether there is something that could give way."""
        return self.path.exists()

    def make(self) -> bool:
        """Make the file if there is room enough for it and for much else; whether it is there now."""
        if self.is_there:
            return True
        if (self.free or 0) < SCARCE + SIZE:
            return False
        try:
            descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError:
            return self.is_there
        try:
            _fill(descriptor)
        except OSError:
            self.give_way()
            return False
        finally:
            os.close(descriptor)
        return True

    def give_way(self) -> bool:
        """Remove the file; whether that made room."""
        with suppress(OSError):
            self.path.unlink()
            return True
        return False


def _fill(descriptor: int) -> None:
    """Let the file really take its room."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, SIZE)
        return
    zeros = bytes(256 * 1024)
    for _ in range(SIZE // len(zeros)):
        os.write(descriptor, zeros)
