"""A founded branch in a file of its own, with a clock that is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.service.people import People
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.store import Store
from tests.desk import NOW, branch, hasher, ids


@dataclass
class Site:
    """The store of a branch and whoever works on it."""

    path: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))
    numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.store = Store.open(self.path)
        self._ids = ids("id")
        self.policies = Policies(words("en"))

    def new_id(self) -> str:
        """An identifier."""
        return next(self._ids)

    @property
    def people(self) -> People:
        """The door."""
        return People(self.store, self.clock, self.new_id, hasher())

    def person(self, number: int) -> Person:
        """Who has that number."""
        with self.store.reading() as tx:
            found = tx.person_by_number(number)
        assert found is not None
        return found

    def desk(self, number: int = 1) -> DeskService:
        """The services of somebody who is in."""
        with self.store.reading() as tx:
            policy = self.policies.in_force(tx, self.clock.now())
        return DeskService(self.store, self.policies, self.clock, self.new_id, self.person(number), policy)

    def do(self, desk: DeskService, *commands: c.Command) -> Executed:
        """Commands none of which is refused, each under its own id; the last result."""
        result: Executed | Refusal | None = None
        for command in commands:
            result = desk.execute(command, f"command-{next(self.numbers)}")
            assert isinstance(result, Executed), (command, result)
        assert isinstance(result, Executed)
        return result

    def open(self, desk: DeskService, name: str = "Marta Ruiz Soto") -> str:
        """Open a case for a new customer; answers its folio."""
        return self.do(desk, c.OpenCase(self.clock.now(), name=name)).file.state.folio

    def restart(self) -> None:
        """The program ends and begins again."""
        self.store.close()
        self.store = Store.open(self.path)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(branch(tmp_path / "branch"))
    yield made
    made.store.close()
