"""A1, C1, E2, F5, F6: every state that can be reached is shown, in both languages, and fits 80x24."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesa_recuperacion.dialogue import conversation, keymap
from mesa_recuperacion.dialogue.view import STYLES, Pairs, Phrase, Text, View
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import WGL4
from tests.desk import ANA, Desk, _translated, branch, facts
from tests.fits import WIDTH, assert_fits, read

LONG = "María de los Ángeles Covarrubias Montenegro de la Fuente y Villaseñor 👩\u200d🔧"


def assert_sound(desk: Desk) -> None:
    """What holds of every talk and every view."""
    talk = desk.talk
    here = conversation.show(talk, desk.line, desk.now)
    for view in (here, conversation.show(_translated(talk), desk.line, desk.now)):
        assert_fits(view)
        assert view.prompt
        assert view.hint
        assert all(run.style in STYLES for line in (*view.head, view.status, view.never) for run in line)
        assert "{" not in "".join(block.text for block in view.main if isinstance(block, Phrase))
    assert ANA not in repr(talk)
    assert talk.then == ""
    behind = talk.back if talk.stage in keymap.ASIDES else talk.stage
    assert (talk.kept == ()) is (talk.stage not in keymap.ASIDES or (talk.stage == "add_note" and not talk.kept))
    if behind == "idle":
        assert talk.file is None
        assert talk.item == ""
    if behind in keymap.IN_CALL:
        assert talk.file is not None
        assert talk.file.state.status == "open"
        assert here.clock is not None
    if talk.day is not None:
        assert talk.day.budget.left.minor >= 0
        assert talk.day.budget.reserved.minor >= 0


def test_f5_every_scene_of_a_call_is_shown_in_both_languages_and_fits(desk: Desk) -> None:
    seen = set()
    desk.open_case(LONG)
    scripts = [
        ["", "0", "algo que no está en la lista y es largo de contar", "", "", "4", "120", "m 10", "5512340078"],
        ["n"],
    ]  # fmt: skip
    for answer in (a for script in scripts for a in script):
        assert_sound(desk)
        seen.add(desk.stage)
        for aside in ("f1", "ctrl+g", "f2"):
            desk.press(aside)
            assert_sound(desk)
            seen.add(desk.stage)
            desk.press("escape")
        desk.say(answer)
        assert_sound(desk)
    assert desk.stage == "promise"
    desk.press("escape").say("0")
    assert_sound(desk)
    seen.add(desk.stage)
    desk.say("no quiso", "", "")
    desk.say("s")
    assert_sound(desk)
    desk.open_case(LONG)
    for answer in ("", "2", "", "", "240", "4", "220", "", "tercera vez este mes, y era un regalo", "0", ""):
        desk.enter() if desk.line and not answer else desk.say(answer)
        assert_sound(desk)
        seen.add(desk.stage)
    assert desk.stage == "promise"
    missing = set(keymap.IN_CALL) - seen - {"add_note"}
    assert missing == set(), missing


@pytest.mark.parametrize("problem", range(9))
def test_f6_every_problem_of_the_shipped_policy_fits_the_smallest_window(desk: Desk, problem: int) -> None:
    assert desk.talk.policy is not None
    policy = desk.talk.policy
    desk.open_case("Maximiliano Covarrubias Montenegro").say("", str((problem + 1) % 10 if problem < 8 else 0))
    if desk.stage == "other":
        desk.say("algo más")
    assert desk.talk.file is not None
    assert desk.talk.file.state.problem == policy.problems[problem].code
    desk.say("")
    for stage in ("solve", "compensate"):
        if desk.stage == "statutory":
            assert_sound(desk)
            desk.say("240")
        assert desk.stage == stage
        rows = len(desk.options())
        for _ in range(rows):
            assert_sound(desk)
            desk.press("down")
        for _ in range(rows):
            desk.press("up")
        desk.enter()
    assert_sound(desk)
    desk.enter()
    assert_sound(desk)
    desk.say("5512340078")
    assert_sound(desk)


def test_f6_what_is_due_fits_too(desk: Desk) -> None:
    desk.standard_call("Maximiliano Covarrubias Montenegro").say("s").wait(90_000).press("f3").sign_in()
    assert_sound(desk)
    for answer in ("1", "3"):
        desk.say(answer)
        assert_sound(desk)
        desk.press("f1")
        assert_sound(desk)
        desk.press("escape")
    desk.press("escape").press("escape").say("2")
    assert_sound(desk)
    desk.press("f2")
    assert_sound(desk)
    desk.press("escape").say("2")
    assert_sound(desk)


def test_e2_the_login_fits_with_pins_shown_or_not(desks: Callable[..., Desk]) -> None:
    assert_sound(desks())
    shown = desks(pins=((1, "000111"), (2, "000222"), (3, "000333")))
    assert_sound(shown)
    assert "000222" in shown.screen()
    desks().sign_in().open_case()
    assert_sound(desks())


WORDS = ["", "1", "2", "3", "4", "5", "0", "fal", "s", "n", "vie 10", "m 10", "2h", "120", "99.50", "5512340078", "551",
         "nota corta", "Marta Ruiz", "Luis", "Luis 0", "ayer", "no quiso", "x" * 90, "[b]", "9"]  # fmt: skip
KEYS = ["f1", "f2", "f3", "f7", "f8", "f9", "escape", "escape", "tab", "shift+tab", "ctrl+z", "ctrl+g", "ctrl+g e",
        "ctrl+g n", "up", "down", "down", "pagedown"]  # fmt: skip
moves = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(WORDS)),
        st.tuples(st.just("type"), st.sampled_from(WORDS[:20])),
        st.tuples(st.just("press"), st.sampled_from(KEYS)),
        st.tuples(st.just("wait"), st.sampled_from(["5", "70", "72000"])),
    ),
    min_size=5,
    max_size=30,
)


@settings(max_examples=15, deadline=None)
@given(moves)
def test_a6_whatever_is_typed_there_is_a_next_question_and_nothing_breaks(script: list[tuple[str, str]]) -> None:
    folder = Path(mkdtemp(prefix="mesa-walk-"))
    desk = Desk(branch(folder), language="es").sign_in()
    try:
        for how, what in script:
            if desk.stage == "login":
                desk.line = ""
                desk.sign_in()
            match how:
                case "say":
                    desk.say(what)
                case "type":
                    desk._letter(what)
                case "press":
                    desk.press(what)
                case _:
                    desk.wait(float(what))
            assert_sound(desk)
        journal = facts(desk.path)
        parked = sum(isinstance(x, f.CaseParked) for x in journal) - sum(isinstance(x, f.CaseResumed) for x in journal)
        assert parked >= 0
    finally:
        desk.close()
        shutil.rmtree(folder)


def test_f5_no_text_of_the_screen_is_the_other_languages(desk: Desk) -> None:
    desk.open_case().say("", "3")
    english = set(labels(desk.look()))
    spanish = set(labels(conversation.show(_translated(desk.talk), desk.line, desk.now)))
    assert not english & spanish - {"F1", "F2"}


def labels(view: View) -> list[str]:
    """The texts that are the program's own."""
    made = [view.prompt, view.hint, *(label for _, label in view.keys), *(s.name for s in view.rail)]
    for block in view.main:
        if isinstance(block, Pairs):
            made += [label for label, _, _ in block.rows]
        if isinstance(block, Text):
            made.append(block.text)
    return [text for text in made if text]


