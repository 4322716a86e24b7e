"""Panels of the review laid out side by side: pure, like every other block.

Panels of the two columns that belong together begin in the same row: the last of the left beside the last of the
right, and so on upwards; what the right has more stands at the top.  A panel that finds no room for its rows is one
line that says it all in a few words, so that the whole page is seen at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from mesa_recuperacion.dialogue.view import Panel, Panels
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.panel import panel_lines, panel_wants
from mesa_recuperacion.tui.rows import Row, clip, fill

ABREAST = 70
"""From so many columns on the panels stand in two columns."""

_SMALLEST, _RIGHT, _AIR = 76, 31, 3
"""The columns of the smallest page: those of its right side, and the air between the sides."""

_FIRST = (7, 4)
"""Rows that the first group of panels gets before any other has more than its line, and those that follow."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Panels that are laid out already: they alone fill the rows that the other blocks leave."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Panels that begin in the same row."""

    left: tuple[Panel, ...]
    right: tuple[Panel, ...]

    @property
    def least(self) -> int:
        """Rows in which every panel has its line."""
        return max(len(self.left), len(self.right))

    @property
    def wants(self) -> int:
        """Rows in which nothing is left out."""
        return max(_wants(self.left), _wants(self.right))

    @property
    def is_chosen_from(self) -> bool:
        """Whether Enter would take a row of it."""
        return any(panel.selected is not None for panel in (*self.left, *self.right))


def panel_rows(panels: Panels, width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """At most ``height`` rows of at most ``width`` columns."""
    if width < ABREAST:
        return tuple(_side((*panels.left, *panels.right), width, height, glyphs))[:height]
    groups = _groups(panels)
    heights, air = _shared(groups, height)
    beyond = width - _SMALLEST
    right = _RIGHT + max(0, beyond) // 5
    between = _AIR + max(0, min(3, beyond * 3 // 40))
    left = width - right - between
    rows: list[Row] = []
    for group, room in zip(groups, heights, strict=True):
        rows += [()] * air.pop(0)
        sides = (_side(group.left, left, room, glyphs), _side(group.right, right, room, glyphs))
        for one, other in zip_longest(*sides, fillvalue=()):
            rows.append((*fill(one, left + between), *other) if other else one)
    return tuple(clip(row, width, glyphs) for row in rows[:height])


def _groups(panels: Panels) -> list[Group]:
    count = min(len(panels.left), len(panels.right))
    if not count:
        return [Group(panels.left, panels.right)]
    first = Group(panels.left[: len(panels.left) - count + 1], panels.right[: len(panels.right) - count + 1])
    pairs = zip(panels.left[len(panels.left) - count + 1 :], panels.right[len(panels.right) - count + 1 :], strict=True)
    return [first, *(Group((one,), (other,)) for one, other in pairs)]


def _shared(groups: Sequence[Group], height: int) -> tuple[list[int], list[int]]:
    """The rows of each group, and the air before it; the one that is chosen from and the first ones come first."""
    heights = [group.least for group in groups]
    air = [0, *([1] * (len(groups) - 1))]
    if sum(heights) + sum(air) > height:
        air = [0] * len(groups)
    spare = height - sum(heights) - sum(air)
    order = sorted(range(len(groups)), key=lambda n: (not groups[n].is_chosen_from, n))
    for n in order:
        more = max(0, min(spare, min(groups[n].wants, _FIRST[n > 0]) - heights[n]))
        heights[n] += more
        spare -= more
    last = len(groups) - 1
    if not spare and air[last] and heights[last] == groups[last].least:  # lines alone need no air before them
        air[last], spare = 0, 1
    while spare > 0 and (short := [n for n in order if heights[n] < groups[n].wants]):
        for n in short[:spare]:
            heights[n] += 1
        spare -= len(short[:spare])
    return heights, [n + 1 if n and spare >= last else n for n in air]


def _wants(panels: Sequence[Panel]) -> int:
    return sum(panel_wants(panel) for panel in panels) + max(0, len(panels) - 1)


def _side(panels: Sequence[Panel], width: int, room: int, glyphs: Glyphs) -> list[Row]:
    """The panels of one side of a group, one under the other, in ``room`` rows."""
    heights = [1] * len(panels)
    spare = room - len(panels)
    for n, panel in enumerate(panels):
        more = max(0, min(spare, panel_wants(panel) - 1))
        heights[n] += more
        spare -= more
    air = spare >= len(panels) - 1 > 0
    rows: list[Row] = []
    for n, panel in enumerate(panels):
        if n and air:
            rows.append(())
        rows += panel_lines(panel, width, heights[n], glyphs)
    return rows
