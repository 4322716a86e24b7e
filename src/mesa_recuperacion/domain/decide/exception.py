"""Above a limit: a supervisor authorises, the branch's reserve pays, the call goes on (rule B4)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE, limit
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.contact import answer_by
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.decide.steps import amount_of, delivered, purse, release
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.text import clean


def wanted(compensation: str, amount: Money | None, state: CaseState, ctx: Context) -> Money | r.Refusal:
    """The amount of a gesture that needs an exception; refused if it is not authorised at all, or within the limits."""
    asked = amount_of(compensation, amount, state, ctx.policy)
    if isinstance(asked, r.Refusal):
        return asked
    cap, left = ctx.policy.case_cap, purse(state, ctx.funding)
    refusal = limit(asked, given=delivered(state, asked.currency), cap=cap, left=left)
    if refusal is None:
        return r.WithinLimits()
    return refusal if isinstance(refusal, r.AmountMissing) else asked


def authorise(command: c.AuthoriseException, state: CaseState, ctx: Context) -> Decision:
    """A supervisor who typed their PIN at the agent's desk, and a reason; nobody authorises their own.

    What is authorised is given with it, in the same transaction: an authorisation is for that command, that case, that
    amount and that agent, and there is never one left that could be used for anything else, or later, or twice.
    """
    asked = wanted(command.compensation, command.amount, state, ctx)
    if isinstance(asked, r.Refusal):
        return asked
    reason, by = clean(command.reason), ctx.branch.person(command.by)
    if not reason:
        return r.TextMissing("reason")
    if by is None or by.role != "supervisor":
        return r.SupervisorNeeded()
    if by.id == ctx.actor or _asked_by(state) == by.id:
        return r.NotYourOwn()
    paid = _pay(command.compensation, asked, state, ctx)
    if isinstance(paid, r.Refusal):
        return paid
    return (f.ExceptionAuthorised(by.id, command.compensation, asked, reason), *paid)


def _asked_by(state: CaseState) -> str:
    """Who asked supervision for more and waits for the answer, perhaps before the case was handed over."""
    return state.wish.by if state.wish is not None and state.wish.status == "pending" else ""


def _pay(compensation: str, amount: Money, state: CaseState, ctx: Context) -> Decision:
    left = purse(state, ctx.reserve)
    if not left.covers(amount):
        return r.ReserveTooLight(amount, left)
    return (*release(state), f.CompensationReserved(compensation, amount, RESERVE, ctx.reserve.period))


def ask(command: c.AskException, state: CaseState, ctx: Context) -> Decision:
    """Nobody near: supervision gets the question, and the customer an hour for the answer."""
    if state.wish is not None and state.wish.status == "pending":
        return r.AskedAlready()
    asked = wanted(command.compensation, command.amount, state, ctx)
    if isinstance(asked, r.Refusal):
        return asked
    reason = clean(command.reason)
    if not reason:
        return r.TextMissing("reason")
    if command.due_at <= ctx.now:
        return r.AlreadyPast(command.due_at)
    promise, told = answer_by(command.due_at, state, ctx)
    return (*told, f.ExceptionAsked(ctx.new_id(), command.compensation, asked, promise, reason))


def answer(command: c.AnswerException, state: CaseState, ctx: Context) -> Decision:
    """A supervisor's answer; a yes is paid at once, and delivered at once if the case is closed already.

    Whatever the customer was given since it was asked counts towards it: only the rest is paid.
    """
    wish = state.wish
    if wish is None or wish.status != "pending":
        return r.NoSuchPending()
    if not ctx.supervisor:
        return r.SupervisorNeeded()
    if ctx.actor in (state.owner, wish.by):
        return r.NotYourOwn()
    words = clean(command.words)
    if not command.granted:
        return (f.ExceptionDeclined(wish.id, words),) if words else r.TextMissing("reason")
    listed = amount_of(wish.code, wish.amount, state, ctx.policy)
    if isinstance(listed, r.Refusal):  # another problem since then: the gesture is not of its list (rule B1)
        return listed
    authorised = f.ExceptionAuthorised(ctx.actor, wish.code, wish.amount, wish.words)
    rest = wish.amount - Money(state.delivered_minor() - wish.before, wish.amount.currency)
    if rest.minor <= 0:
        return (authorised,)
    if state.status in OPEN:
        paid = _pay(wish.code, rest, state, ctx)
        return paid if isinstance(paid, r.Refusal) else (authorised, *paid)
    if not ctx.reserve.left.covers(rest):
        return r.ReserveTooLight(rest, ctx.reserve.left)
    period = ctx.reserve.period
    return (
        authorised, f.CompensationReserved(wish.code, rest, RESERVE, period),
        f.CompensationDelivered(rest, RESERVE, period),
    )  # fmt: skip
