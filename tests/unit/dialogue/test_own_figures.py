"""D10, E2: everybody sees their own figures beside the goals, privately, and nobody another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import Look, LookAtOwn
from mesa_recuperacion.dialogue.talk import OwnSeen, Refused
from mesa_recuperacion.domain.policy import Goals
from mesa_recuperacion.domain.refusals import SupervisorNeeded
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.own import Own, PersonOf
from mesa_recuperacion.domain.review.suggestions import SuggestionsOf
from mesa_recuperacion.domain.views import News
from tests.desk import BRUNO, CARLA, NOW, Desk, copied
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.pages import HOSTILE, WEEK, of

Desks = Callable[..., Desk]


def seen(desk: Desk) -> Own:
    desk.press("ctrl+g m")
    assert desk.talk.own is not None
    return desk.talk.own


def test_d10_ctrl_g_m_shows_the_week_and_the_month_beside_the_goals(desk: Desk) -> None:
    seen(desk)
    week, month = Counts(cases=10, on_time=9, first_contact=8, follow_ups=4, satisfied=1, not_satisfied=1), Counts()
    policy = desk.talk.policy
    assert policy is not None
    own = Own(desk.person, week, month, (News("p", "praise", "Carla Vega", "Por su paciencia", NOW),))
    desk.talk = replace(desk.talk, own=own, policy=replace(policy, goals=Goals(on_time=90, verified=80)))
    assert desk.options() == [
        "  Cases  10  0  ", "  On time  90%  –  90%", "  At first contact  80%  –  ",
        "  Follow-ups verified  50%  –  80%",
    ]  # fmt: skip
    assert "♦ Carla Vega, Wed Mar 11: “Por su paciencia”" in desk.screen()
    assert "There is no ranking" in desk.screen()
    assert_fits_in_both(desk)


@pytest.mark.parametrize("way_out", ["escape", "enter"])
def test_d10_it_returns_to_the_desk_and_to_what_was_typed(desk: Desk, way_out: str) -> None:
    seen(desk)
    if way_out == "enter":
        desk.say("")
    else:
        desk.press(way_out)
    assert (desk.stage, desk.said) == ("idle", "")


def test_d10_help_and_the_menu_say_so(desk: Desk) -> None:
    assert "my figures" in desk.press("ctrl+g").screen()
    assert "my figures" in desk.press("escape").press("f1").screen()
    assert "Ctrl+G M" in desk.screen()


def test_d6_own_thanks_are_there_and_hostile_ones_are_text(desk: Desk, desks: Desks) -> None:
    carla = desks().sign_in(3, CARLA)
    carla.press("ctrl+g r").say(f"1 {HOSTILE}")
    (thanks,) = seen(desk).praises
    assert thanks.by == "Carla Vega"
    assert "\x1b" not in desk.screen()
    assert_fits_in_both(desk)


def test_d10_in_a_call_and_in_practice_there_is_no_such_key(desk: Desk) -> None:
    desk.open_case().press("ctrl+g m")
    assert desk.stage == "apologise"
    assert LookAtOwn() not in desk.asked
    desk.press("f3").press("f9").press("ctrl+g m")
    assert desk.talk.practice
    assert LookAtOwn() not in desk.asked


def test_e2_each_sees_their_own_cases_only(one_closed: Path, tmp_path: Path) -> None:
    """Ana has closed a case this week; Bruno and Carla, asking the same thing, see none."""
    path = copied(one_closed, tmp_path / "own")
    found = {}
    for number, pin in ((1, "482190"), (2, BRUNO), (3, CARLA)):
        desk = Desk(path).sign_in(number, pin)
        own = seen(desk)
        assert own.person == desk.person
        found[number] = (own.week.cases, own.month.cases)
        desk.close()
    assert found == {1: (1, 1), 2: (0, 0), 3: (0, 0)}


def test_e2_the_question_names_nobody_so_there_is_no_way_to_anothers(desk: Desk) -> None:
    assert fields(LookAtOwn) == ()
    outcome = desk.port.carry_out(LookAtOwn())
    assert isinstance(outcome, OwnSeen)
    assert outcome.own.person.id == desk.person.id


def test_e2_an_agent_is_refused_every_question_of_the_review(desk: Desk, desks: Desks) -> None:
    bruno = desks().sign_in(2, BRUNO).person.id
    for query in (BoardOf(WEEK), PersonOf(of(bruno)), PersonOf(of(desk.person.id)), SuggestionsOf()):
        outcome = desk.port.carry_out(Look(query))
        assert outcome == Refused(SupervisorNeeded()), query


def test_e2_the_next_person_at_the_desk_does_not_find_them(desk: Desk) -> None:
    seen(desk)
    desk.press("escape").press("f3").sign_in(2, BRUNO)
    assert desk.talk.own is None


def test_e2_while_the_answer_is_on_its_way_nothing_of_before_is_shown(desk: Desk) -> None:
    seen(desk)
    desk.talk = replace(desk.talk, own=None)
    assert "being counted" in desk.screen()
    assert_fits_in_both(desk)
