"""A3: customers' cards: a name put right, a telephone, and two cards of one person."""

from __future__ import annotations

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.text import NAME_LENGTH, PHONE_LENGTH
from tests.ledger import Ledger


@pytest.fixture
def marta(book: Ledger) -> str:
    return book.cases[book.open("Marta Ruiz")].customer


@pytest.fixture
def cards(book: Ledger, marta: str) -> tuple[str, str, str]:
    """Three cards of one person."""
    return marta, book.cases[book.open("Marta R.")].customer, book.cases[book.open("M. Ruiz")].customer


def merge(book: Ledger, into: str, other: str) -> None:
    book.run(c.MergeCards(into, other), actor="carla")


def test_a3_a_name_is_put_right_for_every_case_and_by_anybody(book: Ledger, marta: str) -> None:
    book.run(c.NameCustomer(marta, "marta ruiz de la o"), actor="bruno")
    card = book.cards[marta]
    assert (card.name, card.call_name) == ("Marta Ruiz de la O", "Marta")
    assert book.cases["CEN-1001"].owner == "ana"


def test_a3_how_to_call_them_is_what_was_typed_else_the_first_word(book: Ledger, marta: str) -> None:
    book.run(c.NameCustomer(marta, "Marta Ruiz", "doña Marta"))
    assert book.cards[marta].call_name == "doña Marta"
    book.run(c.NameCustomer(marta, "Marta Ruiz"))
    assert book.cards[marta].call_name == "Marta"
    assert book.do(c.NameCustomer(marta, "Marta Ruiz")) == ()


@pytest.mark.parametrize("name", ["", "  ", "\x1b[2J", "\u200b"])
def test_a1_a_name_is_never_taken_away(book: Ledger, marta: str, name: str) -> None:
    assert book.do(c.NameCustomer(marta, name)) == r.NameMissing()
    assert book.cards[marta].name == "Marta Ruiz"


def test_e5_what_is_typed_is_cleaned_and_no_longer_than_a_card(book: Ledger, marta: str) -> None:
    book.run(c.NameCustomer(marta, "\x1b[31mRosa\n" + "x" * 200, "\u202eRo" + "y" * 200), c.NotePhone(marta, "+" * 99))
    card = book.cards[marta]
    assert card.name.startswith("Rosa x")
    assert card.call_name.startswith("Roy")
    assert (len(card.name), len(card.call_name), len(card.phone)) == (NAME_LENGTH, NAME_LENGTH, PHONE_LENGTH)


def test_a3_a_telephone_is_noted_once_however_it_is_written(book: Ledger, marta: str) -> None:
    assert book.do(c.NotePhone(marta, "5512340078")) == (f.PhoneNoted(marta, "55 1234 0078"),)
    assert book.do(c.NotePhone(marta, "(55) 1234-0078")) == ()
    assert book.do(c.NotePhone(marta, "")) == (f.PhoneNoted(marta, ""),)


@pytest.mark.parametrize(
    "command", [c.NameCustomer("nobody", "Rosa"), c.NotePhone("nobody", "55"), c.MergeCards("nobody", "nobody"),
                c.UndoMerge("nobody", "nobody")],
)  # fmt: skip
def test_a3_a_card_that_is_not_there(book: Ledger, command: c.Command) -> None:
    assert book.do(command, "carla") == r.UnknownCustomer()


def test_e2_only_supervision_merges_and_parts(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, _ = cards
    assert book.do(c.MergeCards(one, two), "ana") == r.SupervisorNeeded()
    merge(book, one, two)
    assert book.do(c.UndoMerge(one, two), "ana") == r.SupervisorNeeded()


def test_a3_two_cards_of_one_person_are_read_as_one(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, _ = cards
    merge(book, one, two)
    assert book.cards[two].merged_into == one
    again = book.cases[book.open(customer=two)]
    assert (again.customer, again.earlier) == (one, 2)
    assert book.cases["CEN-1002"].customer == two  # what was decided then stays as it was


def test_c8_a_problem_of_either_card_is_a_repeat(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, _ = cards
    book.run(c.IdentifyProblem("CEN-1002", "missing_product"))
    merge(book, one, two)
    book.run(c.IdentifyProblem("CEN-1001", "missing_product"))
    assert book.cases["CEN-1001"].repeat


def test_a3_a_card_with_others_merged_in_moves_with_them(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, three = cards
    merge(book, two, three)
    merge(book, one, two)
    assert (book.cards[two].merged_into, book.cards[three].merged_into) == (one, one)
    again = book.cases[book.open(customer=three)]
    assert (again.customer, again.earlier) == (one, 3)


def test_b5_a_merge_is_undone_with_what_came_along(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, three = cards
    merge(book, two, three)
    merge(book, one, two)
    book.run(c.UndoMerge(one, two), actor="carla")
    assert [book.cards[x].merged_into for x in cards] == ["", "", two]
    assert book.cases[book.open(customer=three)].earlier == 2
    book.run(c.UndoMerge(two, three), actor="carla")
    assert [book.cards[x].merged_into for x in cards] == ["", "", ""]


def test_a3_a_card_is_not_merged_with_itself_nor_twice(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, three = cards
    assert book.do(c.MergeCards(one, one), "carla") == r.SameCard()
    assert book.do(c.MergeCards(one, "nobody"), "carla") == r.UnknownCustomer()
    merge(book, one, two)
    for into, other in ((one, two), (two, one), (three, two), (two, three)):
        assert book.do(c.MergeCards(into, other), "carla") == r.SameCard()


def test_b5_what_is_not_merged_is_not_parted(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, three = cards
    merge(book, one, two)
    for into, other in ((two, one), (three, two), (one, three), (one, "nobody")):
        assert book.do(c.UndoMerge(into, other), "carla") == r.NotMerged()


def test_a3_what_is_noted_of_a_merged_card_goes_where_it_is_read(book: Ledger, cards: tuple[str, str, str]) -> None:
    one, two, _ = cards
    merge(book, one, two)
    assert book.do(c.ScheduleFollowUp("CEN-1002", "5599990000"))[0] == f.PhoneNoted(one, "55 9999 0000")  # type: ignore[index]
    assert book.do(c.NotePhone(two, "5511110000")) == (f.PhoneNoted(one, "55 1111 0000"),)
    assert book.do(c.NameCustomer(two, "Marta Ruiz Peña")) == (f.CustomerNamed(one, "Marta Ruiz Peña", "Marta"),)
