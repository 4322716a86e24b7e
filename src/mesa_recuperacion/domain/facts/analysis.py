"""Facts of a root cause analysis: five whys over a set of cases, what is done about it, and what came of that (D2).

One fact for each answer, so that whoever leaves in the middle has lost nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.domain.facts.base import Fact
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class AnalysisBegun(Fact):
    """Somebody asks why of a set of cases, and what was counted of it at that moment.

    The set is that of a ``review.scope.Behind``: ``grain``, ``first`` and ``last`` (ISO days) are its period,
    ``person``, ``problem`` and ``branch`` its filter; ``choice`` has two members or none, ``minor`` is -1 for any
    amount.  ``cases`` of the ``of`` of those days are in it, ``late`` of them out of time, with ``cost`` in minor
    units.  ``compared`` are the problems that are counted before and after (none: all of the filter).
    """

    kind: ClassVar[str] = "analysis.begun"
    analysis: str
    grain: str
    first: str
    last: str
    person: str
    problem: str
    branch: str
    which: str
    problems: tuple[str, ...]
    choice: tuple[str, ...]
    minor: int
    standing: str
    folios: tuple[str, ...]
    compared: tuple[str, ...]
    cases: int
    of: int
    late: int
    cost: int


@dataclass(frozen=True, slots=True)
class WhyAnswered(Fact):
    """Why number ``number``, 1 to 5; a later answer to the same one takes its place."""

    kind: ClassVar[str] = "analysis.why_answered"
    private: ClassVar[tuple[str, ...]] = ("text",)
    analysis: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class CauseNamed(Fact):
    """The root cause, in words."""

    kind: ClassVar[str] = "analysis.cause_named"
    private: ClassVar[tuple[str, ...]] = ("text",)
    analysis: str
    text: str


@dataclass(frozen=True, slots=True)
class FamilyChosen(Fact):
    """The family of the root cause: one of ``policy.FAMILIES``."""

    kind: ClassVar[str] = "analysis.family_chosen"
    analysis: str
    family: str


@dataclass(frozen=True, slots=True)
class ActionNamed(Fact):
    """What is done so that it does not happen again."""

    kind: ClassVar[str] = "analysis.action_named"
    private: ClassVar[tuple[str, ...]] = ("text",)
    analysis: str
    text: str


@dataclass(frozen=True, slots=True)
class ActionOwned(Fact):
    """Who does it."""

    kind: ClassVar[str] = "analysis.action_owned"
    analysis: str
    owner: str


@dataclass(frozen=True, slots=True)
class ActionDated(Fact):
    """When it comes back; from this moment on the action is agreed."""

    kind: ClassVar[str] = "analysis.action_dated"
    analysis: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ActionAnswered(Fact):
    """Whether the action was done, and what happened, as its owner says it."""

    kind: ClassVar[str] = "analysis.action_answered"
    private: ClassVar[tuple[str, ...]] = ("words",)
    analysis: str
    done: bool
    words: str


@dataclass(frozen=True, slots=True)
class ActionReviewed(Fact):
    """With before and after side by side: whether it helped, and what is concluded.  This ends the analysis."""

    kind: ClassVar[str] = "analysis.reviewed"
    private: ClassVar[tuple[str, ...]] = ("words",)
    analysis: str
    helped: bool
    words: str


@dataclass(frozen=True, slots=True)
class AnalysisDropped(Fact):
    """It is not followed any further, and why."""

    kind: ClassVar[str] = "analysis.dropped"
    private: ClassVar[tuple[str, ...]] = ("words",)
    analysis: str
    words: str
