"""Two engines for one file: one writer at a time, and readers that cannot write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from mesa_recuperacion.store import driver
from mesa_recuperacion.store.errors import StoreUnknown, StoreUnsynced, translate, uncommitted
from mesa_recuperacion.store.forbidden import forbid

READERS = 4
"""How many can read at once."""


def begin_reading(connection: Any) -> None:
    """Begin a transaction that sees one moment of the store."""
    connection.execute("BEGIN")


def raw_engine(
    connect: Callable[[], Any], *, size: int = 1, begin: Callable[[Any], None] = driver.begin_writing
) -> Engine:
    """An engine whose transactions begin as we say, and not when the driver thinks that one is needed."""
    engine = create_engine(
        "sqlite://", creator=connect, module=driver.sqlite, poolclass=QueuePool, pool_size=size, max_overflow=0,
        pool_timeout=driver.BUSY_SECONDS,
    )  # fmt: skip

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        begin(connection.connection.driver_connection)

    return engine


def writer_engine(path: Path) -> Engine:
    """The one writer: a pool of one is a queue, and the lock is taken at the beginning of each transaction."""

    def connect() -> Any:
        return driver.prepared(driver.connect(path), driver.prepare_writer, forbid)

    return raw_engine(connect)


def reader_engine(path: Path) -> Engine:
    """Readers: each transaction sees one moment of the store, and none can write."""

    def connect() -> Any:
        return driver.prepared(driver.connect(path), driver.prepare_reader, forbid)

    return raw_engine(connect, size=READERS, begin=begin_reading)


def last_reader_engine(path: Path) -> Engine:
    """Readers that could not write if they wanted to: for a file that must stay as it is."""

    def connect() -> Any:
        return driver.prepared(driver.connect_to_read(path), driver.prepare_reader, forbid)

    return raw_engine(connect, size=READERS, begin=begin_reading)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed at the normal end, rolled back on any exception.

    Raises the store's errors for the driver's; ``StoreUnknown`` if the commit itself failed, and then the connection
    is thrown away, because nothing that it says afterwards can be relied on.
    """
    with translated(), engine.connect() as connection:
        change = connection.begin()
        try:
            yield connection
        except BaseException:
            change.rollback()
            raise
        try:
            change.commit()
        except BaseException as error:
            connection.invalidate()
            if isinstance(error, DBAPIError):
                raise StoreUnknown(str(error.orig), uncommitted(error)) from error
            raise


@contextmanager
def translated() -> Iterator[None]:
    """Driver errors that leave this block are the store's own."""
    try:
        yield
    except (DBAPIError, PoolTimeout, driver.sqlite.Error, UnicodeDecodeError) as error:
        raise translate(error) from error


def settle_log(engine: Engine) -> None:
    """Write all that is in the log into the file itself, and have the disk confirm it.

    Raises ``StoreUnsynced`` if that could not be done to the end, or whatever the disk says.
    """
    with translated():
        connection = engine.raw_connection()
        try:
            busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.close()
    if busy:
        raise StoreUnsynced("somebody else is at the log")


def prove_writable(engine: Engine) -> None:
    """Raise ``StoreReadOnly`` unless the file can be written: beginning a transaction proves nothing, a write does."""
    with translated(), engine.connect() as connection:
        change = connection.begin()
        version = connection.exec_driver_sql("PRAGMA user_version").scalar()
        connection.exec_driver_sql(f"PRAGMA user_version={version}")
        change.rollback()
