"""A2, B5, C4: closing a case, and taking decisions back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.tally import tally
from tests.desk import NOW
from tests.ledger import Ledger, asked_of, due

LATER = NOW + timedelta(hours=27)
"""An hour by which every area has answered."""


def test_c4_closing_without_a_follow_up_schedules_one_and_still_lists_it_as_passed(book: Ledger) -> None:
    case = book.open()
    book.run(c.CloseCase(case, True))
    state = book.cases[case]
    assert len(due(state, "verify")) == 1
    assert "follow_up" in state.pending


def test_c4_a_follow_up_that_said_no_before_the_closing_is_asked_again(book: Ledger, case: str) -> None:
    book.run(c.AnswerFollowUp(case, asked_of(book.cases[case]).id, "not_satisfied"), c.CloseCase(case, True))
    assert len(due(book.cases[case], "verify")) == 1


def test_c2_closing_records_the_time_it_took(book: Ledger, case: str) -> None:
    book.wait(75)
    book.run(c.CloseCase(case, True))
    state = book.cases[case]
    assert (state.elapsed, state.first_elapsed, state.first_standard) == (75, 75, 60)
    counted = tally(state).counted
    assert counted is not None
    assert (counted.counts.cases, counted.counts.on_time, counted.counts.first_contact) == (1, 0, 1)


def test_b5_a_closed_case_takes_no_more_decisions_only_notes(book: Ledger, closed: str) -> None:
    for command in (
        c.SayStep(closed, "apologise"), c.IdentifyProblem(closed, "billing_error"), c.DeclineCompensation(closed, "no"),
        c.GrantCompensation(closed, "discount"), c.MakePromise(closed, LATER), c.ScheduleFollowUp(closed),
        c.ChooseRemedy(closed, "send_missing"), c.ParkCase(closed), c.ResumeCase(closed), c.CloseCase(closed, True),
    ):  # fmt: skip
        assert book.do(command) == r.CaseNotOpen(closed)
    assert book.do(c.AddNote(closed, "llamó para dar las gracias")) == (f.NoteAdded("llamó para dar las gracias"),)


@pytest.mark.parametrize("seconds", [0, 1, 29, 30])
def test_b5_for_thirty_seconds_the_closing_can_be_undone(book: Ledger, closed: str, seconds: int) -> None:
    book.wait(seconds)
    book.run(c.UndoLast(closed))
    state = book.cases[closed]
    assert (state.status, state.closed_at, state.first_closed_at) == ("open", None, None)
    assert state.gesture is not None
    assert not state.gesture.delivered
    assert tally(state).counted is None
    assert book.kinds(closed)[-2:] == ["compensation.returned", "case.closing_undone"]


def test_a2_a_closing_that_is_undone_takes_back_the_follow_up_that_it_scheduled_itself(book: Ledger) -> None:
    case = book.open()
    book.run(c.IdentifyProblem(case, "missing_product"), c.CloseCase(case, True), c.UndoLast(case))
    state = book.cases[case]
    assert "follow_up" in state.pending_steps()
    assert state.decided == ("listen",)
    assert due(state, "verify") == []
    assert [u.due_at for u in state.follow_ups if u.status == "pending"] == due(state, "return")
    assert len(due(state, "return")) == 1


def test_c6_a_closing_that_is_undone_leaves_the_follow_up_of_the_call(book: Ledger, closed: str) -> None:
    book.run(c.UndoLast(closed))
    assert len(due(book.cases[closed], "verify")) == 1


@pytest.mark.parametrize("seconds", [30.001, 31, 86_400, -1])
def test_b5_after_thirty_seconds_it_stays_closed(book: Ledger, closed: str, seconds: float) -> None:
    book.wait(seconds)
    assert book.do(c.UndoLast(closed)) == r.UndoTooLate(30)
    assert book.cases[closed].status == "closed"


def test_b5_undo_takes_back_the_latest_decision_first(book: Ledger, case: str) -> None:
    undone = []
    while isinstance(taken := book.do(c.UndoLast(case)), tuple):
        if isinstance(taken[-1], f.CaseWithdrawn):
            break
        undone += [fact.step for fact in taken if isinstance(fact, f.StepUndone)]
    assert undone == ["follow_up", "promise", "compensate", "solve", "listen", "apologise"]
    state = book.cases[case]
    assert state.gesture is None
    assert state.waiting() == ()
    assert next(iter(book.purses.values())).left == book.policy.budget.minor


def test_b5_what_was_undone_stays_in_the_journal(book: Ledger, case: str) -> None:
    before = book.of(case)
    book.run(c.UndoLast(case), c.UndoLast(case), c.UndoLast(case))
    assert book.of(case)[: len(before)] == before
    assert book.kinds(case)[-2:] == ["compensation.released", "step.undone"]


def test_b5_an_answer_of_the_customer_is_not_taken_back(book: Ledger, case: str) -> None:
    asked = asked_of(book.cases[case]).id
    book.run(c.AnswerFollowUp(case, asked, "satisfied"), c.UndoLast(case))
    assert [u.status for u in book.cases[case].follow_ups if u.purpose == "verify"] == ["satisfied"]
    assert book.cases[case].decided[-1] == "promise"


def test_b5_opening_the_wrong_customers_case_can_be_taken_back(book: Ledger) -> None:
    case = book.open()
    book.run(c.UndoLast(case))
    assert book.cases[case].status == "withdrawn"
    assert book.do(c.SayStep(case, "apologise")) == r.CaseNotOpen(case)
    assert book.do(c.UndoLast(case)) == r.NothingToUndo()


def test_b5_what_has_begun_is_no_longer_withdrawn(book: Ledger) -> None:
    for begun in (
        lambda x: c.AddNote(x, "llamó ayer"), lambda x: c.AskArea(x, "warehouse", "¿está la caja?"),
        lambda x: c.PromiseAnswer(x, LATER), c.ParkCase,
    ):  # fmt: skip
        case = book.open()
        book.run(begun(case))
        assert book.do(c.UndoLast(case, "open")) == r.NothingToUndo()


def test_b5_a_case_whose_only_decision_was_undone_can_still_be_withdrawn(book: Ledger) -> None:
    case = book.open()
    book.run(c.SayStep(case, "apologise"), c.UndoLast(case, "apologise"), c.UndoLast(case, "open"))
    assert book.cases[case].status == "withdrawn"


def test_b5_a_promised_answer_is_no_step_and_undo_goes_past_it(book: Ledger, case: str) -> None:
    before = book.cases[case]
    book.run(c.UndoLast(case, "follow_up"), c.PromiseAnswer(case, LATER))
    assert book.cases[case].decided == before.decided[:-1]
    book.run(c.UndoLast(case, "promise"))
    state = book.cases[case]
    assert [p.status for p in state.promises] == ["withdrawn", "pending"]
    assert state.answer() is not None


def test_b5_undoing_the_problem_takes_back_what_only_it_authorised(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, "wrong_delivery"))
    assert book.cases[case].gesture is not None
    book.run(c.UndoLast(case, "listen"))
    state = book.cases[case]
    assert (state.problem, state.remedy, state.gesture, state.legal) == ("", None, None, None)
    assert book.purse().left == book.policy.budget.minor


def test_b5_the_phrase_of_a_step_that_was_undone_can_be_said_again(book: Ledger) -> None:
    case = book.open()
    for step in ("apologise", "solve", "promise"):
        book.run(c.SayStep(case, step), c.UndoLast(case, step))
        assert book.do(c.SayStep(case, step)) == (f.StepSaid(step),)


def test_b5_nothing_but_what_was_asked_for_is_undone(book: Ledger, case: str) -> None:
    before = len(book.entries)
    for last in ("promise", "close", "open", "statutory"):
        assert book.do(c.UndoLast(case, last)) == r.WentOn()
    assert len(book.entries) == before
