"""Promise, follow-up, parking: nobody waits in silence (rules C4, C5, C6)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState, evolve
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import PHONE_LENGTH, clean, display_phone


def promise(command: c.MakePromise, state: CaseState, ctx: Context) -> Decision:
    """What, by when and who owns it; a second hour said in the same call takes the first one back."""
    if state.remedy is None:
        return r.ProblemFirst() if not state.problem else r.NotAuthorised("promise")
    if command.due_at <= ctx.now:
        return r.AlreadyPast(command.due_at)
    standing = state.promise()
    pending = standing is not None and standing.status == "pending"
    if standing and pending and (standing.what, standing.due_at) == (state.remedy.code, command.due_at):
        return ()
    made = f.PromiseMade(ctx.new_id(), state.remedy.code, command.due_at, ctx.actor, state.remedy.area)
    withdrawn: tuple[f.Fact, ...] = (f.StepUndone("promise"),) if pending else ()
    return (*withdrawn, made, *reschedule(state, ctx, command.due_at))


def reschedule(state: CaseState, ctx: Context, promised: datetime) -> tuple[f.Fact, ...]:
    """A follow-up that was scheduled for an earlier promise moves with it."""
    asked = state.follow_up()
    if asked is None or asked.status != "pending":
        return ()
    return (f.FollowUpCancelled(asked.id), _verify(ctx, promised, attempt=asked.attempt))


def _verify(ctx: Context, after: datetime, *, attempt: int) -> f.FollowUpScheduled:
    due_at = follow_up_at(ctx.policy, after)
    return f.FollowUpScheduled(ctx.new_id(), "verify", due_at, ctx.actor, attempt)


def follow_up_at(policy: Policy, after: datetime) -> datetime:
    """When the follow-up of a promise falls due (rule C6): the policy's span later, while the branch is open."""
    return policy.hours.next_open(policy.follow_up_after.after(after, policy.hours))


def schedule(state: CaseState, ctx: Context) -> tuple[f.Fact, ...]:
    """The follow-up of this round as the policy says; nothing if it already stands (rule C6).

    One that was answered otherwise than satisfied while the case was open verifies nothing.
    """
    asked = state.follow_up()
    if asked is not None and asked.status in ("pending", "satisfied"):
        return ()
    standing = state.promise()
    return (_verify(ctx, standing.due_at if standing else ctx.now, attempt=1),)


def follow_up(command: c.ScheduleFollowUp, state: CaseState, ctx: Context) -> Decision:
    """The follow-up by itself; the telephone goes to the customer's card if it is another one."""
    phone = display_phone(clean(command.phone, PHONE_LENGTH))
    noted = (f.PhoneNoted(state.customer, phone),) if phone and phone != ctx.phone(state.customer) else ()
    return (*noted, *schedule(state, ctx))


def park(state: CaseState, ctx: Context) -> Decision:
    """Rule C4: a case is left only with a next contact; without one, the agent's own return is scheduled."""
    if state.status == "parked":
        return ()
    returning = (_return(ctx),) if state.next_contact() is None else ()
    return (*returning, f.CaseParked(state.next_step()))


def _return(ctx: Context) -> f.FollowUpScheduled:
    due_at = ctx.policy.hours.next_open(ctx.policy.park_return.after(ctx.now, ctx.policy.hours))
    return f.FollowUpScheduled(ctx.new_id(), "return", due_at, ctx.actor, 1)


def in_sight(facts: tuple[f.Fact, ...], state: CaseState, ctx: Context) -> tuple[f.Fact, ...]:
    """Rule C4, whatever was decided: if it takes the last contact of a case that stays parked, its return is added."""
    after = state
    for fact in facts:
        if isinstance(fact, f.CaseFact):
            after = evolve(after, f.Entry("", 0, ctx.now, ctx.actor, state.policy, "", state.folio, fact))
    return (*facts, _return(ctx)) if after.status == "parked" and after.next_contact() is None else facts


def resume(state: CaseState) -> Decision:
    """Back to a parked case: the return that parking scheduled has happened."""
    if state.status != "parked":
        return ()
    return (*cancel_returns(state), f.CaseResumed())


def cancel_returns(state: CaseState) -> tuple[f.Fact, ...]:
    """The pending returns of a case are no longer needed once somebody works on it."""
    waiting = (u for u in state.follow_ups if u.purpose == "return" and u.status == "pending")
    return tuple(f.FollowUpCancelled(u.id) for u in waiting)
