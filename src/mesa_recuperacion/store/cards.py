"""Customers: their cards with their history.

Cards that were merged are one customer: whichever is asked for, the answer is the card that it is read as, with the
cases of them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.text import digits_of, fold
from mesa_recuperacion.domain.views import Card, Customer, CustomerFile, HistoryLine
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, PreparedList
from mesa_recuperacion.store.words import PHONE

FILE_LINES = 50
"""How many earlier cases a customer's whole file tells."""

_LATEST = "ORDER BY opened_at_ms DESC, folio DESC"

MERGED_INTO = PreparedList("SELECT * FROM customer WHERE merged_into IN ({}) AND merged_into <> '' ORDER BY id")
"""The cards that are read as one of these."""


@cache
def history(most: int) -> PreparedList:
    """The latest cases of cards that are read as one, without one of the cases, at most so many."""
    return PreparedList(
        "SELECT folio, opened_at_ms, problem, remedy, given, currency, status, satisfied FROM case_file "
        f"WHERE customer IN ({{}}) AND folio <> ? {_LATEST} LIMIT {most}"
    )


SINCE = PreparedList(
    "SELECT count(*), coalesce(sum(broken), 0), coalesce(sum(unsatisfied), 0) FROM case_file "
    "WHERE customer IN ({}) AND opened_at_ms >= ?"
)
"""How many cases those cards have had since an instant: all, with a promise broken, with "not satisfied"."""

PROBLEMS = PreparedList(
    f"SELECT problem FROM case_file WHERE customer IN ({{}}) AND opened_at_ms >= ? AND problem <> '' {_LATEST}"
)
"""The problem of each of those cases, the latest first; cases whose problem is not known yet are left out."""


@cache
def alike_in(most: int) -> PreparedList:
    """The latest of those cases with a problem, of a stream (a case is written in its own), at most so many."""
    return PreparedList(
        "SELECT folio FROM case_file WHERE customer IN ({}) AND opened_at_ms >= ? AND problem = ? AND stream = ? "
        f"{_LATEST} LIMIT {most}"
    )


RETAIN = PreparedList("SELECT id FROM agenda WHERE customer IN ({}) AND kind = 'retain' AND status = 'pending' LIMIT 1")
"""What is pending so that the customer of those cards stays."""

PHONE_CARDS = Prepared(
    "SELECT customer.* FROM customer_word AS w JOIN customer ON customer.id = w.customer "
    f"WHERE w.place = {PHONE} AND w.word = ? AND merged_into = ''"
)
"""The cards that stand on their own and are found by some digits of a telephone, all or the last of them."""

_CASES = PreparedList("SELECT folio FROM case_file WHERE customer IN ({}) AND stream = ? ORDER BY opened_at_ms, folio")
_CARD = Prepared("SELECT * FROM customer WHERE id = ?")
_READ_AS = Prepared("SELECT merged_into FROM customer WHERE id = ?")
_READ_AS_ONE = Prepared("SELECT id FROM customer WHERE merged_into = ? AND merged_into <> '' ORDER BY id")
_NAMES = Prepared(
    "SELECT one.id, coalesce(root.name, one.name) FROM customer AS one "
    "LEFT JOIN customer AS root ON root.id = one.merged_into WHERE one.id IN (SELECT value FROM json_each(?))"
)


def same(connection: Connection, who: str) -> tuple[str, ...]:
    """The card that a customer is read as, and after it every card that is read as that one."""
    row = _READ_AS.one(connection, who)
    root = who if row is None else row[0] or who
    return (root, *(other for (other,) in _READ_AS_ONE.run(connection, root)))


def since(connection: Connection, who: str, at: datetime) -> tuple[int, int, int]:
    """How many cases a customer has had since an instant: all, with a promise broken, with "not satisfied"."""
    return _since(connection, same(connection, who), at)


def problems(connection: Connection, who: str, at: datetime) -> tuple[str, ...]:
    """The problem of each of those cases, the latest first."""
    cards = same(connection, who)
    return tuple(problem for (problem,) in PROBLEMS.of(len(cards)).run(connection, *cards, to_ms(at)))


def alike(connection: Connection, who: str, problem: str, at: datetime, stream: str, most: int) -> tuple[str, ...]:
    """The folios of those with a problem, the latest first, at most so many, and of a stream."""
    cards = same(connection, who)
    found = alike_in(most).of(len(cards)).run(connection, *cards, to_ms(at), problem, stream)
    return tuple(folio for (folio,) in found)


def retaining(connection: Connection, who: str) -> bool:
    """Whether somebody is to call that customer, so that they stay."""
    cards = same(connection, who)
    return RETAIN.of(len(cards)).one(connection, *cards) is not None


def kept(connection: Connection, who: str) -> Card | None:
    """A card as it is kept, whatever it is read as."""
    row = _CARD.first(connection, who)
    return None if row is None else _as_kept(row)


