"""Panels of the review laid out side by side: pure, like every other block."""

from __future__ import annotations

from mesa_recuperacion.dialogue.view import Panels
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.rows import Piece, Row
from mesa_recuperacion.tui.text import cut, plain


def panel_rows(panels: Panels, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """The rows of all panels, one under the other."""
    rows: list[Row] = []
    for panel in (*panels.left, *panels.right):
        rows.append((Piece(cut(plain(f"{panel.key} {panel.title}", glyphs), width, glyphs), "strong"),))
        rows += [(Piece(cut(plain(row.name, glyphs), width, glyphs)),) for row in panel.rows]
    return tuple(rows)
