"""Suggestions by pages: those that wait, the oldest first, then the answered, the latest answer first (rule D5).

In the order of that list a row stands at its instant while it waits, and at minus the instant of its answer afterwards.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, and_, or_, select

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.review.base import PAGE, Cursor
from mesa_recuperacion.domain.review.suggestions import SuggestionLine, Suggestions
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.owed import names_of
from mesa_recuperacion.store.tables import adoption, suggestion

_s = suggestion.c
_NONE = literally("")


def waiting_query(after: Cursor | None, limit: int, *, back: bool = False) -> Select[Any]:
    """Those that wait, from a row on, or (``back``) before it, the nearest first."""
    query = select(suggestion).where(_s.answer == _NONE)
    if after is not None:
        beyond = _s.at_ms < after.at if back else _s.at_ms > after.at
        same = _s.id < after.key if back else _s.id > after.key
        query = query.where(or_(beyond, and_(_s.at_ms == after.at, same)))
    order = (_s.at_ms.desc(), _s.id.desc()) if back else (_s.at_ms, _s.id)
    return query.order_by(*order).limit(limit)


def answered_query(after: Cursor | None, limit: int, *, back: bool = False) -> Select[Any]:
    """The answered, from a row on, or (``back``) before it, the nearest first."""
    query = select(suggestion).where(_s.answer != _NONE)
    if after is not None:
        at = -after.at
        beyond = _s.answered_at_ms > at if back else _s.answered_at_ms < at
        same = _s.id > after.key if back else _s.id < after.key
        query = query.where(or_(beyond, and_(_s.answered_at_ms == at, same)))
    order = (_s.answered_at_ms, _s.id) if back else (_s.answered_at_ms.desc(), _s.id.desc())
    return query.order_by(*order).limit(limit)


def page(connection: Connection, cursor: Cursor | None, size: int = PAGE) -> Suggestions:
    """A page of the list, and where the pages beside it begin."""
    back = cursor is not None and cursor.back
    rows = (
        _before(connection, cursor, size + 1) if cursor is not None and back else _after(connection, cursor, size + 1)
    )
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    if not rows:
        return Suggestions((), None, None)
    first, last = _cursor(rows[0], back=True), _cursor(rows[-1], back=False)
    has_before = more if back else bool(_before(connection, first, 1))
    has_after = bool(_after(connection, last, 1)) if back else more
    names = names_of(connection, {row.person for row in rows} | {row.answered_by for row in rows if row.answered_by})
    taken_up = _adopted(connection, [row.id for row in rows if row.answer])
    lines = tuple(_line(row, names, taken_up.get(row.id, 0)) for row in rows)
    return Suggestions(lines, first if has_before else None, last if has_after else None)


def _after(connection: Connection, cursor: Cursor | None, limit: int) -> list[Row[Any]]:
    """The next rows, in the order of the list."""
    if cursor is not None and cursor.at < 0:
        return list(connection.core.execute(answered_query(cursor, limit)))
    rows = list(connection.core.execute(waiting_query(cursor, limit)))
    return rows if len(rows) == limit else [*rows, *connection.core.execute(answered_query(None, limit - len(rows)))]


def _before(connection: Connection, cursor: Cursor, limit: int) -> list[Row[Any]]:
    """The rows before, the nearest first."""
    if cursor.at >= 0:
        return list(connection.core.execute(waiting_query(cursor, limit, back=True)))
    rows = list(connection.core.execute(answered_query(cursor, limit, back=True)))
    if len(rows) == limit:
        return rows
    return [*rows, *connection.core.execute(waiting_query(None, limit - len(rows), back=True))]


def _cursor(row: Row[Any], *, back: bool) -> Cursor:
    return Cursor(-row.answered_at_ms if row.answer else row.at_ms, row.id, back)


def _adopted(connection: Connection, which: list[str]) -> dict[str, int]:
    """The version of the policy that adopted each of some suggestions; those that none did are not in it."""
    query = select(adoption.c.suggestion, adoption.c.number).where(adoption.c.suggestion.in_(which))
    return {row.suggestion: row.number for row in connection.core.execute(query)} if which else {}


def _line(row: Row[Any], names: dict[str, str], adopted: int) -> SuggestionLine:
    answered = None if row.answered_at_ms is None else from_ms(row.answered_at_ms)
    return SuggestionLine(
        row.id, row.person, names.get(row.person, ""), row.text, from_ms(row.at_ms), row.answer, row.words,
        names.get(row.answered_by, ""), answered, adopted,
    )  # fmt: skip
