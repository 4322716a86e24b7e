"""A3, B5: two windows of one agent on one case; none says what did not happen, and none is stuck with what is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain import facts as f
from tests.desk import Desk, facts


@pytest.fixture
def other(desk: Desk, desks: Callable[..., Desk]) -> Desk:
    """Another window of the same agent, at the remedies of the case that ``desk`` is in the note of."""
    desk.open_case().say("", "3")
    window = desks().sign_in().say("1")
    assert window.stage == "solve"
    return window


def test_b5_undo_takes_back_what_this_window_shows_or_nothing(desk: Desk, other: Desk) -> None:
    desk.say("", "", "2", "", "5512340078", "s")
    assert desk.stage == "idle"
    written = len(facts(desk.path))
    other.press("ctrl+z")
    assert "went on in another window" in other.said
    assert len(facts(desk.path)) == written
    desk.press("ctrl+z")
    assert "The closing was undone" in desk.said
    assert len(facts(desk.path, f.ClosingUndone)) == 1


def test_b5_an_older_decision_is_not_undone_in_place_of_a_newer_one(desk: Desk, other: Desk) -> None:
    desk.say("", "", "2")
    other.press("ctrl+z")
    assert "went on in another window" in other.said
    assert facts(desk.path, f.CompensationReleased) == []
    other.press("f3").say("1").press("ctrl+z")
    assert other.said == "Undone: Cupón MX$80. The budget is back at MX$500."
    assert len(facts(desk.path, f.CompensationReleased)) == 1


@pytest.mark.parametrize("keys", [["f3"], ["f9", "f3"], ["f1", "f3"], ["ctrl+g", "ctrl+g e"]])
def test_a3_a_case_that_was_closed_in_another_window_is_left_with_f3(desk: Desk, other: Desk, keys: list[str]) -> None:
    desk.say("", "", "2", "", "5512340078", "s")
    other.write("a medias")
    for key in keys:
        other.press(key)
    assert (other.stage, other.line, other.talk.file) == ("idle", "", None)
    assert "is closed" in other.said
    assert "Marta" not in other.screen()
    other.open_case("Luis")
