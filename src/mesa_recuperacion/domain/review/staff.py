"""Who works here, as supervision looks after it (rule E2)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Person


@dataclass(frozen=True, slots=True)
class StaffOf(Query):
    """Everybody who works here or did."""


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody, how many cases of theirs are not closed, and how many things they still owe."""

    person: Person
    open_cases: int
    owed: int


@dataclass(frozen=True, slots=True)
class Staff(Answer):
    """Who works here by their number, then who no longer does."""

    lines: tuple[StaffLine, ...]


@dataclass(frozen=True, slots=True)
class StaffPersonOf(Query):
    """One of them, by reference."""

    person: str


@dataclass(frozen=True, slots=True)
class StaffPerson(Answer):
    """One of them; ``cases`` are the folios of what is not closed, ``owed`` how many things they still owe,
    ``failures`` how many wrong PINs in a row were typed with their number.
    """

    person: Person
    cases: tuple[str, ...]
    owed: int
    failures: int = 0
