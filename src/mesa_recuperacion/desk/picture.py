"""The picture of a view on the screen: the four widgets, and what each is given to draw."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget

from mesa_recuperacion.dialogue.view import Line, View
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.capture import CaptureLine
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.regions import Rows
from mesa_recuperacion.tui.themes import Palette, palette_for


class Picture:
    """Gives each region its rows; what did not change is neither laid out nor painted again."""

    def __init__(self, theme: str, depth: str, glyphs: Glyphs) -> None:
        self.palette = palette_for(theme, depth)
        self._depth, self._glyphs = depth, glyphs
        self._shown: dict[str, tuple[object, ...]] = {}
        self._margin = page.MARGIN
        self.top = Rows(self.palette, height=page.TOP, id="top")
        self.body = Rows(self.palette, id="body")
        self.bottom = Rows(self.palette, height=page.BOTTOM, id="bottom")
        self.line = CaptureLine(self.palette, glyphs, id="line")

    @property
    def widgets(self) -> tuple[Widget, ...]:
        """The widgets, from top to bottom."""
        return self.top, self.body, self.line, self.bottom

    def draw(self, view: View, size: Size, status: Line | None, read: str, *, ahead: bool = False) -> None:
        """Show a view in a window of a size; ``status`` stands instead of the view's own; the rest is the line's."""
        margin = page.left(size.width) + page.MARGIN
        if margin != self._margin:
            self._margin = margin
            self.line.styles.padding = (0, margin)
        self.line.dress(view.prompt, view.ghost, view.hint, view.mask, read, ahead=ahead)
        front = page.is_front(view)
        if self._differs("top", (view.head, view.band, view.clock, view.figures, front, size)):
            self.top.draw(page.top(view, size.width, self._glyphs))
        if self._differs("bottom", (view.letters, view.status, view.never, view.keys, view.rail, status, size)):
            self.bottom.draw(page.bottom(view, size.width, self._glyphs, status))
        if self._differs("body", (view.main, view.side, view.below, view.rail, front, size)):
            height = size.height - page.TOP - page.BOTTOM - 1
            self.body.draw(page.body(view, size.width, height, self._glyphs))

    def _differs(self, region: str, shown: tuple[object, ...]) -> bool:
        """Whether a region has something else to show than it was given last."""
        if self._shown.get(region) == shown:
            return False
        self._shown[region] = shown
        return True

    def draw_anew(self) -> None:
        """Draw all of it again, whatever the terminal made of it."""
        for widget in self.widgets:
            widget.refresh()

    def draw_too_small(self, size: Size, words: Words) -> None:
        """Ask for a larger window, and keep everything."""
        columns, rows = page.SMALLEST
        said = words.t("Make the window {columns} by {rows} (now {width} x {height})",
                       columns=columns, rows=rows, width=size.width, height=size.height)  # fmt: skip
        self._shown.clear()
        self.body.draw(page.sentence(said, size.width, size.height, self._glyphs))

    def wear(self, theme: str) -> bool:
        """Change the colours to those of a theme; whether that changed anything."""
        palette: Palette = palette_for(theme, self._depth)
        if palette == self.palette:
            return False
        self.palette = palette
        for rows in (self.top, self.body, self.bottom):
            rows.paint(palette)
        self.line.paint(palette)
        return True


def is_small(size: Size) -> bool:
    """Whether a window is too small for the desk."""
    return size.width < page.SMALLEST[0] or size.height < page.SMALLEST[1]
