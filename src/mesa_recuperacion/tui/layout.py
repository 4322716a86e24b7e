"""Blocks of a view laid out in columns: pure, so that every width and length is tested without a terminal.

What stands in main shares four columns, so that the eye finds the same thing in the same place: the pointer at 0,
the number and all running text at 2, names at 5, figures at the right edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Pairs, Panels, Phrase, Text
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.panels import Drawn, panel_rows
from mesa_recuperacion.tui.rows import Piece, Row, blank, fill, indent
from mesa_recuperacion.tui.table import NAME, Grid, choice_rows, grids
from mesa_recuperacion.tui.text import balanced, cell_len, cut, plain, wrap

PHRASE_ROWS = 4
"""A phrase takes at least so many rows, so that the list under it does not move when the phrase gets longer."""

FEWEST = 3
"""A list that must scroll keeps at least so many rows."""


TWO_COLUMNS = 70
"""From so many columns on, two tables of pairs that do not fit under each other stand abreast."""

PAIRS_WIDEST = 54
"""Figures stand no further from their labels than this, unless the values need it."""

MEASURE = 74
"""A paragraph is no wider than an eye finds back from."""

_BETWEEN = 3

_LITTLE = 2
"""Rows of air that are given up before a table is halved."""

_AMPLE = 12
"""Columns that a value needs beside a figure."""

_LONG = 4
"""Rows from which a table of pairs is worth halving."""


@dataclass(frozen=True, slots=True)
class Abreast:
    """Two tables of pairs in the same rows."""

    left: Pairs
    right: Pairs


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one block; ``chosen`` is the row that Enter would take, ``gap`` whether it is only air.

    ``choices`` are the rows that can be chosen, ``more`` what is said of those for which there is no room, ``lines``
    how many rows the chosen one has.
    """

    rows: tuple[Row, ...]
    chosen: int | None = None
    gap: bool = False
    choices: frozenset[int] = frozenset()
    more: str = ""
    lines: int = 1


def lay_out(
    blocks: Sequence[Block], width: int, height: int, glyphs: Glyphs, *, gutter: int = 2, under: int = NAME
) -> list[Row]:
    """At most ``height`` rows of at most ``width`` columns.

    ``gutter`` is how far running text stands from the left (0 where nothing is chosen: the side), ``under`` how far
    the text that follows a list does.  What does not fit gives up its empty rows first, then the list shows the part
    around its selection.
    """
    whole = _with_panels(tuple(blocks), width, height, glyphs, gutter, under)
    parts = _parts(whole, width, glyphs, gutter, under)
    if _height(parts) > height and width >= TWO_COLUMNS and not _spares(whole, parts, height):
        parts = _parts(_abreast(whole), width, glyphs, gutter, under)
    if _height(parts) > height:
        parts = _tighter(parts, height)
    if _height(parts) > height:
        parts = _scrolled(parts, height, glyphs)
    return [row for part in parts for row in part.rows][:height]


def _with_panels(
    blocks: tuple[Block, ...], width: int, height: int, glyphs: Glyphs, gutter: int, under: int
) -> tuple[Block | Drawn, ...]:  # fmt: skip
    """The blocks, panels drawn in the rows that the others leave."""
    if not any(isinstance(block, Panels) for block in blocks):
        return blocks
    others = tuple(block for block in blocks if not isinstance(block, Panels))
    room = height - _height(_parts(others, width, glyphs, gutter, under))
    return tuple(
        Drawn(panel_rows(block, width, room, glyphs)) if isinstance(block, Panels) else block for block in blocks
    )


def _spares(blocks: Sequence[Block | Drawn], parts: list[Part], height: int) -> bool:
    """Whether a table is better left whole, since hardly any air has to go for it."""
    few = _height(parts) - height <= _LITTLE and _height(_tighter(parts, height)) <= height
    return few and sum(isinstance(block, Pairs) for block in blocks) == 1


def _height(parts: Sequence[Part]) -> int:
    return sum(len(part.rows) for part in parts)


def _abreast(blocks: Sequence[Block | Drawn]) -> tuple[Block | Drawn | Abreast, ...]:
    """The blocks, the first two tables of pairs that follow each other made one; else a long one's halves abreast."""
    for n, block in enumerate(blocks):
        follows = [b for b in blocks[n + 1 : n + 3] if not isinstance(b, Gap)]
        if isinstance(block, Pairs) and follows and isinstance(follows[0], Pairs):
            rest = blocks[n + 1 :]
            return (*blocks[:n], Abreast(block, follows[0]), *rest[rest.index(follows[0]) + 1 :])
    return tuple(_halves(block) if isinstance(block, Pairs) and len(block.rows) >= _LONG else block for block in blocks)


