"""The days of the invented branch: when somebody calls, and which day that was."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from mesa_recuperacion.domain.hours import Hours, at_local

BUSY = (time(9), time(19))
"""Nobody invented calls outside these hours, whatever the branch's own."""


def windows(hours: Hours, day: date) -> list[tuple[time, time]]:
    """The first window of a day within the busy hours; none if it is closed then."""
    found = [(max(opens, BUSY[0]), min(closes, BUSY[1])) for opens, closes in hours.windows_on(day)]
    return [(opens, closes) for opens, closes in found if opens < closes][:1]


def opening(hours: Hours, day: date) -> datetime | None:
    """When a day's busy hours begin; ``None`` if there are none."""
    found = windows(hours, day)
    return at_local(day, found[0][0], hours.zone) if found else None


def open_day(hours: Hours, today: date, count: int) -> date:
    """The open day that is so many open days before today."""
    day = today
    while count:
        day -= timedelta(days=1)
        count -= bool(windows(hours, day))
    return day


def working(hours: Hours, today: date, ago: int, hour: int, random: Random) -> datetime:
    """That hour of the last open day at least so many days ago, at some minute."""
    day = today - timedelta(days=ago)
    while not windows(hours, day):
        day -= timedelta(days=1)
    opens, closes = windows(hours, day)[0]
    at = time(min(max(hour, opens.hour), closes.hour - 1), random.randint(1, 50), random.randint(1, 59))
    return at_local(day, at, hours.zone)


def slots(hours: Hours, day: date, minutes: int) -> int:
    """How many calls of so many minutes one person can take in a day."""
    busy = [(c.hour * 60 + c.minute) - (o.hour * 60 + o.minute) for o, c in windows(hours, day)]
    return sum(busy) // minutes
