"""Counting a try at a PIN before it is looked at (rules B4, E2)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from mesa_recuperacion.domain.clock import Moment
from mesa_recuperacion.domain.lockout import (
    Lock,
    attempts_left,
    desk_attempts_left,
    desk_wait,
    door_attempts_left,
    door_wait,
    is_closed,
    lock_for,
    person_wait,
    still_locked,
)
from mesa_recuperacion.domain.refusals import DeskWaits, LockedOut, NumberClosed, Refusal, WrongPin
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Person

DESK = "desk"
"""Whose counter wrong PINs of a supervisor at an agent's desk count on, besides the supervisor's own."""

DOOR = "station"
"""Whose counter wrong PINs at the door of this station count on, besides their person's own."""

NOBODY = "nobody"
"""Whose counter a number that nobody has counts on, so that numbers cannot be tried out without end."""


class Counted(Protocol):
    """What was counted, of people and of places."""

    def failures(self, who: str) -> tuple[int, Lock | None]:
        """How many wrong ones in a row, and the wait that followed."""
        ...


class Counters(Counted, Protocol):
    """Where tries are counted."""

    def note_failure(self, who: str, count: int, lock: Lock | None) -> None:
        """Keep both."""
        ...

    def clear_failures(self, who: str) -> None:
        """Forget both."""
        ...


class Attempts(Protocol):
    """Counters outside the store, for when nothing can be written in it."""

    def counting(self) -> AbstractContextManager[Counters]:
        """They, for one window alone meanwhile; what was noted is on the disk."""
        ...


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted: the how many-th in a row of its person (``None``: nobody's number) and at its place."""

    person: Person | None
    place: str
    own: int
    here: int
    now: Moment

    @property
    def who(self) -> str:
        """On whose counter."""
        return self.person.id if self.person else NOBODY

    def wrong(self) -> Refusal:
        """What to say if the PIN was not the right one."""
        role = self.person.role if self.person else ""
        here, own = _wait_of(self.place)(self.here), person_wait(self.own, role)
        if is_closed(self.own, role):
            return NumberClosed()
        longer = lock_for(max(here, own), self.now)
        if longer is not None:
            return LockedOut(longer.until) if own >= here else DeskWaits(longer.until)
        left = desk_attempts_left(self.here) if self.place == DESK else door_attempts_left(self.here)
        return WrongPin(min(attempts_left(self.own), left))


def count(counters: Counters, person: Person | None, place: str, now: Moment) -> Try | Refusal:
    """One more try on the counters of a person and of a place; or why there is none now, and then none is counted."""
    who, role = (person.id, person.role) if person else (NOBODY, "")
    held = _held(counters, place, _wait_of(place), now)
    if held is not None:
        return DeskWaits(held.until)
    if is_closed(counters.failures(who)[0], role):
        return NumberClosed()
    held = _held(counters, who, lambda n: person_wait(n, role), now)
    if held is not None:
        return LockedOut(held.until)
    own, here = counters.failures(who)[0] + 1, counters.failures(place)[0] + 1
    counters.note_failure(who, own, lock_for(person_wait(own, role), now))
    counters.note_failure(place, here, lock_for(_wait_of(place)(here), now))
    return Try(person, place, own, here, now)


def _held(counters: Counters, who: str, wait: Callable[[int], int], now: Moment) -> Lock | None:
    """The wait that holds; one of another boot, or of a clock that ran ahead, is kept by today's clocks."""
    failures, lock = counters.failures(who)
    holds = still_locked(lock, wait(failures), now)
    if holds is not None and holds != lock:
        counters.note_failure(who, failures, holds)
    return holds


def _wait_of(place: str) -> Callable[[int], int]:
    return desk_wait if place == DESK else door_wait


@dataclass(frozen=True, slots=True)
class Besides:
    """Counters that go on from where others, which can only be read now, were."""

    counters: Counters
    kept: Counted

    def failures(self, who: str) -> tuple[int, Lock | None]:
        """Whichever of the two counted more."""
        return max(self.counters.failures(who), self.kept.failures(who), key=lambda counted: counted[0])

    def note_failure(self, who: str, count: int, lock: Lock | None) -> None:
        """Keep both."""
        self.counters.note_failure(who, count, lock)

    def clear_failures(self, who: str) -> None:
        """Forget both."""
        self.counters.clear_failures(who)
