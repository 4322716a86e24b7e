"""Writing a whole journal at once into a new file: the same lines and the same fold, in few and large steps.

What is made here is nobody's yet.  It is made under another name and without waiting for the disk; it is the disk's,
as every store is, before :meth:`Bulk.finish` returns.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.ids import stream_name
from mesa_recuperacion.journal.codec import tidy
from mesa_recuperacion.store import driver, lines, schema
from mesa_recuperacion.store.connections import Connection, Connections
from mesa_recuperacion.store.fold import Fold
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.writing import LINE, TEXT, Salt, line_of, text_rows

LINES = 20_000
"""Lines that are written at once."""
_UNSAFE = {"journal_mode": "OFF", "synchronous": "OFF", "locking_mode": "EXCLUSIVE", "cache_size": "-200000"}
"""Of a file that is thrown away if it is not finished."""

Rows = list[Any]


class Bulk:
    """Writes facts as :meth:`Writing.append` does, in the file of :func:`making`.

    Names of commands are not looked up: whoever makes a journal gives each command a name of its own.  Nobody is
    forgotten, and nothing is tied with a key.
    """

    def __init__(self, connection: Connection, salt: Salt = secrets.token_bytes) -> None:
        self._connection, self._salt = connection, salt
        self._fold = Fold(connection, lambda case, before: None, late=True)
        self._lines: Rows = []
        self._texts: Rows = []
        streams = lines.streams_of(connection)
        self._stream = streams[0] if streams else ""
        self._seq, self._prev = lines.head_of(connection, self._stream)
        self._over: list[str] = []

    @property
    def stream(self) -> str:
        """The stream that is written."""
        return self._stream

    def append(
        self, *, command: str, actor: str, policy: int, at: datetime, facts: Sequence[tuple[str, f.Fact]]
    ) -> None:  # fmt: skip
        """Write facts as the next lines.  Raises as :meth:`Writing.append`, at the latest when all is finished."""
        at = from_ms(to_ms(at))
        for case, given in facts:
            fact = tidy(given)
            if isinstance(fact, f.StationOpened):
                self._stream = stream_name(fact.branch, fact.number)
            elif isinstance(fact, f.CustomerForgotten | f.StationKeyed):
                raise ValueError(f"{fact.kind} is not written in bulk")
            entry = f.Entry(self._stream, self._seq + 1, at, actor, policy, command, case, fact)
            row, private = line_of(entry, self._prev, salt=self._salt)
            self._lines.append(row)
            self._texts += text_rows(entry, self._fold.take(entry), private)
            self._seq, self._prev = entry.seq, row[-1]
        if len(self._lines) >= LINES:
            self._write(self._over)

    def over(self, cases: Sequence[str]) -> None:
        """Nothing more happens in those cases: their rows are written once."""
        self._over += cases

    def finish(self, alive: Callable[[], None] = lambda: None) -> None:
        """Write what is left; ``alive`` is called now and then meanwhile."""
        self._write(None)
        self._fold.finish(alive)

    def _write(self, cases: list[str] | None) -> None:
        for statement, rows in ((LINE, self._lines), (TEXT, self._texts)):
            statement.many(self._connection, rows)
            rows.clear()
        self._fold.flush(cases)
        if cases is not None:
            self._fold.forget(cases)
        self._over = []


def journal_of(store: Store) -> Iterator[f.Entry]:
    """Every entry of a store's journal, stream by stream, in their order."""
    with store.read_transaction() as connection:
        for stream in lines.streams_of(connection):
            for records, private in lines.pages(connection, stream):
                yield from lines.entries_of(records, private)


@contextmanager
def making(path: Path) -> Iterator[Connection]:
    """A new, empty store, open for :class:`Bulk`; it is on the disk at the normal end.

    Raises as :func:`schema.create`, and the store's errors.  What is left behind by an error is for the caller to
    remove.
    """
    schema.create(path)
    with filling(path) as connection:
        yield connection


@contextmanager
def filling(path: Path) -> Iterator[Connection]:
    """As :func:`making`, with a store that was begun and that nobody else has open."""

    def connect() -> Any:
        return driver.prepared(driver.connect(path), _prepare)

    connections = Connections(connect)
    try:
        with connections.transaction() as connection:
            yield connection
    finally:
        connections.dispose()
    with path.open("rb+") as file:  # no connection is open whose locks this could drop
        os.fsync(file.fileno())


def _prepare(connection: Any) -> None:
    driver.guard(connection)
    for name, value in _UNSAFE.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
