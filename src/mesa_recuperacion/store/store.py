"""The store: one file, one writer at a time, many readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, select

from mesa_recuperacion.store import schema
from mesa_recuperacion.store import tables as t
from mesa_recuperacion.store.engine import prove_writable, reader_engine, transaction, writer_engine
from mesa_recuperacion.store.errors import StoreCorrupt
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.store.writing import Writing


class Store:
    """An open store.  Safe to use from several threads; make it with :meth:`create` or :meth:`open`.

    Take what is needed out of a :meth:`reading` and leave it: where SQLite has no safe write-ahead log, a reader that
    stays keeps the writer from committing.  Never write inside a reading of the same thread.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
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

        Raises ``StoreMissing``, ``StoreEmpty``, ``StoreForeign``, ``StoreNewer``, ``StoreReadOnly``, ``StoreCorrupt``,
        ``StoreBusy`` if another process does not stop writing.
        """
        recognise(path)
        store = cls(path)
        try:
            prove_writable(store._writer)
            store._check()
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
        up (:meth:`Reading.already`) before saying or retrying anything.
        """
        with self.write_transaction() as connection:
            writing = Writing(connection, self._stream or _stream(connection))
            yield writing
            if writing.failure is not None:
                raise writing.failure

    def read_transaction(self) -> AbstractContextManager[Connection]:
        """A reader's transaction as it is, for this package's own use."""
        return transaction(self._readers)

    def write_transaction(self) -> AbstractContextManager[Connection]:
        """The writer's transaction as it is, for this package's own use."""
        return transaction(self._writer)

    def close(self) -> None:
        """Let go of the file; the store cannot be used afterwards."""
        self._readers.dispose()
        self._writer.dispose()

    def _check(self) -> None:
        """Raise ``StoreCorrupt`` if a table or a guard that every store of ours has is not there."""
        with self.read_transaction() as connection:
            names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
            if missing := schema.expected_names() - names:
                raise StoreCorrupt(f"{self.path}: without {', '.join(sorted(missing))}")
            _stream(connection)


def _stream(connection: Connection) -> str:
    return connection.execute(select(t.station.c.stream).limit(1)).scalar() or ""
