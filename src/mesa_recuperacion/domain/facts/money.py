"""Facts of a case: what the law owes, and what goes above a limit (rules B4, B6)."""

from __future__ import annotations

from typing import ClassVar

from mesa_recuperacion.domain.facts.base import CaseFact
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class StatutoryRecorded(CaseFact):
    """What the law owes the customer for this failure; ``price`` is what they paid, zero if it does not matter."""

    kind: ClassVar[str] = "statutory.recorded"
    price: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class StatutoryWaived(CaseFact):
    """The legal minimum does not apply to this case, and why."""

    kind: ClassVar[str] = "statutory.waived"
    private: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str


@dataclass(frozen=True, slots=True)
class ExceptionAsked(CaseFact):
    """A gesture above a limit waits for supervision, since nobody was near; the customer was promised an answer."""

    kind: ClassVar[str] = "exception.asked"
    private: ClassVar[tuple[str, ...]] = ("reason",)
    asked: str
    compensation: str
    amount: Money
    promise: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExceptionAuthorised(CaseFact):
    """A supervisor authorised that gesture for that amount; ``by`` is the supervisor, the reserve pays.

    What it is for is reserved by the next lines of the same command, or there is nothing more to pay.
    """

    kind: ClassVar[str] = "exception.authorised"
    private: ClassVar[tuple[str, ...]] = ("reason",)
    by: str
    compensation: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class ExceptionDeclined(CaseFact):
    """Supervision did not authorise what was asked, and why."""

    kind: ClassVar[str] = "exception.declined"
    private: ClassVar[tuple[str, ...]] = ("words",)
    asked: str
    words: str


@dataclass(frozen=True, slots=True)
class AuthorisationFailed(CaseFact):
    """A PIN that was to authorise an exception did not match; ``failures`` is how many in a row at this desk."""

    kind: ClassVar[str] = "exception.pin_failed"
    person: str
    failures: int
