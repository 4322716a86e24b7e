"""D4: the ends of what was given for a problem, and the cases in which no problem was noted."""

from __future__ import annotations

from datetime import date

from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.refusals import SupervisorNeeded
from mesa_recuperacion.domain.review.cases import Cases, CasesOf
from mesa_recuperacion.domain.review.outliers import ENDS, Outliers, OutliersOf
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.review.totals import Bar
from mesa_recuperacion.service.review.review import ReviewService
from tests.desk import Desk
from tests.unit.service.conftest import Site

WEEK = Scope(week_of(date(2026, 3, 11)))
MISSING = "missing_product"


def review(site: Site, number: int = 3) -> ReviewService:
    return ReviewService(site.store, site.policies, site.clock, site.person(number))


def given(site: Site, *choices: str) -> list[str]:
    """Ana closes a case about a missing product for each customer, with the gesture of that number; the folios."""
    desk, made = Desk(site.path, site.clock).sign_in(), []
    for name, choice in zip(("Marta Ruiz", "Luis Paz", "Inés Gil", "Hugo Sáenz", "Eva Luna"), choices, strict=False):
        desk.open_case(name).say("", "3", "", "", choice)
        if choice == "0":
            desk.say("no hizo falta")
        desk.say("", "5512340078")
        made.append(desk.folio)
        desk.say("s")
        assert desk.stage == "idle", (desk.stage, desk.said)
        site.clock.advance(60)
    desk.close()
    return made


def outliers(site: Site, problem: str = MISSING, scope: Scope = WEEK) -> Outliers:
    seen = review(site).look(OutliersOf(scope, problem))
    assert isinstance(seen, Outliers)
    return seen


def test_d4_the_cases_that_were_given_least_and_most_are_named(site: Site) -> None:
    folios = given(site, "2", "0", "2", "0")
    seen = outliers(site)
    assert seen.bars == seen.new == (Bar(0, 2), Bar(8_000, 2))
    assert [line.folio for line in seen.least] == [folios[3], folios[1]], "the latest first"
    assert [line.folio for line in seen.most] == [folios[2], folios[0]]
    assert {line.given for line in seen.most} == {8_000}
    assert {line.person for line in (*seen.least, *seen.most)} == {"Ana Torres"}


def test_d4_where_all_were_given_the_same_there_is_one_end_only(site: Site) -> None:
    given(site, *["2"] * (ENDS + 1))
    seen = outliers(site)
    assert (len(seen.least), seen.most) == (ENDS, ())


def test_d4_of_no_case_there_are_no_ends(site: Site) -> None:
    given(site, "2")
    for seen in (outliers(site, "billing_error"), outliers(site, scope=Scope(WEEK.period.shifted(-1)))):
        assert (seen.bars, seen.least, seen.most) == ((), (), ())


def test_d4_whatever_the_filter_says_the_problem_asked_for_is_meant(site: Site) -> None:
    given(site, "2")
    assert outliers(site, scope=Scope(WEEK.period, Filter(problem="billing_error"))).bars == (Bar(8_000, 1),)
    assert outliers(site, scope=Scope(WEEK.period, Filter(person=site.person(2).id))).bars == ()


def test_d1_cases_without_a_problem_are_listed_by_themselves(site: Site) -> None:
    """The empty code is one of the problems: those in which none was noted, not all of them."""
    given(site, "2")
    service = review(site)
    seen = service.look(CasesOf(Behind(WEEK, problems=("",))))
    assert isinstance(seen, Cases)
    assert (seen.lines, seen.total) == ((), 0)
    everything = service.look(CasesOf(Behind(WEEK)))
    assert isinstance(everything, Cases)
    assert (len(everything.lines), everything.total) == (1, 1)
    of_choice = service.look(CasesOf(Behind(WEEK, problems=("",), choice=("compensation", "voucher"))))
    assert isinstance(of_choice, Cases)
    assert of_choice.lines == ()


def test_e2_agents_are_refused(site: Site) -> None:
    assert review(site, 1).look(OutliersOf(WEEK, MISSING)) == SupervisorNeeded()
