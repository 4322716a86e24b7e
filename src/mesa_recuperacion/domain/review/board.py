"""The first page of the review: headline figures and seven panels (rules D1 to D6, D10)."""

from __future__ import annotations

from datetime import date, datetime

from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import AgendaItem, Person, SuggestionItem

TREND = 8
"""Periods of the trend, the asked one last."""


@dataclass(frozen=True, slots=True)
class BoardOf(Query):
    """The board of a scope."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Cause:
    """What was counted of a problem (its code)."""

    problem: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What was counted of one period of the trend."""

    period: Period
    counts: Counts


@dataclass(frozen=True, slots=True)
class Spread:
    """What was given for a problem, nothing included: lowest, median (the lower of two) and highest, of ``n`` cases.

    ``standing`` is ``new`` (their first case with us), ``known`` (they had one before) or empty (all of them).
    """

    problem: str
    n: int
    low: int
    middle: int
    high: int
    standing: str = ""


@dataclass(frozen=True, slots=True)
class DueCount:
    """What somebody owes: overdue now, and what else falls due today; ``owner`` is a reference or ``supervision``.

    Follow-ups are all the calls: to verify, to customers at risk, and back to parked cases once their hour has passed.
    Exceptions are supervision's.
    """

    owner: str
    name: str
    promises_overdue: int = 0
    follow_ups_overdue: int = 0
    areas_overdue: int = 0
    exceptions_overdue: int = 0
    promises_today: int = 0
    follow_ups_today: int = 0
    areas_today: int = 0
    exceptions_today: int = 0

    @property
    def overdue(self) -> int:
        """All that is overdue."""
        return self.promises_overdue + self.follow_ups_overdue + self.areas_overdue + self.exceptions_overdue

    @property
    def today(self) -> int:
        """All that falls due later today."""
        return self.promises_today + self.follow_ups_today + self.areas_today + self.exceptions_today


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody's figures, their thanks of the period and when they were thanked last (``None``: never).

    ``since`` is when they began to work here: nobody is unthanked for longer than that.  Retired people are listed
    while they have figures.  In alphabetical order: this is no ranking (rule D6).
    """

    person: Person
    counts: Counts
    praises: int
    praised_at: datetime | None
    since: datetime
    retired: bool = False


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A customer who may be lost (rule D3): complaints of the policy's days, the last one, and why they are listed.

    ``reasons`` are of ``repeat``, ``broken``, ``unsatisfied``; ``retaining``: somebody is to call them already, and
    ``call`` is that call: its owner by name (empty: supervision), and by when; ``called``: somebody did, and they
    answered, within the days that count.  ``case`` is the last complaint's folio;
    more than a hundred complaints are told as a hundred.
    """

    customer: str
    name: str
    complaints: int
    last_at: datetime
    reasons: tuple[str, ...]
    retaining: bool
    case: str = ""
    call: AgendaItem | None = None
    called: bool = False


@dataclass(frozen=True, slots=True)
class Board(Answer):
    """The board.  ``before`` is the period before, with the same filter; due, risk and suggestions are as of now.

    ``nearest`` is the latest period of the same kind that has a case of the filter, where this one has none (``None``:
    there never was any).  ``risk`` and ``suggestions`` are the first few; ``at_risk`` and ``waiting`` say how many,
    at most 1000 each.
    """

    scope: Scope
    today: date
    counts: Counts
    before: Counts
    causes: tuple[Cause, ...]
    trend: tuple[TrendPoint, ...]
    due: tuple[DueCount, ...]
    people: tuple[PersonLine, ...]
    spreads: tuple[Spread, ...]
    risk: tuple[RiskLine, ...]
    at_risk: int
    suggestions: tuple[SuggestionItem, ...]
    waiting: int
    nearest: Period | None = None
