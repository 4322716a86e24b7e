"""Forgetting a customer: whom, when not, and what it leaves of their cases (rules C4, E3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.decide.forget import forgotten
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.tally import tally
from mesa_recuperacion.domain.traces import Traces
from tests.ledger import Ledger, asked_of, promise_of
from tests.moves import Move, scripts
from tests.play import Seen, play


def closed(book: Ledger, name: str = "Marta Ruiz") -> str:
    """A standard case that was closed."""
    case = book.open(name)
    book.standard(case)
    book.run(c.CloseCase(case, satisfied=True))
    return case


def of(book: Ledger, case: str) -> str:
    """The customer of a case."""
    return book.cases[case].customer


def test_e3_only_supervision_forgets(book: Ledger) -> None:
    case = closed(book)
    assert book.do(c.ForgetCustomer(of(book, case)), "ana") == r.SupervisorNeeded()
    assert book.do(c.ForgetCustomer("nobody"), "carla") == r.UnknownCustomer()
    assert isinstance(book.do(c.ForgetCustomer(of(book, case)), "carla"), tuple)
    assert book.do(c.ForgetCustomer(of(book, case)), "carla") == r.CustomerForgotten()


@pytest.mark.parametrize("parked", [False, True])
def test_e3_not_while_a_case_of_theirs_is_open(book: Ledger, parked: bool) -> None:
    first = closed(book)
    second, third = (book.open(customer=of(book, first)) for _ in range(2))
    book.run(*((c.ParkCase(second),) if parked else ()), c.IdentifyProblem(third, "missing_product"))
    forget = c.ForgetCustomer(of(book, first))
    assert book.do(forget, "carla") == r.StillOpen((second, third))
    book.run(*(c.CloseCase(case, satisfied=True) for case in (third,)))
    book.run(*((c.ResumeCase(second),) if parked else ()), c.CloseCase(second, satisfied=True))
    assert isinstance(book.do(forget, "carla"), tuple)


def test_c4_whatever_was_pending_ends_and_is_asked_of_nobody(book: Ledger) -> None:
    case = closed(book)
    book.run(c.AskArea(case, book.policy.areas[0].code, "¿hay otro par?"))
    before = book.cases[case]
    assert len(before.waiting()) == 3
    book.run(c.ForgetCustomer(of(book, case)), actor="carla")
    after = book.cases[case]
    assert after.waiting() == ()
    pending = {x.id for x in before.waiting()}
    everything = (*after.promises, *after.follow_ups, *after.requests)
    assert {x.status for x in everything if x.id in pending} == {"forgotten"}
    assert book.owed_in("ana") == ()
    assert tally(after) == tally(before)
    promise, call = promise_of(after).id, asked_of(after).id
    for command in (
        c.AnswerPromise(case, promise, "kept"), c.AnswerFollowUp(case, call, "satisfied"), c.UndoLast(case, "close"),
        c.AddNote(case, "llamó otra vez"), c.AskArea(case, "warehouse", "algo"),
    ):  # fmt: skip
        assert book.do(command) == r.CustomerForgotten()


def test_b4_an_exception_that_waits_is_not_granted_to_nobody(book: Ledger) -> None:
    case = book.open()
    book.standard(case)
    asked = Money(900_00, "MXN")
    book.run(c.AskException(case, "own", asked, "es cliente de años", book.now + timedelta(hours=2)))
    book.run(c.CloseCase(case, satisfied=True))
    book.run(c.ForgetCustomer(of(book, case)), actor="carla")
    wish = book.cases[case].wish
    assert wish is not None
    assert wish.status == "forgotten"
    assert book.do(c.AnswerException(case, granted=True), "carla") == r.CustomerForgotten()
    assert (RESERVE, "2026-03") not in book.purses or book.purse(RESERVE).spent == 0


def test_e3_cards_that_are_read_as_one_are_one_person(book: Ledger) -> None:
    first, second, third = (of(book, closed(book, name)) for name in ("Marta Ruiz", "Marta R", "Iván Soto"))
    book.run(c.MergeCards(first, second), actor="carla")
    book.run(c.ForgetCustomer(second), actor="carla")
    assert [book.cards[who].forgotten for who in (first, second, third)] == [True, True, False]
    gone = [entry.case for entry in book.entries if isinstance(entry.fact, f.ContactForgotten)]
    assert gone == ["CEN-1001", "CEN-1002"]
    for command in (
        c.UndoMerge(first, second), c.MergeCards(third, first), c.MergeCards(first, third),
        c.NotePhone(first, "5512340078"), c.NameCustomer(first, "Marta"),
        c.OpenCase(book.now, customer=first), c.OpenCase(book.now, customer=second),
    ):  # fmt: skip
        assert book.do(command, "carla") == r.CustomerForgotten()


def test_e3_an_open_case_of_an_older_copy_is_over_and_counts_nowhere(book: Ledger) -> None:
    case = book.open()
    book.standard(case)
    before = book.cases[case]
    assert book.purse().reserved > 0
    for where, fact in forgotten([of(book, case)], [before]):
        book._record(fact, where, "")
    after = book.cases[case]
    assert (after.status, after.satisfied, after.waiting()) == ("closed", None, ())
    assert tally(after).counted is None
    assert book.purse().reserved == 0
    assert forgotten([], [after]) == ()


def test_e3_a_case_that_was_opened_again_counts_as_it_did(book: Ledger) -> None:
    case = closed(book)
    asked = asked_of(book.cases[case]).id
    book.run(c.AnswerFollowUp(case, asked, "not_satisfied"))
    book.run(c.ChooseRemedy(case, book.policy.problems[2].remedies[1].code))
    before = book.cases[case]
    for where, fact in forgotten([of(book, case)], [before]):
        book._record(fact, where, "")
    assert book.cases[case].status == "closed"
    assert tally(book.cases[case]) == tally(before)


@settings(max_examples=30, deadline=None)
@given(scripts(80))
def test_e3_whatever_happened_forgetting_changes_no_count(script: list[Move]) -> None:
    """Of anybody, wherever their cases stand: what each case adds to the counters is what it added before."""

    def check(seen: Seen) -> None:
        if not isinstance(seen.command, c.ForgetCustomer):
            return
        for folio, state in seen.before.items():
            assert tally(seen.book.cases[folio]) == tally(state)
        gone = {card.id for card in seen.book.cards.values() if card.forgotten}
        for state in seen.states:
            assert state.forgotten == (state.customer in gone and state.status != "withdrawn")

    book = play([*script, *((c.ForgetCustomer, 0, n, 7) for n in range(6))], check)
    for folio in list(book.cases):  # and of an older copy, whose cases may be open
        before = book.cases[folio]
        for where, fact in forgotten([before.customer], [before]):
            book._record(fact, where, "")
        assert replace(tally(book.cases[folio]), asked=()) == replace(tally(before), asked=())


TRACES = Traces(("Marta Ruiz Soto", "Pepe"), ("Martita",), ("55 1234 0078", "123"), ("CEN-1042",))


@pytest.mark.parametrize(
    ("text", "named", "called", "told"),
    [
        ("gracias por atender a MARTA RUÍZ SOTO", True, True, True), ("marta  ruiz-soto llamó", True, True, True),
        ("llame al (55) 1234-0078", True, True, True), ("Marta estuvo contenta", False, True, False),
        ("la Sra. Soto", False, True, False), ("Martita dice que sí", False, True, False),
        ("Pepe lo arregló", False, True, False), ("son 123 piezas", False, False, False),
        ("el caso CEN-1042 y otros", False, False, True), ("el caso CEN-10421", False, False, False),
        ("nadie que se sepa", False, False, False), ("Marta Ruizsoto", False, True, False),
    ],
)  # fmt: skip
def test_e3_what_tells_a_customer_elsewhere(text: str, named: bool, called: bool, told: bool) -> None:
    assert (TRACES.named_in(text), TRACES.called_in(text), TRACES.told_in(text)) == (named, called, told)
