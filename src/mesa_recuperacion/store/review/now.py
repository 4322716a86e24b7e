"""What the board says as of now: what is owed and by whom, who was thanked, what waits for an answer (C4, D5, D6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.review.board import DueCount
from mesa_recuperacion.domain.review.scope import Filter
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import SuggestionItem
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.tables import agenda, case_file, person, praise, suggestion
from mesa_recuperacion.store.team import FIRST_WAITING, waiting_item

AT_MOST = 1000
"""What waits is counted up to here."""

_a, _c, _p = agenda.c, case_file.c, praise.c
_PENDING = _a.status == literally("pending")

_GROUP = {
    "promise": "promises", "verify": "follow_ups", "retain": "follow_ups", "return": "follow_ups", "area": "areas",
    "exception": "exceptions",
}  # fmt: skip


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


@dataclass(frozen=True, slots=True)
class Thanked:
    """When somebody began to work here, their thanks of a period, and the last ones."""

    since: datetime
    praises: int
    praised_at: datetime | None


def due_query(now: datetime, until: datetime, owner: str = "") -> Select[Any]:
    """How much of each kind each owner owes before an instant, and how much of that was due before ``now``."""
    # Not grouped by the column as it is: in the order of owners all would be read that is owed, however far ahead.
    who = func.coalesce(_a.owner, "").label("owner")
    overdue = _how_many(_a.due_at_ms < to_ms(now))
    query = select(who, _a.kind, func.count().label("n"), overdue.label("overdue"))
    query = query.where(_PENDING, _a.due_at_ms < to_ms(until)).group_by(who, _a.kind)
    return query.where(_a.owner == owner) if owner else query


def due_counts(tx: Reading, now: datetime, until: datetime, owner: str = "") -> tuple[DueCount, ...]:
    """What each owner owes that is overdue, and what falls due before ``until``; the most overdue first.

    A return to a parked case counts once its hour has passed, as it is listed.  Whoever owes nothing is left out;
    supervision has no name.
    """
    figures: dict[str, dict[str, int]] = {}
    for row in tx.connection.core.execute(due_query(now, until, owner)):
        later = 0 if row.kind == "return" else row.n - row.overdue
        if row.kind in _GROUP and (row.overdue or later):
            of = figures.setdefault(row.owner, {})
            for name, figure in (("overdue", row.overdue), ("today", later)):
                key = f"{_GROUP[row.kind]}_{name}"
                of[key] = of.get(key, 0) + figure
    names = {row.id: row.name for row in tx.connection.core.execute(select(person.c.id, person.c.name))} | {
        SUPERVISION: ""
    }
    made = (DueCount(who, names.get(who, ""), **of) for who, of in figures.items())
    return tuple(sorted(made, key=lambda one: (-one.overdue, -one.today, one.name, one.owner)))


def areas_query(filter_: Filter, now: datetime) -> Select[Any]:
    """What areas owe: how much, and how much of it is late."""
    overdue = _how_many(_a.due_at_ms < to_ms(now))
    query = select(_a.area, func.count().label("waiting"), overdue.label("overdue"))
    query = query.where(_a.kind == literally("area"), _PENDING).group_by(_a.area)
    query = query.where(_a.owner == filter_.person) if filter_.person else query
    if filter_.problem or filter_.branch:
        query = query.join(case_file, _c.folio == _a.case_id)
        query = query.where(_c.problem == filter_.problem) if filter_.problem else query
        query = query.where(_c.branch == filter_.branch) if filter_.branch else query
    return query


def areas_owe(tx: Reading, filter_: Filter, now: datetime) -> dict[str, tuple[int, int]]:
    """How much each area has not answered, and how much of that is overdue."""
    return {row.area: (row.waiting, row.overdue) for row in tx.connection.core.execute(areas_query(filter_, now))}


def thanked_query(first: datetime, after: datetime) -> Select[Any]:
    """Everybody, with their thanks from one instant to before another, and the last ones."""
    of = _p.person == person.c.id
    period = select(func.count()).where(of, _p.at_ms >= to_ms(first), _p.at_ms < to_ms(after)).scalar_subquery()
    last = select(func.max(_p.at_ms)).where(of).scalar_subquery()
    return select(person.c.id, person.c.since_ms, period.label("praises"), last.label("last"))


def thanked(tx: Reading, first: datetime, after: datetime) -> Mapping[str, Thanked]:
    """How everybody who ever worked here was thanked, by their reference."""
    return {
        row.id: Thanked(from_ms(row.since_ms), row.praises, None if row.last is None else from_ms(row.last))
        for row in tx.connection.core.execute(thanked_query(first, after))
    }


def suggestions(tx: Reading, limit: int) -> tuple[tuple[SuggestionItem, ...], int]:
    """The first few suggestions that wait for an answer, the oldest first, and how many do, at most ``AT_MOST``."""
    few = tuple(map(waiting_item, FIRST_WAITING.rows(tx.connection, limit)))
    some = select(suggestion.c.id).where(suggestion.c.answer == literally("")).limit(AT_MOST).subquery()
    return few, tx.connection.core.execute(select(func.count()).select_from(some)).scalar_one()
