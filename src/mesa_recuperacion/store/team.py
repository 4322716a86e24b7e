"""What the people who work here suggest, are thanked for and have to read (rules D5, D6, D7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.views import ADOPTED, News, SuggestionItem
from mesa_recuperacion.store.columns import literally
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


def praise_query(who: str) -> Select[Any]:
    """The thanks that somebody was given, each with its author's name."""
    columns = (_p.id, person.c.name, _p.text, _p.at_ms, _p.about)
    return select(*columns).select_from(praise.outerjoin(person, person.c.id == _p.given_by)).where(_p.person == who)


def answers_query(who: str) -> Select[Any]:
    """The answers to somebody's suggestions that they have not read, each with its author's name."""
    columns = (_s.id, person.c.name, _s.words, _s.answered_at_ms, _s.text, _s.answer)
    found = select(*columns).select_from(suggestion.outerjoin(person, person.c.id == _s.answered_by))
    return found.where(_s.person == who, _ANSWERED, _s.read_at_ms.is_(None))


def adopted_query(who: str) -> Select[Any]:
    """Somebody's suggestions that a version of the policy takes up, and that they have not read of."""
    a, v = adoption.c, policy_version.c
    columns = (a.suggestion, person.c.name, a.number, a.at_ms, _s.text, v.starts_at_ms)
    found = adoption.join(suggestion, _s.id == a.suggestion).join(policy_version, v.number == a.number)
    joined = found.outerjoin(person, person.c.id == a.by)
    return select(*columns).select_from(joined).where(a.person == who, a.read_at_ms.is_(None))


def waiting(connection: Connection, which: str | None = None) -> tuple[SuggestionItem, ...]:
    """The suggestions that wait for an answer, or the one of that reference."""
    query = waiting_query() if which is None else waiting_query().where(_s.id == which)
    rows = connection.execute(query)
    return tuple(SuggestionItem(row.id, row.person, row.name or "", row.text, from_ms(row.at_ms)) for row in rows)


def news(connection: Connection, who: str) -> tuple[News, ...]:
    """What somebody has to read, the oldest first."""
    thanks = connection.execute(praise_query(who).where(_p.read_at_ms.is_(None)))
    answers = connection.execute(answers_query(who))
    adopted = connection.execute(adopted_query(who))
    items = [*map(_thanks, thanks), *map(_answer, answers), *map(_adopted, adopted)]
    return tuple(sorted(items, key=lambda item: (item.at, item.id)))


def latest_praise(connection: Connection, who: str, since: datetime) -> News | None:
    """The latest thanks since an instant, read or not."""
    query = praise_query(who).where(_p.at_ms >= to_ms(since)).order_by(_p.at_ms.desc(), _p.id.desc())
    row = connection.execute(query.limit(1)).first()
    return None if row is None else _thanks(row)


def praises(connection: Connection, who: str, limit: int) -> tuple[News, ...]:
    """The latest thanks, the latest first."""
    query = praise_query(who).order_by(_p.at_ms.desc(), _p.id.desc()).limit(limit)
    return tuple(map(_thanks, connection.execute(query)))


def unread(connection: Connection, who: str, item: str) -> bool:
    """Whether thanks, or the answer to a suggestion, wait to be read by somebody."""
    thanks = select(_p.id).where(_p.id == item, _p.person == who, _p.read_at_ms.is_(None))
    answered = select(_s.id).where(_s.id == item, _s.person == who, _ANSWERED, _s.read_at_ms.is_(None))
    adopted = adopted_query(who).where(adoption.c.suggestion == item.removeprefix(ADOPTED))
    queries = (adopted,) if item.startswith(ADOPTED) else (thanks, answered)
    return any(connection.execute(query).first() for query in queries)


def acknowledged(connection: Connection, who: str) -> int:
    """The latest version of the policy that somebody has acknowledged; 0 before the first."""
    query = select(acknowledgement.c.number).where(acknowledgement.c.person == who)
    return connection.execute(query).scalar() or 0


def _thanks(row: Row[Any]) -> News:
    return News(row.id, "praise", row.name or "", row.text, from_ms(row.at_ms), row.about)


def _answer(row: Row[Any]) -> News:
    return News(row.id, "answer", row.name or "", row.words, from_ms(row.answered_at_ms), row.text, row.answer)


def _adopted(row: Row[Any]) -> News:
    return News(
        f"{ADOPTED}{row.suggestion}", "adopted", row.name or "", "", from_ms(row.at_ms), row.text, number=row.number,
        starts_at=from_ms(row.starts_at_ms),
    )  # fmt: skip
