"""F8: the report as one value, as JSON that stays the same, as tables, and as a page that needs nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from mesa_recuperacion.domain.policy import Goals
from mesa_recuperacion.domain.refusals import Refusal, SupervisorNeeded
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.reports import charts, monthly
from mesa_recuperacion.reports.columns import Column, Table, cell
from mesa_recuperacion.reports.html import as_html, tiles
from mesa_recuperacion.reports.monthly import Report, as_csv, as_json, gather
from mesa_recuperacion.reports.tables import TABLES
from mesa_recuperacion.reports.voice import Voice
from tests.unit.reports.boards import HOSTILE, LONG, MARCH, NOW, answering, board, counts, parts, voice

VOID = frozenset("meta link br hr img input".split())


class Tree(HTMLParser):
    """Every element with its attributes, every text, and whether each is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside:
            self.texts.append(data)


def report(**changes: object) -> Report:
    return Report(board(**changes), parts(), NOW)  # type: ignore[arg-type]


def aiming(locale: str = "en_US", **goals: int) -> Voice:
    speaking = voice(locale)
    return replace(speaking, policy=replace(speaking.policy, goals=Goals(**goals)))


# -------------------------------------------------------------------------------------------------------------- value


def test_all_is_asked_and_a_refusal_ends_it() -> None:
    asked: list[object] = []
    made = gather(Scope(MARCH), answering([], asked=asked), NOW)  # type: ignore[arg-type]
    assert isinstance(made, Report)
    assert asked[0] == BoardOf(Scope(MARCH))
    assert len(asked) == 1 + len(monthly.PARTS)
    assert isinstance(gather(Scope(MARCH), lambda _: SupervisorNeeded(), NOW), Refusal)


