"""A history told again: on another day, of somebody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from mesa_recuperacion.demo import stock
from mesa_recuperacion.demo.stock import History, Part, Step
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import period_of
from mesa_recuperacion.domain.text import call_name

Persons = Mapping[str, str]
"""Who takes whose part."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented customer."""

    name: str
    phone: str


class Told:
    """A history, so much later: whole weeks, so that Sundays stay Sundays, and perhaps some half hours of the same day.

    ``new_id`` and ``folio`` name what is new in it.
    """

    __slots__ = ("_by", "_folio", "_folios", "_ids", "_new_id", "_who", "history", "persons", "zone")

    def __init__(
        self, history: History, zone: ZoneInfo, *, by: timedelta, persons: Persons, who: Somebody,
        new_id: Callable[[], str], folio: Callable[[], str],
    ) -> None:  # fmt: skip
        self.history, self.zone, self.persons = history, zone, persons
        self._by, self._who = by, who
        self._new_id, self._folio = new_id, folio
        self._ids: dict[int, str] = {}
        self._folios: dict[int, str] = {}

    def when(self, step: Step) -> datetime:
        """The instant of a step."""
        return self._instant(step.at)

    def facts(self, step: Step) -> list[tuple[str, f.Fact]]:
        """What a step leads to, each with the folio of its case."""
        return [("" if part.case is None else self._case(part.case), self._fact(part)) for part in step.parts]

    def folios(self) -> tuple[str, ...]:
        """The folios of its cases."""
        return tuple(self._folios.values())

    def _fact(self, part: Part) -> f.Fact:
        if not part.changes:
            return part.kind(*part.values)
        values = list(part.values)
        for place, kind, what in part.changes:
            values[place] = self._anew(kind, what)
        return part.kind(*values)

    def _anew(self, kind: int, what: Any) -> Any:
        """What a field says here; what is most frequent is looked for first."""
        if kind == stock.ID:
            return self._id(what)
        if kind == stock.PERSON:
            return self.persons[what]
        if kind == stock.AT:
            return self._instant(what)
        if kind == stock.PERIOD:
            return later(what, self._by, self.zone)
        if kind == stock.FOLIO:
            return self._case(what)
        if kind == stock.FOLIOS:
            return tuple(self._case(case) for case in what)
        if kind == stock.PHONE:
            return self._who.phone
        return self._who.name if kind == stock.NAME else call_name(self._who.name)

    def _instant(self, local: datetime) -> datetime:
        """A wall time of the history as an instant in UTC, as :func:`mesa_recuperacion.domain.hours.at_local`."""
        return (local + self._by).replace(tzinfo=self.zone).astimezone(UTC)

    def _case(self, number: int) -> str:
        folio = self._folios.get(number)
        if folio is None:
            folio = self._folios[number] = self._folio()
        return folio

    def _id(self, number: int) -> str:
        known = self._ids.get(number)
        if known is None:
            known = self._ids[number] = self._new_id()
        return known


@cache
def later(period: str, by: timedelta, zone: ZoneInfo) -> str:
    """The name of a week's period so much later: by whole weeks, give or take some hours."""
    year, week = period.split("-W")
    noon = datetime.combine(date.fromisocalendar(int(year), int(week), 1), time(12)) + by
    return period_of(noon.replace(tzinfo=zone), "week", zone)[0]
