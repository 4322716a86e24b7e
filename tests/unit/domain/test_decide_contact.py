"""C4 to C6: promises, follow-ups and parking, and what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.decide.contact import follow_up_at
from mesa_recuperacion.domain.decide.due import SUPERVISION
from mesa_recuperacion.domain.parts import ANSWER, FollowUp
from mesa_recuperacion.domain.tally import tally
from tests.desk import NOW
from tests.ledger import Ledger, asked_of, due, promise_of

LATER = NOW + timedelta(hours=27)
"""An hour by which every area has answered."""


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
    assert due(state, "verify") == [follow_up_at(book.policy, LATER)]


def test_c6_the_follow_up_schedules_itself_after_the_promise_for_the_same_agent(book: Ledger, case: str) -> None:
    state = book.cases[case]
    asked = asked_of(state)
    assert asked.due_at == follow_up_at(book.policy, promise_of(state).due_at)
    assert asked.owner == "ana"
    assert book.policy.hours.is_open(asked.due_at)
    assert book.do(c.ScheduleFollowUp(case)) == ()


def test_c6_another_telephone_goes_to_the_card_and_the_same_one_does_not(book: Ledger, case: str) -> None:
    customer = book.cases[case].customer
    assert book.cards[customer].phone == "55 1234 0078"
    assert book.do(c.ScheduleFollowUp(case, "(55) 1234-0078")) == ()
    assert book.do(c.ScheduleFollowUp(case, "5599990000")) == (f.PhoneNoted(customer, "55 9999 0000"),)


def test_c4_parking_without_a_next_contact_schedules_the_return(book: Ledger) -> None:
    case = book.open()
    book.run(c.ParkCase(case))
    state = book.cases[case]
    assert (state.status, state.parked_step) == ("parked", "apologise")
    assert due(state, "return") == [NOW + timedelta(minutes=15)]
    assert book.do(c.ParkCase(case)) == ()


def test_c4_an_open_case_has_its_owners_return_from_the_first_moment(book: Ledger) -> None:
    case = book.open(actor="bruno")
    waiting = book.cases[case].next_contact()
    assert isinstance(waiting, FollowUp)
    assert (waiting.purpose, waiting.owner) == ("return", "bruno")
    assert waiting.due_at == NOW + timedelta(minutes=15)


def test_c4_parking_later_puts_the_return_off(book: Ledger) -> None:
    case = book.open()
    book.wait(600)
    book.run(c.ParkCase(case))
    assert due(book.cases[case], "return") == [NOW + timedelta(minutes=25)]


def test_c4_parking_with_a_promise_needs_no_other_contact(book: Ledger, case: str) -> None:
    book.run(c.ParkCase(case))
    assert due(book.cases[case], "return") == []
    assert book.cases[case].next_contact() == promise_of(book.cases[case])


def test_c4_coming_back_renews_the_return(book: Ledger) -> None:
    case = book.open()
    book.run(c.ParkCase(case))
    parked = [u for u in book.cases[case].follow_ups if u.status == "pending"]
    book.wait(300)
    book.run(c.ResumeCase(case))
    state = book.cases[case]
    assert (state.status, state.returns) == ("open", 1)
    assert due(state, "return") == [NOW + timedelta(minutes=20)]
    assert [u.status for u in state.follow_ups if u.id == parked[0].id] == ["cancelled"]
    assert book.do(c.ResumeCase(case)) == ()


def test_c4_coming_back_to_a_case_with_a_promise_ends_the_return(book: Ledger, case: str) -> None:
    assert len(due(book.cases[case], "return")) == 1
    book.run(c.ParkCase(case), c.ResumeCase(case))
    assert due(book.cases[case], "return") == []
    assert book.cases[case].next_contact() == promise_of(book.cases[case])


def test_c4_a_parked_case_whose_promise_is_kept_gets_a_return(book: Ledger) -> None:
    case = book.open()
    book.run(
        c.IdentifyProblem(case, "missing_product"), c.ChooseRemedy(case, "send_missing"), c.MakePromise(case, LATER)
    )
    book.run(c.ParkCase(case), c.AnswerPromise(case, promise_of(book.cases[case]).id, "kept"))
    assert len(due(book.cases[case], "return")) == 1


def test_c4_undoing_the_promise_of_a_parked_case_leaves_a_return(book: Ledger) -> None:
    case = book.open()
    book.run(
        c.IdentifyProblem(case, "missing_product"), c.ChooseRemedy(case, "send_missing"), c.MakePromise(case, LATER)
    )
    book.run(c.ParkCase(case), c.UndoLast(case))
    assert len(due(book.cases[case], "return")) == 1


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
    assert due(state, "verify") == [follow_up_at(book.policy, later)]


def test_c6_another_hour_after_the_first_has_passed_breaks_it_and_promises_again(book: Ledger, closed: str) -> None:
    promise = promise_of(book.cases[closed])
    book.now = promise.due_at + timedelta(minutes=1)
    later = book.now + timedelta(days=1)
    book.run(c.AnswerPromise(closed, promise.id, "move", later))
    state = book.cases[closed]
    assert [(p.status, p.due_at) for p in state.promises] == [("broken", promise.due_at), ("pending", later)]
    assert due(state, "verify") == [follow_up_at(book.policy, later)]


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
    first = tally(book.cases[closed]).counted
    assert first is not None
    book.wait(86_400)
    book.run(c.AnswerFollowUp(closed, asked_of(book.cases[closed]).id, "not_satisfied"))
    state = book.cases[closed]
    assert (state.status, state.round, state.first_elapsed, state.started_at) == ("open", 1, 51, NOW)
    assert state.countdown.elapsed(book.now) == 0
    assert state.pending_steps() == ("apologise", "solve", "compensate", "promise", "follow_up")
    assert [m.minor for m in state.given] == [8000]
    book.wait(75)
    book.run(c.CloseCase(closed, True))
    again = tally(book.cases[closed]).counted
    assert again is not None
    assert (again.at, again.counts.on_time, again.counts.first_contact) == (first.at, first.counts.on_time, 0)
    after = book.cases[closed]
    assert (after.first_elapsed, after.first_standard, after.elapsed) == (51, 60, 75)
    assert after.first_closed_at == state.first_closed_at


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


def test_c4_an_answer_is_promised_while_everything_else_is_still_open(book: Ledger) -> None:
    case = book.open()
    assert book.do(c.PromiseAnswer(case, NOW)) == r.AlreadyPast(NOW)
    book.run(c.PromiseAnswer(case, LATER))
    state = book.cases[case]
    answer = state.answer()
    assert answer is not None
    assert (answer.what, answer.due_at, answer.owner, answer.area) == (ANSWER, LATER, "ana", "")
    assert not state.done("promise")
    assert book.do(c.PromiseAnswer(case, LATER)) == ()


def test_c6_another_hour_for_an_answer_moves_it_while_its_own_has_not_passed(book: Ledger) -> None:
    case = book.open()
    book.run(c.PromiseAnswer(case, LATER), c.PromiseAnswer(case, LATER + timedelta(hours=1)))
    assert [(p.due_at, p.status) for p in book.cases[case].promises] == [(LATER + timedelta(hours=1), "pending")]


def test_c6_another_hour_for_an_answer_after_its_own_is_a_broken_promise(book: Ledger) -> None:
    case = book.open()
    book.run(c.PromiseAnswer(case, LATER))
    book.now = LATER + timedelta(seconds=1)
    book.run(c.PromiseAnswer(case, LATER + timedelta(hours=1)))
    assert [p.status for p in book.cases[case].promises] == ["broken", "pending"]


def test_c6_the_follow_up_does_not_move_with_an_answer(book: Ledger, case: str) -> None:
    verify = due(book.cases[case], "verify")
    book.run(c.PromiseAnswer(case, LATER))
    answer = book.cases[case].answer()
    assert answer is not None
    book.run(c.AnswerPromise(case, answer.id, "move", LATER + timedelta(days=9)))
    assert due(book.cases[case], "verify") == verify


def test_c4_the_return_to_a_case_asks_the_customer_nothing(book: Ledger) -> None:
    case = book.open()
    waiting = book.cases[case].next_contact()
    assert waiting is not None
    for answer in ("satisfied", "not_satisfied", "no_answer"):
        assert book.do(c.AnswerFollowUp(case, waiting.id, answer)) == r.NoSuchPending()
