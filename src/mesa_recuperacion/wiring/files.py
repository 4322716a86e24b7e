"""Files that get their name only when they are whole, and on the disk."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def part_in(folder: Path, prefix: str) -> Iterator[Path]:
    """An empty file for its owner alone, gone afterwards with whatever SQLite had beside it.  Raises ``OSError``."""
    part = folder / f"{prefix}{secrets.token_hex(4)}.part"
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    try:
        yield part
    finally:
        for left in (part, *folder.glob(f"{part.name}-*")):
            with suppress(OSError):
                left.unlink()


def settle(part: Path) -> None:
    """Force a file that nobody has open to the disk.  Raises ``OSError``."""
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle_names(folder: Path) -> None:
    """Force the names of a folder to the disk, where the system knows how.  Raises ``OSError``."""
    if os.name == "posix":
        settled = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(settled)
        finally:
            os.close(settled)


def put_into_place(new: Path, place: Path) -> None:
    """Give a finished file its name, never over another file.  Raises ``FileExistsError``, ``OSError``."""
    try:
        os.link(new, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        if place.exists() or place.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        new.rename(place)
    settle_names(place.parent)
