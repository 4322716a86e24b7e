"""Nobody at the keys: the desk locks itself between calls, and never in the middle of one (rule E2)."""

from __future__ import annotations

import pytest

from mesa_recuperacion.dialogue.keymap import RESTING
from tests.desk import Desk


def test_e2_between_calls_the_desk_locks_itself(desk: Desk) -> None:
    desk.press(RESTING)
    assert desk.stage == "login"
    assert desk.talk.person is None
    desk.say("Marta Ruiz")
    assert desk.stage == "login"


def test_e2_never_in_the_middle_of_a_call(desk: Desk) -> None:
    desk.write("Marta Ruiz")
    assert desk.press(RESTING).stage == "lookup"
    desk.enter()
    assert desk.press(RESTING).stage == "apologise"
    desk.press("f1")
    assert desk.press(RESTING).stage == "help"


@pytest.mark.parametrize("key", ["f1", "ctrl+g"])
def test_e2_a_page_of_help_between_calls_is_between_calls(desk: Desk, key: str) -> None:
    assert desk.press(key).stage in {"help", "menu"}
    assert desk.press(RESTING).stage == "login"
    assert desk.talk.person is None
