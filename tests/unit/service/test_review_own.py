"""D6, D10, E2: one person's figures, for supervision and for themselves."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace
from datetime import date

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.refusals import NobodyThere, SupervisorNeeded
from mesa_recuperacion.domain.review.own import PRAISES, Own, PersonOf, PersonPage
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.service.review.own import OwnService
from mesa_recuperacion.service.review.review import ReviewService
from tests.desk import ANA, BRUNO, Desk
from tests.unit.service.conftest import Site

WEEK = week_of(date(2026, 3, 11))


def own(site: Site, number: int) -> Own:
    seen = OwnService(site.store, site.policies, site.clock, site.person(number)).own()
    assert isinstance(seen, Own)
    return seen


def person(site: Site, number: int, who: str) -> object:
    service = ReviewService(site.store, site.policies, site.clock, site.person(number))
    return service.look(PersonOf(Scope(WEEK, Filter(who))))


def closed(site: Site, *agents: tuple[int, str]) -> None:
    """A standard call of another customer closed by each."""
    for name, (number, pin) in zip(("Marta Ruiz", "Luis Paz", "Inés Gil"), agents, strict=False):
        desk = Desk(site.path, site.clock).sign_in(number, pin).standard_call(name).say("s")
        assert desk.stage == "idle", desk.said
        desk.close()


def test_e2_everybody_is_told_their_own_figures_and_nobody_elses(site: Site) -> None:
    closed(site, (1, ANA), (1, ANA), (2, BRUNO))
    assert [own(site, n).week.cases for n in (1, 2, 3)] == [2, 1, 0]
    assert own(site, 1).week == own(site, 1).month
    assert own(site, 1).person == site.person(1)


def test_e2_the_service_takes_nobodys_name() -> None:
    assert list(inspect.signature(OwnService.own).parameters) == ["self"]
    assert {field.name for field in fields(Own)} == {"person", "week", "month", "praises"}


def test_d10_a_week_that_is_over_stays_in_its_month(site: Site) -> None:
    closed(site, (1, ANA))
    site.clock.advance(7 * 86_400)
    assert (own(site, 1).week.cases, own(site, 1).month.cases) == (0, 1)
    site.clock.advance(30 * 86_400)
    assert (own(site, 1).week.cases, own(site, 1).month.cases) == (0, 0)


def test_d6_the_latest_thanks_come_first_and_only_ones_own(site: Site) -> None:
    carla, ana, bruno = site.desk(3), site.person(1), site.person(2)
    for n in range(PRAISES + 2):
        site.do(carla, c.Praise(ana.id, f"gracias {n}"))
        site.clock.advance(60)
    site.do(carla, c.Praise(bruno.id, "otra cosa"))
    assert [one.text for one in own(site, 1).praises] == [f"gracias {n}" for n in range(PRAISES + 1, 1, -1)]
    assert [one.text for one in own(site, 2).praises] == ["otra cosa"]


def test_d10_a_supervisor_sees_one_person_beside_the_branch(site: Site) -> None:
    closed(site, (1, ANA), (1, ANA), (2, BRUNO))
    ana = site.person(1)
    page = person(site, 3, ana.id)
    assert isinstance(page, PersonPage)
    assert (page.person, page.counts.cases, page.branch.cases, page.before.cases) == (ana, 2, 3, 0)
    assert page.budget.left == page.budget.funded - page.budget.spent
    assert page.budget.spent == Money(16_000, "MXN")
    later = ReviewService(site.store, site.policies, site.clock, site.person(3)).look(
        PersonOf(Scope(WEEK.shifted(1), Filter(ana.id)))
    )
    assert isinstance(later, PersonPage)
    assert (later.counts.cases, later.before.cases) == (0, 2)


def test_d10_the_filter_of_a_problem_holds_for_the_branch_as_well(site: Site) -> None:
    closed(site, (1, ANA), (2, BRUNO))
    scope = Scope(WEEK, Filter(site.person(1).id, "billing_error"))
    page = ReviewService(site.store, site.policies, site.clock, site.person(3)).look(PersonOf(scope))
    assert isinstance(page, PersonPage)
    assert (page.counts.cases, page.branch.cases) == (0, 0)
    page = ReviewService(site.store, site.policies, site.clock, site.person(3)).look(
        PersonOf(replace(scope, filter=replace(scope.filter, problem="missing_product")))
    )
    assert isinstance(page, PersonPage)
    assert (page.counts.cases, page.branch.cases) == (1, 2)


def test_e2_an_agent_is_refused_anybodys_page_even_their_own(site: Site) -> None:
    for who in (1, 2):
        assert person(site, 1, site.person(who).id) == SupervisorNeeded()


def test_d6_nobody_of_that_reference_is_refused_kindly(site: Site) -> None:
    assert person(site, 3, "nobody") == NobodyThere()
