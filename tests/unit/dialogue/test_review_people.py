"""D6, D10: people in the review by name, whom nobody has thanked, and one person's own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mesa_recuperacion.dialogue.review.person import latest_thanks
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.board import BoardOf, PersonLine
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf
from mesa_recuperacion.domain.review.own import PersonOf, PersonPage
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.views import BudgetView, News, Person
from tests.desk import NOW, Desk
from tests.unit.dialogue.pages import (
    ANA,
    BRUNO,
    HOSTILE,
    LONG,
    NO_COUNTS,
    WEEK,
    answered,
    at,
    board,
    of,
    opens,
    pressed,
    supervising,
)

Desks = Callable[..., Desk]
GOOD = Counts(cases=31, on_time=29, first_contact=30, remedy_cost=100_000, compensation=24_000, follow_ups=20,
              satisfied=15, not_satisfied=1)  # fmt: skip
POOR = Counts(cases=27, on_time=10, first_contact=5, compensation=161_000)


@pytest.fixture
def carla(desks: Desks) -> Desk:
    return supervising(desks())


def line(person: Person, counts: Counts = GOOD, days: int | None = 2, here: int = 300, **more: object) -> PersonLine:
    """Somebody thanked so many days ago (``None``: never), here for so many."""
    praised = None if days is None else NOW - timedelta(days=days)
    return PersonLine(person, counts, 1 if days == 2 else 0, praised, NOW - timedelta(days=here), **more)  # type: ignore[arg-type]


def people(desk: Desk, *lines: PersonLine) -> Desk:
    return at(desk, "review_people", BoardOf(WEEK), board(people=lines, counts=GOOD))


def page(desk: Desk, **parts: object) -> Desk:
    budget = BudgetView("2026-W11", Money(50_000, "MXN"), Money(0, "MXN"), Money(11_500, "MXN"))
    made = {"counts": GOOD, "before": POOR, "branch": GOOD, "budget": budget, "praises": ()} | parts
    scope = of("ana")
    return at(desk, "review_person", PersonOf(scope), PersonPage(scope, ANA, **made))  # type: ignore[arg-type]


# -------------------------------------------------------------------------------------------------------- everybody


def test_d6_people_stand_by_name_and_not_by_figure(carla: Desk) -> None:
    """The best figures do not come first, in whatever order the answer has them."""
    people(carla, line(BRUNO, GOOD), line(ANA, POOR))
    rows = carla.options()
    assert rows[0].startswith("1  Ana Torres  27  37%  19%  MX$1,610")
    assert rows[1].startswith("2  Bruno Díaz  31  94%  97%  MX$1,240")
    assert "alphabetical" in carla.screen()


def test_d6_whom_nobody_has_thanked_for_more_than_thirty_days_is_said(carla: Desk) -> None:
    said = "▲ Nobody has thanked Ana Torres for 31 days."
    assert said in people(carla, line(ANA, days=31), line(BRUNO, days=30)).screen()
    assert "Nobody has thanked" not in people(carla, line(ANA, days=30)).screen()


def test_d6_who_was_never_thanked_counts_from_their_first_day(carla: Desk) -> None:
    assert "Ana Torres for 45 days" in people(carla, line(ANA, days=None, here=45)).screen()
    assert "Nobody has thanked" not in people(carla, line(ANA, days=None, here=12)).screen()


def test_d6_whoever_reads_it_is_not_told_of_themselves(carla: Desk) -> None:
    assert "Nobody has thanked" not in people(carla, line(carla.person, days=99)).screen()


def test_d6_of_many_the_longest_waiting_are_named_and_the_others_counted(carla: Desk) -> None:
    others = [line(Person(str(n), n, f"Agente {n:02}", "agent"), days=40 + n) for n in range(3, 8)]
    screen = people(carla, *others, line(ANA, days=99)).screen()
    assert "▲ Nobody has thanked Ana Torres for 99 days, Agente 07 for 47 days. Nor 4 more people." in screen


def test_d6_who_no_longer_works_here_is_owed_no_thanks(carla: Desk) -> None:
    screen = people(carla, line(ANA, days=99, retired=True)).screen()
    assert "Nobody has thanked" not in screen
    assert "Ana Torres, no longer here" in screen


def test_d6_enter_opens_a_person_by_number_and_by_letters(carla: Desk) -> None:
    people(carla, line(ANA), line(BRUNO))
    for text in ("2", "bru"):
        assert opens(answered(carla, text)) == ("review_person", PersonOf(of("bruno")))
    assert opens(answered(carla, "")) == ("review_person", PersonOf(of("ana")))


def test_d6_e_thanks_whoever_is_marked_or_numbered_and_comes_back_with_it_counted(carla: Desk) -> None:
    ana, bruno = (next(p for p in carla.talk.people if p.number == n) for n in (1, 2))
    people(carla, line(ana), line(bruno))
    step = answered(carla, "e 2")
    assert (step.talk.stage, step.talk.line) == ("praise", "2 ")
    carla.say("e")
    assert (carla.stage, carla.line) == ("praise", "1 ")
    carla.write("Por su paciencia con la señora Medina").enter()
    assert carla.stage == "review_people"
    assert "reads it first thing" in carla.said
    assert carla.talk.review is not None
    assert carla.talk.review.query == BoardOf(WEEK)
    assert carla.talk.review.trail == (("review", BoardOf(WEEK), None),)
    assert [type(ask).__name__ for ask in carla.asked[-2:]] == ["Do", "Look"]


def test_d6_nobody_thanks_themselves_nor_who_has_left(carla: Desk) -> None:
    people(carla, line(carla.person), line(Person("x", 9, "Zoe Gil", "agent"), retired=True))
    assert "Nobody thanks themselves" in answered(carla, "e 1").talk.said
    assert "Zoe Gil no longer works here." in answered(carla, "e 2").talk.said


def test_d1_f7_and_f8_go_through_the_periods(carla: Desk) -> None:
    people(carla, line(ANA))
    before, after = (opens(pressed(carla, key)) for key in ("f7", "f8"))
    assert before[0] == after[0] == "review_people"
    assert isinstance(before[1], BoardOf)
    assert (before[1].scope.period, after[1]) == (
        WEEK.period.shifted(-1),
        BoardOf(of().__class__(WEEK.period.shifted(1))),
    )


def test_f6_nobody_and_very_many_with_long_and_hostile_names_fit(carla: Desk) -> None:
    assert "F7 shows the one before" in people(carla).screen()
    assert "F7 shows the one before" in answered(carla, "1").talk.said
    many = [line(Person(str(n), n, f"{HOSTILE if n % 2 else LONG} {n}"[:80], "agent"), days=50) for n in range(1, 61)]
    people(carla, *many)
    assert len(carla.options()) == 60
    assert opens(answered(carla, "60"))[0] == "review_person"


# -------------------------------------------------------------------------------------------------------- one person


def test_d10_a_person_stands_beside_the_branch_and_the_goals(carla: Desk) -> None:
    rows = page(carla).options()
    assert rows[0].split("  ") == ["1", "Cases", "31", "27", "", ""]
    assert rows[1].startswith("2  On time  94%  37%  94%")
    assert rows[3].startswith("4  Follow-ups verified  80%  –  80%")
    assert "MX$385 of MX$500" in carla.screen()
    assert "none yet" in carla.screen()


@pytest.mark.parametrize(
    ("text", "which"),
    [("", "cases"), ("1", "cases"), ("2", "on_time"), ("3", "first_contact"), ("4", "verified"), ("5", "cost"),
     ("6", "exceptions")],
)  # fmt: skip
def test_d1_each_figure_of_a_person_opens_its_cases(carla: Desk, text: str, which: str) -> None:
    assert opens(answered(page(carla), text)) == ("review_cases", CasesOf(Behind(of("ana"), which)))


def test_d1_x_lists_the_exceptions_with_who_authorised_them(carla: Desk) -> None:
    assert opens(answered(page(carla), "x")) == ("review_exceptions", ExceptionsOf(of("ana")))


def test_d6_the_latest_thanks_are_on_the_page_and_a_long_one_is_shortened(carla: Desk) -> None:
    thanks = (News("p", "praise", "Carla Vega", HOSTILE * 20, NOW), News("q", "praise", "Carla Vega", "otra", NOW))
    assert "Carla Vega" in page(carla, praises=thanks).screen()
    assert latest_thanks(carla.talk, thanks).endswith("…”")


def test_f6_the_page_of_who_has_no_case_fits(carla: Desk) -> None:
    page(carla, counts=NO_COUNTS, before=NO_COUNTS, branch=NO_COUNTS)
    assert "2  On time  –  –  –" in "\n".join(carla.options())
