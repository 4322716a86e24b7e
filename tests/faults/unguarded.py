"""What protects the branch, taken away piece by piece in the process that asks for it: for control runs alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.views import BudgetView
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.store import driver, fold
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.writing import Writing

_MOVED = Prepared(
    "UPDATE budget SET funded = funded + ?, reserved = reserved + ?, spent = spent + ? WHERE person = ? AND period = ?"
)
_SIGNS = {
    f.CompensationReserved: (1, 0), f.CompensationReleased: (-1, 0), f.CompensationDelivered: (-1, 1),
    f.CompensationReturned: (1, -1),
}  # fmt: skip


def decided_before_the_lock() -> None:
    """What is left of a budget is read before the write lock is taken, as a SELECT outside the transaction does."""
    seen: dict[str, tuple[BudgetView, datetime] | None] = {}
    read, write = Reading.budget, Store.writing

    def budget(tx: Reading, person: str) -> tuple[BudgetView, datetime] | None:
        if not isinstance(tx, Writing):
            return read(tx, person)
        return seen[person] if seen.get(person) else read(tx, person)

    @contextmanager
    def writing(store: Store) -> Iterator[Writing]:
        with store.reading() as tx:
            seen.update({person: read(tx, person) for person in (RESERVE, *(who.id for who in tx.people()))})
        with write(store) as tx:
            yield tx

    Reading.budget, Store.writing = budget, writing  # type: ignore[method-assign, assignment]


def without_limits() -> None:
    """The budget moves whether or not there is room, and the database's own CHECKs are not looked at."""

    def move(self: fold.Fold, fact: f.Fact, amount: Money) -> None:
        if isinstance(fact, f.BudgetAdjusted):
            reserved, spent, funded = 0, 0, 1
        else:
            (reserved, spent), funded = _SIGNS[type(fact)], 0
        moved = (sign * amount.minor for sign in (funded, reserved, spent))
        _MOVED.run(self._connection, *moved, fact.person, fact.period)  # type: ignore[attr-defined]

    fold.Fold._move_budget = move  # type: ignore[method-assign]
    driver._WRITER = {**driver._WRITER, "ignore_check_constraints": 1}


def without_identity() -> None:
    """A command that comes again is taken for a new one."""
    DeskService._told = lambda *_: None  # type: ignore[method-assign, assignment]
    Writing._once = lambda *_: None  # type: ignore[method-assign, assignment]


def acknowledged_before_the_commit(say: Callable[[], None]) -> None:
    """What is to be written is said to be done when it was decided."""
    append = Writing.append

    def hasty(self: Writing, **what: Any) -> Any:
        say()
        return append(self, **what)

    Writing.append = hasty  # type: ignore[method-assign, assignment]


def durable_by(mode: str, synchronous: int) -> None:
    """Another journal mode, another care in forcing it to the disk."""
    driver.journal_mode = lambda: mode
    driver._WRITER = {**driver._WRITER, "synchronous": synchronous}


PIECES: dict[str, Callable[[], None]] = {
    "lock": decided_before_the_lock, "limits": without_limits, "identity": without_identity,
}  # fmt: skip
