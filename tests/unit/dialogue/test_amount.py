"""An own amount is whole minor units of one currency (rule B7), more than nothing, of the cap's figures (rule B2)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue.grammar.amount import NotAnAmount, NothingAsked, TooFine, TooManyDigits, read_amount
from mesa_recuperacion.domain.money import MixedCurrencies, Money, exponent

CAP = Money(150_00, "MXN")


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("120", 120_00), ("$120", 120_00), ("$ 120", 120_00), ("120 $", 120_00), ("MXN 120", 120_00),
        ("120mxn", 120_00),
        ("120.50", 120_50), ("120,50", 120_50), ("1,5", 1_50), ("1.5", 1_50), ("0.01", 1), (" 80 ", 80_00),
        ("080", 80_00),
        ("0080", 80_00), ("999", 999_00),
    ],
)  # fmt: skip
def test_b7_an_amount_is_read_to_the_last_coin(typed: str, minor: int) -> None:
    assert read_amount(typed, "MXN", cap=CAP) == Money(minor, "MXN")


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "-5", "+5", "1e9", "1e2", "abc", "1.234,5", "1,234.5", "1 000", "12 0", "120.", ".5", "$", "$$5",
        "€120", "USD 5",
        "12\u00b2", "\uff11\uff12", "\u0661\u0662", "\u00bd", "12\U0001f389", "0x10", "1_0", "NaN", "inf", "[b]5[/b]",
        "\x1b[31m5",
    ],
)  # fmt: skip
def test_b7_what_is_not_an_amount(typed: str) -> None:
    assert isinstance(read_amount(typed, "MXN", cap=CAP), NotAnAmount)


@pytest.mark.parametrize("typed", ["0", "0.00", "0,0", "$0", "000"])
def test_b8_zero_is_another_answer(typed: str) -> None:
    assert read_amount(typed, "MXN", cap=CAP) == NothingAsked()


@pytest.mark.parametrize("typed", ["1000", "1500", "1000.00", "$1200", "9" * 9, "9" * 10, "9" * 10_000])
def test_b2_more_figures_than_the_cap_are_a_slip(typed: str) -> None:
    answer = read_amount(typed, "MXN", cap=CAP)
    assert isinstance(answer, TooManyDigits)
    assert answer.cap == CAP
    assert len(answer.text) <= 40


def test_b4_over_the_cap_with_its_figures_is_an_amount() -> None:
    assert read_amount("220", "MXN", cap=CAP) == Money(220_00, "MXN")


def test_b7_the_decimals_are_the_currency_s() -> None:
    assert read_amount("1,5", "JPY", cap=Money(1500, "JPY")) == TooFine("1,5", 0)
    assert read_amount("¥1500", "JPY", cap=Money(1500, "JPY")) == Money(1500, "JPY")
    assert read_amount("1,234", "KWD", cap=Money(5_000, "KWD")) == Money(1_234, "KWD")
    assert read_amount("1,2345", "KWD", cap=Money(5_000, "KWD")) == TooFine("1,2345", 3)
    assert read_amount("1,234", "MXN", cap=CAP) == TooFine("1,234", 2)
    assert read_amount("12 €", "EUR", cap=Money(50_00, "EUR")) == Money(12_00, "EUR")
    assert isinstance(read_amount("$12", "EUR", cap=Money(50_00, "EUR")), NotAnAmount)


def test_b7_a_cap_of_another_currency_is_a_mistake_of_ours() -> None:
    with pytest.raises(MixedCurrencies):
        read_amount("5", "USD", cap=CAP)


CURRENCIES = st.sampled_from(["MXN", "EUR", "JPY", "KWD", "CLF"])


@given(minor=st.integers(1, 10**9 - 1), currency=CURRENCIES, mark=st.sampled_from(".,"))
def test_b7_what_is_written_in_full_is_read_back(minor: int, currency: str, mark: str) -> None:
    places = exponent(currency)
    whole, part = divmod(minor, 10**places)
    typed = f"{whole}{mark}{part:0{places}}" if places else str(whole)
    assert read_amount(typed, currency, cap=Money(10**9, currency)) == Money(minor, currency)


@given(
    text=st.text(max_size=20) | st.from_regex(r"\A[$€0-9.,e+-]{0,14}\Z"),
    currency=CURRENCIES,
    cap=st.integers(0, 10**8),
)
@example(text="9" * 10_000, currency="MXN", cap=0)
def test_b2_any_text_is_an_amount_within_the_cap_s_figures_or_a_reason(text: str, currency: str, cap: int) -> None:
    answer = read_amount(text, currency, cap=Money(cap, currency))
    if isinstance(answer, Money):
        scale = 10 ** exponent(currency)
        assert answer.currency == currency
        assert answer.minor > 0
        assert len(str(answer.minor // scale)) <= len(str(cap // scale))
    else:
        assert isinstance(answer, NotAnAmount | NothingAsked | TooManyDigits | TooFine)