def _halves(pairs: Pairs) -> Abreast:
    half = (len(pairs.rows) + 1) // 2
    return Abreast(Pairs(pairs.rows[:half]), Pairs(pairs.rows[half:]))


def _parts(
    blocks: Sequence[Block | Drawn | Abreast], width: int, glyphs: Glyphs, gutter: int, under: int
) -> list[Part]:  # fmt: skip
    made = grids([b for b in blocks if isinstance(b, Choice)], width, glyphs)
    parts: list[Part] = []
    before: Block | Drawn | Abreast | None = None
    in_list = False
    for block in blocks:
        if isinstance(block, Gap):
            if before is not None and not isinstance(before, Phrase | Gap):  # a phrase brings its own air
                parts.append(Part(((),), gap=True))
        else:
            if isinstance(block, Panels):
                raise TypeError("panels are drawn in the rows that the other blocks leave")
            in_list = isinstance(block, Choice) or (in_list and isinstance(block, Text))
            parts.append(_part(block, width, glyphs, under if in_list else gutter, made))
        before = block
    while parts and parts[-1].gap:
        parts.pop()
    return parts


def _part(
    block: Phrase | Choice | Pairs | Abreast | Text | Drawn,
    width: int,
    glyphs: Glyphs,
    gutter: int,
    made: dict[int, Grid],
) -> Part:
    if isinstance(block, Phrase):
        return Part(_phrase(block, width, glyphs))
    if isinstance(block, Choice):
        rows, begins = choice_rows(block, made[id(block)], glyphs)
        chosen = block.selected if block.selected is not None and 0 <= block.selected < len(begins) else None
        first = None if chosen is None else begins[chosen]
        last = 0 if chosen is None else [*begins, len(rows)][chosen + 1]
        return Part(rows, first, choices=frozenset(begins), more=block.more, lines=max(1, last - (first or 0)))
    if isinstance(block, Pairs):
        return Part(_pairs(block, width, glyphs, gutter))
    if isinstance(block, Drawn):
        return Part(block.rows)
    if isinstance(block, Abreast):
        return Part(_two_tables(block, width, glyphs, gutter))
    lines = wrap(plain(block.text, glyphs), min(width - gutter, MEASURE))
    return Part(tuple(indent((Piece(text, block.style),), gutter) for text in lines))


