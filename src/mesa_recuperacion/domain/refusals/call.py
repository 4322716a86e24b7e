"""Why not, of the call: the customer, the steps of a case, promises, what is taken back."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.refusals.base import Refusal
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class NameMissing(Refusal):
    """A customer has no name."""


@dataclass(frozen=True, slots=True)
class UnknownCustomer(Refusal):
    """No customer of that reference."""


@dataclass(frozen=True, slots=True)
class UnknownCase(Refusal):
    """No case of that folio."""

    case: str


@dataclass(frozen=True, slots=True)
class NotYours(Refusal):
    """The case belongs to somebody else."""

    owner: str


@dataclass(frozen=True, slots=True)
class CaseNotOpen(Refusal):
    """The case is closed: nothing more can be decided in it."""

    case: str


@dataclass(frozen=True, slots=True)
class NotAuthorised(Refusal):
    """The policy does not authorise that choice for this problem."""

    choice: str


@dataclass(frozen=True, slots=True)
class ProblemFirst(Refusal):
    """That step needs to know the problem."""


@dataclass(frozen=True, slots=True)
class TextMissing(Refusal):
    """That answer needs a few words.

    ``what`` is ``problem``, ``reason``, ``note``, ``area``, ``suggestion``, ``praise``, ``name`` (of somebody who works
    here) or ``change`` (of a budget); of an analysis ``why``, ``cause``, ``action``, ``outcome`` or ``dropped``.
    """

    what: str


@dataclass(frozen=True, slots=True)
class AmountMissing(Refusal):
    """An own amount must be more than nothing."""


@dataclass(frozen=True, slots=True)
class OverCap(Refusal):
    """More than one customer may get for one case; ``room`` is what is still allowed."""

    asked: Money
    cap: Money
    room: Money


@dataclass(frozen=True, slots=True)
class BudgetTooLight(Refusal):
    """More than the person may still spend."""

    asked: Money
    left: Money


@dataclass(frozen=True, slots=True)
class AlreadyPast(Refusal):
    """A promise for an hour that has passed."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class NoSuchPending(Refusal):
    """That promise or follow-up is not waiting for an answer (any more)."""


@dataclass(frozen=True, slots=True)
class NothingToUndo(Refusal):
    """There is no decision to take back."""


@dataclass(frozen=True, slots=True)
class WentOn(Refusal):
    """Something else was done in the case meanwhile: what was to be taken back is no longer the last."""


@dataclass(frozen=True, slots=True)
class UndoTooLate(Refusal):
    """The closing can be taken back only for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class NotAChoice(Refusal):
    """There is no such choice."""
