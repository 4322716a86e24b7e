"""Who works here, what they still owe, and what was added to their budgets (rules B3, C4, E2)."""

from __future__ import annotations

from typing import Any

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.lockout import Lock
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.views import Adjustment, Person
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared

_EVERYBODY = Prepared("SELECT * FROM person ORDER BY number")
_BY_ID = Prepared("SELECT * FROM person WHERE id = ?")
_BY_NUMBER = Prepared("SELECT * FROM person WHERE number = ?")
_ADJUSTMENT = Prepared("SELECT * FROM adjustment WHERE id = ?")
_CREDENTIAL = Prepared("SELECT * FROM credential WHERE person = ?")
OWED = Prepared("SELECT DISTINCT case_id FROM agenda WHERE owner = ? AND status = 'pending' ORDER BY case_id")
"""The cases in which somebody still owes something."""


def everybody(connection: Connection) -> tuple[Person, ...]:
    """Who works here and who did, by their number."""
    return tuple(map(_person, _EVERYBODY.rows(connection)))


def by_id(connection: Connection, who: str) -> Person | None:
    """The person of that reference."""
    row = _BY_ID.first(connection, who)
    return None if row is None else _person(row)


def by_number(connection: Connection, number: int) -> Person | None:
    """The person of that number."""
    row = _BY_NUMBER.first(connection, number)
    return None if row is None else _person(row)


def owed_in(connection: Connection, owner: str) -> tuple[str, ...]:
    """The folios of the cases in which somebody still owes something, in order."""
    return tuple(case for (case,) in OWED.run(connection, owner))


def adjustment(connection: Connection, which: str) -> Adjustment | None:
    """A change of a budget."""
    row = _ADJUSTMENT.first(connection, which)
    return None if row is None else adjustment_of(row)


def failures(connection: Connection, who: str) -> tuple[int, Lock | None]:
    """The wrong PINs in a row of a person or of a place, and the wait that followed."""
    row = _CREDENTIAL.first(connection, who)
    if row is None:
        return 0, None
    if row.locked_until_ms is None:
        return row.failures, None
    return row.failures, Lock(from_ms(row.locked_until_ms), (row.locked_steady_ms or 0) / 1000, row.locked_boot)


def _person(row: Any) -> Person:
    return Person(row.id, row.number, row.name, row.role, bool(row.retired))


def adjustment_of(row: Any) -> Adjustment:
    """A row of its table as a value."""
    return Adjustment(
        row.id, row.person, row.period, Money(row.minor, row.currency), row.made_by, from_ms(row.at_ms), row.seq,
        row.reason, row.undoes, bool(row.undone),
    )  # fmt: skip
