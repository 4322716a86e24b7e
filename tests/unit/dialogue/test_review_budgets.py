"""B2, B3, B4: the money of the period in the review: what is left of it, and a change in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import Look
from mesa_recuperacion.dialogue.review.base import look
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.review.budgets import BudgetsOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf, SpendingOf
from tests.desk import CARLA, Desk, branch, facts
from tests.fits import assert_fits_in_both
from tests.unit.dialogue import pages

Desks = Callable[..., Desk]
HOSTILE = "[b]{name}[/b] 100 % \x1b[31mrojo\u202e =1+1"


def supervising(desk: Desk) -> Desk:
    desk.say(f"3 {CARLA}")
    assert desk.stage == "review", desk.said
    desk._run(look(desk.talk, "review_budgets", BudgetsOf()))
    assert desk.stage == "review_budgets"
    return desk


@pytest.fixture
def carla(desks: Desks) -> Desk:
    """A supervisor looks at the budgets; nobody has given anything yet."""
    return supervising(desks())


def rows(desk: Desk) -> list[list[str]]:
    return [option.split() for option in desk.options()]


def status(desk: Desk, typed: str) -> str:
    """What is said while a line is typed."""
    desk.line = ""
    desk._letter(typed)
    said = "".join(run.text for run in desk.look().status)
    desk.press("escape")
    return said


def test_b2_each_budget_says_what_is_left_and_the_reserve_comes_last(desks: Desks) -> None:
    desks().sign_in().standard_call()
    carla = supervising(desks())
    assert rows(carla) == [
        ["1", "Ana", "Torres", "MX$500", "MX$80", "MX$0", "MX$420"],
        ["2", "Bruno", "Díaz", "MX$500", "-", "-", "MX$500"],
        ["3", "Carla", "Vega", "MX$500", "-", "-", "MX$500"],
        ["r", "The", "branch's", "reserve", *rows(carla)[-1][4:]],
    ]
    assert rows(carla)[-1][5:7] == ["-", "-"]
    assert "at most MX$150 a case" in carla.screen()
    assert_fits_in_both(carla)


def test_b3_a_change_shows_what_it_would_leave_and_takes_one_line(path: Path, carla: Desk) -> None:
    assert status(carla, "2 +300") == (
        "MX$500 → MX$800, MX$800 left: three hundred Mexican pesos more, Bruno Díaz"
    )  # fmt: skip
    assert "five hundred" in status(carla, "2 -500 cierre")
    assert status(carla, "2 -501") == "Bruno Díaz: only MX$500 is left to take."
    before = carla.control
    carla.say("2 +300 por la feria")
    assert carla.control == before + 1
    assert carla.stage == "review_budgets"
    assert carla.said == "+MX$300 for Bruno Díaz. Ctrl+Z takes it back."
    assert rows(carla)[1] == ["2", "Bruno", "Díaz", "MX$800", "+MX$300", "MX$0", "MX$0", "MX$800"]
    (made,) = facts(path, f.BudgetAdjusted)
    assert (made.amount.minor, made.reason) == (30_000, "por la feria")  # type: ignore[attr-defined]


def test_b4_the_reserve_has_a_letter(path: Path, carla: Desk) -> None:
    carla.say("r -500 cierre de mes")
    (made,) = facts(path, f.BudgetAdjusted)
    assert (made.person, made.amount.minor) == (RESERVE, -50_000)  # type: ignore[attr-defined]
    assert "-MX$500" in rows(carla)[-1]


@pytest.mark.parametrize("key", ["ctrl+z", "ctrl+g z"])
def test_b3_ctrl_z_takes_ones_latest_change_back(path: Path, carla: Desk, key: str) -> None:
    carla.say("2 +300 por la feria", "1 -100 cierre")
    carla.press(key)
    assert carla.said == "Taken back: -MX$100 for Ana Torres."
    carla.press(key)
    assert carla.said == "Taken back: +MX$300 for Bruno Díaz."
    assert [row[-1] for row in rows(carla)[:2]] == ["MX$500", "MX$500"]
    carla.press(key)
    assert carla.said == "There is no change of yours to take back in this period."
    assert len(facts(path, f.BudgetAdjusted)) == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2 +300", "Why?"),
        ("2 +0 feria", "above zero"),
        ("2 +mucho feria", "mucho"),
        ("2 -501 cierre", "MX$500 is left"),
        ("3 +100 feria", "Nobody does that for themselves"),
        ("9 +100 feria", "no budget 9"),
        ("q +100 feria", "no budget q"),
        ("2 300 feria", "With its sign"),
        ("9", "no option 9"),
        ("", "A number opens a budget"),
        ("zzz", "zzz"),
    ],
)
def test_b3_what_is_no_change_is_one_kind_sentence_and_changes_nothing(
    path: Path, carla: Desk, typed: str, said: str
) -> None:
    before = facts(path)
    carla.say(typed)
    assert carla.stage == "review_budgets"
    assert said in carla.said
    assert facts(path) == before
    assert_fits_in_both(carla)


def test_b3_every_change_can_be_read_with_who_and_why(carla: Desk) -> None:
    carla.say("h")
    assert "Nobody has changed a budget of this period." in carla.screen()
    carla.press("escape").say("2 +300 por la feria", "r -500 cierre de mes").press("ctrl+z").say("h")
    assert carla.stage == "review_budgets_changes"
    first, second, third = carla.options()
    assert "taken back by Carla Vega" in first
    assert "-MX$500" in second
    assert "Bruno Díaz" in third
    assert "+MX$300" in third
    assert "Carla Vega" in third
    assert "“cierre de mes”" in carla.screen()
    carla.press("down").press("down")
    assert "“por la feria”" in carla.screen()
    assert_fits_in_both(carla)
    assert carla.say("1").said == "These lines are only read; Esc goes back."
    assert carla.press("escape").stage == "review_budgets"


@pytest.mark.parametrize(("typed", "who"), [("1", "1"), ("bru", "2"), ("r", "r")])
def test_b3_a_number_opens_what_a_budget_paid(carla: Desk, typed: str, who: str) -> None:
    stage, query = pages.opens(pages.answered(carla, typed))
    person = RESERVE if who == "r" else next(p.id for p in carla.talk.people if str(p.number) == who)
    assert (stage, query) == ("review_spending", SpendingOf(person, "2026-W11"))


def test_b4_x_opens_the_exceptions_of_the_period(carla: Desk) -> None:
    stage, query = pages.opens(pages.answered(carla, "x"))
    assert stage == "review_exceptions"
    assert isinstance(query, ExceptionsOf)
    assert isinstance(pages.answered(carla, "x").asks[0], Look)


def test_e5_f6_hostile_reasons_and_the_longest_names_fit(tmp_path: Path) -> None:
    from mesa_recuperacion.service.branch import NewPerson

    longest = "Maximiliana Wolfeschlegelsteinhausenbergerdorff y de la Fuente Covarrubias Montes"[:80]
    people = (
        NewPerson(longest, "agent", "482190"), NewPerson("[b]{name}[/b]", "agent", "715304"),
        NewPerson("Carla Vega", "supervisor", CARLA),
        *(NewPerson(f"Persona Número {n}", "agent", "517394") for n in range(30)),
    )  # fmt: skip
    carla = supervising(Desk(branch(tmp_path, people=people)))
    carla.say(f"1 +999999999.99 {HOSTILE}")
    assert carla.said.startswith("+MX$999,999,999.99 for Maximiliana")
    assert_fits_in_both(carla)
    carla._letter("1 +0.01")
    assert_fits_in_both(carla)
    carla.press("escape").say("h")
    assert_fits_in_both(carla)
    assert "[b]{name}[/b] 100 % rojo =1+1" in carla.screen()
    assert "\x1b" not in carla.screen()
    carla.close()
