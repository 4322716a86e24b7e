"""Why not, of who works here and of the money they have."""

from __future__ import annotations

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.refusals.base import Refusal
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class NotYourself(Refusal):
    """Nobody retires themselves, takes their own role away or adds to their own budget."""


@dataclass(frozen=True, slots=True)
class LastSupervisor(Refusal):
    """The only supervisor neither retires nor becomes an agent: nobody could put it right."""


@dataclass(frozen=True, slots=True)
class HasOpenCases(Refusal):
    """Who is to retire still has cases that are not closed: ``cases`` are their folios, in order."""

    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoOpenCases(Refusal):
    """There is no case of theirs to take over."""

    name: str


@dataclass(frozen=True, slots=True)
class BudgetInUse(Refusal):
    """So much cannot be taken from a budget: ``left`` is what is neither spent nor reserved."""

    asked: Money
    left: Money


@dataclass(frozen=True, slots=True)
class BudgetTooLarge(Refusal):
    """More than a budget can hold."""


@dataclass(frozen=True, slots=True)
class OtherCurrency(Refusal):
    """A budget is kept in one currency."""

    currency: str


@dataclass(frozen=True, slots=True)
class AdjustmentGone(Refusal):
    """That change of a budget was taken back already, or its period is over."""
