"""What is remembered of an invented branch is what its store would answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mesa_recuperacion.demo.memory import Memory
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.evolve import evolve
from mesa_recuperacion.store import lines
from mesa_recuperacion.store.store import Store
from tests.unit.demo.conftest import NOW, rows

SINCE = (datetime(2020, 1, 1, tzinfo=UTC), NOW - timedelta(days=90), NOW - timedelta(days=30), NOW)


@pytest.fixture(scope="module")
def memory(branch: Store) -> Memory:
    """The whole journal, remembered."""
    remembered, states = Memory(), dict[str, CaseState]()
    with branch.reading() as tx:
        entries = lines.Where("journal.seq > 0").entries(tx._connection)
    for entry in entries:
        if entry.case:
            states[entry.case] = evolve(states.get(entry.case), entry)
        remembered.keep(entry.fact, states.get(entry.case))
    return remembered


def test_every_card_and_every_count_is_that_of_the_store(branch: Store, memory: Memory) -> None:
    people = [str(who) for (who,) in rows(branch, "SELECT id FROM customer")]
    assert len(people) > 200
    with branch.reading() as tx:
        for who in people:
            assert memory.card(who) == tx.card(who)
            assert memory.retaining(who) == tx.retaining(who)
            for since in SINCE:
                assert memory.complaints(who, since) == tx.complaints(who, since)
                assert memory.problems(who, since) == tx.problems(who, since)
                for problem in set(tx.problems(who, since)):
                    for most in (1, 8):
                        assert memory.alike(who, problem, since, most) == tx.alike(who, problem, since, most) != ()
                assert memory.signs(who, since) == tx.signs(who, since)


def test_who_works_there_and_what_they_told_each_other_is_read(branch: Store, memory: Memory) -> None:
    with branch.reading() as tx:
        memory.tx = tx
        for person in tx.people():
            assert memory.person(person.id) == person
            assert memory.acknowledged(person.id) == tx.acknowledged(person.id) > 0
            assert [memory.unread(person.id, item.id) for item in tx.news(person.id)] == [True] * len(
                tx.news(person.id)
            )
        assert all(memory.suggestion(waiting.id) == waiting for waiting in tx.suggestions())
        assert len(tx.suggestions()) == 2


def test_nobody_unknown_is_remembered(memory: Memory) -> None:
    assert memory.card("nobody") is None
    assert (memory.complaints("nobody", NOW), memory.signs("nobody", NOW)) == (0, (0, 0))
    assert memory.retaining("nobody") is False


def test_cards_that_are_merged_are_not_for_memory(memory: Memory) -> None:
    one, other = list(memory.cards)[:2]
    with pytest.raises(ValueError, match="merged"):
        memory.keep(f.CustomersMerged(one, other), None)


def test_without_a_transaction_nothing_is_read() -> None:
    with pytest.raises(ValueError, match="transaction"):
        Memory().person("nobody")
