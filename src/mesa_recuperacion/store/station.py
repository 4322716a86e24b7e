"""What a store says of its own station: who it is, what ties its chain, which cases run, what its clocks said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, select

from mesa_recuperacion.domain.clock import Moment, from_ms, to_ms
from mesa_recuperacion.domain.facts import StationOpened
from mesa_recuperacion.store import tables as t

_s = t.station.c


def opened(connection: Connection) -> StationOpened | None:
    """The first fact of the station; ``None`` before it."""
    row = connection.execute(select(t.station)).first()
    return None if row is None else StationOpened(**{x.name: getattr(row, x.name) for x in fields(StationOpened)})


def chain_key(connection: Connection, stream: str) -> str:
    """The name of the key that ties a stream now; empty if none does."""
    return next((name for _, name in keys_since(connection, stream)), "")


def keys_since(connection: Connection, stream: str) -> Sequence[tuple[int, str]]:
    """The keys of a stream and the line from which on each ties it, the latest first."""
    k = t.chain_key.c
    rows = connection.execute(select(k.since, k.name).where(k.stream == stream).order_by(k.since.desc()))
    return tuple((row.since, row.name) for row in rows)


def key_at(keys: Sequence[tuple[int, str]], seq: int) -> str:
    """Which of those ties a line; empty if none does."""
    return next((name for since, name in keys if since <= seq), "")


def next_number(connection: Connection, stream: str) -> int:
    """The number of the next case that a station opens."""
    return 1 + (connection.execute(select(_s.cases).where(_s.stream == stream)).scalar() or 0)


def moment(connection: Connection, stream: str) -> Moment | None:
    """What the clocks said when a station last looked; ``None`` if it never did."""
    row = connection.execute(select(t.moment).where(t.moment.c.stream == stream)).first()
    return None if row is None else Moment(from_ms(row.wall_ms), row.steady_ms / 1000, row.boot)


def running(connection: Connection, stream: str, since: datetime) -> tuple[str, ...]:
    """The cases of a station, whoever's, whose time is being counted: not closed, or closed since then."""
    c = t.case_file.c
    counted = c.status.in_(("open", "parked")) | ((c.status == "closed") & (c.closed_at_ms >= to_ms(since)))
    found = select(c.folio).where(c.stream == stream, counted).order_by(c.folio)
    return tuple(connection.execute(found).scalars())
