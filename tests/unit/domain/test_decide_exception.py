"""B4: above a limit the call goes on: a supervisor authorises, the reserve pays, and nothing smaller is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from tests.ledger import Ledger

PROBLEM = "missing_product"
REASON = "lleva dos meses esperando"


def mxn(minor: int) -> Money:
    return Money(minor, "MXN")


MUCH = mxn(20_000)
"""More than the cap of 150.00."""


@pytest.fixture
def case(book: Ledger) -> str:
    """A case whose problem is known."""
    case = book.open()
    book.run(c.IdentifyProblem(case, PROBLEM))
    return case


def authorise(case: str, amount: Money | None = MUCH, *, code: str = "own", by: str = "carla") -> c.AuthoriseException:
    return c.AuthoriseException(case, code, amount, REASON, by)


def spend_it_all(book: Ledger, actor: str = "ana") -> None:
    """Leave the agent's budget empty."""
    left = book.policy.budget.minor
    while left:
        amount = min(left, book.policy.case_cap.minor)
        other = book.open(actor=actor)
        book.run(c.IdentifyProblem(other, PROBLEM), c.GrantCompensation(other, "own", mxn(amount)), actor=actor)
        left -= amount


def test_b4_a_supervisor_authorises_and_the_reserve_pays_all_of_it(book: Ledger, case: str) -> None:
    book.run(c.GrantCompensation(case, "voucher"))
    before = book.purse().left + 8000
    book.run(authorise(case))
    gesture = book.cases[case].gesture
    assert gesture is not None
    assert (gesture.amount, gesture.person, gesture.is_exception) == (MUCH, RESERVE, True)
    assert book.purse().left == before == book.policy.budget.minor
    assert book.purse(RESERVE).reserved == 20_000
    book.run(c.CloseCase(case, True))
    assert (book.purse(RESERVE).reserved, book.purse(RESERVE).spent) == (0, 20_000)
    assert book.purse().spent == 0


@pytest.mark.parametrize("minor", [1, 14_999, 15_000])
def test_b4_within_both_limits_there_is_no_exception(book: Ledger, case: str, minor: int) -> None:
    assert book.do(authorise(case, mxn(minor))) == r.WithinLimits()
    later = book.now + timedelta(hours=1)
    assert book.do(c.AskException(case, "own", mxn(minor), REASON, later)) == r.WithinLimits()
    assert isinstance(book.do(authorise(case, mxn(15_001))), tuple)


@pytest.mark.parametrize("minor", [0, -1])
def test_b4_an_exception_is_for_more_than_nothing(book: Ledger, case: str, minor: int) -> None:
    spend_it_all(book)
    assert book.do(authorise(case, mxn(minor))) == r.AmountMissing()


def test_b4_only_what_the_policy_lists_for_the_problem(book: Ledger, case: str) -> None:
    spend_it_all(book)
    assert book.do(authorise(case, None, code="free_visit")) == r.NotAuthorised("free_visit")
    assert book.do(authorise(case, None)) == r.NotAuthorised("own")
    assert book.do(authorise(case, Money(20_000, "USD"))) == r.NotAuthorised("own")
    unknown = book.open()
    assert book.do(authorise(unknown)) == r.ProblemFirst()


@pytest.mark.parametrize("by", ["ana", "bruno", "nobody"])
def test_b4_only_a_supervisor_authorises(book: Ledger, case: str, by: str) -> None:
    assert book.do(authorise(case, by=by)) == r.SupervisorNeeded()


def test_b4_nobody_authorises_their_own(book: Ledger) -> None:
    case = book.open(actor="carla")
    book.run(c.IdentifyProblem(case, PROBLEM), actor="carla")
    assert book.do(authorise(case, by="carla"), "carla") == r.NotYourOwn()
    book.run(authorise(case, by="diego"), actor="carla")


@pytest.mark.parametrize("reason", ["", " ", "\u200b\x07"])
def test_b4_a_reason_is_needed(book: Ledger, case: str, reason: str) -> None:
    assert book.do(replace(authorise(case), reason=reason)) == r.TextMissing("reason")
    later = book.now + timedelta(hours=1)
    assert book.do(c.AskException(case, "own", MUCH, reason, later)) == r.TextMissing("reason")


