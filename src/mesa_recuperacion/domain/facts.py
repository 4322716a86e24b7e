"""What happened: the vocabulary of the journal, in the past tense (rule E1).

Every fact has a ``kind`` and a ``version`` that never change meaning.  Fields named in ``private`` are personal data:
the journal keeps only a seal of them, and the text itself in a table that can be erased (rule E3).
Instants are aware and in UTC.  The case a fact belongs to, who did it and when are on its entry, not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.domain.money import Money


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of every fact."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class StationOpened(Fact):
    """The first fact of a stream: which branch and station it is, and in what currency, zone and language it works."""

    kind: ClassVar[str] = "station.opened"
    branch: str
    branch_name: str
    business: str
    number: int
    currency: str
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class PersonAdded(Fact):
    """Somebody may work here; ``role`` is ``agent`` or ``supervisor``, ``number`` what they type to enter."""

    kind: ClassVar[str] = "person.added"
    person: str
    number: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class PinSet(Fact):
    """A person has a new PIN (its hash is kept elsewhere; the PIN, nowhere)."""

    kind: ClassVar[str] = "person.pin_set"
    person: str


@dataclass(frozen=True, slots=True)
class SignedIn(Fact):
    """A person entered with number and PIN."""

    kind: ClassVar[str] = "person.signed_in"
    person: str


@dataclass(frozen=True, slots=True)
class SignInFailed(Fact):
    """A PIN did not match; ``failures`` is how many in a row."""

    kind: ClassVar[str] = "person.sign_in_failed"
    person: str
    failures: int


@dataclass(frozen=True, slots=True)
class PolicyPublished(Fact):
    """A version of the policy came into force; ``text`` is its whole TOML."""

    kind: ClassVar[str] = "policy.published"
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class BudgetFunded(Fact):
    """A person's budget for a period that ends at ``ends_at``; a period is funded once."""

    kind: ClassVar[str] = "budget.funded"
    person: str
    period: str
    amount: Money
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerRegistered(Fact):
    """A customer card; ``call_name`` is how to call them."""

    kind: ClassVar[str] = "customer.registered"
    private: ClassVar[tuple[str, ...]] = ("name", "call_name", "phone")
    customer: str
    name: str
    call_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class PhoneNoted(Fact):
    """A customer's telephone."""

    kind: ClassVar[str] = "customer.phone_noted"
    private: ClassVar[tuple[str, ...]] = ("phone",)
    customer: str
    phone: str


@dataclass(frozen=True, slots=True)
class CaseOpened(Fact):
    """A recovery began; ``started_at`` is the first letter typed, ``earlier`` the complaints of the policy's window."""

    kind: ClassVar[str] = "case.opened"
    customer: str
    started_at: datetime
    standard: int
    earlier: int


@dataclass(frozen=True, slots=True)
class StepSaid(Fact):
    """The agent said the phrase of a step."""

    kind: ClassVar[str] = "step.said"
    step: str


@dataclass(frozen=True, slots=True)
class ProblemIdentified(Fact):
    """What went wrong; ``text`` only for "another problem".

    ``repeat``: the customer already complained of this problem within the policy's days (rule C8).
    """

    kind: ClassVar[str] = "problem.identified"
    private: ClassVar[tuple[str, ...]] = ("text",)
    problem: str
    standard: int
    text: str
    repeat: bool


@dataclass(frozen=True, slots=True)
class NoteAdded(Fact):
    """A note on the case."""

    kind: ClassVar[str] = "note.added"
    private: ClassVar[tuple[str, ...]] = ("note",)
    note: str


@dataclass(frozen=True, slots=True)
class RemedyChosen(Fact):
    """What puts the problem right, its cost to the company and when it can be kept."""

    kind: ClassVar[str] = "remedy.chosen"
    remedy: str
    cost: Money
    due_at: datetime
    area: str


