"""One invented branch for all that only look at it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.views import Day
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.store import Store

NOW = datetime(2026, 3, 11, 16, 42, 18, tzinfo=UTC)
"""A Wednesday, 10:42 in Mexico City."""
HOURS = (
    datetime(2026, 3, 15, 9, 5, tzinfo=UTC),  # Sunday, 3 at night: closed
    datetime(2026, 3, 11, 5, 52, tzinfo=UTC),  # eight minutes before midnight
    datetime(2026, 3, 11, 6, 4, tzinfo=UTC),  # four minutes after it
    datetime(2026, 3, 16, 15, 1, tzinfo=UTC),  # Monday, the branch has just opened, a new period too
    datetime(2026, 12, 25, 18, 0, tzinfo=UTC),  # a holiday
    datetime(2024, 2, 29, 23, 59, 59, 999000, tzinfo=UTC),
)


@pytest.fixture(scope="session")
def quick() -> Argon2:
    """A hasher for tests: its work is not what they prove."""
    return Argon2(memory_kib=64)


@pytest.fixture(scope="session")
def branch(tmp_path_factory: pytest.TempPathFactory, quick: Argon2) -> Iterator[Store]:
    """The branch of an ordinary demonstration."""
    path = tmp_path_factory.mktemp("branch") / "mesa.db"
    prepare(path, now=NOW, hasher=quick)
    store = Store.open(path)
    yield store
    store.close()


def desk_of(store: Store, number: int, now: datetime = NOW) -> DeskService:
    """Whoever has that number, at their desk."""
    policies = Policies(Words("es"))
    with store.reading() as tx:
        person, policy = tx.person_by_number(number), policies.in_force(tx, NOW)
    assert person is not None
    serial = iter(range(1000))
    return DeskService(store, policies, FixedClock(now), lambda: f"{next(serial):020x}", person, policy)


def day_of(store: Store, number: int, now: datetime = NOW) -> Day:
    """The day of whoever has that number."""
    return desk_of(store, number, now).day()


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    """What a query of the whole file answers."""
    with closing(sqlite3.connect(store.path)) as connection:
        return connection.execute(query).fetchall()
