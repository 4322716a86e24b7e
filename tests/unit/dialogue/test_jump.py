"""C1: somebody moves the clock of the machine in the middle of a call, and the customer's time is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mesa_recuperacion.dialogue.talk import Broken, Outcome, Talk
from mesa_recuperacion.domain import facts as f
from tests.desk import BRUNO, Desk, facts

HOUR, DAY = 3600, 86_400
JUMPS = [HOUR, -HOUR, 5 * DAY, -5 * DAY, 2, -2]


def clock(desk: Desk) -> tuple[str, str]:
    """The customer's clock as it is on the screen."""
    view = desk.look()
    assert view.clock is not None
    return view.clock.time, view.clock.state


def jumps(desk: Desk) -> list[f.Fact]:
    """What is in the journal of it."""
    return facts(desk.path, f.ClockJumped)


@pytest.mark.parametrize("seconds", JUMPS)
def test_c1_in_a_call_the_clock_goes_on_as_if_nothing_had_happened(desk: Desk, seconds: int) -> None:
    desk.open_case().say("").wait(20).write("fal")
    before, talk = clock(desk), desk.talk
    desk.jump(seconds)
    assert clock(desk) == before
    assert (desk.stage, desk.line) == ("problem", "fal")
    assert "the customer's time was kept." in desk.said
    assert replace(desk.talk, file=None, day=None, said="") == replace(talk, file=None, day=None, said="")
    assert jumps(desk) == [f.ClockJumped(seconds)]
    desk.enter().wait(10)
    assert desk.stage == "note"
    assert desk.talk.file is not None
    assert desk.talk.file.state.countdown.elapsed(desk.now) == 30


@pytest.mark.parametrize(
    ("seconds", "span"),
    [(HOUR, "1:00:00"), (-HOUR, "1:00:00"), (-2, "0:02"), (DAY, "one day"), (-400 * DAY - 5, "400 days")],
)
def test_c1_one_quiet_sentence_says_it_until_the_next_letter(desk: Desk, seconds: int, span: str) -> None:
    desk.jump(seconds)
    assert desk.said == f"The clock of this machine was moved by {span}; the customer's time was kept."
    assert desk.talk.said_style == ""
    desk.write("M")
    assert desk.said == ""


@pytest.mark.parametrize("seconds", JUMPS)
def test_c1_the_first_letter_of_a_case_that_is_not_open_yet(desk: Desk, seconds: int) -> None:
    desk.write("Marta Ru").wait(20)
    before = clock(desk)
    desk.jump(seconds)
    assert clock(desk) == before
    assert (desk.stage, desk.line) == ("lookup", "Marta Ru")
    desk.enter()
    assert desk.talk.file is not None
    assert desk.talk.file.state.countdown.elapsed(desk.now) == 20


@pytest.mark.parametrize("seconds", JUMPS)
def test_c1_a_half_typed_name_is_found_again_with_its_time(
    desk: Desk, desks: Callable[..., Desk], seconds: int
) -> None:
    desk.write("Marta Ru").pause().wait(20).jump(seconds)
    again = desks().sign_in().say("1")  # the machine lost its power before another key was pressed
    assert (again.stage, again.line) == ("lookup", "Marta Ru")
    assert clock(again)[0] == clock(desk)[0]


@pytest.mark.parametrize("key", ["f1", "ctrl+g", "f2"])
def test_c1_an_interjection_is_not_interrupted(desk: Desk, key: str) -> None:
    desk.open_case().say("").write("fal").press(key)
    stage, kept = desk.stage, desk.talk.kept
    assert stage in {"help", "menu", "add_note"}
    desk.jump(-DAY)
    assert (desk.stage, desk.talk.kept) == (stage, kept)
    desk.press("escape")
    assert (desk.stage, desk.line) == ("problem", "fal")


def test_c1_between_calls_who_waits_has_waited_as_long(desk: Desk) -> None:
    desk.open_case().press("f3").wait(600)
    before = desk.options()
    desk.jump(-DAY)
    assert desk.stage == "idle"
    assert [row.split("▲")[1] for row in desk.options()] == [row.split("▲")[1] for row in before]


def test_c1_two_windows_notice_and_one_fact_is_written(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.open_case().wait(30)
    other = desks().sign_in(2, BRUNO).write("Luis").wait(15)
    before = clock(desk), clock(other)
    desk.jump(HOUR)
    other.clock.jump(-HOUR)  # it is one machine: the clock was moved once
    other.jump(HOUR)
    assert (clock(desk), clock(other)) == before
    assert jumps(desk) == [f.ClockJumped(HOUR)]
    other.enter()
    assert other.talk.file is not None
    assert other.talk.file.state.countdown.elapsed(other.now) == 15


def test_c1_a_jump_that_nobody_saw_is_noticed_at_the_door(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.open_case().wait(30)
    desk.close()
    desk.clock.jump(-5 * DAY)
    again = desks().wait(10).sign_in().say("1")
    assert jumps(again) == [f.ClockJumped(-5 * DAY)]
    assert again.talk.file is not None
    assert again.talk.file.state.countdown.elapsed(again.now) == 40


def test_c1_at_the_login_there_is_no_customer(desks: Callable[..., Desk]) -> None:
    desk = desks()
    before = desk.talk
    desk.jump(HOUR)
    assert desk.talk == before
    assert jumps(desk) == []


def test_c1_if_it_cannot_be_written_the_screen_is_right_and_the_next_command_writes_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_case().say("").wait(20)
    before = clock(desk)

    def broken(ask: object) -> Outcome:
        return Broken("StoreBusy", "r-1")

    with monkeypatch.context() as patch:
        patch.setattr(desk.port, "carry_out", broken)
        desk.jump(HOUR)
    assert clock(desk) == before
    assert desk.stage == "problem"
    assert isinstance(desk.talk, Talk)
    assert jumps(desk) == []
    desk.say("3")
    assert jumps(desk) == [f.ClockJumped(HOUR)]
    assert clock(desk)[0] != ""
    assert desk.talk.file is not None
    assert desk.talk.file.state.countdown.elapsed(desk.now) == 20
