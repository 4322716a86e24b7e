"""Who works here and with how much money: a supervisor's decisions, some about several cases (rules B3, C4, E2).

Nobody takes their own way back away: whoever retires or becomes an agent is named by another supervisor, so that there
always is one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE, running
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.contact import in_sight, park
from mesa_recuperacion.domain.decide.context import Branch, Context, Placed
from mesa_recuperacion.domain.money import MAX_MINOR, Money
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.text import NAME_LENGTH, clean
from mesa_recuperacion.domain.views import Adjustment, AgendaItem, BudgetView, OfferItem, OpenItem, Person

ROLES = ("agent", "supervisor")

_REASON = "shift"
"""Why a supervisor takes the cases of somebody: they do not go on with them."""


class Staff(Branch, Protocol):
    """What else the store knows, read under the same lock."""

    def everybody(self) -> tuple[Person, ...]:
        """Who works here and who did, by their number."""
        ...

    def open_cases(self, owner: str) -> tuple[OpenItem, ...]:
        """Somebody's cases that are not closed."""
        ...

    def offers(self, person: str) -> tuple[OfferItem, ...]:
        """The cases that somebody is asked to take over."""
        ...

    def owed_in(self, owner: str) -> tuple[str, ...]:
        """The folios of the cases in which somebody still owes something."""
        ...

    def actions(self, owner: str, until: datetime) -> tuple[AgendaItem, ...]:
        """The corrective actions of somebody that are agreed and fall due until an instant."""
        ...

    def case_state(self, folio: str) -> CaseState | None:
        """Where a case stands."""
        ...

    def budget(self, person: str) -> tuple[BudgetView, datetime] | None:
        """Somebody's latest funded period and when it ends."""
        ...

    def adjustment(self, adjustment: str) -> Adjustment | None:
        """A change of a budget."""
        ...


def decide_staff(command: c.StaffCommand, ctx: Context, staff: Staff) -> Placed | r.Refusal:
    """What a supervisor's command leads to; refused whoever else gives it, before anything is looked at."""
    if not ctx.supervisor:
        return r.SupervisorNeeded()
    match command:
        case c.AdjustBudget():
            return _adjust(command, ctx, staff)
        case c.UndoAdjustment():
            return _undo(command, ctx, staff)
    person = next((p for p in staff.everybody() if p.id == command.person), None)
    if person is None or person.retired != isinstance(command, c.ReturnPerson):
        return r.NobodyThere()
    match command:
        case c.RenamePerson(_, name):
            return _rename(person, clean(name, NAME_LENGTH))
        case c.ChangeRole(_, role):
            return _change_role(person, role, ctx, staff)
        case c.RetirePerson():
            return _retire(person, ctx, staff)
        case c.ReturnPerson():
            return (("", f.PersonReturned(person.id)),)
        case c.TakeCases():
            return _take(person, ctx, staff)
    raise TypeError(f"nobody decides {command!r}")


def _rename(person: Person, name: str) -> Placed | r.Refusal:
    if not name:
        return r.TextMissing("name")
    return () if name == person.name else (("", f.PersonRenamed(person.id, name)),)


def _change_role(person: Person, role: str, ctx: Context, staff: Staff) -> Placed | r.Refusal:
    if role not in ROLES:
        return r.NotAuthorised(role)
    if role == person.role:
        return ()
    if role == "agent" and (refusal := _keeps_one(person, ctx, staff)):
        return refusal
    return (("", f.RoleChanged(person.id, role)),)


def _keeps_one(person: Person, ctx: Context, staff: Staff) -> r.Refusal | None:
    """Why somebody may not stop being a supervisor: they are the only one, or it is they who ask."""
    others = [p for p in staff.everybody() if p.role == "supervisor" and not p.retired and p.id != person.id]
    if person.role == "supervisor" and not others:
        return r.LastSupervisor()
    return r.NotYourself() if person.id == ctx.actor else None


def _retire(person: Person, ctx: Context, staff: Staff) -> Placed | r.Refusal:
    """Nobody is left waiting: open cases are handed over first, the rest that they owe is supervision's (rule C4)."""
    if refusal := _keeps_one(person, ctx, staff):
        return refusal
    cases = tuple(sorted(item.case for item in staff.open_cases(person.id)))
    if cases:
        return r.HasOpenCases(cases)
    passed: list[tuple[str, f.Fact]] = [(folio, f.PassedToSupervision(person.id)) for folio in staff.owed_in(person.id)]
    until = datetime.max.replace(tzinfo=UTC)
    passed += [("", f.ActionOwned(item.id, SUPERVISION)) for item in staff.actions(person.id, until)]
    withdrawn = [(offer.case, f.HandOverWithdrawn()) for offer in staff.offers(person.id)]
    return (("", f.PersonRetired(person.id)), *withdrawn, *passed)


def _take(person: Person, ctx: Context, staff: Staff) -> Placed | r.Refusal:
    """A hand-over like any other, offered and accepted by the supervisor at once, and counted (rule C7)."""
    if person.id == ctx.actor:
        return r.NobodyThere()
    cases = sorted(item.case for item in staff.open_cases(person.id))
    if not cases:
        return r.NoOpenCases(person.name)
    facts: list[tuple[str, f.Fact]] = []
    for folio in cases:
        state = staff.case_state(folio)
        if state is not None:
            taken = (*park(state), f.HandOverOffered(ctx.actor, _REASON), f.HandOverAccepted())
            facts += [(folio, fact) for fact in in_sight(taken, state, ctx)]
    return tuple(facts)


# --------------------------------------------------------------------------------------------------------------- money


def _adjust(command: c.AdjustBudget, ctx: Context, staff: Staff) -> Placed | r.Refusal:
    """More or less for the period that runs, never less than what is spent and reserved (rule B3)."""
    who, amount, reason = command.person, command.amount, clean(command.reason)
    if who != RESERVE and staff.person(who) is None:
        return r.NobodyThere()
    if who == ctx.actor and amount.minor > 0:
        return r.NotYourself()
    if amount.minor == 0:
        return r.AmountMissing()
    if not reason:
        return r.TextMissing("change")
    return _changed(f.BudgetAdjusted(ctx.new_id(), who, "", amount, reason), ctx, staff)


def _undo(command: c.UndoAdjustment, ctx: Context, staff: Staff) -> Placed | r.Refusal:
    """The same amount the other way round, once, and only while its period runs."""
    made = staff.adjustment(command.adjustment)
    if made is None or made.person != command.person or made.undone or made.undoes:
        return r.AdjustmentGone()
    view, _, granted = running(made.person, staff.budget(made.person), ctx.policy, ctx.now)
    if granted is not None or view.period != made.period:
        return r.AdjustmentGone()
    back = Money(-made.amount.minor, made.amount.currency)
    return _changed(f.BudgetAdjusted(ctx.new_id(), made.person, "", back, made.reason, made.id), ctx, staff)


def _changed(fact: f.BudgetAdjusted, ctx: Context, staff: Staff) -> Placed | r.Refusal:
    view, _, granted = running(fact.person, staff.budget(fact.person), ctx.policy, ctx.now)
    amount, left = fact.amount, view.left
    if amount.currency != left.currency:
        return r.OtherCurrency(left.currency)
    if left.minor + amount.minor < 0:
        return r.BudgetInUse(Money(-amount.minor, amount.currency), left)
    if view.funded.minor + amount.minor > MAX_MINOR:
        return r.BudgetTooLarge()
    changed = f.BudgetAdjusted(fact.adjustment, fact.person, view.period, amount, fact.reason, fact.undoes)
    return (*((("", granted),) if granted is not None else ()), ("", changed))
