"""The budgets of the period that runs (rules B2, B3, B4)."""

from __future__ import annotations

from mesa_recuperacion.domain.budget import RESERVE, period_of, running
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.base import PAGE
from mesa_recuperacion.domain.review.budgets import BudgetLine, Budgets, BudgetsOf, Changes, ChangesOf
from mesa_recuperacion.domain.views import Adjustment, Person
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review.budgets import added, changes, standing

_NOBODY = Person(RESERVE, 0, "", "")


def budgets(query: BudgetsOf, looking: Looking) -> Budgets:
    """Every budget as it holds now; nothing is funded by looking."""
    policy = looking.policy
    period, ends_at = period_of(looking.now, policy.period, policy.hours.zone)
    lines = [budget_line(person, looking) for person in looking.tx.everybody()]
    lines = [line for line in lines if not line.retired or _is_used(line)]
    reserve = budget_line(_NOBODY, looking)
    last = _last(looking, [*lines, reserve])
    return Budgets(policy.period, period, ends_at, policy.case_cap, tuple(lines), reserve, last)


def budget_line(person: Person, looking: Looking) -> BudgetLine:
    """Somebody's budget, or the reserve."""
    view, ends_at, granted = running(person.id, looking.tx.budget(person.id), looking.policy, looking.now)
    more = Money(added(looking.tx, person.id, view.period), view.funded.currency)
    return BudgetLine(
        person.id, person.number, person.name, view, ends_at, more, granted is None, retired=person.retired
    )  # fmt: skip


def _is_used(line: BudgetLine) -> bool:
    return line.begun and line.budget.spent.minor + line.budget.reserved.minor > 0


def _last(looking: Looking, lines: list[BudgetLine]) -> Adjustment | None:
    """The latest change of a running period that whoever looks made and can take back."""
    by = looking.actor.id
    made = [standing(looking.tx, line.person, line.budget.period, by) for line in lines if line.begun]
    return max((change for change in made if change is not None), key=lambda c: (c.at, c.seq), default=None)


def changed(query: ChangesOf, looking: Looking) -> Changes:
    """What supervision changed in the budgets that run."""
    made: list[Adjustment] = []
    for person in (*looking.tx.everybody(), _NOBODY):
        view, _, granted = running(person.id, looking.tx.budget(person.id), looking.policy, looking.now)
        if granted is None:
            made += changes(looking.tx, person.id, view.period, PAGE)
    return Changes(tuple(sorted(made, key=lambda change: (change.at, change.seq), reverse=True)))
