"""One panel in so many columns and rows: its title with the heads of its figures, and its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mesa_recuperacion.dialogue.view import Panel, PanelRow
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.rows import Piece, Row, blank, clip, columns, fill
from mesa_recuperacion.tui.text import cell_len, cut, plain

NAME = 2
"""The column of titles' words and of names; the pointer stands at 0, as does a panel's number."""

_NARROWEST = 12
"""A name keeps so many columns before a figure is left out."""

_AMPLE = 60
"""Columns from which figures stand further from each other."""

_BAR, _LINE = 4, 7
"""Columns of the shortest bar, and those of the line of a spread."""

_COLUMNS = "▂▃▄▅▆█"
"""The columns of a trend, from the lowest to the highest."""

_RANGE = 8
"""Per cent between the lowest and the highest column, at least: small differences look small."""

_COUNT = re.compile(r"([0-9][0-9.,]*)(.*)", re.DOTALL)


def panel_wants(panel: Panel) -> int:
    """The rows in which nothing of a panel is left out."""
    inside = 2 if panel.trend else max(len(panel.rows), 1) + bool(panel.note)
    return 1 + inside


def panel_lines(panel: Panel, width: int, room: int, glyphs: Glyphs) -> list[Row]:
    """A panel in at most ``room`` rows of at most ``width`` columns."""
    if room < 2 or (panel.trend and room < 3):
        return [_brief(panel, width, glyphs)]
    if panel.trend:
        return [_title(panel, width, [], glyphs), *_trend(panel.trend, width, glyphs)]
    if not panel.rows:
        return [_title(panel, width, [], glyphs), *_said(panel.empty, width, glyphs)]
    noted = bool(panel.note) and room > min(len(panel.rows), 3) + 1
    shown = _window(panel, room - 1 - noted)
    widths = _figures(panel, width, glyphs)
    name = _names(panel, width, widths, glyphs)
    rows = [_title(panel, width, widths, glyphs)]
    for row, chosen in shown:
        if isinstance(row, str):
            rows += _said(row, width, glyphs)
        else:
            rows.append(
                _row(row, width, name, widths, _ends(panel.rows, glyphs), glyphs, chosen=chosen, words=not panel.heads)
            )
    return [*rows, *(_said(panel.note, width, glyphs) if noted else ())][:room]


def _window(panel: Panel, room: int) -> list[tuple[PanelRow | str, bool]]:
    """The rows for which there is room, those around the chosen one, and what is said of the others."""
    total, chosen = len(panel.rows), panel.selected
    first = 0
    if chosen is not None and total > room:
        first = max(0, min(chosen - room + 1 + (chosen < total - 1), total - room))
    made: list[tuple[PanelRow | str, bool]] = [
        (row, n == chosen) for n, row in enumerate(panel.rows[first : first + room], first)
    ]
    below = total - first - room
    if below > 0 and room > 1 and not made[-1][1]:
        at = first + room - 1
        made[-1] = (panel.rests[at] if at < len(panel.rests) else _more(panel, below + 1), False)
    if first and len(made) > 2 and not made[0][1]:
        made[0] = (_more(panel, first + 1), False)
    return made


def _more(panel: Panel, count: int) -> str:
    return panel.hidden.replace("{n}", str(count)) or f"+ {count}"


# ---------------------------------------------------------------------------------------------------------- the title


def _title(panel: Panel, width: int, widths: Sequence[int], glyphs: Glyphs) -> Row:
    """Number, title, and the heads over their figures, as many from the right as there is room for."""
    title = cut(plain(f"{panel.key} {panel.title}".strip(), glyphs), width, glyphs)
    row: Row = (Piece(title, "strong"),)
    heads = [plain(head, glyphs) for head in panel.heads]
    if not widths:
        said = "  " + heads[0] if heads and any(row.spread for row in panel.rows) else ""
        return (*row, Piece(said, "dim")) if said and cell_len(title + said) <= width else row
    placed: list[Piece] = []
    free = width - cell_len(title) - 1
    for head, size in zip(reversed(heads[: len(widths)]), reversed(widths), strict=False):
        if size > free:
            break
        placed[:0] = [blank(size - cell_len(head)), Piece(head, "dim")]
        free -= size
    return (*row, blank(free + 1), *placed) if placed else row


def _brief(panel: Panel, width: int, glyphs: Glyphs) -> Row:
    """The whole panel in a line."""
    title = Piece(plain(f"{panel.key} {panel.title}".strip(), glyphs), "strong")
    said = plain(panel.brief or panel.empty, glyphs)
    return clip((title, blank(2), Piece(said)) if said else (title,), width, glyphs)


def _said(text: str, width: int, glyphs: Glyphs) -> list[Row]:
    """A sentence in the place of a row."""
    return [(blank(NAME), Piece(cut(plain(text, glyphs), width - NAME, glyphs), "dim"))] if text else []


# ----------------------------------------------------------------------------------------------------------- the rows


def _figures(panel: Panel, width: int, glyphs: Glyphs) -> list[int]:
    """The columns of each figure, the air before it included; those on the right are left out where names need it.

    Without heads they are no figures, but words: one cell that has what the names leave.
    """
    if any(row.spread for row in panel.rows):
        return []
    if not panel.heads and any(row.cells for row in panel.rows):
        return [max(1, width - NAME - min(_NARROWEST, max(_size(row, glyphs) for row in panel.rows)))]
    every = [*(row.cells for row in (*panel.rows, *panel.rests)), panel.heads]
    count = max((len(row.cells) for row in panel.rows), default=0)
    air = 2 if width >= _AMPLE else 1
    sizes = [
        (air if n else 1) + max((cell_len(plain(cells[n], glyphs)) for cells in every if n < len(cells)), default=0)
        for n in range(count)
    ]
    names = max((_size(row, glyphs) for row in panel.rows), default=0)
    while len(sizes) > 1 and NAME + min(names, _NARROWEST) + sum(sizes) > width:
        sizes.pop()
    return sizes


def _names(panel: Panel, width: int, widths: Sequence[int], glyphs: Glyphs) -> int:
    """The columns of the names: as wide as they are, if figures, bars and spreads leave so much."""
    longest = max((_size(row, glyphs) for row in (*panel.rows, *panel.rests)), default=0)
    room = width - NAME - sum(widths)
    if any(row.bar is not None for row in panel.rows):
        room -= _BAR + 1
    if any(row.spread for row in panel.rows):
        low, high = _ends(panel.rows, glyphs)
        room -= low + high + _LINE + 3
    return max(1, min(longest, room))


def _size(row: PanelRow, glyphs: Glyphs) -> int:
    return cell_len(plain(row.name, glyphs)) + (2 if row.sign else 0)


def _ends(rows: Sequence[PanelRow], glyphs: Glyphs) -> tuple[int, int]:
    """The widths of the lowest and of the highest amounts of spreads."""
    wide = [
        max((cell_len(plain(row.cells[n], glyphs)) for row in rows if len(row.cells) > n), default=0) for n in (0, 1)
    ]
    return wide[0], wide[1]


def _row(
    row: PanelRow,
    width: int,
    name: int,
    widths: Sequence[int],
    ends: tuple[int, int],
    glyphs: Glyphs,
    *,
    chosen: bool,
    words: bool,
) -> Row:
    ground = "chosen" if chosen else ""
    pointer = Piece(glyphs.pointer, "accent", ground) if chosen else blank(1, ground)
    made: Row = (pointer, blank(1, ground), *_named(row, name, ground, glyphs, chosen=chosen))
    if row.spread is not None:
        made = (*made, *_spread(row, width - NAME - name, ends, ground, glyphs))
    else:
        free = width - columns(made) - sum(widths)
        if row.bar is not None and free > _BAR:
            made = (*made, *_bar(row.bar, free, ground, glyphs))
        else:
            made = (*made, blank(free, ground))
        made = (*made, *_cells(row, widths, ground, glyphs, chosen=chosen, words=words))
    made = clip(made, width, glyphs)
    return fill(made, width, ground) if chosen else made


def _named(row: PanelRow, name: int, ground: str, glyphs: Glyphs, *, chosen: bool) -> Row:
    """The name with its sign; the number that a signed name begins with has the sign's colour."""
    style = "strong" if chosen else ""
    text = cut(plain(row.name, glyphs), name - (2 if row.sign else 0), glyphs)
    made: Row = (Piece(text, style, ground),)
    if row.sign:
        sign = {"good": glyphs.good, "warn": glyphs.warn}.get(row.sign, glyphs.bad)
        counted = _COUNT.fullmatch(text)
        if counted:
            made = (Piece(counted[1], row.sign, ground), Piece(counted[2], style, ground))
        made = (Piece(sign, row.sign, ground), blank(1, ground), *made)
    return fill(made, name, ground)


