"""Screens 12: seven panels on one page, at every size, whatever is in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mesa_recuperacion.dialogue.view import Figure, Panel, PanelRow, Panels
from mesa_recuperacion.tui.figures import figure_rows, letter_rows
from mesa_recuperacion.tui.glyphs import ASCII, BARE, WGL4, Glyphs
from mesa_recuperacion.tui.layout import lay_out
from mesa_recuperacion.tui.panels import panel_rows
from mesa_recuperacion.tui.rows import columns
from tests.fits import read

LONG = "Mantenimiento de cafeteras industriales 漢字漢字 de la Sierra"


def causes(count: int, name: str = "Producto faltante") -> Panel:
    rows = tuple(PanelRow(f"{name} {n}", (str(90 - n), f"{n} %"), bar=1 - n / 20) for n in range(count))
    rests = tuple(PanelRow(f"Otros {count - n}", ("7", "100 %"), bar=0.2) for n in range(count))
    return Panel("1", "Causas", ("casos", "acum."), rows, "Sin casos", "todas", "y {n} más", rests=rests)


def people(count: int, selected: int | None = None, name: str = "Ana Torres") -> Panel:
    rows = tuple(PanelRow(f"{name} {n}", ("31", "94 %", "97 %", "$1,240", "♦ 2"), mark="good") for n in range(count))
    heads = ("casos", "a tiempo", "1.ª", "costo", "elogios")
    return Panel("4", "Personas", heads, rows, "Nadie", "ocho", "y {n} más", selected=selected, note="Sin elogio: Eva")


def page(
    name: str = "Faltante", count: int = 8, selected: int | None = None, trend: tuple[int | None, ...] = ()
) -> Panels:
    due = tuple(PanelRow(f"{n + 1} promesas vencidas {name}", sign="bad") for n in range(min(count, 3)))
    equity = tuple(PanelRow(name, ("$0", "$1,110"), spread=(0, n / 8, 1)) for n in range(count))
    risk = tuple(PanelRow(name, ("3", "hace 4 días"), sign="warn") for _ in range(count))
    ideas = tuple(PanelRow(name, ("Pesar la caja al salir",)) for _ in range(count))
    return Panels(
        (causes(count, name), people(count, selected, name),
         Panel("6", "En riesgo", ("quejas", "última"), risk, "Nadie en riesgo", "3, hoy", "y {n} más")),
        (Panel("2", "A tiempo", brief="86 %", trend=trend or (78, 80, 79, 83, 82, 85, 82, 86)),
         Panel("3", "Pendientes", rows=due, empty="Nada vencido", brief="2 vencidas"),
         Panel("5", "Igual trato", ("■ mediana",), equity, "Sin casos", "de $0 a $9", "y {n} más"),
         Panel("7", "Sugerencias", (), ideas, "Sin sugerencias", "3 esperan", "y {n} más")),
    )  # fmt: skip


def drawn(panels: Panels, width: int = 76, height: int = 14, glyphs: Glyphs = WGL4) -> list[str]:
    return [read(row) for row in panel_rows(panels, width, height, glyphs)]


@pytest.mark.parametrize("glyphs", [WGL4, ASCII, BARE], ids=lambda g: g.name)
@pytest.mark.parametrize("name", ["Faltante", LONG])
@pytest.mark.parametrize("count", [0, 1, 3, 8, 60])
def test_f6_at_every_size_it_fits_and_every_panel_is_named(count: int, name: str, glyphs: Glyphs) -> None:
    for width in (40, 69, 70, 76, 80, 96, 116, 148):
        for height in (7, 9, 14, 15, 20, 28, 60):
            for selected in (None, 0, count - 1) if count else (None,):
                rows = panel_rows(page(name, count, selected), width, height, glyphs)
                assert len(rows) <= height
                assert all(columns(row) <= width for row in rows), (width, height)
                shown = " ".join(read(row) for row in rows)
                for key in "1234567":
                    assert f"{key} " in shown


def test_f6_all_seven_are_on_the_smallest_screen() -> None:
    rows = drawn(page())
    assert len(rows) <= 14
    for title in ("1 Causas", "2 A tiempo", "3 Pendientes", "4 Personas", "5 Igual trato", "6 En riesgo", "7 Sugeren"):
        assert any(title in row for row in rows), title
    assert any("6 En riesgo  3, hoy" in row for row in rows)


def test_panels_that_belong_together_begin_in_the_same_row() -> None:
    for height in (14, 20, 30):
        rows = drawn(page(), 116, height)
        assert any("4 Personas" in row and "5 Igual trato" in row for row in rows)
        assert any("6 En riesgo" in row and "7 Sugerencias" in row for row in rows)


def test_a_taller_window_shows_more_rows_and_at_last_all() -> None:
    seen = [sum("Faltante" in row for row in drawn(page(), 116, height)) for height in (14, 20, 26, 40)]
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
    assert not any("más" in row for row in drawn(page(), 116, 40))


def test_d2_what_does_not_fit_is_summed_in_one_row() -> None:
    rows = drawn(page(count=8))
    assert any("Otros 2" in row and "100 %" in row for row in rows)


@pytest.mark.parametrize("selected", range(8))
def test_the_row_that_enter_takes_is_always_seen(selected: int) -> None:
    for height in (10, 14, 18, 30):
        rows = drawn(page(selected=selected), 76, height)
        marked = [row for row in rows if "►" in row]
        assert len(marked) == 1
        assert f"Faltante {selected}" in marked[0]


def test_figures_stand_under_their_heads_at_the_right() -> None:
    rows = drawn(page(), 116, 30)
    head = next(row for row in rows if "1 Causas" in row)
    line = next(row for row in rows if "Faltante 0" in row)
    assert head.index("casos") + len("casos") == line.index("90") + len("90")
    assert head.index("acum.") + len("acum.") == line.index("0 %") + len("0 %")


def test_a_bar_is_as_long_as_its_share_and_what_is_not_nothing_shows() -> None:
    def bar(share: float) -> str:
        rows = (PanelRow("Uno", ("9",), bar=share),)
        return drawn(Panels((Panel("1", "Causas", ("casos",), rows),)), 60, 3)[1]

    assert "·" not in bar(1.0)
    assert "■" not in bar(0.0)
    assert bar(0.5).count("■") == pytest.approx(bar(0.5).count("·"), abs=1)
    assert bar(0.0001).count("■") == 1


def test_d4_a_spread_has_its_median_where_it_belongs() -> None:
    def spread(middle: float) -> str:
        rows = (PanelRow("Faltante", ("$0", "$110"), spread=(0, middle, 1)),)
        return drawn(Panels((Panel("5", "Igual trato", (), rows),)), 60, 3)[1]

    assert "$0 ■────── $110" in spread(0)
    assert "$0 ───■─── $110" in spread(0.5)
    assert "$0 ──────■ $110" in spread(1)


def test_a_trend_has_columns_under_its_numbers() -> None:
    panel = Panels((Panel("2", "A tiempo", trend=(50, None, 75, 100)),))
    title, numbers, bars = drawn(panel, 60, 3)
    assert "2 A tiempo" in title
    assert numbers.split() == ["50", "-", "75", "100"]
    assert bars.split() == ["▂▂▂", "▅▅▅", "███"] or bars.split()[0] == "▂▂▂"
    assert bars.index("█") == numbers.index("100")
    assert len(drawn(panel, 60, 2)) == 1


def test_eight_full_weeks_keep_all_their_figures_on_the_smallest_page() -> None:
    rows = drawn(page(trend=(100,) * 8))
    assert any(row.count("100 100") >= 1 and row.count("100") == 8 for row in rows)


def test_the_last_figures_of_people_give_way_to_their_names_and_the_first_stay() -> None:
    rows = drawn(page(name="Ernesto Villaseñor Covarrubias", count=2), 76, 14)
    assert any("Ernesto" in row and "31" in row for row in rows)


def test_empty_panels_say_so() -> None:
    rows = drawn(page(count=0), 116, 30)
    for said in ("Sin casos", "Nadie en riesgo", "Nada vencido", "Sin sugerencias"):
        assert any(said in row for row in rows), said


def test_beside_other_blocks_panels_take_the_rows_that_are_left() -> None:
    from mesa_recuperacion.dialogue.view import Gap, Text

    rows = lay_out((Text("Sin casos esta semana."), Gap(), page()), 76, 14, WGL4)
    assert read(rows[0]).strip() == "Sin casos esta semana."
    assert len(rows) == 14


# -------------------------------------------------------------------------------------------------- figures and letters

FIGURES = (
    Figure("Casos", "128", "+12"), Figure("A tiempo", "86 % de 90", "+4", "good"),
    Figure("1.ª llamada", "91 % de 95", "-1", "bad"), Figure("Costo", "$6,420", "-310"),
    Figure("Por caso", "$50", "-7"), Figure("Vencidas", "2", "■", "bad"),
)  # fmt: skip


def test_figures_stand_under_their_names() -> None:
    names, values = (read(row) for row in figure_rows(FIGURES, 76, WGL4))
    for figure in FIGURES:
        assert values[names.index(figure.name) :].startswith(f"{figure.value} {figure.change}")


@pytest.mark.parametrize("room", [40, 76, 116, 148])
def test_where_figures_are_long_their_changes_give_way_and_the_values_stay(room: int) -> None:
    long = tuple(replace(figure, value=figure.value + "0,000,000") for figure in FIGURES)
    rows = figure_rows(long, room, WGL4)
    assert all(columns(row) <= room for row in rows)
    if room >= 116:
        assert all(figure.value in read(rows[1]) for figure in long)


def test_letters_stand_in_two_rows_as_many_as_fit_whole() -> None:
    letters = tuple((letter, f"palabra {letter * 8}") for letter in "abcdefghijkl")
    rows = letter_rows(letters, 76, WGL4)
    assert len(rows) == 2
    assert all(columns(row) <= 76 for row in rows)
    said = " ".join(read(row) for row in rows)
    assert "a palabra aaaaaaaa" in said
    assert not said.rstrip().endswith("…")
