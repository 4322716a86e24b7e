"""What the branch holds: its pages, its chain, what is folded from it, its people, its policy, its clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mesa_recuperacion.domain.clock import JUMP
from mesa_recuperacion.domain.health import Finding
from mesa_recuperacion.service.policies import Policies, PolicyMissing
from mesa_recuperacion.store.checkup import Checkup, checkup
from mesa_recuperacion.store.heads import summary
from mesa_recuperacion.store.still import StillStore
from mesa_recuperacion.store.verify import Verdict, verify
from mesa_recuperacion.wiring.doctor.patient import Patient
from mesa_recuperacion.wiring.keys import ring_at

T = TypeVar("T")
_TRIES = 3


def inside(patient: Patient) -> Iterator[Finding]:
    """Its pages, its people, its clock, its time zone, and the journal mode that its file is in."""
    found = _steadily(
        patient.database,
        lambda: checkup(patient.database, patient.now, thorough=not patient.quick, progress=patient.steps("pages")),
        lambda found: found.whole == "ok",
    )  # fmt: skip
    if found.whole == "ok":
        yield Finding("integrity", why="quick" if patient.quick else "")
    else:
        yield Finding("integrity", "bad", "damaged")
    yield Finding("journal_mode", facts={"mode": found.mode})
    yield _people(found)
    yield _locked(found)
    yield _clock(patient, found)


def _people(found: Checkup) -> Finding:
    facts: dict[str, str | int] = {"supervisors": found.supervisors, "agents": found.agents}
    if not found.supervisors:
        return Finding("people", "bad", "no_supervisor", facts)
    if found.pinless:
        return Finding("people", "attention", "pinless", facts | {"names": ", ".join(found.pinless)})
    return Finding("people", facts=facts)


def _locked(found: Checkup) -> Finding:
    facts: dict[str, str | int] = {"n": len(found.locked), "names": ", ".join(found.locked)}
    return Finding("locked", "attention" if found.locked else "ok", "waiting" if found.locked else "", facts)


def _clock(patient: Patient, found: Checkup) -> Finding:
    ahead = 0.0 if found.last_at is None else (found.last_at - patient.now).total_seconds()
    facts: dict[str, str | int] = {"seconds": max(0, round(ahead))}
    return Finding("clock", "attention", "behind", facts) if ahead > JUMP else Finding("clock", facts=facts)


def branch(patient: Patient) -> Iterator[Finding]:
    """Whose it is, and the policy that holds now."""
    told = summary(patient.database)
    facts: dict[str, str | int] = {"branch": told.branch, "stream": told.stream, "zone": told.zone, "cases": told.cases}
    try:
        ZoneInfo(told.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Finding("branch", "bad", "zone", facts)
    else:
        yield Finding("branch", facts=facts)
    store = StillStore.open(patient.database)
    try:
        with store.reading() as tx:
            number = Policies(patient.words).in_force(tx, patient.now).version
        yield Finding("policy", facts={"number": number})
    except PolicyMissing:
        yield Finding("policy", "bad", "missing")
    finally:
        store.close()


def chain(patient: Patient) -> Iterator[Finding]:
    """The chain of the journal, and whether the projections are what it leads to."""
    if patient.quick:
        yield Finding("chain", why="skipped")
        return
    verdict = _steadily(patient.database, lambda: _verified(patient), lambda verdict: verdict.sound)
    facts: dict[str, str | int] = {
        "lines": verdict.lines, "unproved": verdict.unproved, "erased": verdict.erased, "stream": verdict.stream,
        "seq": verdict.seq, "hash": verdict.hash.hex(),
    }  # fmt: skip
    touched = [fault for fault in verdict.faults if fault.what != "projection"]
    folded = len(verdict.faults) - len(touched)
    if touched:
        first = touched[0]
        at: dict[str, str | int] = {"faults": len(touched), "fault": first.what, "at": first.seq, "of": first.stream}
        yield Finding("chain", "bad", "touched", facts | at)
    elif verdict.unproved:
        yield Finding("chain", "attention", "unproved", facts)
    else:
        yield Finding("chain", facts=facts)
    yield Finding("projections", "bad" if folded else "ok", "differ" if folded else "", {"rows": folded})


def _verified(patient: Patient) -> Verdict:
    store = StillStore.open(patient.database, ring_at(patient.places.keys_file))
    try:
        return verify(store, patient.steps("lines"), rows=patient.steps("rows"))
    finally:
        store.close()


def _steadily(path: Path, look: Callable[[], T], well: Callable[[T], bool]) -> T:
    """Look again if all was not well and the file changed meanwhile: a window may have begun to write."""
    for _ in range(_TRIES):
        before = _stamp(path)
        found = look()
        if well(found) or _stamp(path) == before:
            break
    return found


def _stamp(path: Path) -> tuple[int, int, int]:
    seen = os.stat(path)  # noqa: PTH116 - never opens the file
    return seen.st_ino, seen.st_size, seen.st_mtime_ns
