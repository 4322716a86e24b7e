"""Money in whole minor units, with its currency (rule B7)."""

from __future__ import annotations

import re

from mesa_recuperacion.domain.values import dataclass

# ISO 4217 currencies whose exponent is not 2; everything else has two decimals.
_EXPONENTS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
MAX_MINOR = 10**15
"""The largest amount that is representable: far above any gesture, far below SQLite's 64 bits."""


class MixedCurrencies(ValueError):
    """Two amounts of different currencies met in one sum or comparison."""


def exponent(currency: str) -> int:
    """Decimals of a currency's minor unit (ISO 4217): MXN 2, JPY 0, KWD 3."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: ``minor`` whole units of the currency's smallest coin, ``currency`` its ISO 4217 letters.

    Raises ``TypeError`` for anything but a plain int, ``ValueError`` for a malformed currency or an absurd amount.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("money is whole minor units")
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise ValueError(f"not a currency: {self.currency!r}")
        if abs(self.minor) > MAX_MINOR:
            raise ValueError("amount out of range")

    @property
    def exponent(self) -> int:
        """Decimals of the minor unit."""
        return exponent(self.currency)

    def _same(self, other: Money) -> None:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency}")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def covers(self, other: Money) -> bool:
        """Whether this amount is enough to pay the other."""
        self._same(other)
        return self.minor >= other.minor

    def __bool__(self) -> bool:
        raise TypeError("ask money for what you mean: .minor > 0, .covers(...)")


def zero(currency: str) -> Money:
    """Nothing, in that currency."""
    return Money(0, currency)


def parse_major(text: str, currency: str) -> Money | None:
    """An amount written in major units (``120``, ``120.50``, ``1,5``) as money; ``None`` if it is not one.

    Either separator is a decimal mark; no signs, no exponents, no thousands marks, no more decimals than the currency
    has, at most nine digits before the mark.
    """
    match = re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]+))?", text.strip())
    if match is None:
        return None
    places = exponent(currency)
    decimals = match[2] or ""
    if len(decimals) > places:
        return None
    return Money(int(match[1]) * 10**places + int(decimals.ljust(places, "0") or "0"), currency)
