"""Every list is a number or letters, then Enter; and the other small answers (rules A6, C1)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue.grammar.choose import (
    Ambiguous,
    Chosen,
    NoSuch,
    choose,
    pick_from_tail,
    preview,
    yes_no,
)

PROBLEMS = [
    ("1", "Error en la factura"),
    ("2", "Producto en mal estado"),
    ("3", "Producto faltante"),
    ("4", "Entrega equivocada"),
    ("5", "Servicio no prestado"),
    ("6", "Servicio cancelado sin aviso"),
    ("7", "Servicio equivocado"),
    ("8", "Devolución de producto"),
    ("9", "Otro problema"),
]
GESTURES = [("1", "Envío gratis"), ("2", "Cupón"), ("3", "Descuento"), ("4", "Otra cantidad"), ("0", "Nada, y por qué")]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("3", "3"), (" 3 ", "3"), ("fal", "3"), ("FAL", "3"), ("se", "5"), ("serv canc", "6"), ("sin aviso", "6"),
        ("equi serv", "7"), ("equivocada", "4"), ("devolucion", "8"), ("DEVOLUCIÓN", "8"), ("dev", "8"), ("prod", "2"),
        ("producto fal", "3"), ("mal", "2"), ("otro", "9"), ("e", "1"), ("\uff13", "3"),
    ],
)  # fmt: skip
def test_a6_a_number_or_letters_of_any_word_choose(typed: str, key: str) -> None:
    answer = choose(typed, PROBLEMS, default=0)
    assert isinstance(answer, Chosen)
    assert PROBLEMS[answer.index][0] == key


def test_a6_enter_alone_takes_the_default() -> None:
    assert choose("", PROBLEMS, 4) == Chosen(4)
    assert choose("  ", PROBLEMS, 0) == Chosen(0)
    assert choose("", PROBLEMS, None) == NoSuch("", "1", "9")


def test_a6_a_whole_word_is_meant_before_a_word_that_begins_so() -> None:
    options = [("1", "Enviar hoy"), ("2", "Devolverlo"), ("3", "Devolver"), ("4", "No devolver"), ("5", "Lo de hoy no")]
    assert choose("devolver", options, None) == Chosen(2)
    assert choose("devo", options, None) == Chosen(1)
    assert choose("no", options, None) == Chosen(3)
    assert choose("hoy", options, None) == Chosen(0)
    assert choose("no d", options, None) == Chosen(3)


def test_a6_zero_is_a_key_like_the_others() -> None:
    assert choose("0", GESTURES, 1) == Chosen(4)
    assert choose("0", PROBLEMS, 1) == NoSuch("0", "1", "9")


@pytest.mark.parametrize("typed", ["7", "00", "01", "12", "9" * 10_000])
def test_a6_digits_are_a_key_or_nothing(typed: str) -> None:
    answer = choose(typed, GESTURES, 1)
    assert isinstance(answer, NoSuch)
    assert (answer.first, answer.last) == ("1", "4")
    assert typed.startswith(answer.text)


@pytest.mark.parametrize("typed", ["xyz", "fal xyz", "-5", "¿?", "\U0001f389", "actura", "[b]", "\x1b[31m"])
def test_a6_what_no_row_answers_to(typed: str) -> None:
    assert isinstance(choose(typed, PROBLEMS, 0), NoSuch)
    assert preview(typed, PROBLEMS, 0) is None


def test_a6_digits_do_not_search_in_names_but_letters_may_bring_them() -> None:
    options = [("1", "Vale de 50"), ("2", "Vale de 100"), ("3", "2x1 en postres")]
    assert isinstance(choose("100", options, None), NoSuch)
    assert choose("vale 100", options, None) == Chosen(1)
    assert choose("2x", options, None) == Chosen(2)
    assert choose("2", options, None) == Chosen(1)


def test_c1_two_rows_of_the_same_name_need_their_number() -> None:
    people = [("1", "Marta Ruiz"), ("2", "Marta Robles"), ("3", "MARTA  RUÍZ"), ("0", "Cliente nuevo")]
    assert choose("marta ruiz", people, 3) == Ambiguous((0, 2))
    assert preview("marta ruiz", people, 3) is None
    assert choose("marta ro", people, 3) == Chosen(1)
    assert choose("3", people, 3) == Chosen(2)


def test_a6_letters_can_be_keys() -> None:
    reasons = [("a", "Información"), ("b", "Sistema"), ("c", "Caso complejo")]
    assert choose("B", reasons, None) == Chosen(1)
    assert choose("c", reasons, None) == Chosen(2)
    assert choose("inf", reasons, None) == Chosen(0)
    assert choose("z", reasons, None) == NoSuch("z", "a", "c")


def test_a6_an_empty_list_has_nothing_to_choose() -> None:
    assert choose("9", [("10", "version 10"), ("2", "version 2")], None) == NoSuch("9", "2", "10")
    assert choose("1", [], None) == NoSuch("1", "", "")
    assert choose("", [], None) == NoSuch("", "", "")


NAMES = st.text(max_size=20) | st.sampled_from([name for _, name in PROBLEMS])
LISTS = st.lists(NAMES, max_size=10).map(lambda names: [(str(n), name) for n, name in enumerate(names, 1)])


@given(text=st.text(max_size=30) | st.sampled_from(["s", "se", "pro fal", "0", "10"]), options=LISTS)
@example(text="İ ß ﬁ", options=PROBLEMS)
def test_a6_the_highlighted_row_is_the_one_that_enter_chooses(text: str, options: list[tuple[str, str]]) -> None:
    default = 0 if options else None
    answer, highlighted = choose(text, options, default), preview(text, options, default)
    match answer:
        case Chosen(index):
            assert highlighted == index
            assert 0 <= index < len(options)
        case Ambiguous(indexes):
            assert highlighted is None
            assert len(indexes) > 1
        case NoSuch(shown):
            assert highlighted is None
            assert len(shown) <= 40


@given(options=LISTS)
def test_a6_every_row_can_be_reached_by_its_key(options: list[tuple[str, str]]) -> None:
    assert [choose(key, options, None) for key, _ in options] == [Chosen(i) for i in range(len(options))]


@pytest.mark.parametrize("typed", ["s", "S", "sí", "SI", "si\u0301", " y ", "yes"])
def test_c6_yes(typed: str) -> None:
    assert yes_no(typed) is True


@pytest.mark.parametrize("typed", ["n", "N", "no", " No "])
def test_c6_no(typed: str) -> None:
    assert yes_no(typed) is False


@pytest.mark.parametrize("typed", ["", "quizá", "sn", "1", "nos", "\U0001f44d", "s" * 10_000])
def test_c6_neither(typed: str) -> None:
    assert yes_no(typed) is None


@pytest.mark.parametrize(
    ("typed", "search", "row"),
    [
        ("marta r 2", "marta r", "2"), ("marta r2", "marta r", "2"), ("marta 0", "marta", "0"), ("ñ3", "ñ", "3"),
        ("García R. 1", "García R.", "1"), ("o'neil 1", "o'neil", "1"), ("  ana 1 ", "ana", "1"),
        ("marta", "marta", None), ("2", "2", None), ("", "", None), ("55 1234 0078", "55 1234 0078", None),
        ("+52 55 1", "+52 55 1", None), ("marta 12", "marta 12", None),
        ("marta 55 1234 007 8", "marta 55 1234 007 8", None),
        ("marta -2", "marta -2", None), ("tel. (55) 1", "tel. (55) 1", None), ("ana \u0663", "ana \u0663", None),
    ],
)  # fmt: skip
def test_a6_a_search_may_end_with_the_row(typed: str, search: str, row: str | None) -> None:
    assert pick_from_tail(typed) == (search, row)


@given(st.text())
def test_a6_nothing_of_a_search_is_lost(text: str) -> None:
    search, row = pick_from_tail(text)
    assert "".join((search + (row or "")).split()) == "".join(text.split())


@given(st.from_regex(r"\A\+?[0-9 ()./-]{1,24}\Z"))
def test_a6_a_telephone_number_is_never_split(phone: str) -> None:
    assert pick_from_tail(phone) == (phone.strip(), None)
