"""The store: one file, one writer at a time, many readers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select

from mesa_recuperacion.store import driver, schema
from mesa_recuperacion.store import sweep as sweeping
from mesa_recuperacion.store import tables as t
from mesa_recuperacion.store.engine import prove_writable, reader_engine, transaction, writer_engine
from mesa_recuperacion.store.errors import StoreCorrupt, StoreError, StoreMoved
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.store.traces import forgotten_cards
from mesa_recuperacion.store.writing import Writing

_AT_OPENING, _AT_CLOSING = 1.0, 0.5
"""Seconds that a sweep waits for others then: it is tried again with the next."""


class Store:
    """An open store.  Safe to use from several threads; make it with :meth:`create` or :meth:`open`.

    Take what is needed out of a :meth:`reading` and leave it: where SQLite has no safe write-ahead log, a reader that
    stays keeps the writer from committing.  Never write inside a reading of the same thread.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _identity(path)
        self._writer = writer_engine(path)
        self._readers = reader_engine(path)
        self._stream = ""

    @classmethod
    def create(cls, path: Path) -> Store:
        """Make a new, empty store and open it.  Raises as :func:`schema.create` and :meth:`open`."""
        schema.create(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open a store, having made sure that it is one and can be written; nothing is ever created by opening.

        Raises ``StoreMissing``, ``StoreEmpty``, ``StoreForeign``, ``StoreNewer``, ``StoreOlder``, ``StoreReadOnly``,
        ``StoreCorrupt``, ``StoreBusy`` if another process does not stop writing.
        """
        recognise(path)
        store = cls(path)
        try:
            prove_writable(store._writer)
            store._check()
            store.sweep(_AT_OPENING)
        except BaseException:
            store.close()
            raise
        return store

    @property
    def stream(self) -> str:
        """The stream of the station that writes here; empty before its first fact."""
        if not self._stream:
            with self.reading() as now:
                self._stream = now.head()[0]
        return self._stream

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One moment of the store."""
        with self.read_transaction() as connection:
            yield Reading(connection, self._stream or _stream(connection))

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One writing transaction: committed at the normal end, rolled back on any exception.

        Raises ``StoreBusy`` if the lock is not to be had, ``StoreUnknown`` if the commit failed: then look the command
        up (:meth:`Reading.already`) before saying or retrying anything; ``StoreMoved`` if the file is no longer there.
        """
        with self.write_transaction() as connection:
            writing = Writing(connection, self._stream or _stream(connection))
            yield writing
            if writing.failure is not None:
                raise writing.failure
            if writing.forgotten:
                sweeping.mark(self.path)
        if writing.forgotten:
            sweeping.list_more(self.path, writing.forgotten)
            self.sweep()

    @contextmanager
    def read_transaction(self) -> Iterator[Connection]:
        """A reader's transaction as it is, for this package's own use."""
        with transaction(self._readers) as connection:
            self._stay()
            yield connection

    @contextmanager
    def write_transaction(self) -> Iterator[Connection]:
        """The writer's transaction as it is, for this package's own use."""
        with transaction(self._writer) as connection:
            yield connection
            self._stay()

    @property
    def in_place(self) -> bool:
        """Whether the file that was opened is still the one at its path."""
        return _identity(self.path) == self._file

    def _stay(self) -> None:
        """Raise ``StoreMoved`` rather than save in a file that nobody will find again (rule E4)."""
        if not self.in_place:
            raise StoreMoved(f"{self.path}: no longer the file that was opened")

    def sweep(self, seconds: float = driver.BUSY_SECONDS) -> bool:
        """Finish what forgetting somebody leaves to do in the files, if it is due; whether nothing is left to do.

        Other windows that read or write may keep it from being finished: it is tried again when a store is opened or
        closed.  Never raises for that.
        """
        if not sweeping.is_due(self.path):
            return True
        try:
            with self.read_transaction() as connection:
                people = forgotten_cards(connection)
        except StoreError:
            return False
        named = sweeping.list_more(self.path, people)
        return sweeping.sweep(self.path, seconds, listed_all=named)

    def close(self) -> None:
        """Let go of the file; the store cannot be used afterwards."""
        self._readers.dispose()
        self._writer.dispose()
        if self.in_place:
            sweeping.sweep(self.path, _AT_CLOSING)

    def _check(self) -> None:
        """Raise ``StoreCorrupt`` if a table or a guard that every store of ours has is not there."""
        with self.read_transaction() as connection:
            names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
            if missing := schema.expected_names() - names:
                raise StoreCorrupt(f"{self.path}: without {', '.join(sorted(missing))}")
            _stream(connection)


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that takes its name; ``None`` if there is none.

    Always the same on Windows, where a file that is open can be neither removed nor replaced.
    """
    if sys.platform == "win32":
        return (0, 0)
    try:
        found = os.stat(path)  # noqa: PTH116 - never opens the file, as nothing here may
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _stream(connection: Connection) -> str:
    return connection.execute(select(t.station.c.stream).limit(1)).scalar() or ""
