"""The root cause analyses as lists (rules D2, F4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, select

from mesa_recuperacion.domain.analysis import Analysis
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.store.analyses import value_of
from mesa_recuperacion.store.analysis_tables import analysis
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review.paging import Page, Part, page, rows

_a = analysis.c


def running_query() -> Select[Any]:
    """Those that are not over, in the order in which they were begun."""
    return select(analysis).where(_a.ended_at_ms.is_(None)).order_by(_a.at_ms, _a.id)


def ended_part() -> Part:
    """Those that are over, by when they ended."""
    return Part(select(analysis).where(_a.ended_at_ms.is_not(None)), (_a.ended_at_ms, _a.id))


def latest_query(person: str) -> Select[Any]:
    """What somebody has begun, the latest first."""
    return select(analysis).where(_a.begun_by == person).order_by(_a.at_ms.desc(), _a.id.desc())


def running(tx: Reading, most: int) -> tuple[Analysis, ...]:
    """Those that are not over, at most so many."""
    return tuple(value_of(row) for row in tx.connection.core.execute(running_query().limit(most)))


def ended(tx: Reading, cursor: Cursor | None) -> Page[Analysis]:
    """A page of those that are over, the latest first."""
    found = page(rows(tx.connection, [ended_part()], _place, latest_first=True), _place, cursor)
    return Page(tuple(value_of(row) for row in found.rows), found.before, found.after)


def latest(tx: Reading, person: str) -> Analysis | None:
    """What somebody has begun last."""
    row = tx.connection.core.execute(latest_query(person).limit(1)).first()
    return None if row is None else value_of(row)


def _place(row: Row[Any]) -> tuple[int, str]:
    return row.ended_at_ms, row.id
