"""What counts where, for whom and for how long (rules C6, C7, D1, D4, D8, E2)."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.period import Period, day_of, month_of
from mesa_recuperacion.domain.refusals import SupervisorNeeded
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.cases import Case, CaseOf, Cases, CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.review.totals import EquityOf
from mesa_recuperacion.service.desk import Executed
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.verify import verify
from tests.desk import NOW
from tests.unit.service.conftest import Site

TODAY = day_of(NOW.date())


def review(site: Site, number: int = 3) -> ReviewService:
    return ReviewService(site.store, site.policies, site.clock, site.person(number))


def board(site: Site, period: Period = TODAY, **of: str) -> Board:
    answer = review(site).look(BoardOf(Scope(period, Filter(**of))))
    assert isinstance(answer, Board)
    return answer


def closed(site: Site, number: int = 1, problem: str = "missing_product") -> str:
    desk = site.desk(number)
    case = site.open(desk)
    site.do(desk, c.IdentifyProblem(case, problem), c.CloseCase(case, True))
    return case


def tell(site: Site, *facts: f.Fact, case: str = "") -> None:
    with site.store.writing() as tx:
        named = [(case, fact) for fact in facts]
        tx.append(command=site.new_id(), actor=site.person(3).id, policy=1, at=site.clock.now(), facts=named)


def test_e2_whoever_is_no_supervisor_is_refused(site: Site) -> None:
    assert review(site, 1).look(BoardOf(Scope(TODAY))) == SupervisorNeeded()
    assert review(site, 1).look(EquityOf(Scope(TODAY))) == SupervisorNeeded()


def test_d1_an_empty_branch_has_an_empty_board(site: Site) -> None:
    empty = board(site)
    assert (empty.counts.cases, empty.causes, empty.spreads, empty.due, empty.risk) == (0, (), (), (), ())
    assert (empty.nearest, empty.suggestions, empty.waiting) == (None, (), 0)
    assert [line.person.name for line in empty.people] == ["Ana Torres", "Bruno Díaz", "Carla Vega"]
    assert {line.praised_at for line in empty.people} == {None}


def test_d1_a_case_counts_for_whoever_closed_it_first_and_on_that_day(site: Site) -> None:
    case = closed(site)
    site.clock.advance(3 * 86_400)
    with site.store.reading() as tx:
        state = tx.case_state(case)
    assert state is not None
    verify = next(u.id for u in state.follow_ups if u.purpose == "verify")
    site.do(site.desk(), c.AnswerFollowUp(case, verify, "not_satisfied", "no llegó"))
    site.do(site.desk(), c.HandOver(case, site.person(2).id, "shift"))
    site.do(site.desk(2), c.AcceptCase(case), c.ResumeCase(case), c.CloseCase(case, True))
    then = board(site)
    by_name = {line.person.name: line.counts for line in then.people}
    assert (by_name["Ana Torres"].cases, by_name["Bruno Díaz"].cases) == (1, 0)
    assert (then.counts.reopened, then.counts.hand_overs, then.counts.first_contact) == (1, 1, 0)
    assert (then.counts.not_satisfied, then.counts.silences) == (1, 1)
    assert board(site, day_of(site.clock.now().date())).counts.cases == 0


def test_d1_where_nothing_was_counted_the_nearest_period_that_has_something_is_offered(site: Site) -> None:
    closed(site)
    assert board(site, TODAY.shifted(-40)).nearest == TODAY
    assert board(site, month_of(TODAY.first).shifted(7)).nearest == month_of(TODAY.first)
    assert board(site, TODAY.shifted(1), problem="billing_error").nearest is None
    assert board(site, TODAY, problem="missing_product").nearest is None


def test_d8_nobody_could_reach_the_customer_once_supervision_has_the_call(site: Site) -> None:
    case = closed(site)
    with site.store.reading() as tx:
        retries = site.policies.in_force(tx, site.clock.now()).retries
    for asked in range(retries + 1):
        assert board(site).counts.unreached == 0, asked
        with site.store.reading() as tx:
            state = tx.case_state(case)
        assert state is not None
        pending = next(u.id for u in state.follow_ups if u.status == "pending" and u.purpose == "verify")
        site.clock.advance(86_400)
        site.do(site.desk(), c.AnswerFollowUp(case, pending, "no_answer"))
    counts = board(site).counts
    assert (counts.follow_ups, counts.unreached, counts.satisfied, counts.not_satisfied) == (1, 1, 0, 0)


def test_d4_a_customer_is_new_once(site: Site) -> None:
    case = closed(site)
    with site.store.reading() as tx:
        state = tx.case_state(case)
    assert state is not None
    site.clock.advance(200 * 86_400)
    again = site.do(site.desk(), c.OpenCase(site.clock.now(), customer=state.customer)).file
    assert again is not None
    site.do(site.desk(), c.IdentifyProblem(again.state.folio, "missing_product"), c.CloseCase(again.state.folio, True))
    found = board(site, Period("span", TODAY.first, site.clock.now().date()))
    told = {(s.standing, s.n) for s in found.spreads if s.problem == "missing_product"}
    assert told == {("", 2), ("new", 1), ("known", 1)}
    assert found.counts.repeats == 0


def test_c8_a_problem_that_comes_back_changes_the_day_on_which_it_was_first_solved(site: Site) -> None:
    case = closed(site)
    with site.store.reading() as tx:
        state = tx.case_state(case)
    assert state is not None
    site.clock.advance(3 * 86_400)
    bruno = site.desk(2)
    opened = site.do(bruno, c.OpenCase(site.clock.now(), customer=state.customer)).file
    assert opened is not None
    later, again = opened.state.folio, c.IdentifyProblem(opened.state.folio, "missing_product")
    assert board(site).counts.first_contact == 1
    told = bruno.execute(again, "again")
    assert bruno.execute(again, "again") == told
    assert isinstance(told, Executed)
    assert told.file is not None
    assert told.file.state.folio == later
    assert board(site).counts.first_contact == 0
    assert {line.person.name: line.counts.first_contact for line in board(site).people}["Ana Torres"] == 0
    behind = review(site).look(CasesOf(Behind(Scope(TODAY), "not_first_contact")))
    assert isinstance(behind, Cases)
    assert [line.folio for line in behind.lines] == [case]
    read = review(site).look(CaseOf(case))
    assert isinstance(read, Case)
    assert read.entries[-1].fact == f.CaseRepeated(later)
    site.do(bruno, c.UndoLast(later), c.UndoLast(later))
    assert board(site).counts.first_contact == 1
    assert verify(site.store).sound


def test_e2_whoever_no_longer_works_here_is_listed_while_they_have_figures(site: Site) -> None:
    closed(site, 2)
    tell(site, f.PersonRetired(site.person(2).id))
    names = {line.person.name: line.retired for line in board(site).people}
    assert names == {"Ana Torres": False, "Bruno Díaz": True, "Carla Vega": False}
    assert "Bruno Díaz" not in {line.person.name for line in board(site, TODAY.shifted(-3)).people}


def test_d1_a_withdrawn_case_is_nowhere(site: Site) -> None:
    desk = site.desk()
    case = site.open(desk)
    before = board(site)
    site.do(desk, c.UndoLast(case))
    assert replace(board(site), due=()) == replace(before, due=())
    assert board(site).counts.cases == 0
