"""The money of the period that runs (rules B2, B3, B4)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Adjustment, BudgetView


@dataclass(frozen=True, slots=True)
class BudgetsOf(Query):
    """Every budget of the period that runs."""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Somebody's budget, or the reserve (``number`` 0, no ``name``), as it holds now.

    ``funded`` in the budget is with what supervision added; ``added`` is how much of it that was, less than nothing if
    it was taken.  ``begun``: its period has been funded; else it shows what they will have with their first gesture.
    """

    person: str
    number: int
    name: str
    budget: BudgetView
    ends_at: datetime
    added: Money
    begun: bool
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Budgets(Answer):
    """The budgets by their person's number; who no longer works here is listed while something of theirs is spent.

    ``kind`` is ``day``, ``week`` or ``month``; ``period`` the one that runs, until ``ends_at``.  ``cap`` is the most
    that one case may get.  ``last`` is the latest change that whoever looks made and can take back.
    """

    kind: str
    period: str
    ends_at: datetime
    cap: Money
    lines: tuple[BudgetLine, ...]
    reserve: BudgetLine
    last: Adjustment | None


@dataclass(frozen=True, slots=True)
class ChangesOf(Query):
    """What supervision changed in the budgets that run."""


@dataclass(frozen=True, slots=True)
class Changes(Answer):
    """The changes of the periods that run, the latest first, at most a page of each budget."""

    lines: tuple[Adjustment, ...]
