"""E2, C4: who works here is a supervisor's to say; whoever leaves keeps their history, and leaves nobody waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.exceptions import Spending, SpendingOf
from mesa_recuperacion.domain.review.own import PersonOf, PersonPage
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.quick import glance
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.verify import verify
from tests.desk import ANA, BRUNO, CARLA, facts, journal
from tests.unit.service.conftest import Site

DELIA = "938271"


@pytest.fixture
def carla(site: Site) -> DeskService:
    return site.desk(3)


def second_supervisor(site: Site) -> Person:
    made = site.people.add("Delia Mora", "supervisor", DELIA, by=site.person(3))
    assert isinstance(made, Person)
    return made


def closed(site: Site, number: int) -> str:
    """A case that somebody has closed, with a promise, a follow-up and an area request that wait."""
    desk = site.desk(number)
    case = site.open(desk)
    policy = policy_of(site)
    problem = next(p for p in policy.problems if p.code == "missing_product")
    site.do(
        desk, c.SayStep(case, "apologise"), c.IdentifyProblem(case, problem.code),
        c.ChooseRemedy(case, problem.remedies[0].code), c.GrantCompensation(case, problem.compensations[0].code),
        c.MakePromise(case, site.clock.now() + timedelta(days=3)), c.ScheduleFollowUp(case, "5512340078"),
        c.AskArea(case, policy.areas[0].code, "que lo busquen"), c.CloseCase(case, True),
    )  # fmt: skip
    return case


def policy_of(site: Site):  # type: ignore[no-untyped-def]
    with site.store.reading() as tx:
        return site.policies.in_force(tx, site.clock.now())


def state(site: Site, case: str):  # type: ignore[no-untyped-def]
    with site.store.reading() as tx:
        found = tx.case_state(case)
    assert found is not None
    return found


def sent(desk: DeskService, command: c.Command, name: str = "once") -> Executed | r.Refusal:
    return desk.execute(command, name)


# ------------------------------------------------------------------------------------------------ names, roles, PINs


def test_e2_a_new_name_is_read_everywhere_and_is_a_fact(site: Site, carla: DeskService) -> None:
    bruno = site.person(2)
    site.do(carla, c.RenamePerson(bruno.id, "  Bruno   Díaz Soto \x1b[31m"))
    assert site.person(2).name == "Bruno Díaz Soto"
    assert facts(site.path, f.PersonRenamed) == [f.PersonRenamed(bruno.id, "Bruno Díaz Soto")]
    site.do(carla, c.RenamePerson(bruno.id, "Bruno Díaz Soto"))
    assert len(facts(site.path, f.PersonRenamed)) == 1


def test_e2_nobody_is_without_a_name(site: Site, carla: DeskService) -> None:
    assert sent(carla, c.RenamePerson(site.person(2).id, " \x00 ")) == r.TextMissing("name")
    assert site.people.add(" ", "agent", DELIA, by=site.person(3)) == r.TextMissing("name")


def test_e2_an_agent_becomes_a_supervisor_and_back(site: Site, carla: DeskService) -> None:
    ana = site.person(1)
    site.do(carla, c.ChangeRole(ana.id, "supervisor"), c.ChangeRole(ana.id, "supervisor"))
    assert site.person(1).role == "supervisor"
    site.do(carla, c.ChangeRole(ana.id, "agent"))
    assert facts(site.path, f.RoleChanged) == [f.RoleChanged(ana.id, "supervisor"), f.RoleChanged(ana.id, "agent")]
    assert sent(carla, c.ChangeRole(ana.id, "owner")) == r.NotAuthorised("owner")


def test_e2_the_last_supervisor_neither_retires_nor_becomes_an_agent(site: Site, carla: DeskService) -> None:
    me = site.person(3)
    for command in (c.RetirePerson(me.id), c.ChangeRole(me.id, "agent")):
        assert sent(carla, command) == r.LastSupervisor()
    delia = second_supervisor(site)
    site.do(site.desk(4), c.RetirePerson(me.id))
    for command in (c.RetirePerson(delia.id), c.ChangeRole(delia.id, "agent")):
        assert sent(site.desk(4), command) == r.LastSupervisor()


def test_e2_nobody_retires_or_demotes_themselves(site: Site, carla: DeskService) -> None:
    second_supervisor(site)
    me = site.person(3)
    for command in (c.RetirePerson(me.id), c.ChangeRole(me.id, "agent")):
        assert sent(carla, command) == r.NotYourself()
    site.do(site.desk(4), c.ChangeRole(me.id, "agent"))
    assert site.person(3).role == "agent"


def test_e2_two_supervisors_cannot_put_each_other_out(site: Site, carla: DeskService) -> None:
    delia = second_supervisor(site)
    theirs = site.desk(4)
    site.do(carla, c.ChangeRole(delia.id, "agent"))
    assert sent(theirs, c.ChangeRole(site.person(3).id, "agent")) == r.NotSupervisorNow()
    assert site.person(3).role == "supervisor"


def test_e2_the_supervisor_signs_with_their_own_pin(site: Site) -> None:
    carla = site.person(3)
    assert site.people.signed(carla, ANA) == r.WrongPin(4)
    assert site.people.signed(carla, CARLA) is None
    assert site.people.signed(site.person(1), ANA) == r.SupervisorNeeded()
    for _ in range(4):
        site.people.signed(carla, "000000")
    assert isinstance(site.people.signed(carla, "000000"), r.LockedOut)
    assert isinstance(site.people.signed(carla, CARLA), r.LockedOut)
    assert isinstance(site.people.enter(3, CARLA), r.LockedOut)


@pytest.mark.parametrize("change", ["agent", "retired"])
def test_e2_who_is_no_supervisor_any_more_adds_nobody_and_sets_no_pin(site: Site, change: str) -> None:
    delia = second_supervisor(site)
    stale = site.person(3)
    gone = c.RetirePerson(stale.id) if change == "retired" else c.ChangeRole(stale.id, "agent")
    site.do(site.desk(delia.number), gone)
    expected = r.NoLongerHere() if change == "retired" else r.NotSupervisorNow()
    assert site.people.add("Ed Poe", "agent", "517394", by=stale) == expected
    assert site.people.renew_pin(1, "517394", by=stale) == expected
    assert site.people.signed(stale, CARLA) == expected
    assert isinstance(site.people.enter(1, ANA), Person)


# -------------------------------------------------------------------------------------------------------- retiring


def test_e2_a_retired_person_does_not_enter_and_is_not_listed(site: Site, carla: DeskService) -> None:
    bruno = site.person(2)
    site.do(carla, c.RetirePerson(bruno.id))
    before = facts(site.path)
    assert site.people.enter(2, BRUNO) == r.NumberRetired()
    assert site.people.enter(2, "000000") == r.NumberRetired()
    assert facts(site.path) == before
    seen = glance(site.path)
    assert [p.number for p in seen.people] == [1, 3]
    assert [(p.number, p.name, p.retired) for p in seen.former] == [(2, "Bruno Díaz", True)]
    assert site.people.authorise(2, BRUNO, by=site.person(1)) == r.NumberRetired()
    assert site.people.renew_pin(2, DELIA, by=site.person(3)) == r.NobodyThere()
    assert site.people.change_pin(bruno, BRUNO, DELIA) == r.NoLongerHere()


def test_e2_their_number_is_not_given_to_another(site: Site, carla: DeskService) -> None:
    delia = second_supervisor(site)
    site.do(carla, c.RetirePerson(delia.id))
    made = site.people.add("Ed Poe", "agent", "517394", by=site.person(3))
    assert isinstance(made, Person)
    assert made.number == 5


def test_e2_somebody_comes_back_with_their_number_and_pin(site: Site, carla: DeskService) -> None:
    bruno = site.person(2)
    assert sent(carla, c.ReturnPerson(bruno.id)) == r.NobodyThere()
    site.do(carla, c.RetirePerson(bruno.id))
    for command in (c.RetirePerson(bruno.id), c.RenamePerson(bruno.id, "X"), c.ChangeRole(bruno.id, "supervisor")):
        assert sent(carla, command) == r.NobodyThere()
    site.do(carla, c.ReturnPerson(bruno.id))
    assert site.people.enter(2, BRUNO) == bruno


def test_c4_who_has_open_cases_hands_them_over_first(site: Site, carla: DeskService) -> None:
    bruno = site.person(2)
    desk = site.desk(2)
    first, second = site.open(desk), site.open(desk, "Rosa Peña")
    site.do(desk, c.ParkCase(first))
    before = facts(site.path)
    assert sent(carla, c.RetirePerson(bruno.id)) == r.HasOpenCases((first, second))
    assert facts(site.path) == before


def test_c7_a_supervisor_takes_over_what_somebody_has_open(site: Site, carla: DeskService) -> None:
    bruno, me = site.person(2), site.person(3)
    desk = site.desk(2)
    parked, opened = site.open(desk), site.open(desk, "Rosa Peña")
    site.do(desk, c.ParkCase(parked))
    assert sent(carla, c.TakeCases(me.id)) == r.NobodyThere()
    site.do(carla, c.TakeCases(bruno.id))
    for case in (parked, opened):
        now = state(site, case)
        assert (now.owner, now.status, now.offer, now.hand_overs) == (me.id, "parked", None, 1)
        contact = now.next_contact()
        assert contact is not None
        assert contact.owner == me.id
    assert [item.case for item in carla.day().open] == [parked, opened]
    assert sent(desk, c.SayStep(opened, "apologise")) == r.NotYours(me.id)
    assert sent(carla, c.TakeCases(bruno.id)) == r.NoOpenCases("Bruno Díaz")
    site.do(carla, c.RetirePerson(bruno.id))


def test_c4_what_they_still_owe_goes_to_supervision_who_can_answer_it(site: Site, carla: DeskService) -> None:
    bruno = site.person(2)
    case = closed(site, 2)
    owed = state(site, case).waiting()
    assert {type(x).__name__ for x in owed} == {"Promise", "FollowUp", "AreaRequest"}
    site.do(carla, c.RetirePerson(bruno.id))
    now = state(site, case)
    assert now.owner == bruno.id  # whose it was stays written
    assert {x.owner for x in now.waiting()} == {SUPERVISION}
    site.clock.advance(4 * 86_400)
    assert {item.id for item in carla.day().agenda} == {x.id for x in owed}
    assert site.desk(1).day().agenda == ()
    (promise,) = (p for p in now.promises if p.status == "pending")
    (request,) = now.requests
    (asked,) = (u for u in now.follow_ups if u.status == "pending")
    answers = (
        c.AnswerPromise(case, promise.id, "kept"), c.AnswerArea(case, request.id, "ya está"),
        c.AnswerFollowUp(case, asked.id, "satisfied"),
    )  # fmt: skip
    for command in answers:
        assert sent(site.desk(1), command) == r.NotYours(bruno.id)
    site.do(carla, *answers)
    assert carla.day().agenda == ()


def test_c4_a_request_of_theirs_is_answered_before_it_is_late(site: Site, carla: DeskService) -> None:
    case = closed(site, 2)
    site.do(carla, c.RetirePerson(site.person(2).id))
    (request,) = state(site, case).requests
    site.do(carla, c.AnswerArea(case, request.id, "ya está"))


def test_c6_a_customer_of_theirs_who_is_not_satisfied_is_the_supervisors(site: Site, carla: DeskService) -> None:
    case = closed(site, 2)
    site.do(carla, c.RetirePerson(site.person(2).id))
    (asked,) = (u for u in state(site, case).follow_ups if u.status == "pending")
    site.clock.advance(4 * 86_400)
    site.do(carla, c.AnswerFollowUp(case, asked.id, "not_satisfied", "sigue sin llegar"))
    now = state(site, case)
    assert (now.status, now.owner) == ("open", site.person(3).id)


def test_d12_a_promise_of_theirs_that_breaks_opens_the_task_for_supervision(site: Site, carla: DeskService) -> None:
    case = closed(site, 2)
    site.do(carla, c.RetirePerson(site.person(2).id))
    (promise,) = (p for p in state(site, case).promises if p.status == "pending")
    site.clock.advance(4 * 86_400)
    later = policy_of(site).hours.next_open(site.clock.now() + timedelta(days=1))
    site.do(carla, c.AnswerPromise(case, promise.id, "not_yet", later))
    waiting = state(site, case).waiting()
    assert {getattr(x, "purpose", "promise") for x in waiting} >= {"promise", "retain"}
    assert site.person(2).id not in {x.owner for x in waiting}


def test_c7_what_was_offered_to_them_is_offered_no_longer(site: Site, carla: DeskService) -> None:
    ana = site.desk(1)
    case = site.open(ana)
    site.do(ana, c.HandOver(case, site.person(2).id, "shift"))
    site.do(carla, c.RetirePerson(site.person(2).id))
    assert state(site, case).offer is None
    assert ana.day().open[0].offered_to == ""
    assert sent(ana, c.HandOver(case, site.person(2).id, "shift"), "again") == r.NobodyThere()


def test_d6_nobody_thanks_who_is_gone_and_their_own_thanks_keep_their_name(site: Site, carla: DeskService) -> None:
    delia = second_supervisor(site)
    site.do(site.desk(4), c.Praise(site.person(1).id, "Gracias, Ana"))
    site.do(carla, c.RetirePerson(delia.id))
    assert sent(carla, c.Praise(delia.id, "Gracias")) == r.NobodyThere()
    (news,) = site.desk(1).day().news
    assert news.by == "Delia Mora"


def test_e1_all_of_it_is_one_command_that_is_verified_and_made_again(site: Site, carla: DeskService) -> None:
    first, second = closed(site, 2), closed(site, 2)
    assert isinstance(sent(carla, c.RetirePerson(site.person(2).id), "retire"), Executed)
    length = len(facts(site.path))
    assert isinstance(sent(carla, c.RetirePerson(site.person(2).id), "retire"), Executed)  # the same command, again
    assert len(facts(site.path)) == length
    with site.store.reading() as tx:
        lines = [entry for entry in journal(tx) if entry.command == "retire"]
    assert [type(entry.fact) for entry in lines] == [f.PersonRetired, f.PassedToSupervision, f.PassedToSupervision]
    assert {entry.case for entry in lines} == {"", first, second}
    assert verify(site.store).sound
    rebuild(site.store)
    assert verify(site.store).sound
    assert [p.number for p in glance(site.path).people] == [1, 3]


def test_d2_a_corrective_action_of_theirs_is_supervisions_too(site: Site, carla: DeskService) -> None:
    closed(site, 1)
    week = Scope(week_of(site.clock.now().date()))
    site.do(carla, c.BeginAnalysis(Behind(week), "No se revisó"))
    (begun,) = (x.analysis for x in facts(site.path, f.AnalysisBegun))  # type: ignore[attr-defined]
    bruno, due = site.person(2), site.clock.now() + timedelta(days=2)
    site.do(carla, *(c.AnswerWhy(begun, number, "Nadie lo dijo") for number in (2, 3, 4, 5)))
    site.do(
        carla, c.AnswerWhy(begun, 2, "No hay lista"), c.NameCause(begun, "Nadie cuenta"),
        c.ChooseFamily(begun, "process"), c.NameAction(begun, "Contar dos"), c.OwnAction(begun, bruno.id),
        c.DateAction(begun, due),
    )  # fmt: skip
    site.clock.advance(3 * 86_400)
    assert [item.id for item in site.desk(2).day().agenda] == [begun]
    site.do(carla, c.RetirePerson(bruno.id))
    assert begun in [item.id for item in carla.day().agenda]
    site.do(carla, c.AnswerAction(begun, True, "Hecho"))
    assert begun not in [item.id for item in carla.day().agenda]
    assert verify(site.store).sound


def test_e2_who_left_stays_named_in_the_review_while_they_have_figures(site: Site, carla: DeskService) -> None:
    closed(site, 2)
    bruno, week = site.person(2), Scope(week_of(site.clock.now().date()))
    site.do(carla, c.RetirePerson(bruno.id), c.RetirePerson(site.person(1).id))
    review = ReviewService(site.store, site.policies, site.clock, site.person(3))
    board = review.look(BoardOf(week))
    assert isinstance(board, Board)
    assert [(x.person.name, x.retired, x.counts.cases) for x in board.people] == [
        ("Bruno Díaz", True, 1), ("Carla Vega", False, 0),
    ]  # fmt: skip
    spent = review.look(SpendingOf(bruno.id))
    assert isinstance(spent, Spending)
    assert spent.name == "Bruno Díaz"
    page = review.look(PersonOf(replace(week, filter=Filter(bruno.id))))
    assert isinstance(page, PersonPage)
    assert page.person.name == "Bruno Díaz"
