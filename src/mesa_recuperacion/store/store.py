"""The store: one file, one writer at a time, many readers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select

from mesa_recuperacion.journal.chain import NO_KEYS, Ring
from mesa_recuperacion.store import driver, schema
from mesa_recuperacion.store import tables as t
from mesa_recuperacion.store.engine import prove_writable, reader_engine, transaction, writer_engine
from mesa_recuperacion.store.errors import StoreCorrupt, StoreMoved
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.recognise import of_today, recognise
from mesa_recuperacion.store.writing import Writing


class Store:
    """An open store.  Safe to use from several threads; make it with :meth:`create` or :meth:`open`.

    Take what is needed out of a :meth:`reading` and leave it: where SQLite has no safe write-ahead log, a reader that
    stays keeps the writer from committing.  Never write inside a reading of the same thread.
    """

    def __init__(self, path: Path, ring: Ring = NO_KEYS) -> None:
        self.path = path
        self.ring = ring
        """The keys that this station's lines are tied and proved with; see ``wiring.tying``."""
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
    def open(cls, path: Path, ring: Ring = NO_KEYS) -> Store:
        """Open a store, having made sure that it is one and can be written; nothing is ever created by opening.

        Raises ``StoreMissing``, ``StoreEmpty``, ``StoreForeign``, ``StoreNewer``, ``StoreOlder``, ``StoreReadOnly``,
        ``StoreCorrupt``, ``StoreBusy`` if another process does not stop writing.
        """
        recognise(path)
        store = cls(path, ring)
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
            yield Reading(connection, self._stream or _stream(connection), self.ring)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One writing transaction: committed at the normal end, rolled back on any exception.

        Raises ``StoreBusy`` if the lock is not to be had, ``StoreUnknown`` if the commit failed: then look the command
        up (:meth:`Reading.already`) before saying or retrying anything; ``StoreMoved`` if the file is no longer there.
        """
        with self.write_transaction() as connection:
            writing = Writing(connection, self._stream or _stream(connection), self.ring)
            yield writing
            if writing.failure is not None:
                raise writing.failure

    @contextmanager
    def read_transaction(self) -> Iterator[Connection]:
        """A reader's transaction as it is, for this package's own use."""
        with transaction(self._readers) as connection:
            self._stay()
            self._of_today(connection)
            yield connection

    @contextmanager
    def write_transaction(self) -> Iterator[Connection]:
        """The writer's transaction as it is, for this package's own use."""
        with transaction(self._writer) as connection:
            self._of_today(connection)
            yield connection
            self._stay()

    def settle(self) -> None:
        """Commit what changes nothing: after it no earlier commit that failed can come back.

        Where there is a write-ahead log, a commit that could not be forced to the disk is whole in it: no process that
        has the file open sees it, and whoever opens it after a crash would. What is committed next takes its place.
        Raises ``StoreError``: then it still may.
        """
        with self.write_transaction() as connection:
            connection.exec_driver_sql(f"PRAGMA user_version={driver.USER_VERSION}")

    @property
    def in_place(self) -> bool:
        """Whether the file that was opened is still the one at its path."""
        return _identity(self.path) == self._file

    def _stay(self) -> None:
        """Raise ``StoreMoved`` rather than save in a file that nobody will find again (rule E4)."""
        if not self.in_place:
            raise StoreMoved(f"{self.path}: no longer the file that was opened")

    def _of_today(self, connection: Connection) -> None:
        """Raise ``StoreNewer`` if another process has brought the store to a later version since it was opened."""
        of_today(self.path, connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def close(self) -> None:
        """Let go of the file; the store cannot be used afterwards."""
        self._readers.dispose()
        self._writer.dispose()

    def _check(self) -> None:
        """Raise ``StoreCorrupt`` if a table or a guard that every store of ours has is not there, or says other."""
        with self.read_transaction() as connection:
            if wrong := schema.differences(connection):
                raise StoreCorrupt(f"{self.path}: not as it should be: {', '.join(wrong)}")
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
