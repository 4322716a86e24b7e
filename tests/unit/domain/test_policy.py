"""B6: what the law owes, to the minor unit and never less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.money import MixedCurrencies, Money, zero
from mesa_recuperacion.domain.policy import Statutory


def share(percent: int, currency: str = "MXN") -> Statutory:
    return Statutory("Bonificación de ley", percent, zero(currency))


@pytest.mark.parametrize(
    ("percent", "price", "owed"),
    [(20, 120_000, 24_000), (20, 99, 20), (20, 1, 1), (20, 0, 0), (100, 33_333, 33_333), (1, 101, 2), (33, 100, 33)],
)
def test_b6_a_share_of_the_price_goes_up_to_the_minor_unit(percent: int, price: int, owed: int) -> None:
    assert share(percent).owed(Money(price, "MXN")) == Money(owed, "MXN")


@given(st.integers(1, 100), st.integers(0, 10**12), st.sampled_from(["MXN", "JPY", "KWD"]))
def test_b6_a_share_is_never_less_nor_a_whole_unit_more(percent: int, price: int, currency: str) -> None:
    owed = share(percent, currency).owed(Money(price, currency))
    assert owed.currency == currency
    assert 0 <= owed.minor * 100 - price * percent < 100
    assert owed.minor <= price


@given(st.integers(0, 10**12))
def test_b6_a_fixed_amount_does_not_look_at_the_price(price: int) -> None:
    fixed = Statutory("Bonificación de ley", 0, Money(5_000, "MXN"))
    assert not fixed.by_price
    assert fixed.owed(Money(price, "MXN")) == Money(5_000, "MXN")
    assert share(1).by_price


def test_b7_a_price_in_another_currency_is_refused() -> None:
    for owed in (share(20), Statutory("Bonificación de ley", 0, Money(5_000, "MXN"))):
        with pytest.raises(MixedCurrencies):
            owed.owed(Money(100, "USD"))
