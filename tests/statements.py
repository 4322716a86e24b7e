"""Every statement that a test lets our code execute, whichever way it reaches the driver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Select, event

from mesa_recuperacion.store.prepared import Prepared, Values


def plan(connection: Connection, query: Select[Any] | Prepared) -> list[str]:
    """How SQLite answers a query: one that is prepared as the driver gets it, any other with its values in it."""
    if isinstance(query, Prepared):
        text, values = query.text, query.placed([None] * len(query.names))
    else:
        text, values = str(query.compile(connection.engine, compile_kwargs={"literal_binds": True})), ()
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", tuple(values))]


@contextmanager
def noted(note: Callable[[str, Any], None]) -> Iterator[None]:
    """Call ``note`` with each statement and its parameters (the first ones, if it is executed for many)."""

    def by_library(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        note(statement, parameters[0] if many else parameters)

    run, all_of = Prepared.run, Prepared.many

    def once(self: Prepared, connection: Connection, *values: Any) -> Any:
        note(self.text, self.placed(values))
        return run(self, connection, *values)

    def often(self: Prepared, connection: Connection, rows: Iterable[Values]) -> None:
        kept = list(rows)
        if kept:
            note(self.text, self.placed(kept[0]))
        all_of(self, connection, kept)

    event.listen(Engine, "before_cursor_execute", by_library)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "run", once)
        patch.setattr(Prepared, "many", often)
        yield
    event.remove(Engine, "before_cursor_execute", by_library)
