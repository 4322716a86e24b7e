"""The whole screen as rows: every region always in the same place, whatever the step.

At 80x24, counted from 1: 1 head; 3 and 4 band with the clock; 5 rule; 7 to 19 rail and main; 21 capture line; 22
status; 24 keys.  A taller window gives main more rows, a wider one a side at the right; a very wide one centres it.
"""

from __future__ import annotations

from mesa_recuperacion.dialogue.view import ClockView, Line, Panels, RailStep, View
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.tui.figures import figure_rows, letter_rows
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.layout import lay_out
from mesa_recuperacion.tui.rows import Piece, Row, blank, clip, columns, fill, indent, pieces, spread
from mesa_recuperacion.tui.table import NAME
from mesa_recuperacion.tui.text import cell_len, cut, plain, wrap

SMALLEST = (80, 24)
"""Columns and rows below which the screen only asks for more."""

TOP, BOTTOM = 5, 3
"""Rows above the body, and under the capture line."""

MARGIN = 2
WIDEST = 152
"""Columns of the page: rail, main and side.  What stands further apart is not seen together."""

RAIL = 24
"""Where main begins beside the rail."""

SIDE_FROM = 110
"""From so many columns on there is room for a side."""

HIGHEST = SMALLEST[1] - TOP - BOTTOM - 1
"""Rows of the body in the smallest window: enough for everything but what is due."""

_FEWEST = 8
"""Rows that are worth beginning a list of what is due for."""

_SIDE_WIDEST = 44
_MAIN_WIDEST = 76
_FRONT = 48
_RAIL_MARKS = {"done": "good", "now": "accent", "passed": "warn"}
_BAR = 14


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of the body stand, in columns: main from ``main`` for ``width``, the side from ``side``."""

    main: int
    width: int
    side: int = 0
    side_width: int = 0


def frame(view: View, width: int) -> Frame:
    """The places for a view in a window of ``width`` columns."""
    if is_front(view):
        return Frame(max(MARGIN, (width - _FRONT) // 2), min(width - 2 * MARGIN, _FRONT))
    main = RAIL if view.rail else MARGIN
    widest = WIDEST if _is_panels(view) else RAIL + _MAIN_WIDEST - main
    if view.side and width >= SIDE_FROM:
        side_width = min(_SIDE_WIDEST, width - 85)
        side = width - MARGIN - side_width
        return Frame(main, min(side - 5 - main, widest), side, side_width)
    return Frame(main, min(width - MARGIN - main, widest))


def left(width: int) -> int:
    """Columns left free at each side of the page in a window of ``width`` columns."""
    return max(0, width - WIDEST) // 2


def is_front(view: View) -> bool:
    """Whether nothing is under way: no band and no rail, so that the page stands alone, as at the login."""
    return not (
        view.rail or view.clock or view.figures or any(run.text for pair in view.band for line in pair for run in line)
    )


def _is_panels(view: View) -> bool:
    """Whether the page is made of panels, which take the whole of it."""
    return any(isinstance(block, Panels) for block in view.main)


def top(view: View, width: int, glyphs: Glyphs) -> list[Row]:
    """Head, band with the clock, rule."""
    before = left(width) + MARGIN
    room = width - 2 * before
    rows: list[Row] = [fill(indent(_head(view, room, glyphs), before, "panel"), width, "panel"), ()]
    rows.extend(indent(row, before) for row in _band(view, room, glyphs))
    rows.append(() if is_front(view) else (Piece(glyphs.rule * width, "rule"),))
    return rows


def _band(view: View, room: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Two rows: headline figures, or who the customer is, with the clock."""
    if view.figures:
        return figure_rows(view.figures, room, glyphs)
    right = _clock(view.clock, glyphs) if view.clock else tuple(pieces(line[1], glyphs) for line in view.band)
    said = (pieces(line[0], glyphs) for line in view.band)
    return tuple(spread(*ends, room, glyphs) for ends in zip(said, right, strict=True))


def _head(view: View, room: int, glyphs: Glyphs) -> Row:
    """Product, who works and the hour, and the budget.  Where that is too much the product gives way, then the name."""
    left, right = (pieces(line, glyphs, "panel") for line in view.head)
    if len(left) > 2 and columns(left) + 1 + columns(right) > room:
        who, at = (left[1]._replace(text=left[1].text.lstrip()), *left[2:-1]), left[-1:]
        left = (*clip(who, max(0, room - columns(at) - columns(right) - 2), glyphs), *at)
    return spread(left, right, room, glyphs, "panel")


def _clock(clock: ClockView, glyphs: Glyphs) -> tuple[Row, Row]:
    """The customer's clock: sign, words, time and a bar that shrinks; under it the state in words (rule C1)."""
    sign = {"good": glyphs.good, "warn": glyphs.warn}.get(clock.mark, glyphs.bad)
    if not clock.time:
        return (Piece(sign, clock.mark), Piece(f" {plain(clock.state, glyphs)}", "dim")), ()
    share = min(1.0, max(0.0, clock.share))
    full = max(round(share * _BAR), 1 if share > 0 else 0)
    first = (
        Piece(sign, clock.mark),
        Piece(f" {plain(clock.word, glyphs)} ", "dim"),
        Piece(plain(clock.time, glyphs), clock.mark + "+"),
        blank(2),
        Piece(glyphs.full * full, clock.mark),
        Piece(glyphs.empty * (_BAR - full), "dim"),
    )
    return first, (Piece(plain(clock.state, glyphs), "dim"),)


def _spare(height: int) -> int:
    """Rows of a body of that height that are left for what stands below."""
    return height - HIGHEST - 2


def is_tall(height: int) -> bool:
    """Whether a window of that many rows has room for what stands below."""
    return _spare(height - TOP - BOTTOM - 1) >= _FEWEST


