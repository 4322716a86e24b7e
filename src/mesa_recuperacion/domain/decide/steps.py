"""Opening a case, and the first four steps of the script."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.areas import ready_at
from mesa_recuperacion.domain.budget import Funding, limit
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide import repeats
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.money import Money, zero
from mesa_recuperacion.domain.parts import OVERRUNS, Gesture
from mesa_recuperacion.domain.policy import OTHER_PROBLEM, Policy, Problem
from mesa_recuperacion.domain.risk import RISK_COMPLAINTS, risk_of
from mesa_recuperacion.domain.script import STEPS
from mesa_recuperacion.domain.text import NAME_LENGTH, call_name, clean, display_phone, proper_name

OWN_AMOUNT = "own"
"""Code of an amount that the agent wrote instead of choosing a listed compensation."""


def open_case(command: c.OpenCase, ctx: Context) -> Decision:
    """Rules A3, C1: the case begins at the first letter typed; a new customer gets a card in the same breath."""
    opened: list[f.Fact] = []
    customer = command.customer
    if customer:
        card = ctx.branch.card(customer)
        if card is None:
            return r.UnknownCustomer()
        if card.forgotten:
            return r.CustomerForgotten()
        customer = card.merged_into or card.id
    else:
        name = proper_name(clean(command.name, NAME_LENGTH))
        if not name:
            return r.NameMissing()
        customer = ctx.new_id()
        opened.append(f.CustomerRegistered(customer, name, call_name(name), display_phone(command.phone)))
    earlier = ctx.branch.complaints(customer, ctx.now - timedelta(days=ctx.policy.repeat_days))
    started = min(command.started_at, ctx.now)
    known = ctx.branch.complaints(customer, datetime.min.replace(tzinfo=UTC)) > 0
    risk, standard = at_risk(customer, ctx), ctx.policy.default_standard
    opened.append(f.CaseOpened(customer, started, standard, earlier, risk, known))
    return tuple(opened)


def at_risk(customer: str, ctx: Context) -> tuple[str, ...]:
    """Why a customer who complains now may be lost (rule D3)."""
    since = ctx.now - timedelta(days=ctx.policy.risk_days)
    broken, unsatisfied = ctx.branch.signs(customer, since)
    complaints = ctx.branch.complaints(customer, since) + 1
    threshold = ctx.policy.retention.complaints if ctx.policy.retention else RISK_COMPLAINTS
    return risk_of(complaints=complaints, broken=broken, unsatisfied=unsatisfied, threshold=threshold)


def say(command: c.SayStep, state: CaseState) -> Decision:
    """A phrase was said; saying it again records nothing."""
    if command.step not in STEPS:
        return r.NotAuthorised(command.step)
    return () if command.step in state.said else (f.StepSaid(command.step),)


def identify(command: c.IdentifyProblem, state: CaseState, ctx: Context) -> Decision:
    """Rule B1: one of the policy's problems.  What only an earlier problem authorised is taken back."""
    problem = ctx.policy.problem(command.problem)
    if problem is None:
        return r.NotAuthorised(command.problem)
    text = clean(command.text) if problem.code == OTHER_PROBLEM else ""
    if problem.code == OTHER_PROBLEM and not text:
        return r.TextMissing("problem")
    if (problem.code, text) == (state.problem, state.problem_text):
        return ()
    identified = repeats.identified(problem, text, state, ctx)
    return (identified,) if problem.code == state.problem else (identified, *not_of(problem, state))


def not_of(problem: Problem | None, state: CaseState) -> list[f.Fact]:
    """The facts that take back what another problem than the case's (``None``: no problem) does not authorise."""
    facts: list[f.Fact] = []
    if state.remedy is not None:
        facts += [f.StepUndone("solve"), *unpromised(state)]
    if state.legal is not None:
        facts.append(f.StepUndone("statutory"))
    if state.gesture is not None and not _lists(problem, state.gesture):
        facts += release(state)
    return facts


