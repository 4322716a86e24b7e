"""What a store says of its own station: who it is, what ties its chain, which cases run, what its clocks said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from mesa_recuperacion.domain.clock import Moment, from_ms, to_ms
from mesa_recuperacion.domain.facts import StationOpened
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, among

_OPENED = Prepared("SELECT * FROM station")
_CASES = Prepared("SELECT cases FROM station WHERE stream = ?")
_MOMENT = Prepared("SELECT * FROM moment WHERE stream = ?")
_KEYS = Prepared("SELECT since, name FROM chain_key WHERE stream = ? ORDER BY since DESC")
_RUNNING = Prepared(
    f"SELECT folio FROM case_file WHERE stream = ? AND (status IN ({among(OPEN)}) "
    "OR status = 'closed' AND closed_at_ms >= ?) ORDER BY folio"
)


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
    return tuple(folio for (folio,) in _RUNNING.run(connection, stream, to_ms(since)))
