"""A root cause analysis, from the first why to what the action achieved (rules D2, E2)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.analysis import WHYS, Analysis, begun
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.policy import FAMILIES
from mesa_recuperacion.domain.text import clean


def decide_analysis(command: c.AnalysisCommand, ctx: Context) -> Decision:
    """What a command about an analysis leads to: facts, or why not."""
    if isinstance(command, c.BeginAnalysis):
        return _begin(command, ctx) if ctx.supervisor else r.SupervisorNeeded()
    analysis = ctx.branch.analysis(str(getattr(command, "analysis", "")))
    if not ctx.supervisor and not _is_own(command, analysis, ctx):
        return r.SupervisorNeeded()
    if analysis is None:
        return r.UnknownAnalysis()
    if analysis.is_over:
        return r.AnalysisOver()
    return _answer(command, analysis, ctx)


def _is_own(command: c.AnalysisCommand, analysis: Analysis | None, ctx: Context) -> bool:
    """Whether somebody answers for an action that they own: the one thing that takes no supervisor."""
    return isinstance(command, c.AnswerAction) and analysis is not None and analysis.owner == ctx.actor


def _begin(command: c.BeginAnalysis, ctx: Context) -> Decision:
    text = clean(command.text)
    if not text:
        return r.TextMissing("why")
    measured = ctx.branch.measured(command.behind)
    if not measured.cases:
        return r.NothingBehind()
    which = ctx.new_id()
    return (begun(which, command.behind, measured), f.WhyAnswered(which, 1, text))


def _answer(command: c.AnalysisCommand, analysis: Analysis, ctx: Context) -> Decision:
    match command:
        case c.AnswerWhy(_, number, text):
            return _why(analysis, number, clean(text))
        case c.NameCause(_, text):
            said = clean(text)
            return _in_turn(analysis, "cause", said, f.CauseNamed(analysis.id, said))
        case c.ChooseFamily(_, family):
            fact = f.FamilyChosen(analysis.id, family)
            return _in_turn(analysis, "family", family, fact) if family in FAMILIES else r.NotAChoice()
        case c.NameAction(_, text):
            said = clean(text)
            return _in_turn(analysis, "action", said, f.ActionNamed(analysis.id, said))
        case c.OwnAction(_, owner):
            who = ctx.branch.person(owner)
            if who is None or who.retired:
                return r.NobodyThere()
            return _in_turn(analysis, "owner", who.id, f.ActionOwned(analysis.id, who.id))
        case c.DateAction(_, due_at):
            if due_at <= ctx.now:
                return r.AlreadyPast(due_at)
            return _in_turn(analysis, "date", "date", f.ActionDated(analysis.id, due_at))
    return _end(command, analysis, ctx)


def _end(command: c.AnalysisCommand, analysis: Analysis, ctx: Context) -> Decision:
    match command:
        case c.AnswerAction(_, done, words):
            said = clean(words)
            if analysis.state != "agreed":
                return r.NoSuchItem()
            return (f.ActionAnswered(analysis.id, done, said),) if done or said else r.TextMissing("outcome")
        case c.ReviewAction(_, helped, words):
            return _review(analysis, helped, clean(words), ctx)
        case c.DropAnalysis(_, words):
            said = clean(words)
            return (f.AnalysisDropped(analysis.id, said),) if said else r.TextMissing("dropped")
    raise TypeError(f"nobody decides {command!r}")


def _why(analysis: Analysis, number: int, text: str) -> Decision:
    """The next why, or another answer to one that was given."""
    if not 1 <= number <= WHYS:
        return r.NotAChoice()
    if not text:
        return r.TextMissing("why")
    if number > len(analysis.whys) + 1:
        return r.AskedFirst(f"why{len(analysis.whys) + 1}")
    return (f.WhyAnswered(analysis.id, number, text),)


def _in_turn(analysis: Analysis, question: str, text: str, fact: f.Fact) -> Decision:
    """The fact, if what is asked before it has its answer."""
    if not text:
        return r.TextMissing(question)
    if not analysis.may(question):
        first = analysis.question
        return r.AskedFirst("cause" if first.startswith("why") and analysis.may("cause") else first)
    return (fact,)


def _review(analysis: Analysis, helped: bool, words: str, ctx: Context) -> Decision:
    """It is concluded from its day on, or once its owner has answered; before, nothing can have come of it yet."""
    if analysis.due_at is None:
        return r.AskedFirst(analysis.question or "date")
    if not analysis.comes_back(ctx.now.astimezone(ctx.policy.hours.zone)):
        return r.NotYetDue(analysis.due_at)
    return (f.ActionReviewed(analysis.id, helped, words),) if words else r.TextMissing("outcome")
