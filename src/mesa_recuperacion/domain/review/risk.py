"""Customers who may be lost, as a list to call (rules D3, D12)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.review.board import RiskLine
from mesa_recuperacion.domain.values import dataclass

AT_MOST = 1000
"""Customers at risk are counted up to here."""


@dataclass(frozen=True, slots=True)
class RiskOf(Query):
    """A page of the customers at risk, those with the latest sign of it first."""

    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Risk(Answer):
    """A page of customers at risk; ``total`` is how many there are, at most ``AT_MOST``."""

    lines: tuple[RiskLine, ...]
    before: Cursor | None
    after: Cursor | None
    total: int
