"""Every statement that a test lets our code execute, whichever way it reaches the driver."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, Select, event

from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, Values


def plan(connection: Connection, query: Select[Any] | Prepared) -> list[str]:
    """How SQLite answers a query: one that is prepared as the driver gets it, any other with its values in it."""
    if isinstance(query, Prepared):
        text, values = query.text, [None] * places(query.text)
    else:
        text, values = str(query.compile(connection.core.engine, compile_kwargs={"literal_binds": True})), []
    return [row[3] for row in connection.driver.execute(f"EXPLAIN QUERY PLAN {text}", values)]


def places(text: str) -> int:
    """How many values a statement of ours takes."""
    numbered = [int(number) for number in re.findall(r"\?(\d+)", text)]
    return max(numbered) if numbered else text.count("?")


@contextmanager
def noted(note: Callable[[str, Any], None]) -> Iterator[None]:
    """Call ``note`` with each statement and its parameters (the first ones, if it is executed for many)."""

    def by_library(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        note(statement, parameters[0] if many else parameters)

    asked = {name: getattr(Prepared, name) for name in ("run", "one", "rows", "first")}
    all_of = Prepared.many

    def once(name: str) -> Callable[..., Any]:
        def ask(self: Prepared, connection: Connection, *values: Any) -> Any:
            note(self.text, values)
            return asked[name](self, connection, *values)

        return ask

    def often(self: Prepared, connection: Connection, rows: Iterable[Values]) -> None:
        kept = list(rows)
        if kept:
            note(self.text, kept[0])
        all_of(self, connection, kept)

    event.listen(Engine, "before_cursor_execute", by_library)
    with pytest.MonkeyPatch.context() as patch:
        for name in asked:
            patch.setattr(Prepared, name, once(name))
        patch.setattr(Prepared, "many", often)
        yield
    event.remove(Engine, "before_cursor_execute", by_library)
