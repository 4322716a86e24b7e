"""B4: above a limit the call goes on: a supervisor authorises, the reserve pays, and nothing smaller is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
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
    book.run(authorise(case), c.GrantException(case, "own", MUCH))
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
    assert book.do(c.GrantException(unknown, "own", MUCH)) == r.ProblemFirst()


@pytest.mark.parametrize("by", ["ana", "bruno", "nobody"])
def test_b4_only_a_supervisor_authorises(book: Ledger, case: str, by: str) -> None:
    assert book.do(authorise(case, by=by)) == r.SupervisorNeeded()


def test_b4_nobody_authorises_their_own(book: Ledger) -> None:
    case = book.open(actor="carla")
    book.run(c.IdentifyProblem(case, PROBLEM), actor="carla")
    assert book.do(authorise(case, by="carla"), "carla") == r.NotYourOwn()
    book.run(authorise(case, by="diego"), c.GrantException(case, "own", MUCH), actor="carla")


def test_b4_whoever_authorised_cannot_grant_it_to_themselves_once_the_case_is_theirs(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.HandOver(case, "carla", "permission"))
    book.run(c.AcceptCase(case), c.ResumeCase(case), actor="carla")
    assert book.do(c.GrantException(case, "own", MUCH), "carla") == r.NotYourOwn()
    assert book.cases[case].gesture is None


@pytest.mark.parametrize("reason", ["", " ", "\u200b\x07"])
def test_b4_a_reason_is_needed(book: Ledger, case: str, reason: str) -> None:
    assert book.do(replace(authorise(case), reason=reason)) == r.TextMissing("reason")
    later = book.now + timedelta(hours=1)
    assert book.do(c.AskException(case, "own", MUCH, reason, later)) == r.TextMissing("reason")


def test_b4_an_authorisation_is_good_once(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.GrantException(case, "own", MUCH))
    assert book.do(c.GrantException(case, "own", MUCH)) == r.AuthorisationNeeded()
    book.run(c.UndoLast(case))
    assert book.do(c.GrantException(case, "own", MUCH)) == r.AuthorisationNeeded()
    assert book.purse(RESERVE).reserved == 0


def test_b4_an_ordinary_gesture_uses_an_authorisation_up(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.GrantCompensation(case, "voucher"))
    assert book.do(c.GrantException(case, "own", MUCH)) == r.AuthorisationNeeded()


@pytest.mark.parametrize(
    ("code", "amount"), [("own", mxn(20_001)), ("own", mxn(19_999)), ("voucher", None), ("discount", None)]
)
def test_b4_it_is_good_for_that_gesture_and_that_amount(
    book: Ledger, case: str, code: str, amount: Money | None
) -> None:
    book.run(authorise(case))
    assert book.do(c.GrantException(case, code, amount)) == r.AuthorisationNeeded()
    book.run(c.GrantException(case, "own", MUCH))


def test_b4_it_is_good_for_that_case(book: Ledger, case: str) -> None:
    other = book.open()
    book.run(c.IdentifyProblem(other, PROBLEM), authorise(case))
    assert book.do(c.GrantException(other, "own", MUCH)) == r.AuthorisationNeeded()


@pytest.mark.parametrize("seconds", [0, 1, 60])
def test_b4_it_is_good_for_a_minute(book: Ledger, case: str, seconds: int) -> None:
    book.run(authorise(case))
    book.wait(seconds)
    book.run(c.GrantException(case, "own", MUCH))


@pytest.mark.parametrize("seconds", [60.001, 61, 86_400, -0.001, -1])
def test_b4_after_a_minute_or_with_the_clock_put_back_it_is_not(book: Ledger, case: str, seconds: float) -> None:
    book.run(authorise(case))
    book.wait(seconds)
    assert book.do(c.GrantException(case, "own", MUCH)) == r.AuthorisationNeeded()


def test_b4_without_an_authorisation_nothing_goes_above_a_limit(book: Ledger, case: str) -> None:
    before = len(book.entries)
    assert book.do(c.GrantException(case, "own", MUCH)) == r.AuthorisationNeeded()
    assert len(book.entries) == before


def test_b4_an_empty_budget_never_lowers_the_gesture(book: Ledger, case: str) -> None:
    spend_it_all(book)
    assert book.do(c.GrantCompensation(case, "voucher")) == r.BudgetTooLight(mxn(8_000), mxn(0))
    assert book.cases[case].gesture is None
    book.run(authorise(case, None, code="voucher"), c.GrantException(case, "voucher"))
    gesture = book.cases[case].gesture
    assert gesture is not None
    assert (gesture.code, gesture.amount, gesture.person) == ("voucher", mxn(8_000), RESERVE)
    assert book.purse().left == 0


def test_b4_an_empty_reserve_pays_nothing_more(book: Ledger) -> None:
    whole = book.policy.reserve.minor
    first = book.open()
    book.run(c.IdentifyProblem(first, PROBLEM))
    assert book.do(authorise(first, mxn(whole + 1))) == r.ReserveTooLight(mxn(whole + 1), mxn(whole))
    book.run(authorise(first, mxn(whole)), c.GrantException(first, "own", mxn(whole)))
    second = book.open()
    book.run(c.IdentifyProblem(second, PROBLEM))
    assert book.do(authorise(second)) == r.ReserveTooLight(MUCH, mxn(0))
    book.run(authorise(first, mxn(whole - 1)), c.GrantException(first, "own", mxn(whole - 1)))  # what it holds counts
    assert book.purse(RESERVE).left == 1


def test_b3_a_reserve_that_was_spent_since_the_authorisation_is_not_overspent(book: Ledger, case: str) -> None:
    whole = book.policy.reserve.minor
    other = book.open(actor="bruno")
    book.run(c.IdentifyProblem(other, PROBLEM), authorise(other, mxn(whole)), actor="bruno")
    book.run(authorise(case), c.GrantException(case, "own", MUCH))
    left = mxn(whole - 20_000)
    assert book.do(c.GrantException(other, "own", mxn(whole)), "bruno") == r.ReserveTooLight(mxn(whole), left)


def test_b5_an_exception_can_be_undone_and_the_reserve_gets_it_back(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.GrantException(case, "own", MUCH), c.UndoLast(case))
    assert book.cases[case].gesture is None
    assert book.cases[case].decided == ("listen",)
    assert book.purse(RESERVE).left == book.policy.reserve.minor
    assert book.kinds(case)[-2:] == ["compensation.released", "step.undone"]


def test_b5_an_exception_can_be_changed_into_a_gesture_of_ones_own(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.GrantException(case, "own", MUCH), c.GrantCompensation(case, "voucher"))
    assert (book.purse(RESERVE).left, book.purse().reserved) == (book.policy.reserve.minor, 8_000)


def test_b5_undoing_the_closing_reserves_the_exception_again(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.GrantException(case, "own", MUCH), c.CloseCase(case, True), c.UndoLast(case))
    assert (book.purse(RESERVE).reserved, book.purse(RESERVE).spent) == (20_000, 0)


def test_b2_after_an_exception_the_case_has_no_room_left_under_the_cap(book: Ledger, case: str) -> None:
    book.run(authorise(case), c.GrantException(case, "own", MUCH), c.CloseCase(case, True))
    asked = book.cases[case].follow_up()
    assert asked is not None
    book.run(c.AnswerFollowUp(case, asked.id, "not_satisfied"))
    assert book.do(c.GrantCompensation(case, "voucher")) == r.OverCap(mxn(8_000), mxn(15_000), mxn(0))
