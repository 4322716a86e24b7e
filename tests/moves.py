"""Whatever anybody may ask of a branch, right or wrong: a script of moves, for properties.

A move is a kind of command, two numbers that choose among what there is, and one that chooses who asks.  The same moves
are made in memory and on a real file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.analysis import Analysis
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.team import ANSWERS
from mesa_recuperacion.domain.money import MAX_MINOR, Money
from mesa_recuperacion.domain.parts import HAND_OVERS, OPEN, OVERRUNS
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.policy import FAMILIES, Policy, Problem
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.domain.script import STEPS
from mesa_recuperacion.domain.views import Adjustment, Person
from tests.desk import shipped

T = TypeVar("T")
Kind = type[c.Command] | None
"""A kind of command; ``None``: time goes by, or back."""

Move = tuple[Kind, int, int, int]
"""What is tried, on which case, the number that decides the rest, and who tries it."""


def tight() -> Policy:
    """The policy that we ship with less money, so that its limits are soon met."""
    policy = shipped()
    return replace(policy, budget=Money(9_000, "MXN"), reserve=Money(45_000, "MXN"), period="week")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a move chooses from: the case it is about, and what the branch knows."""

    number: int
    now: datetime
    policy: Policy
    state: CaseState | None
    customers: Sequence[str]
    staff: Sequence[Person]
    items: Sequence[str] = ()
    analyses: Sequence[Analysis] = ()
    adjustments: Sequence[Adjustment] = ()

    @property
    def people(self) -> list[str]:
        """Who works here and who did."""
        return [person.id for person in self.staff]

    def who(self, *, retired: bool = False, role: str = "") -> list[str]:
        """Who works here, or who did; of one role only, if it is named."""
        return [p.id for p in self.staff if p.retired == retired and role in ("", p.role)]

    @property
    def case(self) -> str:
        """The folio of the case, or of one that is not there."""
        return self.state.folio if self.state else "CEN-1999"

    @property
    def problem(self) -> Problem:
        """The problem of the case, or any."""
        known = self.policy.problem(self.state.problem) if self.state else None
        return known or self.any(self.policy.problems)

    def any(self, among: Sequence[T]) -> T:
        """One of several."""
        return among[self.number % len(among)]

    def one(self, among: Sequence[str]) -> str:
        """One of several, or once in a while something that is not there."""
        return "nobody" if not among or self.number % 13 == 12 else among[self.number % len(among)]

    @property
    def later(self) -> datetime:
        """An hour of the next days, or one that has passed."""
        return self.now + timedelta(minutes=self.number * 9 - 90)

    @property
    def words(self) -> str:
        """A few words, or none."""
        return " \u200b " if self.number % 7 == 6 else "lleva\ndos meses"

    @property
    def asked(self) -> tuple[str, Money | None]:
        """A gesture: a listed one, an amount of one's own that may be above every limit, or nonsense."""
        if self.number % 3 == 0:
            listed = self.problem.compensations
            return self.any(listed).code, None
        currency = "USD" if self.number % 17 == 16 else "MXN"
        return ("own" if self.number % 11 else "unicorn"), Money(self.number * 45 - 900, currency)

    @property
    def behind(self) -> Behind:
        """All cases of a week, or just the one."""
        scope = Scope(week_of(self.now.date()))
        return Behind(scope, folios=(self.case,)) if self.number % 3 == 0 else Behind(scope)

    def pending(self, kind: str) -> list[str]:
        """What waits in the case: ``promises``, ``follow_ups`` or ``requests``."""
        return [x.id for x in getattr(self.state, kind, ()) if x.status == "pending"]


def _identify(t: Turn) -> c.Command:
    return c.IdentifyProblem(t.case, "bad_luck" if t.number % 19 == 18 else t.any(t.policy.problems).code, t.words)


def _undo(t: Turn) -> c.Command:
    decided = t.state.decided if t.state else ()
    return c.UndoLast(t.case, t.any(["", "", "", "close", "open", *decided]))


def _analysed(t: Turn) -> c.Command:
    """What the last analysis waits for: its next question, its owner's answer, its end."""
    found = t.analyses[-1] if t.analyses else None
    if found is None or found.is_over:
        return c.BeginAnalysis(t.behind, t.words)
    question, which = found.question, found.id
    if question.startswith("why") and not (len(found.whys) > 1 and t.number % 3):
        return c.AnswerWhy(which, len(found.whys) + 1, t.words)
    if not question:
        answered = found.state == "answered" or t.number % 3 == 1
        return (_ANALYSED[c.ReviewAction] if answered else _ANALYSED[c.AnswerAction])(replace(t, items=(which,)))
    kinds = {"cause": c.NameCause, "family": c.ChooseFamily, "action": c.NameAction, "owner": c.OwnAction}
    kind = c.DateAction if question == "date" else kinds.get(question, c.NameCause)
    return _ANALYSED[kind](replace(t, items=(which,)))


