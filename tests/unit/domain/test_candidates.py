"""B1: what agents type as "another problem" is grouped by a rule that can be told."""

from __future__ import annotations

from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.candidates import Candidate, grouped

TYPED = st.lists(st.sampled_from((
    "No había lugar en el estacionamiento", "estacionamiento lleno", "ESTACIONAMIENTO LLENO", "estasionamiento lleno",
    "Cobro doble", "le cobraron doble con la tarjeta", "cobro dobles", "la alarma sonó al salir", "", "¿?", "12345",
    "el de la", "perdió su boleto", "boleto perdido",
)), max_size=30).map(lambda texts: [(f"CEN-{n}", text) for n, text in enumerate(texts, 1001)])  # fmt: skip


def together(*texts: str) -> bool:
    """Whether those texts are one group."""
    return len(grouped([(str(n), text) for n, text in enumerate(texts)])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Estacionamiento lleno", "el ESTACIONAMIENTO estaba LLENO"),
        ("cobró doble", "Cobro doble"),
        ("alarma", "la alarma"),
        ("no había estacionamiento", "sin estacionamiento"),
        ("boleto perdido", "boletos perdidos"),
        ("sin locales abiertos", "sin local abierto"),
        ("estacionamiento", "estasionamiento"),
        ("estacionamiento", "estaconamiento"),
        ("estacionamiento", "estacionammiento"),
        ("estacionamiento", "estacionamietno"),
        ("factura no llega", "la factura no llega por correo"),
        ("parking was full", "the parking full"),
        ("pedido 4512 alarma", "alarma pedido 778"),
    ],
)
def test_b1_the_same_problem_in_other_words_is_one_candidate(one: str, other: str) -> None:
    assert together(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("estacionamiento lleno", "alarma encendida"),
        ("caja", "baja"),
        ("la puerta", "la tienda"),
        ("cobro doble", "cobro tardío con la tarjeta nueva"),
        ("sin luz", "sin agua"),
        ("", "alarma"),
        ("¿?", "¡!"),
    ],
)
def test_b1_other_problems_stay_apart(one: str, other: str) -> None:
    assert not together(one, other)


def test_b1_the_largest_group_is_first_under_what_was_typed_most() -> None:
    texts = [("a", "Cobro doble"), ("b", "alarma"), ("c", "La alarma"), ("d", "alarma"), ("e", "¡ALARMA!")]
    assert grouped(texts) == (Candidate("alarma", ("b", "c", "d", "e")), Candidate("Cobro doble", ("a",)))


def test_b1_nothing_typed_is_no_group() -> None:
    assert grouped([]) == ()


@given(TYPED)
def test_b1_every_case_is_in_exactly_one_group(texts: list[tuple[str, str]]) -> None:
    groups = grouped(texts)
    assert sorted(folio for group in groups for folio in group.folios) == sorted(folio for folio, _ in texts)
    assert [group.n for group in groups] == sorted((group.n for group in groups), reverse=True)
    assert all(group.text in dict(texts).values() for group in groups)


@given(TYPED, st.integers(0, 1000))
def test_b1_what_comes_together_does_not_depend_on_the_order(texts: list[tuple[str, str]], seed: int) -> None:
    mixed = list(texts)
    Random(seed).shuffle(mixed)
    assert {(group.text, frozenset(group.folios)) for group in grouped(texts)} == {
        (group.text, frozenset(group.folios)) for group in grouped(mixed)
    }


def test_b1_five_hundred_long_texts_are_grouped_while_somebody_waits() -> None:
    """Each of the texts has other words, which is the worst there is."""
    draw = Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(draw.choice(letters) for _ in range(draw.randint(3, 12))) for _ in range(4000)]
    texts = [(str(n), " ".join(draw.choice(words) for _ in range(12))) for n in range(500)]
    begin = perf_counter()
    assert len(grouped(texts)) > 400
    assert perf_counter() - begin < 3
