"""E2: everybody changes their own PIN, and no PIN is ever seen, kept or logged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import conversation, keymap
from mesa_recuperacion.dialogue.asks import ChangePin
from mesa_recuperacion.dialogue.talk import PinChanged, Secret
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.lockout import FREE_ATTEMPTS
from mesa_recuperacion.wiring import log
from tests.desk import ANA, Desk, facts, texts
from tests.unit.dialogue.test_conversation_views import assert_sound

Desks = Callable[..., Desk]

NEW, OTHER, WRONG = "938271", "517394", "640281"
STAGES = ("pin_old", "pin_new", "pin_again")


def changing(desk: Desk) -> Desk:
    desk.press("ctrl+g k")
    assert desk.stage == "pin_old"
    return desk


def enters(desks: Desks, pin: str) -> bool:
    return desks().say(f"1 {pin}").stage == "idle"


def test_e2_the_old_one_and_the_new_one_twice(path: Path, desk: Desk, desks: Desks) -> None:
    for stage, pin in zip(STAGES, (ANA, NEW, NEW), strict=True):
        if desk.stage == "idle":
            changing(desk)
        assert desk.stage == stage
        assert desk.look().mask == "all"
        assert_sound(desk)
        desk.say(pin)
    assert desk.stage == "idle"
    assert desk.said == "Your new PIN holds from now on."
    assert desk.talk.held == ()
    assert facts(path, f.PinSet)[-1] == f.PinSet(desk.person.id)
    assert enters(desks, NEW)
    assert not enters(desks, ANA)


@pytest.mark.parametrize(
    ("pin", "said"),
    [("12345", "6 to 12"), ("abcdef", "figures only"), ("111111", "too easy"), ("", "figures only"), (ANA, "that you")],
)
def test_e2_an_unfit_one_is_refused_at_once_with_its_sentence(desk: Desk, pin: str, said: str) -> None:
    changing(desk).say(ANA, pin)
    assert desk.stage == "pin_new"
    assert said in desk.said
    assert desk.line == ""
    desk.say(NEW, NEW)
    assert desk.stage == "idle"


def test_e2_different_ones_begin_again_at_the_new_one(path: Path, desk: Desk, desks: Desks) -> None:
    changing(desk).say(ANA, NEW, OTHER)
    assert desk.stage == "pin_new"
    assert "not the same" in desk.said
    assert len(facts(path, f.PinSet)) == 3
    desk.say(OTHER, OTHER)
    assert desk.stage == "idle"
    assert enters(desks, OTHER)


def test_e2_a_wrong_old_one_counts_as_at_the_door(desk: Desk, desks: Desks) -> None:
    changing(desk)
    for left in (4, 3):
        desk.say(WRONG, NEW, NEW)
        assert (desk.stage, desk.talk.held) == ("pin_old", ())
        assert f"{left} attempts are left" in desk.said
    assert desks().say(f"1 {WRONG}").said == "Number and PIN do not match. 2 attempts are left."
    desk.say(WRONG, NEW, NEW)
    assert "1 attempt is left" in desk.said
    desk.say(WRONG, NEW, NEW)
    assert "Too many attempts" in desk.said
    desk.say(ANA, NEW, NEW)
    assert (desk.stage, "Too many attempts" in desk.said) == ("pin_old", True)
    assert not enters(desks, ANA)
    desk.wait(60).say(ANA, NEW, NEW)
    assert desk.stage == "idle"
    assert FREE_ATTEMPTS == 5


def test_e2_esc_goes_one_question_back_and_out(desk: Desk) -> None:
    changing(desk).say(ANA, NEW)
    assert (desk.press("escape").stage, len(desk.talk.held)) == ("pin_new", 1)
    assert (desk.press("escape").stage, desk.talk.held) == ("pin_old", ())
    assert desk.press("escape").stage == "idle"


@pytest.mark.parametrize("key", ["f1", "ctrl+g"])
def test_e2_help_in_the_middle_forgets_nothing_and_shows_nothing(desk: Desk, key: str) -> None:
    changing(desk).say(ANA, NEW).write("9382")
    desk.press(key)
    assert "9382" not in repr(desk.talk)
    assert "9382" not in desk.screen()
    desk.press("escape")
    assert (desk.stage, desk.line) == ("pin_again", "")
    desk.say(NEW)
    assert desk.said == "Your new PIN holds from now on."


def test_e2_during_a_call_and_in_practice_there_is_no_such_key(desk: Desk) -> None:
    assert desk.press("f9").press("ctrl+g k").stage == "idle"
    desk.press("f3").open_case()
    assert desk.press("ctrl+g k").stage == "apologise"


def test_e2_a_name_typed_there_opens_no_case(desk: Desk) -> None:
    changing(desk).write("Marta")
    assert desk.stage == "pin_old"


def test_e2_locking_forgets_what_was_typed(desk: Desk) -> None:
    changing(desk).say(ANA, NEW)
    desk.press(keymap.RESTING)
    assert (desk.stage, desk.talk.held, desk.talk.kept) == ("login", (), ())


@pytest.mark.parametrize("language", ["es", "en"])
def test_e2_no_pin_is_in_any_screen_repr_draft_log_or_file(
    path: Path, desks: Desks, caplog: pytest.LogCaptureFixture, tmp_path: Path, language: str
) -> None:  # fmt: skip
    handler = log.start(tmp_path / "mesa.log")
    told: list[str] = []
    desk = desks(language=language)

    def look() -> None:
        view, talk = desk.look(), desk.talk
        shown = "\n".join(text for text in texts(view) if text != f"{view.prompt} {view.ghost}" or not view.mask)
        told.extend((shown, view.ghost, repr(talk), str(talk), f"{talk}", repr(desk.asked), keymap.place(talk)))
        told.extend(repr(getattr(talk, field.name)) for field in fields(talk))
        told.append(repr(conversation.draft(talk, desk.line, desk.now)))

    try:
        with caplog.at_level(logging.DEBUG):
            desk.sign_in()
            changing(desk)
            for pin in (WRONG, NEW, NEW, ANA, NEW, OTHER, NEW, NEW):
                desk.write(pin[:-1])
                look()
                desk.pause().press("f1")
                look()
                desk.press("escape").say(pin)
                look()
        assert desk.stage == "idle"
        told.append(caplog.text)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    desk.close()
    told += [file.read_bytes().decode("latin-1") for file in (*path.parent.iterdir(), *tmp_path.glob("*.log"))]
    for pin in (ANA, NEW, OTHER, WRONG):
        assert not [text for text in told if pin[:-1] in text]


def test_e2_a_secret_is_the_text_and_shows_it_to_nobody() -> None:
    secret = Secret(NEW)
    assert secret == NEW
    assert secret.encode() == NEW.encode()
    shown = (repr(secret), str(secret), f"{secret}", f"{secret!r:>20}", f"{secret:>20}", repr((secret,)),
             repr(ChangePin(secret, secret)), repr([secret]))  # fmt: skip
    assert not [text for text in shown if NEW in text]


def test_e2_a_pin_that_is_held_is_in_no_draft(desk: Desk) -> None:
    changing(desk).say(ANA, NEW)
    assert conversation.draft(desk.talk, NEW, desk.now) is None
    assert ANA not in keymap.place(desk.talk)
    assert keymap.place(replace(desk.talk, held=("Almacén", Secret(ANA)))).endswith("Almacén")


def test_e2_what_comes_back_is_a_word(desk: Desk) -> None:
    changing(desk).say(ANA, NEW)
    step = conversation.after(replace(desk.talk), PinChanged(), desk.now)
    assert (step.talk.stage, step.talk.held) == ("idle", ())


@pytest.mark.parametrize("key", ["f1", "ctrl+g"])
def test_e2_help_at_the_login_does_not_keep_the_half_typed_pin(desks: Desks, key: str) -> None:
    desk = desks().write(f"1 {ANA[:-1]}").press(key)
    assert desk.stage in {"help", "menu"}
    assert ANA[:-1] not in repr(desk.talk)
    assert (desk.press("escape").stage, desk.line) == ("login", "")
    assert desk.sign_in().stage == "idle"