def test_b4_an_authorisation_and_what_it_is_for_are_one_command(book: Ledger, case: str) -> None:
    before = len(book.entries)
    book.run(authorise(case))
    authorised, reserved = book.entries[before:][-2:]
    assert reserved.command == authorised.command
    assert authorised.fact == f.ExceptionAuthorised("carla", "own", MUCH, REASON)
    assert isinstance(reserved.fact, f.CompensationReserved)
    assert (reserved.fact.amount, reserved.fact.person) == (MUCH, RESERVE)
    assert book.cases[case].authorised == "", "nothing is left of it"


def test_b4_after_an_undo_or_a_change_it_has_to_be_authorised_again(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.UndoLast(case))
    assert book.purse(RESERVE).reserved == 0
    assert isinstance(book.do(c.GrantCompensation(case, "own", MUCH)), r.OverCap)
    book.run(authorise(case), c.GrantCompensation(case, "voucher"))
    assert isinstance(book.do(c.GrantCompensation(case, "own", MUCH)), r.OverCap)
    assert (book.purse(RESERVE).reserved, book.purse().reserved) == (0, 8_000)


def test_b4_no_ordinary_command_goes_above_a_limit(book: Ledger, case: str) -> None:
    before = len(book.entries)
    assert book.do(c.GrantCompensation(case, "own", MUCH)) == r.OverCap(MUCH, mxn(15_000), mxn(15_000))
    assert len(book.entries) == before


def test_b4_a_yes_is_answered_once_and_pays_once(book: Ledger, case: str) -> None:
    book.run(c.AskException(case, "own", MUCH, REASON, book.now + timedelta(hours=3)), c.CloseCase(case, True))
    book.run(c.AnswerException(case, True), actor="carla")
    spent = book.purse(RESERVE).spent
    assert spent == 20_000
    assert book.do(c.AnswerException(case, True), "carla") == r.NoSuchPending()
    assert isinstance(book.do(c.GrantCompensation(case, "own", MUCH)), r.Refusal)
    assert book.purse(RESERVE).spent == spent


def test_b4_an_empty_budget_never_lowers_the_gesture(book: Ledger, case: str) -> None:
    spend_it_all(book)
    assert book.do(c.GrantCompensation(case, "voucher")) == r.BudgetTooLight(mxn(8_000), mxn(0))
    assert book.cases[case].gesture is None
    book.run(authorise(case, None, code="voucher"))
    gesture = book.cases[case].gesture
    assert gesture is not None
    assert (gesture.code, gesture.amount, gesture.person) == ("voucher", mxn(8_000), RESERVE)
    assert book.purse().left == 0


def test_b4_an_empty_reserve_pays_nothing_more(book: Ledger) -> None:
    whole = book.policy.reserve.minor
    first = book.open()
    book.run(c.IdentifyProblem(first, PROBLEM))
    assert book.do(authorise(first, mxn(whole + 1))) == r.ReserveTooLight(mxn(whole + 1), mxn(whole))
    book.run(authorise(first, mxn(whole)))
    second = book.open()
    book.run(c.IdentifyProblem(second, PROBLEM))
    assert book.do(authorise(second)) == r.ReserveTooLight(MUCH, mxn(0))
    book.run(authorise(first, mxn(whole - 1)))  # what it holds counts
    assert book.purse(RESERVE).left == 1


def test_b5_an_exception_can_be_undone_and_the_reserve_gets_it_back(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.UndoLast(case))
    assert book.cases[case].gesture is None
    assert book.cases[case].decided == ("listen",)
    assert book.purse(RESERVE).left == book.policy.reserve.minor
    assert book.kinds(case)[-2:] == ["compensation.released", "step.undone"]


def test_b5_an_exception_can_be_changed_into_a_gesture_of_ones_own(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.GrantCompensation(case, "voucher"))
    assert (book.purse(RESERVE).left, book.purse().reserved) == (book.policy.reserve.minor, 8_000)


def test_b5_undoing_the_closing_reserves_the_exception_again(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.CloseCase(case, True), c.UndoLast(case))
    assert (book.purse(RESERVE).reserved, book.purse(RESERVE).spent) == (20_000, 0)


def test_b2_after_an_exception_the_case_has_no_room_left_under_the_cap(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.CloseCase(case, True))
    asked = book.cases[case].follow_up()
    assert asked is not None
    book.run(c.AnswerFollowUp(case, asked.id, "not_satisfied"))
    assert book.do(c.GrantCompensation(case, "voucher")) == r.OverCap(mxn(8_000), mxn(15_000), mxn(0))
