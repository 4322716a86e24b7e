"""A3, B3, C4, E1, E4, F6: ten thousand steps of a random agent on the real desk; nothing is lost or broken.

Each part is an agent of its own with its own seed; ``MESA_SOAK`` sets how many steps each one takes.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.store.verify import verify
from tests.desk import branch, journal, opened
from tests.soak.agent import RandomAgent

SEEDS = range(8)
STEPS = int(os.environ.get("MESA_SOAK", "1250"))


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_random_agent_breaks_nothing_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    path = branch(tmp_path / "branch")
    agent = RandomAgent(seed, path)
    await agent.work(STEPS)
    assert_nothing_lost(agent, path)
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
