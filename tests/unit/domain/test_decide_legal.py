"""B6: what the law owes: recorded, apart from budget and cap, and taken back with its problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.money import Money, zero
from mesa_recuperacion.domain.parts import Legal
from mesa_recuperacion.domain.policy import Policy, Statutory
from mesa_recuperacion.domain.tally import tally
from tests.desk import shipped
from tests.ledger import Ledger

OWED, NOTHING_OWED = "damaged_product", "missing_product"


def mxn(minor: int) -> Money:
    return Money(minor, "MXN")


@pytest.fixture
def case(book: Ledger) -> str:
    """A case whose problem the law has something to say about: a fifth of the price."""
    case = book.open()
    book.run(c.IdentifyProblem(case, OWED))
    return case


def with_statutory(statutory: Statutory) -> Policy:
    """The policy with another law for damaged products."""
    policy = shipped()
    changed = (replace(p, statutory=statutory) if p.code == OWED else p for p in policy.problems)
    return replace(policy, problems=tuple(changed))


@pytest.mark.parametrize(("price", "owed"), [(100, 20), (101, 21), (104, 21), (105, 21), (1, 1), (129_900, 25_980)])
def test_b6_the_share_of_the_price_goes_up_to_the_minor_unit(book: Ledger, case: str, price: int, owed: int) -> None:
    book.run(c.RecordStatutory(case, mxn(price)))
    assert book.cases[case].legal == Legal(mxn(price), mxn(owed))


def test_b6_it_is_apart_from_the_cap_and_from_every_budget(book: Ledger, case: str) -> None:
    book.run(c.RecordStatutory(case, mxn(1_000_000)), c.GrantCompensation(case, "own", mxn(15_000)))
    assert book.cases[case].given_minor() == 15_000
    assert book.purse().reserved == 15_000
    assert {person for person, _ in book.purses} == {"ana"}


def test_b6_a_share_needs_the_price(book: Ledger, case: str) -> None:
    assert book.do(c.RecordStatutory(case)) == r.PriceNeeded()
    assert book.do(c.RecordStatutory(case, mxn(0))) == r.PriceNeeded()
    assert book.do(c.RecordStatutory(case, mxn(-5))) == r.PriceNeeded()
    assert book.do(c.RecordStatutory(case, Money(100, "USD"))) == r.NotAuthorised("statutory")
    assert book.cases[case].legal is None


@pytest.mark.parametrize("price", [None, mxn(0), mxn(99_900), Money(100, "USD")])
def test_b6_a_fixed_amount_needs_no_price(price: Money | None) -> None:
    book = Ledger(policy=with_statutory(Statutory("De ley", 0, mxn(5_000))))
    case = book.open()
    book.run(c.IdentifyProblem(case, OWED), c.RecordStatutory(case, price))
    assert book.cases[case].legal == Legal(zero("MXN"), mxn(5_000))


def test_b6_only_where_the_policy_says_so(book: Ledger) -> None:
    case = book.open()
    for command in (c.RecordStatutory(case, mxn(100)), c.WaiveStatutory(case, "no aplica")):
        assert book.do(command) == r.ProblemFirst()
    book.run(c.IdentifyProblem(case, NOTHING_OWED))
    for command in (c.RecordStatutory(case, mxn(100)), c.WaiveStatutory(case, "no aplica")):
        assert book.do(command) == r.NotAuthorised("statutory")


def test_b6_the_same_again_records_nothing_and_another_price_replaces_it(book: Ledger, case: str) -> None:
    book.run(c.RecordStatutory(case, mxn(100)))
    assert book.do(c.RecordStatutory(case, mxn(100))) == ()
    book.run(c.RecordStatutory(case, mxn(200)))
    assert book.cases[case].legal == Legal(mxn(200), mxn(40))


@pytest.mark.parametrize("other", [NOTHING_OWED, "service_cancelled"])
def test_b6_another_problem_takes_it_back(book: Ledger, case: str, other: str) -> None:
    book.run(c.RecordStatutory(case, mxn(100)), c.IdentifyProblem(case, other))
    assert book.cases[case].legal is None
    assert "statutory" not in book.cases[case].decided


@pytest.mark.parametrize("waived", [False, True])
def test_b5_it_can_be_undone_and_stays_in_the_journal(book: Ledger, case: str, waived: bool) -> None:
    book.run(c.WaiveStatutory(case, "no aplica") if waived else c.RecordStatutory(case, mxn(100)))
    assert book.cases[case].decided[-1] == "statutory"
    book.run(c.UndoLast(case, "statutory"))
    assert book.cases[case].legal is None
    assert book.cases[case].problem == OWED
    assert book.kinds(case)[-2:] == ["statutory.waived" if waived else "statutory.recorded", "step.undone"]


def test_b6_that_it_does_not_apply_needs_a_reason(book: Ledger, case: str) -> None:
    assert book.do(c.WaiveStatutory(case, " \x1b[1m ")) == r.TextMissing("reason")
    book.run(c.RecordStatutory(case, mxn(100)), c.WaiveStatutory(case, "lo pagó con vale"))
    assert book.cases[case].legal == Legal(None, None, waived=True)


def test_d1_the_law_is_counted_apart_and_once_the_case_is_closed(book: Ledger, case: str) -> None:
    book.run(c.RecordStatutory(case, mxn(129_900)), c.GrantCompensation(case, "voucher"))
    assert tally(book.cases[case]).counted is None
    book.run(c.CloseCase(case, True))
    counted = tally(book.cases[case]).counted
    assert counted is not None
    assert (counted.counts.statutory, counted.counts.compensation) == (25_980, 8_000)


def test_d1_what_does_not_apply_costs_nothing(book: Ledger, case: str) -> None:
    book.run(c.WaiveStatutory(case, "no aplica"), c.CloseCase(case, True))
    counted = tally(book.cases[case]).counted
    assert counted is not None
    assert counted.counts.statutory == 0
