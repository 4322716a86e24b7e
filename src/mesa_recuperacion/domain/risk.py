"""Risk of losing a customer, in facts that blame nobody (rule D3)."""

from __future__ import annotations

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
