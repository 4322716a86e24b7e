"""E2, A6: the login, and the keys that are the same on every screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mesa_recuperacion.dialogue import conversation, keymap
from mesa_recuperacion.dialogue.asks import Enter, Glance, Leave, Quit
from mesa_recuperacion.domain import facts as f
from tests.desk import ANA, BRUNO, NOW, Desk, facts

STAGES = sorted(conversation.SCENES)


def test_e2_the_login_lists_everybody_and_hides_the_pin(desks: Callable[..., Desk]) -> None:
    desk = desks()
    assert [row[:13].strip() for row in desk.options()] == ["1  Ana Torres", "2  Bruno Díaz", "3  Carla Vega"]
    assert desk.look().mask == "after"
    desk.sign_in(2, BRUNO)
    assert desk.person.name == "Bruno Díaz"
    assert desk.look().mask == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [("3 ", [Glance(3)]), (" 12 ", [Glance(12)]), ("3", []), ("3 6", []), ("", []), (" ", []), ("3  ", []),
     ("12345 ", []), ("Marta ", []), ("٣ ", [])],
)  # fmt: skip
def test_e2_who_typed_their_number_is_about_to_enter(
    desks: Callable[..., Desk], text: str, asked: list[Glance]
) -> None:
    desk = desks()
    step = conversation.typing(desk.talk, text, NOW)
    assert list(step.asks) == asked
    assert step.talk == desk.talk


@pytest.mark.parametrize(
    "text", ["", "1", "482190", "uno 482190", "1 4821a0", "1  ", "12345 482190", "1 4821901234567"]
)
def test_e2_a_line_that_is_no_number_and_pin_is_told_how_it_goes(desks: Callable[..., Desk], text: str) -> None:
    desk = desks().say(text)
    assert (desk.stage, desk.line) == ("login", "")
    assert "1 482100" in desk.said
    assert not [ask for ask in desk.asked if isinstance(ask, Enter)]


def test_e2_a_wrong_pin_says_how_many_attempts_are_left_and_then_when(desks: Callable[..., Desk]) -> None:
    desk = desks()
    said = []
    for _ in range(6):
        desk.say("1 938271")
        said.append(desk.said)
        assert desk.line == ""
    assert "4 attempts are left" in said[0]
    assert "1 attempt is left" in said[3]
    assert "10:43:00" in said[4]
    assert said[4] == said[5]
    desk.wait(60).say(f"1 {ANA}")
    assert desk.stage == "idle"


def test_e2_the_pin_is_in_no_value_of_the_conversation(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.write(f"1 {ANA}")
    for key in ("f1", "escape", "ctrl+g", "escape", "f5", "tab", "up"):
        step = conversation.press(desk.talk, key, desk.line, desk.now)
        assert ANA not in repr(step)
        assert conversation.draft(step.talk, desk.line, desk.now) is None
    step = conversation.answer(desk.talk, desk.line, desk.now)
    assert ANA not in repr(step)
    assert ANA not in repr(conversation.after(step.talk, desk.port.carry_out(step.asks[0]), desk.now))


def test_e2_what_was_typed_unseen_is_not_shown_by_the_help(desks: Callable[..., Desk]) -> None:
    desk = desks()
    desk.write(f"1 {ANA}").press("f1")
    assert desk.line == ""
    desk.press("escape")
    assert (desk.stage, desk.line) == ("login", "")


def test_e2_f3_locks_the_idle_desk_and_f3_ends_at_the_login(desk: Desk) -> None:
    desk.press("f3")
    assert desk.stage == "login"
    assert desk.talk.person is None
    assert desk.talk.day is None
    assert isinstance(desk.asked[-1], Leave)
    desk.press("f3")
    assert desk.ended
    assert isinstance(desk.asked[-1], Quit)


def test_e2_the_desk_is_never_locked_in_the_middle_of_a_call(desk: Desk) -> None:
    desk.open_case().press("f3")
    assert desk.stage == "idle"
    assert desk.talk.person is not None


def test_e2_a_desk_that_rests_is_locked_only_between_calls(desk: Desk) -> None:
    desk.write("Mar").press(keymap.RESTING)
    assert desk.stage == "lookup"
    desk.press("escape").open_case().press(keymap.RESTING)
    assert desk.stage == "apologise"
    desk.press("f3").press(keymap.RESTING)
    assert (desk.stage, desk.talk.person) == ("login", None)


def test_f5_the_language_is_one_key_away_at_the_login(desks: Callable[..., Desk]) -> None:
    desk = desks(language="es")
    assert "Number and PIN" not in desk.screen()
    desk.press("f4")
    assert "Number and PIN" in desk.screen()
    desk.press("ctrl+g l").sign_in()
    assert "Bolsa" in desk.screen()


def test_f6_light_or_dark_is_one_key_away(desks: Callable[..., Desk]) -> None:
    desk = desks()
    themes = [desk.press("f5").look().theme for _ in range(2)]
    assert set(themes) == {"dia", "noche"}


@pytest.mark.parametrize("key", ["f1", "ctrl+g h"])
@pytest.mark.parametrize("way_back", ["escape", "f12", "enter"])
def test_a6_help_gives_back_the_step_and_the_half_typed_line(desk: Desk, key: str, way_back: str) -> None:
    desk.open_case().say("", "3").write("faltó la lám").press(key)
    assert (desk.stage, desk.line) == ("help", "")
    assert "2 Listen" in desk.screen()
    if way_back == "enter":
        desk.enter()
    else:
        desk.press(way_back)
    assert (desk.stage, desk.line) == ("note", "faltó la lám")


def test_a6_the_menu_gives_back_the_step_and_the_half_typed_line(desk: Desk) -> None:
    desk.open_case().write("fal").press("ctrl+g")
    assert (desk.stage, desk.line) == ("menu", "")
    for action in keymap.actions(desk.talk, "apologise"):
        assert f"{action.letter} {action.label} {action.key}" in desk.screen()
    desk.press("ctrl+g")
    assert (desk.stage, desk.line) == ("apologise", "fal")
    desk.press("ctrl+g").press("ctrl+g x")
    assert (desk.stage, desk.line) == ("apologise", "fal")


def test_a6_the_clock_goes_on_in_the_help(desk: Desk) -> None:
    desk.open_case().press("f1").wait(10)
    clock = desk.look().clock
    assert clock is not None
    assert clock.time == "0:50"


def test_a3_a_note_at_any_moment_gives_the_half_typed_line_back(desk: Desk) -> None:
    desk.open_case().say("", "3", "").write("2").press("f2")
    assert (desk.stage, desk.line) == ("add_note", "")
    desk.say("era un regalo")
    assert (desk.stage, desk.line) == ("solve", "2")
    (note,) = facts(desk.path, f.NoteAdded)
    assert isinstance(note, f.NoteAdded)
    assert note.note == "era un regalo"


def test_a3_an_empty_note_is_refused_and_esc_goes_back(desk: Desk) -> None:
    desk.open_case().press("f2").enter()
    assert desk.stage == "add_note"
    assert "empty" in desk.said
    desk.press("f2").press("escape")
    assert desk.stage == "apologise"


def test_a6_help_inside_a_note_comes_back_to_the_note_and_then_to_the_step(desk: Desk) -> None:
    desk.open_case().say("", "3", "").write("2").press("f2").write("era un re").press("f1").press("ctrl+g")
    assert desk.stage == "menu"
    desk.press("escape")
    assert (desk.stage, desk.line) == ("add_note", "era un re")
    desk.write("galo").enter()
    assert (desk.stage, desk.line, desk.talk.kept) == ("solve", "2", ())


def test_a6_leaving_a_note_for_another_scene_leaves_nothing_behind(desk: Desk) -> None:
    desk.open_case().write("fal").press("f2").press("f9")
    assert (desk.stage, desk.talk.kept, desk.talk.back) == ("close", (), "")
    desk.press("f2").press("escape")
    assert desk.stage == "close"


@pytest.mark.parametrize("key", ["f12", "escape"])
def test_a6_esc_is_one_step_back_and_never_closes(desk: Desk, key: str) -> None:
    desk.standard_call()
    stages = []
    for _ in range(7):
        desk.press(key)
        stages.append(desk.stage)
    assert stages == ["follow_up", "promise", "compensate", "solve", "note", "problem", "apologise"]
    assert facts(desk.path, f.CaseClosed, f.CaseParked, f.StepUndone) == []


def test_a6_esc_clears_what_is_typed_first(desk: Desk) -> None:
    desk.open_case().say("").write("fal").press("escape")
    assert (desk.stage, desk.line) == ("problem", "")


@pytest.mark.parametrize("stage", STAGES)
def test_a6_every_function_key_has_a_twin_and_no_two_share_one(desk: Desk, stage: str) -> None:
    talk = replace(desk.talk, closed="CEN-1001")
    if stage in keymap.ASIDES:
        return
    found = keymap.actions(talk, stage)
    keyed = [a for a in found if a.key]
    assert len({a.letter for a in found}) == len(found)
    assert len({a.key for a in keyed}) == len(keyed)
    for action in found:
        assert keymap.action_of(talk, stage, f"ctrl+g {action.letter.lower()}") == action.name
    for action in keyed:
        assert action.name == "clear" or keymap.action_of(talk, stage, action.key.lower()) == action.name


@pytest.mark.parametrize("key", ["f10", "f11", "ctrl+x", "ctrl+g q", "pageup", "left", ""])
def test_a6_a_key_without_a_meaning_changes_nothing(desk: Desk, key: str) -> None:
    desk.open_case().write("fal")
    before = (desk.stage, desk.line, desk.talk.file)
    desk.press(key)
    assert (desk.stage, desk.line, desk.talk.file) == before


def test_b5_e2_the_closing_and_pins_hold_what_was_typed_ahead_and_nothing_else(desk: Desk) -> None:
    desk.standard_call()
    held = {stage for stage in STAGES if conversation.barrier(replace(desk.talk, stage=stage))}
    of_somebody = {"review_staff_pin", "review_staff_again", "review_staff_sign"}
    assert held == {"close", "authorise", "pin_old", "pin_new", "pin_again", "file_forget", *of_somebody}


def test_a6_the_idle_desk_tells_what_to_do(desk: Desk) -> None:
    desk.say("")
    assert "type the customer's name" in desk.said.lower()
    desk.say("7")
    assert desk.stage == "idle"
    assert desk.said
