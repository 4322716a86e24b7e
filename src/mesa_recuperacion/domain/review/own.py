"""Somebody's own figures: a supervisor's look at one person, and everybody's at themselves (rules D6, D10, E2)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import BudgetView, News, Person

PRAISES = 5
"""Thanks that are shown, the latest first."""


@dataclass(frozen=True, slots=True)
class Own(Answer):
    """Somebody's own figures of this week and this month, and the latest thanks they were given."""

    person: Person
    week: Counts
    month: Counts
    praises: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class PersonOf(Query):
    """A supervisor wants to see one person: the scope's filter names them."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class PersonPage(Answer):
    """One person's figures beside the branch's, both of the scope's period, their budget now, and their thanks.

    ``before`` is the period before.  ``praises`` are the latest.
    """

    scope: Scope
    person: Person
    counts: Counts
    before: Counts
    branch: Counts
    budget: BudgetView
    praises: tuple[News, ...]