def test_a_part_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another question of the review is in all three forms once it has a table."""

    class PlacesOf(BoardOf):
        __slots__ = ()

    columns = (Column("area", "Area"), Column("kept", "In time", "count"), Column("cost", "Cost", "money"))
    table = Table("places", "Places", columns, lambda answer, _: [("Almacén <b>", 3, 12_050)])  # fmt: skip
    monkeypatch.setitem(TABLES, PlacesOf, (table,))
    monkeypatch.setattr(monthly, "PARTS", (PlacesOf,))
    look = answering([])
    made = gather(Scope(MARCH), look, NOW)
    assert isinstance(made, Report)
    assert json.loads(as_json(made, voice()))["tables"]["places"] == [
        {"area": "Almacén <b>", "kept": 3, "cost": {"minor": 12_050, "currency": "MXN"}}
    ]
    assert '"Almacén <b>",3,120.50' in as_csv(made, voice())
    assert "Almacén &lt;b&gt;" in as_html(made, voice())


# --------------------------------------------------------------------------------------------------------------- JSON


def test_json_says_what_it_is_and_amounts_are_minor_units() -> None:
    shown = report()
    made = json.loads(as_json(shown, aiming(on_time=90)))
    assert {key: made[key] for key in "format report business branch currency zone made_by period goals".split()} == {
        "format": 1, "report": "monthly", "business": "Zapatería Luz", "branch": "Centro", "currency": "MXN",
        "zone": "America/Mexico_City", "made_by": "Carla Vega",
        "period": {"kind": "month", "first": "2026-03-01", "last": "2026-03-31"},
        "goals": {"on_time": 90, "first_contact": None, "verified": None},
    }  # fmt: skip
    figures = made["tables"]["figures"][0]
    assert figures["cases"] == shown.board.counts.cases
    assert figures["remedy_cost"] == {"minor": shown.board.counts.remedy_cost, "currency": "MXN"}
    assert set(made["tables"]) == {
        "figures", "causes", "trend", "due", "people", "equity", "areas", "achieved",
    }  # fmt: skip


def test_json_members_are_the_same_in_every_language() -> None:
    def keys(value: object) -> object:
        if isinstance(value, dict):
            return {key: keys(inner) for key, inner in value.items()}
        return [keys(inner) for inner in value] if isinstance(value, list) else None

    es, en = (json.loads(as_json(report(), voice(locale))) for locale in ("es_MX", "en_US"))
    assert keys(es) == keys(en)
    assert es["tables"]["causes"][0]["problem"] == en["tables"]["causes"][0]["problem"]


def test_e3_a_report_names_no_customer() -> None:
    shown = report(names=("Agent One", "Agent Two", "Customer Zero"))
    assert shown.board.risk[0].name == "Customer Zero"
    kept = replace(shown, board=replace(shown.board, people=shown.board.people[:2]))
    for text in (as_json(kept, voice()), as_csv(kept, voice()), as_html(kept, voice())):
        assert "Agent One" in text
        assert "Customer Zero" not in text


# ---------------------------------------------------------------------------------------------------------------- CSV


def test_csv_is_all_tables_of_one_width() -> None:
    text = as_csv(report(), voice("en_US"))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert [row[1] for row in rows[:3]] == ["Centro", "Service recovery report", "March 2026 · everybody, everything"]


# --------------------------------------------------------------------------------------------------------------- page


@pytest.mark.parametrize("locale", ["es_MX", "en_US", "es_ES", "en"])
def test_f8_a_page_needs_nothing_else(locale: str) -> None:
    page = as_html(report(), voice(locale))
    tree = Tree(page)
    assert tree.inside == []
    tags = {tag for tag, _ in tree.elements}
    assert not tags & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "a",
        "image",
        "use",
        "foreignObject",
    }
    for _, attributes in tree.elements:
        assert not {
            name for name in attributes if name.startswith("on") or name in ("src", "href", "xlink:href", "srcset")
        }
    assert not re.search(r"(https?:)?//|url\(|@import|javascript:", page)
    (policy,) = (a["content"] for _, a in tree.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert tree.elements[0][1]["lang"] == locale[:2]


@pytest.mark.parametrize("text", [*HOSTILE, LONG])
def test_e5_hostile_names_are_text_on_the_page(text: str) -> None:
    """Everywhere: business, branch, people, problems and whoever asks."""
    speaking = voice(business=text)
    policy = replace(
        speaking.policy, problems=tuple(replace(problem, name=text) for problem in speaking.policy.problems)
    )
    speaking = replace(speaking, policy=policy, branch=text, by=text)
    plain = [(tag, sorted(a)) for tag, a in Tree(as_html(report(), voice())).elements]
    tree = Tree(as_html(report(names=(text, text, text)), speaking))
    assert [(tag, sorted(a)) for tag, a in tree.elements] == plain
    said = "".join(tree.texts)
    assert said.count(clean(text)) >= 2 + 1 + 3 + len(board().causes)
    assert "\u202e" not in said


def test_every_chart_says_what_it_is_and_stands_twice() -> None:
    tree = Tree(as_html(report(), voice("en_US")))
    drawn = [a for tag, a in tree.elements if tag == "svg"]
    assert [a["class"] for a in drawn] == ["chart wide", "chart narrow"] * 5
    assert all(a["role"] == "img" and a["aria-label"] for a in drawn)
    assert len({a["aria-label"] for a in drawn}) == 5


def test_d2_the_causes_are_in_falling_order_and_say_the_vital_few() -> None:
    shown = board()
    page = as_html(Report(replace(shown, causes=shown.causes[::-1]), (), NOW), voice("en_US"))
    assert "3 problems of 8 make 72% of the cases." in page
    names = re.findall(r"<bdi>(\d+\. [^<]*)</bdi>", page)[: len(shown.causes)]
    assert names == [f"{n}. {voice().problem(c.problem)}" for n, c in enumerate(shown.causes, 1)]


def test_d10_a_goal_stands_beside_its_figure() -> None:
    made = {tile.name: tile for tile in tiles(report(), aiming(on_time=90, first_contact=60))}
    assert (made["On time"].value, made["On time"].note, made["On time"].state) == ("85%", "goal 90%", "bad")
    assert (made["At first contact"].value, made["At first contact"].state) == ("68%", "good")
    assert {tile.state for tile in tiles(report(), aiming())} == {""}


def test_b6_what_the_law_owes_is_in_no_other_cost() -> None:
    made = {tile.name: tile.value for tile in tiles(report(), voice("en_US"))}
    c = report().board.counts
    assert made["Cost"] == voice("en_US").money(c.remedy_cost + c.compensation)
    assert made["Owed by law"] == voice("en_US").money(c.statutory)


def test_a_first_month_has_no_change_and_one_like_the_last_says_so() -> None:
    assert all(not tile.change for tile in tiles(report(before=Counts()), voice("en_US")))
    same = report(before=report().board.counts)
    assert {tile.change for tile in tiles(same, voice("en_US"))} == {"as before", ""}


@pytest.mark.parametrize(
    "shown",
    [
        report(causes=(), trend=(), spreads=(), people=(), due=(), counts=Counts()),
        report(causes=board().causes[:1], trend=board().trend[:1], spreads=board().spreads[:1]),
        report(counts=counts(1), before=Counts(), trend=()),
    ],
)
def test_a_page_with_little_or_nothing_on_it_is_whole(shown: Report) -> None:
    assert Tree(as_html(shown, voice())).inside == []


# ------------------------------------------------------------------------------------------------------------- charts


@pytest.mark.parametrize("highest", [0, 0.4, 1, 3, 9, 10, 11, 99, 100, 101, 12_345, 10**9])
def test_an_axis_has_a_few_round_steps_and_room(highest: float) -> None:
    top, steps = charts.ticks(highest)
    assert top >= highest
    assert steps[0] == 0
    assert steps[-1] == top
    assert 2 <= len(steps) <= 6
    assert len({round(b - a, 6) for a, b in pairwise(steps)}) == 1


def test_a_bar_is_as_high_as_its_share() -> None:
    drawing = charts.pareto([30, 10, 10], "Causes", lambda n: f"{n:.0f}%")
    wide = drawing[: drawing.index("</svg>")]
    heights = [float(h) for h in re.findall(r'<rect[^>]*height="([\d.]+)"[^>]*class="rect', wide)]
    assert len(heights) == 3
    assert heights[0] == pytest.approx(3 * heights[1])


def test_nothing_of_the_library_but_the_drawing_is_left() -> None:
    drawing = charts.pairs([1], [2], "<script>&\"'")
    assert not re.search(r"pygal|Kozea|http|script>|style|<!--", drawing)
    assert 'aria-label="&lt;script&gt;&amp;&quot;' in drawing


def test_the_library_leaves_no_hook_behind() -> None:
    import sys

    assert "PluginImportFixer" not in {type(finder).__name__ for finder in sys.meta_path}


def test_every_member_of_the_json_is_explained() -> None:
    told = set(re.findall(r"`(\w+)`", (Path(__file__).parents[3] / "docs" / "report.md").read_text(encoding="utf-8")))
    made = json.loads(as_json(report(), voice()))
    members = {*made, *made["tables"], *made["period"], *made["goals"]}
    members |= {key for rows in made["tables"].values() for row in rows for key in row}
    assert members - told == set()


def test_every_question_of_the_review_has_a_table() -> None:
    from mesa_recuperacion.service.review.review import answerers

    assert {query.__name__ for query in answerers()} - {query.__name__ for query in TABLES} <= WITHOUT_TABLE


WITHOUT_TABLE = {"SheetOf", "PickOf", "PolicyOf", "DraftCheckOf", "DraftDiffOf", "AcknowledgedOf"}
"""Pages that are forms or texts; F9 says there that there is no table."""


@pytest.mark.parametrize("locale", ["es_MX", "en_US"])
def test_every_board_table_writes_each_kind_of_value(locale: str) -> None:
    for table, answer in report().tables():
        for row in table.rows(answer, voice(locale)):
            for value, column in zip(row, table.columns, strict=True):
                made = cell(value, column, voice(locale))
                assert not isinstance(made, bool)
                assert column.kind == "text" or value is None or made is not None
