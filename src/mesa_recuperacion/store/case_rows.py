"""The rows of a case: a function of its state and of its last entry."""

from __future__ import annotations

from typing import Any

from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.risk import is_broken, is_unsatisfied


def case_row(state: CaseState, last: Entry) -> dict[str, Any]:
    """The row of ``case_file``.  A withdrawn case is nobody's: it stands in no customer's history."""
    amounts = [*state.given, *([state.gesture.amount] if state.gesture else [])]
    offer = state.offer if state.offer and state.offer.declined is None else None
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
        "reserved": state.gesture.amount.minor if state.gesture and not state.gesture.delivered else 0,
        "currency": amounts[0].currency if amounts else "",
        "started_at_ms": to_ms(state.started_at),
        "opened_at_ms": to_ms(state.opened_at),
        "closed_at_ms": to_ms(state.closed_at) if state.closed_at else None,
        "satisfied": None if state.satisfied is None else int(state.satisfied),
        "broken": int(is_broken(state)),
        "unsatisfied": int(is_unsatisfied(state)),
        "round": state.round,
        "last_at_ms": to_ms(last.at),
        "offered_to": offer.to if offer else "",
        "offer_reason": offer.reason if offer else "",
        "offered_at_ms": to_ms(offer.at) if offer else None,
    }


def signs_of(state: CaseState | None) -> tuple[bool, bool] | None:
    """What a case tells of its customer's risk (rule D3); ``None`` for one that stands in nobody's history."""
    if state is None or state.status == "withdrawn":
        return None
    return is_broken(state), is_unsatisfied(state)


def agenda_rows(state: CaseState) -> list[tuple[Any, ...]]:
    """The rows of ``agenda`` that a state keeps: every promise, follow-up and request of the case.

    In the order of the table: id, kind, case_id, customer, owner, what, area, due_at_ms, attempt, status.
    """
    case, who = state.folio, state.customer
    return [
        *(
            (p.id, "promise", case, who, p.owner, p.what, p.area, to_ms(p.due_at), 0, p.status)
            for p in state.promises
        ),
        *(
            (u.id, u.purpose, case, who, u.owner, state.problem, "", to_ms(u.due_at), u.attempt, u.status)
            for u in state.follow_ups
        ),
        *(
            (x.id, "area", case, who, x.owner, x.area, x.area, to_ms(x.due_at), 0, x.status)
            for x in state.requests
        ),
    ]  # fmt: skip


def wish_row(state: CaseState) -> tuple[Any, ...] | None:
    """The row of ``agenda`` for what supervision was last asked in the case; ``None`` if nothing was.

    It falls due with the answer that the customer was promised; without one, at once.
    """
    wish = state.wish
    if wish is None:
        return None
    due = next((p.due_at for p in state.promises if p.id == wish.promise), state.opened_at)
    what = str(wish.amount.minor)
    return (wish.id, "exception", state.folio, state.customer, SUPERVISION, what, "", to_ms(due), 0, wish.status)
