"""Regions of the screen: few widgets, each drawing its own rows, each repainting only the rows that changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mesa_recuperacion.tui.rows import Row
from mesa_recuperacion.tui.strips import strip_of
from mesa_recuperacion.tui.themes import Palette


class Rows(Widget):
    """So many rows of the screen.  It is given rows and knows nothing of what they mean."""

    DEFAULT_CSS = """
    Rows { width: 100%; height: 1fr; }
    """

    def __init__(self, palette: Palette, *, height: int | None = None, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._rows: tuple[Row, ...] = ()
        self._strips: dict[int, Strip] = {}
        if height is not None:
            self.styles.height = height

    def draw(self, rows: Sequence[Row]) -> None:
        """Show these rows; what is as it was is left alone."""
        old, new = self._rows, tuple(rows)
        if old == new:
            return
        self._rows = new
        changed = [y for y, (a, b) in enumerate(zip_longest(old, new, fillvalue=())) if a != b]
        for y in changed:
            self._strips.pop(y, None)
        if changed:
            self.refresh(Region(0, changed[0], self.size.width, changed[-1] + 1 - changed[0]))

    def paint(self, palette: Palette) -> None:
        """Show the same rows in other colours."""
        if palette != self._palette:
            self._palette = palette
            self._strips.clear()
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells of its rows, as they are.

        Textual asks for all of them whenever anything is painted, to put borders, padding and tints around them, of
        which there are none here; what it does to colours that the terminal does not have is done.
        """
        width, strips = self.size.width, [self._strips.get(y) for y in crop.line_range]
        drawn = [
            self.render_line(y) if strip is None or strip.cell_length != width else strip
            for y, strip in zip(crop.line_range, strips, strict=True)
        ]
        if filters := self.get_line_filters():
            _, background = self.background_colors
            for one in filters:
                drawn = [strip.apply_filter(one, background) for strip in drawn]
        start, end = crop.column_span
        return drawn if (start, end) == (0, width) else [strip.crop(start, end) for strip in drawn]

    def render_line(self, y: int) -> Strip:
        """The cells of one row, drawn anew."""
        row = self._rows[y] if y < len(self._rows) else ()
        strip = self._strips[y] = strip_of(row, self.size.width, self._palette)
        return strip
