"""B6: what the law owes is proposed where the policy says so, apart from budget and cap."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.money import Money
from tests.desk import Desk, facts


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A product in bad condition, its remedy chosen: the law owes a share of the price."""
    desk.open_case().say("", "2", "llegó rota", "")
    assert desk.stage == "statutory", desk.said
    return desk


def test_b6_the_share_of_the_price_is_said_while_it_is_typed_and_recorded(desk: Desk) -> None:
    desk.write("240")
    assert "$48" in desk.phrase()
    desk.enter()
    assert desk.stage == "compensate"
    (recorded,) = facts(desk.path, f.StatutoryRecorded)
    assert isinstance(recorded, f.StatutoryRecorded)
    assert (recorded.price, recorded.amount) == (Money(24000, "MXN"), Money(4800, "MXN"))


def test_b6_it_counts_neither_against_the_budget_nor_against_the_cap(desk: Desk) -> None:
    before = desk.budget.left
    desk.say("9000")
    assert desk.budget.left == before
    desk.say("4", "150")
    assert desk.stage == "promise", desk.said


def test_b6_zero_and_why_says_that_it_does_not_apply(desk: Desk) -> None:
    desk.say("0")
    assert desk.stage == "statutory"
    assert desk.line == "0 "
    desk.say("se le devuelve todo")
    assert desk.stage == "compensate", desk.said
    (waived,) = facts(desk.path, f.StatutoryWaived)
    assert isinstance(waived, f.StatutoryWaived)
    assert waived.reason == "se le devuelve todo"


def test_b6_what_is_left_for_later_is_said_at_the_closing_and_tab_goes_there(desk: Desk) -> None:
    desk.say("", "2", "", "5512340078")
    assert desk.stage == "close", desk.said
    assert "not noted yet" in desk.screen()
    desk.press("tab")
    assert desk.stage == "statutory"
    desk.say("100").press("f9")
    assert "$20" in desk.screen()


def test_b6_a_price_that_cannot_be_read_is_given_back(desk: Desk) -> None:
    desk.say("mucho")
    assert desk.stage == "statutory"
    assert desk.line == "mucho"
    assert desk.said


def test_a6_a_problem_without_it_is_not_asked(desks: Callable[..., Desk]) -> None:
    desk = desks().sign_in()
    desk.open_case().say("", "3", "faltó", "")
    assert desk.stage == "compensate"


def test_b5_it_can_be_undone(desk: Desk) -> None:
    desk.say("240").press("ctrl+z")
    assert desk.stage == "statutory", desk.said
    assert desk.talk.file is not None
    assert desk.talk.file.state.legal is None
