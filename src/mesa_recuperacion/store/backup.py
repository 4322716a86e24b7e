"""A copy of a store, made while others work with it, and proved before it counts (rule E6)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from mesa_recuperacion.journal.chain import NO_KEYS, Ring
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.connections import translated
from mesa_recuperacion.store.errors import StoreBusy, StoreCorrupt, StoreError, StoreOlder, translate
from mesa_recuperacion.store.heads import Heads, heads_of, leads_to
from mesa_recuperacion.store.heard import INTEGRITY, Progress, Steps, heeding, in_silence, unheard
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.store.still import StillStore, still
from mesa_recuperacion.store.verify import Verdict, verify

PAGES = 256
"""Pages of one step of the copy: whoever writes in a mode without a log waits for one step at most."""

PAUSE = 0.002
"""Seconds between two steps, for whoever else wants the disk."""

PATIENCE = 600.0
"""Seconds that a copy may take."""

_RESTARTS = 3
_MOMENT_MS = 1000
_OF_TARGET = {13: "full", 8: "rights", 14: "rights", 778: "failed", 1034: "failed", 1546: "failed", 4874: "failed"}
"""SQLite's codes of a failure to write (FULL, READONLY, CANTOPEN; IOERR of write, fsync, truncate, shm size): those
are never of the file that is only read.
"""


_TOLD = {
    "database or disk is full": "full", "attempt to write a readonly database": "rights", "disk I/O error": "failed",
    "unable to open database file": "rights",
}  # fmt: skip
"""The same by its words: the copy of ``pysqlite3`` fails without a code."""


class NotCopied(StoreError):
    """The copy could not be written where it was to go: ``why`` is ``full``, ``rights`` or ``failed``."""

    def __init__(self, message: str, why: str = "failed") -> None:
        super().__init__(message)
        self.why = why


class Unsound(StoreError):
    """A copy was not proved.  ``why`` is ``integrity`` (the database says so), ``chain`` (the journal or what is
    folded from it, see ``verdict``) or ``heads`` (it does not end where the original went by).
    """

    def __init__(self, message: str, why: str = "integrity", verdict: Verdict | None = None) -> None:
        super().__init__(message)
        self.why, self.verdict = why, verdict


def copy_of(source: Path, target: Path, progress: Progress = unheard) -> None:
    """Copy a store that may be in use into ``target``, an empty file of the caller's, by SQLite's online interface.

    Others go on reading and writing; the copy is of one moment, and one file.  Raises as :func:`recognise`,
    ``NotCopied``, ``StoreBusy`` after ``PATIENCE``, and what the source and ``progress`` (of pages) raise.
    """
    recognise(source)
    with _failures(), closing(_reader(source)) as here:
        _carry(here, target, progress)


def copy_still(source: Path, target: Path, progress: Progress = unheard) -> None:
    """As :func:`copy_of`, of a file that is only looked at, perhaps where nothing can be written: a backup, which may
    be of an earlier version.
    """
    with suppress(StoreOlder):
        recognise(source, recover=False)
    with _failures(), closing(still(source)) as here:
        _carry(here, target, progress)


def prove(path: Path, steps: Steps = in_silence, ring: Ring = NO_KEYS) -> Verdict:
    """Prove that a file is a whole store: its pages, its keys, its chain, and what is folded from it.

    It is only looked at.  The steps are ``pages``, ``lines`` and ``rows``.  Raises as :func:`recognise`, and
    ``Unsound``.
    """
    recognise(path, recover=False)
    pages_of(path, steps("pages"))
    store = StillStore.open(path, ring)
    try:
        verdict = verify(store, steps("lines"), rows=steps("rows"))
    finally:
        store.close()
    if not verdict.sound:
        raise Unsound(f"{path}: {len(verdict.faults)} faults", "chain", verdict)
    return verdict


def pages_of(path: Path, progress: Progress = unheard) -> None:
    """Raise ``Unsound`` unless the database itself finds its pages, indexes and keys in order."""
    with translated(), closing(still(path)) as connection, heeding(connection, progress, INTEGRITY):
        said = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != ("ok",):
            raise Unsound(f"{path}: {said[0]}")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise Unsound(f"{path}: foreign keys")


def prove_copy(
    copy: Path, original: Path, steps: Steps = in_silence, ring: Ring = NO_KEYS
) -> tuple[Verdict, Heads]:  # fmt: skip
    """Prove a copy, and that the original went by where it ends; answers the verdict and the copy's heads.

    Raises as :func:`prove`; ``Unsound`` with ``heads``.
    """
    verdict = prove(copy, steps, ring)
    heads = heads_of(copy)
    with translated(), closing(_reader(original)) as connection:
        if not leads_to(heads, connection):
            raise Unsound(f"{copy}: not where {original} went by", "heads")
    return verdict, heads


@contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Keep a store that is to be replaced from everybody else, all of it in one file.

    Raises ``StoreBusy`` if somebody has it open, and what a damaged file raises.
    """
    with translated(), closing(driver.connect(path)) as connection:
        connection.execute(f"PRAGMA busy_timeout={_MOMENT_MS}")
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]  # refused while others have it open
        if mode != "delete":
            raise StoreBusy(f"{path}: {mode}")
        if sys.platform == "win32":
            connection.close()  # a file that is open cannot get another name there
        else:
            connection.execute("BEGIN EXCLUSIVE")
        yield


def _reader(path: Path) -> Any:
    return driver.prepared(driver.connect(path), driver.prepare_reader)


def _carry(here: Any, target: Path, progress: Progress) -> None:
    """With a log, one moment is held while writers go on; without one, a writer would wait, so nothing is held."""
    if here.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        _hold(here)
    with closing(driver.connect(target)) as there:
        there.execute("PRAGMA journal_mode=MEMORY")
        there.execute("PRAGMA synchronous=OFF")  # the whole file is forced to the disk before it gets its name
        try:
            here.backup(there, pages=PAGES, progress=_Rounds(progress, PAUSE), sleep=0.02)
        except _Overtaken:  # writers never leave a gap: they wait for this one copy
            _hold(here)
            here.backup(there, pages=PAGES, progress=_Rounds(progress), sleep=0.02)
        there.execute("PRAGMA journal_mode=DELETE")


def _hold(here: Any) -> None:
    here.execute("BEGIN")
    here.execute("SELECT count(*) FROM sqlite_master").fetchone()


class _Overtaken(Exception):
    """The original changed again and again, and each time the copy began anew."""


class _Rounds:
    """Pauses between the rounds of a copy, a word about each, and an end to them."""

    def __init__(self, progress: Progress, pause: float = 0.0) -> None:
        self._progress, self._pause = progress, pause
        self._until = time.monotonic() + PATIENCE
        self._left, self._restarts = -1, 0

    def __call__(self, status: int, left: int, total: int) -> None:
        if time.monotonic() > self._until:
            raise StoreBusy("the copy does not come to an end")
        if 0 <= self._left < left:
            self._restarts += 1
            if self._restarts > _RESTARTS:
                raise _Overtaken
        self._left = left
        self._progress(total - left, total)
        time.sleep(self._pause)


@contextmanager
def _failures() -> Iterator[None]:
    """What the driver raises, told apart: the file that is copied, or the place it is copied to."""
    try:
        yield
    except driver.sqlite.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        why = _TOLD.get(str(error)) if code is None else _OF_TARGET.get(code) or _OF_TARGET.get(code & 0xFF)
        if why is not None:
            raise NotCopied(str(error), why) from error
        if code is None and "malformed" in str(error):
            raise StoreCorrupt(str(error)) from error
        raise translate(error) from error
