"""The short grammar of promises (rule C5): ``2h``, ``hoy 18``, ``mañana 10``, ``vie 16:30``, ``3d``, ``15/3``.

Spanish and English words are both always read; accents and case do not matter.  What a person at the counter means:

- Hours 1 to 7 are the afternoon's, unless they carry ``am``, are written as a clock writes them (``07:30``), or only
  the morning's is an hour of the branch.
- An hour alone is the next time that the clock shows it: today, or tomorrow if it has passed.
- A weekday is the next one whose hour is still ahead, today's included: the echo says ``hoy`` before it is promised.
- A day without an hour is promised until the branch closes that day: whoever names only the day promised all of it,
  and an earlier hour would be a promise that nobody made (rule A5).  A branch that stays open through midnight closes
  the day there: to the customer, two in the morning is another day.  ``3d`` and ``1s`` count days of the calendar, as
  the customer does.
- A date without a year is this year's, or the next one's if more than half a year has gone by since: ``10/3`` said two
  days later has passed, ``5/1`` said in December has not.
- The closing hour itself can be promised: a promise is kept *before* its hour.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from mesa_recuperacion.dialogue.grammar.moments import DaySaid, Moment, read_moment
from mesa_recuperacion.domain.hours import Hours, at_local
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass

_LONGEST = 60
"""Characters of the longest answer that can be a moment; what is longer was pasted by mistake."""
_YEAR = timedelta(days=366)
_HALF_YEAR = timedelta(days=183)
_HOUR = timedelta(hours=1)
_HALF_HOUR = timedelta(minutes=30)
_END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """No moment was read; ``text`` is what was typed, fit to be shown and shortened."""

    text: str


@dataclass(frozen=True, slots=True)
class Past:
    """That moment has passed; ``suggestions`` are one or two hours that can still be promised, the nearer one first."""

    at: datetime
    suggestions: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """The branch does not work at that moment; ``suggestion`` is the next one at which it does.

    ``whole_day`` tells a day without work from an hour outside the day's windows.
    """

    at: datetime
    suggestion: datetime
    whole_day: bool


@dataclass(frozen=True, slots=True)
class TooFar:
    """More than a year ahead: most likely a slip of the finger."""

    at: datetime


WhenProblem = NotUnderstood | Past | Closed | TooFar


def read_when(text: str, now: datetime, hours: Hours) -> datetime | WhenProblem:
    """The instant that was typed, in UTC, after ``now`` (aware) and in the branch's hours; or why there is none."""
    now = now.astimezone(UTC)
    said = read_moment(text) if len(text) <= _LONGEST else None
    at = None if said is None else _instant(said, now, hours)
    if at is None:
        return NotUnderstood(clean(text, _LONGEST))
    if at <= now:
        return Past(at, _still_ahead(now, hours))
    if at > now + _YEAR:
        return TooFar(at)
    suggestion = at if attends(at, hours) else _next_work(at, hours)
    return at if suggestion == at else Closed(at, suggestion, not hours.open_on(_local_day(at, hours)))


def suggest_when(now: datetime, hours: Hours) -> datetime:
    """An honest hour for an answer that nobody has put a date to: half an hour ahead, on the next half hour.

    When the branch has closed by then: an hour after it opens again.
    """
    soonest = now.astimezone(UTC) + _HALF_HOUR
    local = _to_the_minute(soonest + timedelta(minutes=1) - timedelta.resolution).astimezone(hours.zone)
    at = local.astimezone(UTC) + timedelta(minutes=-local.minute % 30)
    return at if attends(at, hours) else _first_of(hours.next_open(at), hours)


def attends(at: datetime, hours: Hours) -> bool:
    """Whether something can be promised for that moment: the branch is open, or closing."""
    return hours.is_open(at) or hours.closes_at(at)


# ------------------------------------------------------------------------------------------ from words to an instant


def _instant(said: Moment, now: datetime, hours: Hours) -> datetime | None:
    """The instant that was meant: the first possible day whose hour is ahead, else the first; ``None`` if no such day.

    What is counted from now is counted from the minute on the desk's clock, so that the sum is what the agent sees.
    """
    if said.ahead is not None:
        return _to_the_minute(now) + said.ahead
    today = _local_day(now, hours)
    instants = [_on(day, said, now, hours) for day in _days(said.day, today)]
    return next((at for at in instants if at > now), instants[0] if instants else None)


