"""The branch's opening hours: several windows a day, holidays, its own time zone (rule C3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Window = tuple[time, time]
"""Opening and closing wall time of one day; opening before closing."""

_HORIZON = 400
"""Days that are searched for an opening: more than a year of holidays is a mistake in the policy."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Windows per weekday (Monday is 0), the days that do not count, and the zone in which they are meant."""

    zone: ZoneInfo
    windows: tuple[tuple[Window, ...], ...]
    holidays: frozenset[date] = frozenset()

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """The windows of a date, none on a holiday."""
        return () if day in self.holidays else self.windows[day.weekday()]

    def is_open(self, instant: datetime) -> bool:
        """Whether the branch attends at that instant."""
        local = instant.astimezone(self.zone)
        return any(opens <= local.time() < closes for opens, closes in self.windows_on(local.date()))

    def next_open(self, instant: datetime) -> datetime:
        """That instant if the branch is open, else the next opening, in UTC; the instant itself if it never opens."""
        if self.is_open(instant):
            return instant
        local = instant.astimezone(self.zone)
        for offset in range(_HORIZON):
            day = local.date() + timedelta(days=offset)
            for opens, _ in self.windows_on(day):
                opening = at_local(day, opens, self.zone)
                if opening > instant and self.is_open(opening):  # a window that spring skips opens at no hour
                    return opening
        return instant

    def add_days(self, instant: datetime, days: int) -> datetime:
        """The same wall time ``days`` working days later (0: the same day), at the next opening.

        A branch that never opens counts days of the calendar.
        """
        local = instant.astimezone(self.zone)
        day, left = local.date(), days
        for _ in range(_HORIZON + 7 * days):
            if left <= 0:
                break
            day += timedelta(days=1)
            left -= bool(self.windows_on(day))
        if left > 0:
            day = local.date() + timedelta(days=days)
        return self.next_open(at_local(day, local.time(), self.zone))


def at_local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A wall time of a zone as an instant in UTC; a time that a DST change skips moves on by the gap."""
    return datetime.combine(day, at.replace(tzinfo=None), zone).astimezone(UTC)
