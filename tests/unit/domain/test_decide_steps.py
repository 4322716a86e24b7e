"""A1 to A4, B1, B2, B5, B8: opening a case, and the first four steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import OTHER_PROBLEM, keepable
from mesa_recuperacion.domain.script import STEPS
from tests.desk import NOW
from tests.ledger import Ledger

PROBLEM, VOUCHER = "missing_product", Money(8000, "MXN")


@pytest.fixture
def case(book: Ledger) -> str:
    """A case that was just opened."""
    return book.open()


def mxn(minor: int) -> Money:
    return Money(minor, "MXN")


def test_c1_a_case_begins_at_the_first_letter_that_was_typed(book: Ledger) -> None:
    book.do(c.OpenCase(NOW - timedelta(seconds=7), name="Marta Ruiz"))
    state = book.cases["CEN-1001"]
    assert state.countdown.elapsed(NOW) == 7
    assert state.standard == book.policy.default_standard


def test_c1_a_case_cannot_begin_in_the_future(book: Ledger) -> None:
    book.do(c.OpenCase(NOW + timedelta(hours=1), name="Marta Ruiz"))
    assert book.cases["CEN-1001"].started_at == NOW


@pytest.mark.parametrize("name", ["", "   ", "\x1b[31m", "\u200b"])
def test_a1_a_customer_has_a_name(book: Ledger, name: str) -> None:
    assert book.do(c.OpenCase(NOW, name=name)) == r.NameMissing()
    assert not book.entries


def test_a3_a_known_customer_is_not_registered_again(book: Ledger, case: str) -> None:
    customer = book.cases[case].customer
    again = book.open(customer=customer)
    assert book.kinds(again) == ["case.opened", "follow_up.scheduled"]
    assert sum(isinstance(e.fact, f.CustomerRegistered) for e in book.entries) == 1
    assert book.do(c.OpenCase(NOW, customer="nobody")) == r.UnknownCustomer()


def test_a4_earlier_complaints_are_counted_within_the_policys_days(book: Ledger, case: str) -> None:
    customer = book.cases[case].customer
    assert book.cases[case].earlier == 0
    assert book.cases[book.open(customer=customer)].earlier == 1
    book.wait(86_400 * (book.policy.repeat_days + 1))
    assert book.cases[book.open(customer=customer)].earlier == 0


def test_a1_the_six_steps_in_their_order(book: Ledger, case: str) -> None:
    assert STEPS == ("apologise", "listen", "solve", "compensate", "promise", "follow_up")
    assert book.cases[case].pending_steps() == STEPS
    book.standard(case)
    assert book.cases[case].pending_steps() == ()
    assert book.cases[case].next_step() == "close"


def test_a2_a_step_that_was_passed_over_is_never_ticked_by_itself(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM), c.ChooseRemedy(case, "send_missing"), c.CloseCase(case, True))
    closed = book.of(case)[-1].fact
    assert isinstance(closed, f.CaseClosed)
    assert closed.pending == ("apologise", "compensate", "promise", "follow_up")
    assert book.cases[case].pending == closed.pending


def test_a2_saying_a_step_twice_records_it_once(book: Ledger, case: str) -> None:
    assert book.do(c.SayStep(case, "apologise")) == (f.StepSaid("apologise"),)
    assert book.do(c.SayStep(case, "apologise")) == ()
    assert book.do(c.SayStep(case, "shout")) == r.NotAuthorised("shout")


def test_b1_only_the_problems_of_the_policy(book: Ledger, case: str) -> None:
    assert book.do(c.IdentifyProblem(case, "bad_luck")) == r.NotAuthorised("bad_luck")
    assert book.do(c.IdentifyProblem(case, OTHER_PROBLEM, " \x07 ")) == r.TextMissing("problem")
    book.run(c.IdentifyProblem(case, OTHER_PROBLEM, "la tienda olía\na humo"))
    assert book.cases[case].problem_text == "la tienda olía a humo"


def test_b1_the_text_of_a_listed_problem_is_not_kept(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM, "secreto"))
    assert book.cases[case].problem_text == ""


def test_c3_the_problem_brings_its_own_standard(book: Ledger, case: str) -> None:
    for problem in book.policy.problems:
        book.run(c.IdentifyProblem(case, problem.code, "algo"))
        assert book.cases[case].standard == problem.standard


def test_c8_the_same_problem_again_is_a_repeat(book: Ledger, case: str) -> None:
    customer = book.cases[case].customer
    book.run(c.IdentifyProblem(case, PROBLEM))
    assert book.cases[case].repeat is False
    second = book.open(customer=customer)
    book.run(c.IdentifyProblem(second, "damaged_product"))
    assert book.cases[second].repeat is False
    book.run(c.IdentifyProblem(second, PROBLEM))
    assert book.cases[second].repeat is True


def test_b1_only_the_remedies_of_the_problem_with_the_day_they_can_be_kept(book: Ledger, case: str) -> None:
    assert book.do(c.ChooseRemedy(case, "send_missing")) == r.ProblemFirst()
    book.run(c.IdentifyProblem(case, PROBLEM))
    assert book.do(c.ChooseRemedy(case, "find_out")) == r.NotAuthorised("find_out")
    book.run(c.ChooseRemedy(case, "send_missing"))
    remedy = book.cases[case].remedy
    assert remedy is not None
    offered = next(x for x in book.policy.problem(PROBLEM).remedies if x.code == "send_missing")  # type: ignore[union-attr]
    assert (remedy.cost, remedy.area) == (offered.cost, offered.area)
    assert remedy.due_at == keepable(offered.within, book.policy.hours, NOW)
    assert book.policy.hours.is_open(remedy.due_at)
    assert book.do(c.ChooseRemedy(case, "send_missing")) == ()


def test_b1_another_problem_takes_back_what_only_the_first_authorised(book: Ledger, case: str) -> None:
    book.standard(case, "free_shipping")
    book.run(c.IdentifyProblem(case, "billing_error"))
    state = book.cases[case]
    assert state.remedy is None
    assert state.gesture is None
    assert next(iter(book.purses.values())).left == book.policy.budget.minor


def test_b1_a_gesture_that_the_other_problem_authorises_too_stays(book: Ledger, case: str) -> None:
    both = set(book.policy.problem(PROBLEM).compensations) & set(book.policy.problem("damaged_product").compensations)  # type: ignore[union-attr]
    gesture = min(x.code for x in both)
    book.standard(case, gesture)
    book.run(c.IdentifyProblem(case, "damaged_product"))
    kept = book.cases[case].gesture
    assert kept is not None
    assert kept.code == gesture


def test_b2_a_gesture_costs_the_budget_at_once_and_is_delivered_at_closing(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM), c.GrantCompensation(case, "voucher"))
    purse = next(iter(book.purses.values()))
    assert (purse.reserved, purse.spent) == (8000, 0)
    book.run(c.CloseCase(case, True))
    assert (purse.reserved, purse.spent) == (0, 8000)


def test_b2_the_cap_is_one_for_the_whole_case(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM))
    over = mxn(15_001)
    assert book.do(c.GrantCompensation(case, "own", over)) == r.OverCap(over, mxn(15_000), mxn(15_000))
    book.run(c.GrantCompensation(case, "own", mxn(15_000)))
    assert book.cases[case].given_minor() == 15_000


def test_b2_what_an_earlier_round_got_counts_against_the_cap(book: Ledger, case: str) -> None:
    book.standard(case)
    book.run(c.CloseCase(case, True))
    asked = book.cases[case].follow_up()
    assert asked is not None
    book.run(c.AnswerFollowUp(case, asked.id, "not_satisfied"))
    assert book.do(c.GrantCompensation(case, "voucher")) == r.OverCap(VOUCHER, mxn(15_000), mxn(7_000))
    book.run(c.GrantCompensation(case, "own", mxn(7_000)))


def test_b2_the_budget_is_the_agents_own(book: Ledger) -> None:
    for _ in range(3):
        case = book.open()
        book.run(c.IdentifyProblem(case, PROBLEM), c.GrantCompensation(case, "own", mxn(15_000)))
    last = book.open()
    book.run(c.IdentifyProblem(last, PROBLEM))
    assert book.do(c.GrantCompensation(last, "voucher")) == r.BudgetTooLight(VOUCHER, mxn(5_000))
    bruno = book.open(actor="bruno")
    book.run(c.IdentifyProblem(bruno, PROBLEM), c.GrantCompensation(bruno, "voucher"), actor="bruno")


def test_b2_changing_a_gesture_gives_the_earlier_amount_back_first(book: Ledger, case: str) -> None:
    for _ in range(3):
        other = book.open()
        book.run(c.IdentifyProblem(other, PROBLEM), c.GrantCompensation(other, "own", mxn(14_000)))
    book.run(c.IdentifyProblem(case, PROBLEM), c.GrantCompensation(case, "voucher"))
    assert book.do(c.GrantCompensation(case, "own", mxn(8_001))) == r.BudgetTooLight(mxn(8_001), mxn(8_000))
    book.run(c.GrantCompensation(case, "own", mxn(7_999)))
    assert book.cases[case].gesture is not None
    assert book.cases[case].given_minor() == 7_999


def test_b3_granting_the_same_again_changes_nothing(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM), c.GrantCompensation(case, "voucher"))
    assert book.do(c.GrantCompensation(case, "voucher")) == ()


@pytest.mark.parametrize("cents", [0, -1, -8000])
def test_b2_an_own_amount_is_more_than_nothing(book: Ledger, case: str, cents: int) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM))
    assert book.do(c.GrantCompensation(case, "own", mxn(cents))) == r.AmountMissing()


def test_b2_an_own_amount_needs_an_amount_and_a_listed_one_has_its_own(book: Ledger, case: str) -> None:
    assert book.do(c.GrantCompensation(case, "voucher")) == r.ProblemFirst()
    book.run(c.IdentifyProblem(case, PROBLEM))
    assert book.do(c.GrantCompensation(case, "own")) == r.NotAuthorised("own")
    assert book.do(c.GrantCompensation(case, "bill_discount")) == r.NotAuthorised("bill_discount")
    book.run(c.GrantCompensation(case, "voucher", mxn(1)))
    assert book.cases[case].given_minor() == 8000


def test_b7_an_amount_in_another_currency_is_refused(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM))
    assert book.do(c.GrantCompensation(case, "own", Money(100, "USD"))) == r.NotAuthorised("own")


def test_b8_nothing_is_an_answer_with_its_reason(book: Ledger, case: str) -> None:
    book.run(c.IdentifyProblem(case, PROBLEM), c.GrantCompensation(case, "voucher"))
    assert book.do(c.DeclineCompensation(case, " \u200b ")) == r.TextMissing("reason")
    book.run(c.DeclineCompensation(case, "no quiso\nnada"))
    state = book.cases[case]
    assert state.declined == "no quiso nada"
    assert state.gesture is None
    assert state.done("compensate")
    assert next(iter(book.purses.values())).left == book.policy.budget.minor


def test_a3_notes_are_cleaned_and_an_empty_one_is_refused(book: Ledger, case: str) -> None:
    assert book.do(c.AddNote(case, "\x1b[31mera un regalo\n")) == (f.NoteAdded("era un regalo"),)
    assert book.do(c.AddNote(case, "\x00")) == r.TextMissing("note")


def test_e2_a_case_is_changed_only_by_its_owner(book: Ledger, case: str) -> None:
    assert book.do(c.SayStep(case, "apologise"), actor="bruno") == r.NotYours("ana")
    assert book.do(c.SayStep("CEN-1999", "apologise")) == r.UnknownCase("CEN-1999")


def test_b1_a_gesture_that_the_other_problem_lists_at_another_price_is_taken_back(book: Ledger) -> None:
    problems = tuple(
        replace(p, compensations=tuple(replace(x, amount=mxn(x.amount.minor + 100)) for x in p.compensations))
        if p.code == "damaged_product"
        else p
        for p in book.policy.problems
    )
    dearer = Ledger(policy=replace(book.policy, problems=problems))
    case = dearer.open()
    dearer.run(c.IdentifyProblem(case, PROBLEM), c.GrantCompensation(case, "voucher"))
    dearer.run(c.IdentifyProblem(case, "damaged_product"))
    assert dearer.cases[case].gesture is None
    assert dearer.purse().left == book.policy.budget.minor


@pytest.mark.parametrize("change", [c.IdentifyProblem, c.ChooseRemedy])
def test_c5_a_promise_of_what_is_no_longer_the_remedy_is_taken_back(
    book: Ledger, case: str, change: type[c.IdentifyProblem | c.ChooseRemedy]
) -> None:
    book.standard(case)
    book.run(change(case, "wrong_delivery" if change is c.IdentifyProblem else "resend_all"))
    state = book.cases[case]
    assert [p.status for p in state.promises] == ["withdrawn"]
    assert "promise" in state.pending_steps()
    assert state.next_contact() is not None
