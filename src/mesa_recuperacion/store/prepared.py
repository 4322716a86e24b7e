"""Statements that are compiled once, and given to the driver as they are.

What SQLAlchemy does around each execution (finding the compiled form, naming and ordering the parameters, making rows
with names) takes ten times as long as SQLite takes for a row.  So what each step runs, and what a replay runs for each
line, is said with it, once, and run without it.  Rows come back as plain tuples, in the order of the columns.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, bindparam, update
from sqlalchemy.dialects.sqlite import Insert as Upsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.expression import Executable

Values = Sequence[Any]

_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")


class Prepared:
    """A statement whose parameters are given by their place.

    ``names`` are those of its parameters in the order in which values are given; of an ``INSERT`` without values they
    are the columns of the table.  Nothing in it may depend on the values; what is ``listed`` is
    expanded to a ``length`` (see :class:`PreparedList`), and its values come first.
    All methods raise the driver's errors, which the transaction's owner translates.
    """

    def __init__(self, statement: Executable, *names: str, listed: str = "", length: int | None = None) -> None:
        self.statement, self._listed, self._length = statement, listed, length
        self.names = names or (tuple(statement.table.c.keys()) if isinstance(statement, Insert) else ())

    @cached_property
    def text(self) -> str:
        """The statement as the driver gets it."""
        return self._compiled[0]

    def placed(self, values: Values) -> Values:
        """The values in the order in which the statement wants them, with its constants."""
        place = self._compiled[1]
        return place(values) if place else values

    def rows(self, connection: Connection, *values: Any) -> list[Any]:
        """All rows, with the names of the columns."""
        return list(map(self._row, self.run(connection, *values)))

    def first(self, connection: Connection, *values: Any) -> Any:
        """The first row, with the names of the columns, or ``None``."""
        row = self.one(connection, *values)
        return None if row is None else self._row(row)

    def run(self, connection: Connection, *values: Any) -> Any:
        """Execute it; the driver's cursor."""
        text, place = self._compiled
        return connection.connection.driver_connection.execute(text, place(values) if place else values)  # type: ignore[union-attr]

    def one(self, connection: Connection, *values: Any) -> Any:
        """The first row, or ``None``."""
        return self.run(connection, *values).fetchone()

    def many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Execute it once for each row of values, of which there may be none."""
        text, place = self._compiled
        connection.connection.driver_connection.executemany(text, map(place, rows) if place else rows)  # type: ignore[union-attr]

    @cached_property
    def _row(self) -> Callable[[Values], Any]:
        selected: Any = self.statement
        row: Any = namedtuple("Row", selected.selected_columns.keys(), rename=True)  # type: ignore[misc]
        make: Callable[[Values], Any] = row._make
        return make

    @cached_property
    def _compiled(self) -> tuple[str, Callable[[Values], Values] | None]:
        asked: Any = self.statement
        compiled = asked.compile(dialect=_DIALECT)
        if self._length is None:
            text, parameters, wanted = str(compiled), compiled.params, tuple(compiled.positiontup or ())
        else:
            given = dict.fromkeys(self.names[self._length :]) | {self._listed: [""] * self._length}
            text, parameters, _, wanted, *_ = compiled.construct_expanded_state(given)
        if unknown := {*self.names} - {*wanted}:
            raise TypeError(f"no such parameters: {unknown}")
        places = [self.names.index(name) for name in wanted if name in self.names]
        pieces = text.split("?")
        said = ("?" if name in self.names else _literal(parameters[name]) for name in wanted)
        whole = pieces[0] + "".join(f"{value}{piece}" for value, piece in zip(said, pieces[1:], strict=True))
        if places == list(range(len(self.names))):
            return whole, None
        return whole, itemgetter(*places)


def _literal(constant: str | int | None) -> str:
    """A constant of ours as SQL says it.

    Given as a value it would cost: SQLite plans a statement anew, each time, whose ``LIMIT`` is a parameter.
    """
    if constant is None:
        return "NULL"
    return str(constant) if isinstance(constant, int) else "'" + constant.replace("'", "''") + "'"


def upsert(table: Table, *, add: bool = False) -> Upsert:
    """Write a row over the one of its key; with ``add``, add its figures to that one's."""
    statement = sqlite_insert(table)
    key = [column.name for column in table.primary_key]
    values = [column for column in table.c if column.name not in key]
    new = {c.name: c + statement.excluded[c.name] if add else statement.excluded[c.name] for c in values}
    return statement.on_conflict_do_update(index_elements=key, set_=new)


@cache
def setting(table: Table, *names: str) -> Prepared:
    """Set those columns of the one row of a key: their values are given first, those of the key after them."""
    key = tuple(column.name for column in table.primary_key)
    new = {name: f"new_{name}" for name in names}
    change = update(table).where(*(column == bindparam(column.name) for column in table.primary_key))
    return Prepared(change.values({name: bindparam(given) for name, given in new.items()}), *new.values(), *key)


class PreparedList:
    """A statement that is about a list of values, compiled once for each length of it.

    ``listed`` is the parameter that is expanded; its values are given first, the others by the order of ``names``.
    """

    def __init__(self, statement: Any, listed: str, *names: str) -> None:
        self._statement, self._listed, self._names = statement, listed, names
        self._of: dict[int, Prepared] = {}

    def of(self, length: int) -> Prepared:
        """The statement for a list of that length."""
        if length not in self._of:
            names = (f"{self._listed}_{n}" for n in range(1, length + 1))
            self._of[length] = Prepared(self._statement, *names, *self._names, listed=self._listed, length=length)
        return self._of[length]
