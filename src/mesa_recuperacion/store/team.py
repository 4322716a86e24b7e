"""What the people who work here suggest, are thanked for and have to read (rules D5, D6, D7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.views import ADOPTED, News, SuggestionItem
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared

_WAITING = (
    "SELECT suggestion.id, suggestion.person, person.name, text, at_ms FROM suggestion "
    "LEFT JOIN person ON person.id = suggestion.person WHERE answer = ''"
)
WAITING = Prepared(f"{_WAITING} ORDER BY at_ms, suggestion.id")
"""The suggestions that wait for an answer, the oldest first, each with its author's name."""

FIRST_WAITING = Prepared(f"{WAITING.text} LIMIT ?")
_ONE_WAITING = Prepared(f"{_WAITING} AND suggestion.id = ?")

_PRAISE = (
    "SELECT praise.id, person.name, praise.text, praise.at_ms, praise.about FROM praise "
    "LEFT JOIN person ON person.id = praise.given_by WHERE praise.person = ?"
)
"""The thanks that somebody was given, each with its author's name."""

_LATEST = "ORDER BY praise.at_ms DESC, praise.id DESC"
THANKS = Prepared(f"{_PRAISE} AND praise.read_at_ms IS NULL")
THANKED = Prepared(f"{_PRAISE} AND praise.at_ms >= ? {_LATEST} LIMIT 1")
_PRAISES = Prepared(f"{_PRAISE} {_LATEST} LIMIT ?")
_ONE_PRAISE = Prepared("SELECT id FROM praise WHERE id = ? AND person = ? AND read_at_ms IS NULL")

ANSWERS = Prepared(
    "SELECT s.id, person.name, s.words, s.answered_at_ms, s.text, s.answer FROM suggestion AS s "
    "LEFT JOIN person ON person.id = s.answered_by WHERE s.person = ? AND s.answer <> '' AND s.read_at_ms IS NULL"
)
"""The answers to somebody's suggestions that they have not read, each with its author's name."""

_ONE_ANSWER = Prepared("SELECT id FROM suggestion WHERE id = ? AND person = ? AND answer <> '' AND read_at_ms IS NULL")

_NEW = (
    "SELECT a.suggestion, person.name, a.number, a.at_ms, s.text, v.starts_at_ms FROM adoption AS a "
    "JOIN suggestion AS s ON s.id = a.suggestion JOIN policy_version AS v ON v.number = a.number "
    'LEFT JOIN person ON person.id = a."by" WHERE a.person = ? AND a.read_at_ms IS NULL'
)
"""Somebody's suggestions that a version of the policy takes up, and that they have not read of."""

ADOPTED_OF = Prepared(_NEW)
_ONE_ADOPTED = Prepared(f"{_NEW} AND a.suggestion = ?")
_ACKNOWLEDGED = Prepared("SELECT number FROM acknowledgement WHERE person = ?")


def waiting(connection: Connection, which: str | None = None) -> tuple[SuggestionItem, ...]:
    """The suggestions that wait for an answer, or the one of that reference."""
    rows = WAITING.rows(connection) if which is None else _ONE_WAITING.rows(connection, which)
    return tuple(map(waiting_item, rows))


def waiting_item(row: Any) -> SuggestionItem:
    """A row of those as a value."""
    return SuggestionItem(row.id, row.person, row.name or "", row.text, from_ms(row.at_ms))


def news(connection: Connection, who: str) -> tuple[News, ...]:
    """What somebody has to read, the oldest first."""
    thanks, answers, adopted = (query.rows(connection, who) for query in (THANKS, ANSWERS, ADOPTED_OF))
    items = [*map(_thanks, thanks), *map(_answer, answers), *map(_adopted, adopted)]
    return tuple(sorted(items, key=lambda item: (item.at, item.id)))


def latest_praise(connection: Connection, who: str, since: datetime) -> News | None:
    """The latest thanks since an instant, read or not."""
    row = THANKED.first(connection, who, to_ms(since))
    return None if row is None else _thanks(row)


def praises(connection: Connection, who: str, limit: int) -> tuple[News, ...]:
    """The latest thanks, the latest first."""
    return tuple(map(_thanks, _PRAISES.rows(connection, who, limit)))


def unread(connection: Connection, who: str, item: str) -> bool:
    """Whether thanks, or the answer to a suggestion, wait to be read by somebody."""
    if item.startswith(ADOPTED):
        return _ONE_ADOPTED.one(connection, who, item.removeprefix(ADOPTED)) is not None
    return any(query.one(connection, item, who) for query in (_ONE_PRAISE, _ONE_ANSWER))


def acknowledged(connection: Connection, who: str) -> int:
    """The latest version of the policy that somebody has acknowledged; 0 before the first."""
    row = _ACKNOWLEDGED.one(connection, who)
    return row[0] if row else 0


def _thanks(row: Any) -> News:
    return News(row.id, "praise", row.name or "", row.text, from_ms(row.at_ms), row.about)


def _answer(row: Any) -> News:
    return News(row.id, "answer", row.name or "", row.words, from_ms(row.answered_at_ms), row.text, row.answer)


def _adopted(row: Any) -> News:
    return News(
        f"{ADOPTED}{row.suggestion}", "adopted", row.name or "", "", from_ms(row.at_ms), row.text, number=row.number,
        starts_at=from_ms(row.starts_at_ms),
    )  # fmt: skip