def test_c1_the_clock_is_whole_seconds_and_a_share_between_none_and_all(desk: Desk) -> None:
    desk.open_case()
    for seconds in (-3600, 0, 30, 61, 10**6):
        talk, now = desk.talk, desk.now
        view = conversation.show(talk, "", now.replace(microsecond=999) + (desk.now - now))
        desk.clock.advance(seconds)
        view = desk.look()
        assert view.clock is not None
        assert 0.0 <= view.clock.share <= 1.0
        assert "-" not in view.clock.time


def test_a1_a_view_does_not_change_the_talk(desk: Desk) -> None:
    desk.standard_call()
    before = replace(desk.talk)
    desk.look()
    assert desk.talk == before


def test_c1_a_quiet_clock_changes_only_with_its_words(desk: Desk) -> None:
    desk.talk = replace(desk.talk, setting=replace(desk.talk.setting, quiet_clock=True))
    desk.write("Marta")
    shown = []
    for _ in range(75):
        view = desk.look()
        assert view.clock is not None
        shown.append(read(page.top(view, WIDTH, WGL4)[2]).removeprefix("  New case").strip())
        desk.clock.advance(1)
    changes = [words for n, words in enumerate(shown) if n == 0 or words != shown[n - 1]]
    assert changes == ["● on time, of 1:00", "▲ almost up, of 1:00", "■ out of time, of 1:00"]
    desk.enter()
    assert desk.look().clock == replace(view.clock, state="out of time, of 1:00", mark="bad")


def test_c1_a_quiet_clock_draws_nothing_while_its_words_stay(desk: Desk) -> None:
    desk.talk = replace(desk.talk, setting=replace(desk.talk.setting, quiet_clock=True))
    desk.open_case()
    before = desk.look()
    desk.clock.advance(8)
    assert desk.look() == before
