"""Statements that are compiled once, and given to the driver as they are.

What SQLAlchemy does around each execution (finding the compiled form, naming and ordering the parameters, making rows
with names) takes ten times as long as SQLite takes for a row.  So what each step runs, and what a replay runs for each
line, is said with it, once, and run without it.  Rows come back as plain tuples, in the order of the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.expression import Executable

Values = Sequence[Any]

_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")


class Prepared:
    """A statement whose parameters are given by their place.

    ``names`` are those of its parameters in the order in which values are given; of an ``INSERT`` without values they
    are the columns of the table.  Nothing in it may depend on the values: no list that is expanded.
    All methods raise the driver's errors, which the transaction's owner translates.
    """

    def __init__(self, statement: Executable, *names: str) -> None:
        self.statement = statement
        self.names = names or (tuple(statement.table.c.keys()) if isinstance(statement, Insert) else ())

    @cached_property
    def text(self) -> str:
        """The statement as the driver gets it."""
        return self._compiled[0]

    def placed(self, values: Values) -> Values:
        """The values in the order in which the statement wants them, with its constants."""
        place = self._compiled[1]
        return place(values) if place else values

    def run(self, connection: Connection, *values: Any) -> Any:
        """Execute it; the driver's cursor."""
        text, place = self._compiled
        return connection.connection.driver_connection.execute(text, place(values) if place else values)  # type: ignore[union-attr]

    def one(self, connection: Connection, *values: Any) -> Any:
        """The first row, or ``None``."""
        return self.run(connection, *values).fetchone()

    def many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Execute it once for each row of values."""
        text, place = self._compiled
        connection.connection.driver_connection.executemany(text, map(place, rows) if place else rows)  # type: ignore[union-attr]

    @cached_property
    def _compiled(self) -> tuple[str, Callable[[Values], Values] | None]:
        compiled = self.statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        wanted = tuple(compiled.positiontup or ())
        said = {name: value for name, value in compiled.params.items() if name not in self.names}
        if unknown := {*self.names} - {*wanted}:
            raise TypeError(f"no such parameters: {unknown}")
        if wanted == self.names:
            return str(compiled), None
        constants = tuple(said)
        held = tuple(said[name] for name in constants)
        places = [(*self.names, *constants).index(name) for name in wanted]
        take: Any = itemgetter(*places) if len(places) > 1 else lambda values: (values[places[0]],)
        return str(compiled), lambda values: take((*values, *held))
