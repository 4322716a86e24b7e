"""Commands about who works here, and with how much money: only a supervisor's (rules B4, E2)."""

from __future__ import annotations

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class StaffCommand:
    """Base of the commands that only a supervisor may give, about somebody (a reference)."""

    person: str


@dataclass(frozen=True, slots=True)
class RenamePerson(StaffCommand):
    """They are called otherwise."""

    name: str


@dataclass(frozen=True, slots=True)
class ChangeRole(StaffCommand):
    """They are an ``agent`` or a ``supervisor`` from now on."""

    role: str


@dataclass(frozen=True, slots=True)
class RetirePerson(StaffCommand):
    """They no longer work here; what they still owe on closed cases is supervision's."""


@dataclass(frozen=True, slots=True)
class ReturnPerson(StaffCommand):
    """They work here again, with their own number and PIN."""


@dataclass(frozen=True, slots=True)
class TakeCases(StaffCommand):
    """Every case of theirs that is not closed is the supervisor's, who goes on with it or hands it on."""


@dataclass(frozen=True, slots=True)
class AdjustBudget(StaffCommand):
    """Add to the running period's budget of somebody, or of the reserve; take from it if ``amount`` is negative."""

    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class UndoAdjustment(StaffCommand):
    """Take an adjustment of theirs back, if it has not been."""

    adjustment: str
