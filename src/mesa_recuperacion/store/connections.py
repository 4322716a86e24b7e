"""The connections to one file: one that writes, readers that cannot.  Imports no database library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any

from mesa_recuperacion.store import driver
from mesa_recuperacion.store.errors import StoreBusy, StoreUnknown, StoreUnsynced, translate, uncommitted
from mesa_recuperacion.store.forbidden import forbid

if TYPE_CHECKING:
    import sqlalchemy

READERS = 4
"""How many can read at once."""


class Connection:
    """A connection of the driver, in one transaction at a time; what is executed raises the driver's errors."""

    __slots__ = ("_core", "driver", "is_open")

    def __init__(self, connection: Any) -> None:
        self.driver = connection
        self.is_open = True
        self._core: sqlalchemy.Connection | None = None

    @property
    def core(self) -> sqlalchemy.Connection:
        """The same, for what is composed with SQLAlchemy, which is imported when this is asked for."""
        if self._core is None:
            from mesa_recuperacion.store.core import core_of

            self._core = core_of(self.driver)
        return self._core

    def undo(self) -> None:
        """Roll back; a connection that cannot is of no more use."""
        try:
            self.driver.rollback()
        except driver.sqlite.Error:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.is_open = False
        if self._core is not None:
            self._core.close()
        self.driver.close()


class Connections:
    """At most ``size`` connections to one file, kept from one transaction to the next; whoever finds all of them in
    use waits.
    """

    def __init__(
        self, connect: Callable[[], Any], *, size: int = 1, begin: Callable[[Any], None] = driver.begin_writing
    ) -> None:
        self._connect, self._begin = connect, begin
        self._turns = BoundedSemaphore(size)
        self._lock = Lock()
        self._idle: list[Connection] = []
        self._disposed = 0

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: committed at the normal end, rolled back on any exception.

        Raises the store's errors for the driver's; ``StoreBusy`` if all connections stay in use; ``StoreUnknown`` if
        the commit itself failed, and then the connection is thrown away, because nothing that it says afterwards can be
        relied on.
        """
        with translated(), self._turn() as connection:
            try:
                self._begin(connection.driver)
                yield connection
            except BaseException:
                connection.undo()
                raise
            try:
                self._commit(connection.driver)
            except BaseException as error:
                connection.close()
                if (said := driver.said_by(error)) is not None:
                    raise StoreUnknown(str(said), uncommitted(said)) from error
                raise

    @contextmanager
    def outside(self) -> Iterator[Any]:
        """The driver's connection, in no transaction.  Raises as :meth:`transaction`."""
        with translated(), self._turn() as connection:
            yield connection.driver

    def dispose(self) -> None:
        """Close them; those that are in use, as they come back.  More are made if they are asked for."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._disposed += 1
        for connection in idle:
            connection.close()

    def _commit(self, connection: Any) -> None:
        connection.commit()

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        if not self._turns.acquire(timeout=driver.BUSY_SECONDS):
            raise StoreBusy("all connections are in use")
        try:
            with self._lock:
                connection, disposed = self._idle.pop() if self._idle else None, self._disposed
            if connection is None:
                connection = Connection(self._connect())
            try:
                yield connection
            finally:
                self._give_back(connection, disposed)
        finally:
            self._turns.release()

    def _give_back(self, connection: Connection, disposed: int) -> None:
        with self._lock:
            if connection.is_open and disposed == self._disposed:
                self._idle.append(connection)
                return
        if connection.is_open:
            connection.close()


def begin_reading(connection: Any) -> None:
    """Begin a transaction that sees one moment of the store."""
    connection.execute("BEGIN")


def writer(path: Path) -> Connections:
    """The one writer: the lock is taken at the beginning of each transaction."""
    return Connections(lambda: driver.prepared(driver.connect(path), driver.prepare_writer, forbid))


def readers(path: Path) -> Connections:
    """Readers: each transaction sees one moment of the store, and none can write."""

    def connect() -> Any:
        return driver.prepared(driver.connect(path), driver.prepare_reader, forbid)

    return Connections(connect, size=READERS, begin=begin_reading)


def last_readers(path: Path) -> Connections:
    """Readers that could not write if they wanted to: for a file that must stay as it is."""

    def connect() -> Any:
        return driver.prepared(driver.connect_to_read(path), driver.prepare_reader, forbid)

    return Connections(connect, size=READERS, begin=begin_reading)


@contextmanager
def translated() -> Iterator[None]:
    """Driver errors that leave this block are the store's own."""
    try:
        yield
    except Exception as error:
        if driver.said_by(error) is None:
            raise
        raise translate(error) from error


def settle_log(connections: Connections) -> None:
    """Write all that is in the log into the file itself, and have the disk confirm it.

    Raises ``StoreUnsynced`` if that could not be done to the end, or whatever the disk says.
    """
    with connections.outside() as connection:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StoreUnsynced("somebody else is at the log")


def prove_writable(connections: Connections) -> None:
    """Raise ``StoreReadOnly`` unless the file can be written: beginning a transaction proves nothing, a write does."""
    with connections.outside() as connection:
        driver.begin_writing(connection)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute(f"PRAGMA user_version={version}")
        finally:
            connection.rollback()
