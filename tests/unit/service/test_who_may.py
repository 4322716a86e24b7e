"""E2: an agent changes no policy, no budget and nobody, and reads nothing of the review, by any command or question."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.review.review import ReviewService, answerers
from tests.desk import ANA, BRUNO, CARLA, facts
from tests.unit.service.conftest import Site

GUARDED = (
    f.PersonAdded, f.PersonRenamed, f.RoleChanged, f.PersonRetired, f.PersonReturned, f.PolicyPublished,
    f.BudgetAdjusted, f.PraiseGiven, f.SuggestionAnswered, f.CustomersMerged, f.MergeUndone, f.ExceptionAuthorised,
    f.ExceptionDeclined, f.PassedToSupervision, f.PinSet,
)  # fmt: skip
"""What nobody but a supervisor causes (a PIN of one's own apart, which is no command)."""


BASES = (c.StaffCommand, c.TeamCommand, c.CardCommand, c.CaseCommand)
COMMANDS = sorted(
    (x for x in vars(c).values() if isinstance(x, type) and issubclass(x, BASES) and x not in BASES),
    key=lambda kind: kind.__name__,
)


def sample(site: Site, kind: type, case: str, who: str) -> Any:
    """A value of a kind, with something that fits in each field."""
    now = site.clock.now()
    named = {
        "person": who, "name": "Otra Persona", "role": "supervisor", "reason": "feria", "case": case, "to": who,
        "text": "gracias", "words": "no", "adjustment": "a", "suggestion": "s", "answer": "accept", "customer": "k",
        "other": "l", "by": who, "compensation": "voucher", "about": "", "number": 1,
    }  # fmt: skip
    typed: dict[Any, Any] = {
        str: "x", int: 1, bool: True, datetime: datetime(2026, 3, 20, 18, tzinfo=UTC), date: now.date(),
        Money: Money(10_000, "MXN"), Money | None: Money(10_000, "MXN"), Scope: Scope(week_of(now.date())),
        Behind: Behind(Scope(week_of(now.date()))),
    }  # fmt: skip
    hints, values = get_type_hints(kind), {}
    for x in dataclasses.fields(kind):
        if x.name in named and hints[x.name] in (str, int):
            values[x.name] = named[x.name]
        elif x.default is dataclasses.MISSING and x.default_factory is dataclasses.MISSING:
            values[x.name] = typed[hints[x.name]]
    return kind(**values)


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
def test_e2_no_command_of_an_agent_does_what_is_supervisions(site: Site, kind: type) -> None:
    bruno, desk = site.desk(2), site.desk(1)
    mine, theirs = site.open(bruno, "Rosa Peña"), site.open(desk)
    for case in (mine, theirs):
        for who in (site.person(1).id, site.person(2).id, site.person(3).id, RESERVE):
            before = [x for x in facts(site.path) if isinstance(x, GUARDED)]
            budgets = [amounts(site, p) for p in (site.person(1).id, site.person(2).id, RESERVE)]
            done = bruno.execute(sample(site, kind, case, who), f"{kind.__name__}-{case}-{who}")
            if issubclass(kind, c.StaffCommand):
                assert done == r.SupervisorNeeded()
            assert [x for x in facts(site.path) if isinstance(x, GUARDED)] == before
            if kind is not c.GrantCompensation:
                assert [amounts(site, p) for p in (site.person(1).id, site.person(2).id, RESERVE)] == budgets


def amounts(site: Site, person: str) -> object:
    with site.store.reading() as tx:
        return tx.budget(person)


def test_e2_nor_the_door_of_people(site: Site) -> None:
    ana, before = site.person(1), facts(site.path)
    assert site.people.add("Delia Mora", "supervisor", "938271", by=ana) == r.SupervisorNeeded()
    assert site.people.renew_pin(3, "938271", by=ana) == r.SupervisorNeeded()
    assert site.people.signed(ana, ANA) == r.SupervisorNeeded()
    assert facts(site.path) == before


@pytest.mark.parametrize("kind", sorted(answerers(), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_e2_no_question_of_the_review_is_answered_to_an_agent(site: Site, kind: type[Query]) -> None:
    query = sample(site, kind, "CEN-1001", site.person(1).id)
    for number in (1, 2):
        assert review(site, number).look(query) == r.SupervisorNeeded()
    assert not isinstance(review(site, 3).look(query), r.SupervisorNeeded)


def review(site: Site, number: int) -> ReviewService:
    return ReviewService(site.store, site.policies, site.clock, site.person(number))


# --------------------------------------------------------------------------------------------- while they are signed in


def put_out(site: Site, number: int, command: type[c.StaffCommand], *rest: object) -> None:
    """Another supervisor decides it in another window."""
    made = site.people.add("Delia Mora", "supervisor", "938271", by=site.person(3))
    assert isinstance(made, Person)
    site.do(site.desk(made.number), command(site.person(number).id, *rest))


def test_e2_who_is_retired_meanwhile_does_nothing_more(site: Site) -> None:
    stale = site.desk(2)
    put_out(site, 2, c.RetirePerson)
    before = facts(site.path)
    assert stale.execute(c.OpenCase(site.clock.now(), name="Marta Ruiz"), "x") == r.NoLongerHere()
    assert stale.execute(c.Suggest("una idea"), "y") == r.NoLongerHere()
    assert stale.load("CEN-1001") == r.NoLongerHere()
    assert stale.customer("k") == r.NoLongerHere()
    assert stale.find("marta") == ()
    assert facts(site.path) == before


def test_e2_a_supervisor_who_is_none_any_more_looks_and_decides_no_longer(site: Site) -> None:
    desk, looking = site.desk(3), review(site, 3)
    (anything, *_) = answerers()
    query = sample(site, anything, "CEN-1001", "x")
    put_out(site, 3, c.ChangeRole, "agent")
    assert looking.look(query) == r.NotSupervisorNow()
    assert desk.execute(c.Praise(site.person(1).id, "gracias"), "x") == r.NotSupervisorNow()
    assert desk.execute(c.RenamePerson(site.person(1).id, "X"), "y") == r.NotSupervisorNow()
    assert isinstance(desk, DeskService)
    assert desk.day().suggestions == ()
    assert site.open(desk)  # what an agent may, they still may
    assert site.people.authorise(3, CARLA, by=site.person(1)) == r.SupervisorNeeded()


def test_e2_a_retired_supervisor_authorises_nothing_and_sees_nothing(site: Site) -> None:
    looking = review(site, 3)
    (anything, *_) = answerers()
    query = sample(site, anything, "CEN-1001", "x")
    put_out(site, 3, c.RetirePerson)
    assert looking.look(query) == r.NoLongerHere()
    assert site.people.authorise(3, CARLA, by=site.person(1)) == r.NumberRetired()


def test_e2_who_becomes_a_supervisor_may_at_once(site: Site) -> None:
    stale = site.desk(2)
    site.do(site.desk(3), c.ChangeRole(site.person(2).id, "supervisor"))
    site.do(stale, c.Praise(site.person(1).id, "gracias"))
    assert isinstance(site.people.enter(2, BRUNO), Person)
