"""The rows of a case: a function of its state and of its last entry."""

from __future__ import annotations

from typing import Any

from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.facts import Entry


def case_row(state: CaseState, last: Entry) -> dict[str, Any]:
    """The row of ``case_file``.  A withdrawn case is nobody's: it stands in no customer's history."""
    amounts = [*state.given, *([state.gesture.amount] if state.gesture else [])]
    return {
        "folio": state.folio,
        "stream": last.stream,
        "customer": "" if state.status == "withdrawn" else state.customer,
        "owner": state.owner,
        "status": state.status,
        "status_at_ms": to_ms(state.status_at or state.opened_at),
        "step": state.parked_step if state.status == "parked" else state.next_step(),
        "problem": state.problem,
        "remedy": state.remedy.code if state.remedy else "",
        "given": state.given_minor() if amounts else None,
        "currency": amounts[0].currency if amounts else "",
        "started_at_ms": to_ms(state.started_at),
        "opened_at_ms": to_ms(state.opened_at),
        "closed_at_ms": to_ms(state.closed_at) if state.closed_at else None,
        "satisfied": None if state.satisfied is None else int(state.satisfied),
        "round": state.round,
        "last_at_ms": to_ms(last.at),
    }


def agenda_rows(state: CaseState) -> list[dict[str, Any]]:
    """The rows of ``agenda``: every promise and follow-up of the case."""
    common = {"case_id": state.folio, "customer": state.customer}
    promises = [
        {
            "id": p.id, "kind": "promise", "owner": p.owner, "what": p.what, "area": p.area,
            "due_at_ms": to_ms(p.due_at), "attempt": 0, "status": p.status,
        }
        for p in state.promises
    ]  # fmt: skip
    follow_ups = [
        {
            "id": u.id, "kind": u.purpose, "owner": u.owner, "what": state.problem, "area": "",
            "due_at_ms": to_ms(u.due_at), "attempt": u.attempt, "status": u.status,
        }
        for u in state.follow_ups
    ]  # fmt: skip
    return [common | row for row in (*promises, *follow_ups)]
