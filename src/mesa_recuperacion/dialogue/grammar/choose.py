"""Choosing from a list by its number or by letters, and the other small answers of the desk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mesa_recuperacion.domain.text import clean, fold, words_of
from mesa_recuperacion.domain.values import dataclass

_SHOWN = 40
"""Characters of an answer that are repeated to the person who typed it."""

_YES = frozenset({"s", "si", "y", "yes"})
_NO = frozenset({"n", "no"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The row at that index."""

    index: int


@dataclass(frozen=True, slots=True)
class NoSuch:
    """No row answers to that; ``first`` and ``last`` are the keys between which the numbers go (empty: no rows).

    ``text`` is what was typed, fit to be shown and shortened; empty when Enter was pressed and there is no default.
    """

    text: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several rows have the same name: letters cannot tell them apart, their numbers can."""

    indexes: tuple[int, ...]


Choice = Chosen | NoSuch | Ambiguous


def choose(text: str, options: Sequence[tuple[str, str]], default: int | None) -> Choice:
    """The row that an answer means; each option is its key and its name, ``default`` the row that Enter alone takes.

    A key chooses its row and digits nothing else.  Otherwise every typed word begins a word of the name, in any order,
    without accents and case.  Of several such rows the one with more of the words in full is meant, then the first:
    it is the row that is highlighted while the person types (:func:`preview`).
    """
    typed = fold(text).strip()
    if not typed:
        return _none_of("", options) if default is None else Chosen(default)
    for index, (key, _) in enumerate(options):
        if typed == fold(key):
            return Chosen(index)
    return _none_of(text, options) if re.fullmatch("[0-9]+", typed) else _by_letters(text, options)


def preview(text: str, options: Sequence[tuple[str, str]], default: int | None) -> int | None:
    """The row to highlight while an answer is being typed: the one that Enter would choose, if any."""
    choice = choose(text, options, default)
    return choice.index if isinstance(choice, Chosen) else None


def _by_letters(text: str, options: Sequence[tuple[str, str]]) -> Choice:
    typed = words_of(text)
    names = [words_of(name) for _, name in options]
    matches = [index for index, name in enumerate(names) if typed and begins(typed, name)]
    if not matches:
        return _none_of(text, options)
    # The whole name says more than any of its words; the earlier row wins a draw, since max keeps the first.
    best = max(matches, key=lambda index: (names[index] == typed, sum(word in names[index] for word in typed)))
    same = tuple(index for index in matches if names[index] == names[best])
    return Chosen(best) if len(same) == 1 else Ambiguous(same)


def begins(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether each typed word begins some word of a name."""
    return all(any(word.startswith(start) for word in name) for start in typed)


def _none_of(text: str, options: Sequence[tuple[str, str]]) -> NoSuch:
    """The range is told without 0, which stands apart at the end of a list; of a list that counts down, upwards."""
    keys = [key for key, _ in options]
    keys = [key for key in keys if key != "0"] or keys
    first, last = (keys[0], keys[-1]) if keys else ("", "")
    if first.isdecimal() and last.isdecimal() and int(first) > int(last):
        first, last = last, first
    return NoSuch(clean(text, _SHOWN), first, last)


def yes_no(text: str) -> bool | None:
    """``s``, ``sí``, ``y``, ``yes`` or ``n``, ``no``; ``None`` for anything else."""
    answer = fold(text).strip()
    if answer in _YES:
        return True
    return False if answer in _NO else None


def pick_from_tail(text: str) -> tuple[str, str | None]:
    """A search and the row of its result: ``marta r 2`` and ``marta r2`` are ``("marta r", "2")``.

    Only one digit, and only after a text without any other: telephone numbers stay whole.
    """
    text = text.strip()
    head, tail = text[:-1].rstrip(), text[-1:]
    if re.fullmatch("[0-9]", tail) and re.search(r"[^\W\d_]\.?$", head) and not re.search(r"\d", head):
        return head, tail
    return text, None