def _phrase(phrase: Phrase, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    title: Row = (Piece(cut(plain(phrase.title, glyphs), width, glyphs), "dim"),)
    said = balanced(plain(phrase.text, glyphs), width - 2)
    rows: list[Row] = [title, *((Piece(glyphs.bar, "accent"), blank(1), Piece(text, "strong")) for text in said), ()]
    return (*rows, *([()] * (PHRASE_ROWS - len(rows))))


def _pairs(pairs: Pairs, width: int, glyphs: Glyphs, gutter: int) -> tuple[Row, ...]:
    fit = [tuple(plain(text, glyphs) for text in row) for row in pairs.rows]
    label = min(max((cell_len(row[0]) for row in fit), default=0), (width - gutter) // 2)
    rows: list[Row] = []
    free = min(width, max(_natural(pairs, glyphs) + gutter, PAIRS_WIDEST)) - gutter - label - 2
    for name, value, amount in fit:
        figure = cut(amount, free, glyphs)
        lines, place = _beside_figure(value, cell_len(figure), free)
        for n, text in enumerate(lines):
            head = Piece(cut(name, label, glyphs) if n == 0 else "", "dim")
            row: Row = (blank(gutter), head, blank(label + 2 - cell_len(head.text)), Piece(text))
            if figure and n == place:
                row = (*row, blank(free - cell_len(figure) - cell_len(text)), Piece(figure, "strong"))
            rows.append(row)
    return tuple(rows)


def _beside_figure(value: str, figure: int, free: int) -> tuple[list[str], int]:
    """The lines of a value beside a figure of so many columns, and in which of them that stands: the first; or the
    last, where the value is then in fewer lines.
    """
    if not figure:
        return wrap(value, free), 0
    beside, whole = wrap(value, max(1, free - figure - 2)), wrap(value, free)
    if cell_len(whole[-1]) + figure + 2 > free:
        whole.append("")
    return (whole, len(whole) - 1) if len(whole) < len(beside) or free - figure < _AMPLE else (beside, 0)


def _natural(pairs: Pairs, glyphs: Glyphs) -> int:
    """The columns in which a table of pairs has every row on one line."""
    sizes = [tuple(cell_len(plain(text, glyphs)) for text in row) for row in pairs.rows]
    values = max((value + (figure + 2 if figure else 0) for _, value, figure in sizes), default=0)
    return max((label for label, _, _ in sizes), default=0) + 2 + values


def _two_tables(tables: Abreast, width: int, glyphs: Glyphs, gutter: int) -> tuple[Row, ...]:
    """Each with half of the room, or one as wide as it likes: whichever way breaks the fewest lines."""
    room = width - gutter - _BETWEEN
    left, right = _natural(tables.left, glyphs), _natural(tables.right, glyphs)
    ways = (min(right, max(room // 2, room - left)), min(right, max(room // 3, room - left)), min(right, room * 2 // 3))
    made = [_beside(tables, width, right_width, glyphs, gutter) for right_width in ways]
    return min(made, key=lambda way: way[0])[1]


def _beside(
    tables: Abreast, width: int, right_width: int, glyphs: Glyphs, gutter: int
) -> tuple[tuple[int, int], tuple[Row, ...]]:
    """The rows of two tables for a width of the right one; and how many, and how many there are of both."""
    left_width = width - right_width - _BETWEEN
    left = _pairs(tables.left, left_width, glyphs, gutter)
    right = _pairs(tables.right, right_width, glyphs, 0)
    rows = zip_longest(left, right, fillvalue=())
    made = tuple((*fill(one, left_width + _BETWEEN), *other) if other else one for one, other in rows)
    return (len(made), len(left) + len(right)), made


# ------------------------------------------------------------------------------------------ when it does not all fit


def _tighter(parts: list[Part], height: int) -> list[Part]:
    """Without air until it fits: the second row of it under a phrase, then from the end; the first goes last."""
    kept = list(parts)
    for index in range(len(kept)):
        while _height(kept) > height and kept[index].rows[-2:] == ((), ()):
            kept[index] = replace(kept[index], rows=kept[index].rows[:-1])
    for index in reversed(range(len(kept))):
        if _height(kept) <= height:
            break
        if kept[index].gap:
            kept.pop(index)
    for index in range(len(kept)):
        part = kept[index]
        while _height(kept) > height and len(part.rows) > 1 and part.rows[-1] == () and index + 1 < len(kept):
            part = replace(part, rows=part.rows[:-1])
            kept[index] = part
    return kept


def _scrolled(parts: list[Part], height: int, glyphs: Glyphs) -> list[Part]:
    """The list that is chosen from (or else the longest part) shown in the rows that the others leave.

    Where that is too little, all the lists are shown as one, in what stands before and after them leaves; and where
    that is too little as well, everything.
    """
    lists = [n for n, part in enumerate(parts) if part.chosen is not None]
    index = lists[0] if lists else max(range(len(parts)), key=lambda n: len(parts[n].rows))
    choices = [n for n, part in enumerate(parts) if part.choices] or [index]
    for first, last in ((index, index), (choices[0], choices[-1]), (0, len(parts) - 1)):
        whole = _together(parts[first : last + 1])
        room = height - _height(parts) + len(whole.rows)
        if room >= min(FEWEST, height):
            return [*parts[:first], _window(whole, room, glyphs), *parts[last + 1 :]]
    return parts


def _together(parts: Sequence[Part]) -> Part:
    """Parts that are shown as one."""
    rows: list[Row] = []
    choices: set[int] = set()
    chosen, lines = None, 1
    for part in parts:
        if part.chosen is not None:
            chosen, lines = len(rows) + part.chosen, part.lines
        choices.update(len(rows) + n for n in part.choices)
        rows.extend(part.rows)
    more = next((part.more for part in parts if part.more), "")
    return Part(tuple(rows), chosen, choices=frozenset(choices), more=more, lines=lines)


def _window(part: Part, height: int, glyphs: Glyphs) -> Part:
    """``height`` rows around the chosen one; signs with a number say how much is above and below."""
    total = len(part.rows)
    if height < 1 or total <= height:
        return part
    chosen = part.chosen or 0
    ends = chosen + part.lines - 1
    first = max(0, min(chosen - height // 2, total - height))
    if chosen - first == 0 and first:
        first -= 1
    first = min(chosen, max(first, min(ends + 2, total) - height))
    last = first + height
    rows = list(part.rows[first:last])
    if first and chosen != first:
        rows[0] = _more(part, glyphs.up, range(first + 1), glyphs)
    if last < total and ends < last - 1:
        rows[-1] = _more(part, glyphs.down, range(last - 1, total), glyphs)
    return Part(tuple(rows), chosen - first)


def _more(part: Part, sign: str, hidden: range, glyphs: Glyphs) -> Row:
    """What is hidden on one side: so many rows that can be chosen, or, if none can, so many rows."""
    count = len(part.choices.intersection(hidden)) or len(hidden)
    said = plain(part.more, glyphs).replace("{n}", str(count)) or str(count)
    return (blank(NAME), Piece(f"{sign} {said}", "dim"))
