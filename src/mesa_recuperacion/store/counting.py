"""Keeping the counters: what a case adds now, less what it added before, and nothing that did not change (rule D1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from operator import add, attrgetter, sub
from typing import Any
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.marks import marks_of
from mesa_recuperacion.domain.tally import Asked, Counted, Tally
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, deleting, upsert
from mesa_recuperacion.store.shapes import AREA_TOTAL, CASE_CHOICE, CASE_TOTAL, CHOICE_TOTAL, SPREAD_TOTAL, Shape

Key = tuple[Any, ...]
Sums = tuple[int, ...]

_NOT_COUNTED: dict[str, Any] = {
    "counted_day": "", "counted_at_ms": None, "counted_by": "", "elapsed": 0, "standard": 0, "remedy_cost": 0,
    "gave": 0, "statutory": 0, "standing": "", "marks": 0,
}  # fmt: skip


_COUNTERS = (CASE_TOTAL, SPREAD_TOTAL, CHOICE_TOTAL, AREA_TOTAL)
_ZEROS: dict[Shape, Sums] = {table: (0,) * len(table.rest) for table in _COUNTERS}
_ADD = {table: upsert(table, add=True) for table in _COUNTERS}
_EMPTY = {table: deleting(table, f"{table.rest[0]} = 0") for table in _COUNTERS}
"""The first figure of each counter is how many it counts: a row of none has no other figure either."""
_CHOSEN, _NOT_CHOSEN = upsert(CASE_CHOICE), deleting(CASE_CHOICE)
_FIGURES = attrgetter(*(field.name for field in fields(Counts)))
_ZONE = Prepared("SELECT zone FROM station WHERE branch = ? ORDER BY number LIMIT 1")


class Counting:
    """The counters of one connection: :meth:`change` them case by case, then :meth:`flush`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._zones: dict[str, ZoneInfo] = {}
        self._sums: dict[Shape, dict[Key, Sums]] = {table: {} for table in _COUNTERS}
        self._chosen: dict[Key, Key] = {}
        self._not_chosen: set[Key] = set()

    def change(self, stream: str, folio: str, before: Tally, after: Tally) -> None:
        """A case of that stream adds ``after`` and no longer ``before``."""
        if before == after:
            return
        branch = branch_of(stream)
        for count, one in ((sub, before), (add, after)):
            for table, key, figures in self._rows(branch, one):
                sums = self._sums[table]
                sums[key] = tuple(map(count, sums.get(key, _ZEROS[table]), figures))
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
                _ADD[table].many(self._connection, [(*key, *sums) for key, sums in rows])
                _EMPTY[table].many(self._connection, [key for key, sums in rows if sums[0] < 0])
        if self._not_chosen:
            _NOT_CHOSEN.many(self._connection, self._not_chosen)
        if self._chosen:
            _CHOSEN.many(self._connection, [(*key, *of) for key, of in self._chosen.items()])
        self._chosen, self._not_chosen = {}, set()

    def _rows(self, branch: str, one: Tally) -> Iterator[tuple[Shape, Key, Sums]]:
        """What it adds to which row of which counter."""
        if one.counted is not None:
            figures, chosen = _FIGURES(one.counted.counts), _chosen(one.counted)
            for key in self._keys(branch, one.counted):
                yield CASE_TOTAL, key, figures
                yield SPREAD_TOTAL, (*key, one.counted.standing, one.counted.given), (1,)
                for choice, sums in chosen.items():
                    yield CHOICE_TOTAL, (*key, *choice), sums
        for asked in one.asked:
            for key in self._keys(branch, asked):
                yield AREA_TOTAL, (*key, asked.area), (1, asked.kept, asked.late, asked.withdrawn)

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
            self._zones[branch] = ZoneInfo(_ZONE.one(self._connection, branch)[0])
        return at.astimezone(self._zones[branch]).date().isoformat()


def _chosen(counted: Counted) -> dict[tuple[str, str], Sums]:
    """What a case adds to each choice that was taken in it, however often."""
    chosen: dict[tuple[str, str], Sums] = {}
    for x in counted.choices:
        once = (1, x.cost, x.kept, x.ended, x.satisfied, x.asked)
        held = chosen.get((x.kind, x.code))
        chosen[x.kind, x.code] = once if held is None else tuple(map(add, held, once))
    return chosen


def branch_of(stream: str) -> str:
    """The code of the branch whose station writes that stream."""
    return stream.rpartition("-")[0]


_GIVEN = Prepared("SELECT minor, n FROM gesture_count WHERE problem = ? AND currency = ? AND n > 0 ORDER BY minor")


def usual_amount(connection: Connection, problem: str, currency: str) -> Money | None:
    """The median of what was delivered for a problem; ``None`` before the first."""
    rows = _GIVEN.run(connection, problem, currency).fetchall()
    middle = (sum(n for _, n in rows) + 1) // 2
    for minor, n in rows:
        middle -= n
        if middle <= 0:
            return Money(minor, currency)
    return None
