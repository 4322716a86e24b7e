"""The same problem of the same customer again: the earlier case was not resolved at first contact either (rule C8).

Which problem came back is decided once, when the later case is told its problem: with the cards that are read as one at
that moment, and by the policy of that case.  Cards that are merged or taken apart afterwards rewrite nothing.
"""

from __future__ import annotations

from datetime import timedelta

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.context import Context, Placed
from mesa_recuperacion.domain.policy import Problem

MOST = 8
"""Earlier cases that one case is written into, the latest first.

Enough for a customer's: those before are named by the cases between, so one of them would be taken for resolved only if
all eight were taken back.  Without it, every case of a card that a whole counter shares would be written into all the
others.
"""


def identified(problem: Problem, text: str, state: CaseState, ctx: Context) -> f.ProblemIdentified:
    """What went wrong, with the cases in which the customer complained of it within the policy's days."""
    if problem.code == state.problem:  # only its words change: the case does not repeat itself
        return f.ProblemIdentified(problem.code, problem.standard, text, state.repeat, state.repeats)
    since = ctx.now - timedelta(days=ctx.policy.repeat_days)
    repeat = problem.code in ctx.branch.problems(state.customer, since)
    repeats = ctx.branch.alike(state.customer, problem.code, since, MOST) if repeat else ()
    return f.ProblemIdentified(problem.code, problem.standard, text, repeat, repeats)


def placed(case: str, facts: tuple[f.Fact, ...], state: CaseState | None) -> Placed:
    """Facts of a command about a case, each with the folio of its own; after them, what they say of earlier cases.

    ``case`` is the folio of the command's case, ``state`` what it was before (``None``: it was not there yet).
    """
    before = state.repeats if state is not None else ()
    after = before
    for fact in facts:
        match fact:
            case f.ProblemIdentified(repeats=repeats):
                after = repeats
            case f.StepUndone("listen"):
                after = ()
    own = tuple((case if isinstance(fact, f.CaseFact) else "", fact) for fact in facts)
    withdrawn = tuple((folio, f.RepeatWithdrawn(case)) for folio in before if folio not in after)
    return (*own, *withdrawn, *((folio, f.CaseRepeated(case)) for folio in after if folio not in before))
