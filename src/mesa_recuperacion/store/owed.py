"""What somebody owes, has open or is asked to take over (rules C3, C4, C7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.views import AgendaItem, OfferItem, OpenItem
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, among

KINDS = ("promise", "verify", "retain", "area", "exception")
"""What stands on an agenda; the return to a parked case stands with the case."""

AGENDA = Prepared(
    "SELECT * FROM agenda WHERE owner = ? AND status = 'pending' AND due_at_ms <= ? "
    f"AND kind IN ({among(KINDS)}) ORDER BY due_at_ms"
)
"""What a person owes until an instant."""

LATE = Prepared("SELECT * FROM agenda WHERE kind = 'area' AND status = 'pending' AND due_at_ms < ? ORDER BY due_at_ms")
"""What areas should have answered before an instant and have not."""

OPEN_CASES = Prepared(
    "SELECT folio, customer, status, step, status_at_ms, started_at_ms, offered_to, reserved, currency "
    f"FROM case_file WHERE owner = ? AND status IN ({among(OPEN)})"
)
"""A person's cases that are not closed."""

OFFERS = Prepared(
    "SELECT folio, customer, owner, offer_reason, offered_at_ms FROM case_file "
    "WHERE offered_to = ? AND offered_to <> '' ORDER BY offered_at_ms, folio"
)
"""The cases that a person is asked to take over."""

_NAME = Prepared("SELECT name FROM person WHERE id = ?")


def due(connection: Connection, owner: str, until: datetime) -> tuple[AgendaItem, ...]:
    """What a person owes until an instant, the earliest first."""
    return _items(connection, AGENDA.rows(connection, owner, to_ms(until)))


def late_areas(connection: Connection, now: datetime) -> tuple[AgendaItem, ...]:
    """What areas have not answered in time, the earliest first, each with its owner's name."""
    rows = LATE.rows(connection, to_ms(now))
    return _items(connection, rows, names_of(connection, {row.owner for row in rows}))


def open_cases(connection: Connection, owner: str) -> tuple[OpenItem, ...]:
    """A person's cases that are not closed, in the order in which they were left."""
    rows = OPEN_CASES.rows(connection, owner)
    customers = cards.names(connection, {row.customer for row in rows})
    people = names_of(connection, {row.offered_to for row in rows if row.offered_to})
    items = [
        OpenItem(
            row.folio, customers.get(row.customer, ""), row.status, row.step, from_ms(row.status_at_ms),
            from_ms(row.started_at_ms), people.get(row.offered_to, ""),
            Money(row.reserved, row.currency) if row.reserved else None,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(items, key=lambda item: (item.since, item.case)))


def offers(connection: Connection, to: str) -> tuple[OfferItem, ...]:
    """The cases that a person is asked to take over, the earliest first."""
    rows = OFFERS.rows(connection, to)
    customers = cards.names(connection, {row.customer for row in rows})
    people = names_of(connection, {row.owner for row in rows})
    return tuple(
        OfferItem(
            row.folio, customers.get(row.customer, ""), people.get(row.owner, ""), row.offer_reason,
            from_ms(row.offered_at_ms),
        )
        for row in rows
    )  # fmt: skip


def names_of(connection: Connection, people: Iterable[str]) -> dict[str, str]:
    """The names of people who work here."""
    found = ((who, _NAME.one(connection, who)) for who in people)
    return {who: row[0] for who, row in found if row is not None}


def _items(
    connection: Connection, rows: list[Any], owners: dict[str, str] | None = None
) -> tuple[AgendaItem, ...]:  # fmt: skip
    customers = cards.names(connection, {row.customer for row in rows})
    return tuple(
        AgendaItem(
            row.id, row.kind, row.case_id, customers.get(row.customer, ""), row.what, row.area, from_ms(row.due_at_ms),
            row.attempt, (owners or {}).get(row.owner, ""),
        )
        for row in rows
    )  # fmt: skip
