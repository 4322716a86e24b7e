"""What looks like somebody's number and PIN, wherever it was typed (rule E2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\s*([0-9]{1,4}) ")
_NUMBER_AND_PIN = re.compile(r"\s*([0-9]{1,4})\s+([0-9]{1,12})\s*")
_NUMBER_AND_FIGURES = re.compile(r"\s*([0-9]{1,4})\s+([0-9]{3,12})\s*")

ANSWER = 4
"""Figures of a PIN from which on an answer is not taken; what is half typed is neither shown nor kept before that."""


def number_and_pin(text: str) -> tuple[int, str] | None:
    """The number and the PIN of a line that is one of each; ``None`` for any other."""
    parts = _NUMBER_AND_PIN.fullmatch(text)
    return None if parts is None else (int(parts[1]), parts[2])


def number_alone(text: str) -> int | None:
    """The number of a line that is one and a blank: a PIN comes next; ``None`` for any other."""
    number = _NUMBER.fullmatch(text)
    return None if number is None else int(number[1])


def looks_secret(text: str, numbers: Iterable[int], least: int = 3) -> bool:
    """Whether a line is the number of somebody who works here, a blank, and figures: a PIN, or the best part of one.

    A telephone with its blanks in the usual places, or with none, is not (``55 1234 0078``, ``18005551212``).
    """
    parts = _NUMBER_AND_FIGURES.fullmatch(text)
    return parts is not None and len(parts[2]) >= least and int(parts[1]) in set(numbers)


def may_be_secret(text: str) -> bool:
    """Whether a line would look so if somebody had that number."""
    return _NUMBER_AND_FIGURES.fullmatch(text) is not None
