"""B4: with no supervisor near: supervision is asked, the customer gets an hour, and a yes is paid when it comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import ANSWER
from tests.ledger import Ledger

PROBLEM, REASON = "missing_product", "lleva dos meses esperando"


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


def at_the_desk(case: str, by: str = "carla") -> c.Command:
    """A supervisor authorises after all."""
    return c.AuthoriseException(case, "own", MUCH, REASON, by)


def wish(book: Ledger, case: str, amount: Money = MUCH, hours: int = 3) -> None:
    """Ask supervision, with an answer by that many hours from now."""
    book.run(c.AskException(case, "own", amount, REASON, book.now + timedelta(hours=hours)))


def test_b4_with_nobody_near_supervision_is_asked_and_the_customer_gets_an_hour(book: Ledger, case: str) -> None:
    wish(book, case)
    state = book.cases[case]
    promise = state.answer()
    assert promise is not None
    assert (promise.what, promise.due_at, promise.owner) == (ANSWER, book.now + timedelta(hours=3), "ana")
    assert state.wish is not None
    assert (state.wish.amount, state.wish.words, state.wish.status) == (MUCH, REASON, "pending")
    assert state.wish.promise == promise.id
    assert not state.done("promise")
    later = book.now + timedelta(hours=4)
    assert book.do(c.AskException(case, "own", MUCH, REASON, later)) == r.AskedAlready()


def test_b4_the_answer_is_promised_for_an_hour_to_come(book: Ledger, case: str) -> None:
    assert book.do(c.AskException(case, "own", MUCH, REASON, book.now)) == r.AlreadyPast(book.now)


def test_b4_a_question_on_top_of_a_promised_answer_is_one_answer(book: Ledger, case: str) -> None:
    book.run(c.PromiseAnswer(case, book.now + timedelta(hours=1)))
    wish(book, case)
    state = book.cases[case]
    assert [(p.what, p.due_at) for p in state.promises] == [(ANSWER, book.now + timedelta(hours=3))]
    assert state.wish is not None
    assert state.wish.promise == state.promises[0].id


def test_b4_a_yes_is_paid_at_once_while_the_case_is_open(book: Ledger, case: str) -> None:
    book.run(c.GrantCompensation(case, "voucher"))
    wish(book, case)
    book.run(c.AnswerException(case, True), actor="carla")
    state = book.cases[case]
    assert state.gesture is not None
    assert (state.gesture.amount, state.gesture.person, state.gesture.delivered) == (MUCH, RESERVE, False)
    assert state.wish is not None
    assert state.wish.status == "granted"
    assert book.purse().left == book.policy.budget.minor
    assert state.owner == "ana"
    assert book.do(c.AnswerException(case, True), "carla") == r.NoSuchPending()


def test_b4_a_yes_for_a_closed_case_is_delivered_at_once_and_only_the_rest(book: Ledger, case: str) -> None:
    book.run(c.GrantCompensation(case, "voucher"))
    wish(book, case)
    book.run(c.CloseCase(case, True))
    book.wait(3600)
    book.run(c.AnswerException(case, True), actor="carla")
    assert (book.purse().spent, book.purse(RESERVE).spent, book.purse(RESERVE).reserved) == (8_000, 12_000, 0)
    assert book.cases[case].given_minor() == 20_000
    assert book.cases[case].status == "closed"


def test_b4_a_yes_for_a_closed_case_that_got_nothing_pays_all_of_it(book: Ledger, case: str) -> None:
    wish(book, case)
    book.run(c.CloseCase(case, True))
    book.run(c.AnswerException(case, True), actor="carla")
    assert book.purse(RESERVE).spent == 20_000


def test_b4_what_an_earlier_round_gave_since_it_was_asked_counts_too(book: Ledger, case: str) -> None:
    book.run(c.GrantCompensation(case, "voucher"))
    wish(book, case)
    book.run(c.CloseCase(case, True))
    asked = next(u for u in book.cases[case].follow_ups if u.purpose == "verify" and u.status == "pending")
    book.run(c.AnswerFollowUp(case, asked.id, "not_satisfied"))
    assert book.cases[case].status == "open"
    book.run(c.IdentifyProblem(case, PROBLEM))
    book.run(c.AnswerException(case, True), actor="carla")
    assert book.purse(RESERVE).reserved == 12_000, "asked for 200 in all, of which the first round gave 80"
    assert book.cases[case].given_minor() == 20_000


def test_b5_a_closing_on_top_of_which_supervision_gave_is_not_undone(book: Ledger, case: str) -> None:
    book.run(c.GrantCompensation(case, "voucher"))
    wish(book, case)
    book.run(c.CloseCase(case, True))
    book.run(c.AnswerException(case, True), actor="carla")
    assert book.do(c.UndoLast(case, "close")) == r.WentOn()
    book.wait(31)
    assert book.do(c.UndoLast(case, "close")) == r.UndoTooLate(30)


def test_b4_a_no_says_why_and_changes_nothing_else(book: Ledger, case: str) -> None:
    book.run(c.GrantCompensation(case, "voucher"))
    wish(book, case)
    assert book.do(c.AnswerException(case, False, " "), "carla") == r.TextMissing("reason")
    book.run(c.AnswerException(case, False, "ya se le\ndio otra"), actor="carla")
    state = book.cases[case]
    assert state.wish is not None
    assert (state.wish.status, state.wish.words) == ("declined", "ya se le dio otra")
    assert state.gesture is not None
    assert state.gesture.amount == mxn(8_000)
    assert state.answer() is not None  # the customer is still told
    wish(book, case, hours=4)  # and may be asked for again
    assert book.cases[case].wish != state.wish


def test_b4_only_supervision_answers_and_nobody_their_own(book: Ledger, case: str) -> None:
    wish(book, case)
    assert book.do(c.AnswerException(case, True), "ana") == r.SupervisorNeeded()
    assert book.do(c.AnswerException(case, True), "bruno") == r.NotYours("ana")
    book.run(c.HandOver(case, "carla", "permission"))
    book.run(c.AcceptCase(case), actor="carla")
    assert book.do(c.AnswerException(case, True), "carla") == r.NotYourOwn()
    book.run(c.AnswerException(case, True), actor="diego")


def test_b4_a_yes_beyond_the_reserve_is_refused_and_still_waits(book: Ledger, case: str) -> None:
    whole = book.policy.reserve.minor
    wish(book, case, mxn(whole))
    other = book.open()
    book.run(c.IdentifyProblem(other, PROBLEM), at_the_desk(other))
    left = mxn(whole - 20_000)
    assert book.do(c.AnswerException(case, True), "carla") == r.ReserveTooLight(mxn(whole), left)
    book.run(c.CloseCase(case, True))
    assert book.do(c.AnswerException(case, True), "carla") == r.ReserveTooLight(mxn(whole), left)
    waits = book.cases[case].wish
    assert waits is not None
    assert waits.status == "pending"


def test_b1_a_yes_for_what_another_problem_listed_is_refused(book: Ledger) -> None:
    for _ in range(4):
        other = book.open()
        book.run(c.IdentifyProblem(other, PROBLEM), c.GrantCompensation(other, "own", mxn(12_000)))
    case = book.open()
    book.run(
        c.IdentifyProblem(case, "service_not_provided"),
        c.AskException(case, "free_visit", None, REASON, book.now + timedelta(hours=1)),
        c.IdentifyProblem(case, PROBLEM),
    )
    assert book.do(c.AnswerException(case, True), "carla") == r.NotAuthorised("free_visit")
    book.run(c.AnswerException(case, False, "era otro problema"), actor="carla")


def test_b4_a_no_stays_a_no_when_somebody_authorises_at_the_desk_later(book: Ledger, case: str) -> None:
    wish(book, case)
    book.run(c.AnswerException(case, False, "no ahora"), actor="carla")
    book.run(at_the_desk(case, by="diego"))
    declined = book.cases[case].wish
    assert declined is not None
    assert (declined.status, declined.words) == ("declined", "no ahora")


def test_e1_a_wrong_pin_is_recorded_with_the_case_and_changes_nothing(book: Ledger, case: str) -> None:
    before = book.cases[case]
    book._record(f.AuthorisationFailed("carla", 1), case, "ana")
    assert book.cases[case] == before
