"""The machine: its SQLite, its disk, its terminal, its time zones, its settings and its log."""

from __future__ import annotations

import os
import shutil
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from mesa_recuperacion import __version__
from mesa_recuperacion.domain.health import Finding, space
from mesa_recuperacion.store.checkup import library
from mesa_recuperacion.wiring.doctor.patient import Patient

COLUMNS, LINES = 80, 24
_MIB = 1024 * 1024


def program(patient: Patient) -> Iterator[Finding]:
    """Which program this is, on which Python."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("program", facts={"version": __version__, "python": python, "system": sys.platform})


def sqlite(patient: Patient) -> Iterator[Finding]:
    """The SQLite that is really loaded, and the journal mode that is safe with it."""
    found = library()
    facts = {"module": found.module, "version": found.version, "journal": found.journal, "synchronous": "full"}
    yield Finding("sqlite", "ok", "" if found.wal_is_safe else "old", facts)


def settings(patient: Patient) -> Iterator[Finding]:
    """The file of settings."""
    path = str(patient.places.config_file)
    if patient.faults:
        yield Finding("settings", "bad", "faults", {"path": path, "n": len(patient.faults), "first": patient.faults[0]})
    else:
        yield Finding("settings", facts={"path": path})


def disk(patient: Patient) -> Iterator[Finding]:
    """Free space where the branch is."""
    folder = standing(patient.database.parent)
    free = shutil.disk_usage(folder).free // _MIB
    level = space(free)
    why = {"ok": "", "attention": "low", "bad": "full"}[level]
    yield Finding("disk", level, why, {"path": str(folder), "free_mib": free})


def terminal(patient: Patient) -> Iterator[Finding]:
    """Whether the desk could be drawn here."""
    term = patient.environ.get("TERM", "")
    size = shutil.get_terminal_size((0, 0))
    encoding = (sys.__stdout__.encoding if sys.__stdout__ else "") or "ascii"
    facts: dict[str, str | int] = {
        "term": term, "columns": size.columns, "lines": size.lines, "encoding": encoding.lower()
    }  # fmt: skip
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__)):
        yield Finding("terminal", "ok", "none", facts)
    elif sys.platform != "win32" and term in {"", "dumb", "unknown"}:
        yield Finding("terminal", "attention", "dumb", facts)
    elif "utf" not in encoding.lower():
        yield Finding("terminal", "attention", "encoding", facts)
    elif size.columns < COLUMNS or size.lines < LINES:
        yield Finding("terminal", "attention", "small", facts)
    else:
        yield Finding("terminal", facts=facts)


def zones(patient: Patient) -> Iterator[Finding]:
    """The data of the time zones, without which no hour can be promised."""
    known = len(zoneinfo.available_timezones())
    yield Finding("zones", "ok" if known else "bad", "" if known else "none", {"n": known})


def log(patient: Patient) -> Iterator[Finding]:
    """Whether something that goes wrong can be noted."""
    path = patient.places.log_file
    ready = path if path.exists() else standing(path.parent)
    writable = os.access(ready, os.W_OK)
    yield Finding("log", "ok" if writable else "attention", "" if writable else "unwritable", {"path": str(path)})


def standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)
