"""The versions of the policy: which one is in force, who has read it, whose suggestions it takes up (rules D5, D7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, or_, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.review.policy import Adopted, Reader, Version, Wait
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.tables import acknowledgement, adoption, agenda, person, policy_version, suggestion

_v, _a, _s = policy_version.c, agenda.c, suggestion.c


IN_FORCE = Prepared(
    select(_v.number, _v.text).where(or_(_v.starts_at_ms <= bindparam("now"), _v.starts_at_ms == _v.at_ms))
    .order_by(_v.number.desc()).limit(1),
    "now",
)  # fmt: skip
"""The version in force: of those whose start has come, the one with the highest number.

One that was published to hold at once has begun with its own line, whatever the clock was set to since.
"""


def waits_query(without: Iterable[str], limit: int) -> Select[Any]:
    """What is pending of areas that are none of these, area by area, as far as so many rows."""
    waiting = (_a.area != literally(""), _a.status == literally("pending"))
    found = select(_a.area, _a.case_id).distinct().where(*waiting, _a.area.not_in(list(without)))
    return found.order_by(_a.area, _a.case_id).limit(limit)


class Published:
    """What can be asked about the published versions, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self, now: datetime) -> tuple[int, str] | None:
        """The number and the text of the version in force; ``None`` before the first."""
        row = IN_FORCE.one(self._connection, to_ms(now))
        return row and (row[0], row[1])

    def began(self, number: int) -> datetime | None:
        """The start of a version; ``None`` if there is no such version."""
        at = self._connection.execute(select(_v.starts_at_ms).where(_v.number == number)).scalar()
        return None if at is None else from_ms(at)

    def versions(self, limit: int, below: int | None = None) -> tuple[Version, ...]:
        """The latest versions, the newest first, without their texts; those ``below`` a number, if one is given."""
        columns = (_v.number, _v.starts_at_ms, _v.at_ms, person.c.name)
        query = select(*columns).select_from(policy_version.outerjoin(person, person.c.id == _v.published_by))
        query = query if below is None else query.where(_v.number < below)
        rows = self._connection.execute(query.order_by(_v.number.desc()).limit(limit)).all()
        credit = self._credits([row.number for row in rows])
        return tuple(
            Version(
                row.number, from_ms(row.starts_at_ms), from_ms(row.at_ms), row.name or "",
                tuple(x for x in credit if x.number == row.number),
            )
            for row in rows
        )  # fmt: skip

    def _credits(self, numbers: list[int]) -> tuple[Adopted, ...]:
        """The suggestions that some versions take up, each with its author (rule D5)."""
        columns = (adoption.c.suggestion, adoption.c.number, _s.text, person.c.name)
        found = adoption.join(suggestion, _s.id == adoption.c.suggestion).outerjoin(person, person.c.id == _s.person)
        query = select(*columns).select_from(found).where(adoption.c.number.in_(numbers))
        rows = self._connection.execute(query.order_by(_s.at_ms, _s.id))
        return tuple(Adopted(row.suggestion, row.name or "", row.text, row.number) for row in rows)

    def adoptable(self, limit: int) -> tuple[Adopted, ...]:
        """The suggestions that were accepted and that no version takes up yet, the oldest first; ``number`` is 0."""
        found = suggestion.outerjoin(person, person.c.id == _s.person)
        query = select(_s.id, _s.text, person.c.name).select_from(found).where(*_adoptable())
        rows = self._connection.execute(query.order_by(_s.at_ms, _s.id).limit(limit))
        return tuple(Adopted(row.id, row.name or "", row.text, 0) for row in rows)

    def is_adoptable(self, which: str) -> bool:
        """Whether a suggestion was accepted, and no version takes it up yet."""
        return self._connection.execute(select(_s.id).where(_s.id == which, *_adoptable())).first() is not None

    def readers(self) -> tuple[Reader, ...]:
        """Everybody who works here and the latest version that each has acknowledged (0: none), by their number."""
        known = person.outerjoin(acknowledgement, acknowledgement.c.person == person.c.id)
        query = select(person.c.name, person.c.role, acknowledgement.c.number).select_from(known)
        rows = self._connection.execute(query.order_by(person.c.number))
        return tuple(Reader(row.name, row.role, row.number or 0) for row in rows)

    def waits(self, without: Iterable[str], limit: int) -> tuple[Wait, ...]:
        """The cases in which something is pending of an area that is none of these, as far as so many."""
        rows = self._connection.execute(waits_query(without, limit))
        return tuple(Wait(row.area, row.case_id) for row in rows)


def _adoptable() -> tuple[ColumnElement[bool], ...]:
    taken = select(adoption.c.suggestion).where(adoption.c.suggestion == _s.id)
    return _s.answer == literally("accept"), ~taken.exists()
