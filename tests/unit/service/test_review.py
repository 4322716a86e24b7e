"""The door of the review, and its long lists in a branch that really works (rules B4, C4, D3, D12, E1, E2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.period import day_of
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.cases import Case, CaseOf, Cases, CasesOf
from mesa_recuperacion.domain.review.due import Due, DueOf
from mesa_recuperacion.domain.review.exceptions import Exceptions, ExceptionsOf, Spending, SpendingOf
from mesa_recuperacion.domain.review.risk import Risk, RiskOf
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.service.desk import Executed
from mesa_recuperacion.service.review.review import ReviewService, answerers
from tests.desk import NOW, shipped
from tests.unit.service.conftest import Site

A = TypeVar("A", bound=Answer)
TODAY = Scope(day_of(date(2026, 3, 11)))


def review(site: Site, number: int = 3) -> ReviewService:
    return ReviewService(site.store, site.policies, site.clock, site.person(number))


def look(site: Site, query: Query, kind: type[A]) -> A:
    answer = review(site).look(query)
    assert isinstance(answer, kind), answer
    return answer


@pytest.mark.parametrize("kind", sorted(answerers(), key=str))
def test_e2_no_question_of_the_review_is_answered_to_an_agent(site: Site, kind: type[Query]) -> None:
    """Whatever it asks: it is refused before it is looked at."""
    blank: Any = object.__new__(kind)
    assert review(site, 1).look(blank) == r.SupervisorNeeded()


def served(site: Site, number: int = 1, customer: str = "", *, satisfied: bool = True) -> str:
    """A whole case."""
    desk = site.desk(number)
    if customer:
        opened = site.do(desk, c.OpenCase(site.clock.now(), customer=customer)).file
        assert opened is not None
        case = opened.state.folio
    else:
        case = site.open(desk)
    problem = shipped().problems[0]
    commands = (
        c.IdentifyProblem(case, problem.code), c.ChooseRemedy(case, problem.remedies[0].code),
        c.DeclineCompensation(case, "no hizo falta"), c.MakePromise(case, site.clock.now() + timedelta(days=1)),
        c.CloseCase(case, satisfied),
    )  # fmt: skip
    site.do(desk, *commands)
    return case


def test_d1_a_closed_case_is_behind_its_figure_whole_and_proved(site: Site) -> None:
    case = served(site)
    cases = look(site, CasesOf(Behind(TODAY)), Cases)
    assert ([line.folio for line in cases.lines], cases.total) == ([case], 1)
    (line,) = cases.lines
    assert (line.customer, line.person, line.given, line.status) == ("Marta Ruiz Soto", "Ana Torres", 0, "closed")
    assert line.satisfied is None
    whole = look(site, CaseOf(case, Behind(TODAY)), Case)
    assert whole.proof.is_intact
    assert (whole.before, whole.after) == ("", "")
    assert dict(whole.people)[site.person(1).id] == "Ana Torres"
    assert whole.file.policy is not None
    assert whole.file.policy.version == 1


def test_d1_a_case_that_is_not_there_is_refused(site: Site) -> None:
    assert review(site).look(CaseOf("CEN-1999")) == r.UnknownCase("CEN-1999")


def test_d3_d12_a_second_complaint_is_on_the_list_with_the_call_that_opened_by_itself(site: Site) -> None:
    first = served(site)
    assert look(site, RiskOf(), Risk).lines == ()
    customer = look(site, CaseOf(first), Case).file.state.customer
    site.clock.advance(3600)
    second = served(site, 1, customer)
    risk = look(site, RiskOf(), Risk)
    (line,) = risk.lines
    assert (line.customer, line.name, line.complaints, line.case) == (customer, "Marta Ruiz Soto", 2, second)
    assert (line.reasons, line.retaining, risk.total) == (("repeat",), True, 1)
    assert line.call is not None
    assert (line.call.kind, line.call.owner, line.call.case) == ("retain", "", second)
    calls = look(site, DueOf(SUPERVISION, kind="retain"), Due).lines
    assert [(due.item.id, due.owner, due.answerable) for due in calls] == [(line.call.id, SUPERVISION, True)]
    board = look(site, BoardOf(TODAY), Board)
    assert (board.risk, board.at_risk) == ((line,), 1)
    site.clock.advance(86_400 * (shipped().risk_days + 1))
    assert look(site, RiskOf(), Risk).lines == ()


def test_c4_a_promise_that_nobody_answered_is_overdue_and_no_fact_says_it_was_broken(site: Site) -> None:
    case = served(site)
    site.clock.advance(86_400 * 2)
    (line,) = look(site, DueOf(overdue_only=True, kind="promise"), Due).lines
    assert (line.item.case, line.item.owner, line.overdue, line.answerable) == (case, "Ana Torres", True, False)
    assert look(site, CaseOf(case), Case).file.state.promises[0].status == "pending"
    assert look(site, RiskOf(), Risk).lines == ()


def test_c4_a_parked_case_is_listed_once_its_owner_should_have_come_back(site: Site) -> None:
    desk = site.desk()
    case = site.open(desk)
    site.do(desk, c.ParkCase(case))
    assert look(site, DueOf(), Due).lines == ()
    site.clock.advance(86_400)
    (line,) = look(site, DueOf(), Due).lines
    assert (line.item.kind, line.item.case, line.overdue, line.answerable) == ("return", case, True, False)


def test_b4_an_exception_says_how_much_it_passed_the_cap_who_answered_and_why(site: Site) -> None:
    desk, policy = site.desk(), shipped()
    case = site.open(desk)
    amount = policy.case_cap + Money(500, policy.currency)
    asked = c.AskException(case, "own", amount, "lleva dos meses", NOW + timedelta(hours=3))
    site.do(desk, c.IdentifyProblem(case, policy.problems[0].code), asked)
    (line,) = look(site, ExceptionsOf(TODAY), Exceptions).lines
    assert (line.folio, line.person, line.over_cap, line.reason) == (case, "Ana Torres", 500, "lleva dos meses")
    assert (line.status, line.by, line.answered_at) == ("waiting", "", None)
    (due,) = look(site, DueOf(kind="exception"), Due).lines
    assert (due.item.case, due.owner, due.answerable) == (case, SUPERVISION, True)
    site.clock.advance(60)
    assert isinstance(site.desk(3).execute(c.AnswerException(case, False, "mañana sí"), "no"), Executed)
    (line,) = look(site, ExceptionsOf(TODAY), Exceptions).lines
    assert (line.status, line.by, line.answer) == ("declined", "Carla Vega", "mañana sí")
    assert look(site, ExceptionsOf(Scope(day_of(date(2026, 3, 12)))), Exceptions).lines == ()


def test_b4_what_the_reserve_paid_is_listed_until_its_closing_is_undone(site: Site) -> None:
    desk, policy = site.desk(), shipped()
    case = site.open(desk)
    amount = policy.case_cap + Money(500, policy.currency)
    site.do(
        desk, c.IdentifyProblem(case, policy.problems[0].code),
        c.AskException(case, "own", amount, "lleva dos meses", NOW + timedelta(hours=3)),
    )  # fmt: skip
    assert isinstance(site.desk(3).execute(c.AnswerException(case, True, ""), "yes"), Executed)
    assert look(site, SpendingOf(RESERVE), Spending).lines == ()
    site.do(desk, c.CloseCase(case, True))
    paid = look(site, SpendingOf(RESERVE), Spending)
    (line,) = paid.lines
    assert (line.folio, line.amount, line.person, line.compensation) == (case, amount.minor, "Ana Torres", "own")
    assert paid.budget is not None
    assert (paid.name, paid.budget.spent) == ("", amount)
    site.do(desk, c.UndoLast(case, "close"))
    assert look(site, SpendingOf(RESERVE), Spending).lines == ()
    assert look(site, ExceptionsOf(TODAY), Exceptions).lines[0].status == "granted"


def test_b3_a_budget_that_was_never_funded_paid_nothing(site: Site) -> None:
    never = look(site, SpendingOf(site.person(2).id, "1999-01"), Spending)
    assert (never.name, never.period, never.budget, never.lines) == ("Bruno Díaz", "1999-01", None, ())
