"""What is on the screen, as plain values: any front end draws it, none decides it.

Texts are final, already in the reader's language, and plain: never markup.
"""

from __future__ import annotations

from mesa_recuperacion.domain.values import dataclass

STYLES = ("", "dim", "strong", "accent", "good", "warn", "bad")
"""How a run of text is meant; a theme decides what that looks like."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one meaning."""

    text: str
    style: str = ""


Line = tuple[Run, ...]
"""One line of the screen, from left to right."""


def line(text: str, style: str = "") -> Line:
    """A line of one run."""
    return (Run(text, style),)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to say to the customer, word for word; ``title`` is the small word above it (``Diga``)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """A row that can be chosen: by ``key`` (its number), by letters of its name, or with the arrows.

    ``cells`` are the columns after the name, already as text; ``mark`` is the style of the last cell; a ``quiet`` row
    is drawn dim.
    """

    key: str
    name: str
    cells: tuple[str, ...] = ()
    mark: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from.  ``titles`` names the columns (name first); ``selected`` is an index or ``None``.

    ``left`` says which of the cells are left-aligned (by index of ``cells``); the others are right-aligned.
    ``more`` is said, with the number in the place of ``{n}``, where there is no room for all of the rows.
    """

    titles: tuple[str, ...]
    options: tuple[Option, ...]
    selected: int | None = None
    left: tuple[int, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with their values, and perhaps a figure at the right: ``(label, value, right)``."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped where it is drawn."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """One empty line."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A row of a panel: a name and its figures, and perhaps a picture of them between the two.

    ``bar`` is a share from 0 to 1; ``spread`` three places from 0 to 1 (lowest, median, highest).  ``mark`` is the
    style of the last cell, ``sign`` a word's mark before the name (``good``, ``warn``, ``bad``).
    """

    name: str
    cells: tuple[str, ...] = ()
    bar: float | None = None
    spread: tuple[float, float, float] | None = None
    mark: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of a page: its ``key``, ``title`` and the heads of its figures, and its rows, the first ones first.

    ``empty`` is said where there is no row; ``brief`` is the whole panel in a few words, where there is no room for
    its rows; ``hidden`` says, with the number in the place of ``{n}``, that there are more.  ``trend`` are figures of
    a trend (per cent; ``None`` where there is nothing to measure), drawn as columns under their numbers.
    ``selected`` is the row that Enter would take.  ``rests``, where there are any, are as many as the rows: each is the
    row that stands for that one and all after it, where they do not fit.  ``note`` is said under the rows where there
    is room.
    """

    key: str
    title: str
    heads: tuple[str, ...] = ()
    rows: tuple[PanelRow, ...] = ()
    empty: str = ""
    brief: str = ""
    hidden: str = ""
    trend: tuple[int | None, ...] = ()
    selected: int | None = None
    rests: tuple[PanelRow, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """Panels side by side: the first ones matter most, and get their rows first."""

    left: tuple[Panel, ...]
    right: tuple[Panel, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure: its name over its value; ``change`` against the period before, ``mark`` what that means."""

    name: str
    value: str
    change: str = ""
    mark: str = ""


Block = Phrase | Choice | Pairs | Text | Gap | Panels


@dataclass(frozen=True, slots=True)
class ClockView:
    """The customer's clock: words first (``left`` such as "quedan 0:57", ``state`` such as "en tiempo, de 1:00").

    ``share`` is the part of the standard that is left, 0.0 to 1.0; ``mark`` is ``good``, ``warn`` or ``bad``.  A quiet
    clock has no ``time``: it is the sign and the state, and changes only with them.
    """

    word: str
    time: str
    state: str
    share: float
    mark: str


@dataclass(frozen=True, slots=True)
class RailStep:
    """One of the six steps: ``state`` is ``done``, ``now``, ``passed`` (left pending behind) or ``ahead``."""

    number: int
    name: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class View:
    """The whole screen.

    ``head``: the product and who works, left and right.  ``band``: two lines, left and right, under the head (the
    clock takes the right side of the band when there is one).  ``rail``: the six steps, empty outside a call.
    ``main``: the blocks.  ``side`` and ``below``: blocks shown only where there is room (the customer's file; what is
    due today).  ``prompt``, ``ghost`` (what the line would choose) and ``hint`` belong to the capture line; ``mask``
    hides what is typed after the first space (``after``, a PIN) or everything (``all``).  ``status`` and ``never``
    share the line under it; ``keys`` is the last row.  ``figures`` stand in the band instead of what is there;
    ``letters`` are what else can be typed, under the capture line, while nothing is said there.
    """

    head: tuple[Line, Line]
    band: tuple[tuple[Line, Line], tuple[Line, Line]]
    clock: ClockView | None
    rail: tuple[RailStep, ...]
    main: tuple[Block, ...]
    prompt: str
    hint: str
    status: Line
    never: Line
    keys: tuple[tuple[str, str], ...]
    ghost: str = ""
    mask: str = ""
    side: tuple[Block, ...] = ()
    below: tuple[Block, ...] = ()
    figures: tuple[Figure, ...] = ()
    letters: tuple[tuple[str, str], ...] = ()
    theme: str = ""
