"""Facts of a case: promises, follow-ups, areas, hand-overs, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.domain.facts.base import CaseFact
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PromiseMade(CaseFact):
    """What, by when, and who owns it; ``area`` is who fulfils it (empty: the owner).

    ``what`` is a remedy's code, or ``answer`` for an answer that the customer waits for.
    """

    kind: ClassVar[str] = "promise.made"
    promise: str
    what: str
    due_at: datetime
    owner: str
    area: str


@dataclass(frozen=True, slots=True)
class PromiseKept(CaseFact):
    """A promise was kept, on time or late."""

    kind: ClassVar[str] = "promise.kept"
    promise: str
    late: bool


@dataclass(frozen=True, slots=True)
class PromiseBroken(CaseFact):
    """Its hour passed and it had not been kept."""

    kind: ClassVar[str] = "promise.broken"
    promise: str


@dataclass(frozen=True, slots=True)
class PromiseMoved(CaseFact):
    """The customer was told another hour before the first one passed."""

    kind: ClassVar[str] = "promise.moved"
    promise: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpScheduled(CaseFact):
    """The next contact.

    ``purpose`` is ``verify`` (was it really solved?), ``return`` (back to a case that is not closed) or ``retain``
    (a customer who may be lost, rule D12).
    """

    kind: ClassVar[str] = "follow_up.scheduled"
    follow_up: str
    purpose: str
    due_at: datetime
    owner: str
    attempt: int


@dataclass(frozen=True, slots=True)
class FollowUpCancelled(CaseFact):
    """A next contact that is no longer needed."""

    kind: ClassVar[str] = "follow_up.cancelled"
    follow_up: str


@dataclass(frozen=True, slots=True)
class FollowUpAnswered(CaseFact):
    """The customer's own answer: ``satisfied``, ``not_satisfied`` or ``no_answer``."""

    kind: ClassVar[str] = "follow_up.answered"
    private: ClassVar[tuple[str, ...]] = ("words",)
    follow_up: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class AreaAsked(CaseFact):
    """An internal area was asked for something, to answer by an hour; the request stays with its owner."""

    kind: ClassVar[str] = "area.asked"
    private: ClassVar[tuple[str, ...]] = ("what",)
    request: str
    area: str
    what: str
    due_at: datetime
    owner: str


@dataclass(frozen=True, slots=True)
class AreaAnswered(CaseFact):
    """The area answered, in time or late."""

    kind: ClassVar[str] = "area.answered"
    private: ClassVar[tuple[str, ...]] = ("words",)
    request: str
    late: bool
    words: str


@dataclass(frozen=True, slots=True)
class AreaWithdrawn(CaseFact):
    """What was asked of an area is no longer needed."""

    kind: ClassVar[str] = "area.withdrawn"
    request: str


@dataclass(frozen=True, slots=True)
class HandOverOffered(CaseFact):
    """The owner asked ``to`` to take the case over, and why; it stays theirs until it is accepted (rule C7)."""

    kind: ClassVar[str] = "hand_over.offered"
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandOverAccepted(CaseFact):
    """Whoever was asked took the case, with all that is pending in it."""

    kind: ClassVar[str] = "hand_over.accepted"


@dataclass(frozen=True, slots=True)
class HandOverDeclined(CaseFact):
    """Whoever was asked cannot take it, and why."""

    kind: ClassVar[str] = "hand_over.declined"
    private: ClassVar[tuple[str, ...]] = ("words",)
    words: str


@dataclass(frozen=True, slots=True)
class HandOverWithdrawn(CaseFact):
    """The owner goes on with the case after all."""

    kind: ClassVar[str] = "hand_over.withdrawn"


@dataclass(frozen=True, slots=True)
class PassedToSupervision(CaseFact):
    """What ``person``, who no longer works here, still owed in the case is supervision's from now on (rule C4)."""

    kind: ClassVar[str] = "contact.passed_on"
    person: str


@dataclass(frozen=True, slots=True)
class ContactForgotten(CaseFact):
    """Its customer asked to be forgotten: whatever was pending with them ends, and nobody calls them (rules C4, E3).

    A case that was still open is over with it, and counts nowhere that it did not count before.
    """

    kind: ClassVar[str] = "contact.forgotten"
