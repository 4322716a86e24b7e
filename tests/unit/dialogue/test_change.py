"""The line that changes a budget: whose, how much more or less, and why."""

from __future__ import annotations

import pytest

from mesa_recuperacion.dialogue.grammar.amount import NotAnAmount, NothingAsked, TooFine
from mesa_recuperacion.dialogue.grammar.change import Change, read_change
from mesa_recuperacion.dialogue.grammar.secret import looks_secret
from mesa_recuperacion.domain.money import Money


@pytest.mark.parametrize(
    ("text", "key", "minor", "reason"),
    [
        ("2 +300 por la feria", "2", 30_000, "por la feria"),
        ("r -500 cierre de mes", "r", -50_000, "cierre de mes"),
        ("R - 500 cierre", "r", -50_000, "cierre"),
        ("2+$300.50 feria", "2", 30_050, "feria"),
        (" 12  −  1,5   feria ", "12", -150, "feria"),
        ("2 +300", "2", 30_000, ""),
        ("2 +300 \x1b[31mrojo", "2", 30_000, "rojo"),
    ],
)
def test_b3_a_change_is_read(text: str, key: str, minor: int, reason: str) -> None:
    assert read_change(text, "MXN") == Change(key, Money(minor, "MXN"), reason)


@pytest.mark.parametrize("text", ["", "2", "r", "x", "2 300 feria", "por la feria", "Ana +300", "22222 +3", "2 + "])
def test_b3_anything_else_is_no_change(text: str) -> None:
    assert not isinstance(read_change(text, "MXN"), Change)


def test_b7_an_amount_that_cannot_be_read_says_which() -> None:
    assert read_change("2 +mucho feria", "MXN") == NotAnAmount("mucho")
    assert read_change("2 +1,000.50 feria", "MXN") == NotAnAmount("1,000.50")
    assert read_change("2 +0 feria", "MXN") == NothingAsked()
    assert read_change("2 +1.555 feria", "MXN") == TooFine("1.555", 2)
    assert read_change("2 +1.5 feria", "JPY") == TooFine("1.5", 0)
    assert read_change("2 +€5 feria", "MXN") == NotAnAmount("€5")
    assert read_change("2 +300USD feria", "MXN") == NotAnAmount("300USD")


def test_e2_a_change_is_never_taken_for_a_pin() -> None:
    for text in ("2 +3000 feria", "2 -482100", "r -500000"):
        assert not looks_secret(text, (1, 2, 3))