def card(
    connection: Connection, who: str, *, recent: int | datetime, limit: int = 5, but: str = ""
) -> Customer | None:  # fmt: skip
    """A customer; ``recent`` is the count of recent complaints, or the instant since when to count them."""
    row = _standing(connection, who)
    return None if row is None else _card(connection, row, _merged(connection, [row.id]), recent, limit, but)


def file(connection: Connection, who: str, at: datetime) -> CustomerFile | None:
    """A customer's whole file; recent is what happened since that instant."""
    row = _standing(connection, who)
    if row is None:
        return None
    merged = _merged(connection, [row.id])
    whole = _card(connection, row, merged, at, FILE_LINES, "")
    return CustomerFile(whole, _same_phone(connection, row), _by_name(map(_as_kept, merged.get(row.id, ()))))


def read_as_one(connection: Connection, who: str) -> tuple[Card, ...]:
    """Every card that is read as one with a customer's, the one that they are all read as first; none for nobody."""
    row = _standing(connection, who)
    if row is None:
        return ()
    return (_as_kept(row), *map(_as_kept, _merged(connection, [row.id]).get(row.id, ())))


def cases_of(connection: Connection, cards: Iterable[str], stream: str) -> tuple[str, ...]:
    """The folios of the cases of those very cards that a stream holds, in order; not of those that were withdrawn."""
    known = [who for who in cards if who]
    return tuple(folio for (folio,) in _CASES.of(len(known)).run(connection, *known, stream))


def _same_phone(connection: Connection, row: Any) -> tuple[Card, ...]:
    digits = digits_of(row.phone)
    if not digits:
        return ()
    found = (_as_kept(other) for other in PHONE_CARDS.rows(connection, digits) if other.id != row.id)
    return _by_name(other for other in found if digits_of(other.phone) == digits)


def _by_name(found: Iterable[Card]) -> tuple[Card, ...]:
    return tuple(sorted(found, key=lambda one: (fold(one.name), one.id)))


def _standing(connection: Connection, who: str) -> Any:
    """The row of the card that a customer is read as; ``None`` if there is none."""
    row = _CARD.first(connection, who)
    return _CARD.first(connection, row.merged_into) if row is not None and row.merged_into else row


def several(
    connection: Connection, people: Sequence[str], *, recent: datetime, limit: int
) -> tuple[Customer, ...]:  # fmt: skip
    """The customers of those cards, which stand on their own, each with so many of its latest cases."""
    merged = _merged(connection, people)
    rows = (_CARD.first(connection, who) for who in people)
    return tuple(_card(connection, row, merged, recent, limit, "") for row in rows)


def _merged(connection: Connection, roots: Sequence[str]) -> dict[str, list[Any]]:
    """The cards that are read as each of these."""
    found: dict[str, list[Any]] = {}
    for row in MERGED_INTO.of(len(roots)).rows(connection, *roots) if roots else ():
        found.setdefault(row.merged_into, []).append(row)
    return found


def _as_kept(row: Any) -> Card:
    return Card(row.id, row.name, row.call_name, row.phone, row.merged_into, bool(row.forgotten))


def _last_at(rows: Iterable[Any]) -> datetime | None:
    last = max((row.last_at_ms for row in rows if row.last_at_ms is not None), default=None)
    return None if last is None else from_ms(last)


def _since(connection: Connection, cards: Sequence[str], at: datetime) -> tuple[int, int, int]:
    cases, broken, unsatisfied = SINCE.of(len(cards)).one(connection, *cards, to_ms(at))
    return cases, broken, unsatisfied


def _card(
    connection: Connection, row: Any, merged: Mapping[str, Sequence[Any]], recent: int | datetime,
    limit: int, but: str,
) -> Customer:  # fmt: skip
    rows = [row, *merged.get(row.id, ())]
    cards = [one.id for one in rows]
    lately, broken, unsatisfied = (recent, 0, 0) if isinstance(recent, int) else _since(connection, cards, recent)
    lines = tuple(map(_history_line, history(limit).of(len(cards)).rows(connection, *cards, but)))
    return Customer(
        row.id, row.name, row.call_name, row.phone, sum(one.complaints for one in rows), lately, _last_at(rows), lines,
        broken, unsatisfied, bool(row.forgotten),
    )  # fmt: skip


def _history_line(row: Any) -> HistoryLine:
    given = None if row.given is None else Money(row.given, row.currency)
    satisfied = None if row.satisfied is None else bool(row.satisfied)
    return HistoryLine(row.folio, from_ms(row.opened_at_ms), row.problem, row.remedy, given, row.status, satisfied)


def names(connection: Connection, people: Iterable[str]) -> dict[str, str]:
    """The names of customers, each of the card that it is read as."""
    return dict(_NAMES.run(connection, json.dumps(list(people))))
