"""A journal that is written at once is, byte for byte, the one that was written step by step, and so are its tables."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.store import bulk as bulk_module
from mesa_recuperacion.store.bulk import Bulk, filling, journal_of, making
from mesa_recuperacion.store.errors import BudgetGuard, StoreExists
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.tables import PROJECTIONS
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import NOW, STATION, tables
from tests.contract.test_whole_desk_property import ACTS, CASE, Desk

Facts = list[tuple[str, f.Fact]]


@pytest.fixture(params=[1, 2])
def lived(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A branch in which everything happened, step by step, each in its own transaction."""
    store = Store.create(tmp_path / "lived.db")
    desk, dice = Desk(store), Random(request.param)
    for turn in range(500):
        what = dice.choice(("open", "known", *CASE, *CASE) if turn % 2 else (*ACTS, *CASE))
        desk.turn(what, dice.randrange(60), dice.randrange(60), dice.randrange(60))
    yield store
    store.close()


def salts(store: Store, entries: list[f.Entry]) -> deque[bytes]:
    """The salts of a journal, in the order in which its lines need them."""
    kept: dict[tuple[object, object], Any] = {(row[1], row[2]): row[4] for row in tables(store)["private_text"]}
    return deque(
        kept[entry.seq, one.name]
        for entry in entries
        for one in fields(entry.fact)
        if one.name in entry.fact.private and getattr(entry.fact, one.name)
    )


def written(path: Path, entries: list[f.Entry], salt: deque[bytes]) -> None:
    """Those entries, written at once; a case is said to be over with its last line."""
    last = {entry.case: entry.command for entry in entries if entry.case}
    with making(path) as connection:
        bulk = Bulk(connection, lambda size: salt.popleft())
        for command, group in groupby(entries, key=lambda entry: entry.command):
            lines = list(group)
            one = lines[0]
            bulk.append(
                command=command, actor=one.actor, policy=one.policy, at=one.at,
                facts=[(line.case, line.fact) for line in lines],
            )  # fmt: skip
            bulk.over([case for case in {line.case for line in lines} - {""} if last[case] == command])
        bulk.finish()


@pytest.mark.parametrize("at_once", [1, 40, 100_000])
def test_d1_every_row_is_the_one_that_the_ordinary_path_writes_fact_by_fact(
    lived: Store, at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_module, "LINES", at_once)
    entries = list(journal_of(lived))
    salt = salts(lived, entries)
    written(tmp_path / "bulk.db", entries, salt)
    assert not salt
    made = Store.open(tmp_path / "bulk.db")
    here, there = tables(lived), tables(made)
    for name in ("journal", "private_text", *(table.name for table in PROJECTIONS)):
        assert there[name] == here[name], name
    assert sum(len(here[table.name]) > 0 for table in PROJECTIONS) > 15
    assert verify(made).sound
    rebuild(made)
    assert tables(made) == there
    made.close()


def founded(budget: int) -> Facts:
    return [
        ("", STATION), ("", f.PersonAdded("ana", 1, "Ana", "agent")), ("", f.PolicyPublished(1, "version = 1\n")),
        ("", f.BudgetFunded("ana", "2026-W11", Money(budget, "MXN"), NOW + timedelta(days=4))),
        ("", f.CustomerRegistered("rosa", "Rosa Núñez", "Rosa", "")),
        ("CEN-1001", f.CaseOpened("rosa", NOW, 60, 0)),
    ]  # fmt: skip


def test_b3_a_budget_is_not_overspent_in_bulk_either(tmp_path: Path) -> None:
    given = f.CompensationReserved("own", Money(600, "MXN"), "ana", "2026-W11")
    with making(tmp_path / "mesa.db") as connection:
        bulk = Bulk(connection)
        bulk.append(command="one", actor="ana", policy=1, at=NOW, facts=[*founded(1_000), ("CEN-1001", given)])
        with pytest.raises(BudgetGuard):
            bulk.append(command="two", actor="ana", policy=1, at=NOW, facts=[("CEN-1001", given)])


@pytest.mark.parametrize("fact", [f.CustomerForgotten("rosa"), f.StationKeyed("k1")])
def test_e3_what_needs_more_than_its_line_is_not_written_in_bulk(fact: f.Fact, tmp_path: Path) -> None:
    with making(tmp_path / "mesa.db") as connection:
        bulk = Bulk(connection)
        with pytest.raises(ValueError, match="not written in bulk"):
            bulk.append(command="one", actor="", policy=1, at=NOW, facts=[*founded(0), ("", fact)])


def test_e4_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mesa.db").write_bytes(b"mine")
    with pytest.raises(StoreExists), making(tmp_path / "mesa.db"):
        pass
    assert (tmp_path / "mesa.db").read_bytes() == b"mine"


def test_e1_a_store_that_was_begun_goes_on_with_its_own_chain(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "mesa.db")
    with store.writing() as tx:
        tx.append(command="one", actor="ana", policy=1, at=NOW, facts=founded(1_000))
    store.close()
    with filling(tmp_path / "mesa.db") as connection:
        bulk = Bulk(connection)
        assert bulk.stream == "CEN-1"
        second = f.CustomerRegistered("ivan", "Iván Soto", "Iván", "55 1234 0078")
        bulk.append(command="two", actor="ana", policy=1, at=NOW, facts=[("", second)])
        bulk.finish()
    store = Store.open(tmp_path / "mesa.db")
    assert verify(store).sound
    with store.writing() as tx:
        tx.append(command="three", actor="ana", policy=1, at=NOW, facts=[("", f.PhoneNoted("rosa", "55 1234 0077"))])
    assert verify(store).sound
    store.close()
