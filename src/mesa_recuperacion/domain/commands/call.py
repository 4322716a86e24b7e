"""Commands of a call: its steps, its ways out, and what is answered later."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass


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
