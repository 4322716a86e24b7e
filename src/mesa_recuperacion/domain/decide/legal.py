"""What the law already owes: recorded, apart from budget and cap (rule B6)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.money import zero
from mesa_recuperacion.domain.parts import Legal
from mesa_recuperacion.domain.text import clean


def record(command: c.RecordStatutory, state: CaseState, ctx: Context) -> Decision:
    """The policy's share of the price, or its fixed amount; nobody chooses it."""
    problem = ctx.policy.problem(state.problem)
    if problem is None:
        return r.ProblemFirst()
    if problem.statutory is None:
        return r.NotAuthorised("statutory")
    price = command.price
    if problem.statutory.by_price and (price is None or price.minor <= 0):
        return r.PriceNeeded()
    if price is None or not problem.statutory.by_price:
        price = zero(ctx.policy.currency)
    if price.currency != ctx.policy.currency:
        return r.NotAuthorised("statutory")
    owed = problem.statutory.owed(price)
    return () if state.legal == Legal(price, owed) else (f.StatutoryRecorded(price, owed),)


def waive(command: c.WaiveStatutory, state: CaseState, ctx: Context) -> Decision:
    """It does not apply here, and why."""
    problem, reason = ctx.policy.problem(state.problem), clean(command.reason)
    if problem is None:
        return r.ProblemFirst()
    if problem.statutory is None:
        return r.NotAuthorised("statutory")
    return (f.StatutoryWaived(reason),) if reason else r.TextMissing("reason")
