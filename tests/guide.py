"""The table “Si pasa esto” of the guide, as rows that can be read and keys that can be pressed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.desk import Desk

PAGE = Path(__file__).parents[1] / "docs" / "guia.md"
TITLE, NONE = "## Si pasa esto", "ninguna"

_TOKEN = re.compile(
    r"`(?P<text>[^`]+)`|\*(?P<place>[^*]+)\*|(?P<key>Ctrl\+G [A-Z]|Ctrl\+Z|Enter|Esc|Tab|F[1-9])|(?P<gap>,? +|,$)"
)
_NAMES = {"Esc": "escape", "Tab": "tab", "Ctrl+Z": "ctrl+z"}


@dataclass(frozen=True)
class Row:
    """What happens, the keys as they are printed, what the desk does, and the name of the test."""

    happens: str
    keys: str
    does: str
    test: str


@dataclass(frozen=True)
class Piece:
    """One piece of the keys: a ``text`` to type, a ``place`` whose words are the reader's own, or a ``key``."""

    kind: str
    value: str


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the table, group by group."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n{TITLE}\n")[1].split("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return tuple(Row(*row) for row in cells if row[0] != "Qué pasa" and not set(row[0]) <= {"-"})


def row_of(test: str) -> Row:
    """The row that names a test."""
    return next(row for row in rows() if row.test == f"`{test}`")


def pieces(keys: str) -> tuple[Piece, ...]:
    """The keys of a row in their order.  Raises ``ValueError`` for what is neither a key nor something to type."""
    if keys == NONE:
        return ()
    at, made = 0, []
    while at < len(keys):
        token = _TOKEN.match(keys, at)
        if token is None:
            raise ValueError(f"{keys[at:]!r} of {keys!r} is no key")
        at, kind = token.end(), str(token.lastgroup)
        if kind != "gap":
            made.append(Piece(kind, token[kind]))
    return tuple(made)


def play(desk: Desk, keys: str, own: Mapping[str, str]) -> Desk:
    """Press them; ``own`` has the reader's own words for each place, and no others."""
    made = pieces(keys)
    assert {piece.value for piece in made if piece.kind == "place"} == set(own), keys
    typed: list[str] = []
    for piece in made:
        if piece.kind != "key":
            typed.append(own[piece.value] if piece.kind == "place" else piece.value)
            continue
        desk.write(" ".join(typed))
        typed.clear()
        if piece.value == "Enter":
            desk.enter()
        else:
            desk.press(_NAMES.get(piece.value, piece.value.lower()))
    assert not typed, f"{keys} ends with something that nobody entered"
    return desk
