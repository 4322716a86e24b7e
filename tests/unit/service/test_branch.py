"""E1, E2: a branch is founded whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.service.branch import NewPerson, Plan, found
from mesa_recuperacion.store.store import Store
from tests.desk import NOW, PEOPLE, facts, hasher, ids, plan


def founded(path: Path, wanted: Plan) -> Refusal | None:
    store, fresh = Store.create(path), ids("id")
    try:
        return found(store, wanted, clock=FixedClock(NOW), new_id=lambda: next(fresh), hasher=hasher())
    finally:
        store.close()


def test_e1_the_first_facts_of_a_branch(tmp_path: Path) -> None:
    path = tmp_path / "mesa.db"
    assert founded(path, plan()) is None
    written = facts(path)
    assert isinstance(written[0], f.StationOpened)
    assert [(x.number, x.name, x.role) for x in written if isinstance(x, f.PersonAdded)] == [
        (n, p.name, p.role) for n, p in enumerate(PEOPLE, 1)
    ]
    assert sum(isinstance(x, f.PinSet) for x in written) == len(PEOPLE)
    assert written[-2] == f.PolicyPublished(1, plan().policy)
    assert isinstance(written[-1], f.PolicyAcknowledged), "whoever founds the branch has read its policy"


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        (NewPerson(" \u200b", "agent", "482190"), r.NameMissing()),
        (NewPerson("Ana", "agent", "12345"), r.PinUnfit("short")),
        (NewPerson("Ana", "agent", "123456"), r.PinUnfit("easy")),
        (NewPerson("Ana", "agent", "cuatro"), r.PinUnfit("digits")),
    ],
)
def test_e2_an_unfit_pin_or_no_name_writes_nothing(tmp_path: Path, person: NewPerson, refusal: Refusal) -> None:
    path = tmp_path / "mesa.db"
    assert founded(path, replace(plan(), people=(*PEOPLE, person))) == refusal
    assert facts(path) == []


def test_e1_a_branch_code_that_is_none_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mesa.db"
    with pytest.raises(ValueError, match="not a station"):
        founded(path, replace(plan(), code="Centro"))
    assert facts(path) == []


def test_e5_names_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "mesa.db"
    named = replace(plan(), branch_name="Cen\x1b[31mtro\n", business="\u202eLuz")
    assert founded(path, named) is None
    station = facts(path, f.StationOpened)[0]
    assert isinstance(station, f.StationOpened)
    assert (station.branch_name, station.business) == ("Centro", "Luz")
