"""Root cause analyses as supervision sees them: the list, one worksheet, and what an action achieved (rule D2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mesa_recuperacion.domain.analysis import Analysis, Measured
from mesa_recuperacion.domain.period import Period, span
from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.review.board import Cause
from mesa_recuperacion.domain.review.cases import Cases
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.domain.values import dataclass

RUNNING = 40
"""How many that are not over are listed; a branch that has more does not work on them."""

FEW = 9
"""Cases of the set that a worksheet names."""

MOST_PICKED = 50
"""Cases that can be picked for one analysis."""


@dataclass(frozen=True, slots=True)
class AnalysesOf(Query):
    """The analyses: those that are not over, and a page of the others."""

    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Analyses(Answer):
    """``running`` in the order in which they were begun, ``ended`` the latest first, with the pages beside."""

    running: tuple[Analysis, ...]
    ended: tuple[Analysis, ...]
    before: Cursor | None = None
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class SheetOf(Query):
    """A worksheet at one of ``analysis.QUESTIONS``, or at ``drop`` (empty: the first without an answer).

    Without an ``analysis``: a new one over ``behind``; without that either, the one that whoever asks has begun last.
    """

    analysis: str = ""
    behind: Behind | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Sheet(Answer):
    """The worksheet: ``analysis`` is ``None`` before its first answer.

    ``lines`` are the latest few cases, each with its folio and its customer (empty: forgotten).
    """

    analysis: Analysis | None
    behind: Behind
    measured: Measured
    lines: tuple[tuple[str, str], ...]
    question: str


@dataclass(frozen=True, slots=True)
class ResultOf(Query):
    """What the action of an analysis achieved."""

    analysis: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: what the set of the analysis comes to in other days, and the Pareto of those days.

    The Pareto is of whatever the filter of the analysis lets through, but for its problem.
    """

    behind: Behind
    measured: Measured
    causes: tuple[Cause, ...]

    @property
    def period(self) -> Period:
        """Its days."""
        return self.behind.scope.period


@dataclass(frozen=True, slots=True)
class Result(Answer):
    """Before the analysis and since its action was agreed, over the same number of days."""

    analysis: Analysis
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class PickOf(Query):
    """A page of cases to pick from, with those that are picked already."""

    behind: Behind
    cursor: Cursor | None = None
    picked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picking(Answer):
    """The page, and what is picked."""

    cases: Cases
    picked: tuple[str, ...]


def compared(analysis: Analysis, period: Period) -> Behind:
    """The same set on other days; of cases that were picked, whatever is about their problems."""
    behind = analysis.behind
    scope = Scope(period, behind.scope.filter)
    if behind.folios:
        return Behind(scope, problems=analysis.measured.problems)
    return replace(behind, scope=scope)


def windows(begun: date, agreed: date, until: date) -> tuple[Period, Period]:
    """The days that are compared: from the agreement on, and as many that ended when the analysis began."""
    after = span(agreed, max(agreed, until))
    before = span(begun, begun).shifted(-1)
    return span(before.last - (after.last - after.first), before.last), after
