"""What screens draw: immutable answers of the store, already free of rows and sessions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.values import dataclass

if TYPE_CHECKING:  # the login is on the screen before the rules are loaded
    from mesa_recuperacion.domain.case import CaseState
    from mesa_recuperacion.domain.money import Money
    from mesa_recuperacion.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here, or (``retired``) no longer does; ``role`` is ``agent`` or ``supervisor``."""

    id: str
    number: int
    name: str
    role: str
    retired: bool = False


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
class Adjustment:
    """A supervisor's change of a budget: ``by``, ``at`` and ``seq`` say who, when and in which line.

    ``undone``: it was taken back; ``undoes`` is the adjustment that it takes back itself (empty: none).
    """

    id: str
    person: str
    period: str
    amount: Money
    by: str
    at: datetime
    seq: int
    reason: str
    undoes: str
    undone: bool


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
class Card:
    """A customer card as it is kept; ``merged_into`` is the card it is read as, empty if it stands on its own.

    ``forgotten``: its customer asked for that, and nothing personal is left of it (rule E3).
    """

    id: str
    name: str
    call_name: str
    phone: str
    merged_into: str = ""
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the desk shows them; ``recent`` counts complaints within the policy's risk window.

    ``broken`` and ``unsatisfied`` count that window's cases with a promise broken, and with a customer who said it was
    not solved (rule D3).  ``name`` is empty for a customer who asked to be forgotten.
    """

    id: str
    name: str
    call_name: str
    phone: str
    complaints: int = 0
    recent: int = 0
    last_at: datetime | None = None
    history: tuple[HistoryLine, ...] = ()
    broken: int = 0
    unsatisfied: int = 0
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A customer's whole file: up to 50 earlier cases, who else has the telephone, and the cards merged into it."""

    customer: Customer
    same_phone: tuple[Card, ...] = ()
    merged: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What a person owes today or owed before.

    ``kind`` is ``promise``, ``verify`` or ``retain`` (calls, rules C6, D12), ``area`` (an internal area's answer),
    ``exception`` (an amount that waits for supervision) or ``action`` (of a root cause analysis, and of no case).
    ``what`` is the remedy's code for a promise (or ``answer``), the problem's for a call, the area's for an area, the
    amount in minor units for an exception, the text of an action.  ``owner`` is the person it belongs to, by name,
    where that is somebody else.
    """

    id: str
    kind: str
    case: str
    customer: str
    what: str
    area: str
    due_at: datetime
    attempt: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A case of a person that is not closed; ``status`` is ``open`` (left by a crash or a lock) or ``parked``.

    ``offered_to`` names whoever was asked to take it over; ``reserved`` is what the customer was offered and gets when
    it is closed, however long that takes: nobody but the agent takes it back (rule B5).
    """

    case: str
    customer: str
    status: str
    step: str
    since: datetime
    started_at: datetime
    offered_to: str = ""
    reserved: Money | None = None


@dataclass(frozen=True, slots=True)
class OfferItem:
    """A case that somebody asks a person to take over, and why (one of ``parts.HAND_OVERS``)."""

    case: str
    customer: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SuggestionItem:
    """A suggestion that waits for its answer; ``by`` is its author's name, ``person`` their reference."""

    id: str
    person: str
    by: str
    text: str
    at: datetime


ADOPTED = "adopted:"
"""What the item of an adopted suggestion begins with; the suggestion follows."""


@dataclass(frozen=True, slots=True)
class News:
    """What a person has to read: ``kind`` is ``praise``, ``answer`` (to their suggestion) or ``adopted`` (it was).

    ``by`` is who wrote it, ``text`` what they wrote; for an answer, ``answer`` is ``accept``, ``try`` or ``decline``
    and ``about`` the suggestion's own text; for a praise, ``about`` is a folio or empty.  ``number`` is the version of
    the policy that adopts a suggestion, ``by`` who published it, ``about`` the suggestion, ``starts_at`` its start.
    """

    id: str
    kind: str
    by: str
    text: str
    at: datetime
    about: str = ""
    answer: str = ""
    number: int = 0
    starts_at: datetime | None = None


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
    """What the idle desk shows.

    ``offered`` are cases that others ask this person to take, ``news`` what they have not read yet, ``praise`` the
    latest they got within a day, ``suggestions`` what waits for an answer (a supervisor's only), ``acknowledged`` the
    version of the policy they have acknowledged, ``policy`` the one that is in force now.
    """

    counts: DayCount
    agenda: tuple[AgendaItem, ...]
    open: tuple[OpenItem, ...]
    drafts: tuple[Draft, ...]
    budget: BudgetView
    offered: tuple[OfferItem, ...] = ()
    news: tuple[News, ...] = ()
    praise: News | None = None
    suggestions: tuple[SuggestionItem, ...] = ()
    acknowledged: int = 0
    policy: Policy | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with the customer it is about, what is usually given for its problem, and the policy it is under.

    ``notes`` are what was noted, and the customer's own words to follow-ups, in order.
    """

    state: CaseState
    customer: Customer
    usual: Money | None
    notes: tuple[str, ...] = ()
    owner_name: str = ""
    policy: Policy | None = None
