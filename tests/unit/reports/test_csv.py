"""E5, F8: a table opens in a spreadsheet as what it is, whole, and nothing in it can run."""

from __future__ import annotations

import csv
import io
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.refusals import Refusal, SupervisorNeeded
from mesa_recuperacion.domain.review.base import Cursor, Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.counts import MEASURES
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.reports.columns import COUNTS, counted
from mesa_recuperacion.reports.csv import LONGEST, cell, line, safe, undone
from mesa_recuperacion.reports.export import Written, export
from mesa_recuperacion.reports.tables import TABLES
from tests.unit.reports.boards import HOSTILE, MARCH, NOW, answering, board, case, counts, voice

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u00a0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "−1",
    "﹦1",
    "\u200b=1",
)
ALL = Scope(MARCH)


def read(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("text", FORMULAS)
def test_e5_a_formula_is_a_text(text: str) -> None:
    assert cell(text).startswith("\"'")
    assert undone(safe(text)) == clean(text, LONGEST)


@given(st.text(max_size=60))
def test_e5_no_text_begins_as_a_formula_and_each_comes_back(text: str) -> None:
    made = safe(text)
    first = unicodedata.normalize("NFKC", made.lstrip()[:1])
    assert not first or first[0] not in "=+-@"
    assert undone(made) == clean(text, LONGEST)
    assert next(csv.reader([line([text])], strict=True)) == [made]


@given(st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=20)), min_size=1, max_size=6), st.integers(2, 9))
def test_f8_a_line_is_read_back_with_as_many_fields(cells: list[int | str | None], width: int) -> None:
    written = line(cells, width)
    assert written.endswith("\r\n")
    (back,) = csv.reader([written], strict=True)
    assert len(back) == max(width, len(cells))
    for value, field in zip(cells, back, strict=False):
        assert field == ("" if value is None else str(value) if isinstance(value, int) else safe(value))


def test_f8_numbers_stay_numbers() -> None:
    assert line([-5, Decimal("-120.50"), Decimal("1E+3"), 0, None]) == "-5,-120.50,1000,0,\r\n"


def test_b7_amounts_are_in_the_main_unit_with_a_point_everywhere() -> None:
    assert [str(voice(locale).major(12_050)) for locale in ("es_MX", "es_ES", "en_US")] == ["120.50"] * 3
    assert str(voice().major(-5)) == "-0.05"


def test_f8_the_first_lines_say_what_it_is(tmp_path: Path) -> None:
    made = export(
        CasesOf(Behind(Scope(MARCH, Filter("p1", "faltante")), "late")), answering([]), voice("en_US"), tmp_path, NOW
    )
    assert isinstance(made, Written)
    rows = read(made.path)
    said = {row[0]: row[1] for row in rows[:6]}
    assert said["Zapatería Luz"] == "Centro"
    problem = voice().problem("faltante")
    assert said["Filter"] == f"March 2026 · cases closed by Ana Torres · problem “{problem}” · out of time"
    assert (said["By"], said["Amounts in"]) == ("Carla Vega", "MXN")
    assert said["Written"] == "2026-04-02 10:42 (America/Mexico_City)"
    assert made.path.name == "mesa-cases-2026-04-02.csv"


@pytest.mark.parametrize("many", [0, 1, 49, 50, 51, 100, 1234])
def test_f8_a_list_is_never_cut_short(tmp_path: Path, many: int) -> None:
    """Also from the third page on the screen: the file begins with the first."""
    asked: list[Query] = []
    query = CasesOf(Behind(ALL), Cursor(100, "x"))
    made = export(query, answering([case(n) for n in range(many)], asked=asked), voice(), tmp_path, NOW)
    assert isinstance(made, Written)
    assert made.rows == many
    assert [row[0] for row in read(made.path) if row[0].startswith("CEN-")] == [f"CEN-{n}" for n in range(many)]
    assert len(asked) == max(1, -(-many // 50))


def test_f8_a_long_list_is_never_in_memory(tmp_path: Path) -> None:
    """A page is written before the next one is asked for."""
    sizes: list[int] = []
    look = answering([case(n, "x" * 400) for n in range(2000)])

    def watching(query: Query):  # type: ignore[no-untyped-def]
        sizes.extend(part.stat().st_size for part in tmp_path.iterdir())
        return look(query)

    assert isinstance(export(CasesOf(Behind(ALL)), watching, voice(), tmp_path, NOW), Written)
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 20


def test_f8_a_page_that_is_refused_on_the_way_leaves_no_file(tmp_path: Path) -> None:
    look = answering([case(n) for n in range(200)])

    def shut(query: Query):  # type: ignore[no-untyped-def]
        return (
            SupervisorNeeded() if isinstance(query, CasesOf) and query.cursor and query.cursor.at > 90 else look(query)
        )

    assert isinstance(export(CasesOf(Behind(ALL)), shut, voice(), tmp_path, NOW), Refusal)
    assert list(tmp_path.iterdir()) == []


def test_f8_the_board_is_all_its_panels(tmp_path: Path) -> None:
    made = export(BoardOf(ALL), answering([]), voice("en_US"), tmp_path, NOW)
    assert isinstance(made, Written)
    rows = read(made.path)
    assert len({len(row) for row in rows}) == 1
    titles = [
        "Headline figures",
        "Causes",
        "Trend",
        "What is due",
        "People",
        "Equal treatment",
        "Customers at risk",
        "Suggestions waiting",
    ]
    first = [row[0] for row in rows]
    assert [title for title in first if title in titles] == titles
    shown = board()
    assert made.rows == 2 + sum(
        map(len, (shown.causes, shown.trend, shown.due, shown.people, shown.spreads, shown.risk, shown.suggestions))
    )
    heads = rows[first.index("Headline figures") + 1]
    values = rows[first.index("Headline figures") + 2]
    figures = dict(zip(heads, values, strict=True))
    assert (figures["Cases"], figures["Remedies (MXN)"]) == (
        str(shown.counts.cases),
        f"{shown.counts.remedy_cost / 100:.2f}",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_e5_hostile_names_are_text_in_every_table(tmp_path: Path, text: str) -> None:
    shown = board(names=(text, text))
    made = export(BoardOf(ALL), lambda _: shown, voice(business=text), tmp_path, NOW)
    assert isinstance(made, Written)
    cells = [field for row in read(made.path) for field in row]
    assert safe(text) in cells
    for field in cells:
        if not field.lstrip("-").replace(".", "", 1).isdigit():
            assert field[:1] not in ("=", "+", "-", "@")


def test_every_table_has_a_value_for_every_column() -> None:
    assert len(counted(counts(3))) == len(COUNTS) > len(MEASURES)
    for tables in TABLES.values():
        for table in tables:
            assert len({column.key for column in table.columns}) == len(table.columns), table.name
            for language in ("es_MX", "en_US"):
                assert voice(language).words.t(table.title)


def test_the_file_is_named_and_never_overwritten(tmp_path: Path) -> None:
    paths = [export(CasesOf(Behind(ALL)), answering([]), voice(), tmp_path, NOW) for _ in range(3)]
    names = [made.path.name for made in paths if isinstance(made, Written)]
    assert names == ["mesa-cases-2026-04-02.csv", "mesa-cases-2026-04-02-2.csv", "mesa-cases-2026-04-02-3.csv"]
