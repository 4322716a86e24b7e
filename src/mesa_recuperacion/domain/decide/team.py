"""Suggestions, recognition and what was read (rules D5, D6, D7, D9)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.text import clean

ANSWERS = ("accept", "try", "decline")
"""What a supervisor may answer to a suggestion, in the order in which it is asked."""


def decide_team(command: c.TeamCommand, ctx: Context) -> Decision:
    """What a command about the people who work here leads to: facts, or why not."""
    match command:
        case c.Suggest(text):
            said = clean(text)
            made = f.SuggestionMade(ctx.new_id(), ctx.actor, said)
            return (made,) if said else r.TextMissing("suggestion")
        case c.AnswerSuggestion():
            return _answer(command, ctx)
        case c.Praise():
            return _praise(command, ctx)
        case c.ReadNews(item):
            return (f.NewsRead(ctx.actor, item),) if ctx.branch.unread(ctx.actor, item) else ()
        case c.SignReview(first, last):
            return (f.ReviewSigned(first, last),) if ctx.supervisor else r.SupervisorNeeded()
        case c.CloseShift():
            return (f.ShiftClosed(ctx.actor),)
        case c.AcknowledgePolicy(number):
            if number != ctx.policy.version:
                return r.NoSuchItem()
            known = ctx.branch.acknowledged(ctx.actor)
            return () if known >= number else (f.PolicyAcknowledged(ctx.actor, number),)
    raise TypeError(f"nobody decides {command!r}")


def _answer(command: c.AnswerSuggestion, ctx: Context) -> Decision:
    """Every suggestion is answered by a supervisor; a refusal says why."""
    if not ctx.supervisor:
        return r.SupervisorNeeded()
    if ctx.branch.suggestion(command.suggestion) is None:
        return r.NoSuchItem()
    if command.answer not in ANSWERS:
        return r.NotAuthorised(command.answer)
    words = clean(command.words)
    if command.answer == "decline" and not words:
        return r.TextMissing("reason")
    return (f.SuggestionAnswered(command.suggestion, command.answer, words),)


def _praise(command: c.Praise, ctx: Context) -> Decision:
    if not ctx.supervisor:
        return r.SupervisorNeeded()
    to, text = ctx.branch.person(command.person), clean(command.text)
    if to is None or to.id == ctx.actor:
        return r.NobodyThere()
    return (f.PraiseGiven(ctx.new_id(), to.id, command.about, text),) if text else r.TextMissing("praise")
