"""Time as a value: instants in UTC, and the customer's countdown (rules C1, C3)."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Protocol

from mesa_recuperacion.domain.values import dataclass

DEFAULT_STANDARD = 60
"""Seconds that a recovery may take until its problem is known (rule C3)."""

JUMP = 2.0
"""Seconds from which on a wall clock that moved apart from steady time has jumped; less is how clocks are."""

_AT_ONCE = 0.5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Where the time comes from; only the wiring owns a real one."""

    def now(self) -> datetime:
        """The instant, aware, in UTC: what the wall clock says, which somebody may set."""
        ...

    def steady(self) -> float:
        """Seconds since some moment: they only go forward, asleep or awake, whatever is done to the wall clock."""
        ...

    def boot(self) -> str:
        """What tells one run of the machine from the next: steady seconds of two boots cannot be compared."""
        ...


@dataclasses.dataclass(slots=True)
class FixedClock:
    """A clock that moves only when it is told to; ``jumped`` is how far the wall was moved apart from steady time."""

    at: datetime
    jumped: float = 0.0

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at

    def steady(self) -> float:
        """Seconds, the same for every such clock that was never made to jump."""
        return to_ms(self.at) / 1000 - self.jumped

    def boot(self) -> str:
        """Always the same one."""
        return "fixed"

    def advance(self, seconds: float) -> None:
        """Time goes by; as it never goes back, a negative amount is a :meth:`jump`."""
        self.at += timedelta(seconds=seconds)
        self.jumped += min(0.0, seconds)

    def jump(self, seconds: float) -> None:
        """Somebody moves the wall clock, and no time goes by."""
        self.at += timedelta(seconds=seconds)
        self.jumped += seconds


@dataclass(frozen=True, slots=True)
class Moment:
    """What the wall clock and steady time said at once."""

    wall: datetime
    steady: float
    boot: str


def moment(clock: Clock) -> Moment:
    """Both readings of one moment, to the millisecond; taken again if the program was held up between them."""
    while True:
        steady, wall = clock.steady(), clock.now()
        if clock.steady() - steady < _AT_ONCE:
            return Moment(wall, round(steady, 3), clock.boot())


def jump_between(before: Moment, after: Moment) -> int:
    """Whole seconds by which the wall clock moved apart from steady time, negative if back; 0 for less than ``JUMP``.

    Across a boot nobody knows how much time went by: then only a wall that is earlier than it was can be told from the
    truth, and it went back by at least the difference.
    """
    moved = (after.wall - before.wall).total_seconds()
    moved = min(0.0, moved) if before.boot != after.boot else moved - (after.steady - before.steady)
    return round(moved) if abs(moved) >= JUMP else 0


def base(before: Moment, after: Moment, seconds: int) -> Moment:
    """What to compare with next, once a jump of ``seconds`` between two moments was told.

    It is ``after`` without what was too little to be told, so that small moves add up until they are.
    """
    if before.boot != after.boot:
        return after
    return Moment(moved(before.wall, seconds + after.steady - before.steady), after.steady, after.boot)


def moved(instant: datetime, seconds: float) -> datetime:
    """An instant by so many seconds later.  Raises ``ValueError`` beyond the calendar."""
    try:
        return instant + timedelta(seconds=seconds)
    except OverflowError as error:
        raise ValueError(f"{instant} cannot be moved by {seconds} seconds") from error


class JumpWatch:
    """Tells of each jump of the wall clock once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = moment(clock)

    def seconds(self) -> int:
        """How far the wall clock was moved since the last jump that was told; 0 if it was not."""
        now = moment(self._clock)
        seconds = jump_between(self._since, now)
        self._since = base(self._since, now, seconds)
        return seconds


def to_ms(instant: datetime) -> int:
    """An aware instant as whole milliseconds since 1970-01-01 UTC."""
    delta = instant - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def from_ms(ms: int) -> datetime:
    """The instant of :func:`to_ms`."""
    return _EPOCH + timedelta(0, ms // 1000, ms % 1000 * 1000)


@dataclass(frozen=True, slots=True)
class Countdown:
    """The customer's clock: when it began and how many seconds the standard gives."""

    started: datetime
    standard: int

    def elapsed(self, now: datetime) -> int:
        """Whole seconds that the customer has waited; never negative, even if the wall clock went back."""
        return max(0, int((now - self.started).total_seconds()))

    def left(self, now: datetime) -> int:
        """Whole seconds that are left; negative once the standard has passed."""
        return self.standard - self.elapsed(now)

    def state(self, now: datetime) -> str:
        """``on_time``, ``closing`` (a quarter or less is left) or ``late``."""
        left = self.left(now)
        if left < 0:
            return "late"
        return "closing" if left * 4 <= self.standard else "on_time"