def body(view: View, width: int, height: int, glyphs: Glyphs) -> list[Row]:
    """Rail, main and side, and under them, in a tall window, what is due: ``height`` rows."""
    spare = _spare(height)
    if not view.below or spare < _FEWEST:
        return _middle(view, width, height, glyphs)
    before = left(width) + MARGIN
    room = width - 2 * before
    below = lay_out(view.below, room, spare, glyphs, under=NAME)
    rule: Row = (Piece(glyphs.rule * width, "rule"),)
    listed = [indent(clip(row, room, glyphs), before) if row else row for row in below]
    return [*_middle(view, width, height - len(below) - 2, glyphs), rule, *listed, ()]


def _middle(view: View, width: int, height: int, glyphs: Glyphs) -> list[Row]:
    """Rail, main and side: ``height`` rows, the first and the last of them empty but for the side."""
    free = left(width)
    places = frame(view, width - 2 * free)
    is_close = _is_panels(view) and height <= HIGHEST  # panels stand close to the rule where rows are few
    begins, room = (0, height - 1) if is_close else (1, height - 2)
    main = lay_out(view.main, places.width, room, glyphs, under=2 if is_front(view) else NAME)
    if is_front(view):
        main = [*([()] * ((room - len(main)) // 3)), *main]
    rail = _rail(view.rail, glyphs)[:room]
    side = lay_out(view.side, places.side_width, height - 1, glyphs, gutter=0, under=0) if places.side else []
    rows: list[Row] = []
    for n in range(height):
        at = n - begins
        inside = 0 <= at < room
        row: Row = rail[at] if inside and at < len(rail) else ()
        if inside and at < len(main) and main[at]:
            row = (*fill(row, places.main), *clip(main[at], places.width, glyphs))
        if places.side and n < height - 1:
            row = (*fill(row, places.side - 3), Piece(glyphs.wall, "rule"))
            if n < len(side) and side[n]:
                row = (*fill(row, places.side), *clip(side[n], places.side_width, glyphs))
        rows.append(indent(row, free) if row else row)
    return rows


def _rail(steps: tuple[RailStep, ...], glyphs: Glyphs) -> list[Row]:
    """The six steps, two rows each: the step, and what was decided in it (rule A2)."""
    signs = {"done": glyphs.tick, "now": glyphs.pointer, "passed": glyphs.warn}
    rows: list[Row] = []
    for step in steps:
        style = {"now": "accent+", "ahead": "dim"}.get(step.state, "")
        name = cut(f"{step.number} {plain(step.name, glyphs)}", RAIL - 5, glyphs)
        sign = Piece(signs.get(step.state, " "), _RAIL_MARKS.get(step.state, ""))
        rows.append((blank(MARGIN), sign, blank(1), Piece(name, style)))
        detail = cut(plain(step.detail, glyphs), RAIL - 7, glyphs)
        rows.append((blank(MARGIN + 4), Piece(detail, "dim")) if detail else ())
    return rows


def bottom(view: View, width: int, glyphs: Glyphs, status: Line | None = None) -> list[Row]:
    """Status with the reminder of what never to do, or the letters, and the keys; ``status`` instead of the view's."""
    before = left(width) + MARGIN
    room = width - 2 * before
    said = pieces(view.status if status is None else status, glyphs)
    if view.letters and not columns(said):
        rows = letter_rows(view.letters, room, glyphs)
    else:
        rows = [*_status(said, pieces(view.never, glyphs), room, glyphs)]
    return [*(indent(row, before) if row else () for row in rows), _keys(view.keys, width, glyphs)]


def _status(said: Row, never: Row, room: int, glyphs: Glyphs) -> tuple[Row, Row]:
    """Two rows.  A sentence that is too long for one takes both, and the reminder stands under it or not at all."""
    if columns(said) + columns(never) + (2 if never and said else 0) <= room:
        return spread(said, never, room, glyphs), ()
    if columns(said) <= room:
        return said, spread((), never, room, glyphs)
    style = said[0].style
    lines = wrap("".join(piece.text for piece in said), room)
    if len(lines) > 2:
        lines = [lines[0], cut(" ".join(lines[1:]) + " ", room, glyphs)]
    second: Row = (Piece(lines[1], style),)
    fits = columns(second) + columns(never) + 2 <= room
    return (Piece(lines[0], style),), spread(second, never if fits else (), room, glyphs)


def _keys(keys: tuple[tuple[str, str], ...], width: int, glyphs: Glyphs) -> Row:
    """The keys that matter here, as many as fit whole."""
    first = left(width) + MARGIN
    room = width - 2 * first
    shown = [(plain(key, glyphs), plain(label, glyphs)) for key, label in keys]
    sizes = [cell_len(key) + 1 + cell_len(label) for key, label in shown]
    air = 3 if sum(sizes) + 3 * (len(sizes) - 1) <= room else 2
    row: list[Piece] = [blank(first, "panel")]
    for n, (key, label) in enumerate(shown):
        before = air if n else 0
        if columns(row) - first + before + sizes[n] > room:
            break
        row += [blank(before, "panel"), Piece(key, "strong", "panel"), Piece(f" {label}", "dim", "panel")]
    return fill(tuple(row), width, "panel")


def sentence(text: str, width: int, height: int, glyphs: Glyphs) -> list[Row]:
    """One sentence in the middle of a window of any size, however small."""
    lines = wrap(plain(text, glyphs), max(1, width - 2))[: max(1, height)]
    above = max(0, (height - len(lines)) // 2)
    return [
        *([()] * above),
        *(indent((Piece(said, "strong"),), max(0, (width - cell_len(said)) // 2)) for said in lines),
    ]
