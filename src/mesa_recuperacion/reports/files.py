"""A file that is there whole or not at all, beside whatever was there before."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

from mesa_recuperacion.store.durable import settle_names

_PART = ".part"
_STALE = 24 * 3600
"""Seconds after which a part that was left by a killed program is nobody's."""


Claim = Callable[[Path], object]
"""Told under which name a file is about to appear, before anything of it is on the disk."""


def unclaimed(path: Path) -> None:
    """The claim of a file that nobody has to find again."""


def write_new(target: Path, write: Callable[[BinaryIO], object], claim: Claim = unclaimed) -> Path:
    """Write a new file; answers its path: ``target``, or numbered (``name-2.csv``) where there is one already.

    What is written goes to a part beside it, is forced to the disk, and only then gets its name: whatever happens
    before that leaves no file.  Its owner alone may read it.  Raises ``OSError``; what ``write`` and ``claim`` raise
    goes on.
    """
    folder = target.parent
    _sweep(folder)
    names = _free(target)
    free = next(names)
    claim(free)
    part = folder / f".{target.name}.{os.urandom(4).hex()}{_PART}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        made = _named(part, free, names, claim)
    finally:
        part.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # where folders cannot be forced to the disk, the system does it in its time
        settle_names(folder)
    return made


def parts_of(target: Path) -> list[Path]:
    """The parts that a killed program left beside a file that it was to write."""
    with contextlib.suppress(OSError):
        return sorted(target.parent.glob(f".mesa-*{_PART}"))
    return []


def _free(target: Path) -> Iterator[Path]:
    """The names that nothing has yet."""
    for n in count(1):
        free = target if n == 1 else target.with_name(f"{target.stem}-{n}{target.suffix}")
        if not os.path.lexists(free):
            yield free


def _named(part: Path, free: Path, names: Iterator[Path], claim: Claim) -> Path:
    """The part under the first name that is free; two programs never get the same one."""
    while not _linked(part, free):
        free = next(names)
        claim(free)
    return free


def _linked(part: Path, free: Path) -> bool:
    """Whether the part has that name now; another program may have been quicker."""
    try:
        os.link(part, free)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOENT):
            raise
        return _moved(part, free)  # a file system without links
    return True


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


def _sweep(folder: Path) -> None:
    """Remove our parts that a killed program left behind."""
    for part in folder.glob(f".mesa-*{_PART}"):
        with contextlib.suppress(OSError):
            if time.time() - part.lstat().st_mtime > _STALE:
                part.unlink()
