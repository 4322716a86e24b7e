"""B7: money is whole minor units with a currency, never a float, and never mixed."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.money import MAX_MINOR, MixedCurrencies, Money, parse_major, zero

minor = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize("amount", [1.0, 80.5, "80", True, None])
def test_b7_money_is_never_a_float(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "MXN")  # type: ignore[arg-type]


@pytest.mark.parametrize("currency", ["", "mxn", "MX", "MXNN", "M1N", "MXN\n"])
def test_b7_money_has_a_currency_of_three_letters(currency: str) -> None:
    with pytest.raises(ValueError, match="not a currency"):
        Money(1, currency)


def test_b7_an_absurd_amount_is_no_amount() -> None:
    assert Money(-MAX_MINOR, "MXN").minor == -MAX_MINOR
    with pytest.raises(ValueError, match="range"):
        Money(MAX_MINOR + 1, "MXN")


@pytest.mark.parametrize("mix", [operator.add, operator.sub, Money.covers])
def test_b7_mixed_currencies_are_refused(mix: object) -> None:
    with pytest.raises(MixedCurrencies):
        mix(Money(1, "MXN"), Money(1, "USD"))  # type: ignore[operator]


def test_b7_nobody_asks_whether_money_is_true() -> None:
    with pytest.raises(TypeError):
        bool(zero("MXN"))


@given(minor, minor)
def test_b7_sums_are_exact_and_undo_each_other(a: int, b: int) -> None:
    one, other = Money(a, "JPY"), Money(b, "JPY")
    assert one + other - other == one
    assert (one + other).minor == a + b
    assert one.covers(other) is (a >= b)


@pytest.mark.parametrize(("currency", "decimals"), [("MXN", 2), ("JPY", 0), ("CLP", 0), ("KWD", 3), ("CLF", 4)])
def test_b7_each_currency_has_its_own_decimals(currency: str, decimals: int) -> None:
    assert zero(currency).exponent == decimals
    assert parse_major("12", currency) == Money(12 * 10**decimals, currency)


@pytest.mark.parametrize(
    ("text", "cents"), [("120", 12000), (" 99.50 ", 9950), ("1,5", 150), ("0.01", 1), ("007", 700), ("0", 0)]
)
def test_b7_either_separator_marks_the_decimals(text: str, cents: int) -> None:
    assert parse_major(text, "MXN") == Money(cents, "MXN")


@pytest.mark.parametrize(
    "text", ["", "-5", "+5", "1e9", "1.234", "1,234.50", "1.", ".5", "$5", "٣", "1 000", "9" * 10, "nan", "1_0"]
)
def test_b7_what_is_not_plainly_an_amount_is_none(text: str) -> None:
    assert parse_major(text, "MXN") is None


@given(st.integers(0, 10**11 - 1), st.sampled_from(["MXN", "JPY", "KWD"]), st.sampled_from(".,"))
def test_b7_what_is_written_is_what_is_read(cents: int, currency: str, mark: str) -> None:
    places = zero(currency).exponent
    whole, rest = divmod(cents, 10**places)
    if whole >= 10**9:
        whole %= 10**9
    written = f"{whole}{mark}{rest:0{places}}" if places else str(whole)
    assert parse_major(written, currency) == Money(whole * 10**places + rest, currency)
