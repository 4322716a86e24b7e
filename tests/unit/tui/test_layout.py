"""Blocks in columns: nothing is wider than its place, and nothing moves that should not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Pairs, Phrase, Text
from mesa_recuperacion.tui.glyphs import ASCII, WGL4
from mesa_recuperacion.tui.layout import lay_out
from mesa_recuperacion.tui.rows import Row, columns
from mesa_recuperacion.tui.text import wrap

LABEL = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
OPTION = st.builds(
    Option, st.text("0123456789", max_size=3), LABEL, st.tuples(LABEL, LABEL), st.sampled_from(["", "warn"])
)
CHOICE = st.builds(
    Choice, st.tuples(LABEL, LABEL, LABEL), st.lists(OPTION, max_size=30).map(tuple), st.none() | st.integers(0, 29),
    st.sampled_from([(), (0,), (0, 1)]),
)  # fmt: skip
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Phrase, LABEL, st.text(max_size=200)),
    CHOICE,
    st.builds(Pairs, st.lists(st.tuples(LABEL, LABEL, LABEL), max_size=6).map(tuple)),
    st.builds(Text, st.text(max_size=200)),
    st.builds(Gap),
)


def text(rows: list[Row]) -> list[str]:
    return ["".join(piece.text for piece in row).rstrip() for row in rows]


@given(st.lists(BLOCK, max_size=5), st.integers(30, 100), st.integers(1, 30))
def test_nothing_is_wider_or_higher_than_its_place(blocks: list[Block], width: int, height: int) -> None:
    for glyphs in (WGL4, ASCII):
        rows = lay_out(blocks, width, height, glyphs)
        assert len(rows) <= height
        assert all(columns(row) <= width for row in rows)


def gestures(selected: int | None = 1) -> Choice:
    return Choice(
        ("Compensación", "cuesta", "le quedan"),
        (
            Option("1", "Envío gratis, otro pedido", ("$45", "$340")),
            Option("2", "Cupón, próxima compra", ("$80", "$305")),
            Option("4", "Otra cantidad…", ("hasta $150", "")),
            Option("0", "Nada, y anotar por qué", ("$0", "$385"), quiet=True),
        ),
        selected,
    )


def test_b2_names_stand_left_and_figures_right() -> None:
    assert text(lay_out([gestures()], 54, 13, WGL4)) == [
        "     Compensación                    cuesta  le quedan",
        "  1  Envío gratis, otro pedido          $45       $340",
        "► 2  Cupón, próxima compra              $80       $305",
        "  4  Otra cantidad…              hasta $150",
        "  0  Nada, y anotar por qué              $0       $385",
    ]


def test_the_chosen_row_is_marked_by_a_sign_and_by_its_ground() -> None:
    rows = lay_out([gestures()], 54, 13, WGL4)
    assert {piece.ground for piece in rows[2]} == {"chosen"}
    assert columns(rows[2]) == 54
    assert all(piece.ground == "" for row in (rows[1], rows[3], rows[4]) for piece in row)


def test_names_and_figures_that_do_not_fit_beside_each_other_stand_in_two_rows_and_are_whole() -> None:
    long = Choice(
        ("Solución autorizada", "costo", "le quedan"),
        (
            Option("1", "Reposición completa y urgente a casa", ("$12,345.00", "$98,765.00")),
            Option("2", "Nada, y anotar por qué", ("$0", "$98,765.00")),
            Option("3", "Otra…"),
        ),
        1,
    )
    assert text(lay_out([long], 44, 9, WGL4)) == [
        "     Solución autorizada   costo   le quedan",
        "  1  Reposición completa y urgente a casa",
        "                      $12,345.00  $98,765.00",
        "► 2  Nada, y anotar por qué",
        "                              $0  $98,765.00",
        "  3  Otra…",
    ]
    assert text(lay_out([long], 44, 4, WGL4)) == [
        "     ▲ 1", "► 2  Nada, y anotar por qué", "                              $0  $98,765.00", "  3  Otra…",
    ]  # fmt: skip
    assert text(lay_out([long], 44, 3, WGL4))[:2] == [
        "► 2  Nada, y anotar por qué", "                              $0  $98,765.00",
    ]  # fmt: skip


def test_a_figure_that_is_wider_than_all_the_row_is_cut_last() -> None:
    (name, figures) = text(lay_out([Choice((), (Option("1", "Envío", ("$12,345.00", "$98,765.00")),))], 20, 5, WGL4))
    assert name == "  1  Envío"
    assert len(figures) <= 20


def test_a_currency_and_its_figure_stay_in_one_row() -> None:
    assert wrap("por ley le corresponden «CHF 200.50» aparte", 28) == [
        "por ley le corresponden", "«CHF 200.50» aparte",
    ]  # fmt: skip
    assert wrap("hasta CHF 200", 9) == ["hasta", "CHF 200"]
    assert wrap("ABC def", 4) == ["ABC", "def"]


def test_a_value_that_fits_without_its_figure_has_it_in_the_next_row() -> None:
    pairs = Pairs((("Solución", "Enviar hoy lo que faltó al pedido", "CHF 666,666,666.66"),))
    assert text(lay_out([pairs], 46, 5, WGL4)) == [
        "  Solución  Enviar hoy lo que faltó al pedido",
        "                            CHF 666,666,666.66",
    ]


def test_the_list_does_not_move_when_the_phrase_gets_longer() -> None:
    short = Phrase("Diga", "«Corta.»")
    long = Phrase("Diga", "«Marta, lamento este nuevo inconveniente con nosotros. Yo me hago cargo.»")
    places = [[row[:9] for row in text(lay_out([phrase, Gap(), gestures()], 54, 13, WGL4))] for phrase in (short, long)]
    assert [rows.index("► 2  Cupó") for rows in places] == [6, 6]


def test_a_phrase_stands_beside_its_bar() -> None:
    assert text(lay_out([Phrase("Diga", "«Le llega mañana jueves, antes de las 10 de la mañana.»")], 54, 13, WGL4)) == [
        "Diga", "▌ «Le llega mañana jueves, antes", "▌ de las 10 de la mañana.»", "",
    ]  # fmt: skip


def test_lists_of_one_shape_share_their_columns() -> None:
    today = Choice(
        ("Le toca hoy",),
        (Option("1", "10:15  Julián Peña", ("Promesa: devolver $240", "■ vencida 0:27")),),
        None,
        (0, 1),
    )
    parked = Choice(("Estacionados",), (Option("2", "10:36  Iván Soto", ("Promete", "▲ 6 min")),), None, (0, 1))
    rows = text(lay_out([today, Gap(), parked], 76, 13, WGL4))
    assert rows[1].index("Promesa") == rows[4].index("Promete")
    assert rows[1].index("■") == rows[4].index("▲")


def many(selected: int | None) -> Choice:
    return Choice(("Problema",), tuple(Option(str(n), f"Problema {n}") for n in range(1, 31)), selected)


@pytest.mark.parametrize("selected", range(30))
@pytest.mark.parametrize("height", [4, 6, 9, 13])
def test_a_long_list_shows_what_enter_would_take(selected: int, height: int) -> None:
    rows = text(lay_out([Phrase("Diga", "«¿Qué pasó?»"), Gap(), many(selected)], 54, height, WGL4))
    assert [row for row in rows if row.startswith("►")] == [f"► {selected + 1:<2} Problema {selected + 1}"]


def test_a_long_list_says_how_much_is_above_and_below() -> None:
    rows = text(lay_out([many(15)], 54, 9, WGL4))
    assert rows[0] == "     ▲ 12"
    assert rows[-1] == "     ▼ 11"


def test_what_does_not_fit_gives_up_its_empty_rows_first() -> None:
    blocks = [Text("uno"), Gap(), Text("dos"), Gap(), Text("tres")]
    assert text(lay_out(blocks, 20, 5, WGL4)) == ["  uno", "", "  dos", "", "  tres"]
    assert text(lay_out(blocks, 20, 4, WGL4)) == ["  uno", "", "  dos", "  tres"]
    assert text(lay_out(blocks, 20, 3, WGL4)) == ["  uno", "  dos", "  tres"]


def test_a_value_that_is_too_long_goes_on_under_itself() -> None:
    pairs = Pairs((("Cumple", "Almacén Norte · su plazo: hoy 18:00", "$45"),))
    assert text(lay_out([pairs], 34, 5, WGL4)) == [
        "  Cumple  Almacén Norte · su   $45", "          plazo: hoy 18:00",
    ]  # fmt: skip


def test_text_after_a_list_stands_under_its_names() -> None:
    rows = text(lay_out([Text("antes"), gestures(), Gap(), Text("después")], 54, 13, WGL4))
    assert rows[0] == "  antes"
    assert rows[-1] == "     después"


def test_two_tables_that_do_not_fit_under_each_other_stand_abreast() -> None:
    keys = Pairs((("Enter", "dicho, aceptar, siguiente", ""), ("Esc", "borra la línea; vacía, un paso atrás", "")))
    actions = Pairs((("F1", "ayuda", "Ctrl+G H"), ("F2", "nota", "Ctrl+G N")))
    assert len(lay_out([keys, Gap(), actions], 76, 5, WGL4)) == 5
    assert text(lay_out([keys, Gap(), actions], 76, 4, WGL4)) == [
        "  Enter  dicho, aceptar, siguiente                       F1  ayuda  Ctrl+G H",
        "  Esc    borra la línea; vacía, un paso atrás            F2  nota   Ctrl+G N",
    ]
    assert len(lay_out([keys, Gap(), actions], 60, 4, WGL4)) == 4


def test_tables_abreast_break_the_fewest_lines() -> None:
    case = Pairs((("Caso", "CEN-1007 · mar 10 mar 10:42", ""), ("Problema", "Producto faltante", "")))
    call = Pairs((("Teléfono", "55 9876 1234", ""), ("Pregunte", "¿Llegó completo y en buen estado?", "")))
    assert text(lay_out([case, Gap(), call], 76, 3, WGL4)) == [
        "  Caso      CEN-1007 · mar 10 mar 10:42   Teléfono  55 9876 1234",
        "  Problema  Producto faltante             Pregunte  ¿Llegó completo y en",
        "                                                    buen estado?",
    ]
