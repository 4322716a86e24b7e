"""Statements that are said once, as the driver gets them.  Imports no database library.

What a desk reads and writes at each step is said in SQL: the library that composes it would take longer around each
execution than SQLite takes for it, and longer to be imported than the desk takes for all else.  What is asked in many
ways, as by the review, is composed with that library (``store.core``).

Parameters are ``?`` in the order of the values, or ``?1``, ``?2`` … where one is said twice or in another place.
Constants stand in the text: SQLite plans a statement anew, each time, whose ``LIMIT`` is a parameter.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.shapes import Shape

Values = Sequence[Any]


class Prepared:
    """A statement; rows come back as plain tuples, in the order of their columns.

    All methods raise the driver's errors, which the transaction's owner translates.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        """The statement as the driver gets it."""
        self._row: Callable[[Values], Any] | None = None

    def run(self, connection: Connection, *values: Any) -> Any:
        """Execute it; the driver's cursor."""
        return connection.driver.execute(self.text, values)

    def one(self, connection: Connection, *values: Any) -> Any:
        """The first row, or ``None``."""
        return connection.driver.execute(self.text, values).fetchone()

    def rows(self, connection: Connection, *values: Any) -> list[Any]:
        """All rows, with the names of the columns."""
        found = connection.driver.execute(self.text, values)
        return list(map(self._named(found), found))

    def first(self, connection: Connection, *values: Any) -> Any:
        """The first row, with the names of the columns, or ``None``."""
        found = connection.driver.execute(self.text, values)
        row = found.fetchone()
        return None if row is None else self._named(found)(row)

    def many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Execute it once for each row of values, of which there may be none."""
        connection.driver.executemany(self.text, rows)

    def _named(self, cursor: Any) -> Callable[[Values], Any]:
        if self._row is None:
            row: Any = namedtuple("Row", [column[0] for column in cursor.description], rename=True)  # type: ignore[misc]
            self._row = row._make
        return self._row


class PreparedList:
    """A statement about a list of values, said once for each length of it: ``{}`` is where they stand, before all other
    parameters.
    """

    def __init__(self, text: str) -> None:
        self.of = cache(lambda length: Prepared(text.format(", ".join("?" * length))))
        """The statement for a list of that length."""


def insert(table: Shape, *, unless_there: bool = False) -> Prepared:
    """A new row of a table; with ``unless_there``, nothing happens where its key, or one as unique, is there."""
    places = ", ".join("?" * len(table.columns))
    clause = " ON CONFLICT DO NOTHING" if unless_there else ""
    return Prepared(f"INSERT INTO {table.name} ({_listed(table.columns)}) VALUES ({places}){clause}")


def upsert(table: Shape, *, add: bool = False) -> Prepared:
    """Write a row over the one of its key; with ``add``, add its figures to that one's."""
    before = f"{table.name}.{{0}} + " if add else ""
    new = ", ".join(f"{{0}} = {before}excluded.{{0}}".format(f'"{name}"') for name in table.rest)
    return Prepared(f"{insert(table).text} ON CONFLICT ({_listed(table.key)}) DO UPDATE SET {new}")


@cache
def setting(table: Shape, *columns: str) -> Prepared:
    """Set those columns of the one row of a key: their values are given first, those of the key after them."""
    return Prepared(f"UPDATE {table.name} SET {_each(columns, ', ')} WHERE {_each(table.key, ' AND ')}")


def deleting(table: Shape, where: str = "") -> Prepared:
    """Delete the one row of a key, if it meets that condition."""
    condition = f" AND {where}" if where else ""
    return Prepared(f"DELETE FROM {table.name} WHERE {_each(table.key, ' AND ')}{condition}")


def among(words: Iterable[str]) -> str:
    """Constants of ours as SQL lists them; never anything that was typed."""
    return ", ".join(f"'{word}'" for word in words)


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _each(columns: Iterable[str], between: str) -> str:
    return between.join(f'"{name}" = ?' for name in columns)
