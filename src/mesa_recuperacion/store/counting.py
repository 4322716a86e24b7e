"""Keeping the counters: what a case adds now, less what it added before, and nothing that did not change (rule D1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Delete, Table, and_, bindparam, delete, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.marks import marks_of
from mesa_recuperacion.domain.tally import Asked, Counted, Tally
from mesa_recuperacion.store import tables as t
from mesa_recuperacion.store.review_tables import area_total, case_choice, case_total, choice_total, spread_total

Key = tuple[Any, ...]
Sums = tuple[int, ...]

_NOT_COUNTED: dict[str, Any] = {
    "counted_day": "", "counted_at_ms": None, "counted_by": "", "elapsed": 0, "standard": 0, "remedy_cost": 0,
    "gave": 0, "statutory": 0, "standing": "", "marks": 0,
}  # fmt: skip


def upsert(table: Table, *, add: bool = False) -> Insert:
    """Write a row over the one of its key; with ``add``, add its figures to that one's."""
    statement = sqlite_insert(table)
    key = [column.name for column in table.primary_key]
    values = [column for column in table.c if column.name not in key]
    new = {c.name: c + statement.excluded[c.name] if add else statement.excluded[c.name] for c in values}
    return statement.on_conflict_do_update(index_elements=key, set_=new)


def _by_key(table: Table) -> Delete:
    return delete(table).where(and_(*(c == bindparam(f"k{n}") for n, c in enumerate(table.primary_key))))


_COUNTERS = (case_total, spread_total, choice_total, area_total)
_WIDTH = {table: len(table.primary_key) for table in _COUNTERS}
_NAMES = {table: tuple(table.c.keys()) for table in _COUNTERS}
_ADD = {table: upsert(table, add=True) for table in _COUNTERS}
_EMPTY = {table: _by_key(table).where(list(table.c)[_WIDTH[table]] == 0) for table in _COUNTERS}
"""The first figure of each counter is how many it counts: a row of none has no other figure either."""
_CHOSEN, _NOT_CHOSEN = upsert(case_choice), _by_key(case_choice)


class Counting:
    """The counters of one connection: :meth:`change` them case by case, then :meth:`flush`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._zones: dict[str, ZoneInfo] = {}
        self._sums: dict[Table, dict[Key, list[int]]] = {table: {} for table in _COUNTERS}
        self._chosen: dict[Key, Key] = {}
        self._not_chosen: set[Key] = set()

    def change(self, stream: str, folio: str, before: Tally, after: Tally) -> None:
        """A case of that stream adds ``after`` and no longer ``before``."""
        if before == after:
            return
        branch = branch_of(stream)
        for sign, one in ((-1, before), (1, after)):
            for table, key, sums in self._rows(branch, one):
                held = self._sums[table].setdefault(key, [0] * len(sums))
                for n, figure in enumerate(sums):
                    held[n] += sign * figure
        was, now = self._choices(branch, folio, before.counted), self._choices(branch, folio, after.counted)
        self._not_chosen |= was.keys() - now.keys()
        self._not_chosen -= now.keys()
        self._chosen |= {key: of for key, of in now.items() if was.get(key) != of}

    def columns(self, stream: str, counted: Counted | None) -> dict[str, Any]:
        """What ``case_file`` says of what a case adds."""
        branch = branch_of(stream)
        if counted is None:
            return _NOT_COUNTED | {"branch": branch}
        counts = counted.counts
        return {
            "branch": branch, "counted_day": self._day(branch, counted.at), "counted_at_ms": to_ms(counted.at),
            "counted_by": counted.person, "elapsed": counts.elapsed, "standard": counted.standard,
            "remedy_cost": counts.remedy_cost, "gave": counted.given, "statutory": counts.statutory,
            "standing": counted.standing, "marks": marks_of(counts),
        }  # fmt: skip

    def flush(self) -> None:
        """Write what has changed since the last time; rows of which nothing is left go."""
        for table, changed in self._sums.items():
            rows = [(key, sums) for key, sums in changed.items() if any(sums)]
            changed.clear()
            if rows:
                names = _NAMES[table]
                self._connection.execute(_ADD[table], [dict(zip(names, (*k, *s), strict=True)) for k, s in rows])
            self._delete(_EMPTY[table], [key for key, sums in rows if sums[0] < 0])
        self._delete(_NOT_CHOSEN, self._not_chosen)
        if self._chosen:
            names = tuple(case_choice.c.keys())
            rows_of = [dict(zip(names, (*key, *of), strict=True)) for key, of in self._chosen.items()]
            self._connection.execute(_CHOSEN, rows_of)
        self._chosen, self._not_chosen = {}, set()

    def _delete(self, statement: Delete, keys: list[Key] | set[Key]) -> None:
        if keys:
            self._connection.execute(statement, [{f"k{n}": part for n, part in enumerate(key)} for key in keys])

    def _rows(self, branch: str, one: Tally) -> Iterator[tuple[Table, Key, Sums]]:
        """What it adds to which row of which counter."""
        if one.counted is not None:
            for key in self._keys(branch, one.counted):
                yield from _of_case(key, one.counted)
        for asked in one.asked:
            for key in self._keys(branch, asked):
                yield area_total, (*key, asked.area), (1, asked.kept, asked.late, asked.withdrawn)

    def _keys(self, branch: str, of: Counted | Asked) -> tuple[Key, ...]:
        day = self._day(branch, of.at)
        rest = (of.person, of.problem, branch)
        return ("d", day, *rest), ("m", day[:7], *rest), ("y", day[:4], *rest)

    def _choices(self, branch: str, folio: str, of: Counted | None) -> dict[Key, Key]:
        if of is None:
            return {}
        place = (self._day(branch, of.at), to_ms(of.at), folio)
        return {(choice.kind, choice.code, *place): (of.person, of.problem, branch) for choice in of.choices}

    def _day(self, branch: str, at: datetime) -> str:
        """The day of the branch that an instant falls on."""
        if branch not in self._zones:
            s = t.station.c
            zone = select(s.zone).where(s.branch == branch).order_by(s.number).limit(1)
            self._zones[branch] = ZoneInfo(self._connection.execute(zone).scalar_one())
        return at.astimezone(self._zones[branch]).date().isoformat()


def _of_case(key: Key, counted: Counted) -> Iterator[tuple[Table, Key, Sums]]:
    yield case_total, key, astuple(counted.counts)
    yield spread_total, (*key, counted.standing, counted.given), (1,)
    chosen: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 6)
    for x in counted.choices:
        held = chosen[x.kind, x.code]
        for n, figure in enumerate((1, x.cost, x.kept, x.ended, x.satisfied, x.asked)):
            held[n] += figure
    for choice, sums in chosen.items():
        yield choice_total, (*key, *choice), tuple(sums)


def branch_of(stream: str) -> str:
    """The code of the branch whose station writes that stream."""
    return stream.rpartition("-")[0]


def usual_amount(connection: Connection, problem: str, currency: str) -> Money | None:
    """The median of what was delivered for a problem; ``None`` before the first."""
    g = t.gesture_count.c
    where = (g.problem == problem, g.currency == currency, g.n > 0)
    rows = connection.execute(select(g.minor, g.n).where(*where).order_by(g.minor)).all()
    middle = (sum(row.n for row in rows) + 1) // 2
    for row in rows:
        middle -= row.n
        if middle <= 0:
            return Money(row.minor, currency)
    return None
