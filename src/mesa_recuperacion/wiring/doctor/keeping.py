"""What the branch is brought back with: its keys, its backups, and whom they still know."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import timedelta

from mesa_recuperacion.domain.backups import STALE, Backup, newest_of, read_name
from mesa_recuperacion.domain.health import Finding, Level
from mesa_recuperacion.store.backup import prove
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.heads import forgotten, summary
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.wiring.doctor.file import unfinished
from mesa_recuperacion.wiring.doctor.patient import Patient
from mesa_recuperacion.wiring.keys import KeysUnfit, read_keys, ring_at

LONG = timedelta(days=7)
"""Without a backup for so long, it is not only something to see to."""


def keys(patient: Patient) -> Iterator[Finding]:
    """The secrets outside the database."""
    path = patient.places.keys_file
    facts: dict[str, str | int] = {"path": str(path)}
    try:
        found = read_keys(path)
    except (KeysUnfit, OSError):
        yield Finding("keys", "bad", "unreadable", facts)
        return
    tied = _tied(patient)
    if found is None:
        yield Finding("keys", "bad" if tied else "attention", "missing", facts)
    elif tied and tied not in {key.name for key in found.chain}:
        yield Finding("keys", "bad", "other", facts | {"key": tied})
    elif os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("keys", "attention", "rights", facts | {"mode": f"{stat.S_IMODE(path.stat().st_mode):04o}"})
    else:
        yield Finding("keys", facts=facts)


def _tied(patient: Patient) -> str:
    """The name of the key that ties the chain; empty if none does, or it cannot be read."""
    try:
        recognise(patient.database, recover=False)
        return "" if unfinished(patient.database) else summary(patient.database).key
    except StoreError:
        return ""


def backups(patient: Patient) -> Iterator[Finding]:
    """How old the newest is, where it is, and whether it is sound."""
    known = _known(patient)
    newest = newest_of(known, patient.now)
    facts: dict[str, str | int] = {"folder": str(patient.backups.folder), "n": len(known)}
    if newest is None:
        yield Finding("backup", "attention", "none", facts)
    else:
        age = patient.now - newest.at
        hours = max(0, int(age.total_seconds() // 3600))
        facts |= {"name": newest.name, "at": newest.at.isoformat(), "hours": hours, "days": hours // 24}
        level: Level = "bad" if age >= LONG else "attention" if age >= STALE else "ok"
        yield Finding("backup", level, "" if level == "ok" else "old", facts)
        yield _sound(patient, newest)
    ahead = sum(1 for backup in known if backup.at > patient.now + timedelta(days=1))
    if ahead:
        yield Finding("backup_ahead", "attention", "ahead", facts | {"ahead": ahead})


def _known(patient: Patient) -> tuple[Backup, ...]:
    """The backups of this station, or of every one if the store cannot say which it is."""
    try:
        return patient.backups.of(summary(patient.database).stream)
    except StoreError:
        names = os.listdir(patient.backups.folder) if patient.backups.folder.is_dir() else []  # noqa: PTH208
        return tuple(sorted(backup for backup in map(read_name, names) if backup is not None))


def _sound(patient: Patient, newest: Backup) -> Finding:
    path = patient.backups.folder / newest.name
    facts: dict[str, str | int] = {"path": str(path)}
    try:
        if patient.quick:
            recognise(path, recover=False)
        else:
            prove(path, lambda step: patient.steps(f"backup {step}"), ring_at(patient.places.keys_file))
    except StoreError as error:
        return Finding("backup_sound", "bad", "unsound", facts | {"error": type(error).__name__})
    return Finding("backup_sound", why="quick" if patient.quick else "", facts=facts)


def remembered(patient: Patient) -> Iterator[Finding]:
    """Customers who were forgotten and are still in backups, and until when."""
    gone = forgotten(patient.database, patient.steps("forgotten"))
    known = patient.backups.of(summary(patient.database).stream)
    holding = [backup for backup in known if any(backup.at < at for at in gone.values())]
    facts: dict[str, str | int] = {"forgotten": len(gone), "backups": len(holding)}
    if holding:
        until = max(backup.at for backup in holding) + timedelta(days=patient.backups.keep_days)
        facts |= {"until": until.date().isoformat()}
    yield Finding("forgotten", why="held" if holding else "", facts=facts)