def _cells(
    row: PanelRow, widths: Sequence[int], ground: str, glyphs: Glyphs, *, chosen: bool, words: bool
) -> Row:  # fmt: skip
    """The figures, at the right edge of their columns; the first one is the one that counts."""
    if words and row.cells:
        return tuple(Piece(f" {cut(plain(row.cells[0], glyphs), size - 1, glyphs)}", "dim", ground) for size in widths)
    made: list[Piece] = []
    for n, size in enumerate(widths):
        text = cut(plain(row.cells[n], glyphs) if n < len(row.cells) else "", size, glyphs)
        style = "strong" if chosen or (n == 0 and row.bar is not None) else "dim" if row.bar is not None else ""
        if row.mark and n == len(row.cells) - 1:
            style = row.mark + ("+" if chosen else "")
        made += [blank(size - cell_len(text), ground), Piece(text, style, ground)]
    return tuple(made)


def _bar(share: float, room: int, ground: str, glyphs: Glyphs) -> Row:
    """A share as full signs, and the rest of the bar as empty ones; what is not nothing shows."""
    size = room - 1
    share = min(1.0, max(0.0, share))
    full = max(round(share * size), 1 if share > 0 else 0)
    return (blank(1, ground), Piece(glyphs.full * full, "accent", ground),
            Piece(glyphs.empty * (size - full), "rule", ground))  # fmt: skip