def _retire(t: Turn) -> c.Command:
    """Mostly of the agents, so that there is somebody to talk about."""
    return c.RetirePerson(t.one(t.people if t.number % 4 == 0 else t.who(role="agent")))


def _adjust(t: Turn) -> c.Command:
    """A little more or less for somebody or the reserve; now and then far too much, or in other money."""
    minor = (t.number * 37) % 4_001 - 1_500
    minor = -10 * minor if t.number % 11 == 5 else MAX_MINOR if t.number % 11 == 7 else minor
    amount = Money(0 if t.number % 23 == 22 else minor, "USD" if t.number % 17 == 16 else t.policy.currency)
    return c.AdjustBudget(t.one([*t.people, RESERVE]), amount, t.words)


def _undo_adjustment(t: Turn) -> c.Command:
    made = t.any(t.adjustments[-3:]) if t.adjustments else None
    if made is None or t.number % 7 == 6:
        return c.UndoAdjustment(t.one(t.people), "never")
    return c.UndoAdjustment(made.person, made.id)


_ANALYSED: dict[type[c.Command], Callable[[Turn], c.Command]] = {
    c.BeginAnalysis: lambda t: c.BeginAnalysis(t.behind, t.words),
    c.AnswerWhy: lambda t: c.AnswerWhy(t.one(t.items[::-1]), t.number % 7, t.words),
    c.NameCause: lambda t: c.NameCause(t.one(t.items[::-1]), t.words),
    c.ChooseFamily: lambda t: c.ChooseFamily(t.one(t.items[::-1]), t.one(FAMILIES)),
    c.NameAction: lambda t: c.NameAction(t.one(t.items[::-1]), t.words),
    c.OwnAction: lambda t: c.OwnAction(t.one(t.items[::-1]), t.one(t.people)),
    c.DateAction: lambda t: c.DateAction(t.one(t.items[::-1]), t.later),
    c.AnswerAction: lambda t: c.AnswerAction(t.one(t.items[::-1]), t.number % 2 > 0, t.words),
    c.ReviewAction: lambda t: c.ReviewAction(t.one(t.items[::-1]), t.number % 2 > 0, t.words),
    c.DropAnalysis: lambda t: c.DropAnalysis(t.one(t.items[::-1]), t.words),
}

