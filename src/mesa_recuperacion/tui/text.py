"""The one door for text on its way to the screen (rule E5), and how many columns it takes there.

Text is data: it is never read as markup, never reaches the terminal with a control character in it, and is cut to the
columns that it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich import cells
from rich.cells import cell_len as _cell_len
from rich.cells import get_character_cell_size

from mesa_recuperacion.tui.glyphs import Glyphs

_WIDTHS = 256
"""Texts whose width is remembered: some screens full.  The library remembers 4,096, and each text that was ever typed
is one, so that a desk would grow for hundreds of calls.
"""

cells.cached_cell_len = lru_cache(_WIDTHS)(cells.cached_cell_len.__wrapped__)

__all__ = ["balanced", "cell_len", "cut", "plain", "take", "wrap"]

_WORD = re.compile(r"(?:[^\w\s]?\b[A-Z]{3} (?=[0-9]))?\S+ *| +")
"""A word with the spaces after it; the letters of a currency and their figure are one word."""


def cell_len(text: str) -> int:
    """How many columns a plain text takes."""
    return len(text) if text.isascii() else _cell_len(text)


def plain(text: str, glyphs: Glyphs) -> str:
    """A text as the terminal can show it: no control, escape, bidi or invisible character, signs of the set."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(glyphs.fit)


def cut(text: str, width: int, glyphs: Glyphs) -> str:
    """A plain text in at most ``width`` columns; what was left out is owned up to by ``…``."""
    if cell_len(text) <= width:
        return text
    mark = glyphs.ellipsis[: max(0, width)]
    return take(text, width - cell_len(mark))[0].rstrip() + mark


def take(text: str, width: int) -> tuple[str, str]:
    """What of a text fits into ``width`` columns, and the rest; a wide letter is never split."""
    columns = 0
    for index, char in enumerate(text):
        columns += get_character_cell_size(char)
        if columns > width:
            return text[:index], text[index:]
    return text, ""


def wrap(text: str, width: int) -> list[str]:
    """A plain text in lines of at most ``width`` columns, broken between words, runs of spaces kept inside a line."""
    lines = [""]
    for word in _words(text, max(1, width)):
        if lines[-1] and cell_len(lines[-1] + word.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word
    return [*lines[:-1], lines[-1].rstrip()]


def _words(text: str, width: int) -> Iterator[str]:
    """The words, each with the spaces after it; a word wider than a line comes in parts."""
    for piece in _WORD.findall(text):
        word = piece
        while cell_len(word.rstrip()) > width:
            part = take(word, width)[0] or word[0]
            yield part
            word = word[len(part) :]
        yield word


def balanced(text: str, width: int) -> list[str]:
    """Like :func:`wrap`, in as few lines, of lengths as equal as can be: calmer to read aloud."""
    lines = wrap(text, width)
    if len(lines) == 1:
        return lines
    narrow, wide = cell_len(text) // len(lines) - 1, width
    while narrow + 1 < wide:
        middle = (narrow + wide) // 2
        if len(wrap(text, middle)) <= len(lines):
            wide = middle
        else:
            narrow = middle
    return wrap(text, wide)
