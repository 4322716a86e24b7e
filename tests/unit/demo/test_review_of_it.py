"""What supervision finds in the invented branch: something to say in every panel, this week and the one before."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from mesa_recuperacion.demo.prepare import CASES
from mesa_recuperacion.dialogue.review.people import UNTHANKED, days_without
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.period import Period, month_of, week_of
from mesa_recuperacion.domain.review.analyses import Analyses, AnalysesOf, Result, ResultOf
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.budgets import Changes, ChangesOf
from mesa_recuperacion.domain.review.candidates import Candidates, CandidatesOf
from mesa_recuperacion.domain.review.exceptions import Exceptions, ExceptionsOf
from mesa_recuperacion.domain.review.risk import Risk, RiskOf
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.staff import Staff, StaffOf
from mesa_recuperacion.domain.review.suggestions import Suggestions, SuggestionsOf
from mesa_recuperacion.domain.review.totals import Areas, AreasOf
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.store import Store
from tests.unit.demo.conftest import NOW, rows

THIS_WEEK = week_of(NOW.date())
WEEKS = (THIS_WEEK, THIS_WEEK.shifted(-1))
MONTHS = (month_of(NOW.date()).shifted(-1), month_of(NOW.date()).shifted(-2))
CARLA, DELIA, EFRAIN = 3, 4, 5

A = TypeVar("A", bound=Answer)


def seen(store: Store, query: Query, kind: type[A]) -> A:
    with store.reading() as tx:
        carla = tx.person_by_number(CARLA)
    assert carla is not None
    answer = ReviewService(store, Policies(Words("es")), FixedClock(NOW), carla).look(query)
    assert isinstance(answer, kind), answer
    return answer


def board_of(store: Store, period: Period) -> Board:
    return seen(store, BoardOf(Scope(period)), Board)


@pytest.mark.parametrize("week", WEEKS, ids=lambda week: str(week.first))
def test_d1_every_panel_of_the_week_has_something_to_say(branch: Store, week: Period) -> None:
    board = board_of(branch, week)
    assert len(board.causes) >= 4
    assert board.counts.cases > 10
    assert board.counts.cost > 0
    assert all(point.counts.cases > 10 for point in board.trend[1:])
    assert {line.person.number for line in board.people if line.counts.cases} == {1, 2, DELIA}
    assert sum(spread.high > spread.low for spread in board.spreads) >= 2
    assert board.risk
    assert any(line.retaining for line in seen(branch, RiskOf(), Risk).lines)
    assert len(board.suggestions) == 2
    owed = board.due
    assert sum(due.overdue for due in owed) >= 2
    assert sum(due.today for due in owed) > 3


def test_d1_causes_of_months_are_a_pareto_and_most_cases_are_on_time(branch: Store) -> None:
    for month in MONTHS:
        board = board_of(branch, month)
        counted = [cause.counts.cases for cause in board.causes]
        assert sum(sorted(counted, reverse=True)[:3]) * 100 >= sum(counted) * 50
        assert 75 <= board.counts.on_time * 100 // board.counts.cases <= 97
        assert 70 <= board.counts.first_contact * 100 // board.counts.cases <= 97


def test_d8_of_promises_and_overruns_every_outcome_is_there(branch: Store) -> None:
    counts = [board_of(branch, month).counts for month in MONTHS]
    for figure in ("nothing", "broken", "moved", "late", "hand_overs", "reopened", "exceptions", "repeats"):
        assert sum(getattr(one, figure) for one in counts), figure
    assert sum(one.over_information + one.over_system + one.over_complex for one in counts) > 2


def test_d12_customers_at_risk_are_few(branch: Store) -> None:
    ((called,),) = rows(branch, "SELECT count(*) FROM agenda WHERE kind = 'retain'")
    assert isinstance(called, int)
    assert CASES // 50 < called < CASES // 9


def test_b4_exceptions_were_authorised_at_the_desk_asked_later_and_declined(branch: Store) -> None:
    lines = [line for month in MONTHS for line in seen(branch, ExceptionsOf(Scope(month)), Exceptions).lines]
    assert {line.status for line in lines} >= {"granted", "declined"}
    assert all(line.answer for line in lines if line.status == "declined")


def test_c3_areas_answered_in_time_and_late(branch: Store) -> None:
    areas = [line for month in MONTHS for line in seen(branch, AreasOf(Scope(month)), Areas).lines]
    assert sum(line.kept for line in areas) > sum(line.late for line in areas) > 0


def test_b1_other_problems_come_in_two_or_three_groups(branch: Store) -> None:
    for month in MONTHS:
        candidates = seen(branch, CandidatesOf(Scope(month)), Candidates)
        assert 2 <= len(candidates.groups) <= 3
        assert candidates.groups[0].n > 1


def test_d2_one_analysis_helped_and_the_action_of_another_is_due_today(branch: Store) -> None:
    analyses = seen(branch, AnalysesOf(), Analyses)
    (due,), (over,) = analyses.running, analyses.ended
    assert due.due_at is not None
    assert due.due_at > NOW
    assert due.comes_back(NOW.astimezone(ZoneInfo("America/Mexico_City")))
    assert (over.state, over.helped, over.done) == ("reviewed", True, True)
    result = seen(branch, ResultOf(over.id), Result)
    before, after = result.before.measured, result.after.measured
    assert before.of > 10
    assert after.of > 10
    assert after.cases * before.of < before.cases * after.of


def test_d5_the_version_of_today_takes_up_a_suggestion(branch: Store) -> None:
    lines = seen(branch, SuggestionsOf(), Suggestions).lines
    adopted = rows(branch, "SELECT number FROM adoption")
    assert adopted == [(2,)]
    assert {line.answer for line in lines} >= {"", "accept"}


def test_d6_praise_is_for_a_case_and_one_agent_waits_for_some(branch: Store) -> None:
    assert rows(branch, "SELECT count(*) FROM praise WHERE about = ''")[0][0] <= 1  # type: ignore[operator]
    people = board_of(branch, THIS_WEEK).people
    late = {line.person.number for line in people if days_without(line, NOW) > UNTHANKED and not line.retired}
    assert late == {CARLA, DELIA}
    delia = next(line for line in people if line.person.number == DELIA)
    assert delia.praised_at is not None


def test_b3_supervision_changed_two_budgets_and_said_why(branch: Store) -> None:
    changes = seen(branch, ChangesOf(), Changes).lines
    assert [change.reason for change in changes] == ["Cubre el turno de la tarde esta semana"]
    assert NOW - timedelta(hours=1) < changes[0].at < NOW
    assert rows(branch, "SELECT count(*) FROM adjustment") == [(2,)]


def test_e2_who_left_is_kept_with_the_cases_of_their_time(branch: Store) -> None:
    staff = seen(branch, StaffOf(), Staff)
    gone = [line.person.number for line in staff.lines if line.person.retired]
    assert gone == [EFRAIN]
    ((cases,),) = rows(branch, "SELECT count(*) FROM case_file JOIN person ON person.id = counted_by WHERE number = 5")
    assert isinstance(cases, int)
    assert cases > 8
    owed = "SELECT count(*) FROM agenda JOIN person ON person.id = agenda.owner WHERE number = 5"
    assert rows(branch, f"{owed} AND status = 'pending'") == [(0,)]
