"""A whole life of a random agent at the real desk, and what must hold at its end."""

from __future__ import annotations

import os
from pathlib import Path

from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.store.verify import verify
from tests.desk import NOW, branch, hasher, journal, opened
from tests.soak.agent import RandomAgent
from tests.soak.reviewer import Reviewer

STEPS = int(os.environ.get("MESA_SOAK", "250"))


async def lives(folder: Path, seed: int) -> None:
    """One agent, so many steps; then its journal and its store are looked at."""
    path = branch(folder / "branch")
    agent = RandomAgent(seed, path)
    await agent.work(STEPS)
    assert_nothing_lost(agent, path)
    assert_sound(path)


async def reviews(folder: Path, seed: int) -> None:
    """One supervisor who reviews a branch with history; then it is looked at."""
    path = folder / "mesa.db"
    prepare(path, now=NOW, seed=seed, cases=90, language="es", hasher=hasher())
    reviewer = Reviewer(seed, path)
    await reviewer.work(STEPS)
    assert len([stage for stage in reviewer.noted.stages if stage.startswith("review")]) > 9, reviewer.noted.stages
    assert reviewer.noted.commands
    assert_sound(path)


def assert_nothing_lost(agent: RandomAgent, path: Path) -> None:
    """What the screen acknowledged is in the journal (rule E4)."""
    with opened(path) as store, store.reading() as tx:
        entries = journal(tx)
    notes: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry.fact, f.NoteAdded):
            notes[entry.case] = notes.get(entry.case, 0) + 1
    assert agent.noted.cases, "it opened cases"
    for case, seen in agent.noted.cases.items():
        assert notes.get(case, 0) >= seen, case
    assert {entry.case for entry in entries if entry.case} >= set(agent.noted.cases)


def assert_sound(path: Path) -> None:
    """The journal is whole, the projections are what it says, and nobody waits in silence (rules C4, E1)."""
    with opened(path) as store:
        assert verify(store).sound
    with opened(path) as store, store.reading() as tx:
        cases: dict[str, list[f.Entry]] = {}
        for entry in journal(tx):
            cases.setdefault(entry.case, []).append(entry)
        for folio, entries in cases.items():
            state = replay(entries) if folio else None
            if state is not None and state.status in OPEN:
                assert state.next_contact() is not None, folio
                assert state.countdown.elapsed(entries[-1].at) >= 0
