"""Facts of a case: promises, follow-ups, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.domain.facts.base import CaseFact


@dataclass(frozen=True, slots=True)
class PromiseMade(CaseFact):
    """What, by when, and who owns it: ``what`` is a remedy's code, ``area`` who fulfils it (empty: the owner)."""

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
    """The next contact: ``purpose`` is ``verify`` (was it really solved?) or ``return`` (a parked case)."""

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
