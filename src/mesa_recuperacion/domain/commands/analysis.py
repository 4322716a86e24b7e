"""Commands about a root cause analysis (rule D2).  Only supervision may, except for the owner of an action."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.values import dataclass

if TYPE_CHECKING:
    from mesa_recuperacion.domain.review.scope import Behind


@dataclass(frozen=True, slots=True)
class AnalysisCommand:
    """Base of the commands about an analysis."""


@dataclass(frozen=True, slots=True)
class BeginAnalysis(AnalysisCommand):
    """Begin one over a set of cases, with the answer to the first why."""

    behind: Behind
    text: str


@dataclass(frozen=True, slots=True)
class AnswerWhy(AnalysisCommand):
    """The answer to why number ``number``; the next one, or another word for one that was given."""

    analysis: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class NameCause(AnalysisCommand):
    """The root cause; from the second why on."""

    analysis: str
    text: str


@dataclass(frozen=True, slots=True)
class ChooseFamily(AnalysisCommand):
    """The family of the root cause."""

    analysis: str
    family: str


@dataclass(frozen=True, slots=True)
class NameAction(AnalysisCommand):
    """What is done about it; after an answer of its owner, another action."""

    analysis: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnAction(AnalysisCommand):
    """Who does it."""

    analysis: str
    owner: str


@dataclass(frozen=True, slots=True)
class DateAction(AnalysisCommand):
    """When it comes back."""

    analysis: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerAction(AnalysisCommand):
    """Whether it was done, and what happened.  Its owner may, and supervision."""

    analysis: str
    done: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReviewAction(AnalysisCommand):
    """Whether it helped, and what is concluded."""

    analysis: str
    helped: bool
    words: str


@dataclass(frozen=True, slots=True)
class DropAnalysis(AnalysisCommand):
    """Not followed any further, and why."""

    analysis: str
    words: str
