"""What somebody owes, has open or is asked to take over (rules C3, C4, C7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.views import AgendaItem, OfferItem, OpenItem
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.tables import agenda, case_file, person

KINDS = ("promise", "verify", "retain", "area", "exception")
"""What stands on an agenda; the return to a parked case stands with the case."""

_a, _c = agenda.c, case_file.c


AGENDA = Prepared(
    select(agenda)
    .where(_a.owner == bindparam("owner"), _a.status == literally("pending"), _a.due_at_ms <= bindparam("until"))
    .where(_a.kind.in_(map(literally, KINDS))).order_by(_a.due_at_ms),
    "owner", "until",
)  # fmt: skip
"""What a person owes until an instant."""


LATE = Prepared(
    select(agenda).where(_a.kind == literally("area"), _a.status == literally("pending"))
    .where(_a.due_at_ms < bindparam("now")).order_by(_a.due_at_ms),
    "now",
)  # fmt: skip
"""What areas should have answered before an instant and have not."""


OPEN_CASES = Prepared(
    select(_c.folio, _c.customer, _c.status, _c.step, _c.status_at_ms, _c.started_at_ms, _c.offered_to, _c.reserved,
           _c.currency)
    .where(_c.owner == bindparam("who"), _c.status.in_(map(literally, OPEN))),
    "who",
)  # fmt: skip
"""A person's cases that are not closed."""


OFFERS = Prepared(
    select(_c.folio, _c.customer, _c.owner, _c.offer_reason, _c.offered_at_ms)
    .where(_c.offered_to == bindparam("who"), _c.offered_to != literally("")).order_by(_c.offered_at_ms, _c.folio),
    "who",
)  # fmt: skip
"""The cases that a person is asked to take over."""

_NAME = Prepared(select(person.c.name).where(person.c.id == bindparam("who")), "who")


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
