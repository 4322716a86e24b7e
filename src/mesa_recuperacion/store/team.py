"""What the people who work here suggest, are thanked for and have to read (rules D5, D6, D7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, Select, bindparam, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.views import ADOPTED, News, SuggestionItem
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.tables import acknowledgement, adoption, person, policy_version, praise, suggestion

_s, _p = suggestion.c, praise.c
_NONE = literally("")
_WAITING = _s.answer == _NONE
_ANSWERED = _s.answer != _NONE


def waiting_query() -> Select[Any]:
    """The suggestions that wait for an answer, the oldest first, each with its author's name."""
    columns = (_s.id, _s.person, person.c.name, _s.text, _s.at_ms)
    found = select(*columns).select_from(suggestion.outerjoin(person, person.c.id == _s.person))
    return found.where(_WAITING).order_by(_s.at_ms, _s.id)


_WHO: BindParameter[str] = bindparam("who")
_PRAISE: Select[Any] = (
    select(_p.id, person.c.name, _p.text, _p.at_ms, _p.about)
    .select_from(praise.outerjoin(person, person.c.id == _p.given_by)).where(_p.person == _WHO)
)  # fmt: skip
"""The thanks that somebody was given, each with its author's name."""

_LATEST = _PRAISE.order_by(_p.at_ms.desc(), _p.id.desc())
THANKS = Prepared(_PRAISE.where(_p.read_at_ms.is_(None)), "who")
THANKED = Prepared(_LATEST.where(_p.at_ms >= bindparam("since")).limit(1), "who", "since")
_PRAISES = Prepared(_LATEST.limit(bindparam("most", type_=Integer)), "who", "most")
ANSWERS = Prepared(
    select(_s.id, person.c.name, _s.words, _s.answered_at_ms, _s.text, _s.answer)
    .select_from(suggestion.outerjoin(person, person.c.id == _s.answered_by))
    .where(_s.person == _WHO, _ANSWERED, _s.read_at_ms.is_(None)),
    "who",
)
"""The answers to somebody's suggestions that they have not read, each with its author's name."""

_a, _v = adoption.c, policy_version.c
_NEW: Select[Any] = (
    select(_a.suggestion, person.c.name, _a.number, _a.at_ms, _s.text, _v.starts_at_ms)
    .select_from(
        adoption.join(suggestion, _s.id == _a.suggestion).join(policy_version, _v.number == _a.number)
        .outerjoin(person, person.c.id == _a.by)
    )
    .where(_a.person == _WHO, _a.read_at_ms.is_(None))
)  # fmt: skip
"""Somebody's suggestions that a version of the policy takes up, and that they have not read of."""

ADOPTED_OF = Prepared(_NEW, "who")
_ONE_ADOPTED = Prepared(_NEW.where(_a.suggestion == bindparam("item")), "who", "item")
_ACKNOWLEDGED = Prepared(select(acknowledgement.c.number).where(acknowledgement.c.person == _WHO), "who")


def waiting(connection: Connection, which: str | None = None) -> tuple[SuggestionItem, ...]:
    """The suggestions that wait for an answer, or the one of that reference."""
    query = waiting_query() if which is None else waiting_query().where(_s.id == which)
    rows = connection.execute(query)
    return tuple(SuggestionItem(row.id, row.person, row.name or "", row.text, from_ms(row.at_ms)) for row in rows)


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
    thanks = select(_p.id).where(_p.id == item, _p.person == who, _p.read_at_ms.is_(None))
    answered = select(_s.id).where(_s.id == item, _s.person == who, _ANSWERED, _s.read_at_ms.is_(None))
    return any(connection.execute(query).first() for query in (thanks, answered))


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
