"""An amount that an agent types (screens: the own amount of a compensation)."""

from __future__ import annotations

import re

from mesa_recuperacion.domain.money import MixedCurrencies, Money, exponent, parse_major
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass

_SHOWN = 40
"""Characters of an answer that are repeated to the person who typed it."""

# Signs that people type out of habit, with the currencies that they may mean: one of another money is refused.
_SIGNS = {
    "$": frozenset(
        "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD"
        " UYU XCD".split()
    ),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
}
_FIGURES = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")


@dataclass(frozen=True, slots=True)
class NotAnAmount:
    """No amount was read; ``text`` is what was typed, fit to be shown and shortened."""

    text: str


@dataclass(frozen=True, slots=True)
class NothingAsked:
    """Zero: an own amount is more than nothing ("nothing, and why" is another answer, rule B8)."""


@dataclass(frozen=True, slots=True)
class TooManyDigits:
    """More figures than the cap has: a slip of the finger or of the eye, not a request for more."""

    text: str
    cap: Money


@dataclass(frozen=True, slots=True)
class TooFine:
    """More decimals than the currency has; ``decimals`` is how many it has."""

    text: str
    decimals: int


AmountProblem = NotAnAmount | NothingAsked | TooManyDigits | TooFine


def read_amount(text: str, currency: str, *, cap: Money | None) -> Money | AmountProblem:
    """The amount that was typed in major units (``120``, ``$120``, ``120.50``, ``1,5``), or why there is none.

    Either separator is a decimal mark; thousands marks, signs and exponents are refused.  An amount over ``cap`` with
    no more figures than it is an amount: whether it may be given is decided elsewhere; without ``cap`` (a price) any
    number of figures is one.  Raises ``MixedCurrencies`` if the cap is of another currency.
    """
    if cap is not None and cap.currency != currency:
        raise MixedCurrencies(f"{cap.currency} and {currency}")
    shown, figures = clean(text, _SHOWN), _without_sign(text.strip(), currency)
    match = _FIGURES.fullmatch(figures)
    if match is None:
        return NotAnAmount(shown)
    if cap is not None and len(match[1].lstrip("0")) > len(str(cap.minor // 10**cap.exponent)):
        return TooManyDigits(shown, cap)
    if len(match[2] or "") > exponent(currency):
        return TooFine(shown, exponent(currency))
    amount = parse_major(figures, currency)
    if amount is None:
        return NotAnAmount(shown)
    return amount if amount.minor > 0 else NothingAsked()


def _without_sign(text: str, currency: str) -> str:
    """The figures without the currency's sign or letters, before or after them."""
    signs = [sign for sign, currencies in _SIGNS.items() if currency in currencies]
    for sign in (*signs, currency):
        if text[: len(sign)].upper() == sign:
            return text[len(sign) :].lstrip()
        if text[-len(sign) :].upper() == sign:
            return text[: -len(sign)].rstrip()
    return text
