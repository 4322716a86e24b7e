"""What went above a limit, and what each budget paid, the latest first (rules B3, B4, F4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, tuple_

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.exceptions import SpendingLine
from mesa_recuperacion.domain.review.scope import Filter
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import BudgetView
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.list_tables import exception_asked, gesture_given
from mesa_recuperacion.store.owed import names_of
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review.paging import Page, Part, page, rows
from mesa_recuperacion.store.tables import budget, private_text

_e, _g, _p, _b = exception_asked.c, gesture_given.c, private_text.c, budget.c


@dataclass(frozen=True, slots=True)
class Asked:
    """An exception as it is kept.  ``before`` is what the case had been given, ``policy`` the version it is under."""

    id: str
    folio: str
    customer: str
    person: str
    problem: str
    compensation: str
    amount: Money
    before: int
    policy: int
    at: datetime
    reason: str
    status: str
    by: str
    answered_at: datetime | None
    answer: str


def asked(first: datetime, after: datetime, only: Filter) -> Part:
    """What was asked for from one instant to before another; by whom, for what problem and where, if it is said."""
    query = select(exception_asked)
    for column, wanted in ((_e.person, only.person), (_e.problem, only.problem), (_e.branch, only.branch)):
        query = query.where(column == wanted) if wanted else query
    return Part(query, (_e.at_ms, _e.id), low=to_ms(first), high=to_ms(after) - 1)


def paid(person: str, period: str) -> Part:
    """What somebody's budget of a period paid."""
    query = select(gesture_given).where(_g.person == person, _g.period == period)
    return Part(query, (_g.at_ms, _g.id))


def exceptions(
    tx: Reading, first: datetime, after: datetime, only: Filter, cursor: Cursor | None
) -> Page[Asked]:  # fmt: skip
    """A page of what was asked for in between."""
    found = page(rows(tx.connection, [asked(first, after, only)], _place, latest_first=True), _place, cursor)
    return Page(_asked(tx, found.rows), found.before, found.after)


def spending(tx: Reading, person: str, period: str, cursor: Cursor | None) -> Page[SpendingLine]:
    """A page of what a budget paid."""
    found = page(rows(tx.connection, [paid(person, period)], _place, latest_first=True), _place, cursor)
    customers = cards.names(tx.connection, {row.customer for row in found.rows}) if found.rows else {}
    people = names_of(tx.connection, {row.given_by for row in found.rows})
    lines = tuple(
        SpendingLine(
            row.case_id, from_ms(row.at_ms), customers.get(row.customer, ""), row.problem, row.compensation, row.minor,
            people.get(row.given_by, ""),
        )
        for row in found.rows
    )  # fmt: skip
    return Page(lines, found.before, found.after)


def funded(tx: Reading, person: str, period: str) -> BudgetView | None:
    """The budget of a period; without one, the latest."""
    query = select(budget).where(_b.person == person)
    query = query.where(_b.period == period) if period else query.order_by(_b.ends_at_ms.desc()).limit(1)
    row = tx.connection.core.execute(query).first()
    if row is None:
        return None
    money = (Money(minor, row.currency) for minor in (row.funded, row.reserved, row.spent))
    return BudgetView(row.period, *money)


def _place(row: Row[Any]) -> tuple[int, str]:
    return row.at_ms, row.id


def _asked(tx: Reading, found: Sequence[Row[Any]]) -> tuple[Asked, ...]:
    customers = cards.names(tx.connection, {row.customer for row in found}) if found else {}
    people = names_of(tx.connection, {row.person for row in found} | {row.by for row in found if row.by})
    told = _texts(tx, found)
    return tuple(
        Asked(
            row.id, row.case_id, customers.get(row.customer, ""), people.get(row.person, ""), row.problem,
            row.compensation, Money(row.minor, row.currency), row.before, row.policy, from_ms(row.at_ms),
            told.get((row.stream, row.seq, "reason"), ""), row.status, people.get(row.by, ""),
            None if row.answered_at_ms is None else from_ms(row.answered_at_ms),
            told.get((row.stream, row.answer_seq, "words"), ""),
        )
        for row in found
    )  # fmt: skip


def _texts(tx: Reading, found: Sequence[Row[Any]]) -> dict[tuple[str, int, str], str]:
    """Why they were asked for, and why declined: what was not forgotten of it."""
    wanted = [(row.stream, row.seq, "reason") for row in found]
    wanted += [(row.stream, row.answer_seq, "words") for row in found if row.answer_seq is not None]
    if not wanted:
        return {}
    query = select(_p.stream, _p.seq, _p.field, _p.value).where(tuple_(_p.stream, _p.seq, _p.field).in_(wanted))
    return {(row.stream, row.seq, row.field): row.value for row in tx.connection.core.execute(query)}
