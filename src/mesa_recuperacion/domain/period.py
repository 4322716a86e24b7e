"""Stretches of the branch's calendar that figures are counted over: a day, a week, a month, or any days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
        """The stretches of counters that add up to it: ``("m" or "d", first, last)``, as the counters name them.

        Whole months are read as months (``YYYY-MM``), what is left at the ends as days (``YYYY-MM-DD``), so that ten
        years cost as many rows as a hundred and twenty months have.
        """
        first = self.first if self.first.day == 1 else month_of(self.first).shifted(1).first
        after = self.last + timedelta(days=1) if self.last < date.max else self.last
        last = after.replace(day=1) - timedelta(days=1) if after.day != 1 else self.last
        if first > last:
            return (("d", self.first.isoformat(), self.last.isoformat()),)
        made = []
        if self.first < first:
            made.append(("d", self.first.isoformat(), (first - timedelta(days=1)).isoformat()))
        made.append(("m", first.isoformat()[:7], last.isoformat()[:7]))
        if last < self.last:
            made.append(("d", (last + timedelta(days=1)).isoformat(), self.last.isoformat()))
        return tuple(made)


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
    return Period("month", first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def span(first: date, last: date) -> Period:
    """From one day to another.  Raises ``ValueError`` if they are reversed."""
    if last < first:
        raise ValueError(f"{first} is after {last}")
    return Period("span", first, last)
