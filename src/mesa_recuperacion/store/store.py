"""The store: one file, one writer at a time, many readers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from mesa_recuperacion.journal.chain import NO_KEYS, Ring
from mesa_recuperacion.store import driver, made
from mesa_recuperacion.store import sweep as sweeping
from mesa_recuperacion.store.connections import (
    Connection,
    Connections,
    last_readers,
    prove_writable,
    readers,
    settle_log,
    writer,
)
from mesa_recuperacion.store.errors import (
    STILL_READ,
    StoreCorrupt,
    StoreError,
    StoreForeign,
    StoreMoved,
    StoreNewer,
    StoreUnsynced,
    reason_of,
)
from mesa_recuperacion.store.heard import Progress, unheard
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.recognise import of_today, recognise
from mesa_recuperacion.store.traces import forgotten_cards
from mesa_recuperacion.store.writing import Writing

_AT_OPENING, _AT_CLOSING = 1.0, 0.5
"""Seconds that a sweep waits for others then: it is tried again with the next."""

_VERSION = Prepared("PRAGMA user_version")
_STREAM = Prepared("SELECT stream FROM station LIMIT 1")


class Store:
    """An open store.  Safe to use from several threads; make it with :meth:`create` or :meth:`open`.

    Take what is needed out of a :meth:`reading` and leave it: where SQLite has no safe write-ahead log, a reader that
    stays keeps the writer from committing.  Never write inside a reading of the same thread.

    A store that may not be written is *sealed*: it is read as far as it goes, and writing raises why at once.  It seals
    itself with the first sign of damage, and then nothing of ours changes the file any more.
    """

    def __init__(
        self, path: Path, ring: Ring = NO_KEYS, sealed: StoreError | None = None, progress: Progress = unheard
    ) -> None:
        self.path = path
        self._progress = progress
        self.ring = ring
        """The keys that this station's lines are tied and proved with; see ``wiring.tying``."""
        self._file = _identity(path)
        self._writer = writer(path)
        self._readers = readers(path) if sealed is None else last_readers(path)
        self._stream = ""
        self._sealed = sealed
        self._sealing = Lock()

    @classmethod
    def create(cls, path: Path) -> Store:
        """Make a new, empty store and open it.  Raises as :func:`schema.create` and :meth:`open`."""
        from mesa_recuperacion.store import schema  # with the library that describes tables, which no desk waits for

        schema.create(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, ring: Ring = NO_KEYS, progress: Progress = unheard) -> Store:
        """Open a store, having made sure that it is one and can be written; nothing is ever created by opening.

        ``progress`` is told of every sweep of its files, then and later, and can put it off.
        Raises ``StoreMissing``, ``StoreEmpty``, ``StoreForeign``, ``StoreNewer``, ``StoreOlder``, ``StoreReadOnly``,
        ``StoreCorrupt``, ``StoreBusy`` if another process does not stop writing.
        """
        recognise(path)
        store = cls(path, ring, progress=progress)
        try:
            prove_writable(store._writer)
            store._check()
            store.sweep(_AT_OPENING)
        except BaseException as error:
            if isinstance(error, StoreCorrupt):
                store.seal(error)
            store.close()
            raise
        return store

    @classmethod
    def open_or_read(cls, path: Path, ring: Ring = NO_KEYS, progress: Progress = unheard) -> Store:
        """Open a store; where it cannot or may not be written, sealed, as long as what it holds can be read.

        Raises as :meth:`open` for what cannot be read either.
        """
        try:
            return cls.open(path, ring, progress)
        except STILL_READ as error:
            why = error
        store = cls(path, ring, why, progress)
        try:
            with store.reading() as now:
                now.station()
                now.everybody()
        except StoreError as error:
            store.close()
            raise why from error
        return store

    @property
    def sealed(self) -> StoreError | None:
        """Why nothing may be written; ``None`` if it may."""
        return self._sealed

    def seal(self, why: StoreError) -> None:
        """Write nothing more: from here on the store is only read.

        Damage is for good; what only the disk or its rights keep from being written is tried again by the next write.
        """
        with self._sealing:
            if isinstance(self._sealed, StoreCorrupt):
                return
            self._sealed = why
            if isinstance(why, StoreCorrupt):
                self._read_with(last_readers(self.path))

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
        up (:meth:`Reading.already`) before saying or retrying anything; ``StoreMoved`` if the file is no longer there;
        what :attr:`sealed` says, if it is.
        """
        with self.write_transaction() as connection:
            writing = Writing(connection, self._stream or _stream(connection), self.ring)
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
        with self._watched(), self._readers.transaction() as connection:
            self._stay()
            self._of_today(connection)
            yield connection

    @contextmanager
    def write_transaction(self) -> Iterator[Connection]:
        """The writer's transaction as it is, for this package's own use."""
        self._unsealed()
        with self._watched(), self._writer.transaction() as connection:
            self._of_today(connection)
            yield connection
            self._stay()

    def settle(self) -> None:
        """Commit what changes nothing: after it, an earlier commit that failed is there for good, or cannot come back.

        Where there is a write-ahead log, a commit that could not be forced to the disk is whole in it: no process that
        has the file open sees it, and whoever opens it anew does, though a power cut may still take it.  Either the log
        is forced into the file first, or what is committed next takes its place.
        Raises ``StoreError``: then neither is certain.
        """
        with self.write_transaction() as connection:
            connection.driver.execute(f"PRAGMA user_version={driver.USER_VERSION}")

    def _unsealed(self) -> None:
        """Raise why nothing may be written; where it was the disk or its rights, look whether it still is so."""
        why = self._sealed
        if why is None:
            return
        if isinstance(why, StoreCorrupt | StoreNewer):
            raise type(why)(*why.args) from None
        self._readers.dispose()
        self._writer.dispose()
        prove_writable(self._writer)
        settle_log(self._writer)
        with self._sealing:
            if self._sealed is why:
                self._read_with(readers(self.path))
                self._sealed = None
        self._check()

    def _read_with(self, others: Connections) -> None:
        """Read with other connections from now on."""
        before, self._readers = self._readers, others
        before.dispose()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Seal the store if this shows that it is damaged, or that the disk does not keep what it is given."""
        try:
            yield
        except StoreError as error:
            why = reason_of(error)
            if isinstance(why, StoreForeign):  # it was one of ours when it was opened
                why = StoreCorrupt(*why.args)
            if isinstance(why, StoreCorrupt | StoreUnsynced):
                self.seal(why)
            raise

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
        if not isinstance(self._sealed, StoreNewer):  # that one is read as far as it goes
            of_today(self.path, _VERSION.one(connection)[0])

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
        return sweeping.sweep(self.path, seconds, self._progress, listed_all=named)

    def close(self) -> None:
        """Let go of the file; the store cannot be used afterwards."""
        if isinstance(self._sealed, StoreCorrupt) and driver.left_beside(self.path):
            with suppress(StoreError), self._readers.transaction() as connection:
                # Whoever closes last would copy the log into the damaged file: so that is one who cannot write.
                connection.driver.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
                self._writer.dispose()
        self._readers.dispose()
        self._writer.dispose()
        if self.in_place and self._sealed is None:
            sweeping.sweep(self.path, _AT_CLOSING, self._progress)

    def _check(self) -> None:
        """Raise ``StoreCorrupt`` if a table or a guard that every store of ours has is not there, or says other."""
        with self._readers.transaction() as connection:
            if not made.is_as_made(connection):
                from mesa_recuperacion.store import schema

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
    row = _STREAM.one(connection)
    return row[0] if row else ""
