"""Whatever the whole desk did, forgetting anybody leaves the chain whole and every count and cost as it was (E3)."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, event, given, settings

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.decide.forget import decide_forget
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.traces import Held
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import tables
from tests.contract.forget_suite import COUNTED
from tests.contract.test_whole_desk_property import ACTS, CASE, Desk, opening, turns


def forget(desk: Desk, n: int) -> bool:
    """Forget one of the customers there are, if that can be; nothing that was counted changes."""
    cards = [e.fact.customer for e in desk.told if isinstance(e.fact, f.CustomerRegistered)]
    if not cards:
        return False
    before = tables(desk.store)
    with desk.store.writing() as tx:
        facts = decide_forget(c.ForgetCustomer(cards[n % len(cards)]), Held(tx), supervisor=True)
        if isinstance(facts, Refusal):
            return False
        desk._tell(tx.append(command=desk.new_id(), actor="carla", policy=1, at=desk.now, facts=facts))
    after = tables(desk.store)
    assert {name: after[name] for name in COUNTED} == {name: before[name] for name in COUNTED}
    gone = {fact.customer for _, fact in facts if isinstance(fact, f.CustomerForgotten)}
    assert not [row for row in after["private_text"] if row[3] in gone]
    assert not [row for row in after["customer_word"] if row[2] in gone]
    assert not [row for row in after["agenda"] if row[3] in gone and row[-1] == "pending"]
    assert not [row for row in after["at_risk"] if row[0] in gone]
    return True


def everything_holds(desk: Desk) -> None:
    """The chain, the seals, and every row as the journal leads to it without what was erased."""
    verdict = verify(desk.store)
    assert verdict.sound, verdict.faults
    before = tables(desk.store)
    rebuild(desk.store)
    assert tables(desk.store) == before


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(turns)
def test_e3_whatever_the_desk_does_before_and_after(history: list[tuple[str, int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "mesa.db")
        desk = Desk(store)
        for n, (what, a, b, d) in enumerate(opening + history):
            desk.turn(what, a, b, d)
            if n % 7 == 6 and forget(desk, a):
                event("forgotten")
        everything_holds(desk)
        store.close()


@pytest.mark.parametrize("seed", [3])
def test_e3_and_in_a_long_history_in_which_many_are_forgotten(tmp_path: Path, seed: int) -> None:
    store = Store.create(tmp_path / "mesa.db")
    desk, dice, forgotten = Desk(store), Random(seed), 0
    for turn in range(700):
        what = dice.choice(("open", "known", "close", *CASE) if turn % 2 else (*ACTS, *CASE))
        desk.turn(what, dice.randrange(60), dice.randrange(60), dice.randrange(60))
        if turn % 20 == 19:
            forgotten += any(forget(desk, n) for n in dice.sample(range(60), 8))
    assert forgotten >= 5
    everything_holds(desk)
    store.close()
