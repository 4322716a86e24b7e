"""Which PINs are fit to be one, and how long to wait after wrong ones (rule E2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from mesa_recuperacion.domain.refusals import PinUnfit

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


def lock_that_holds(until: datetime, failures: int, now: datetime) -> datetime | None:
    """Until when a lock that was set for so many wrong PINs still holds; ``None`` once it is over.

    One that is further off than its own wait was set by a clock that ran ahead: it lasts its wait from now.
    """
    if until <= now:
        return None
    return min(until, locked_until(failures, now) or until)


def attempts_left(failures: int) -> int:
    """Attempts that are left before a wait."""
    return max(0, FREE_ATTEMPTS - failures)