MADE: dict[type[c.Command], Callable[[Turn], c.Command]] = {
    c.OpenCase: lambda t: (
        c.OpenCase(t.now - timedelta(seconds=t.number % 90 - 10), name="" if t.number % 9 == 8 else "Marta Ruiz")
        if t.number % 2 or not t.customers
        else c.OpenCase(t.now, customer=t.one(t.customers))
    ),
    c.SayStep: lambda t: c.SayStep(t.case, t.one(STEPS)),
    c.IdentifyProblem: _identify,
    c.AddNote: lambda t: c.AddNote(t.case, t.words),
    c.ChooseRemedy: lambda t: c.ChooseRemedy(t.case, t.one([x.code for x in t.problem.remedies])),
    c.GrantCompensation: lambda t: c.GrantCompensation(t.case, *t.asked),
    c.DeclineCompensation: lambda t: c.DeclineCompensation(t.case, t.words),
    c.MakePromise: lambda t: c.MakePromise(t.case, t.later, keep=t.number % 3 > 0),
    c.PromiseAnswer: lambda t: c.PromiseAnswer(t.case, t.later),
    c.ExplainOverrun: lambda t: c.ExplainOverrun(t.case, t.one(OVERRUNS)),
    c.RecordStatutory: lambda t: c.RecordStatutory(t.case, Money(t.number * 77 - 400, "MXN") if t.number % 8 else None),
    c.WaiveStatutory: lambda t: c.WaiveStatutory(t.case, t.words),
    c.ScheduleFollowUp: lambda t: c.ScheduleFollowUp(t.case, f"55{t.number:08}" if t.number % 2 else ""),
    c.ParkCase: lambda t: c.ParkCase(t.case),
    c.ResumeCase: lambda t: c.ResumeCase(t.case),
    c.CloseCase: lambda t: c.CloseCase(t.case, t.number % 3 > 0),
    c.UndoLast: _undo,
    c.AnswerPromise: lambda t: c.AnswerPromise(
        t.case, t.one(t.pending("promises")), t.any(["kept", "late", "move", "move"]), t.later
    ),
    c.AnswerFollowUp: lambda t: c.AnswerFollowUp(
        t.case, t.one(t.pending("follow_ups")), t.one(["satisfied", "not_satisfied", "no_answer"]), t.words
    ),
    c.AuthoriseException: lambda t: c.AuthoriseException(t.case, *t.asked, t.words, t.one(t.people)),
    c.AskException: lambda t: c.AskException(t.case, *t.asked, t.words, t.later),
    c.AnswerException: lambda t: c.AnswerException(t.case, t.number % 3 > 0, t.words),
    c.AskArea: lambda t: c.AskArea(
        t.case, t.one([a.code for a in t.policy.areas]), t.words, t.later if t.number % 2 else None
    ),
    c.AnswerArea: lambda t: c.AnswerArea(t.case, t.one(t.pending("requests")), t.words, needed=t.number % 4 > 0),
    c.HandOver: lambda t: c.HandOver(t.case, t.one(t.people), t.one(HAND_OVERS)),
    c.AcceptCase: lambda t: c.AcceptCase(t.case),
    c.DeclineCase: lambda t: c.DeclineCase(t.case, t.words),
    c.KeepCase: lambda t: c.KeepCase(t.case),
    c.NameCustomer: lambda t: c.NameCustomer(t.one(t.customers), t.words, t.words),
    c.NotePhone: lambda t: c.NotePhone(t.one(t.customers), f"55{t.number:08}"),
    c.MergeCards: lambda t: c.MergeCards(t.one(t.customers), t.one(t.customers[::-1])),
    c.UndoMerge: lambda t: c.UndoMerge(t.one(t.customers), t.one(t.customers[::-1])),
    c.ForgetCustomer: lambda t: c.ForgetCustomer(t.one(t.customers)),
    c.Suggest: lambda t: c.Suggest(t.words),
    c.AnswerSuggestion: lambda t: c.AnswerSuggestion(t.one(t.items), t.one(ANSWERS), t.words),
    c.Praise: lambda t: c.Praise(t.one(t.people), t.words, t.case),
    c.ReadNews: lambda t: c.ReadNews(t.one(t.items)),
    c.AcknowledgePolicy: lambda t: c.AcknowledgePolicy(t.number % 3),
    c.CloseShift: lambda t: c.CloseShift(),
    c.SignReview: lambda t: c.SignReview("2026-03-01", "2026-03-31"),
    c.RenamePerson: lambda t: c.RenamePerson(t.one(t.people), t.any(["", "Ana Torres", t.words])),
    c.ChangeRole: lambda t: c.ChangeRole(t.one(t.people), t.any(["agent", "agent", "supervisor", "agent", "owner"])),
    c.RetirePerson: _retire,
    c.ReturnPerson: lambda t: c.ReturnPerson(t.one(t.who(retired=True) or t.people)),
    c.TakeCases: lambda t: c.TakeCases(t.one(t.people)),
    c.AdjustBudget: _adjust,
    c.UndoAdjustment: _undo_adjustment,
    **{kind: lambda t, made=made: _analysed(t) if t.number % 4 else made(t) for kind, made in _ANALYSED.items()},
}
"""How each kind of command is made."""

_OFTEN: dict[Kind, int] = {
    None: 9, c.OpenCase: 3, c.IdentifyProblem: 6, c.ChooseRemedy: 5, c.GrantCompensation: 6, c.MakePromise: 4,
    c.CloseCase: 5, c.UndoLast: 5, c.AnswerFollowUp: 5, c.AnswerPromise: 4, c.AuthoriseException: 5,
    c.AskException: 3, c.AnswerException: 4, c.HandOver: 3, c.AcceptCase: 3, c.MergeCards: 2,
    c.ReturnPerson: 3, c.AdjustBudget: 2, c.ExplainOverrun: 3, c.AnswerAction: 2, c.ReviewAction: 2,
    c.RecordStatutory: 3,
}  # fmt: skip

