"""Handing a case over: the last resort, with a reason, and nobody lets go before it is accepted (rule C7)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.contact import park
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.parts import HAND_OVERS
from mesa_recuperacion.domain.text import clean


def offer(command: c.HandOver, state: CaseState, ctx: Context) -> Decision:
    """Asks somebody to take the case, and parks it meanwhile: it stays with its owner until they accept."""
    to = ctx.branch.person(command.to)
    if to is None or to.id == ctx.actor:
        return r.NobodyThere()
    if command.reason not in HAND_OVERS:
        return r.NotAuthorised(command.reason)
    parked = park(state)
    return (f.HandOverOffered(to.id, command.reason), *parked)


def accept(state: CaseState, ctx: Context) -> Decision:
    """The whole case, with whatever is pending in it, is the receiver's."""
    return (f.HandOverAccepted(),) if is_offered(state, ctx) else r.NotOffered()


def decline(command: c.DeclineCase, state: CaseState, ctx: Context) -> Decision:
    """It stays where it is, and its owner reads why."""
    if not is_offered(state, ctx):
        return r.NotOffered()
    words = clean(command.words)
    return (f.HandOverDeclined(words),) if words else r.TextMissing("reason")


def keep(state: CaseState) -> Decision:
    """The owner goes on with it."""
    return (f.HandOverWithdrawn(),) if state.offer is not None else ()


def is_offered(state: CaseState, ctx: Context) -> bool:
    """Whether the case waits for this person's answer."""
    return state.offer is not None and state.offer.to == ctx.actor and state.offer.declined is None
