"""Facts of the people who work here: suggestions, recognition, and what they have read (rules D5, D6, D7, D9)."""

from __future__ import annotations

from typing import ClassVar

from mesa_recuperacion.domain.facts.base import Fact
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class SuggestionMade(Fact):
    """Somebody's idea for a better remedy or policy."""

    kind: ClassVar[str] = "suggestion.made"
    private: ClassVar[tuple[str, ...]] = ("text",)
    suggestion: str
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class SuggestionAnswered(Fact):
    """A supervisor's answer to a suggestion: ``accept``, ``try`` or ``decline``, and why."""

    kind: ClassVar[str] = "suggestion.answered"
    private: ClassVar[tuple[str, ...]] = ("words",)
    suggestion: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class SuggestionAdopted(Fact):
    """Version ``number`` of the policy, which is published with this, takes up a suggestion that was accepted."""

    kind: ClassVar[str] = "suggestion.adopted"
    suggestion: str
    number: int


@dataclass(frozen=True, slots=True)
class PraiseGiven(Fact):
    """A supervisor thanked ``person``; ``about`` is the folio of a case, or empty."""

    kind: ClassVar[str] = "praise.given"
    private: ClassVar[tuple[str, ...]] = ("text",)
    praise: str
    person: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class NewsRead(Fact):
    """A person read a praise, or what became of their suggestion; ``item`` is its identifier.

    That a version adopted it is an item of its own: ``adopted:`` and the suggestion.
    """

    kind: ClassVar[str] = "news.read"
    person: str
    item: str


@dataclass(frozen=True, slots=True)
class ReviewSigned(Fact):
    """A supervisor signed the report of the days ``first`` to ``last``; the mark of this very line is on it."""

    kind: ClassVar[str] = "review.signed"
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ShiftClosed(Fact):
    """A person ended their shift; the mark of this very line is on the slip that was made of it."""

    kind: ClassVar[str] = "shift.closed"
    person: str


@dataclass(frozen=True, slots=True)
class PolicyAcknowledged(Fact):
    """A person read a version of the policy, and the conduct that goes with it."""

    kind: ClassVar[str] = "policy.acknowledged"
    person: str
    number: int
