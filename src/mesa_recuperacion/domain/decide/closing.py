"""Closing a case, and taking decisions back (rules A2, B5, C4)."""

from __future__ import annotations

from datetime import timedelta

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.contact import cancel_returns, cancelled, schedule
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.decide.steps import not_of, release


def close(command: c.CloseCase, state: CaseState, ctx: Context) -> Decision:
    """Delivers the gesture, lists what was passed over, and leaves a next contact (rules A2, B5, C4).

    A step is never ticked here: a follow-up that closing has to schedule by itself still counts as passed over.
    """
    facts: list[f.Fact] = [*cancel_returns(state), *schedule(state, ctx)]
    gesture = state.gesture
    if gesture is not None and not gesture.delivered:
        facts.append(f.CompensationDelivered(gesture.amount, gesture.person, gesture.period))
    elapsed = state.countdown.elapsed(ctx.now)
    facts.append(f.CaseClosed(command.satisfied, elapsed, state.standard, state.pending_steps()))
    return tuple(facts)


def undo(command: c.UndoLast, state: CaseState, ctx: Context) -> Decision:
    """The closing within the policy's seconds, else the last decision of the open case; all of it stays recorded.

    Never anything but what was asked for: the case may have gone on in another window.
    """
    last = "close" if state.status == "closed" else state.decided[-1] if state.decided else "open"
    if command.last not in ("", last):
        return r.WentOn()
    if state.status == "closed":
        return _undo_closing(state, ctx)
    if not state.decided:
        return (*cancel_returns(state), f.CaseWithdrawn()) if withdrawable(state) else r.NothingToUndo()
    step = state.decided[-1]
    if step == "listen":
        return (f.StepUndone(step), *not_of(None, state))
    if step == "compensate" and state.gesture is not None:
        return tuple(release(state))
    asked = state.follow_up()
    pending = asked is not None and asked.status == "pending"  # an answer is the customer's: it is not taken back
    cancelled = (f.FollowUpCancelled(asked.id),) if step == "follow_up" and asked and pending else ()
    return (*cancelled, f.StepUndone(step))


def withdrawable(state: CaseState) -> bool:
    """Whether a case can still be withdrawn: opened a moment ago, perhaps for the wrong customer, nothing decided."""
    begun = state.decided or state.notes or state.round or state.returns or state.requests or state.wish
    told = any(p.status != "withdrawn" for p in state.promises)
    answered = any(u.status not in ("pending", "cancelled") for u in state.follow_ups)
    return state.status == "open" and not (begun or told or answered)


def _undo_closing(state: CaseState, ctx: Context) -> Decision:
    """What the closing did by itself goes with it: the follow-up it scheduled, the call to a customer at risk.

    Not once supervision has given more on top of what was delivered: that was not the closing's.
    """
    seconds = ctx.policy.undo_seconds
    if state.closed_at is None or not state.closed_at <= ctx.now <= state.closed_at + timedelta(seconds=seconds):
        return r.UndoTooLate(seconds)
    gesture, asked = state.gesture, state.follow_up()
    if gesture is not None and gesture.late:
        return r.WentOn()
    returned = cancelled(u for u in state.follow_ups if u.purpose == "retain" and u.round == state.round)
    if "follow_up" in state.pending and asked is not None and asked.status == "pending":
        returned += (f.FollowUpCancelled(asked.id), f.StepUndone("follow_up"))  # the closing's own: no step was taken
    if gesture is not None and gesture.delivered:
        returned = (*returned, f.CompensationReturned(gesture.amount, gesture.person, gesture.period))
    return (*returned, f.ClosingUndone())
