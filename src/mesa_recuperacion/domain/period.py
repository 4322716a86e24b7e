"""Stretches of the branch's calendar that figures are counted over: a day, a week, a month, or any days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from mesa_recuperacion.domain.values import dataclass

GRAINS = ("day", "week", "month", "span")


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the branch, both ends included.  ``grain`` is one of ``GRAINS``; a ``span`` is any other stretch."""

    grain: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def shifted(self, by: int) -> Period:
        """The period that many periods of the same kind later, or earlier; the ends of the calendar are not passed."""
        try:
            match self.grain:
                case "month":
                    months = self.first.year * 12 + self.first.month - 1 + by
                    return month_of(date(months // 12, months % 12 + 1, 1))
                case _:
                    far = timedelta(days=self.days * by)
                    return Period(self.grain, self.first + far, self.last + far)
        except (OverflowError, ValueError):
            return self

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """The stretches of counters that add up to it, each ``(grain, first, last)`` as the counters name them.

        Whole years are read as years (``y``, ``YYYY``), what is left at the ends as months (``m``, ``YYYY-MM``) and
        days (``d``, ``YYYY-MM-DD``): ten years cost what ten rows of each kind cost, not what their days do.
        """
        runs: list[tuple[str, date, date]] = []
        at, last = self.first.toordinal(), self.last.toordinal()
        while at <= last:
            begin = date.fromordinal(at)
            grain, end = _longest(begin, self.last)
            if runs and runs[-1][0] == grain:
                begin = runs.pop()[1]
            runs.append((grain, begin, end))
            at = end.toordinal() + 1
        return tuple((g, first.isoformat()[: _NAMED[g]], end.isoformat()[: _NAMED[g]]) for g, first, end in runs)

    def in_years(self, earliest: date, latest: date) -> Period:
        """The period that has the same of whatever lies between two days, and ends with a year where nothing lies
        beyond it: all years up to today are whole years, whatever is left of this one.
        """
        first = self.first.replace(month=1, day=1) if self.first <= earliest else self.first
        last = self.last.replace(month=12, day=31) if self.last >= latest else self.last
        return Period(self.grain, first, last)


_NAMED = {"y": 4, "m": 7, "d": 10}
"""How much of a day names its stretch of each grain."""


def _longest(day: date, last: date) -> tuple[str, date]:
    """The longest stretch that begins with a day and ends by another: its grain, and its last day."""
    month = day.replace(day=monthrange(day.year, day.month)[1])
    if (day.month, day.day) == (1, 1) and day.replace(month=12, day=31) <= last:
        return "y", day.replace(month=12, day=31)
    return ("m", month) if day.day == 1 and month <= last else ("d", day)


def day_of(day: date) -> Period:
    """That day."""
    return Period("day", day, day)


def week_of(day: date) -> Period:
    """The week of a day, from Monday to Sunday (ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return Period("week", monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """The month of a day."""
    first = day.replace(day=1)
    return Period("month", first, day.replace(day=monthrange(day.year, day.month)[1]))


def span(first: date, last: date) -> Period:
    """From one day to another.  Raises ``ValueError`` if they are reversed."""
    if last < first:
        raise ValueError(f"{first} is after {last}")
    return Period("span", first, last)
