"""What is on the screen, as plain values: any front end draws it, none decides it.

Texts are final, already in the reader's language, and plain: never markup.
"""

from __future__ import annotations

from dataclasses import dataclass

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


Block = Phrase | Choice | Pairs | Text | Gap


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
    share the line under it; ``keys`` is the last row.
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
    theme: str = ""
