"""What is owed to customers, by whomever, the earliest first (rules C4, C5, C6, F4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.review.due import KINDS, DueOf
from mesa_recuperacion.domain.views import AgendaItem
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.owed import names_of
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review.paging import Page, Part, page, rows
from mesa_recuperacion.store.tables import agenda

_a = agenda.c
_PENDING = _a.status == literally("pending")


def owed(owner: str, kind: str, before: datetime | None) -> Part:
    """What is owed of one kind, by somebody or by anybody; only what was due ``before`` an instant, if it is given."""
    query = select(agenda).where(_PENDING, _a.kind == kind)
    query = query.where(_a.owner == owner) if owner else query
    return Part(query, (_a.due_at_ms, _a.id), high=None if before is None else to_ms(before) - 1)


def due(tx: Reading, query: DueOf, now: datetime) -> Page[tuple[str, AgendaItem]]:
    """A page of what is owed, each with its owner's reference; a return only once its hour has passed."""
    kinds = (query.kind,) if query.kind else KINDS
    parts = [owed(query.owner, kind, now if query.overdue_only or kind == "return" else None) for kind in kinds]
    found = page(rows(tx.connection, parts, _place, latest_first=False), _place, query.cursor)
    owners = (row.owner for row in found.rows)
    return Page(tuple(zip(owners, items(tx, found.rows), strict=True)), found.before, found.after)


def _place(row: Row[Any]) -> tuple[int, str]:
    return row.due_at_ms, row.id


def items(tx: Reading, found: tuple[Row[Any], ...]) -> tuple[AgendaItem, ...]:
    """Rows of the agenda as items, each with its owner's name; supervision has none."""
    customers = cards.names(tx.connection, {row.customer for row in found}) if found else {}
    people = names_of(tx.connection, {row.owner for row in found} - {SUPERVISION})
    return tuple(
        AgendaItem(
            row.id, row.kind, row.case_id, customers.get(row.customer, ""), row.what, row.area, from_ms(row.due_at_ms),
            row.attempt, people.get(row.owner, ""),
        )
        for row in found
    )  # fmt: skip
