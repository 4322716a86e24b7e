"""What somebody owes, has open or is asked to take over (rules C3, C4, C7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.views import AgendaItem, OfferItem, OpenItem
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.tables import agenda, case_file, person

KINDS = ("promise", "verify", "retain", "area", "exception")
"""What stands on an agenda; the return to a parked case stands with the case."""

_a, _c = agenda.c, case_file.c


def agenda_query(owner: str, until: datetime) -> Select[Any]:
    """What a person owes until an instant."""
    due = select(agenda).where(_a.owner == owner, _a.status == "pending", _a.due_at_ms <= to_ms(until))
    return due.where(_a.kind.in_(KINDS)).order_by(_a.due_at_ms)


def late_query(now: datetime) -> Select[Any]:
    """What areas should have answered before an instant and have not."""
    pending = (_a.kind == literally("area"), _a.status == literally("pending"))
    return select(agenda).where(*pending, _a.due_at_ms < to_ms(now)).order_by(_a.due_at_ms)


def open_query(owner: str) -> Select[Any]:
    """A person's cases that are not closed."""
    columns = (_c.folio, _c.customer, _c.status, _c.step, _c.status_at_ms, _c.started_at_ms, _c.offered_to,
               _c.reserved, _c.currency)  # fmt: skip
    return select(*columns).where(_c.owner == owner, _c.status.in_(OPEN))


def offers_query(to: str) -> Select[Any]:
    """The cases that a person is asked to take over."""
    columns = (_c.folio, _c.customer, _c.owner, _c.offer_reason, _c.offered_at_ms)
    return (
        select(*columns).where(_c.offered_to == to, _c.offered_to != literally("")).order_by(_c.offered_at_ms, _c.folio)
    )


def due(connection: Connection, owner: str, until: datetime) -> tuple[AgendaItem, ...]:
    """What a person owes until an instant, the earliest first."""
    return _items(connection, connection.execute(agenda_query(owner, until)).all())


def late_areas(connection: Connection, now: datetime) -> tuple[AgendaItem, ...]:
    """What areas have not answered in time, the earliest first, each with its owner's name."""
    rows = connection.execute(late_query(now)).all()
    return _items(connection, rows, names_of(connection, {row.owner for row in rows}))


def open_cases(connection: Connection, owner: str) -> tuple[OpenItem, ...]:
    """A person's cases that are not closed, in the order in which they were left."""
    rows = connection.execute(open_query(owner)).all()
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
    rows = connection.execute(offers_query(to)).all()
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
    wanted = list(people)
    query = select(person.c.id, person.c.name).where(person.c.id.in_(wanted))
    return {row.id: row.name for row in connection.execute(query)} if wanted else {}


def _items(
    connection: Connection, rows: Iterable[Row[Any]], owners: dict[str, str] | None = None
) -> tuple[AgendaItem, ...]:  # fmt: skip
    rows = list(rows)
    customers = cards.names(connection, {row.customer for row in rows})
    return tuple(
        AgendaItem(
            row.id, row.kind, row.case_id, customers.get(row.customer, ""), row.what, row.area, from_ms(row.due_at_ms),
            row.attempt, (owners or {}).get(row.owner, ""),
        )
        for row in rows
    )  # fmt: skip
