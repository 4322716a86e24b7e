"""Time as a value: instants in UTC, and the customer's countdown (rules C1, C3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

DEFAULT_STANDARD = 60
"""Seconds that a recovery may take until its problem is known (rule C3)."""


class Clock(Protocol):
    """Where the time comes from; only the wiring owns a real one."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC, to the millisecond (what a fact can keep)."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass(slots=True)
class FixedClock:
    """A clock that moves only when it is told to."""

    at: datetime

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at

    def advance(self, seconds: float) -> None:
        """Move on (or back, if negative)."""
        self.at += timedelta(seconds=seconds)


def to_ms(instant: datetime) -> int:
    """An aware instant as whole milliseconds since 1970-01-01 UTC."""
    delta = instant - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def from_ms(ms: int) -> datetime:
    """The instant of :func:`to_ms`."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)


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
