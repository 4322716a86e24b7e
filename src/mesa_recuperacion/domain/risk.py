"""Risk of losing a customer, in facts that blame nobody (rule D3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # read with the policy, before the rules are
    from mesa_recuperacion.domain.case import CaseState

RISK_COMPLAINTS = 2
"""Complaints within the policy's window that mean a risk, unless the policy says another number."""

MOST_COMPLAINTS = 20
"""The largest number that a policy may say."""

REPEAT, BROKEN, UNSATISFIED = "repeat", "broken", "unsatisfied"


def risk_of(*, complaints: int, broken: int, unsatisfied: int, threshold: int = RISK_COMPLAINTS) -> tuple[str, ...]:
    """Why a customer may be lost, the heaviest reason first; empty if nothing speaks for it.

    All three count what happened within the policy's window: cases (the one at hand included), promises that were
    broken, and answers that said "not satisfied".
    """
    signs = ((BROKEN, broken > 0), (UNSATISFIED, unsatisfied > 0), (REPEAT, complaints >= threshold))
    return tuple(name for name, holds in signs if holds)


def is_broken(state: CaseState) -> bool:
    """Whether a promise of a case was broken."""
    return any(p.status == "broken" for p in state.promises)


def is_unsatisfied(state: CaseState) -> bool:
    """Whether the customer said that it is not solved, at the closing or in a follow-up."""
    return state.satisfied is False or any(u.status == "not_satisfied" for u in state.follow_ups)
