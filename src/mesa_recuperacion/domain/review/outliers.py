"""What was given for one problem: every amount, and the cases at the two ends with their context (rule D4)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.cases import CaseLine
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.totals import Bar
from mesa_recuperacion.domain.values import dataclass

ENDS = 3
"""Cases that are shown at each end, the latest first."""


@dataclass(frozen=True, slots=True)
class OutliersOf(Query):
    """The amounts given for a problem (its code) in a scope."""

    scope: Scope
    problem: str


@dataclass(frozen=True, slots=True)
class Outliers(Answer):
    """``bars`` are all amounts, ``new`` those of customers with their first case; both ascend.

    ``least`` and ``most`` are the latest cases that were given the lowest and the highest amount; ``most`` is empty
    where everybody was given the same.
    """

    scope: Scope
    problem: str
    bars: tuple[Bar, ...]
    new: tuple[Bar, ...]
    least: tuple[CaseLine, ...]
    most: tuple[CaseLine, ...]
