"""Facts of a case: the steps that were taken, what was given, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.domain.facts.base import CaseFact
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CaseOpened(CaseFact):
    """A recovery began; ``started_at`` is the first letter typed, ``earlier`` the complaints of the policy's window.

    ``risk`` is why this customer may be lost (rule D3): ``repeat``, ``broken``, ``unsatisfied``; ``known``: they had
    had a case before.
    """

    kind: ClassVar[str] = "case.opened"
    version: ClassVar[int] = 3
    customer: str
    started_at: datetime
    standard: int
    earlier: int
    risk: tuple[str, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(CaseFact):
    """It was opened for the wrong customer, and nothing had been decided: it counts nowhere, and stays recorded."""

    kind: ClassVar[str] = "case.withdrawn"


@dataclass(frozen=True, slots=True)
class StepSaid(CaseFact):
    """The agent said the phrase of a step."""

    kind: ClassVar[str] = "step.said"
    step: str


@dataclass(frozen=True, slots=True)
class ProblemIdentified(CaseFact):
    """What went wrong; ``text`` only for "another problem".

    ``repeat``: the customer already complained of this problem within the policy's days (rule C8); ``repeats`` are the
    latest of the cases in which they did.
    """

    kind: ClassVar[str] = "problem.identified"
    version: ClassVar[int] = 2
    private: ClassVar[tuple[str, ...]] = ("text",)
    problem: str
    standard: int
    text: str
    repeat: bool
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseRepeated(CaseFact):
    """The customer complained of the same problem again, in the case ``later``: it was not resolved (rule C8)."""

    kind: ClassVar[str] = "case.repeated"
    later: str


@dataclass(frozen=True, slots=True)
class RepeatWithdrawn(CaseFact):
    """The problem of the case ``later`` was taken back or put right: it is not this one again."""

    kind: ClassVar[str] = "case.repeat_withdrawn"
    later: str


@dataclass(frozen=True, slots=True)
class NoteAdded(CaseFact):
    """A note on the case."""

    kind: ClassVar[str] = "note.added"
    private: ClassVar[tuple[str, ...]] = ("note",)
    note: str


@dataclass(frozen=True, slots=True)
class RemedyChosen(CaseFact):
    """What puts the problem right, its cost to the company and when it can be kept."""

    kind: ClassVar[str] = "remedy.chosen"
    remedy: str
    cost: Money
    due_at: datetime
    area: str


@dataclass(frozen=True, slots=True)
class CompensationReserved(CaseFact):
    """A gesture was chosen: the amount leaves what the person may spend and waits for the closing."""

    kind: ClassVar[str] = "compensation.reserved"
    compensation: str
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationReleased(CaseFact):
    """A reserved gesture was changed or undone: the amount goes back to the budget."""

    kind: ClassVar[str] = "compensation.released"
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationDelivered(CaseFact):
    """The reserved gesture was delivered with the closing."""

    kind: ClassVar[str] = "compensation.delivered"
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationReturned(CaseFact):
    """The closing was undone in time: the gesture is reserved again."""

    kind: ClassVar[str] = "compensation.returned"
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationDeclined(CaseFact):
    """Nothing was given, and why (rule B8)."""

    kind: ClassVar[str] = "compensation.declined"
    private: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str


@dataclass(frozen=True, slots=True)
class CaseParked(CaseFact):
    """The agent left the case for a moment, at ``step``."""

    kind: ClassVar[str] = "case.parked"
    step: str


@dataclass(frozen=True, slots=True)
class CaseResumed(CaseFact):
    """The agent came back to a parked case."""

    kind: ClassVar[str] = "case.resumed"


@dataclass(frozen=True, slots=True)
class ClockJumped(CaseFact):
    """The wall clock was moved while the case ran: by ``seconds``, negative if back; its elapsed time is kept."""

    kind: ClassVar[str] = "clock.jumped"
    seconds: int


@dataclass(frozen=True, slots=True)
class StepUndone(CaseFact):
    """The decision of a step was taken back; it stays in the journal (rule B5)."""

    kind: ClassVar[str] = "step.undone"
    step: str


@dataclass(frozen=True, slots=True)
class CaseClosed(CaseFact):
    """The case ended: seconds elapsed and allowed, and the steps that were passed over (rule A2)."""

    kind: ClassVar[str] = "case.closed"
    satisfied: bool
    elapsed: int
    standard: int
    pending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingUndone(CaseFact):
    """The closing was taken back within the policy's seconds."""

    kind: ClassVar[str] = "case.closing_undone"


@dataclass(frozen=True, slots=True)
class CaseReopened(CaseFact):
    """The customer said it was not solved; the first clock is kept (rule C6)."""

    kind: ClassVar[str] = "case.reopened"


@dataclass(frozen=True, slots=True)
class OverrunExplained(CaseFact):
    """Why the standard time was not enough: ``information``, ``system`` or ``complex`` (rule C2)."""

    kind: ClassVar[str] = "overrun.explained"
    reason: str
