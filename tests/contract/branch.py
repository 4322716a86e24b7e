"""A branch to try a store with: its station, two people, a policy, a budget, and the facts of a standard case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Protocol

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.ids import folio
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.store.store import Store

NOW = datetime(2025, 3, 4, 1, 30, tzinfo=UTC)
"""19:30 of 3 March in Mexico City: the branch's day is not that of UTC, nor that of the workstation."""

MARCH = datetime(2025, 4, 1, 6, 0, tzinfo=UTC)
STATION = f.StationOpened("CEN", "Centro", "Zapatería Luz", 1, "MXN", "America/Mexico_City", "es")
FUNDED = 1_000_00


class Appends(Protocol):
    """Whatever facts can be appended to."""

    def append(self, *facts: tuple[str, f.Fact], command: str = "", at: datetime = NOW) -> tuple[f.Entry, ...]:
        """Append in a transaction of its own."""


def mxn(minor: int) -> Money:
    """Pesos, in cents."""
    return Money(minor, "MXN")


class Branch:
    """A store with a branch in it."""

    def __init__(self, store: Store, prefix: str = "command") -> None:
        self.store = store
        self._prefix = prefix
        self._commands = count(1)

    def append(
        self, *facts: tuple[str, f.Fact], command: str = "", actor: str = "ana", at: datetime = NOW
    ) -> tuple[f.Entry, ...]:  # fmt: skip
        """Append facts in a transaction of their own, under a fresh command unless one is given."""
        with self.store.writing() as writing:
            return writing.append(
                command=command or f"{self._prefix}-{next(self._commands)}", actor=actor, policy=1, at=at, facts=facts
            )

    def found(self) -> None:
        """Write the first facts of a station."""
        self.append(
            ("", STATION),
            ("", f.PersonAdded("ana", 7, "Ana", "agent")),
            ("", f.PersonAdded("eva", 1, "Eva", "supervisor")),
            ("", f.PolicyPublished(1, "version = 1\n")),
            ("", f.BudgetFunded("ana", "2025-03", mxn(FUNDED), MARCH)),
        )

    def customer(self, customer: str, name: str, phone: str = "", at: datetime = NOW) -> None:
        """Register a customer."""
        card = f.CustomerRegistered(customer, name, name.split(maxsplit=1)[0] if name else "", phone)
        self.append(("", card), at=at)

    def open(self, customer: str = "rosa", at: datetime = NOW) -> str:
        """Open the next case; answers its folio."""
        with self.store.reading() as now:
            case = folio(self.store.stream, now.next_number())
        self.append((case, f.CaseOpened(customer, at, 60, 0)), at=at)
        return case

    def standard(self, customer: str = "rosa", gesture: int = 120_00, at: datetime = NOW) -> str:
        """A whole standard case, to its closing 50 seconds later."""
        case = self.open(customer, at)
        for fact in decisions(case, gesture, at):
            self.append((case, fact), at=at)
        self.append(*((case, fact) for fact in closing(gesture)), at=at + timedelta(seconds=50))
        return case


def decisions(case: str, gesture: int = 120_00, at: datetime = NOW) -> Sequence[f.Fact]:
    """What is decided in a standard case."""
    return (
        f.StepSaid("apologise"),
        f.ProblemIdentified("damaged", 90, "", repeat=False),
        f.NoteAdded("llegó roto"),
        f.RemedyChosen("replace", mxn(50_00), at + timedelta(hours=2), ""),
        f.CompensationReserved("voucher", mxn(gesture), "ana", "2025-03"),
        f.PromiseMade(f"{case}-p", "replace", at + timedelta(hours=2), "ana", ""),
        f.FollowUpScheduled(f"{case}-u", "verify", at + timedelta(hours=18), "ana", 1),
    )


def closing(gesture: int = 120_00, elapsed: int = 50) -> Sequence[f.Fact]:
    """How a standard case ends."""
    return (
        f.CaseClosed(True, elapsed, 90, ()),
        f.CompensationDelivered(mxn(gesture), "ana", "2025-03"),
    )


@contextmanager
def founded(path: Path, name: str, phone: str = "") -> Iterator[Branch]:
    """A branch in a new store, with one customer, ``rosa``; closed afterwards."""
    store = Store.create(path)
    try:
        branch = Branch(store)
        branch.found()
        branch.customer("rosa", name, phone)
        yield branch
    finally:
        store.close()


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in the order of the keys."""
    with store.read_transaction() as connection:
        names = connection.core.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: sorted((tuple(row) for row in connection.core.exec_driver_sql(f"SELECT * FROM {name}")), key=repr)
            for name in names
        }
