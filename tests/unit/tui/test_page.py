"""Every region in its place, in a window of any size from 80x24 on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue.view import (
    Choice,
    ClockView,
    Gap,
    Line,
    Option,
    Phrase,
    RailStep,
    Run,
    Text,
    View,
    line,
)  # fmt: skip
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import ASCII, WGL4
from mesa_recuperacion.tui.layout import MEASURE
from mesa_recuperacion.tui.rows import Row, columns
from mesa_recuperacion.tui.text import cell_len

NAMES = ("Disculpa", "Escucha", "Resuelve", "Compensa", "Promete", "Sigue")
RAIL = tuple(
    RailStep(n, name, "done" if n < 4 else "now" if n == 4 else "ahead", "Producto faltante" if n == 2 else "")
    for n, name in enumerate(NAMES, 1)
)
LIST = Choice(("Compensación", "cuesta"), (Option("1", "Envío gratis", ("$45",)), Option("2", "Cupón", ("$80",))), 1)
CALL = View(
    head=((Run("Mesa de Recuperación", "accent"), Run("   Ana Torres")), (Run("Bolsa ", "dim"), Run("$385", "strong"))),
    band=((line("Marta Ruiz Soto", "strong"), line("never seen beside a clock")), (line("Producto faltante"), ())),
    clock=ClockView("quedan", "0:29", "en tiempo, de 1:00", 29 / 60, "good"),
    rail=RAIL,
    main=(Phrase("Diga", "«Por el mal rato, le ofrezco un cupón de $80.»"), Gap(), LIST),
    prompt="Compensación",
    hint="número · Enter",
    status=line("Guardado 10:42:18", "dim"),
    never=(Run("Nunca ", "dim"), Run("regatear el gesto")),
    keys=(("F1", "ayuda"), ("F2", "nota"), ("F9", "cerrar")),
    side=(Text("Ficha", "dim"), Text("Marta Ruiz Soto", "strong")),
)
IDLE = replace(CALL, clock=None, rail=(), side=(), main=(Text("Nada pendiente."),))
FRONT = replace(IDLE, band=(((), ()), ((), ())))


def text(rows: list[Row]) -> list[str]:
    return ["".join(piece.text for piece in row).rstrip() for row in rows]


def whole(view: View, width: int = 80, height: int = 24) -> list[str]:
    """All but the capture line, as text."""
    glyphs = WGL4
    middle = page.body(view, width, height - page.TOP - page.BOTTOM - 1, glyphs)
    return text([*page.top(view, width, glyphs), *middle, (), *page.bottom(view, width, glyphs)])


def test_every_region_stands_in_its_row_at_80_by_24() -> None:
    rows = whole(CALL)
    assert len(rows) == 24
    assert rows[0] == "  Mesa de Recuperación   Ana Torres" + "Bolsa $385".rjust(43)
    assert rows[1] == ""
    assert rows[2] == "  Marta Ruiz Soto" + "● quedan 0:29  ■■■■■■■·······".rjust(61)
    assert rows[3] == "  Producto faltante" + "en tiempo, de 1:00".rjust(59)
    assert rows[4] == "─" * 80
    assert rows[5] == ""
    assert rows[6] == "  √ 1 Disculpa          Diga"
    assert rows[7] == "                        ▌ «Por el mal rato, le ofrezco un cupón de $80.»"
    assert rows[9] == "      Producto faltante"
    assert rows[12] == "  ► 4 Compensa          ► 2  Cupón" + "$80".rjust(44)
    assert rows[19:21] == ["", ""]
    assert rows[21] == "  Guardado 10:42:18" + "Nunca regatear el gesto".rjust(59)
    assert rows[23] == "  F1 ayuda   F2 nota   F9 cerrar"


@pytest.mark.parametrize(
    ("name", "left", "shown"),
    [
        ("Ana Torres", "$305", "Mesa de Recuperación   Ana Torres   mié 12 mar 10:42"),
        ("Ana Torres", "KWD 487.655 de KWD 500", "Ana Torres   mié 12 mar 10:42"),
        ("María Guadalupe Hernández Domínguez", "$305", "María Guadalupe Hernández Domínguez   mié 12 mar 10:42"),
        ("W" * 80, "IDR 999,999,999 de IDR 999,999,999", "W" * 14 + "…   mié 12 mar 10:42"),
    ],
)
def test_the_hour_stays_in_the_head_whatever_the_name_and_the_currency(name: str, left: str, shown: str) -> None:
    runs = (Run("Mesa de Recuperación", "accent"), Run(f"   {name}"), Run("   mié 12 mar 10:42", "dim"))
    head = whole(replace(CALL, head=(runs, (Run("Bolsa ", "dim"), Run(left, "strong")))))[0]
    assert head.startswith(f"  {shown}  ")
    assert head.endswith(f"  Bolsa {left}")
    assert cell_len(head) == 78


def test_without_a_rail_main_has_the_whole_width() -> None:
    assert whole(IDLE)[6] == "    Nada pendiente."


def test_the_front_page_has_no_rule_and_stands_in_the_middle() -> None:
    rows = whole(FRONT)
    assert rows[4] == ""
    assert rows[10] == " " * 18 + "Nada pendiente."


def test_f6_a_wide_window_shows_the_side_behind_a_wall() -> None:
    rows = whole(CALL, 120, 40)
    assert rows[5] == " " * 80 + "│  Ficha"
    assert rows[6] == "  √ 1 Disculpa          Diga".ljust(80) + "│  Marta Ruiz Soto"
    assert not any("│" in row for row in whole(CALL, 109, 40))


def test_c1_a_quiet_clock_is_a_sign_and_words() -> None:
    clock = ClockView("", "", "en tiempo, de 1:00", 0.0, "good")
    rows = page.top(replace(CALL, clock=clock), 80, WGL4)
    assert text(rows)[2:4] == ["  Marta Ruiz Soto" + " " * 41 + "● en tiempo, de 1:00", "  Producto faltante"]


def test_c1_the_clock_is_words_a_sign_and_a_bar_that_shrinks() -> None:
    def bar(share: float, mark: str) -> str:
        clock = ClockView("quedan", "0:01", "", share, mark)
        return text(page.top(replace(CALL, clock=clock), 80, WGL4))[2][-29:]

    assert bar(1.0, "good") == "● quedan 0:01  ■■■■■■■■■■■■■■"
    assert bar(0.95, "good") == "● quedan 0:01  ■■■■■■■■■■■■■·"
    assert bar(0.01, "warn") == "▲ quedan 0:01  ■·············"
    assert bar(0.0, "bad") == "■ quedan 0:01  ··············"
    assert bar(-3.0, "bad") == "■ quedan 0:01  ··············"


def test_a2_a_step_that_was_passed_over_is_not_ticked() -> None:
    rail = (RailStep(1, "Disculpa", "passed", "pendiente"), *RAIL[1:])
    rows = whole(replace(CALL, rail=rail))
    assert rows[6].startswith("  ▲ 1 Disculpa")
    assert rows[7].startswith("      pendiente")


def test_a_long_sentence_takes_both_rows_and_ends_openly() -> None:
    said = "Esa hora ya pasó. ¿Hoy 18:00 o mañana 10:00? (1 · 2). Lo que escribió sigue en la línea, y nada se perdió."
    rows = text(page.bottom(replace(CALL, status=line(said, "warn")), 80, WGL4))
    assert rows[0] + " " + rows[1].split("  Nunca")[0].strip() == "  " + said
    assert rows[1].endswith("Nunca regatear el gesto")
    longer = text(page.bottom(replace(CALL, status=line(said * 3, "warn")), 80, WGL4))
    assert longer[1].endswith("…")
    assert len(longer[1]) <= 78


def test_keys_that_do_not_fit_whole_are_left_out() -> None:
    keys = tuple((f"F{n}", "una etiqueta larga") for n in range(1, 10))
    last = text(page.bottom(replace(CALL, keys=keys), 80, WGL4))[2]
    assert last == "  F1 una etiqueta larga  F2 una etiqueta larga  F3 una etiqueta larga"


LONG: st.SearchStrategy[str] = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
LINE: st.SearchStrategy[Line] = st.lists(st.builds(Run, LONG, st.sampled_from(["", "dim", "warn"])), max_size=3).map(
    tuple
)
ENDS = st.tuples(LINE, LINE)


@given(
    head=ENDS, band=st.tuples(ENDS, ENDS), texts=st.lists(LONG, min_size=6, max_size=6), status=LINE, never=LINE,
    width=st.integers(80, 200), height=st.integers(24, 60), railed=st.booleans(),
)  # fmt: skip
def test_e5_no_text_is_wider_than_its_window(  # type: ignore[no-untyped-def]
    head, band, texts, status, never, width, height, railed
) -> None:
    rail = tuple(RailStep(n, texts[0], "done", texts[1]) for n in range(1, 7)) if railed else ()
    view = View(
        head, band, ClockView(texts[2][:20], "0:29", texts[3][:30], 0.5, "good"), rail,
        (Phrase(texts[4], texts[5]), LIST, Text(texts[0])), "", "", status, never, ((texts[1], texts[2]),) * 3,
        side=(Text(texts[3]),),
    )  # fmt: skip
    for glyphs in (WGL4, ASCII):
        middle = page.body(view, width, height - 9, glyphs)
        assert len(middle) == height - 9
        for row in (*page.top(view, width, glyphs), *middle, *page.bottom(view, width, glyphs)):
            assert columns(row) <= width
            assert cell_len("".join(piece.text for piece in row)) == columns(row)


@pytest.mark.parametrize(("width", "height"), [(79, 24), (40, 10), (12, 3), (1, 1)])
def test_a_window_that_is_too_small_gets_one_sentence_that_fits(width: int, height: int) -> None:
    rows = page.sentence("Agrande la ventana a 80 por 24 (ahora 72 x 20)", width, height, WGL4)
    assert len(rows) <= height
    assert all(columns(row) <= max(2, width) for row in rows)
    assert any("Agrande" in one for one in text(rows)) or width < 10


DUE = tuple(Option("", f"10:{n:02}  Julián Peña", ("Promesa: devolver", "■ vencida")) for n in range(9))
TALL = replace(CALL, below=(Choice(("Le toca hoy",), DUE, left=(0, 1)),))


def test_f6_a_tall_window_shows_what_is_due_under_the_call() -> None:
    low, tall = whole(TALL), whole(TALL, height=40)
    assert not any("Le toca hoy" in row for row in low)
    assert low == whole(CALL)
    assert sum("Julián Peña" in row for row in tall) == len(DUE)
    under = next(n for n, row in enumerate(tall) if "Le toca hoy" in row)
    assert set(tall[under - 1]) == {"─"}
    assert under > next(n for n, row in enumerate(tall) if "Sigue" in row)


def test_f6_what_stands_below_is_asked_for_where_a_window_shows_it_and_nowhere_else() -> None:
    due = replace(CALL, below=(LIST,))
    for height in range(page.SMALLEST[1], 80):
        room = height - page.TOP - page.BOTTOM - 1
        shows = page.body(due, 80, room, WGL4) != page.body(CALL, 80, room, WGL4)
        assert page.is_tall(height) == shows


@given(st.integers(80, 200), st.integers(24, 60))
def test_f6_whatever_the_window_every_row_is_there_and_none_is_wider(width: int, height: int) -> None:
    rows = page.body(TALL, width, height - page.TOP - page.BOTTOM - 1, WGL4)
    assert len(rows) == height - page.TOP - page.BOTTOM - 1
    assert all(columns(row) <= width for row in rows)


@pytest.mark.parametrize("view", [CALL, IDLE, FRONT], ids=["call", "idle", "front"])
@pytest.mark.parametrize("width", [153, 200, 320])
def test_f6_a_very_wide_window_centres_the_page(view: View, width: int) -> None:
    free = page.left(width)
    assert 0 <= width - page.WIDEST - 2 * free <= 1
    wide, page_wide = whole(view, width, 60), whole(view, width - 2 * free, 60)
    for there, here in zip(wide, page_wide, strict=True):
        if not here.startswith("─"):
            assert there == (" " * free + here if here else "")
    assert all(cell_len(row) <= width for row in wide)


def test_f6_up_to_its_width_the_page_is_the_window() -> None:
    assert {page.left(width) for width in range(80, page.WIDEST + 2)} == {0}


def test_f6_the_grounds_and_the_rules_go_from_edge_to_edge() -> None:
    for row in (page.top(CALL, 200, WGL4)[0], page.top(CALL, 200, WGL4)[4], page.bottom(CALL, 200, WGL4)[2]):
        assert columns(row) == 200
    assert {piece.ground for piece in page.top(CALL, 200, WGL4)[0]} == {"panel"}


def test_f6_a_list_without_a_rail_uses_the_room_before_it_cuts() -> None:
    name = "Llamar: ¿Llegó completo y en buen estado, como se lo prometimos?"
    due = Choice(("Le toca hoy",), (Option("1", "10:15", ("Rosa Medina", name)),), None, left=(0, 1))
    assert name not in "".join(whole(replace(IDLE, main=(due,))))
    for width in (100, 120, 200):
        assert name in "".join(whole(replace(IDLE, main=(due,)), width))


def test_f6_a_paragraph_is_never_wider_than_an_eye_finds_back_from() -> None:
    long = Text("palabra " * 60)
    rows = page.body(replace(IDLE, main=(long,)), 150, 40, WGL4)
    assert max(map(len, text(rows))) <= MEASURE + 2 * page.MARGIN
