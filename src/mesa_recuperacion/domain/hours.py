"""The branch's opening hours: several windows a day, nights, holidays, its own time zone (rule C3).

Windows are wall times; everything that is counted is real time between instants in UTC, so that a window from 00:00 to
06:00 lasts five hours when summer time begins and seven when it ends.  Instants that come in may carry any zone, and
those that go out are in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain.values import dataclass

Window = tuple[time, time]
"""Opening and closing wall time; a closing that is not after the opening is of the next day (``22:00-06:00``)."""

Stretch = tuple[datetime, datetime]
"""From an opening to a closing as instants in UTC, the closing not included."""

MIDNIGHT = time.max
"""How ``24:00`` is held as a closing time: the last that ``datetime.time`` has stands for the end of the day."""

_HORIZON = 400
"""Days that are searched for an opening: more than a year of holidays is a mistake in the policy."""
_FARTHEST = 100 * 366
"""Days within which open time is counted; beyond, it runs on the clock, as nobody waits for a hundred years."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Windows per weekday (Monday is 0), the days that do not count, and the zone in which they are meant.

    A window belongs to the day on which it opens.  A holiday therefore takes away the windows that would open on it,
    the night's with them, and leaves the end of the one that opened the evening before: who came to work on the eve
    stays until the morning, and on the holiday nobody comes.

    Windows that touch run on, and what two of them share counts once.
    """

    zone: ZoneInfo
    windows: tuple[tuple[Window, ...], ...]
    holidays: frozenset[date] = frozenset()

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """The windows that open on a date, none on a holiday."""
        return () if day in self.holidays else self.windows[day.weekday()]

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """The windows that open on a date as they really last, in order; without those that a DST change skips."""
        found = (_stretch(day, window, self.zone) for window in sorted(self.windows_on(day)))
        return tuple((start, end) for start, end in found if start < end)

    def open_on(self, day: date) -> tuple[Stretch, ...]:
        """What is open between the midnights of a date, in order: with the end of the night before it."""
        start, end = _edge(day, time(0), self.zone), _edge(day + _DAY, time(0), self.zone)
        return tuple((opens, min(closes, end)) for opens, closes in self._open_since(start, 1) if opens < end)

    def day_of(self, instant: datetime) -> date:
        """The working day of an instant: its date, or the one before while a window of that evening is still open."""
        now = _utc(instant)
        day = now.astimezone(self.zone).date()
        own, evening = (any(opens <= now < closes for opens, closes in self.stretches(d)) for d in (day, day - _DAY))
        return day - _DAY if evening and not own else day

    def is_open(self, instant: datetime) -> bool:
        """Whether the branch attends at that instant."""
        now = _utc(instant)
        return any(opens == now for opens, _ in self._open_since(now, 1))

    def closes_at(self, instant: datetime) -> bool:
        """Whether a window closes at that very instant, even if another one opens then."""
        now = _utc(instant)
        day = now.astimezone(self.zone).date()
        return any(closes == now for n in (-1, 0, 1) for _, closes in self.stretches(day + n * _DAY))

    def next_open(self, instant: datetime) -> datetime:
        """That instant if the branch is open, else the next opening, in UTC; the instant itself if it never opens."""
        now = _utc(instant)
        return next(self._open_since(now, _HORIZON), (now, now))[0]

    def opens_after(self, instant: datetime) -> datetime:
        """The next opening after an instant, at which the branch may be open; the instant itself if it never opens."""
        now = _utc(instant)
        first = now.astimezone(self.zone).date() - _DAY
        coming = (opens for n in range(_HORIZON) for opens, _ in self.stretches(first + n * _DAY))
        return next((opens for opens in coming if opens > now), now)

    def add_days(self, instant: datetime, days: int) -> datetime:
        """The same wall time ``days`` working days later (0: the same day), at the next opening.

        Two in the morning of a night that began on Thursday is Thursday's: a working day later is two in the morning
        of the night that begins on Friday.  A branch that never opens counts days of the calendar.
        """
        if days <= 0:
            return self.next_open(instant)
        local, begun = _utc(instant).astimezone(self.zone), self.day_of(instant)
        coming = (begun + n * _DAY for n in range(1, _HORIZON + 7 * days))
        worked = (day for day in coming if self.stretches(day))
        day = next(islice(worked, days - 1, None), begun + days * _DAY)
        return self.next_open(at_local(day + (local.date() - begun), local.time().replace(fold=0), self.zone))

    def add_open(self, instant: datetime, length: timedelta) -> datetime:
        """The first instant at which so much open time has gone by since another: a closing, not the next opening.

        A length of zero is over when the branch is open: at that instant, else at the next opening.  A branch that
        never opens runs on the clock.  ``ValueError`` for a length below zero.
        """
        if length < timedelta(0):
            raise ValueError("open time runs forward")
        if not length:
            return self.next_open(instant)
        reached, left = _utc(instant), length
        for opens, closes in self._open_since(reached, _FARTHEST if any(self.windows) else 0):
            if left <= closes - opens:
                return opens + left
            reached, left = closes, left - (closes - opens)
        return reached + left

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """The open time from one instant to another, nothing if the other is not later; what ``add_open`` adds."""
        start, end = _utc(start), _utc(end)
        if end <= start or not any(self.windows):
            return max(end - start, timedelta(0))
        days = (end.astimezone(self.zone).date() - start.astimezone(self.zone).date()).days + 1
        spans = (min(closes, end) - opens for opens, closes in self._open_since(start, days) if opens < end)
        return sum(spans, timedelta(0))

    def _open_since(self, since: datetime, days: int) -> Iterator[Stretch]:
        """What is open from an instant on, in order and apart, for at least so many days.

        The first begins at the instant itself if the branch is open then.  The evening before is looked at as well.
        """
        first = since.astimezone(self.zone).date() - _DAY
        reached = since
        for n in range(days + 2):
            for opens, closes in self.stretches(first + n * _DAY):
                if closes > reached:
                    yield max(opens, reached), closes
                    reached = closes


def at_local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A wall time of a zone as an instant in UTC; a time that a DST change skips moves on by the gap."""
    return datetime.combine(day, at.replace(tzinfo=None), zone).astimezone(UTC)


def _utc(instant: datetime) -> datetime:
    """An instant in UTC, where differences are real time; ``ValueError`` for one that the workstation would place."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(UTC)


def _stretch(day: date, window: Window, zone: ZoneInfo) -> Stretch:
    opens, closes = window
    start = _edge(day, opens, zone)
    if closes == MIDNIGHT:
        return start, _edge(day + _DAY, time(0), zone)
    return start, _edge(day if opens < closes else day + _DAY, closes, zone)


def _edge(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first instant at which the clocks of a zone show that wall time or a later one.

    Of an hour that autumn repeats this is the first, and for one that spring skips it is the change itself: every wall
    time has one instant and their order is kept, so that windows which touch neither share time nor leave a gap.
    """
    late = at_local(day, at, zone)
    wall = datetime.combine(day, at)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    early = at_local(day, at.replace(fold=1), zone)
    while late - early > timedelta.resolution:
        between = early + (late - early) / 2
        if between.astimezone(zone).replace(tzinfo=None) < wall:
            early = between
        else:
            late = between
    return late
