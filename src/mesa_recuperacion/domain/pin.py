"""Which PINs are fit to be one, and how long to wait after wrong ones (rule E2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from mesa_recuperacion.domain.refusals import PinUnfit

PRACTICE_PIN = "739184"
"""What a supervisor's PIN is where one practises: it is shown there, and opens nothing else (rule F9)."""

FREE_ATTEMPTS = 5
_WAITS = (1, 5, 15)
"""Minutes to wait after the fifth wrong PIN in a row, the sixth, and each one after that."""


def unfit(pin: str) -> PinUnfit | None:
    """Why a PIN is not accepted: not figures, not 6 to 12 of them, or easy to guess; ``None`` if it is fit.

    Easy is what a stolen list tries first: one figure repeated, runs up or down, a pair or triple repeated, and dates.
    """
    if not (pin.isascii() and pin.isdigit()):
        return PinUnfit("digits")
    if len(pin) < 6:
        return PinUnfit("short")
    if len(pin) > 12:
        return PinUnfit("long")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    repeated = any(len(pin) % n == 0 and pin == pin[:n] * (len(pin) // n) for n in (1, 2, 3))
    if len(steps) == 1 or repeated or _is_date(pin):
        return PinUnfit("easy")
    return None


def _is_date(pin: str) -> bool:
    shapes = {6: ("%d%m%y", "%y%m%d"), 8: ("%d%m%Y", "%Y%m%d", "%m%d%Y")}
    for shape in shapes.get(len(pin), ()):
        try:
            year = datetime.strptime(pin, shape).year  # noqa: DTZ007 - only whether it is a date at all
        except ValueError:
            continue
        if 1930 <= year <= 2035:
            return True
    return False


def locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when nobody may try again after so many wrong PINs in a row; ``None`` while attempts are free."""
    over = failures - FREE_ATTEMPTS
    return None if over < 0 else now + timedelta(minutes=_WAITS[min(over, len(_WAITS) - 1)])


def lock_that_holds(until: datetime, longest: datetime | None, now: datetime) -> datetime | None:
    """Until when a lock still holds; ``None`` once it is over.

    ``longest`` is the end of the same lock if it began now: one that is further off was set by a clock that ran ahead.
    """
    if until <= now:
        return None
    return min(until, longest or until)


DESK_ATTEMPTS = 3
"""Wrong PINs of a supervisor at an agent's desk before it waits (rule B4)."""


def desk_locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when nobody may authorise at a desk after so many wrong PINs in a row: a minute after every third."""
    return now + timedelta(seconds=60) if failures and failures % DESK_ATTEMPTS == 0 else None


def desk_attempts_left(failures: int) -> int:
    """Attempts that are left at a desk before it waits."""
    return -failures % DESK_ATTEMPTS


def attempts_left(failures: int) -> int:
    """Attempts that are left before a wait."""
    return max(0, FREE_ATTEMPTS - failures)
