"""E2: a number and a PIN that were typed where none is asked for are neither taken, nor kept, nor shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.grammar.secret import looks_secret
from mesa_recuperacion.dialogue.keymap import IN_CALL, RECEIVING
from mesa_recuperacion.dialogue.registry import scene_of
from tests.desk import ANA, CARLA, Desk, texts

PIN = f"3 {CARLA}"


@pytest.mark.parametrize("stage", [x for x in (*RECEIVING, "lookup", *IN_CALL) if x != "authorise"])
def test_e2_a_pin_in_another_question_is_no_answer(desk: Desk, stage: str) -> None:
    desk.standard_call()
    desk.talk = replace(desk.talk, stage=stage, held=("voucher", "22000", "x"), back="note", kept=(("", "", ()),))
    asked = len(desk.asked)
    step = conversation.answer(desk.talk, PIN, desk.now)
    assert step.asks == ()
    assert step.talk.stage == stage
    assert "PIN" in step.talk.said
    assert CARLA not in repr(step.talk)
    assert conversation.draft(desk.talk, PIN, desk.now) is None
    assert conversation.draft(desk.talk, PIN[:5], desk.now) is None, "half a PIN is one too"
    for text in (PIN, PIN[:5]):
        view = conversation.show(desk.talk, text, desk.now)
        assert view.mask
        assert text[2:] not in "\n".join(texts(view))
    assert len(desk.asked) == asked


def test_e2_an_amount_that_was_within_the_limits_leaves_the_pin_behind_it_nowhere(desk: Desk) -> None:
    """All of it typed at once: the amount is granted, and what was typed for supervision meets other questions."""
    desk.open_case().say("", "3", "faltó", "", "4", "120", "", "tercera vez", PIN)
    assert desk.stage == "follow_up"
    desk.line = ""
    desk.say(PIN)
    assert "PIN" in desk.said
    desk.say("", "s")
    assert desk.stage == "idle", desk.said
    desk.close()
    assert CARLA.encode() not in desk.path.read_bytes()


def test_e2_coming_in_twice_names_no_customer(desk: Desk) -> None:
    desk.say(f"1 {ANA}")
    assert desk.stage in ("idle", "lookup")
    assert not desk.talk.file
    assert "PIN" in desk.said


def test_b4_an_own_amount_above_the_cap_and_all_that_follows_may_be_typed_at_once(desk: Desk) -> None:
    desk.open_case().say("", "3", "faltó", "", "4", "220")
    desk.line = ""  # the person is ahead: nothing is given back
    desk.say("", "tercera vez", PIN)
    assert desk.stage == "promise", desk.said


def test_b4_an_empty_enter_later_asks_for_nothing(desk: Desk) -> None:
    desk.open_case().say("", "3", "faltó", "", "4", "220")
    desk.press("escape").say("")
    assert desk.stage == "own_amount"
    assert desk.said


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("3 604813", True), (" 3  604813 ", True), ("3 604", True), ("003 604813", True), ("4 604813", False),
        ("604813", False), ("3 60", False), ("3 604813 x", False), ("55 1234 0078", False), ("3", False), ("", False),
    ],
)  # fmt: skip
def test_e2_what_looks_like_a_number_and_a_pin(text: str, secret: bool) -> None:
    assert looks_secret(text, (1, 2, 3)) is secret


def test_e2_a_pin_scene_takes_it(desk: Desk) -> None:
    assert scene_of("authorise").secret
    desk.open_case().say("", "3", "faltó", "", "4", "220", "", "tercera vez")
    assert desk.stage == "authorise"
    assert conversation.show(desk.talk, PIN, desk.now).mask
    desk.say(PIN)
    assert desk.stage == "promise", desk.said
