"""What reaches the terminal: only the cells that differ from what it already shows.

Textual writes a changed row from its first column on, with all its colours, for one changed letter.  On a slow line a
typed key would wait behind the rest of its own row.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import Any

from rich.cells import get_character_cell_size
from rich.console import Console
from rich.control import Control
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

_NEAR = 8
"""Equal columns between two changes that cost less to write again than to jump over."""

_Cells = list[tuple[str, Style | None]]


class Shown:
    """What the terminal shows, as far as it is known: for each row, the strips last written, by their column."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, Strip | None]] = {}

    def forget(self) -> None:
        """The terminal may show anything: every row is written whole when it is next written."""
        self._rows.clear()

    def sparing(self, update: Any) -> Any:
        """The same update with nothing written twice; an update of another kind as it is."""
        if isinstance(update, ChopsUpdate):
            return _Changes(self, update)
        if isinstance(update, LayoutUpdate):
            return _Whole(self, update)
        if update is not None:
            self.forget()
        return update

    def changes(self, update: ChopsUpdate, console: Console) -> str:
        """What to write of some rows, which are then taken as shown."""
        written: list[str] = []
        for y in sorted({y for y, _, _ in update.spans}):
            old, new = self._rows.get(y, {}), update.chops[y]
            if old.keys() != new.keys():
                old = dict.fromkeys(new)
            for x, strip in new.items():
                if strip is not None:
                    for start, end in _differences(old[x], strip):
                        written.append(_move(x + start, y))
                        written.append(strip.crop(start, end).render(console))
            self._rows[y] = {x: old[x] if strip is None else strip for x, strip in new.items()}
        return "".join(written)

    def whole(self, update: LayoutUpdate) -> None:
        """An update of the whole screen is shown, and nothing else."""
        self.forget()
        for y, strips in enumerate(update.strips, update.region.y):
            row = self._rows[y] = {}
            x = update.region.x
            for strip in strips:
                row[x] = strip
                x += strip.cell_length


class _Changes(CompositorUpdate):
    """Some rows; what is known to be shown is looked up only when they are really written."""

    def __init__(self, shown: Shown, update: ChopsUpdate) -> None:
        self._shown, self._update = shown, update

    def render_segments(self, console: Console) -> str:
        return self._shown.changes(self._update, console)


class _Whole(CompositorUpdate):
    """The whole screen, written as it is."""

    def __init__(self, shown: Shown, update: LayoutUpdate) -> None:
        self._shown, self._update = shown, update

    def render_segments(self, console: Console) -> str:
        self._shown.whole(self._update)
        return self._update.render_segments(console)


def _move(x: int, y: int) -> str:
    return Control.move_to(x, y).segment.text


def _differences(old: Strip | None, new: Strip) -> Iterator[tuple[int, int]]:
    """The columns from … to in which two strips differ, those close together as one."""
    if old is new:
        return
    before, after = (None if old is None else _cells(old)), _cells(new)
    if before is None or after is None or len(before) != len(after):
        yield 0, new.cell_length
        return
    start = end = -1
    for column, (was, cell) in enumerate(zip(before, after, strict=True)):
        if was == cell:
            continue
        if start >= 0 and column - end > _NEAR:
            yield start, end
            start = -1
        start, end = (column if start < 0 else start), column + 1
    if start >= 0:
        yield start, end


def _cells(strip: Strip) -> _Cells | None:
    """One item for each column; ``None`` where a sign is not one column wide, since terminals disagree about those.

    Such a row is always written from its first column on, so that nothing of it can stay behind in a wrong place.
    """
    cells: _Cells = []
    for text, style, control in strip:
        if control or not (text.isascii() or all(get_character_cell_size(char) == 1 for char in text)):
            return None
        cells.extend(zip(text, repeat(style)))
    return cells
