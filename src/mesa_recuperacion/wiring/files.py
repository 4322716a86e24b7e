"""Files that get their name only when they are whole, and on the disk."""

from __future__ import annotations

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
