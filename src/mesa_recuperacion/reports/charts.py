"""Charts as inline SVG, drawn by pygal; how they look is the page's own style sheet (``page.css``).

Nothing of a chart runs or asks for anything: pygal's scripts, style sheets, links and comments are taken out, and every
text goes through an XML tree.  What a chart says is also in the table beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from pygal import XY, Bar, Config, Graph, Line, StackedBar
from pygal.etree import etree
from pygal.style import Style

from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass

# Importing pygal hooks a finder of its plug-ins into every later import; there are none here.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]

Format = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a chart is drawn, in pixels; its texts keep their size, so each screen has a drawing of its own."""

    name: str
    width: int
    height: int


WIDE, NARROW = Size("wide", 520, 290), Size("narrow", 352, 250)
SIZES = (WIDE, NARROW)
LETTER = 12
"""Pixels of the texts."""

_UNWANTED = frozenset({"script", "style", "desc", "defs", "title"})


class _Pareto(Bar, Line):  # type: ignore[misc] # pygal has no types
    """Bars of the first series, and over them the second as a line."""

    @property
    def _order(self) -> int:
        return 1  # the bars are as wide as if they were alone

    def _plot(self) -> None:
        bars, line = self.series
        self.bar(bars)
        line.points = [(x + 0.9 / self._len, y) for x, y in line.points]  # at the right edge of each bar
        self.line(line)


class _Apart(StackedBar):  # type: ignore[misc] # pygal has no types
    """Stacked bars, and beside them those of the second axis on the scale of the first."""

    def _pre_compute_secondary(self, *_: Any) -> None:
        self._secondary_min, self._secondary_max = self.range

    def _compute_secondary(self) -> None:
        super()._compute_secondary()
        self._y_2nd_labels: list[Any] = []


def pareto(counts: Sequence[int], title: str, percent: Format) -> str:
    """Bars in falling order, numbered from 1, and the line of what they add up to, as shares of all."""
    total = sum(counts)

    def chart(size: Size) -> Graph:
        axis = [{"value": total * part / 100, "label": percent(part)} for part in (0, 25, 50, 75, 100)]
        made = _Pareto(_config(
            size, x_labels=_numbers(counts), y_labels=axis, range=(0, total), print_values=True,
            print_values_position="top", value_formatter=lambda n: f"{n:.0f}", dots_size=3.5,
        ))  # fmt: skip
        made.add("", list(counts))
        made.add("", list(accumulate(counts)))
        return made

    return drawn(chart, title)


def shares(
    labels: Sequence[str], lines: Iterable[Sequence[int | None]], goals: Sequence[int], title: str, percent: Format
) -> str:
    """Lines of per cents over time, and a dashed one for each goal (0: none)."""
    several = tuple(tuple(line) for line in lines)

    def chart(size: Size) -> Graph:
        made = Line(_config(
            size, x_labels=_every(labels, size), y_labels=[0, 25, 50, 75, 100], range=(0, 100),
            value_formatter=percent, dots_size=3.5, include_x_axis=True,
        ))  # fmt: skip
        for line in several:
            made.add("", list(line), allow_interruptions=True)
        for goal in goals:
            made.add("", [goal or None] * len(labels), show_dots=False)
        return made

    return drawn(chart, title)


def stacks(
    labels: Sequence[str], stacked: Sequence[Sequence[float]], apart: Sequence[float], title: str, shown: Format
) -> str:
    """Stacked bars, and one beside each stack on the same scale."""
    tops = [sum(parts) for parts in zip(*stacked, strict=True)] + list(apart)

    def chart(size: Size) -> Graph:
        top, steps = ticks(max(tops, default=0))
        made = _Apart(_config(
            size, x_labels=_every(labels, size), y_labels=steps, range=(0, top), value_formatter=shown,
        ))  # fmt: skip
        for values in stacked:
            made.add("", list(values))
        made.add("", list(apart), secondary=True)
        return made

    return drawn(chart, title)


