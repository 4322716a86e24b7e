"""Exceptions with who authorised them and why, and what each budget paid (rules B3, B4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from mesa_recuperacion.domain.review.exceptions import (
    ExceptionLine,
    Exceptions,
    ExceptionsOf,
    Spending,
    SpendingOf,
)
from mesa_recuperacion.service.review.board import starts
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review import exceptions as pages


def exceptions(query: ExceptionsOf, looking: Looking) -> Exceptions:
    """A page of the exceptions that were asked for in a period of the branch's calendar."""
    period = query.scope.period
    first, last = starts(period.first, looking), period.last
    after = starts(last + timedelta(days=1), looking) if last < date.max else datetime.max.replace(tzinfo=UTC)
    found = pages.exceptions(looking.tx, first, after, query.scope.filter, query.cursor)
    return Exceptions(query.scope, tuple(_line(row, looking) for row in found.rows), found.before, found.after)


def spending(query: SpendingOf, looking: Looking) -> Spending:
    """A page of what a budget paid; the latest period if none is said."""
    budget = pages.funded(looking.tx, query.person, query.period)
    period = budget.period if budget is not None else query.period
    found = pages.spending(looking.tx, query.person, period, query.cursor)
    name = next((person.name for person in looking.tx.everybody() if person.id == query.person), "")
    return Spending(query.person, name, period, budget, found.rows, found.before, found.after)


def _line(row: pages.Asked, looking: Looking) -> ExceptionLine:
    cap = looking.policies.version(looking.tx, row.policy).case_cap.minor
    over = max(0, row.before + row.amount.minor - cap)
    return ExceptionLine(
        row.id, row.folio, row.customer, row.person, row.problem, row.compensation, row.amount.minor,
        over, row.at, row.reason, row.status, row.by, row.answered_at, row.answer,
    )  # fmt: skip
