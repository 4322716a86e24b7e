"""What is owed to customers, whoever owes it (rules C4, C5, C6, D12)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import AgendaItem

KINDS = ("promise", "verify", "retain", "area", "exception", "return")
"""What can be owed.  A ``return`` to a parked case is listed once its hour has passed: until then nobody is waiting."""


@dataclass(frozen=True, slots=True)
class DueOf(Query):
    """A page of what is owed, the earliest first.

    ``owner`` is a reference, ``supervision`` or empty (everybody); ``kind`` one of ``KINDS`` or empty (all of them).
    """

    owner: str = ""
    overdue_only: bool = False
    kind: str = ""
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something owed.  ``owner`` is a reference or ``supervision``; the item says the name (empty: supervision).

    ``answerable``: whoever asks may answer it, theirs or not; else they may read its case.  ``retired``: its owner no
    longer works here.
    """

    item: AgendaItem
    owner: str
    overdue: bool
    answerable: bool
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Due(Answer):
    """A page of what is owed; ``before`` and ``after`` lead to the pages beside it."""

    lines: tuple[DueLine, ...]
    before: Cursor | None
    after: Cursor | None