def _spread(row: PanelRow, room: int, ends: tuple[int, int], ground: str, glyphs: Glyphs) -> Row:
    """Lowest and highest with a line between them, and the median's place on it (rule D4)."""
    low, high = (plain(cell, glyphs) for cell in (*row.cells, "", "")[:2])
    size = min(_LINE, room - sum(ends) - 3)
    if size < 3 or row.spread is None:
        return (blank(1, ground), Piece(cut(f"{low} {high}".strip(), max(0, room - 1), glyphs), "", ground))
    first, middle, last = (round(min(1.0, max(0.0, place)) * (size - 1)) for place in row.spread)
    pieces = [blank(1 + ends[0] - cell_len(low), ground), Piece(low, "", ground), blank(1 + first, ground)]
    pieces += [Piece(glyphs.rule * (middle - first), "", ground), Piece(glyphs.full, "strong", ground)]
    pieces += [Piece(glyphs.rule * (last - middle), "", ground), blank(size - last, ground), Piece(high, "", ground)]
    return tuple(piece for piece in pieces if piece.text)


def _trend(trend: Sequence[int | None], width: int, glyphs: Glyphs) -> list[Row]:
    """Figures with columns under them, the last one now; as many of the latest as there is room for."""
    texts = ["-" if figure is None else str(figure) for figure in trend]
    each = max(3, 1 + max(cell_len(text) for text in texts))
    gutter = NAME if NAME + each * len(texts) - 1 <= width else 0
    count = max(1, (width - gutter + 1) // each)
    texts, kept = texts[-count:], list(trend)[-count:]
    measured = [figure for figure in kept if figure is not None]
    low = min(measured, default=0)
    step = max(_RANGE, max(measured, default=0) - low) / (len(_COLUMNS) - 1)
    numbers, bars = [blank(gutter)], [blank(gutter)]
    for n, (text, figure) in enumerate(zip(texts, kept, strict=True)):
        air = blank(0 if n == len(texts) - 1 else 1)
        numbers += [Piece(text.rjust(each - 1), "strong" if n == len(texts) - 1 else "dim"), air]
        sign = " " if figure is None else plain(_COLUMNS[round((figure - low) / step)], glyphs)
        bars += [Piece(sign * (each - 1), "accent"), air]
    return [tuple(p for p in numbers if p.text), tuple(p for p in bars if p.text)]
