"""The parts of the page as values: tables of texts, and sections with a chart beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from mesa_recuperacion.domain.review.counts import share
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.reports.columns import Column, Table, Value
from mesa_recuperacion.reports.voice import Voice


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads and rows of texts; ``numbers`` says which columns are figures."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[bool]
    title: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it is names and then many figures: where there is little room a name has its own line."""
        figures = len(self.numbers) - 1
        return figures > 3 and list(self.numbers) == [False, *[True] * figures]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page.  ``legend`` pairs the class of a sign in the chart with what it stands for."""

    name: str
    title: str
    said: str = ""
    chart: Markup | None = None
    legend: Sequence[tuple[str, str]] = ()
    grids: Sequence[Grid] = ()
    note: str = ""


def safe(drawing: str) -> Markup:
    return Markup(drawing)  # noqa: S704 - an XML tree, written out by charts


def amounts(minors: Sequence[int], voice: Voice) -> list[str]:
    """A column of amounts: all of them with decimals, or none."""
    return [voice.money(minor, alike=minors) for minor in minors]


def columns(heads: Sequence[str], names: Sequence[str], *figures: Sequence[str], title: str = "") -> Grid:
    """A grid of columns: one of names and then figures."""
    return Grid(heads, list(zip(names, *figures, strict=True)), [False, *[True] * len(figures)], title)


def numbered(names: Iterable[str]) -> list[str]:
    """Names with the numbers that stand for them in a chart."""
    return [f"{n}. {clean(name)}" for n, name in enumerate(names, 1)]


def rate(part: int, of: int, voice: Voice) -> str:
    found = share(part, of)
    return "–" if found is None else voice.percent(found)


def plain(table: Table, rows: Sequence[tuple[Value, ...]], voice: Voice) -> Grid:
    """Any table as a grid, without the columns in which nothing is known."""
    kept = [n for n in range(len(table.columns)) if any(row[n] not in (None, "") for row in rows)]
    shown = [table.columns[n] for n in kept]
    texts = [[figure(row[n], table.columns[n], voice) for n in kept] for row in rows]
    return Grid([voice.words.t(c.head) for c in shown], texts, [c.kind not in ("text", "flag") for c in shown])


def figure(value: Value, column: Column, voice: Voice) -> str:
    """A value as people of the place write it."""
    t = voice.words.t
    match column.kind, value:
        case _, None:
            return "–"
        case "flag", _:
            return t("yes") if value else t("no")
        case "money", int():
            return voice.money(int(value))
        case "percent", int():
            return voice.percent(int(value))
        case "seconds", int():
            return voice.shown.span(int(value))
        case "count", int():
            return voice.number(int(value))
        case "instant", datetime():
            return voice.instant(value)
    return clean(str(value), 2000)
