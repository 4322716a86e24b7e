"""A change of a budget in one line: whose, by how much, and why (``2 +300 por la feria``, ``r -500 cierre``)."""

from __future__ import annotations

import re

from mesa_recuperacion.dialogue.grammar.amount import AmountProblem, read_amount
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.text import clean, fold
from mesa_recuperacion.domain.values import dataclass

_LINE = re.compile(r"\s*([0-9]{1,4}|[a-z])\s*([+\-−–])\s*(\S*)(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """Whose (the key of a row), by how much (less than nothing: taken away) and why (empty: not said yet)."""

    key: str
    amount: Money
    reason: str


def read_change(text: str, currency: str) -> Change | AmountProblem | None:
    """The change that a line says, the amount in it that cannot be read, or ``None`` for a line that is no change."""
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    amount = read_amount(found[3], currency, cap=None)
    if not isinstance(amount, Money):
        return amount
    signed = amount if found[2] == "+" else Money(-amount.minor, currency)
    return Change(fold(found[1]), signed, clean(found[4] or ""))
