"""Promises and follow-ups that are due: what became of them (rule C6)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.contact import reschedule
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.text import clean


def is_for_supervision(command: c.CaseCommand, state: CaseState, ctx: Context) -> bool:
    """Whether this is a supervisor's to answer, whoever's case it is.

    A wish, a late area, and what nobody settled or whose owner no longer works here.
    """
    if not ctx.supervisor:
        return False
    match command:
        case c.AnswerException():
            return True
        case c.AnswerPromise(_, promise):
            return any(p.id == promise and p.owner == SUPERVISION for p in state.promises)
        case c.AnswerFollowUp(_, follow_up):
            return any(u.id == follow_up and u.owner == SUPERVISION for u in state.follow_ups)
        case c.AnswerArea(_, request):
            return any(x.id == request and (x.owner == SUPERVISION or x.due_at < ctx.now) for x in state.requests)
    return False


def answer_promise(command: c.AnswerPromise, state: CaseState, ctx: Context) -> Decision:
    """Kept (on time or late), or another hour: moved if it had not passed yet, broken and promised again if it had.

    The follow-up that verifies it moves with it; an answer that was promised is verified by nothing.
    """
    promise = next((p for p in state.promises if p.id == command.promise and p.status == "pending"), None)
    if promise is None:
        return r.NoSuchPending()
    if command.outcome in ("kept", "late"):
        return (f.PromiseKept(promise.id, command.outcome == "late"),)
    if command.due_at is None or command.due_at <= ctx.now:
        return r.AlreadyPast(command.due_at or ctx.now)
    moved = reschedule(state, ctx, command.due_at) if promise == state.promise() else ()
    if ctx.now <= promise.due_at:
        return (f.PromiseMoved(promise.id, command.due_at), *moved)
    again = f.PromiseMade(ctx.new_id(), promise.what, command.due_at, promise.owner, promise.area)
    return (f.PromiseBroken(promise.id), again, *moved)


def answer_follow_up(command: c.AnswerFollowUp, state: CaseState, ctx: Context) -> Decision:
    """Satisfied, not satisfied (the case opens again, its first clock kept), or no answer (asked again, passed on).

    The answer is the customer's own; their words are kept as they were typed.
    """
    waiting = (u for u in state.follow_ups if u.id == command.follow_up and u.status == "pending")
    asked = next((u for u in waiting if u.purpose != "return"), None)  # coming back asks the customer nothing
    if asked is None:
        return r.NoSuchPending()
    answered = f.FollowUpAnswered(asked.id, command.answer, clean(command.words))
    match command.answer:
        case "satisfied":
            return (answered,)
        case "not_satisfied":
            return (answered, f.CaseReopened()) if state.status == "closed" else (answered,)
        case "no_answer":
            policy = ctx.policy
            due_at = policy.hours.next_open(policy.retry_after.after(ctx.now, policy.hours))
            owner = asked.owner if asked.attempt <= policy.retries else SUPERVISION
            again = f.FollowUpScheduled(ctx.new_id(), asked.purpose, due_at, owner, asked.attempt + 1)
            return (answered, again)
    return r.NotAuthorised(command.answer)
