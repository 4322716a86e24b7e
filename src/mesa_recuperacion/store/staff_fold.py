"""Folding who works here, and what supervision adds to a budget or takes from it (rules B3, E2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.tables import adjustment, budget, person

StaffFact = (
    f.PersonAdded | f.PersonRenamed | f.RoleChanged | f.PersonRetired | f.PersonReturned | f.BudgetAdjusted
)  # fmt: skip

_b, _a = budget.c, adjustment.c
_CHANGED = (
    update(budget)
    .where(_b.person == bindparam("p"), _b.period == bindparam("q"), _b.currency == bindparam("c"))
    .where(_b.funded + bindparam("x") >= _b.reserved + _b.spent)
    .values(funded=_b.funded + bindparam("x"))
)
_UNDONE = (
    update(adjustment)
    .where(_a.id == bindparam("a"), _a.undone == 0, _a.person == bindparam("p"), _a.period == bindparam("q"))
    .where(_a.currency == bindparam("c"), _a.minor == -bindparam("x"))
    .values(undone=1)
)


def fold_staff(connection: Connection, entry: f.Entry, fact: StaffFact) -> None:
    """Fold one of those facts.

    Raises ``ValueError`` for somebody who never worked here, ``BudgetGuard`` for a budget that would be less than what
    is spent and reserved, that was never funded or is in another currency, and for what cannot be taken back.
    """
    match fact:
        case f.PersonAdded(who, number, name, role):
            added = {"id": who, "number": number, "name": name, "role": role, "since_ms": to_ms(entry.at), "retired": 0}
            connection.execute(insert(person), added)
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
    if connection.execute(update(person).where(person.c.id == who).values(**values)).rowcount != 1:
        raise ValueError(f"{fact.kind}: nobody is called {who}")


def _adjust(connection: Connection, entry: f.Entry, fact: f.BudgetAdjusted) -> None:
    amount = fact.amount
    key = {"p": fact.person, "q": fact.period, "c": amount.currency, "x": amount.minor}
    if connection.execute(_CHANGED, key).rowcount != 1:
        raise BudgetGuard(f"{fact.kind}: no room for {amount.minor} {amount.currency} in {fact.person}'s {fact.period}")
    if fact.undoes and connection.execute(_UNDONE, key | {"a": fact.undoes}).rowcount != 1:
        raise BudgetGuard(f"{fact.kind}: {fact.undoes} cannot be taken back")
    row = {
        "id": fact.adjustment, "person": fact.person, "period": fact.period, "currency": amount.currency,
        "minor": amount.minor, "made_by": entry.actor, "at_ms": to_ms(entry.at), "seq": entry.seq,
        "reason": fact.reason, "undoes": fact.undoes, "undone": 0,
    }  # fmt: skip
    connection.execute(insert(adjustment), row)
