"""Rows of the screen before they are painted: pieces of text, each with its meaning and its ground."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mesa_recuperacion.dialogue.view import Line
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.text import cell_len, cut, plain


class Piece(NamedTuple):
    """A piece of a row; ``ground`` is one of ``themes.GROUNDS``, empty for the page."""

    text: str
    style: str = ""
    ground: str = ""


Row = tuple[Piece, ...]
"""One row of the screen, from left to right; what it leaves free is page."""


def blank(width: int, ground: str = "") -> Piece:
    """That many empty columns."""
    return Piece(" " * max(0, width), "", ground)


def columns(row: Iterable[Piece]) -> int:
    """How many columns a row takes."""
    return sum(cell_len(piece.text) for piece in row)


def pieces(line: Line, glyphs: Glyphs, ground: str = "") -> Row:
    """A line of a view, made fit for the terminal."""
    return tuple(Piece(plain(run.text, glyphs), run.style, ground) for run in line if run.text)


def clip(row: Row, width: int, glyphs: Glyphs) -> Row:
    """A row in at most ``width`` columns, the cut owned up to."""
    if columns(row) <= width:
        return row
    kept: list[Piece] = []
    left = width
    for piece in row:
        size = cell_len(piece.text)
        if size >= left:
            # Room for the mark is kept, so that a cut at the border between two pieces shows as well.
            text = piece.text + " " * (size == left)
            kept.append(piece._replace(text=cut(text + " ", left, glyphs)))
            break
        kept.append(piece)
        left -= size
    return tuple(kept)


def fill(row: Row, width: int, ground: str = "") -> Row:
    """A row of exactly ``width`` columns, the rest empty."""
    missing = width - columns(row)
    return (*row, blank(missing, ground)) if missing > 0 else row


def spread(left: Row, right: Row, width: int, glyphs: Glyphs, ground: str = "") -> Row:
    """Two rows at the two ends of ``width`` columns; the left one gives way, but not for the sake of air."""
    right = clip(right, width, glyphs)
    room = width - columns(right)
    if left and right:
        room -= 1 if columns(left) + 1 == room else 2
    left = clip(left, max(0, room), glyphs)
    return (*left, blank(width - columns(left) - columns(right), ground), *right)


def indent(row: Row, by: int, ground: str = "") -> Row:
    """A row moved to the right."""
    return (blank(by, ground), *row) if by else row
