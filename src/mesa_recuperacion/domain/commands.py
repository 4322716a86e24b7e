"""What is asked: the vocabulary of the one writing door, in the imperative.

A command's free text is whatever a person typed; the decision cleans it.  Instants are aware, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mesa_recuperacion.domain.money import Money


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case for a known customer (``customer``) or a new one (``name`` and, if said, ``phone``)."""

    started_at: datetime
    customer: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CaseCommand:
    """Base of the commands about one case, named by its folio."""

    case: str


@dataclass(frozen=True, slots=True)
class SayStep(CaseCommand):
    """The phrase of a step was said."""

    step: str


@dataclass(frozen=True, slots=True)
class IdentifyProblem(CaseCommand):
    """Which problem it is; ``text`` for "another problem"."""

    problem: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class AddNote(CaseCommand):
    """Add a note."""

    note: str


@dataclass(frozen=True, slots=True)
class ChooseRemedy(CaseCommand):
    """Choose one of the problem's remedies."""

    remedy: str


@dataclass(frozen=True, slots=True)
class GrantCompensation(CaseCommand):
    """Give a gesture: one of the problem's compensations, at its amount, or ``own`` with an amount."""

    compensation: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class DeclineCompensation(CaseCommand):
    """Give nothing, and say why."""

    reason: str


@dataclass(frozen=True, slots=True)
class MakePromise(CaseCommand):
    """Promise the chosen remedy by an hour.

    ``keep`` promises an hour that the area cannot keep by its own response time, and tells the area (rule C5).
    """

    due_at: datetime
    keep: bool = False


@dataclass(frozen=True, slots=True)
class PromiseAnswer(CaseCommand):
    """Promise an answer by an hour: the customer need not wait on the line (rules B4, C2)."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class ExplainOverrun(CaseCommand):
    """Why the standard time is not enough: one of ``case.OVERRUNS`` (rule C2)."""

    reason: str


@dataclass(frozen=True, slots=True)
class RecordStatutory(CaseCommand):
    """Record what the law owes; ``price`` is what the customer paid, where it is a share of that (rule B6)."""

    price: Money | None = None


@dataclass(frozen=True, slots=True)
class WaiveStatutory(CaseCommand):
    """The legal minimum does not apply to this case, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class GrantException(CaseCommand):
    """Give a gesture above a limit, as a supervisor authorised it a moment ago; the reserve pays (rule B4)."""

    compensation: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class AuthoriseException(CaseCommand):
    """Authorise a gesture above a limit at the agent's desk; only whoever verified ``by``'s PIN may ask it."""

    compensation: str
    amount: Money | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class AskException(CaseCommand):
    """Nobody is near: ask supervision for a gesture above a limit, and promise an answer by ``due_at`` (rule B4)."""

    compensation: str
    amount: Money | None
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerException(CaseCommand):
    """A supervisor's answer to what was asked; ``words`` say why, if it is no."""

    granted: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class AskArea(CaseCommand):
    """Ask an internal area for something; without ``due_at``, by the proposed hour (rule F5 of the desk, C3)."""

    area: str
    what: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerArea(CaseCommand):
    """The area answered, with its ``words``; or, ``needed`` being false, it is no longer needed."""

    request: str
    words: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class HandOver(CaseCommand):
    """Ask somebody to take the case over, the last resort: ``reason`` is one of ``case.HAND_OVERS`` (rule C7)."""

    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class AcceptCase(CaseCommand):
    """Take over the case that was offered."""


@dataclass(frozen=True, slots=True)
class DeclineCase(CaseCommand):
    """Do not take over the case that was offered, and say why."""

    words: str


@dataclass(frozen=True, slots=True)
class KeepCase(CaseCommand):
    """Go on with a case that was offered to somebody else."""


@dataclass(frozen=True, slots=True)
class ScheduleFollowUp(CaseCommand):
    """Schedule the follow-up as the policy says, at the telephone the customer gives (empty: the one on the card)."""

    phone: str = ""


@dataclass(frozen=True, slots=True)
class ParkCase(CaseCommand):
    """Leave the case for a moment."""


@dataclass(frozen=True, slots=True)
class ResumeCase(CaseCommand):
    """Come back to it."""


@dataclass(frozen=True, slots=True)
class CloseCase(CaseCommand):
    """Close it, with the customer's answer."""

    satisfied: bool


@dataclass(frozen=True, slots=True)
class UndoLast(CaseCommand):
    """Take back the last decision of the case.

    ``last`` is what whoever asks sees as the last: a step, ``close``, or ``open`` before any decision.  Empty takes
    back whatever it is.
    """

    last: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPromise(CaseCommand):
    """Say what became of a promise: ``kept``, ``late`` (kept, after its hour) or ``move`` to ``due_at``."""

    promise: str
    outcome: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerFollowUp(CaseCommand):
    """The customer's answer to a follow-up: ``satisfied``, ``not_satisfied`` or ``no_answer``, and their words."""

    follow_up: str
    answer: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class CardCommand:
    """Base of the commands about one customer's card, named by its reference."""

    customer: str


@dataclass(frozen=True, slots=True)
class NameCustomer(CardCommand):
    """Put a customer's name right, and how to call them (empty: the first word of the name)."""

    name: str
    call_name: str = ""


@dataclass(frozen=True, slots=True)
class NotePhone(CardCommand):
    """Note a customer's telephone."""

    phone: str


@dataclass(frozen=True, slots=True)
class MergeCards(CardCommand):
    """``other`` is the same person: its card is read as this one.  Only supervision may."""

    other: str


@dataclass(frozen=True, slots=True)
class UndoMerge(CardCommand):
    """``other`` was somebody else after all.  Only supervision may."""

    other: str


@dataclass(frozen=True, slots=True)
class TeamCommand:
    """Base of the commands about the people who work here."""


@dataclass(frozen=True, slots=True)
class Suggest(TeamCommand):
    """An idea for a better remedy or policy (rule D5)."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerSuggestion(TeamCommand):
    """A supervisor's answer: one of ``team.ANSWERS``; a refusal says why."""

    suggestion: str
    answer: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Praise(TeamCommand):
    """Thank somebody; ``about`` is the folio of a case, or empty (rule D6).  Only supervision may."""

    person: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReadNews(TeamCommand):
    """A praise, or the answer to one's suggestion, was read."""

    item: str


@dataclass(frozen=True, slots=True)
class AcknowledgePolicy(TeamCommand):
    """A version of the policy was read, with its conduct (rules D7, D9)."""

    number: int


Command = OpenCase | CaseCommand | CardCommand | TeamCommand
