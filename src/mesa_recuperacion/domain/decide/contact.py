"""Promise, follow-up, parking: nobody waits in silence (rules C4, C5, C6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.areas import deadline, honest, response_at
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide import retention
from mesa_recuperacion.domain.decide.card import standing_card
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.evolve import evolve
from mesa_recuperacion.domain.parts import ANSWER, OPEN, FollowUp
from mesa_recuperacion.domain.policy import Policy, sayable
from mesa_recuperacion.domain.text import PHONE_LENGTH, clean, display_phone


def promise(command: c.MakePromise, state: CaseState, ctx: Context) -> Decision:
    """What, by when and who owns it; a second hour said in the same call takes the first one back.

    An hour before its area answers is questioned first.
    """
    if state.remedy is None:
        return r.ProblemFirst() if not state.problem else r.NotAuthorised("promise")
    if command.due_at <= ctx.now:
        return r.AlreadyPast(command.due_at)
    standing = state.promise()
    pending = standing is not None and standing.status == "pending"
    if standing and pending and (standing.what, standing.due_at) == (state.remedy.code, command.due_at):
        return ()
    told = _area_in_time(command, state, ctx)
    if isinstance(told, r.Refusal):
        return told
    made = f.PromiseMade(ctx.new_id(), state.remedy.code, command.due_at, ctx.actor, state.remedy.area)
    withdrawn: tuple[f.Fact, ...] = (f.StepUndone("promise"),) if pending else ()
    return (*withdrawn, made, *told, *reschedule(state, ctx, command.due_at))


def _area_in_time(command: c.MakePromise, state: CaseState, ctx: Context) -> Decision:
    """Rule C5: whether the remedy's area answers before that hour; who keeps to an earlier one asks the area for it."""
    area = ctx.policy.area(state.remedy.area) if state.remedy else None
    if state.remedy is None or area is None:
        return ()
    asked = state.request(area.code)
    if asked is not None:
        ready, can = asked.due_at, sayable(asked.due_at, ctx.policy.hours)
    else:  # the remedy's own hour was keepable when it was chosen: it is not questioned a minute later
        ready = min(response_at(area, ctx.policy, ctx.now), state.remedy.due_at)
        can = honest(area, ctx.policy, ctx.now)
    if command.due_at >= ready:
        return ()
    if not command.keep:
        return r.AreaLater(area.code, ready, can)
    sooner = f.AreaAsked(ctx.new_id(), area.code, asked.what if asked else "",
                         deadline(area, ctx.policy, ctx.now, command.due_at), ctx.actor)  # fmt: skip
    return (f.AreaWithdrawn(asked.id), sooner) if asked is not None else (sooner,)


def promise_answer(command: c.PromiseAnswer, state: CaseState, ctx: Context) -> Decision:
    """An answer by an hour, whatever else is still open; another hour moves the one that was promised."""
    if command.due_at <= ctx.now:
        return r.AlreadyPast(command.due_at)
    return answer_by(command.due_at, state, ctx)[1]


def answer_by(due_at: datetime, state: CaseState, ctx: Context) -> tuple[str, tuple[f.Fact, ...]]:
    """The promise of an answer by an hour, and the facts that make it; there is one at a time.

    Another hour moves it; if its first one has passed, it was broken, and is promised again.
    """
    standing = state.answer()
    if standing is not None and standing.due_at == due_at:
        return standing.id, ()
    if standing is not None and ctx.now <= standing.due_at:
        return standing.id, (f.PromiseMoved(standing.id, due_at),)
    made = f.PromiseMade(ctx.new_id(), ANSWER, due_at, ctx.actor, "")
    return made.promise, (made,) if standing is None else (f.PromiseBroken(standing.id), made)


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
    card = standing_card(state.customer, ctx)
    noted = (f.PhoneNoted(card.id, phone),) if card and phone and phone != card.phone else ()
    return (*noted, *schedule(state, ctx))


def park(state: CaseState) -> tuple[f.Fact, ...]:
    """Rule C4: a case is left only with a next contact; :func:`in_sight` schedules the return if there is no other."""
    return () if state.status == "parked" else (*cancel_returns(state), f.CaseParked(state.next_step()))


def _return(ctx: Context) -> f.FollowUpScheduled:
    due_at = ctx.policy.hours.next_open(ctx.policy.park_return.after(ctx.now, ctx.policy.hours))
    return f.FollowUpScheduled(ctx.new_id(), "return", due_at, ctx.actor, 1)


def in_sight(facts: tuple[f.Fact, ...], state: CaseState | None, ctx: Context) -> tuple[f.Fact, ...]:
    """Rules C4 and D12, whatever was decided: nobody waits in silence, and nobody is lost in silence.

    A case that is not closed always has a next contact: if nothing else stands, its owner's return to it.  A case of a
    customer at risk opens the policy's retention task when it is closed, or when a promise is broken after that.
    """
    after = after_all(facts, state, ctx)
    if after is None:
        return facts
    if after.status in OPEN and after.next_contact() is None:
        return (*facts, replace(_return(ctx), owner=after.owner))
    risen = any(isinstance(fact, f.CaseClosed | f.PromiseBroken) for fact in facts)
    return (*facts, *retention.due(after, ctx)) if risen else facts


def after_all(facts: tuple[f.Fact, ...], state: CaseState | None, ctx: Context) -> CaseState | None:
    """The state of a case once those facts are recorded."""
    for fact in facts:
        if isinstance(fact, f.CaseFact):
            version = state.policy if state is not None else ctx.policy.version
            folio = state.folio if state is not None else ""
            state = evolve(state, f.Entry("", 0, ctx.now, ctx.actor, version, "", folio, fact))
    return state


def resume(state: CaseState) -> Decision:
    """Back to a parked case: the return that parking scheduled has happened, and an offer to somebody else ends."""
    if state.status != "parked":
        return ()
    kept = (f.HandOverWithdrawn(),) if state.offer is not None and state.offer.declined is None else ()
    return (*cancel_returns(state), *kept, f.CaseResumed())


def cancel_returns(state: CaseState) -> tuple[f.Fact, ...]:
    """The pending returns of a case are no longer needed once somebody works on it."""
    return cancelled(u for u in state.follow_ups if u.purpose == "return")


def cancelled(follow_ups: Iterable[FollowUp]) -> tuple[f.Fact, ...]:
    """The facts that cancel what is still pending of those."""
    return tuple(f.FollowUpCancelled(u.id) for u in follow_ups if u.status == "pending")
