"""B2, B3, B7, B8: money at the moment of choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.policy.defaults import customised, default_policy_text
from tests.desk import Desk, branch, facts


@pytest.fixture
def step4(desk: Desk) -> Desk:
    """A case at the compensation."""
    return desk.open_case().say("", "3", "", "")


def spend(desk: Desk, amount: str) -> None:
    """Another case that reserves an own amount and waits."""
    desk.open_case("Otra Persona 0").say("", "3", "", "", "4", amount).press("f3")


def test_b2_cost_what_is_left_the_cap_and_the_usual_are_in_sight(step4: Desk) -> None:
    screen = step4.screen()
    assert [row.split("  ")[-2:] for row in step4.options()[:2]] == [["MX$45", "MX$455"], ["MX$80", "MX$420"]]
    assert "Cap of this case MX$150 · usual here MX$60" in screen
    assert "MX$500" in screen


def test_b2_the_default_is_the_first_that_fits_and_the_order_never_moves(step4: Desk, desk: Desk) -> None:
    before = [row.split("  ")[:2] for row in step4.options()]
    step4.press("f3")
    for amount in ("150", "150", "130"):
        spend(desk, amount)
    desk.press("f8")
    assert desk.stage == "compensate"
    assert [row.split("  ")[:2] for row in desk.options()] == before
    desk.enter()
    (chosen,) = [x for x in facts(desk.path, f.CompensationReserved) if isinstance(x, f.CompensationReserved)][3:]
    assert chosen.compensation == "free_shipping"


def test_b2_more_than_the_budget_is_refused_with_what_is_left(step4: Desk, desk: Desk) -> None:
    step4.press("f3")
    for amount in ("150", "150", "150"):
        spend(desk, amount)
    desk.press("f8").say("2")
    assert desk.stage == "compensate"
    assert "MX$50" in desk.said
    assert "not enough" in desk.options()[1]


def test_b4_an_empty_budget_says_so_and_the_call_goes_on(step4: Desk, desk: Desk) -> None:
    step4.press("f3")
    for amount in ("150", "150", "150", "50"):
        spend(desk, amount)
    desk.press("f8")
    assert "The budget does not reach" in desk.screen()
    desk.say("0", "sin bolsa")
    assert desk.stage == "promise"


def test_b2_an_own_amount_is_echoed_in_words_before_enter(step4: Desk) -> None:
    step4.say("4").write("120")
    assert "one hundred twenty" in step4.look().ghost
    assert "MX$120" in step4.phrase()
    assert "MX$380" in step4.screen()
    step4.enter()
    assert step4.stage == "promise"
    assert step4.budget.reserved.minor == 12_000


@pytest.mark.parametrize("text", ["-5", "1e9", "1.234", "cien", "0", "", "9999", "{amount}", "٣"])
def test_b7_what_is_no_amount_is_refused_and_stays_in_the_line(step4: Desk, text: str) -> None:
    step4.say("4", text)
    assert (step4.stage, step4.line) == ("own_amount", text)
    assert step4.said
    assert facts(step4.path, f.CompensationReserved) == []


def test_b2_an_amount_over_the_cap_is_refused_kindly_and_esc_goes_back(step4: Desk) -> None:
    step4.say("4", "220")
    assert step4.stage == "own_amount"
    assert "MX$220" in step4.said
    assert "MX$150" in step4.said
    step4.press("escape").press("escape")
    assert step4.stage == "compensate"


def test_b7_half_pesos_are_exact(step4: Desk) -> None:
    step4.say("4", "99.50")
    assert step4.budget.reserved.minor == 9_950
    assert "MX$400.50" in step4.screen()


def test_b8_nothing_needs_a_word_of_reason(step4: Desk) -> None:
    step4.say("0", "")
    assert step4.stage == "nothing_why"
    assert "reason" in step4.said
    step4.say("no quiso nada")
    (declined,) = facts(step4.path, f.CompensationDeclined)
    assert isinstance(declined, f.CompensationDeclined)
    assert declined.reason == "no quiso nada"
    assert "nothing" in step4.look().rail[3].detail


def test_b5_a_gesture_can_be_changed_until_the_closing(step4: Desk) -> None:
    step4.say("2").press("escape")
    assert step4.stage == "compensate"
    assert "MX$420" in step4.options()[1]
    step4.say("3", "", "5512340078", "s")
    assert step4.budget.spent.minor == 6_000
    assert len(facts(step4.path, f.CompensationDelivered)) == 1


def test_b3_enter_twice_on_a_gesture_grants_once(step4: Desk, desks: Callable[..., Desk]) -> None:
    step4.pause()
    other = desks().sign_in().say("1")
    assert other.stage == "compensate"
    step4.say("2")
    other.say("2")
    assert len(facts(step4.path, f.CompensationReserved)) == 1
    assert other.budget.reserved.minor == 8_000


def test_b5_undo_gives_the_money_back_and_says_so(step4: Desk) -> None:
    step4.say("2").press("ctrl+z")
    assert step4.stage == "compensate"
    assert "MX$500" in step4.said
    assert step4.budget.left.minor == 50_000


def test_b2_a_gesture_of_the_last_period_does_not_count_as_this_periods_money(step4: Desk) -> None:
    step4.say("4", "150").wait(7 * 86_400).press("f3").say("1").press("shift+tab")
    assert step4.stage == "compensate"
    assert step4.budget.left.minor == 50_000
    assert "MX$455" in step4.options()[0]


@pytest.mark.parametrize(
    ("currency", "minor", "typed", "left", "example"),
    [
        ("JPY", 50_000, "1500", "¥48,500 of ¥50,000", "only: 1200."),
        ("KWD", 500_000, "12,345", "KWD 487.655 of KWD 500", "only: 120 or 99.50."),
    ],
)
def test_b7_a_whole_call_in_a_currency_of_other_decimals(
    tmp_path: Path, currency: str, minor: int, typed: str, left: str, example: str
) -> None:
    text = customised(
        default_policy_text("es"), currency=currency, budget=Money(minor, currency), case_cap=Money(minor, currency)
    )
    desk = Desk(branch(tmp_path, text)).sign_in().open_case().say("", "3", "", "", "4")
    assert example in desk.screen()
    desk.say("0.0001")
    assert desk.stage == "own_amount"
    desk.press("escape").say(typed, "", "", "s")
    assert desk.stage == "idle", desk.said
    assert f"Budget {left}" in desk.screen().replace("\xa0", " ")
    (given,) = facts(desk.path, f.CompensationDelivered)
    assert isinstance(given, f.CompensationDelivered)
    assert given.amount == Money({"JPY": 1500, "KWD": 12_345}[currency], currency)
    desk.close()
