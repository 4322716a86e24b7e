"""The file of the branch from outside: what it is, whose it is, and what lies beside it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.health import Finding, Level
from mesa_recuperacion.store.checkup import version
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.store.still import JOURNAL, SHM, WAL, StillStore, side
from mesa_recuperacion.wiring.doctor.patient import Patient
from mesa_recuperacion.wiring.practice import left_behind
from mesa_recuperacion.wiring.window import window_open

LONG_WAL = 64 * 1024 * 1024
"""Bytes of a write-ahead log that should have been taken up long ago."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def database(patient: Patient) -> Iterator[Finding]:
    """Whether the file is a store of ours, of this version, with all its tables and guards."""
    facts: dict[str, str | int] = {"path": str(patient.database), "version": version()}
    try:
        recognise(patient.database, recover=False)
        if not unfinished(patient.database):
            StillStore.open(patient.database).close()
    except StoreError as error:
        yield Finding("database", "bad", type(error).__name__.removeprefix("Store").lower(), facts)
    else:
        yield Finding("database", facts=facts)


def rights(patient: Patient) -> Iterator[Finding]:
    """Whether its owner alone can read it, and can write it."""
    path, folder = patient.database, patient.database.parent
    if not path.exists():
        return
    seen, around = path.stat(), folder.stat()
    facts: dict[str, str | int] = {
        "path": str(path), "folder": str(folder), "mode": f"{stat.S_IMODE(seen.st_mode):04o}",
        "folder_mode": f"{stat.S_IMODE(around.st_mode):04o}",
    }  # fmt: skip
    why = _wrong_rights(path, seen, around)
    known: dict[str, Level] = {"": "ok", "unwritable": "bad"}
    yield Finding("rights", known.get(why, "attention"), why, facts)


def _wrong_rights(path: Path, seen: os.stat_result, around: os.stat_result) -> str:
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)):
        return "unwritable"
    if sys.platform == "win32":
        return ""
    if seen.st_uid != os.geteuid():
        return "owner"
    if seen.st_mode & _OTHERS:
        return "file"
    return "folder" if around.st_mode & _OTHERS else ""


def beside(patient: Patient) -> Iterator[Finding]:
    """What SQLite has beside it: a log that does not end, or the last words of a writer that was killed."""
    wal = side(patient.database, WAL)
    size = wal.stat().st_size if wal.exists() else 0
    facts: dict[str, str | int] = {"wal_bytes": size}
    if unfinished(patient.database):
        yield Finding("beside", "attention", "unfinished", facts)
    elif size > LONG_WAL:
        yield Finding("beside", "attention", "long", facts)
    else:
        yield Finding("beside", facts=facts)


def unfinished(path: Path) -> bool:
    """Whether only opening the store for work would show what it holds."""
    wal, journal = side(path, WAL), side(path, JOURNAL)
    if journal.exists() and journal.stat().st_size:
        return True
    return wal.exists() and wal.stat().st_size > 0 and not side(path, SHM).exists()


def windows(patient: Patient) -> Iterator[Finding]:
    """Whether a window has it open."""
    yield Finding("windows", why="open" if window_open(patient.database) else "")


def leftovers(patient: Patient) -> Iterator[Finding]:
    """What was set aside or left behind, and holds what customers told."""
    until = patient.now - timedelta(days=patient.backups.keep_days)
    aside = sorted(patient.database.parent.glob(f"{patient.database.name}.replaced-*"))
    old = [path for path in aside if from_ms(path.stat().st_mtime_ns // 1_000_000) < until]
    practice = left_behind()
    facts: dict[str, str | int] = {
        "replaced": len(aside), "practice": len(practice), "days": patient.backups.keep_days,
        "first": str(old[0] if old else aside[0] if aside else ""), "folder": gettempdir(),
    }  # fmt: skip
    if old:
        yield Finding("leftovers", "attention", "replaced", facts)
    elif practice:
        yield Finding("leftovers", "attention", "practice", facts)
    else:
        yield Finding("leftovers", why="kept" if aside else "", facts=facts)
