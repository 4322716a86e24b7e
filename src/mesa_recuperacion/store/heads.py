"""What a store says of itself without being opened for work: whose it is, how far it goes, whom it has forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.store.connections import translated
from mesa_recuperacion.store.heard import Progress, heeding, unheard
from mesa_recuperacion.store.quick import chain_key
from mesa_recuperacion.store.still import still

Heads = Mapping[str, tuple[int, bytes]]
"""The last line of each stream: its number and its hash."""

FORGOTTEN = "customer.forgotten"
"""The kind of a fact that says whose personal data went."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A store in a few figures.  ``stream``, ``branch`` and ``branch_name`` are empty and ``zone`` is UTC before its
    first fact; ``last_at`` is the last line's instant; ``key`` names the key that ties its chain (empty: none does).
    """

    stream: str
    branch: str
    branch_name: str
    zone: str
    lines: int
    cases: int
    last_at: datetime | None
    heads: Heads
    key: str = ""


def heads_of(path: Path) -> Heads:
    """The heads of a store that is only looked at.  Raises the store's errors."""
    with translated(), closing(still(path)) as connection:
        return _heads(connection)


def leads_to(heads: Heads, connection: Any) -> bool:
    """Whether each of those lines is one of the store that a driver's connection reads."""
    return all(_has(connection, stream, seq, hash_) for stream, (seq, hash_) in heads.items())


def summary(path: Path) -> Summary:
    """A store in a few figures.  Raises the store's errors."""
    with translated(), closing(still(path)) as connection:
        connection.execute("BEGIN")
        row = connection.execute("SELECT stream, branch, branch_name, zone FROM station LIMIT 1").fetchone()
        cases = connection.execute("SELECT count(*) FROM case_file").fetchone()[0]
        ends, key = lasts(connection), chain_key(connection)
    stream, branch, name, zone = row or ("", "", "", "UTC")
    lines = sum(seq for seq, _, _ in ends.values())  # a stream has no gaps, and millions are not counted through
    last = max((at_ms for _, _, at_ms in ends.values()), default=None)
    heads = {of: (seq, hash_) for of, (seq, hash_, _) in ends.items()}
    return Summary(stream, branch, name, zone, lines, cases, None if last is None else from_ms(last), heads, key)


def beyond(heads: Heads, now: Path) -> int | None:
    """How many lines a store has beyond those heads; ``None`` if it is of another history."""
    with translated(), closing(still(now)) as connection:
        if not leads_to(heads, connection):
            return None
        ours = _heads(connection)
    return sum(seq - heads.get(stream, (0, b""))[0] for stream, (seq, _) in ours.items())


def forgotten(path: Path, progress: Progress = unheard) -> dict[str, datetime]:
    """The customers whom the journal says were forgotten, and when.  Raises the store's errors."""
    with translated(), closing(still(path)) as connection, heeding(connection, progress):
        rows: Iterable[tuple[int, str]] = connection.execute(
            "SELECT at_ms, body FROM journal WHERE kind = ? ORDER BY at_ms", (FORGOTTEN,)
        ).fetchall()
    return {customer: from_ms(at_ms) for at_ms, body in rows if (customer := _customer(body))}


def _customer(body: str) -> str:
    try:
        said = json.loads(body).get("customer")
    except (ValueError, AttributeError):
        return ""
    return said if isinstance(said, str) else ""


def _heads(connection: Any) -> Heads:
    return {stream: (seq, hash_) for stream, (seq, hash_, _) in lasts(connection).items()}


def lasts(connection: Any) -> dict[str, tuple[int, bytes, int]]:
    """The last line of each stream and its instant, found by hopping along the journal's key."""
    found: dict[str, tuple[int, bytes, int]] = {}
    stream = ""
    while True:
        row = connection.execute("SELECT stream FROM journal WHERE stream > ? ORDER BY stream LIMIT 1", (stream,))
        if (following := row.fetchone()) is None:
            return found
        stream = following[0]
        seq, hash_, at_ms = connection.execute(
            "SELECT seq, hash, at_ms FROM journal WHERE stream = ? ORDER BY seq DESC LIMIT 1", (stream,)
        ).fetchone()
        found[stream] = (seq, bytes(hash_), at_ms)


def _has(connection: Any, stream: str, seq: int, hash_: bytes) -> bool:
    row = connection.execute("SELECT hash FROM journal WHERE stream = ? AND seq = ?", (stream, seq)).fetchone()
    return row is not None and bytes(row[0]) == hash_
