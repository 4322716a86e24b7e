"""Pages of long lists, found by where the page before ended and never by counting (rule F4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from heapq import merge
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, tuple_

from mesa_recuperacion.domain.review.base import PAGE, Cursor
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.store.connections import Connection

T = TypeVar("T")

Place = tuple[Any, ...]
"""The values of the columns that are the order of a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list, unordered and uncut, the columns that are its order, and the place in it that a cursor says.

    ``low`` and ``high`` bound the first of the columns, both included.
    """

    query: Select[Any]
    columns: tuple[ColumnElement[Any], ...]
    there: Callable[[Cursor], Place] = lambda cursor: (cursor.at, cursor.key)
    low: Any = None
    high: Any = None

    def within(self, low: Any, high: Any) -> Part:
        """The same list between bounds that may be narrower."""
        if low is not None:
            low = low if self.low is None else max(self.low, low)
        if high is not None:
            high = high if self.high is None else min(self.high, high)
        return replace(self, low=self.low if low is None else low, high=self.high if high is None else high)

    def bounded(self) -> Select[Any]:
        """The list between its bounds."""
        query, first = self.query, self.columns[0]
        query = query if self.low is None else query.where(first >= self.low)
        return query if self.high is None else query.where(first <= self.high)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list and where the pages beside it begin; ``None`` where there is none."""

    rows: tuple[T, ...]
    before: Cursor | None
    after: Cursor | None


Key = Callable[[T], tuple[int, str]]
"""The place of a row in the order of its list."""

Fetch = Callable[[Cursor | None, int], Sequence[T]]
"""The rows after a cursor (all, without one) in the order of the list, or before it in the reverse; at most so many."""


def page(fetch: Fetch[T], key: Key[T], cursor: Cursor | None) -> Page[T]:
    """The page of a cursor; ``key`` is a row's place in the order."""
    back = cursor is not None and cursor.back
    found = fetch(cursor, PAGE + 1)
    rows, more = tuple(found[:PAGE]), len(found) > PAGE
    rows = rows[::-1] if back else rows
    if not rows:
        return Page((), None, None) if cursor is None else _emptied(fetch, key, cursor)
    first, last = Cursor(*key(rows[0]), back=True), Cursor(*key(rows[-1]))
    if back:
        return Page(rows, first if more else None, last if fetch(last, 1) else None)
    return Page(rows, first if cursor is not None and fetch(first, 1) else None, last if more else None)


def _emptied(fetch: Fetch[T], key: Key[T], cursor: Cursor) -> Page[T]:
    """Nothing is left there by now: the page on the other side of it, which is the last one, or the first."""
    other = replace(cursor, back=not cursor.back)
    return page(fetch, key, other) if fetch(other, 1) else Page((), None, None)


def rows(connection: Connection, parts: Sequence[Part], key: Key[Row[Any]], *, latest_first: bool) -> Fetch[Row[Any]]:
    """Fetches from lists that are read as one; what is in one of them is in no other."""

    def fetch(cursor: Cursor | None, limit: int) -> Sequence[Row[Any]]:
        down = latest_first != (cursor is not None and cursor.back)
        found = [connection.core.execute(ordered(part, cursor, limit, down=down)).all() for part in parts]
        if len(found) == 1:
            return found[0]
        return list(islice(merge(*found, key=key, reverse=down), limit))

    return fetch


def ordered(part: Part, cursor: Cursor | None, limit: int, *, down: bool) -> Select[Any]:
    """A list from a cursor on: downwards to what is earlier, or upwards.

    The bound that the cursor is takes the place of the list's own: of two on one side an index would be searched by
    either, and the other one read through.
    """
    if cursor is not None:
        place = part.there(cursor)
        part = part.within(None, place[0]) if down else part.within(place[0], None)
        here, there = tuple_(*part.columns), tuple_(*place)
        part = replace(part, query=part.query.where(here < there if down else here > there))
    return part.bounded().order_by(*(column.desc() if down else column for column in part.columns)).limit(limit)
