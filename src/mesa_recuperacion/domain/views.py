"""What screens draw: immutable answers of the store, already free of rows and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the login is on the screen before the rules are loaded
    from mesa_recuperacion.domain.case import CaseState
    from mesa_recuperacion.domain.money import Money
    from mesa_recuperacion.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; ``role`` is ``agent`` or ``supervisor``."""

    id: str
    number: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class BudgetView:
    """A person's budget of the current period."""

    period: str
    funded: Money
    reserved: Money
    spent: Money

    @property
    def left(self) -> Money:
        """What may still be spent without asking."""
        return self.funded - self.reserved - self.spent


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An earlier case of a customer, for the lookup and the file."""

    case: str
    at: datetime
    problem: str
    remedy: str
    compensation: Money | None
    status: str
    satisfied: bool | None


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer card as the desk shows it; ``recent`` counts complaints within the policy's risk window.

    ``name`` is empty for a customer who asked to be forgotten.
    """

    id: str
    name: str
    call_name: str
    phone: str
    complaints: int = 0
    recent: int = 0
    last_at: datetime | None = None
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A promise (``promise``) or follow-up (``verify``) of a person that is due today or was due before.

    ``what`` is the remedy's code for a promise and the problem's for a follow-up.
    """

    id: str
    kind: str
    case: str
    customer: str
    what: str
    area: str
    due_at: datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A case of a person that is not closed; ``status`` is ``open`` (left by a crash or a lock) or ``parked``."""

    case: str
    customer: str
    status: str
    step: str
    since: datetime
    started_at: datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """A person's cases closed today."""

    cases: int
    on_time: int
    first_contact: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person had half done: ``slot`` is a folio, or empty before a case exists; ``line`` what was typed."""

    slot: str
    stage: str
    line: str
    started_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """What the idle desk shows."""

    counts: DayCount
    agenda: tuple[AgendaItem, ...]
    open: tuple[OpenItem, ...]
    drafts: tuple[Draft, ...]
    budget: BudgetView


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with the customer it is about, what is usually given for its problem, and the policy it is under."""

    state: CaseState
    customer: Customer
    usual: Money | None
    notes: tuple[str, ...] = ()
    owner_name: str = ""
    policy: Policy | None = None
