"""Which PINs are fit to be one (rule E2)."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from mesa_recuperacion.domain.refusals import PinUnfit

PRACTICE_PIN = "739184"
"""What a supervisor's PIN is where one practises: it is shown there, and opens nothing else (rule F9)."""

DENIED = frozenset({
    "100000", "101010", "102030", "112233", "112358", "113355", "121314", "123321", "123654", "131415",
    "142536", "147258", "147369", "147852", "159357", "159753", "200000", "223344", "246810", "258369",
    "258456", "314159", "321654", "332211", "369258", "445566", "456123", "520520", "520131", "654123",
    "696969", "741852", "741963", "753951", "778899", "789123", "789456", "852456", "951753", "963852",
    "987456", "998877", "1122334", "1234321", "11223344", "12344321", "12341234", "14725836", "147258369", "159357456",
    "741852963", "789456123", "987456321", "1029384756",
})  # fmt: skip
"""What people choose who want to be done with it: shapes on the pad, pairs, round figures; the first to be tried."""


def unfit(pin: str) -> PinUnfit | None:
    """Why a PIN is not accepted: not figures, not 6 to 12 of them, or easy to guess; ``None`` if it is fit.

    Easy is what a stolen list tries first: one figure repeated, runs up or down, a pair or triple repeated, the same
    read backwards, dates, and what is on the list of :data:`DENIED`.
    """
    if not (pin.isascii() and pin.isdigit()):
        return PinUnfit("digits")
    if len(pin) < 6:
        return PinUnfit("short")
    if len(pin) > 12:
        return PinUnfit("long")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    repeated = any(len(pin) % n == 0 and pin == pin[:n] * (len(pin) // n) for n in (1, 2, 3))
    mirrored = pin == pin[::-1]
    if len(steps) == 1 or repeated or mirrored or pin in DENIED or _is_date(pin):
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
