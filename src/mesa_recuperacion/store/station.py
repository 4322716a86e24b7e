"""What a store says of its own station: who it is, what ties its chain, which cases run, what its clocks said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from mesa_recuperacion.domain.clock import Moment, from_ms, to_ms
from mesa_recuperacion.domain.facts import StationOpened
from mesa_recuperacion.store import tables as t
from mesa_recuperacion.store.prepared import Prepared

_s, _k = t.station.c, t.chain_key.c
_OPENED = Prepared(select(t.station))
_CASES = Prepared(select(_s.cases).where(_s.stream == bindparam("of")), "of")
_MOMENT = Prepared(select(t.moment).where(t.moment.c.stream == bindparam("of")), "of")
_KEYS = Prepared(select(_k.since, _k.name).where(_k.stream == bindparam("of")).order_by(_k.since.desc()), "of")


def opened(connection: Connection) -> StationOpened | None:
    """The first fact of the station; ``None`` before it."""
    row = _OPENED.first(connection)
    return None if row is None else StationOpened(**{x.name: getattr(row, x.name) for x in fields(StationOpened)})


def chain_key(connection: Connection, stream: str) -> str:
    """The name of the key that ties a stream now; empty if none does."""
    return next((name for _, name in keys_since(connection, stream)), "")


def keys_since(connection: Connection, stream: str) -> Sequence[tuple[int, str]]:
    """The keys of a stream and the line from which on each ties it, the latest first."""
    return tuple(_KEYS.run(connection, stream))


def key_at(keys: Sequence[tuple[int, str]], seq: int) -> str:
    """Which of those ties a line; empty if none does."""
    return next((name for since, name in keys if since <= seq), "")


def next_number(connection: Connection, stream: str) -> int:
    """The number of the next case that a station opens."""
    row = _CASES.one(connection, stream)
    return 1 + (row[0] if row else 0)


def moment(connection: Connection, stream: str) -> Moment | None:
    """What the clocks said when a station last looked; ``None`` if it never did."""
    row = _MOMENT.first(connection, stream)
    return None if row is None else Moment(from_ms(row.wall_ms), row.steady_ms / 1000, row.boot)


def running(connection: Connection, stream: str, since: datetime) -> tuple[str, ...]:
    """The cases of a station, whoever's, whose time is being counted: not closed, or closed since then."""
    c = t.case_file.c
    counted = c.status.in_(("open", "parked")) | ((c.status == "closed") & (c.closed_at_ms >= to_ms(since)))
    found = select(c.folio).where(c.stream == stream, counted).order_by(c.folio)
    return tuple(connection.execute(found).scalars())
