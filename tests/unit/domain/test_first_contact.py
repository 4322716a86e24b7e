"""C2, C6, C7, C8: why it took longer, both clocks, and what is no longer resolved at first contact."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.parts import OVERRUNS
from mesa_recuperacion.domain.tally import Counted, tally
from tests.desk import NOW
from tests.ledger import Ledger, asked_of


def counted(book: Ledger, case: str) -> Counted:
    figures = tally(book.cases[case]).counted
    assert figures is not None
    return figures


@pytest.mark.parametrize("reason", OVERRUNS)
def test_c2_the_overrun_has_one_of_three_reasons_and_blocks_nothing(book: Ledger, case: str, reason: str) -> None:
    book.wait(61)
    assert book.cases[case].countdown.state(book.now) == "late"
    assert book.do(c.ExplainOverrun(case, reason)) == (f.OverrunExplained(reason),)
    assert book.do(c.ExplainOverrun(case, reason)) == ()
    book.run(c.CloseCase(case, True))
    assert (book.cases[case].overrun, counted(book, case).counts.on_time) == (reason, 0)


def test_c2_the_last_reason_holds_and_another_one_is_refused(book: Ledger, case: str) -> None:
    assert book.do(c.ExplainOverrun(case, "customer")) == r.NotAuthorised("customer")
    book.run(c.ExplainOverrun(case, "system"), c.ExplainOverrun(case, "complex"))
    assert book.cases[case].overrun == "complex"


def test_c2_a_case_that_is_opened_again_runs_over_for_reasons_of_its_own(book: Ledger, closed: str) -> None:
    book.run(c.UndoLast(closed), c.ExplainOverrun(closed, "system"), c.CloseCase(closed, True))
    book.run(c.AnswerFollowUp(closed, asked_of(book.cases[closed]).id, "not_satisfied"))
    assert book.cases[closed].overrun == ""


def test_c6_both_clocks_are_kept_through_every_closing(book: Ledger, closed: str) -> None:
    waited = []
    for seconds in (10, 200):
        book.wait(86_400)
        book.run(c.AnswerFollowUp(closed, asked_of(book.cases[closed]).id, "not_satisfied"))
        assert book.cases[closed].countdown.started == book.now
        book.wait(seconds)
        book.run(c.CloseCase(closed, True))
        waited.append(book.cases[closed].elapsed)
        assert (book.cases[closed].first_elapsed, book.cases[closed].first_closed_at) == (51, counted(book, closed).at)
    assert waited == [10, 200]
    assert counted(book, closed).counts.on_time == 1


def test_c6_undoing_a_later_closing_leaves_the_first_clock(book: Ledger, closed: str) -> None:
    first = book.cases[closed]
    book.run(c.AnswerFollowUp(closed, asked_of(first).id, "not_satisfied"), c.CloseCase(closed, True))
    book.run(c.UndoLast(closed))
    again = book.cases[closed]
    assert (again.first_elapsed, again.first_closed_at) == (first.first_elapsed, first.first_closed_at)


def test_c6_undoing_the_first_closing_starts_no_new_clock(book: Ledger, closed: str) -> None:
    book.run(c.UndoLast(closed))
    book.wait(20)
    book.run(c.CloseCase(closed, True))
    assert (book.cases[closed].first_elapsed, book.cases[closed].first_closed_at) == (71, book.now)


def test_c1_a_clock_that_is_put_back_never_makes_time_negative(book: Ledger, case: str) -> None:
    book.wait(-3600)
    book.run(c.CloseCase(case, True))
    assert book.cases[case].elapsed == 0


def test_c3_the_default_standard_applies_again_once_the_problem_is_taken_back(book: Ledger) -> None:
    case = book.open()
    book.run(c.IdentifyProblem(case, "billing_error"))
    assert book.cases[case].standard == 120
    book.run(c.UndoLast(case))
    assert book.cases[case].standard == book.policy.default_standard == 60


Spoil = Callable[[Ledger, str], None]


def _parked(book: Ledger, case: str) -> None:
    book.run(c.ParkCase(case), c.ResumeCase(case))


def _handed_over(book: Ledger, case: str) -> None:
    book.run(c.HandOver(case, "bruno", "shift"))
    book.run(c.AcceptCase(case), actor="bruno")


def _declined(book: Ledger, case: str) -> None:
    book.run(c.HandOver(case, "bruno", "asked"))
    book.run(c.DeclineCase(case, "en una llamada"), actor="bruno")
    book.run(c.KeepCase(case))


def _called_and_not_satisfied(book: Ledger, case: str) -> None:
    book.run(c.AnswerFollowUp(case, asked_of(book.cases[case]).id, "not_satisfied"))


def _called_and_satisfied(book: Ledger, case: str) -> None:
    book.run(c.AnswerFollowUp(case, asked_of(book.cases[case]).id, "satisfied"))


@pytest.mark.parametrize(
    ("what", "first"),
    [(_parked, 0), (_handed_over, 0), (_called_and_not_satisfied, 0), (_declined, 1), (_called_and_satisfied, 1)],
)
def test_c8_one_contact_of_one_person_and_nobody_said_otherwise(
    book: Ledger, case: str, what: Spoil, first: int
) -> None:
    what(book, case)
    book.run(c.CloseCase(case, True), actor=book.cases[case].owner)
    assert counted(book, case).counts.first_contact == first


def test_c7_each_hand_over_is_counted(book: Ledger, case: str) -> None:
    for giver, taker in (("ana", "bruno"), ("bruno", "ana")):
        book.run(c.HandOver(case, taker, "speciality"), actor=giver)
        assert book.cases[case].owner == giver
        book.run(c.AcceptCase(case), actor=taker)
    assert (book.cases[case].hand_overs, book.cases[case].owner) == (2, "ana")
    assert not book.cases[case].first_contact


def test_c8_opening_it_again_takes_it_back(book: Ledger, closed: str) -> None:
    assert counted(book, closed).counts.first_contact == 1
    book.run(c.AnswerFollowUp(closed, asked_of(book.cases[closed]).id, "not_satisfied"))
    assert counted(book, closed).counts.first_contact == 0


def test_c8_saying_what_another_problem_was_in_other_words_is_no_repeat(book: Ledger) -> None:
    case = book.open()
    book.run(c.IdentifyProblem(case, "other", "olía a humo"), c.IdentifyProblem(case, "other", "olía a quemado"))
    assert not book.cases[case].repeat


def test_c8_a_repeat_of_a_problem_that_was_taken_back_is_none(book: Ledger) -> None:
    first = book.open()
    book.run(c.IdentifyProblem(first, "missing_product"))
    second = book.open(customer=book.cases[first].customer)
    book.run(c.IdentifyProblem(second, "missing_product"))
    assert book.cases[second].repeat
    book.run(c.UndoLast(second))
    assert not book.cases[second].repeat


def test_d1_the_day_of_the_first_closing_counts_it(book: Ledger, closed: str) -> None:
    assert counted(book, closed).at == book.now == book.cases[closed].closed_at
    assert book.cases[closed].opened_at == NOW
