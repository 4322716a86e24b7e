"""What supervision added to the budgets of a period, and took from them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from mesa_recuperacion.domain.views import Adjustment
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.staff import adjustment_of
from mesa_recuperacion.store.tables import adjustment

_a = adjustment.c


def added_query(person: str, period: str) -> Select[Any]:
    """What was added to a budget in all."""
    return select(func.coalesce(func.sum(_a.minor), 0)).where(_a.person == person, _a.period == period)


def added(tx: Reading, person: str, period: str) -> int:
    """What was added to a budget in all, in minor units; less than nothing if more was taken."""
    return int(tx.connection.core.execute(added_query(person, period)).scalar_one())


def changes_query(person: str, period: str) -> Select[Any]:
    """The changes of a budget, the latest first."""
    made = select(adjustment).where(_a.person == person, _a.period == period)
    return made.order_by(_a.at_ms.desc(), _a.seq.desc())


def standing(tx: Reading, person: str, period: str, by: str) -> Adjustment | None:
    """The latest change of a budget that somebody made and that was not taken back."""
    found = changes_query(person, period).where(_a.made_by == by, _a.undone == 0, _a.undoes == "").limit(1)
    row = tx.connection.core.execute(found).first()
    return None if row is None else adjustment_of(row)


def changes(tx: Reading, person: str, period: str, most: int) -> tuple[Adjustment, ...]:
    """The latest changes of a budget, at most so many."""
    return tuple(adjustment_of(row) for row in tx.connection.core.execute(changes_query(person, period).limit(most)))