def pairs(kept: Sequence[int], missed: Sequence[int], title: str) -> str:
    """Stacked bars of what was kept and what was not, numbered from 1."""

    def chart(size: Size) -> Graph:
        top, steps = ticks(max((k + m for k, m in zip(kept, missed, strict=True)), default=0))
        made = StackedBar(_config(
            size, x_labels=_numbers(kept), y_labels=steps, range=(0, top), value_formatter=lambda n: f"{n:.0f}",
        ))  # fmt: skip
        made.add("", list(kept))
        made.add("", list(missed))
        return made

    return drawn(chart, title)


def spreads(low: Sequence[float], middle: Sequence[float], high: Sequence[float], title: str, shown: Format) -> str:
    """From the lowest to the highest a line, the median a dot, numbered from 1."""

    def chart(size: Size) -> Graph:
        top, steps = ticks(max(high, default=0))
        count = len(high)
        made = XY(_config(
            size, x_labels=[{"value": n, "label": str(n)} for n in range(1, count + 1)], xrange=(0.4, count + 0.6),
            y_labels=steps, range=(0, top), value_formatter=shown, x_value_formatter=lambda n: f"{n:.0f}",
        ))  # fmt: skip
        made.add("", [(n, m) for n, m in enumerate(middle, 1)], stroke=False, dots_size=5.5)
        for n, (a, b) in enumerate(zip(low, high, strict=True), 1):
            made.add("", [(n, a), (n, b)] if a < b else [(n, None)], show_dots=False)
        return made

    return drawn(chart, title)


def drawn(chart: Callable[[Size], Graph], title: str) -> str:
    """The chart in every size, as markup that can stand in a page."""
    return "".join(_markup(chart(size), size, clean(title, 300)) for size in SIZES)


def ticks(highest: float) -> tuple[float, list[float]]:
    """Where an axis from 0 ends, and its four or five steps, of 1, 2, 2.5 or 5 and zeros."""
    if highest <= 0:
        return 1, [0, 1]
    size = 10.0 ** (len(str(int(highest))) - 1)
    fits = (size * part for part in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5))
    step = next(step for step in fits if step * 5 >= highest and (step >= 1 or highest < 1))
    count = -int(-highest // step)
    return step * count, [step * n for n in range(count + 1)]


def _config(size: Size, **changes: Any) -> Config:
    """What every chart has in common."""
    style = Style(
        label_font_size=LETTER, major_label_font_size=LETTER, value_font_size=LETTER, font_family="sans-serif"
    )
    return Config(
        style=style, width=size.width, height=size.height, explicit_size=False, show_legend=False, js=(), css=(),
        margin=6, margin_top=16, spacing=6, no_prefix=True, show_x_guides=False, pretty_print=False,
        truncate_label=-1, **changes,
    )  # fmt: skip


def _numbers(of: Sequence[object]) -> list[str]:
    return [str(n) for n in range(1, len(of) + 1)]


def _every(labels: Sequence[str], size: Size) -> list[str]:
    """The labels that fit beside each other: where there is little room every other one, the last among them."""
    room = size.width / max(1, len(labels))
    if room > 7 * max(map(len, labels), default=0):
        return list(labels)
    return [label if (len(labels) - n) % 2 else "" for n, label in enumerate(labels)]


def _markup(chart: Graph, size: Size, title: str) -> str:
    root = chart.render_tree()
    _strip(root)
    root.attrib.clear()
    root.attrib.update({"class": f"chart {size.name}", "viewBox": f"0 0 {size.width} {size.height}", "role": "img",
                        "aria-label": title})  # fmt: skip
    named = etree.Element("title")
    named.text = title
    root.insert(0, named)
    return str(etree.tostring(root, encoding="unicode"))


def _strip(node: Any) -> None:
    """Take out comments and all that is no drawing; the name space goes without saying inside a page."""
    node.attrib.pop("xmlns", None)
    for child in list(node):
        if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in _UNWANTED or _is_tooltip(child):
            node.remove(child)
        else:
            _strip(child)


def _is_tooltip(node: Any) -> bool:
    return "tooltip-overlay" in node.attrib.get("class", "")
