"""Leaving nothing of an erased text in the file: what a deletion alone does not do (rule E3).

``secure_delete`` overwrites the row that is deleted. Two copies can be left: in the write-ahead log, until it is
emptied, and in the unused part of pages, where SQLite leaves what it moved to another page when that row was young.
``VACUUM`` writes the file anew from its rows alone; emptying the log afterwards leaves no older page anywhere.

That it is to be done is a mark beside the file, made before the commit and removed once all of it is done: a program
that is killed in between leaves the mark, and whoever opens the store next finishes the work.  Imports no database
library.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from mesa_recuperacion.store import driver
from mesa_recuperacion.store.durable import settle_names
from mesa_recuperacion.store.errors import StoreError, StoreFull, StoreReadOnly
from mesa_recuperacion.store.heard import VACUUM, Progress, Stopped, heeding, unheard

_IN_MEMORY = 256 * 1024 * 1024
"""Up to this size of the file, its new form is put together in memory."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def mark_of(path: Path) -> Path:
    """The mark that says that a store is to be swept."""
    return path.with_name(f"{path.name}.sweep")


def is_due(path: Path) -> bool:
    """Whether a store is to be swept: something was erased, and copies of it may be left in its files."""
    return mark_of(path).exists()


def mark(path: Path) -> None:
    """Say that a store is to be swept, on the disk before anything is erased in it.  Raises ``StoreError``."""
    try:
        _write(mark_of(path), "")
    except OSError as error:
        raise _of_os(error, path) from error


def sweep(path: Path, seconds: float, progress: Progress = unheard, *, listed_all: bool = True) -> bool:
    """Sweep a store if it is due, waiting so long for others; answers whether nothing is left to do.

    The mark stays where others kept it from being done, or the disk did, or whoever hears ``progress``; and while not
    all stand in the list of those who were forgotten.
    """
    if not is_due(path):
        return True
    try:
        connection = driver.connect(path)
        try:
            driver.prepare_writer(connection)
            connection.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")
            with heeding(connection, progress, VACUUM):
                swept = _swept(connection.execute, path)
            if not swept or not listed_all:
                return False
            mark_of(path).unlink(missing_ok=True)
            return True
        finally:
            connection.close()
    except (driver.sqlite.Error, StoreError, OSError, Stopped):  # tried again with the next opening or closing
        return False


def _swept(execute: Callable[[str], Any], path: Path) -> bool:
    if path.stat().st_size <= _IN_MEMORY:
        execute("PRAGMA temp_store=2")
    execute("VACUUM")
    if driver.journal_mode() == "wal":
        busy, _, _ = execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    return True


# ------------------------------------------------------------------------------------------------- who was forgotten


def list_of(path: Path) -> Path:
    """The file beside a store that names the cards that were forgotten in it: opaque references, one a line.

    It outlives the store: whoever puts an older copy in its place forgets them again.
    """
    return path.with_name("forgotten.txt")


def listed(path: Path) -> tuple[str, ...]:
    """The cards that the list beside a store names; none if there is no list, or it cannot be read."""
    try:
        text = list_of(path).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ()
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def list_more(path: Path, people: Iterable[str]) -> bool:
    """Add cards to the list beside a store, on the disk; whether they stand in it now."""
    try:
        known = listed(path)
        fresh = [who for who in people if who not in known]
        if fresh:
            _write(list_of(path), "".join(f"{who}\n" for who in fresh))
    except OSError:
        return False
    return True


def _write(target: Path, text: str) -> None:
    """Append a text to a file that its owner alone may read, and force both it and its name to the disk."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with suppress(OSError):  # where folders cannot be forced, the system does it in its time
        settle_names(target.parent)


def _of_os(error: OSError, path: Path) -> StoreError:
    kind = StoreFull if error.errno in _FULL else StoreReadOnly
    return kind(f"{path}: {error.strerror}")
