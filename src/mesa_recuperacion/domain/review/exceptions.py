"""What went above a limit, and what each budget paid (rules B3, B4, D1)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import BudgetView


@dataclass(frozen=True, slots=True)
class ExceptionsOf(Query):
    """A page of the exceptions that were asked for in a period, the latest first."""

    scope: Scope
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An exception: ``person`` asked for it, ``by`` authorised or declined it (names; ``by`` is empty while it waits).

    ``over_cap`` is by how much it passed the case's cap, in minor units; 0: it was the budget that did not reach.
    ``status`` is ``waiting``, ``authorised`` (at the desk, and the gesture not taken), ``granted`` or ``declined``;
    ``reason`` is why it was asked for, ``answer`` why it was declined; both are empty once they are forgotten (E3).
    """

    id: str
    folio: str
    customer: str
    person: str
    problem: str
    compensation: str
    amount: int
    over_cap: int
    at: datetime
    reason: str
    status: str
    by: str
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class Exceptions(Answer):
    """A page of exceptions."""

    scope: Scope
    lines: tuple[ExceptionLine, ...]
    before: Cursor | None
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class SpendingOf(Query):
    """A page of what a budget paid, the latest first.

    ``person`` is a reference or ``reserve``, ``period`` the key of the budget (``2026-03``); empty: the latest.
    """

    person: str
    period: str = ""
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class SpendingLine:
    """A gesture that was delivered; ``person`` is the name of whoever gave it, ``problem`` what it was given for."""

    folio: str
    at: datetime
    customer: str
    problem: str
    compensation: str
    amount: int
    person: str


@dataclass(frozen=True, slots=True)
class Spending(Answer):
    """A page of what a budget paid, with the budget (``None`` if it was never funded); ``name`` is empty for the
    reserve.
    """

    person: str
    name: str
    period: str
    budget: BudgetView | None
    lines: tuple[SpendingLine, ...]
    before: Cursor | None
    after: Cursor | None
