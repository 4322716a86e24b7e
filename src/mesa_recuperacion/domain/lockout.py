"""How long nobody may try a PIN after wrong ones in a row, and by which clock (rule E2).

A wait is kept by the steady clock of the machine's boot, so that moving the wall clock neither shortens nor lengthens
it.  In another boot, or where boots have no names, the wall clock says when it ends, but it never lasts longer than the
wait itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mesa_recuperacion.domain.clock import JUMP, Moment
from mesa_recuperacion.domain.values import dataclass

FREE_ATTEMPTS = 5
CLOSED_AFTER = 10
"""Wrong PINs in a row after which an agent's number is closed until a supervisor opens it."""

_WAITS = (60, 300, 900)
"""Seconds to wait after the fifth wrong PIN in a row, the sixth, and each one after that."""

_SUPERVISOR = 3600
"""Seconds that a supervisor waits after the tenth and each one after that.  Their number is never closed for good:
whoever typed ten wrong PINs at each of them would leave the branch without anybody to open anything.
"""

DESK_ATTEMPTS = 3
"""Wrong PINs of a supervisor at an agent's desk before it waits (rule B4)."""

DOOR_ATTEMPTS = 15
"""Wrong PINs in a row at the door of a station, whoever's, before it waits."""

_DOOR_WAITS = (60, 300)
"""Seconds that the door waits after the fifteenth, and after each one more: everybody waits, so never for long."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A wait: its end by the wall clock, and by the steady seconds of a boot."""

    until: datetime
    steady: float
    boot: str


def person_wait(failures: int, role: str) -> int:
    """Seconds to wait after so many wrong PINs in a row of somebody with that role (empty: a number nobody has)."""
    if failures >= CLOSED_AFTER and role == "supervisor":
        return _SUPERVISOR
    over = failures - FREE_ATTEMPTS
    return 0 if over < 0 else _WAITS[min(over, len(_WAITS) - 1)]


def is_closed(failures: int, role: str) -> bool:
    """Whether a number waits for a supervisor, however long that takes."""
    return role == "agent" and failures >= CLOSED_AFTER


def desk_wait(failures: int) -> int:
    """Seconds that nobody may authorise at a desk after so many wrong PINs in a row: a minute after every third."""
    return 60 if failures and failures % DESK_ATTEMPTS == 0 else 0


def door_wait(failures: int) -> int:
    """Seconds that nobody may enter at a station after so many wrong PINs in a row, of whomever."""
    over = failures - DOOR_ATTEMPTS
    return 0 if over < 0 else _DOOR_WAITS[min(over, len(_DOOR_WAITS) - 1)]


def attempts_left(failures: int) -> int:
    """Attempts that are left to somebody before a wait."""
    return max(0, FREE_ATTEMPTS - failures)


def desk_attempts_left(failures: int) -> int:
    """Attempts that are left at a desk before it waits."""
    return -failures % DESK_ATTEMPTS


def door_attempts_left(failures: int) -> int:
    """Attempts that are left at the door before it waits."""
    return max(0, DOOR_ATTEMPTS - failures)


def lock_for(seconds: int, now: Moment) -> Lock | None:
    """A wait of so many seconds that begins now; ``None`` for none."""
    return _lock(seconds * 1000, now) if seconds else None


def still_locked(lock: Lock | None, longest: int, now: Moment) -> Lock | None:
    """What is left of a wait, by the clocks of now; ``None`` once it is over.  ``longest`` is how many seconds the wait
    may last: one that is further off was set by a clock that ran ahead.
    """
    if lock is None:
        return None
    same = lock.boot == now.boot
    seconds = lock.steady - now.steady if same else (lock.until - now.wall).total_seconds()
    left = min(round(seconds * 1000), longest * 1000)
    if left <= 0:
        return None
    holds = _lock(left, now)
    untouched = same and abs((holds.until - lock.until).total_seconds()) < JUMP
    return lock if untouched else holds


def _lock(milliseconds: int, now: Moment) -> Lock:
    steady = round(now.steady + milliseconds / 1000, 3)
    return Lock(now.wall + timedelta(milliseconds=milliseconds), steady, now.boot)