def _days(said: DaySaid | None, today: date) -> list[date]:
    """The days that may be meant, the likeliest first."""
    if said is None:
        return [today, today + timedelta(days=1)]
    if said.month is not None:
        days = _dates(said, today)
    elif said.offset is not None:
        days = [today + timedelta(days=said.offset)]
    else:
        coming = today + timedelta(days=((said.weekday or 0) - today.weekday()) % 7)
        return [coming, coming + timedelta(days=7)]
    return [day for day in days if said.weekday in {None, day.weekday()}]


def _dates(said: DaySaid, today: date) -> list[date]:
    """A date of the calendar; without a year, this year's unless it is more than half a year ago."""
    if said.year is not None:
        return [day for day in [_date(said.year, said)] if day]
    this, following = _date(today.year, said), _date(today.year + 1, said)
    if this is not None and today - this < _HALF_YEAR:
        return [this]
    return [day for day in [following] if day]


def _date(year: int, said: DaySaid) -> date | None:
    try:
        return date(year, said.month or 0, said.day or 0)
    except ValueError:
        return None


def _on(day: date, said: Moment, now: datetime, hours: Hours) -> datetime:
    """The moment on that day.  Of an hour that the clock shows twice, the second if the first has passed."""
    wall = _END_OF_DAY if said.clock is None else _half(day, said.clock, hours) if said.either_half else said.clock
    at = at_local(day, wall, hours.zone)
    if at <= now:
        at = max(at, at_local(day, wall.replace(fold=1), hours.zone))
    return at if said.clock else min([at, *(closes for _, closes in hours.open_on(day)[-1:])])


def _half(day: date, clock: time, hours: Hours) -> time:
    """An hour from 1 to 7 with its half of the day: the afternoon's, unless only the morning's is worked."""
    afternoon = clock.replace(hour=clock.hour + 12)
    readings = (afternoon, clock)
    return next((wall for wall in readings if attends(at_local(day, wall, hours.zone), hours)), afternoon)


# ------------------------------------------------------------------------------------------ what can be offered


def _still_ahead(now: datetime, hours: Hours) -> tuple[datetime, ...]:
    """Two hours to choose from: an hour before today's closing, an hour after the next day's opening.

    A day is a working day here, whose night is its own until the morning.  The hour's margin leaves time to keep the
    promise on the same day, and nothing that is due within the next hour is offered, since it could hardly be kept.
    """
    today = hours.day_of(now)
    tomorrow = at_local(today + timedelta(days=1), time(0), hours.zone)
    opening = hours.next_open(max([tomorrow, *(closes for _, closes in hours.stretches(today))]))
    offered = [*_last_of(today, hours), _first_of(opening, hours), *_last_of(hours.day_of(opening), hours)]
    ahead = [at for at in dict.fromkeys(offered) if at >= now + _HOUR]
    return tuple(sorted(ahead)[:2]) or (opening,)


def _next_work(at: datetime, hours: Hours) -> datetime:
    """The same hour on the next working day if a whole day was closed and that day has it; else the next opening."""
    opening = hours.next_open(at)
    if not hours.open_on(_local_day(at, hours)):
        wall = at.astimezone(hours.zone).time()
        same = at_local(_local_day(opening, hours), wall, hours.zone)
        if wall != _END_OF_DAY and attends(same, hours):
            return same
    return opening


def _first_of(opening: datetime, hours: Hours) -> datetime:
    """An hour after an opening, if the branch is still open then."""
    at = opening + _HOUR
    return at if attends(at, hours) else opening


def _last_of(day: date, hours: Hours) -> list[datetime]:
    """An hour before the last closing of a working day, else the closing; none on a day without work."""
    closings = [closes for _, closes in hours.stretches(day)]
    offered = [max(closings) - _HOUR, max(closings)] if closings else []
    return [at for at in offered if attends(at, hours)][:1]


def _to_the_minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _local_day(instant: datetime, hours: Hours) -> date:
    return instant.astimezone(hours.zone).date()
