"""Asking an internal area without letting go of the customer (rules C3, C4, C5)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.areas import deadline
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.text import clean


def ask(command: c.AskArea, state: CaseState, ctx: Context) -> Decision:
    """One line to an area, by the hour that is said, else by the one that its response time and the promise give.

    What was promised in a case that is closed is asked for as well.
    """
    area, what = ctx.policy.area(command.area), clean(command.what)
    if state.status == "withdrawn":
        return r.CaseNotOpen(command.case)
    if area is None:
        return r.NotAuthorised(command.area)
    if not what:
        return r.TextMissing("area")
    if command.due_at is not None and command.due_at <= ctx.now:
        return r.AlreadyPast(command.due_at)
    promise = state.promise()
    promised = promise.due_at if promise is not None and promise.status == "pending" else None
    due_at = command.due_at or deadline(area, ctx.policy, ctx.now, promised)
    return (f.AreaAsked(ctx.new_id(), area.code, what, due_at, ctx.actor),)


def answer(command: c.AnswerArea, state: CaseState, ctx: Context) -> Decision:
    """What the area answered, when it came; late is what came after its hour."""
    asked = next((x for x in state.requests if x.id == command.request and x.status == "pending"), None)
    if asked is None:
        return r.NoSuchPending()
    if not command.needed:
        return (f.AreaWithdrawn(asked.id),)
    return (f.AreaAnswered(asked.id, ctx.now > asked.due_at, clean(command.words)),)
