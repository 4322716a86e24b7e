"""What one case adds to the counts (rule D1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mesa_recuperacion.domain.case import CaseState


@dataclass(frozen=True, slots=True)
class Tally:
    """What one case adds to the counts of the day on which it was first closed; costs in minor units."""

    at: datetime
    person: str
    problem: str
    cases: int
    on_time: int
    first_contact: int
    remedy_cost: int
    compensation: int
    statutory: int


def tally(state: CaseState | None) -> Tally | None:
    """What a case adds to the counts (rule D1); ``None`` until it has been closed once.

    On time: the first closing came within the standard.
    """
    if state is None or state.first_closed_at is None:
        return None
    owed = state.legal.amount if state.legal and state.status == "closed" else None
    return Tally(
        at=state.first_closed_at,
        person=state.owner,
        problem=state.problem,
        cases=1,
        on_time=int(state.first_elapsed <= state.first_standard),
        first_contact=int(state.first_contact),
        remedy_cost=state.remedy.cost.minor if state.remedy and state.status == "closed" else 0,
        compensation=sum(m.minor for m in state.given)
        + (state.gesture.amount.minor if state.gesture and state.gesture.delivered else 0),
        statutory=owed.minor if owed is not None else 0,
    )
