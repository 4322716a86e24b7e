"""Commands about customers' cards, and about the people who work here."""

from __future__ import annotations

from mesa_recuperacion.domain.values import dataclass


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
class ForgetCustomer(CardCommand):
    """Erase whatever is personal of a customer, for good.  Only supervision may, and signs for it (rule E3)."""


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


@dataclass(frozen=True, slots=True)
class SignReview(TeamCommand):
    """A supervisor signs the report of some days, written as dates (rule E1)."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class CloseShift(TeamCommand):
    """Whoever is at the desk ends their shift (rule E1)."""