@dataclass(frozen=True, slots=True)
class CompensationReserved(Fact):
    """A gesture was chosen: the amount leaves what the person may spend and waits for the closing."""

    kind: ClassVar[str] = "compensation.reserved"
    compensation: str
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationReleased(Fact):
    """A reserved gesture was changed or undone: the amount goes back to the budget."""

    kind: ClassVar[str] = "compensation.released"
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationDelivered(Fact):
    """The reserved gesture was delivered with the closing."""

    kind: ClassVar[str] = "compensation.delivered"
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationReturned(Fact):
    """The closing was undone in time: the gesture is reserved again."""

    kind: ClassVar[str] = "compensation.returned"
    amount: Money
    person: str
    period: str


@dataclass(frozen=True, slots=True)
class CompensationDeclined(Fact):
    """Nothing was given, and why (rule B8)."""

    kind: ClassVar[str] = "compensation.declined"
    private: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str


@dataclass(frozen=True, slots=True)
class PromiseMade(Fact):
    """What, by when, and who owns it: ``what`` is a remedy's code, ``area`` who fulfils it (empty: the owner)."""

    kind: ClassVar[str] = "promise.made"
    promise: str
    what: str
    due_at: datetime
    owner: str
    area: str


@dataclass(frozen=True, slots=True)
class PromiseKept(Fact):
    """A promise was kept, on time or late."""

    kind: ClassVar[str] = "promise.kept"
    promise: str
    late: bool


@dataclass(frozen=True, slots=True)
class PromiseBroken(Fact):
    """Its hour passed and it had not been kept."""

    kind: ClassVar[str] = "promise.broken"
    promise: str


@dataclass(frozen=True, slots=True)
class PromiseMoved(Fact):
    """The customer was told another hour before the first one passed."""

    kind: ClassVar[str] = "promise.moved"
    promise: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpScheduled(Fact):
    """The next contact: ``purpose`` is ``verify`` (was it really solved?) or ``return`` (a parked case)."""

    kind: ClassVar[str] = "follow_up.scheduled"
    follow_up: str
    purpose: str
    due_at: datetime
    owner: str
    attempt: int


@dataclass(frozen=True, slots=True)
class FollowUpCancelled(Fact):
    """A next contact that is no longer needed."""

    kind: ClassVar[str] = "follow_up.cancelled"
    follow_up: str


@dataclass(frozen=True, slots=True)
class FollowUpAnswered(Fact):
    """The customer's own answer: ``satisfied``, ``not_satisfied`` or ``no_answer``."""

    kind: ClassVar[str] = "follow_up.answered"
    private: ClassVar[tuple[str, ...]] = ("words",)
    follow_up: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseParked(Fact):
    """The agent left the case for a moment, at ``step``."""

    kind: ClassVar[str] = "case.parked"
    step: str


@dataclass(frozen=True, slots=True)
class CaseResumed(Fact):
    """The agent came back to a parked case."""

    kind: ClassVar[str] = "case.resumed"


@dataclass(frozen=True, slots=True)
class StepUndone(Fact):
    """The decision of a step was taken back; it stays in the journal (rule B5)."""

    kind: ClassVar[str] = "step.undone"
    step: str


@dataclass(frozen=True, slots=True)
class CaseClosed(Fact):
    """The case ended: seconds elapsed and allowed, and the steps that were passed over (rule A2)."""

    kind: ClassVar[str] = "case.closed"
    satisfied: bool
    elapsed: int
    standard: int
    pending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingUndone(Fact):
    """The closing was taken back within the policy's seconds."""

    kind: ClassVar[str] = "case.closing_undone"


@dataclass(frozen=True, slots=True)
class CaseReopened(Fact):
    """The customer said it was not solved; the first clock is kept (rule C6)."""

    kind: ClassVar[str] = "case.reopened"


def _all(base: type[Fact]) -> list[type[Fact]]:
    return [c for sub in base.__subclasses__() for c in (sub, *_all(sub))]


KINDS: dict[str, type[Fact]] = {cls.kind: cls for cls in _all(Fact)}
"""Every kind of fact that can be written today."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal, read back: where it stands, who did it and when, and the fact.

    ``stream`` names the station, ``seq`` counts from 1 without gaps, ``case`` is a folio or empty, ``command`` the
    command that caused it.
    """

    stream: str
    seq: int
    at: datetime
    actor: str
    policy: int
    command: str
    case: str
    fact: Fact
