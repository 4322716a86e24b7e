"""C2: at zero nothing blocks; what is over is counted and explained, an honest hour is proposed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain import facts as f
from tests.desk import Desk, facts


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.open_case().say("", "3", "faltó la lámpara")
    desk.wait(93)
    return desk


def reasons(desk: Desk) -> list[str]:
    """The reasons on record."""
    return [fact.reason for fact in facts(desk.path, f.OverrunExplained) if isinstance(fact, f.OverrunExplained)]


def test_c2_ctrl_g_r_says_what_to_say_and_keeps_the_place(desk: Desk) -> None:
    desk.write("2").press("ctrl+g r")
    assert desk.stage == "overrun"
    assert "Marta" in desk.phrase()
    desk.say("2")
    assert (desk.stage, desk.line) == ("solve", "2")


def test_c2_a_screen_out_of_time_says_where_to_find_what_to_say_until_it_is_explained(desk: Desk) -> None:
    pointer = "▲ Ctrl+G R: what to say now"
    assert pointer in desk.screen()
    desk.press("ctrl+g r").say("2b")
    assert (desk.stage, reasons(desk)) == ("solve", ["system"])
    assert pointer not in desk.screen()
    desk.press("f3").open_case("Rosa Medina")
    assert pointer not in desk.screen(), "there is time"


def test_c2_a_reason_is_one_letter_and_changes_nothing_else(desk: Desk) -> None:
    desk.press("ctrl+g r").say("b")
    assert desk.stage == "overrun"
    assert reasons(desk) == ["system"]
    desk.say("c")
    assert reasons(desk) == ["system", "complex"], "what was said is never edited"
    desk.say("2")
    assert desk.stage == "solve"


def test_c2_an_answer_is_promised_with_an_hour_and_the_case_waits(desk: Desk) -> None:
    desk.press("ctrl+g r").say("1a")
    assert desk.stage == "late_by"
    assert reasons(desk) == ["information"]
    desk.say("hoy 18")
    assert desk.stage == "idle", desk.said
    (promised,) = facts(desk.path, f.PromiseMade)
    assert isinstance(promised, f.PromiseMade)
    assert promised.what == "answer"
    assert facts(desk.path, f.CaseParked)


def test_c2_an_area_is_one_of_the_ways_on(desk: Desk) -> None:
    desk.press("ctrl+g r").say("3")
    assert desk.stage == "area"
    desk.press("escape")
    assert desk.stage == "solve"


def test_c2_the_closing_asks_why_once_and_never_insists(desk: Desk) -> None:
    desk.say("", "2", "", "5512340078").say("y")
    assert desk.stage == "close"
    assert desk.line == "y "
    desk.enter()
    assert desk.stage == "idle", desk.said
    assert reasons(desk) == []


def test_c2_a_letter_after_the_answer_says_why(desk: Desk) -> None:
    desk.say("", "2", "", "5512340078").say("s b")
    assert desk.stage == "idle", desk.said
    assert reasons(desk) == ["system"]


def test_c2_within_the_standard_nothing_is_asked(desks: Callable[..., Desk]) -> None:
    desk = desks().sign_in()
    desk.standard_call().say("y")
    assert desk.stage == "idle", desk.said


def test_c2_a_reason_that_is_none_is_refused_and_given_back(desk: Desk) -> None:
    desk.press("ctrl+g r").say("z")
    assert (desk.stage, desk.line) == ("overrun", "z")
    assert desk.said
