"""Lists to choose from: columns that are as wide as what is in them, shared by lists that stand under each other."""

from __future__ import annotations

from collections.abc import Sequence

from mesa_recuperacion.dialogue.view import Choice, Option
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.tui.glyphs import Glyphs
from mesa_recuperacion.tui.rows import Piece, Row, blank, fill
from mesa_recuperacion.tui.text import cell_len, cut, plain

NAME = 5
"""The column of names; the number stands at 2."""

AIR = 2
"""Empty columns between two columns; one where that spares a cut."""

NARROWEST = 8
"""A name or a text is not cut below this while another can be."""

SHORT = 20
"""A name is cut down to this before the texts beside it are."""

_MOST_AIR = 5


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns of a list stand: the width of each (the name first), and the air before each."""

    widths: tuple[int, ...]
    gaps: tuple[int, ...]
    left: frozenset[int]
    total: int
    folded: bool = False
    """Whether the figures stand in a row of their own, since a name and its figures do not fit beside each other."""


def grids(choices: Sequence[Choice], width: int, glyphs: Glyphs) -> dict[int, Grid]:
    """The grid of each list, by identity.  Lists of the same shape share one."""
    families: dict[tuple[int, tuple[int, ...]], list[Choice]] = {}
    for choice in choices:
        families.setdefault((_count(choice), choice.left), []).append(choice)
    made: dict[int, Grid] = {}
    for family in families.values():
        grid = _grid(family, width, glyphs)
        made.update((id(choice), grid) for choice in family)
    return made


def _count(choice: Choice) -> int:
    return max((len(option.cells) for option in choice.options), default=max(0, len(choice.titles) - 1))


def _cells(option: Option, count: int) -> tuple[str, ...]:
    return (option.name, *option.cells, *([""] * (count - len(option.cells))))


def _grid(family: Sequence[Choice], width: int, glyphs: Glyphs) -> Grid:
    count = _count(family[0])
    lines = [_cells(option, count) for choice in family for option in choice.options]
    lines += [(*choice.titles, *([""] * (count + 1 - len(choice.titles)))) for choice in family]
    widths = [max((cell_len(plain(line[n], glyphs)) for line in lines), default=0) for n in range(count + 1)]
    if count:
        # The title of the first column may stand over the others where they have none of their own.
        widths[0] = max((cell_len(plain(line[0], glyphs)) for line in lines if any(line[1:])), default=widths[0])
    left = frozenset({0, *(n + 1 for n in family[0].left)})
    room = width - NAME
    spare = room - sum(widths)
    if count and left == {0} and spare < count:
        return _folded(widths, width)
    air = 1 if count <= spare < AIR * count else AIR
    _shrink(widths, left, room - air * count)
    return Grid(tuple(widths), _gaps(widths, left, room, air), left, width)


def _folded(widths: list[int], width: int) -> Grid:
    """Nothing is cut: each name has its whole row, and its figures stand under it, at the right edge."""
    room, figures = width - NAME, widths[1:]
    air = AIR * (len(figures) - 1)
    _shrink(figures, frozenset(), room - air)
    gaps = (0, room - air - sum(figures), *([AIR] * (len(figures) - 1)))
    return Grid((0, *figures), gaps, frozenset({0}), width, folded=True)


def _shrink(widths: list[int], left: frozenset[int], room: int) -> None:
    """Narrow a name that stands before other texts, then the widest text, until all fits; a figure only when no text
    is left to narrow.
    """
    over = sum(widths) - room
    if len(left) > 1 and over > 0 and widths[0] > SHORT:
        first = min(over, widths[0] - SHORT)
        widths[0] -= first
        over -= first
    while over > 0:
        texts = [n for n in left if n < len(widths) and widths[n] > NARROWEST] or range(len(widths))
        widest = max(texts, key=lambda n: widths[n])
        if widths[widest] <= 1:
            return
        widths[widest] -= 1
        over -= 1


def _gaps(widths: list[int], left: frozenset[int], room: int, air: int) -> tuple[int, ...]:
    """The air before each column: figures stand at the right edge, texts share what is free."""
    free = max(0, room - sum(widths) - air * (len(widths) - 1))
    gaps = [0, *([air] * (len(widths) - 1))]
    first_figure = next((n for n in range(1, len(widths)) if n not in left), None)
    if first_figure is not None:
        gaps[first_figure] += free
    elif len(widths) > 1:
        each = min(_MOST_AIR - air, free // (len(widths) - 1))
        gaps = [0, *([air + each] * (len(widths) - 1))]
    return tuple(gaps)


def choice_rows(choice: Choice, grid: Grid, glyphs: Glyphs) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """The rows of a list with its titles, and in which of them each option begins."""
    rows: list[Row] = []
    if any(choice.titles):
        rows.append(_titles(choice, grid, glyphs))
    begins = []
    for index, option in enumerate(choice.options):
        begins.append(len(rows))
        rows += _option(option, grid, glyphs, chosen=index == choice.selected, choosing=choice.selected is not None)
    return tuple(rows), tuple(begins)


def _titles(choice: Choice, grid: Grid, glyphs: Glyphs) -> Row:
    if not any(choice.titles[1:]):
        return (blank(NAME), Piece(cut(plain(choice.titles[0], glyphs), grid.total - NAME, glyphs), "dim"))
    name, *others = (Piece(title, "dim") for title in choice.titles)
    if grid.folded:
        row = (blank(NAME), *_columns((name._replace(text=""), *others), grid, glyphs))
        room = next((n for n, piece in enumerate(row) if piece.text.strip()), 1)
        free = sum(cell_len(piece.text) for piece in row[:room]) - NAME - 1
        head = cut(plain(name.text, glyphs), max(0, free), glyphs)
        return (blank(NAME), name._replace(text=head), blank(free + 1 - cell_len(head)), *row[room:])
    return (blank(NAME), *_columns((name, *others), grid, glyphs))


def _option(option: Option, grid: Grid, glyphs: Glyphs, *, chosen: bool, choosing: bool) -> list[Row]:
    """The row of an option; folded, that of its name and that of its figures."""
    ground = "chosen" if chosen else ""
    style = "strong" if chosen else "dim" if option.quiet else ""
    key = cut(plain(option.key, glyphs), 2, glyphs)
    key_style = style if chosen or choosing else "dim"
    texts = [Piece(text, style, ground) for text in _cells(option, len(grid.widths) - 1)]
    if option.mark and option.cells:
        texts[len(option.cells)] = Piece(option.cells[-1], option.mark + "+" * chosen, ground)
    under: Row = ()
    if any(option.cells) and not grid.folded:
        columns = _columns(tuple(texts), grid, glyphs, ground)
    else:  # a name that stands alone in its row has the whole row
        columns = (texts[0]._replace(text=cut(plain(option.name, glyphs), grid.total - NAME, glyphs)),)
        if any(option.cells):
            under = (blank(NAME, ground), *_columns((texts[0]._replace(text=""), *texts[1:]), grid, glyphs, ground))
    row = (
        Piece(glyphs.pointer if chosen else " ", "accent", ground),
        blank(1, ground),
        Piece(key, key_style, ground),
        blank(NAME - 2 - cell_len(key), ground),
        *columns,
    )
    rows = [row, under] if under else [row]
    return [fill(one, grid.total, ground) for one in rows] if chosen else rows


def _columns(texts: Row, grid: Grid, glyphs: Glyphs, ground: str = "") -> Row:
    row: list[Piece] = []
    for n, piece in enumerate(texts[: len(grid.widths)]):
        text = cut(plain(piece.text, glyphs), grid.widths[n], glyphs)
        spare = grid.widths[n] - cell_len(text)
        before, after = (0, spare) if n in grid.left else (spare, 0)
        row += [blank(grid.gaps[n] + before, ground), piece._replace(text=text), blank(after, ground)]
    return tuple(piece for piece in row if piece.text)
