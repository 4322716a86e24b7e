"""Sentences of any length on as many pages as the smallest window makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

WIDTH = 64
"""Columns that a row surely holds: the smallest window has ten more, which a long word at its end may leave empty."""


def rows_of(text: str) -> int:
    """The rows that a text takes at most."""
    columns = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
    return max(1, -(-columns // WIDTH))


def paged(texts: Sequence[str], rows: int) -> tuple[tuple[str, ...], ...]:
    """The texts on pages of at most so many rows (a longer text has a page of its own); one empty page of none."""
    pages: list[list[str]] = [[]]
    left = rows
    for text in texts:
        taken = rows_of(text)
        if taken > left and pages[-1]:
            pages.append([])
            left = rows
        pages[-1].append(text)
        left -= taken
    return tuple(map(tuple, pages))
