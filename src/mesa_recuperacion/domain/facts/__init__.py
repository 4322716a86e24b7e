"""What happened: the vocabulary of the journal, in the past tense (rule E1).

Every fact has a ``kind`` and a ``version`` that never change meaning.  Fields named in ``private`` are personal data:
the journal keeps only a seal of them, and the text itself in a table that can be erased (rule E3).
Instants are aware and in UTC.  The case a fact belongs to, who did it and when are on its entry, not in it.
"""

from __future__ import annotations

from mesa_recuperacion.domain.facts import branch, case, contact, money, team
from mesa_recuperacion.domain.facts.base import (
    CaseFact,
    Entry,
    Fact,
)
from mesa_recuperacion.domain.facts.branch import (
    BudgetFunded,
    CustomerNamed,
    CustomerRegistered,
    CustomersMerged,
    MergeUndone,
    PersonAdded,
    PhoneNoted,
    PinSet,
    PolicyPublished,
    SignedIn,
    SignInFailed,
    StationOpened,
)
from mesa_recuperacion.domain.facts.case import (
    CaseClosed,
    CaseOpened,
    CaseParked,
    CaseReopened,
    CaseResumed,
    CaseWithdrawn,
    ClockJumped,
    ClosingUndone,
    CompensationDeclined,
    CompensationDelivered,
    CompensationReleased,
    CompensationReserved,
    CompensationReturned,
    NoteAdded,
    OverrunExplained,
    ProblemIdentified,
    RemedyChosen,
    StepSaid,
    StepUndone,
)
from mesa_recuperacion.domain.facts.contact import (
    AreaAnswered,
    AreaAsked,
    AreaWithdrawn,
    FollowUpAnswered,
    FollowUpCancelled,
    FollowUpScheduled,
    HandOverAccepted,
    HandOverDeclined,
    HandOverOffered,
    HandOverWithdrawn,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
)
from mesa_recuperacion.domain.facts.money import (
    AuthorisationFailed,
    ExceptionAsked,
    ExceptionAuthorised,
    ExceptionDeclined,
    StatutoryRecorded,
    StatutoryWaived,
)
from mesa_recuperacion.domain.facts.team import (
    NewsRead,
    PolicyAcknowledged,
    PraiseGiven,
    SuggestionAdopted,
    SuggestionAnswered,
    SuggestionMade,
)

__all__ = [
    "KINDS",
    "AreaAnswered",
    "AreaAsked",
    "AreaWithdrawn",
    "AuthorisationFailed",
    "BudgetFunded",
    "CaseClosed",
    "CaseFact",
    "CaseOpened",
    "CaseParked",
    "CaseReopened",
    "CaseResumed",
    "CaseWithdrawn",
    "ClockJumped",
    "ClosingUndone",
    "CompensationDeclined",
    "CompensationDelivered",
    "CompensationReleased",
    "CompensationReserved",
    "CompensationReturned",
    "CustomerNamed",
    "CustomerRegistered",
    "CustomersMerged",
    "Entry",
    "ExceptionAsked",
    "ExceptionAuthorised",
    "ExceptionDeclined",
    "Fact",
    "FollowUpAnswered",
    "FollowUpCancelled",
    "FollowUpScheduled",
    "HandOverAccepted",
    "HandOverDeclined",
    "HandOverOffered",
    "HandOverWithdrawn",
    "MergeUndone",
    "NewsRead",
    "NoteAdded",
    "OverrunExplained",
    "PersonAdded",
    "PhoneNoted",
    "PinSet",
    "PolicyAcknowledged",
    "PolicyPublished",
    "PraiseGiven",
    "ProblemIdentified",
    "PromiseBroken",
    "PromiseKept",
    "PromiseMade",
    "PromiseMoved",
    "RemedyChosen",
    "SignInFailed",
    "SignedIn",
    "StationOpened",
    "StatutoryRecorded",
    "StatutoryWaived",
    "StepSaid",
    "StepUndone",
    "SuggestionAdopted",
    "SuggestionAnswered",
    "SuggestionMade",
]


KINDS: dict[str, type[Fact]] = {
    fact.kind: fact
    for room in (branch, case, contact, money, team)
    for fact in vars(room).values()
    if isinstance(fact, type) and issubclass(fact, Fact) and fact.__module__ == room.__name__
}
"""Every kind of fact that can be written today."""
