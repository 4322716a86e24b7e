"""The copy of a store as it was before it is brought up to date."""

from __future__ import annotations

import errno
import os
import time
from contextlib import closing, suppress
from pathlib import Path

from mesa_recuperacion.store import driver
from mesa_recuperacion.store.connections import translated
from mesa_recuperacion.store.durable import settle_names
from mesa_recuperacion.store.errors import StoreCorrupt, StoreFull, StoreReadOnly
from mesa_recuperacion.store.heard import INTEGRITY, Steps, heeding, in_silence

_PAGES = 4096
"""Pages that are copied before an interruption is heard."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_BESIDE = ("", "-journal", "-wal", "-shm")


def copy_before(path: Path, steps: Steps = in_silence) -> Path:
    """Make a whole and checked copy of a store beside it, readable by its owner only; answers where.

    To be called by whoever holds the store's write lock, having written nothing yet.  Raises ``StoreCorrupt`` if a page
    of the store is not as it should be, ``StoreFull``, ``StoreReadOnly``.  The steps are ``copy`` and ``pages``.
    """
    part = path.with_name(f".{path.name}.before.part")
    discard(part)  # of somebody who was killed while copying: whoever has the lock is alone here
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
        try:
            _copy(path, part, steps)
            target = _free_name(path)
            part.rename(target)
            settle_names(target.parent)
        finally:
            discard(part)
    except OSError as error:
        kind = StoreFull if error.errno in _FULL else StoreReadOnly
        raise kind(f"{part}: {error.strerror}") from error
    return target


def discard(copy: Path) -> None:
    """Remove a copy, as far as that can be done."""
    for suffix in _BESIDE:
        with suppress(OSError):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _copy(path: Path, part: Path, steps: Steps) -> None:
    told = steps("copy")

    def progress(status: int, left: int, total: int) -> None:
        told(total - left, total)

    with translated(), closing(driver.connect(path)) as source, closing(driver.connect(part)) as copy:
        source.backup(copy, pages=_PAGES, progress=progress)
        with heeding(copy, steps("pages"), INTEGRITY):
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreCorrupt(f"{path}: {found}")
        # One file for good: no log beside it that somebody who moves it would have to think of.
        copy.execute("PRAGMA journal_mode=delete")


def _free_name(path: Path) -> Path:
    at = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    name, turn = path.with_name(f"{path.name}.before-v{driver.USER_VERSION}-{at}"), 1
    while name.exists() or name.is_symlink():
        turn += 1
        name = path.with_name(f"{path.name}.before-v{driver.USER_VERSION}-{at}-{turn}")
    return name