_FIT: dict[type[c.Command], Callable[[CaseState], bool]] = {
    c.AcceptCase: lambda s: s.offer is not None,
    c.DeclineCase: lambda s: s.offer is not None,
    c.KeepCase: lambda s: s.offer is not None,
    c.ResumeCase: lambda s: s.status == "parked",
    c.AnswerException: lambda s: s.wish is not None and s.wish.status == "pending",
    c.AnswerPromise: lambda s: any(p.status == "pending" for p in s.promises),
    c.AnswerFollowUp: lambda s: any(u.status == "pending" and u.purpose != "return" for u in s.follow_ups),
    c.AnswerArea: lambda s: any(x.status == "pending" for x in s.requests),
    c.MakePromise: lambda s: s.remedy is not None and s.status in OPEN,
    c.UndoLast: lambda s: bool(s.decided),
    c.AddNote: lambda s: True,
}
_NEEDS_PROBLEM = (
    c.ChooseRemedy, c.GrantCompensation, c.AuthoriseException, c.AskException, c.RecordStatutory, c.WaiveStatutory,
)  # fmt: skip


def _fits(kind: Kind, state: CaseState) -> bool:
    if kind in _NEEDS_PROBLEM:
        return bool(state.problem) and state.status in OPEN
    return _FIT[kind](state) if kind in _FIT else state.status in OPEN


_BEFORE: dict[Kind, Kind] = {
    c.AcceptCase: c.HandOver, c.DeclineCase: c.HandOver, c.KeepCase: c.HandOver, c.ResumeCase: c.ParkCase,
    c.AnswerException: c.AskException, c.AnswerPromise: c.MakePromise,
    c.AnswerFollowUp: c.CloseCase, c.AnswerArea: c.AskArea, c.MakePromise: c.ChooseRemedy,
    c.UndoLast: c.IdentifyProblem, **dict.fromkeys(_NEEDS_PROBLEM, c.IdentifyProblem),
}  # fmt: skip
"""What has to happen before a move makes sense; of the others, that a case is opened."""


def chosen(kind: Kind, states: Sequence[CaseState], where: int, number: int) -> tuple[Kind, CaseState | None]:
    """The kind of command to try and the case that it is about.

    Mostly one of the last for which it makes sense; if there is none, what has to happen before.  Now and then it is
    tried on any case, or on none at all.
    """
    if kind is None or not issubclass(kind, c.CaseCommand) or number % 41 == 40 or not states:
        return kind, None
    if number % 10 == 0:
        return kind, states[where % len(states)]
    while kind is not c.OpenCase:
        fit = [state for state in states if _fits(kind, state)][-3:]
        if fit:
            return kind, fit[where % len(fit)]
        kind = _BEFORE.get(kind, c.OpenCase)
    return kind, None


_SUPERVISED = (
    c.AnswerException, c.MergeCards, c.UndoMerge, c.AnswerSuggestion, c.Praise, c.AnalysisCommand, c.StaffCommand,
    c.ForgetCustomer,
)  # fmt: skip


_EVERY: list[Kind] = [kind for kind in (None, *MADE) for _ in range(_OFTEN.get(kind, 1))]


def drawn(seed: int, length: int) -> list[Move]:
    """The script of a seed; what is rare in a branch is rare in it."""
    draw = Random(seed)
    return [(draw.choice(_EVERY), draw.randrange(6), draw.randrange(1000), draw.randrange(20)) for _ in range(length)]


def scripts(longest: int) -> st.SearchStrategy[list[Move]]:
    """Scripts of at most so many moves.

    Each is drawn from a seed: moves that know nothing of one another reach further than those that Hypothesis varies.
    One that fails is made shorter, and its end is the move that fails.
    """
    return st.builds(drawn, st.integers(0, 2**32), st.integers(longest // 2, longest))


def asker(kind: Kind, turn: Turn, who: int) -> str:
    """Who asks: mostly whoever may, else anybody, also who no longer works here."""
    state, here, supervisors = turn.state, turn.who(), turn.who(role="supervisor")
    if who < 4:
        return turn.people[who % len(turn.people)]
    if state is not None and state.offer is not None and kind in (c.AcceptCase, c.DeclineCase):
        return state.offer.to
    retaining = kind is c.AnswerFollowUp and who % 2
    if (kind is not None and issubclass(kind, _SUPERVISED)) or retaining:
        return supervisors[who % len(supervisors)]
    return state.owner if state is not None and kind is not c.OpenCase else here[who % len(here)]


def seconds(number: int) -> float:
    """How much time goes by: seconds mostly, sometimes hours or days, now and then back."""
    if number % 3 == 0:
        return number % 61
    if number % 3 == 1:
        return (number % 50) * 1800.5
    return (number - 400) * 700
