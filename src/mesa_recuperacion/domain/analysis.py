"""A root cause analysis as its facts add up to it (rule D2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.values import dataclass

WHYS = 5
"""How often why is asked."""

ENOUGH = 2
"""From so many answers on, the root cause can be named."""

AGREEING = ("action", "owner", "date")
"""The questions of an action."""

QUESTIONS = (*(f"why{n}" for n in range(1, WHYS + 1)), "cause", "family", *AGREEING)
"""What is asked, in this order."""

STATES = ("open", "agreed", "answered", "reviewed", "dropped")
"""Questions are left; the action has its date; its owner has answered; it was concluded; it was given up."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a set of cases came to: ``cases`` of the ``of`` of its days, ``late`` out of time, ``cost`` in minor units.

    ``problems`` are those that its figures are counted by (none: whatever its filter lets through).
    """

    cases: int
    of: int
    late: int
    cost: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis.  ``measured`` is what was counted when it was begun; of texts and references, empty is not yet.

    ``agreed_at`` is when the action got its date, ``ended_at`` when it was concluded or given up; ``words`` are the
    last that were said: of the action's owner, of the conclusion, or of why it was given up.
    """

    id: str
    behind: Behind
    measured: Measured
    at: datetime
    by: str
    whys: tuple[str, ...] = ()
    cause: str = ""
    family: str = ""
    action: str = ""
    owner: str = ""
    due_at: datetime | None = None
    agreed_at: datetime | None = None
    state: str = "open"
    done: bool | None = None
    helped: bool | None = None
    words: str = ""
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked in it."""
        return self.ended_at is not None

    @property
    def question(self) -> str:
        """The first of ``QUESTIONS`` that has no answer; empty once all have one."""
        if not self.cause and len(self.whys) < WHYS:
            return f"why{len(self.whys) + 1}"
        given = (("cause", self.cause), ("family", self.family), ("action", self.action), ("owner", self.owner))
        asked = next((name for name, answer in given if not answer), "")
        return asked or ("" if self.due_at is not None else "date")

    def comes_back(self, now: datetime) -> bool:
        """Whether it is to be concluded: its day is there, in the zone of ``now``, or its owner's word."""
        due = self.due_at is not None and self.due_at.astimezone(now.tzinfo).date() <= now.date()
        return self.state == "answered" or (self.state == "agreed" and due)

    def may(self, question: str) -> bool:
        """Whether a question can be answered now: all before it are, or enough whys for a cause."""
        here = QUESTIONS.index(question)
        if question == "cause":
            return len(self.whys) >= ENOUGH
        reached = self.question
        return not reached or here <= QUESTIONS.index(reached)


def begun(analysis: str, behind: Behind, measured: Measured) -> f.AnalysisBegun:
    """The fact that begins an analysis."""
    period, who = behind.scope.period, behind.scope.filter
    return f.AnalysisBegun(
        analysis, period.grain, period.first.isoformat(), period.last.isoformat(), who.person, who.problem, who.branch,
        behind.which, behind.problems, behind.choice if any(behind.choice) else (),
        -1 if behind.minor is None else behind.minor, behind.standing, behind.folios, measured.problems,
        measured.cases, measured.of, measured.late, measured.cost,
    )  # fmt: skip


def behind_of(fact: f.AnalysisBegun) -> Behind:
    """The set of cases that a fact names."""
    period = Period(fact.grain, date.fromisoformat(fact.first), date.fromisoformat(fact.last))
    kind, code = fact.choice or ("", "")
    return Behind(
        Scope(period, Filter(fact.person, fact.problem, fact.branch)), fact.which, fact.problems, (kind, code),
        None if fact.minor < 0 else fact.minor, fact.standing, fact.folios,
    )  # fmt: skip


AnalysisFact = (
    f.AnalysisBegun | f.WhyAnswered | f.CauseNamed | f.FamilyChosen | f.ActionNamed | f.ActionOwned | f.ActionDated
    | f.ActionAnswered | f.ActionReviewed | f.AnalysisDropped
)  # fmt: skip


def follow(analysis: Analysis | None, entry: f.Entry, fact: AnalysisFact) -> Analysis:
    """The analysis after a fact of it.  Raises ``ValueError`` for one that was never begun, or begun twice."""
    if isinstance(fact, f.AnalysisBegun):
        if analysis is not None:
            raise ValueError(f"{fact.analysis}: begun twice")
        counted = Measured(fact.cases, fact.of, fact.late, fact.cost, fact.compared)
        return Analysis(fact.analysis, behind_of(fact), counted, entry.at, entry.actor)
    if analysis is None:
        raise ValueError(f"{fact.analysis}: no such analysis")
    return _asked(analysis, fact) if not isinstance(fact, _FOLLOWED) else _acted(analysis, entry, fact)


_FOLLOWED = (f.ActionDated, f.ActionAnswered, f.ActionReviewed, f.AnalysisDropped)


def _asked(analysis: Analysis, fact: AnalysisFact) -> Analysis:
    match fact:
        case f.WhyAnswered(_, number, text):
            whys = (*analysis.whys[: number - 1], text, *analysis.whys[number:])
            return replace(analysis, whys=whys)
        case f.CauseNamed(_, text):
            return replace(analysis, cause=text)
        case f.FamilyChosen(_, family):
            return replace(analysis, family=family)
        case f.ActionNamed(_, text):
            if analysis.state == "answered":  # that one was tried: another is agreed from the beginning
                return replace(
                    analysis, action=text, owner="", due_at=None, agreed_at=None, done=None, words="", state="open"
                )
            return replace(analysis, action=text)
        case f.ActionOwned(_, owner):
            return replace(analysis, owner=owner)
    raise TypeError(f"nobody follows {fact!r}")


def _acted(analysis: Analysis, entry: f.Entry, fact: AnalysisFact) -> Analysis:
    match fact:
        case f.ActionDated(_, due_at):
            return replace(
                analysis, due_at=due_at, agreed_at=analysis.agreed_at or entry.at, state="agreed", done=None, words=""
            )  # fmt: skip
        case f.ActionAnswered(_, done, words):
            return replace(analysis, done=done, words=words, state="answered")
        case f.ActionReviewed(_, helped, words):
            return replace(analysis, helped=helped, words=words, state="reviewed", ended_at=entry.at)
        case f.AnalysisDropped(_, words):
            return replace(analysis, words=words, state="dropped", ended_at=entry.at)
    raise TypeError(f"nobody follows {fact!r}")
