"""C1, C4, E4: leaving a case for a moment, and coming back to the exact keystroke."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain import facts as f
from tests.desk import BRUNO, Desk, facts


def test_c4_f3_parks_without_a_question_and_leaves_a_return(desk: Desk) -> None:
    desk.open_case().press("f3")
    assert desk.stage == "idle"
    assert "Marta" in desk.said
    opened, parked = facts(desk.path, f.FollowUpScheduled)
    assert isinstance(opened, f.FollowUpScheduled)
    assert isinstance(parked, f.FollowUpScheduled)
    assert (opened.purpose, parked.purpose) == ("return", "return"), "from the first moment on, and renewed by parking"
    assert facts(desk.path, f.FollowUpCancelled) == [f.FollowUpCancelled(opened.follow_up)]
    assert "1  10:42  Marta Ruiz Soto" in desk.options()[0]


def test_a5_the_hour_to_come_back_by_says_its_day_when_it_is_another(desk: Desk) -> None:
    desk.open_case().press("f3")
    assert "come back by 10:57" in desk.said
    desk.standard_call("Luis").press("f3")
    assert "come back on Thu Mar 12 09:00" in desk.said


@pytest.mark.parametrize(
    ("answers", "stage", "line"),
    [
        ([], "apologise", ""), ([], "apologise", "fal"), ([""], "problem", "producto f"),
        (["", "3"], "note", "faltó la lám"), (["", "0"], "other", "olía a"), (["", "3", ""], "solve", "2"),
        (["", "3", "", "", "4"], "own_amount", "12"), (["", "3", "", "", "0"], "nothing_why", "no quiso ná"),
        (["", "3", "", "", "2"], "promise", "vie 1"), (["", "3", "", "", "2", ""], "follow_up", "55 1234"),
        (["", "3", "", "", "2", "", "5512340078"], "close", "tal"),
    ],
)  # fmt: skip
def test_e4_a_parked_case_comes_back_with_its_half_typed_line(
    desk: Desk, answers: list[str], stage: str, line: str
) -> None:
    desk.open_case().say(*answers)
    assert desk.stage == stage, desk.options()
    desk.write(line).press("f3").wait(120).say("1")
    assert (desk.stage, desk.line) == (stage, line)
    assert desk.talk.file is not None
    assert desk.talk.file.state.countdown.elapsed(desk.now) == 120


def test_e4_a_crash_loses_nothing_that_was_kept(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.open_case().say("", "3").write("faltó la lám").pause().wait(30)
    again = desks()
    assert again.talk.left_open is not None
    assert "left open" in again.screen()
    again.sign_in().say("1")
    assert (again.stage, again.line) == ("note", "faltó la lám")
    clock = again.look().clock
    assert clock is not None
    assert clock.time == "0:30"


def test_e4_after_a_crash_an_answered_line_is_not_typed_again(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.open_case().say("", "3").write("faltó la lámpara").pause().enter()
    again = desks().sign_in().say("1")
    assert (again.stage, again.line) == ("solve", "")


def test_c4_three_parked_people_are_counted_aloud(desk: Desk) -> None:
    for name in ("Marta", "Luis", "Eva"):
        desk.open_case(name).press("f3")
    assert "3 people are waiting" in desk.screen()
    assert len(desk.options()) == 3


def test_c4_f8_and_f7_walk_the_open_cases_and_park_the_one_at_hand(desk: Desk) -> None:
    for name in ("Marta", "Luis", "Eva"):
        desk.open_case(name).press("f3")
    desk.press("f8")
    seen = [desk.folio]
    for key in ("f8", "f8", "f8", "f7", "f7"):
        desk.press(key)
        seen.append(desk.folio)
    assert [folio[-1] for folio in seen] == ["1", "2", "3", "1", "3", "2"]
    assert desk.talk.day is not None
    assert sorted(o.status for o in desk.talk.day.open) == ["open", "parked", "parked"]


def test_e4_f8_keeps_each_cases_own_line(desk: Desk) -> None:
    desk.open_case("Marta").say("", "3").write("faltó").press("f3")
    desk.open_case("Luis").write("factu").press("f8")
    assert (desk.folio, desk.stage, desk.line) == ("CEN-1001", "note", "faltó")
    desk.press("f7")
    assert (desk.folio, desk.stage, desk.line) == ("CEN-1002", "apologise", "factu")


def test_c4_with_no_other_case_f8_says_so_and_keeps_the_line(desk: Desk) -> None:
    desk.press("f8")
    assert "no other open case" in desk.said
    desk.open_case().write("fal").press("f8")
    assert "no other open case" in desk.said
    assert (desk.stage, desk.line) == ("apologise", "fal")


def test_c4_a_case_that_another_window_closed_is_not_resumed(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.standard_call().press("f3")
    other = desks().sign_in().say("1")
    other.say("s")
    desk.say("1")
    assert desk.stage == "idle"
    assert "closed" in desk.said


def test_e2_parked_cases_are_on_their_owners_desk_only(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.open_case().press("f3")
    bruno = desks().sign_in(2, BRUNO)
    assert bruno.options() == []
    assert "Nothing pending" in bruno.screen()
    bruno.press("f8")
    assert bruno.stage == "idle"


def test_c8_a_case_that_was_parked_is_not_the_first_contact(desk: Desk) -> None:
    desk.standard_call().press("f3").say("1")
    assert "not the first contact" in desk.screen()
    desk.say("s")
    assert desk.talk.day is not None
    assert (desk.talk.day.counts.cases, desk.talk.day.counts.first_contact) == (1, 0)
