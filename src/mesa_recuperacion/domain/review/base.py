"""What every question of the review and every answer to one has in common."""

from __future__ import annotations

from mesa_recuperacion.domain.values import dataclass

PAGE = 50
"""Rows that a long list brings at once."""


@dataclass(frozen=True, slots=True)
class Query:
    """Something that a supervisor asks to see.  A query names all that its answer depends on, but the instant."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is seen.  Amounts are minor units of the branch's currency unless they are ``Money``."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of a long list begins: after the row of that key, or (``back``) before it.

    ``at`` and ``key`` are the row's place in the order of the list; the first page has no cursor.
    """

    at: int
    key: str
    back: bool = False
