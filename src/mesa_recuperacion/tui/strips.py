"""Rows become cells here: the last step before Textual, and the only place where a style becomes a colour."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from mesa_recuperacion.tui.glyphs import WGL4
from mesa_recuperacion.tui.rows import Piece, Row, blank, columns
from mesa_recuperacion.tui.text import plain
from mesa_recuperacion.tui.themes import Palette


def strip_of(row: Row, width: int, palette: Palette) -> Strip:
    """The cells of a row in exactly ``width`` columns.

    Texts come here made fit by ``text.plain``.  What was not is made so now: it would reach the terminal as it is.
    """
    if not all(piece.text.isprintable() for piece in row):
        row = tuple(piece._replace(text=plain(piece.text, WGL4)) for piece in row)
    taken = columns(row)
    whole = row if taken >= width else (*row, blank(width - taken))
    segments = [Segment(piece.text, palette.style(piece.style, piece.ground)) for piece in _joined(whole)]
    strip = Strip(segments, max(taken, width))
    return strip if taken <= width else strip.crop(0, width)


def _joined(row: Row) -> list[Piece]:
    """The same cells in fewer pieces: blanks belong to the piece before them, which spares the terminal a style."""
    joined: list[Piece] = []
    for piece in row:
        text = piece.text
        last = joined[-1] if joined else None
        if last is not None and last.ground == piece.ground and "cursor" not in (last.style, piece.style):
            text = piece.text.lstrip(" ")
            joined[-1] = last._replace(text=last.text + " " * (len(piece.text) - len(text)))
        if text:
            joined.append(piece._replace(text=text))
    return joined
