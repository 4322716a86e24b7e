"""B5, C4 to C6: promises, follow-ups, parking, closing, and taking back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.contact import follow_up_at
from mesa_recuperacion.domain.decide.due import SUPERVISION
from mesa_recuperacion.domain.parts import FollowUp, Promise
from mesa_recuperacion.domain.tally import tally
from tests.desk import NOW
from tests.ledger import Ledger

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def book() -> Ledger:
    return Ledger()


@pytest.fixture
def case(book: Ledger) -> str:
    """A case with everything decided and not closed."""
    case = book.open()
    book.standard(case)
    return case


@pytest.fixture
def closed(book: Ledger, case: str) -> str:
    book.wait(51)
    book.run(c.CloseCase(case, True))
    return case


def promise_of(state: CaseState) -> Promise:
    promise = state.promise()
    assert promise is not None
    return promise


def asked_of(state: CaseState) -> FollowUp:
    asked = state.follow_up()
    assert asked is not None
    return asked


def pending(state: CaseState, purpose: str) -> list[datetime]:
    return [u.due_at for u in state.follow_ups if u.status == "pending" and u.purpose == purpose]


def test_c5_a_promise_says_what_by_when_and_who_owns_it(book: Ledger, case: str) -> None:
    promise = promise_of(book.cases[case])
    assert (promise.what, promise.due_at, promise.owner) == ("send_missing", NOW + timedelta(hours=18), "ana")
    assert promise.area == "warehouse"


def test_c5_a_promise_needs_a_remedy_and_an_hour_that_has_not_passed(book: Ledger) -> None:
    case = book.open()
    assert book.do(c.MakePromise(case, LATER)) == r.ProblemFirst()
    book.run(c.IdentifyProblem(case, "missing_product"))
    assert book.do(c.MakePromise(case, LATER)) == r.NotAuthorised("promise")
    book.run(c.ChooseRemedy(case, "send_missing"))
    assert book.do(c.MakePromise(case, NOW)) == r.AlreadyPast(NOW)


def test_c5_the_same_hour_again_is_the_same_promise(book: Ledger, case: str) -> None:
    promised = promise_of(book.cases[case]).due_at
    assert book.do(c.MakePromise(case, promised)) == ()


def test_c5_a_second_hour_takes_the_first_back_and_the_follow_up_moves_with_it(book: Ledger, case: str) -> None:
    book.run(c.MakePromise(case, LATER))
    state = book.cases[case]
    assert [p.status for p in state.promises] == ["withdrawn", "pending"]
    assert pending(state, "verify") == [follow_up_at(book.policy, LATER)]


def test_c6_the_follow_up_schedules_itself_after_the_promise_for_the_same_agent(book: Ledger, case: str) -> None:
    state = book.cases[case]
    asked = asked_of(state)
    assert asked.due_at == follow_up_at(book.policy, promise_of(state).due_at)
    assert asked.owner == "ana"
    assert book.policy.hours.is_open(asked.due_at)
    assert book.do(c.ScheduleFollowUp(case)) == ()


def test_c6_another_telephone_goes_to_the_card_and_the_same_one_does_not(book: Ledger, case: str) -> None:
    customer = book.cases[case].customer
    assert book.phones[customer] == "55 1234 0078"
    assert book.do(c.ScheduleFollowUp(case, "(55) 1234-0078")) == ()
    assert book.do(c.ScheduleFollowUp(case, "5599990000")) == (f.PhoneNoted(customer, "55 9999 0000"),)


def test_c4_parking_without_a_next_contact_schedules_the_return(book: Ledger) -> None:
    case = book.open()
    book.run(c.ParkCase(case))
    state = book.cases[case]
    assert (state.status, state.parked_step) == ("parked", "apologise")
    assert pending(state, "return") == [NOW + timedelta(minutes=15)]
    assert book.do(c.ParkCase(case)) == ()


def test_c4_parking_with_a_promise_needs_no_other_contact(book: Ledger, case: str) -> None:
    book.run(c.ParkCase(case))
    assert pending(book.cases[case], "return") == []
    assert book.cases[case].next_contact() == promise_of(book.cases[case])


def test_c4_coming_back_ends_the_return(book: Ledger) -> None:
    case = book.open()
    book.run(c.ParkCase(case), c.ResumeCase(case))
    state = book.cases[case]
    assert (state.status, state.returns) == ("open", 1)
    assert pending(state, "return") == []
    assert book.do(c.ResumeCase(case)) == ()


def test_c4_a_parked_case_whose_promise_is_kept_gets_a_return(book: Ledger) -> None:
    case = book.open()
    book.run(
        c.IdentifyProblem(case, "missing_product"), c.ChooseRemedy(case, "send_missing"), c.MakePromise(case, LATER)
    )
    book.run(c.ParkCase(case), c.AnswerPromise(case, promise_of(book.cases[case]).id, "kept"))
    assert len(pending(book.cases[case], "return")) == 1


def test_c4_undoing_the_promise_of_a_parked_case_leaves_a_return(book: Ledger) -> None:
    case = book.open()
    book.run(
        c.IdentifyProblem(case, "missing_product"), c.ChooseRemedy(case, "send_missing"), c.MakePromise(case, LATER)
    )
    book.run(c.ParkCase(case), c.UndoLast(case))
    assert len(pending(book.cases[case], "return")) == 1


def test_c4_closing_without_a_follow_up_schedules_one_and_still_lists_it_as_passed(book: Ledger) -> None:
    case = book.open()
    book.run(c.CloseCase(case, True))
    state = book.cases[case]
    assert len(pending(state, "verify")) == 1
    assert "follow_up" in state.pending


def test_c4_a_follow_up_that_said_no_before_the_closing_is_asked_again(book: Ledger, case: str) -> None:
    book.run(c.AnswerFollowUp(case, asked_of(book.cases[case]).id, "not_satisfied"), c.CloseCase(case, True))
    assert len(pending(book.cases[case], "verify")) == 1


def test_c2_closing_records_the_time_it_took(book: Ledger, case: str) -> None:
    book.wait(75)
    book.run(c.CloseCase(case, True))
    state = book.cases[case]
    assert (state.elapsed, state.first_elapsed, state.first_standard) == (75, 75, 60)
    counted = tally(state)
    assert counted is not None
    assert (counted.cases, counted.on_time, counted.first_contact) == (1, 0, 1)


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
    assert tally(state) is None
    assert book.kinds(closed)[-2:] == ["compensation.returned", "case.closing_undone"]


def test_a2_a_closing_that_is_undone_takes_back_the_follow_up_that_it_scheduled_itself(book: Ledger) -> None:
    case = book.open()
    book.run(c.IdentifyProblem(case, "missing_product"), c.CloseCase(case, True), c.UndoLast(case))
    state = book.cases[case]
    assert "follow_up" in state.pending_steps()
    assert state.decided == ("listen",)
    assert state.next_contact() is None


def test_c6_a_closing_that_is_undone_leaves_the_follow_up_of_the_call(book: Ledger, closed: str) -> None:
    book.run(c.UndoLast(closed))
    assert len(pending(book.cases[closed], "verify")) == 1


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
    assert state.next_contact() is None
    assert next(iter(book.purses.values())).left == book.policy.budget.minor


def test_b5_what_was_undone_stays_in_the_journal(book: Ledger, case: str) -> None:
    before = book.of(case)
    book.run(c.UndoLast(case), c.UndoLast(case), c.UndoLast(case))
    assert book.of(case)[: len(before)] == before
    assert book.kinds(case)[-2:] == ["compensation.released", "step.undone"]


def test_b5_an_answer_of_the_customer_is_not_taken_back(book: Ledger, case: str) -> None:
    asked = asked_of(book.cases[case]).id
    book.run(c.AnswerFollowUp(case, asked, "satisfied"), c.UndoLast(case))
    assert [u.status for u in book.cases[case].follow_ups] == ["satisfied"]


@pytest.mark.parametrize(("outcome", "status"), [("kept", "kept"), ("late", "late")])
def test_c6_a_promise_that_is_due_was_kept_or_late(book: Ledger, closed: str, outcome: str, status: str) -> None:
    promise = promise_of(book.cases[closed]).id
    book.run(c.AnswerPromise(closed, promise, outcome))
    assert promise_of(book.cases[closed]).status == status
    assert book.do(c.AnswerPromise(closed, promise, outcome)) == r.NoSuchPending()


def test_c6_another_hour_before_the_first_has_passed_moves_the_promise(book: Ledger, closed: str) -> None:
    promise = promise_of(book.cases[closed])
    later = promise.due_at + timedelta(days=2)
    book.run(c.AnswerPromise(closed, promise.id, "move", later))
    state = book.cases[closed]
    assert [(p.status, p.due_at) for p in state.promises] == [("pending", later)]
    assert pending(state, "verify") == [follow_up_at(book.policy, later)]


def test_c6_another_hour_after_the_first_has_passed_breaks_it_and_promises_again(book: Ledger, closed: str) -> None:
    promise = promise_of(book.cases[closed])
    book.now = promise.due_at + timedelta(minutes=1)
    later = book.now + timedelta(days=1)
    book.run(c.AnswerPromise(closed, promise.id, "move", later))
    state = book.cases[closed]
    assert [(p.status, p.due_at) for p in state.promises] == [("broken", promise.due_at), ("pending", later)]
    assert pending(state, "verify") == [follow_up_at(book.policy, later)]


@pytest.mark.parametrize("due_at", [None, NOW, NOW - timedelta(days=1)])
def test_c6_a_moved_promise_is_for_an_hour_to_come(book: Ledger, closed: str, due_at: datetime | None) -> None:
    promise = promise_of(book.cases[closed]).id
    assert isinstance(book.do(c.AnswerPromise(closed, promise, "move", due_at)), r.AlreadyPast)


def test_c6_satisfied_ends_it(book: Ledger, closed: str) -> None:
    asked = asked_of(book.cases[closed]).id
    book.run(c.AnswerFollowUp(closed, asked, "satisfied", "todo\x07 bien"))
    assert book.of(closed)[-1].fact == f.FollowUpAnswered(asked, "satisfied", "todo bien")
    assert book.cases[closed].status == "closed"
    assert book.do(c.AnswerFollowUp(closed, asked, "satisfied")) == r.NoSuchPending()


def test_c6_not_satisfied_opens_the_case_again_with_its_first_clock(book: Ledger, closed: str) -> None:
    first = tally(book.cases[closed])
    assert first is not None
    book.wait(86_400)
    book.run(c.AnswerFollowUp(closed, asked_of(book.cases[closed]).id, "not_satisfied"))
    state = book.cases[closed]
    assert (state.status, state.round, state.first_elapsed, state.started_at) == ("open", 1, 51, NOW)
    assert state.pending_steps() == ("apologise", "solve", "compensate", "promise", "follow_up")
    assert [m.minor for m in state.given] == [8000]
    book.run(c.CloseCase(closed, True))
    again = tally(book.cases[closed])
    assert again is not None
    assert (again.at, again.on_time, again.first_contact) == (first.at, first.on_time, 0)
    assert book.cases[closed].elapsed > 86_400


def test_c6_no_answer_is_asked_again_and_then_goes_to_supervision(book: Ledger, closed: str) -> None:
    owners = []
    for attempt in range(1, book.policy.retries + 2):
        asked = asked_of(book.cases[closed])
        assert asked.attempt == attempt
        owners.append(asked.owner)
        book.now = asked.due_at
        book.run(c.AnswerFollowUp(closed, asked.id, "no_answer"))
    assert owners == ["ana"] * (book.policy.retries + 1)
    last = asked_of(book.cases[closed])
    assert (last.owner, last.status) == (SUPERVISION, "pending")
    assert last.due_at > book.now


def test_c6_only_three_answers(book: Ledger, closed: str) -> None:
    asked = asked_of(book.cases[closed]).id
    assert book.do(c.AnswerFollowUp(closed, asked, "maybe")) == r.NotAuthorised("maybe")


def test_b5_opening_the_wrong_customers_case_can_be_taken_back(book: Ledger) -> None:
    case = book.open()
    book.run(c.UndoLast(case))
    assert book.cases[case].status == "withdrawn"
    assert book.do(c.SayStep(case, "apologise")) == r.CaseNotOpen(case)
    assert book.do(c.UndoLast(case)) == r.NothingToUndo()
