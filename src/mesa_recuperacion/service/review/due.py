"""What is owed, and which of it whoever looks may answer (rules C4, C6, D12)."""

from __future__ import annotations

from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.review.due import Due, DueLine, DueOf
from mesa_recuperacion.domain.views import AgendaItem
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review import due as pages


def due(query: DueOf, looking: Looking) -> Due:
    """A page of what is owed, the earliest first."""
    found = pages.due(looking.tx, query, looking.now)
    here = {person.id for person in looking.tx.people()}
    lines = tuple(_line(owner, item, looking, here) for owner, item in found.rows)
    return Due(lines, found.before, found.after)


def _line(owner: str, item: AgendaItem, looking: Looking, here: set[str]) -> DueLine:
    overdue = item.due_at < looking.now
    gone = owner != SUPERVISION and owner not in here
    return DueLine(item, owner, overdue, _answerable(owner, item, overdue, looking), gone)


def _answerable(owner: str, item: AgendaItem, overdue: bool, looking: Looking) -> bool:
    """A supervisor answers their own, what nobody could settle, and areas that are late (as the decisions say)."""
    if item.kind == "return":  # going on with a parked case is done at the desk, by its owner
        return False
    return owner in (looking.actor.id, SUPERVISION) or (item.kind == "area" and overdue)
