"""A6: ``mesa keys`` marks what arrives, says what was sent and what to use instead, and always lets go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue import keymap, keytest
from mesa_recuperacion.dialogue.asks import Quit
from mesa_recuperacion.dialogue.bindings import Moved
from mesa_recuperacion.dialogue.keytest import KeyTest, heard, readable
from mesa_recuperacion.dialogue.talk import Setting, Talk
from mesa_recuperacion.dialogue.view import Pairs, Text
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import ASCII, WGL4

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)


def begun(language: str = "en", keys: Moved = ()) -> KeyTest:
    step = keytest.begin(Setting(words(language), Shown(language, UTC), keys=keys))
    assert step.asks == ()
    return step.talk


def pressed(talk: KeyTest, *names: str, sent: str = "") -> KeyTest:
    """Keys that arrived, none of which left."""
    for name in names:
        step = keytest.press(talk, heard(name, sent), "", NOW)
        assert step.asks == ()
        talk = step.talk
    return talk


def rows(talk: KeyTest) -> dict[str, str]:
    """Each key and what stands beside it: the √, or what does the same."""
    view = keytest.show(talk, "", NOW)
    return {name: right for block in view.main if isinstance(block, Pairs) for name, _, right in block.rows}


def said(talk: KeyTest) -> str:
    view = keytest.show(talk, "", NOW)
    texts = [block.text for block in view.main if isinstance(block, Text)]
    return " ".join([*texts, *(run.text for run in view.status)])


def test_each_key_is_marked_once_it_arrives_and_shows_its_twin_until_then() -> None:
    talk = begun()
    desk = Talk(talk.setting)
    every = (a for stage in ("login", "idle", "note") for a in keymap.actions(desk, stage) if a.key)
    twins = {a.key: f"Ctrl+G {a.letter}" for a in every}
    before = rows(talk)
    assert {key: before[key] for key in twins} == twins
    assert set(before) == {*(f"F{n}" for n in range(1, 10)), "F12", "Enter", "Esc", "Backspace", "Tab", "↑", "↓", "←",
                           "→", "Ctrl+Z", "Ctrl+G", "Ctrl+L"}  # fmt: skip
    after = rows(pressed(talk, "f9", "up", "ctrl+g"))
    assert {key for key, right in after.items() if right == "√"} == {"F9", "↑", "Ctrl+G"}


@pytest.mark.parametrize(("name", "shown"), [("ctrl+j", "Enter"), ("esc", "Esc"), ("ctrl+h", "Backspace")])
def test_a_key_is_known_by_whatever_road_it_comes(name: str, shown: str) -> None:
    assert rows(pressed(begun(), name))[shown] == "√"


def test_moved_keys_are_tried_where_they_are() -> None:
    talk = begun(keys=(("f3", "ctrl+e"), ("ctrl+z", "f3")))
    assert {"Ctrl+E", "F3"} <= set(rows(talk))
    assert "Ctrl+Z" not in rows(talk)
    assert rows(pressed(talk, "ctrl+e"))["Ctrl+E"] == "√"


def test_the_last_key_is_told_by_name_and_by_what_was_sent() -> None:
    assert "Last: F5, sent as ESC [ 1 5 ~" in said(pressed(begun(), "f5", sent="\x1b[15~"))
    assert "Last: Ctrl+G, sent as ^G" in said(pressed(begun(), "ctrl+g", sent="\x07"))
    assert said(pressed(begun(), "f5")).startswith("Last: F5 ")


@given(st.text(max_size=40))
def test_e5_nothing_that_a_terminal_sends_reaches_it_raw(sent: str) -> None:
    assert readable(sent).isprintable()
    told = said(pressed(begun(), "x", sent=sent))
    assert all(sign.isprintable() for sign in told)


@pytest.mark.parametrize("key", ["f3", "escape", "ctrl+c"])
def test_the_same_key_twice_leaves_and_another_one_between_them_does_not(key: str) -> None:
    talk = pressed(begun(), key, "f5", key)
    assert "again leaves" in said(talk)
    assert keytest.press(talk, heard(key, ""), "", NOW).asks == (Quit(),)
    assert pressed(begun(), "f5", "f5").arrived == {"f5"}


def test_a_q_and_enter_leaves_and_any_other_enter_is_a_key() -> None:
    assert keytest.answer(begun(), "q", NOW).asks == (Quit(),)
    assert keytest.answer(begun(), "", NOW).asks == ()
    assert keytest.answer(begun(), "marta", NOW).asks == ()


def test_a_moved_key_leaves_and_the_old_one_does_not() -> None:
    talk = pressed(begun(keys=(("f3", "ctrl+e"),)), "f3", "f3", "ctrl+e")
    assert keytest.press(talk, heard("ctrl+e", ""), "", NOW).asks == (Quit(),)
    assert keytest.show(talk, "", NOW).keys[0][0].startswith("Ctrl+E Ctrl+E")


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_to_do_is_one_key_away_and_any_key_comes_back(language: str) -> None:
    talk = pressed(begun(language), "question_mark")
    (advice,) = (block for block in keytest.show(talk, "", NOW).main if isinstance(block, Pairs))
    told = " ".join(value for _, value, _ in advice.rows)
    assert all(word in told for word in ("byobu", "PuTTY", "GNOME", "Ctrl+G", "config.toml"))
    assert not pressed(talk, "f5").advice
    assert keytest.press(begun(language), "ctrl+g h", "", NOW).talk.advice


def test_putty_in_its_other_modes_is_recognised() -> None:
    assert "PuTTY" in said(pressed(begun(), "alt+shift+o"))


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 24), (200, 60)])
@pytest.mark.parametrize("advice", [False, True])
def test_f6_every_key_is_on_the_screen_whatever_its_size(language: str, size: tuple[int, int], advice: bool) -> None:
    talk = pressed(begun(language), *(["question_mark"] if advice else ["f5"]), sent="\x1b[15~")
    view = keytest.show(talk, "", NOW)
    for glyphs in (WGL4, ASCII):
        drawn = page.body(view, size[0], size[1] - page.TOP - page.BOTTOM - 1, glyphs)
        text = "\n".join("".join(piece.text for piece in row) for row in drawn)
        assert all(len(row) <= size[0] for row in text.splitlines())
        assert "config.toml" in text if advice else all(f"F{n} " in text for n in (*range(1, 10), 12))
        assert advice or "Ctrl+L" in text


def test_nothing_is_kept_and_nothing_has_to_wait() -> None:
    assert keytest.draft(begun(), "x", NOW) is None
    assert not keytest.barrier(begun())
    talk = begun()
    assert keytest.typing(talk, "x", NOW).talk is talk
