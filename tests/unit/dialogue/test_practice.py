"""F9: the same desk on a branch that is thrown away: it says so, and the real branch gets not one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import conversation, keymap
from mesa_recuperacion.domain.pin import PRACTICE_PIN
from mesa_recuperacion.policy.defaults import empty_policy_text
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import WGL4
from tests.desk import BRUNO, CARLA, Desk, branch
from tests.fits import read
from tests.unit.dialogue.test_conversation_views import assert_sound

Desks = Callable[..., Desk]


def dump(path: Path) -> list[str]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def head(desk: Desk, width: int = 80) -> str:
    return read(page.top(desk.look(), width, WGL4)[0])


def practised(desk: Desk) -> Desk:
    desk.press("f9")
    assert (desk.stage, desk.talk.practice) == ("idle", True)
    return desk


def a_whole_call(desk: Desk) -> Desk:
    """A call with a gesture, a promise and a draft in another one."""
    desk.standard_call("Rosa Medina").say("s")
    assert desk.stage == "idle", desk.said
    return desk.open_case("Óscar Núñez").write("a medias").pause()


def test_f9_it_says_what_it_is_on_every_screen(desk: Desk) -> None:
    assert "PRACTICE" not in head(desk)
    practised(desk)
    assert_sound(desk)
    for text in ("Nothing counts", "Practice Customer", f"3 {PRACTICE_PIN}", "end practice"):
        assert text in desk.screen()
    for width in (80, 100, 200):
        assert "PRACTICE" in head(desk, width)
    desk.open_case("Maximiliano Covarrubias Montenegro")
    assert "PRACTICE" in head(desk)
    assert desk.folio.startswith("PRA-")
    assert_sound(desk)


def test_f9_a_new_branch_says_where_to_practise(desk: Desk) -> None:
    assert "F9 practises" in desk.screen()
    desk.standard_call().say("s")
    assert "F9 practises" not in desk.screen()


@pytest.mark.parametrize("end", ["f3", "lock", "program", "kill"])
def test_f9_the_real_branch_gets_not_one_line(path: Path, desk: Desk, end: str) -> None:
    before = dump(path)
    a_whole_call(practised(desk))
    assert desk.budget.left.minor < desk.budget.funded.minor
    desk.line = ""
    desk.press("f3")
    desk.press("f2").say("Una idea de práctica")
    assert "nobody gets it" in desk.said
    match end:
        case "f3":
            desk.press("f3")
            assert (desk.stage, desk.talk.practice) == ("idle", False)
            assert desk.budget.left == desk.budget.funded
            assert "nothing is left" in desk.said
            assert desk.talk.day is not None
            assert (desk.talk.day.open, desk.talk.day.drafts, desk.talk.day.counts.cases) == ((), (), 0)
        case "lock":
            assert desk.press(keymap.RESTING).stage == "login"
        case "program":
            desk.close()
        case _:
            folder = desk.port._practice._folder
            assert folder is not None
            assert folder.exists()
    assert dump(path) == before


def test_f9_not_a_step_of_the_call_reaches_the_real_branch(path: Path, desk: Desk) -> None:
    before = dump(path)
    practised(desk).write("Pra").pause()
    desk.enter()
    for answer in ("", "3", "faltó la lámpara", "", "2", "", "5512340078", "s"):
        desk.write(answer).pause()
        desk.enter()
        assert dump(path) == before
    assert desk.press("ctrl+z").stage == "close"
    assert dump(path) == before


def test_f9_the_invented_customer_has_called_before(desk: Desk) -> None:
    practised(desk).say("pra")
    assert desk.stage == "apologise"
    assert "complaint no. 2" in desk.screen()
    assert "Practice Customer" in desk.screen()


def test_f9_real_customers_are_not_there(desk: Desk) -> None:
    desk.standard_call("Marta Ruiz Soto").say("s")
    practised(desk).write("marta")
    assert desk.talk.found is not None
    assert desk.talk.found.customers == ()


def test_f9_a_call_of_before_is_there_again_afterwards(desk: Desk) -> None:
    desk.open_case("Marta Ruiz Soto").press("f3")
    real = desk.options()
    practised(desk)
    assert desk.options() == []
    desk.press("f3")
    assert desk.options() == real


def test_f9_what_is_half_typed_stays_where_it_was_typed(desk: Desk) -> None:
    desk.line = "1"
    practised(desk)
    assert desk.line == ""
    desk.line = "2"
    assert desk.press("f3").line == ""


def test_f9_it_ends_only_between_calls(desk: Desk) -> None:
    practised(desk).open_case("Rosa Medina")
    desk.press("f3")
    assert (desk.stage, desk.talk.practice) == ("idle", True)
    assert "practise" not in [label for _, label in desk.look().keys]
    desk.press("f9")
    assert desk.talk.practice
    assert not desk.press("f3").talk.practice


@pytest.mark.parametrize(("number", "pin"), [(2, BRUNO), (3, CARLA)])
def test_f9_everybody_practises(desks: Desks, number: int, pin: str) -> None:
    desk = practised(desks().sign_in(number, pin)).open_case("Rosa Medina")
    assert_sound(desk)
    # nobody authorises an exception of their own: the only supervisor is not told to
    assert (PRACTICE_PIN in desk.press("f3").screen()) is (number == 2)


def test_f9_under_a_policy_with_only_another_problem(tmp_path: Path) -> None:
    desk = Desk(branch(tmp_path / "bare", empty_policy_text("es"))).sign_in()
    practised(desk).say("pra")
    assert desk.stage == "apologise"
    desk.close()


@pytest.mark.parametrize("language", ["es", "en"])
def test_f5_in_both_languages_the_desk_goes_on(desks: Desks, language: str) -> None:
    desk = practised(desks(language=language).sign_in())
    assert_sound(desk)
    desk.press("f1")
    assert_sound(desk)
    desk.press("escape").press("f3")
    assert conversation.draft(desk.talk, "", desk.now) is None
