"""The cases behind a figure, and one of them from beginning to end (rules A3, D1, E1)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import CaseFile


@dataclass(frozen=True, slots=True)
class CasesOf(Query):
    """A page of the cases behind a figure, the latest first closing first."""

    behind: Behind
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class CaseOf(Query):
    """One case, whole; ``behind`` is the list that it was opened from, so that its neighbours are known."""

    folio: str
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list.  ``at`` is its first closing, ``person`` whoever closed it then (a name), ``elapsed`` and
    ``standard`` the seconds of that closing; ``satisfied`` is the customer's last word, ``None`` if there is none.
    """

    folio: str
    customer: str
    person: str
    problem: str
    at: datetime
    elapsed: int
    standard: int
    first_contact: bool
    remedy: str
    remedy_cost: int
    given: int
    statutory: int
    exception: bool
    satisfied: bool | None
    status: str


@dataclass(frozen=True, slots=True)
class Cases(Answer):
    """A page of cases; ``before`` and ``after`` lead to the pages beside it, ``None`` where there is none.

    ``total`` is how many there are in all, where a counter tells; else ``None``.
    """

    behind: Behind
    lines: tuple[CaseLine, ...]
    before: Cursor | None
    after: Cursor | None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the chain says of a case's lines: each is as it was written and tied to its neighbours, or which is not.

    ``stream``, ``first`` and ``last`` name the lines; ``touched`` is the first line that does not fit or is not there
    (0: none).  ``whole``: the lines lead to the case as the desk knows it, so none of them is missing at the end.
    """

    stream: str
    first: int
    last: int
    lines: int
    touched: int = 0
    whole: bool = True

    @property
    def is_intact(self) -> bool:
        """Whether every line fits and none is missing."""
        return self.touched == 0 and self.whole


@dataclass(frozen=True, slots=True)
class Case(Answer):
    """A case, everything that happened in it in order, and the proof.

    ``people`` are the references of whoever is named in it and their names, retired or not (the reserve and supervision
    are nobody).  ``before`` and ``after`` are the folios beside it in the list that it was opened from; empty: none.
    """

    file: CaseFile
    entries: tuple[Entry, ...]
    proof: Proof
    people: tuple[tuple[str, str], ...]
    before: str = ""
    after: str = ""
