"""A file that is there whole or not at all, beside whatever was there before."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import BinaryIO

_PART = ".part"
_STALE = 24 * 3600
"""Seconds after which a part that was left by a killed program is nobody's."""


def write_new(target: Path, write: Callable[[BinaryIO], object]) -> Path:
    """Write a new file; answers its path: ``target``, or numbered (``name-2.csv``) where there is one already.

    What is written goes to a part beside it, is forced to the disk, and only then gets its name: whatever happens
    before that leaves no file.  Its owner alone may read it.  Raises ``OSError``; what ``write`` raises goes on.
    """
    folder = target.parent
    _sweep(folder)
    part = folder / f".{target.name}.{os.urandom(4).hex()}{_PART}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        made = _named(part, target)
    finally:
        part.unlink(missing_ok=True)
    _settle(folder)
    return made


def _named(part: Path, target: Path) -> Path:
    """The part under the first name that is free; two programs never get the same one."""
    for n in count(1):
        free = target if n == 1 else target.with_name(f"{target.stem}-{n}{target.suffix}")
        try:
            os.link(part, free)
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOENT):
                raise
            if not _moved(part, free):  # a file system without links
                continue
        return free
    raise AssertionError("numbers do not end")


def _moved(part: Path, free: Path) -> bool:
    """Take the name, and then put the part there; whether it was free."""
    try:
        os.close(os.open(free, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    try:
        part.replace(free)
    except BaseException:
        free.unlink(missing_ok=True)
        raise
    return True


def _settle(folder: Path) -> None:
    """The name is on the disk too; where folders cannot be forced there, the system does it in its time."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove our parts that a killed program left behind."""
    for part in folder.glob(f".mesa-*{_PART}"):
        with contextlib.suppress(OSError):
            if time.time() - part.lstat().st_mtime > _STALE:
                part.unlink()
