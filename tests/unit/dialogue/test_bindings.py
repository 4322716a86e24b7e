"""A6: keys can be moved, the same one on every screen; what cannot be relied on is refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue import conversation, keymap
from mesa_recuperacion.dialogue.bindings import OWN, SHARED, TAKEN, Moved, bound, meant, moved, plain_name
from mesa_recuperacion.i18n.words import Words
from tests.desk import Desk

EN = Words("en")
STAGES = sorted(set(conversation.SCENES) - set(keymap.ASIDES))


def read(**table: object) -> Moved:
    answer = moved(table, EN)
    assert not isinstance(answer, dict), answer
    return answer


def faults(**table: object) -> dict[str, str]:
    answer = moved(table, EN)
    assert isinstance(answer, dict), answer
    return answer


def with_keys(desk: Desk, **table: object) -> Desk:
    """The same desk with keys moved."""
    desk.talk = replace(desk.talk, setting=replace(desk.talk.setting, keys=read(**table)))
    return desk


# ------------------------------------------------------------------------------------------------ what may be written


def test_what_stays_where_it_is_moves_nothing() -> None:
    assert read() == ()
    assert read(**OWN) == ()


@pytest.mark.parametrize("written", ["ctrl+e", "Ctrl+E", " CTRL + e ", "control+e"])
def test_a_key_may_be_written_as_people_write_it(written: str) -> None:
    assert read(park=written) == (("f3", "ctrl+e"),)


def test_two_actions_may_change_places() -> None:
    assert read(park="f9", close="f3") == (("f3", "f9"), ("f9", "f3"))


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("prak", "there is no such action; did you mean “park”?"),
        ("dance", "there is no such action; these are: help, note, park, file, area, hand_over, previous, next, close,"
                  " undo"),
        ("lock", "has the key of “park”, and moves with it"),
    ],
)  # fmt: skip
def test_an_action_that_is_none_is_told(action: str, sentence: str) -> None:
    assert faults(**{action: "f8"}) == {action: sentence}


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("alt+x", "Alt is not told from Esc"),
        ("shift+f3", "Shift"),
        ("ctrl+shift+e", "Shift"),
        ("ctrl+i", "Ctrl+I is the same to a terminal as Tab"),
        ("ctrl+m", "Ctrl+M is the same to a terminal as Enter"),
        ("ctrl+j", "Ctrl+J is the same to a terminal as Enter"),
        ("ctrl+h", "Ctrl+H is the same to a terminal as Backspace"),
        ("ctrl+[", "Ctrl+[ is the same to a terminal as Esc"),
        ("ctrl+s", "stops or restarts"),
        ("ctrl+q", "stops or restarts"),
        ("ctrl+b", "screen and tmux"),
        ("ctrl+a", "screen and tmux"),
        ("ctrl+c", "copies, pastes or ends programs"),
        ("ctrl+v", "copies, pastes or ends programs"),
        ("f10", "F10 stays with the window"),
        ("f11", "F11 stays with the window"),
        ("f13", "F13 is not on every keyboard"),
        ("f24", "F24 is not on every keyboard"),
        ("a", "alone is text for the line"),
        ("7", "alone is text for the line"),
        ("ñ", "alone is text for the line"),
        ("?", "alone is text for the line"),
        ("ctrl+ñ", "choose F1 to F9"),
        ("f0", "choose F1 to F9"),
        ("", "choose F1 to F9"),
        ("volume up", "“volume up” is no key that every terminal sends: choose F1 to F9, or Ctrl and one of D E F"),
        (3, "has to be a text"),
        (["f3"], "has to be a text"),
        ("enter", "Enter is taken on every screen"),
        ("esc", "Esc is taken on every screen"),
        ("tab", "Tab is taken on every screen"),
        ("f12", "F12 is taken on every screen: it goes one step back, as Esc does"),
        ("ctrl+g", "Ctrl+G is taken on every screen: it opens the menu of all actions"),
        ("ctrl+l", "Ctrl+L is taken on every screen: it draws the screen anew"),
    ],
)
def test_a_key_that_cannot_be_relied_on_is_told_with_its_reason(key: object, reason: str) -> None:
    (told,) = faults(close=key).values()
    assert reason in told


def test_two_actions_that_want_one_key_are_both_named() -> None:
    assert faults(close="ctrl+e", park="ctrl+e") == {"close": "“park” and “close” want the same key, Ctrl+E"}


def test_an_action_that_did_not_move_is_named_as_well() -> None:
    assert faults(close="f3") == {
        "close": "“park” and “close” both want F3: move “park” as well, or choose another"
    }  # fmt: skip


def test_three_that_want_one_key_are_all_named() -> None:
    assert faults(close="f3", note="f3") == {"close": "“note”, “park” and “close” want the same key, F3"}


def test_every_fault_is_told_at_once() -> None:
    assert set(faults(prak="f8", note="alt+n", close="f3", file="f12")) == {"prak", "note", "close", "file"}


def test_what_is_at_fault_itself_collides_with_nothing() -> None:
    assert set(faults(park="f10", close="f3")) == {"park"}


KEYS = st.sampled_from([*OWN.values(), *TAKEN, "ctrl+e", "ctrl+d", "ctrl+i", "alt+x", "x", "f10", ""])


@given(st.dictionaries(st.sampled_from([*OWN, *SHARED, "prak"]), KEYS | st.text(max_size=12) | st.integers()))
def test_every_key_means_one_thing_whatever_is_moved(table: dict[str, object]) -> None:
    answer = moved(table, EN)
    if isinstance(answer, dict):
        assert all(answer.values())
        return
    keys = [bound(answer, own).lower() for own in OWN.values()]
    assert len(set(keys)) == len(OWN)
    assert not TAKEN & set(keys)
    for own, key in zip(OWN.values(), keys, strict=True):
        assert meant(answer, key) == own
        assert meant(answer, own) == next((o for o, k in zip(OWN.values(), keys, strict=True) if k == own), "")


# --------------------------------------------------------------------------------------------------- what comes of it


@pytest.mark.parametrize("stage", STAGES)
def test_a6_every_key_of_an_action_has_a_name_to_move_it_by(desk: Desk, stage: str) -> None:
    found = keymap.actions(replace(desk.talk, closed="CEN-1001"), stage)
    assert {plain_name(action.key) for action in found} <= {*OWN.values(), "esc", ""}
    named = {name: OWN[SHARED.get(name, name)] for action in found if (name := action.name) in {**OWN, **SHARED}}
    assert named == {action.name: plain_name(action.key) for action in found if action.name in named}


@pytest.mark.parametrize("stage", STAGES)
def test_a6_a_moved_key_moves_on_every_screen_and_its_letter_stays(desk: Desk, stage: str) -> None:
    before = keymap.actions(desk.talk, stage)
    talk = with_keys(desk, park="ctrl+e", close="f3", note="ctrl+n").talk
    places = {"F3": "Ctrl+E", "F9": "F3", "F2": "Ctrl+N"}
    after = keymap.actions(talk, stage)
    assert [a.key for a in after] == [places.get(a.key, a.key) for a in before]
    assert [(a.name, a.letter) for a in after] == [(a.name, a.letter) for a in before]
    for action in after:
        assert keymap.action_of(talk, stage, f"ctrl+g {action.letter.lower()}") == action.name
        if action.key not in ("Esc", ""):
            assert keymap.action_of(talk, stage, action.key.lower()) == action.name
    assert keymap.action_of(talk, stage, "f2") == keymap.action_of(talk, stage, "f9") == ""


def test_a6_the_key_row_the_help_and_the_menu_show_the_key_that_does_it(desk: Desk) -> None:
    with_keys(desk, park="ctrl+e", previous="ctrl+p", undo="f3").open_case()
    row = dict(desk.look().keys)
    assert row["Ctrl+E"] == "park"
    assert "F3" not in row, "in a call the row has no room for undo"
    helped = " ".join(desk.press("f1").screen().split())
    assert "Ctrl+E park Ctrl+G E" in helped
    assert "Ctrl+P previous case Ctrl+G <" in helped
    assert "F3 undo Ctrl+G Z" in helped
    assert "E park Ctrl+E" in desk.press("escape").press("ctrl+g").screen()


def test_a6_what_is_said_about_a_key_names_the_moved_one(desk: Desk) -> None:
    with_keys(desk, undo="ctrl+u").standard_call().look()
    assert "Ctrl+U takes it back for 30 seconds." in desk.screen()
    assert "For 30 seconds Ctrl+U takes it back." in desk.press("f1").screen()
    desk.press("escape").say("y")
    assert "Ctrl+U takes it back for 30 s." in desk.said
    desk.press("ctrl+z")
    assert desk.stage == "idle"
    desk.press("ctrl+u")
    assert desk.stage == "close"


def test_a6_a_moved_key_acts_and_the_old_one_no_longer_does(desk: Desk, path: Path) -> None:
    with_keys(desk, park="ctrl+e").open_case().press("f3")
    assert desk.stage == "apologise"
    desk.press("ctrl+e")
    assert desk.stage == "idle"
    desk.press("ctrl+e")
    assert desk.stage == "login"