def _lists(problem: Problem | None, gesture: Gesture) -> bool:
    listed = problem.compensation(gesture.code) if problem is not None else None
    own = problem is not None and gesture.code == OWN_AMOUNT
    return own or (listed is not None and listed.amount == gesture.amount)


def unpromised(state: CaseState) -> list[f.Fact]:
    """The facts that take back a promise of a remedy that is no longer the case's."""
    standing = state.promise()
    return [f.StepUndone("promise")] if standing is not None and standing.status == "pending" else []


def note(command: c.AddNote) -> Decision:
    """A note, cleaned; an empty one is refused."""
    text = clean(command.note)
    return (f.NoteAdded(text),) if text else r.TextMissing("note")


def choose_remedy(command: c.ChooseRemedy, state: CaseState, ctx: Context) -> Decision:
    """Rule B1: only a remedy authorised for this problem, with the date on which it can be kept."""
    problem = ctx.policy.problem(state.problem)
    if problem is None:
        return r.ProblemFirst()
    remedy = problem.remedy(command.remedy)
    if remedy is None:
        return r.NotAuthorised(command.remedy)
    if state.remedy is not None and state.remedy.code == remedy.code:
        return ()
    due_at = ready_at(remedy, ctx.policy, ctx.now)
    chosen = f.RemedyChosen(remedy.code, remedy.cost, due_at, remedy.area)
    return (*unpromised(state), chosen) if state.remedy is not None else (chosen,)


def release(state: CaseState) -> list[f.Fact]:
    """The facts that take the case's undelivered gesture back."""
    if state.gesture is None or state.gesture.delivered:
        return []
    gesture = state.gesture
    return [f.CompensationReleased(gesture.amount, gesture.person, gesture.period), f.StepUndone("compensate")]


def delivered(state: CaseState, currency: str) -> Money:
    """What earlier rounds of the case already gave."""
    return sum(state.given, zero(currency))


def amount_of(
    compensation: str, amount: Money | None, state: CaseState, policy: Policy
) -> Money | r.Refusal:  # fmt: skip
    """What a gesture costs: a listed one its own amount, one's own what was written, in the policy's currency."""
    problem = policy.problem(state.problem)
    if problem is None:
        return r.ProblemFirst()
    listed = problem.compensation(compensation)
    asked = amount if compensation == OWN_AMOUNT else listed.amount if listed is not None else None
    if asked is None or asked.currency != policy.currency:
        return r.NotAuthorised(compensation)
    return asked


def purse(state: CaseState, funding: Funding) -> Money:
    """What a budget has for this case: what is left of it, and what the case holds of it already."""
    held = state.gesture
    if held and not held.delivered and (held.person, held.period) == (funding.person, funding.period):
        return funding.left + held.amount
    return funding.left


def grant(command: c.GrantCompensation, state: CaseState, ctx: Context) -> Decision:
    """Rules B2, B3, B5: within the case cap and the budget; a change gives the earlier amount back first."""
    amount = amount_of(command.compensation, command.amount, state, ctx.policy)
    if isinstance(amount, r.Refusal):
        return amount
    current = state.gesture
    if current and not current.delivered and (current.code, current.amount) == (command.compensation, amount):
        return ()
    left = purse(state, ctx.funding)
    refusal = limit(amount, given=delivered(state, amount.currency), cap=ctx.policy.case_cap, left=left)
    if refusal is not None:
        return refusal
    reserved = f.CompensationReserved(command.compensation, amount, ctx.actor, ctx.funding.period)
    return (*release(state), reserved)


def decline(command: c.DeclineCompensation, state: CaseState) -> Decision:
    """Rule B8: nothing is a legitimate answer, with its reason."""
    reason = clean(command.reason)
    if not reason:
        return r.TextMissing("reason")
    return (*release(state), f.CompensationDeclined(reason))


def explain(command: c.ExplainOverrun, state: CaseState) -> Decision:
    """Rule C2: why the standard time is not enough; cause data, never a block."""
    if command.reason not in OVERRUNS:
        return r.NotAuthorised(command.reason)
    return () if state.overrun == command.reason else (f.OverrunExplained(command.reason),)
