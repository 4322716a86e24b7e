"""E2: which PINs are fit, and how long to wait after wrong ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.pin import DENIED, PRACTICE_PIN, unfit
from mesa_recuperacion.domain.refusals import PinUnfit
from tests.desk import PEOPLE


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("48219a", "digits"), ("4821 0", "digits"), ("", "digits"), ("٤٨٢١٩٠", "digits"), ("-48219", "digits"),
        ("48219", "short"), ("4821904821907", "long"), ("111111", "easy"), ("123456", "easy"), ("654321", "easy"),
        ("890123", "easy"), ("121212", "easy"), ("482482", "easy"), ("010190", "easy"), ("900131", "easy"),
        ("31121985", "easy"), ("19851231", "easy"), ("12311985", "easy"), ("246802", "easy"),
        ("112233", "easy"), ("147258", "easy"), ("482284", "easy"),
    ],
)  # fmt: skip
def test_e2_a_pin_that_is_easy_to_guess_is_refused(pin: str, why: str) -> None:
    assert unfit(pin) == PinUnfit(why)


@pytest.mark.parametrize("pin", ["482190", "715304", "40719352", "482190482193", *(p.pin for p in PEOPLE)])
def test_e2_an_ordinary_pin_is_fit(pin: str) -> None:
    assert unfit(pin) is None


@given(st.text(max_size=14))
def test_e2_a_fit_pin_is_six_to_twelve_figures(pin: str) -> None:
    if unfit(pin) is None:
        assert pin.isascii()
        assert pin.isdigit()
        assert 6 <= len(pin) <= 12


@given(st.from_regex("[0-9]{6,12}", fullmatch=True))
def test_e2_no_refusal_ever_repeats_the_pin(pin: str) -> None:
    assert pin not in repr(unfit(pin))


def test_e2_everything_on_the_deny_list_is_refused_and_nothing_that_we_hand_out() -> None:
    assert {unfit(pin) for pin in DENIED} == {PinUnfit("easy")}
    assert PRACTICE_PIN not in DENIED
