"""SQLAlchemy on a connection of the store, for questions that are composed: of the review, and of making tables.

It takes no part in transactions, and neither opens nor closes anything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from mesa_recuperacion.store import driver


class Hinting(SQLiteCompiler):
    """Writes a hint behind the table that it is about."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        """As it was given."""
        return text


class Within(SQLiteDialect_pysqlite):
    """SQLite as a guest: whoever opened the connection set it up, and begins, ends and closes."""

    supports_statement_cache = True
    statement_compiler = Hinting

    @classmethod
    def import_dbapi(cls) -> Any:
        """The driver that is loaded."""
        return driver.sqlite

    def initialize(self, connection: Connection) -> None:
        """Nothing is asked of a file only to get to know it."""

    def on_connect(self) -> Callable[[Any], None]:
        """Nothing is set."""
        return lambda connection: None

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Not ours to do."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Not ours to do."""

    def do_close(self, dbapi_connection: Any) -> None:
        """Not ours to do."""


registry.register("sqlite.within", __name__, Within.__name__)
_given = threading.local()


@cache
def _engine() -> Engine:
    """One for all stores of the process, so that what is composed is compiled once."""
    return create_engine("sqlite+within://", creator=lambda: _given.connection, poolclass=NullPool)


def core_of(connection: Any) -> Connection:
    """A driver's connection as SQLAlchemy uses it."""
    _given.connection = connection
    try:
        return _engine().connect()
    finally:
        del _given.connection
