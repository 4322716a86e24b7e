"""Keeping a customer who may be lost: a task that opens by itself (rules D3, D12)."""

from __future__ import annotations

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.context import Context
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.risk import is_broken, is_unsatisfied


def due(state: CaseState, ctx: Context) -> tuple[f.Fact, ...]:
    """The retention task of a closed case whose customer is at risk, as the policy says; one at a time a customer.

    It is supervision's where the case's owner no longer works here.
    """
    plan = ctx.policy.retention
    if plan is None or state.status != "closed" or not is_at_risk(state):
        return ()
    opened = any(u.purpose == "retain" and u.status != "cancelled" for u in state.follow_ups)
    if opened or ctx.branch.retaining(state.customer):
        return ()
    at = ctx.policy.hours.next_open(plan.within.after(ctx.now, ctx.policy.hours))
    theirs = plan.owner != "supervision" and ctx.branch.person(state.owner) is not None
    owner = state.owner if theirs else SUPERVISION
    return (f.FollowUpScheduled(ctx.new_id(), "retain", at, owner, 1),)


def is_at_risk(state: CaseState) -> bool:
    """Whether the case itself, or what was known when it was opened, says that this customer may be lost."""
    return bool(state.risk) or is_broken(state) or is_unsatisfied(state) or state.round > 0
