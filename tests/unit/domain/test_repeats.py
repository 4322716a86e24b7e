"""C8: a problem that comes back takes first contact from the earlier case too, and gives it back when it did not."""

from __future__ import annotations

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.decide.repeats import MOST
from mesa_recuperacion.domain.evolve import evolve, replay
from mesa_recuperacion.domain.tally import tally
from tests.ledger import Ledger

PROBLEM, OTHER = "missing_product", "damaged_product"
DAY = 86_400


def again(book: Ledger, case: str, problem: str = PROBLEM, days: int = 0, actor: str = "ana") -> str:
    """The same customer calls again."""
    book.wait(days * DAY)
    later = book.open(customer=book.cases[case].customer, actor=actor)
    book.run(c.IdentifyProblem(later, problem, "olía a humo"), actor=actor)
    return later


def firsts(book: Ledger, case: str) -> int:
    counted = tally(book.cases[case]).counted
    assert counted is not None
    return counted.counts.first_contact


@pytest.mark.parametrize(("days", "first"), [(0, 0), (30, 0), (31, 1)])
def test_c8_the_same_problem_within_the_days_takes_first_contact_from_the_earlier_case(
    book: Ledger, closed: str, days: int, first: int
) -> None:
    assert firsts(book, closed) == 1
    book.wait(-51)
    later = again(book, closed, days=days)
    assert firsts(book, closed) == first
    assert book.cases[closed].repeated_by == (later,) * (1 - first)
    assert book.cases[later].repeats == (closed,) * (1 - first)


def test_c8_another_problem_or_another_customer_takes_nothing(book: Ledger, closed: str) -> None:
    again(book, closed, OTHER)
    book.run(c.IdentifyProblem(book.open("Iván Soto"), PROBLEM))
    assert firsts(book, closed) == 1


def test_c8_it_is_a_fact_of_the_earlier_case_whoever_has_it(book: Ledger, closed: str) -> None:
    later = again(book, closed, actor="bruno")
    told = book.of(closed)[-1]
    assert (told.fact, told.actor) == (f.CaseRepeated(later), "bruno")
    assert book.cases[closed].owner == "ana"


def test_b5_a_problem_that_is_taken_back_gives_first_contact_back(book: Ledger, closed: str) -> None:
    later = again(book, closed)
    book.run(c.UndoLast(later))
    assert firsts(book, closed) == 1
    assert book.of(closed)[-1].fact == f.RepeatWithdrawn(later)
    book.run(c.UndoLast(later))
    assert (book.cases[later].status, firsts(book, closed)) == ("withdrawn", 1)


def test_c8_a_problem_that_is_put_right_gives_first_contact_back_and_takes_another(book: Ledger, closed: str) -> None:
    beside = again(book, closed, OTHER)
    later = again(book, closed)
    book.run(c.IdentifyProblem(later, OTHER))
    assert (book.cases[closed].repeated_by, book.cases[beside].repeated_by) == ((), (later,))
    book.run(c.IdentifyProblem(later, PROBLEM))
    assert (book.cases[closed].repeated_by, book.cases[beside].repeated_by) == ((later,), ())
    assert book.do(c.IdentifyProblem(later, PROBLEM)) == ()


def test_c8_first_contact_stays_lost_until_every_repeat_is_taken_back(book: Ledger, closed: str) -> None:
    second, third = again(book, closed, days=1), again(book, closed, days=1)
    assert book.cases[third].repeats == (second, closed)
    book.run(c.UndoLast(second))
    assert (firsts(book, closed), book.cases[closed].repeated_by) == (0, (third,))
    book.run(c.UndoLast(third))
    assert firsts(book, closed) == 1


def test_c8_the_same_in_other_words_is_neither_more_nor_less_of_a_repeat(book: Ledger) -> None:
    first = book.open()
    book.run(c.IdentifyProblem(first, "other", "olía a humo"))
    later = again(book, first, "other")
    length = len(book.entries)
    book.run(c.IdentifyProblem(later, "other", "olía a quemado"), c.IdentifyProblem(first, "other", "y a azufre"))
    assert [entry.fact.kind for entry in book.entries[length:]] == ["problem.identified"] * 2
    assert (book.cases[first].repeated_by, book.cases[later].repeats) == ((later,), (first,))


def test_c8_an_earlier_case_that_was_about_something_else_is_not_repeated(book: Ledger, case: str) -> None:
    later = again(book, case)
    assert not book.cases[case].first_contact
    book.run(c.IdentifyProblem(case, OTHER))
    assert book.cases[case].first_contact
    book.run(c.UndoLast(later))
    assert book.cases[case].first_contact
    book.run(c.IdentifyProblem(later, OTHER))
    assert not book.cases[case].first_contact


def test_c8_of_two_at_once_whichever_is_told_it_last_repeats_the_other(book: Ledger) -> None:
    first = book.open()
    second = book.open(customer=book.cases[first].customer)
    book.run(c.IdentifyProblem(second, PROBLEM), c.IdentifyProblem(first, PROBLEM))
    assert (book.cases[first].repeats, book.cases[second].repeated_by) == ((second,), (first,))
    assert not book.cases[first].first_contact
    assert not book.cases[second].first_contact


def test_a3_merging_cards_and_taking_them_apart_rewrites_nothing(book: Ledger, closed: str) -> None:
    other = book.open("Marta Ruiz")
    book.run(c.IdentifyProblem(other, PROBLEM))
    one, two = (book.cases[case].customer for case in (closed, other))
    book.run(c.MergeCards(one, two), actor="carla")
    assert firsts(book, closed) == 1
    later = again(book, other)
    assert book.cases[later].repeats == (other, closed)
    assert firsts(book, closed) == 0
    book.run(c.UndoMerge(one, two), actor="carla")
    assert firsts(book, closed) == 0
    book.run(c.UndoLast(later))
    assert firsts(book, closed) == 1


def test_f4_a_card_that_everybody_shares_costs_a_few_lines_each_time(book: Ledger, closed: str) -> None:
    for _ in range(MOST + 4):
        again(book, closed)
    length = len(book.entries)
    later = again(book, closed)
    kinds = [entry.fact.kind for entry in book.entries[length:]]
    assert kinds.count("case.repeated") == len(book.cases[later].repeats) == MOST
    assert not any(state.first_contact for state in book.cases.values())


def test_e1_told_twice_is_told_once(book: Ledger, closed: str) -> None:
    later = again(book, closed)
    twice = evolve(book.cases[closed], book.of(closed)[-1])
    assert twice == book.cases[closed] == replay(book.of(closed))
    withdrawn = f.Entry("CEN-1", 99, book.now, "ana", 1, "x", closed, f.RepeatWithdrawn("CEN-1999"))
    assert evolve(twice, withdrawn).repeated_by == (later,)
