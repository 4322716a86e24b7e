"""Headline figures, each under its name, and the letters that can be typed: the band and the foot of a review page."""

from __future__ import annotations

from collections.abc import Sequence

from mesa_recuperacion.dialogue.view import Figure
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.rows import Piece, Row, blank, clip, columns
from mesa_recuperacion.tui.text import cell_len, cut, plain

_CLOSEST, _WIDEST = 2, 6
"""Empty columns between two figures, at least and at most."""

_AIR = 3
"""Empty columns between two letters; one less where that spares leaving one out."""


def figure_rows(figures: Sequence[Figure], room: int, glyphs: Glyphs) -> tuple[Row, Row]:
    """Names over values; where all of it is too much, the changes of the last figures are left out first."""
    kept = len(figures)
    made = [_figure(figure, glyphs, changed=True) for figure in figures]
    while kept and _needed(made) > room:
        kept -= 1
        made[kept] = _figure(figures[kept], glyphs, changed=False)
    free = room - sum(_width(one) for one in made)
    air = max(_CLOSEST, min(_WIDEST, free // max(1, len(made) - 1)))
    rows: tuple[list[Piece], list[Piece]] = ([], [])
    for one in made:
        for row, inside in zip(rows, one, strict=True):
            row += [*inside, blank(_width(one) - columns(inside) + air)]
    name, value = (clip(tuple(row[:-1]), room, glyphs) for row in rows)
    return name, value


def _needed(made: Sequence[tuple[Row, Row]]) -> int:
    return sum(_width(one) for one in made) + _CLOSEST * (len(made) - 1)


def _figure(figure: Figure, glyphs: Glyphs, *, changed: bool) -> tuple[Row, Row]:
    """Its two rows: the name, and the value with its change."""
    value: Row = (Piece(plain(figure.value, glyphs), "strong"),)
    if changed and figure.change:
        value = (*value, blank(1), Piece(plain(figure.change, glyphs), figure.mark or "dim"))
    return (Piece(plain(figure.name, glyphs), "dim"),), value


def _width(rows: tuple[Row, Row]) -> int:
    return max(columns(row) for row in rows)


def letter_rows(letters: Sequence[tuple[str, str]], room: int, glyphs: Glyphs) -> list[Row]:
    """Two rows of letters with their words, as many as fit whole."""
    shown = [(plain(letter, glyphs), plain(word, glyphs)) for letter, word in letters]
    for air in (_AIR, _AIR - 1):
        rows, left = _placed(shown, room, air, glyphs)
        if not left:
            break
    return rows


def _placed(shown: Sequence[tuple[str, str]], room: int, air: int, glyphs: Glyphs) -> tuple[list[Row], int]:
    """The rows, and how many letters did not fit."""
    rows: list[list[Piece]] = [[], []]
    at = 0
    for n, (letter, whole) in enumerate(shown):
        word = cut(whole, room - cell_len(letter) - 1, glyphs)
        size = cell_len(letter) + 1 + cell_len(word)
        if rows[at] and columns(rows[at]) + air + size > room:
            at += 1
        if at == len(rows):
            return [tuple(row) for row in rows], len(shown) - n
        rows[at] += [blank(air if rows[at] else 0), Piece(letter, "strong"), Piece(f" {word}", "dim")]
    return [tuple(row) for row in rows], 0
