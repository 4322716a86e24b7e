"""Folding who works here, and what supervision adds to a budget or takes from it (rules B3, E2)."""

from __future__ import annotations

from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.prepared import Prepared, insert, setting
from mesa_recuperacion.store.shapes import ADJUSTMENT, PERSON

StaffFact = (
    f.PersonAdded | f.PersonRenamed | f.RoleChanged | f.PersonRetired | f.PersonReturned | f.BudgetAdjusted
)  # fmt: skip

_PERSON, _ADJUSTMENT = insert(PERSON), insert(ADJUSTMENT)
_CHANGED = Prepared(
    "UPDATE budget SET funded = funded + ?4 WHERE person = ?1 AND period = ?2 AND currency = ?3 "
    "AND funded + ?4 >= reserved + spent"
)
_UNDONE = Prepared(
    "UPDATE adjustment SET undone = 1 WHERE id = ?5 AND undone = 0 AND person = ?1 AND period = ?2 AND currency = ?3 "
    "AND minor = -?4"
)


def fold_staff(connection: Connection, entry: f.Entry, fact: StaffFact) -> None:
    """Fold one of those facts.

    Raises ``ValueError`` for somebody who never worked here, ``BudgetGuard`` for a budget that would be less than what
    is spent and reserved, that was never funded or is in another currency, and for what cannot be taken back.
    """
    match fact:
        case f.PersonAdded(who, number, name, role):
            _PERSON.run(connection, who, number, name, role, to_ms(entry.at), 0)
        case f.PersonRenamed(who, name):
            _set(connection, fact, who, name=name)
        case f.RoleChanged(who, role):
            _set(connection, fact, who, role=role)
        case f.PersonRetired(who):
            _set(connection, fact, who, retired=1)
        case f.PersonReturned(who):
            _set(connection, fact, who, retired=0)
        case f.BudgetAdjusted():
            _adjust(connection, entry, fact)


def _set(connection: Connection, fact: f.Fact, who: str, **values: Any) -> None:
    if setting(PERSON, *values).run(connection, *values.values(), who).rowcount != 1:
        raise ValueError(f"{fact.kind}: nobody is called {who}")


def _adjust(connection: Connection, entry: f.Entry, fact: f.BudgetAdjusted) -> None:
    amount = fact.amount
    moved = (fact.person, fact.period, amount.currency, amount.minor)
    if _CHANGED.run(connection, *moved).rowcount != 1:
        raise BudgetGuard(f"{fact.kind}: no room for {amount.minor} {amount.currency} in {fact.person}'s {fact.period}")
    if fact.undoes and _UNDONE.run(connection, *moved, fact.undoes).rowcount != 1:
        raise BudgetGuard(f"{fact.kind}: {fact.undoes} cannot be taken back")
    made = (entry.actor, to_ms(entry.at), entry.seq, fact.reason, fact.undoes, 0)
    _ADJUSTMENT.run(connection, fact.adjustment, *moved, *made)
