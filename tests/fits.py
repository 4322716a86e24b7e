"""F6: whether a view fits the smallest window, whatever is in it."""

from __future__ import annotations

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.view import Pairs, Phrase, Text, View
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import ASCII, WGL4
from mesa_recuperacion.tui.rows import Row, columns
from mesa_recuperacion.tui.text import plain
from tests.desk import Desk, _translated

WIDTH, BODY = 80, 15
"""Columns, and the rows between the rule and the capture line (the first and the last of them are air)."""


def read(row: Row) -> str:
    return "".join(piece.text for piece in row)


def assert_fits(view: View) -> None:
    """Nothing is wider than the window, every key is named, and no block of main is left out."""
    for glyphs in (WGL4, ASCII):
        rows = [
            *page.top(view, WIDTH, glyphs),
            *page.body(view, WIDTH, BODY, glyphs),
            *page.bottom(view, WIDTH, glyphs),
        ]
        for row in rows:
            assert columns(row) <= WIDTH, read(row)
    keys = read(page.bottom(view, WIDTH, WGL4)[-1])
    for key, label in view.keys:
        assert f"{key} {label}" in keys
    shown = " ".join(read(row) for row in page.body(view, WIDTH, BODY, WGL4)).split()
    for text in whole(view):
        missing = [word for word in text.split() if word not in shown and len(word) < 40]  # longer ones are broken
        assert not missing, (missing, text)


def assert_fits_in_both(desk: Desk) -> None:
    """What a desk shows fits in either language, whatever the desk's own is."""
    for talk in (desk.talk, _translated(desk.talk)):
        assert_fits(conversation.show(talk, desk.line, desk.now))


def whole(view: View) -> list[str]:
    """What main has to show from the first word to the last; a list may scroll."""
    made: list[str] = []
    for block in view.main:
        if isinstance(block, Pairs):
            made += [cell for row in block.rows for cell in row]
        elif isinstance(block, Phrase | Text):
            made.append(block.text)
    return [plain(text, WGL4) for text in made]
