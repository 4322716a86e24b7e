"""Names and telephones for any number of invented customers, none twice while there are others."""

from __future__ import annotations

from math import gcd
from random import Random

from mesa_recuperacion.demo.telling import Somebody
from mesa_recuperacion.demo.texts import Texts
from mesa_recuperacion.domain.text import digits_of, display_phone


class Customers:
    """One after another, in an order of the seed's; whoever ``has`` a telephone keeps it for themselves."""

    def __init__(self, told: Texts, random: Random, has: set[str]) -> None:
        self._told, self._has = told, has
        self._names = _Shuffled(len(told.firsts) * len(told.lasts) ** told.last_names, random)
        self._phones = _Shuffled(len(told.phones) * 10**told.digits, random)

    def next(self) -> Somebody:
        """Somebody who was not there before."""
        return Somebody(self._name(), self._phone())

    def _name(self) -> str:
        told = self._told
        while True:
            number, first = divmod(self._names.next(), len(told.firsts))
            lasts = []
            for _ in range(told.last_names):
                number, last = divmod(number, len(told.lasts))
                lasts.append(told.lasts[last])
            if len({*lasts}) == len(lasts):
                return " ".join((told.firsts[first], *lasts))

    def _phone(self) -> str:
        told = self._told
        while True:
            number, begin = divmod(self._phones.next(), len(told.phones))
            phone = told.phones[begin] + f"{number:0{told.digits}}"
            if digits_of(phone) not in self._has:
                return display_phone(phone)


class _Shuffled:
    """The numbers below a size in an order that repeats only after all of them, kept as one number."""

    def __init__(self, size: int, random: Random) -> None:
        self._size, self._at = size, random.randrange(size)
        self._by = next(by for by in iter(lambda: random.randrange(size // 3, size), None) if gcd(by, size) == 1)

    def next(self) -> int:
        self._at = (self._at + self._by) % self._size
        return self._at
