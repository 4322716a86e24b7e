"""D3, D12: who may be lost, said without blame, and the call that opens by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.parts import SUPERVISION, FollowUp
from mesa_recuperacion.domain.policy import Span
from mesa_recuperacion.domain.risk import BROKEN, REPEAT, RISK_COMPLAINTS, UNSATISFIED, risk_of
from tests.desk import NOW, shipped
from tests.ledger import Ledger, asked_of, promise_of


def retaining(book: Ledger, case: str) -> list[FollowUp]:
    """The calls to a customer at risk that a case opened and that were not cancelled."""
    return [u for u in book.cases[case].follow_ups if u.purpose == "retain" and u.status != "cancelled"]


def closed_again(book: Ledger, customer: str, *, satisfied: bool = True) -> str:
    """A whole further case of a customer."""
    case = book.open(customer=customer)
    book.standard(case)
    book.run(c.CloseCase(case, satisfied))
    return case


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(1, 5))
def test_d3_each_sign_is_a_reason_and_the_heaviest_comes_first(
    complaints: int, broken: int, unsatisfied: int, threshold: int
) -> None:
    risk = risk_of(complaints=complaints, broken=broken, unsatisfied=unsatisfied, threshold=threshold)
    assert (BROKEN in risk, UNSATISFIED in risk, REPEAT in risk) == (
        broken > 0, unsatisfied > 0, complaints >= threshold,
    )  # fmt: skip
    assert list(risk) == sorted(risk, key=(BROKEN, UNSATISFIED, REPEAT).index)


def test_d3_a_first_complaint_is_no_risk_and_a_second_one_is(book: Ledger) -> None:
    first = book.open()
    assert book.cases[first].risk == ()
    assert book.cases[book.open(customer=book.cases[first].customer)].risk == (REPEAT,)


def test_d3_the_policy_says_from_how_many_complaints_on() -> None:
    policy = shipped()
    assert policy.retention is not None
    book = Ledger(policy=replace(policy, retention=replace(policy.retention, complaints=3)))
    customer = book.cases[book.open()].customer
    assert book.cases[book.open(customer=customer)].risk == ()
    assert book.cases[book.open(customer=customer)].risk == (REPEAT,)
    silent = Ledger(policy=replace(policy, retention=None))
    customer = silent.cases[silent.open()].customer
    risks = [silent.cases[silent.open(customer=customer)].risk for _ in range(RISK_COMPLAINTS)]
    assert risks[RISK_COMPLAINTS - 2] == (REPEAT,)


def test_d3_what_happened_before_the_window_is_forgotten(book: Ledger, closed: str) -> None:
    book.wait(86_400 * (book.policy.risk_days + 1))
    assert book.cases[book.open(customer=book.cases[closed].customer)].risk == ()


def test_d3_a_case_that_was_opened_for_the_wrong_customer_counts_nowhere(book: Ledger) -> None:
    first = book.open()
    book.run(c.UndoLast(first, "open"))
    again = book.cases[book.open(customer=book.cases[first].customer)]
    assert (again.risk, again.earlier) == ((), 0)


def test_d3_a_broken_promise_and_a_no_are_known_before_the_first_word(book: Ledger, closed: str) -> None:
    promise = promise_of(book.cases[closed])
    book.now = promise.due_at + timedelta(minutes=1)
    book.run(c.AnswerPromise(closed, promise.id, "move", book.now + timedelta(days=1)))
    customer = book.cases[closed].customer
    assert book.cases[book.open(customer=customer)].risk == (BROKEN, REPEAT)
    book.run(c.AnswerFollowUp(closed, asked_of(book.cases[closed]).id, "not_satisfied"))
    assert book.cases[book.open(customer=customer)].risk == (BROKEN, UNSATISFIED, REPEAT)


def test_d12_closing_the_case_of_a_customer_at_risk_opens_the_call(book: Ledger, closed: str) -> None:
    assert retaining(book, closed) == []
    again = closed_again(book, book.cases[closed].customer)
    (call,) = retaining(book, again)
    plan = book.policy.retention
    assert plan is not None
    assert plan.owner == "supervision"
    due_at = book.policy.hours.next_open(plan.within.after(book.now, book.policy.hours))
    assert (call.owner, call.due_at, call.attempt) == (SUPERVISION, due_at, 1)
    assert book.policy.hours.is_open(call.due_at)


@pytest.mark.parametrize(("owner", "who"), [("agent", "bruno"), ("supervision", SUPERVISION)])
def test_d12_the_policy_says_who_calls_and_how_soon(owner: str, who: str) -> None:
    policy = shipped()
    assert policy.retention is not None
    book = Ledger(policy=replace(policy, retention=replace(policy.retention, owner=owner, within=Span(4, "h"))))
    case = book.open(actor="bruno")
    book.run(c.CloseCase(case, False), actor="bruno")
    (call,) = retaining(book, case)
    assert (call.owner, call.due_at) == (who, NOW + timedelta(hours=4))


def test_d12_a_customer_who_closes_unsatisfied_is_at_risk(book: Ledger, case: str) -> None:
    book.run(c.CloseCase(case, False))
    assert len(retaining(book, case)) == 1


def test_d12_a_broken_promise_of_a_closed_case_opens_the_call(book: Ledger, closed: str) -> None:
    promise = promise_of(book.cases[closed])
    book.now = promise.due_at + timedelta(minutes=1)
    later = book.now + timedelta(days=1)
    book.run(c.AnswerPromise(closed, promise.id, "move", later))
    assert len(retaining(book, closed)) == 1
    book.now = later + timedelta(minutes=1)
    book.run(c.AnswerPromise(closed, promise_of(book.cases[closed]).id, "move", later + timedelta(days=1)))
    assert len(retaining(book, closed)) == 1


def test_d12_a_promise_that_is_moved_in_time_opens_none(book: Ledger, closed: str) -> None:
    promise = promise_of(book.cases[closed])
    book.run(c.AnswerPromise(closed, promise.id, "move", promise.due_at + timedelta(hours=1)))
    assert retaining(book, closed) == []


def test_d12_one_call_at_a_time_for_each_customer(book: Ledger, closed: str) -> None:
    customer = book.cases[closed].customer
    second, third = closed_again(book, customer), closed_again(book, customer)
    assert (len(retaining(book, second)), len(retaining(book, third))) == (1, 0)
    stranger = book.open("Otra Persona")
    book.run(c.CloseCase(stranger, False))
    assert len(retaining(book, stranger)) == 1


def test_d12_one_call_for_two_cards_of_one_person(book: Ledger, closed: str) -> None:
    other = book.open("Marta R.")
    customer, same = book.cases[closed].customer, book.cases[other].customer
    book.run(c.MergeCards(customer, same), actor="carla")
    second = closed_again(book, customer)
    book.run(c.CloseCase(other, False))
    assert (len(retaining(book, second)), len(retaining(book, other))) == (1, 0)


def test_d12_nothing_but_a_closing_or_a_broken_promise_opens_it(book: Ledger, closed: str) -> None:
    customer = book.cases[closed].customer
    second, third = closed_again(book, customer), closed_again(book, customer)
    (call,) = retaining(book, second)
    book.run(c.AnswerFollowUp(second, call.id, "satisfied"), actor="carla")
    book.run(c.AddNote(third, "todo en orden"))
    book.run(c.AnswerFollowUp(third, asked_of(book.cases[third]).id, "satisfied"))
    assert retaining(book, third) == []


def test_d12_without_a_plan_in_the_policy_nothing_opens() -> None:
    book = Ledger(policy=replace(shipped(), retention=None))
    case = book.open()
    book.run(c.CloseCase(case, False))
    assert retaining(book, case) == []


def test_b5_undoing_the_closing_takes_the_call_back_and_closing_again_opens_it(book: Ledger, case: str) -> None:
    book.run(c.CloseCase(case, False), c.UndoLast(case))
    assert retaining(book, case) == []
    book.run(c.CloseCase(case, True))
    assert retaining(book, case) == []
    book.run(c.UndoLast(case), c.CloseCase(case, False))
    assert len(retaining(book, case)) == 1


def test_d12_a_supervisor_answers_the_call_and_an_agent_of_another_case_does_not(book: Ledger, case: str) -> None:
    book.run(c.CloseCase(case, False))
    (call,) = retaining(book, case)
    answer = c.AnswerFollowUp(case, call.id, "no_answer")
    assert not isinstance(book.do(answer, "bruno"), tuple)
    book.run(answer, actor="carla")
    assert [(u.status, u.attempt, u.owner) for u in retaining(book, case)] == [
        ("no_answer", 1, SUPERVISION), ("pending", 2, SUPERVISION),
    ]  # fmt: skip


def test_d12_a_call_that_says_no_gives_whoever_called_the_case_with_all_that_is_pending(
    book: Ledger, closed: str
) -> None:
    book.run(c.UndoLast(closed), c.CloseCase(closed, False))
    (call,) = retaining(book, closed)
    book.run(c.AnswerFollowUp(closed, call.id, "not_satisfied", "sigue igual"), actor="carla")
    state = book.cases[closed]
    assert (state.status, state.owner, state.round) == ("open", "carla", 1)
    assert {x.owner for x in state.waiting()} == {"carla"}
    promise = next(p for p in state.promises if p.status == "pending")
    book.run(c.AnswerPromise(closed, promise.id, "kept"), actor="carla")


def test_d12_a_no_to_the_follow_up_is_a_sign_even_if_the_case_was_open(book: Ledger, case: str) -> None:
    book.standard(case)
    book.run(c.AnswerFollowUp(case, asked_of(book.cases[case]).id, "not_satisfied"), c.CloseCase(case, True))
    assert len(retaining(book, case)) == 1
