"""Folding what customers are found by as their name or telephone is typed (rule A3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from mesa_recuperacion.store import cards
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, PreparedList, deleting, insert, upsert
from mesa_recuperacion.store.shapes import CUSTOMER_WORD
from mesa_recuperacion.store.words import Row, found_by

_AT_ONCE = 10_000
"""Customers whose rows are written at once, in the order of the table."""

_KEY = len(CUSTOMER_WORD.key)
_NO_ROW, _PUT_ROW, _ADD_ROW = deleting(CUSTOMER_WORD), upsert(CUSTOMER_WORD), insert(CUSTOMER_WORD)
_CARDS = PreparedList("SELECT id, name, phone, last_at_ms FROM customer WHERE id IN ({})")
_STANDING = Prepared(
    f"SELECT id, name, phone, last_at_ms FROM customer WHERE id > ? AND merged_into = '' ORDER BY id LIMIT {_AT_ONCE}"
)
_MERGED = Prepared(
    "SELECT merged_into, name, phone, last_at_ms FROM customer WHERE merged_into <> '' ORDER BY merged_into, id"
)
_EMPTY = Prepared(f"DELETE FROM {CUSTOMER_WORD.name}")

_Card = tuple[str, str, int | None]
"""Its name and telephone, and when it complained last."""


class Found:
    """Keeps the rows by which customers are found in step with the cards of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def follows(self, *people: str) -> Iterator[None]:
        """Whoever is behind those cards is found by what the cards say after what is done to them meanwhile."""
        was = self._rows_of(people)
        yield
        now = self._rows_of(people)
        _NO_ROW.many(self._connection, sorted({row[:_KEY] for row in was} - {row[:_KEY] for row in now}))
        _PUT_ROW.many(self._connection, sorted(now - was))

    def add(self, new: list[dict[str, Any]]) -> None:
        """Cards that are new, and stand on their own."""
        rows = [row for one in new for row in _rows(one["id"], [(one["name"], one["phone"], one["last_at_ms"])])]
        _ADD_ROW.many(self._connection, sorted(rows))

    def finish(self, alive: Callable[[], None]) -> None:
        """Nothing: all is told."""

    def _rows_of(self, people: tuple[str, ...]) -> set[Row]:
        rows: set[Row] = set()
        for group in {cards.same(self._connection, who) for who in people}:
            known = {who: tuple(card) for who, *card in _CARDS.of(len(group)).run(self._connection, *group)}
            rows |= {*_rows(group[0], [known[who] for who in group if who in known])}
        return rows


class LateFound(Found):
    """The same of many entries at once: what everybody is found by is told when all is folded (:meth:`finish`)."""

    @contextmanager
    def follows(self, *people: str) -> Iterator[None]:
        """Nothing follows yet."""
        yield

    def add(self, new: list[dict[str, Any]]) -> None:
        """Nothing yet."""

    def finish(self, alive: Callable[[], None]) -> None:
        """Write what everybody is found by; ``alive`` is called now and then."""
        for _ in find_everybody(self._connection):
            alive()


def find_everybody(connection: Connection) -> Iterator[int]:
    """Write anew what everybody is found by, from their cards; how many customers are done is told now and then."""
    _EMPTY.run(connection)
    merged: dict[str, list[_Card]] = {}
    for root, name, phone, last in _MERGED.run(connection):
        merged.setdefault(root, []).append((name, phone, last))
    done, at = 0, ""
    while page := _STANDING.run(connection, at).fetchall():
        rows = [row for who, *card in page for row in _rows(who, [tuple(card), *merged.get(who, ())])]
        _ADD_ROW.many(connection, sorted(rows))
        done, at = done + len(page), page[-1][0]
        yield done


def _rows(who: str, of_them: list[_Card]) -> list[Row]:
    last = max((at for _, _, at in of_them if at is not None), default=None)
    return found_by(who, [(name, phone) for name, phone, _ in of_them], last)
