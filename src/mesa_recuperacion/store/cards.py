"""Customers: their cards with their history, and finding them as their name is typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.text import fold, words_of
from mesa_recuperacion.domain.views import Customer, HistoryLine
from mesa_recuperacion.store.tables import case_file, customer, customer_word
from mesa_recuperacion.store.words import FIRST, OTHER, PHONE, typed_words

CANDIDATES = 400
"""How many matches are looked at before they are sorted: enough to find, few enough to answer every letter."""

_RARE = 2000
"""A word with fewer matches than this is looked up first."""


def history_query(who: str, limit: int, but: str = "") -> Select[Any]:
    """A customer's latest cases, without one of them."""
    c = case_file.c
    columns = (c.folio, c.opened_at_ms, c.problem, c.remedy, c.given, c.currency, c.status, c.satisfied)
    found = select(*columns).where(c.customer == who, c.folio != but)
    return found.order_by(c.opened_at_ms.desc(), c.folio.desc()).limit(limit)


def history(connection: Connection, who: str, limit: int, but: str = "") -> tuple[HistoryLine, ...]:
    """A customer's latest cases, the latest first."""
    return tuple(_history_line(row) for row in connection.execute(history_query(who, limit, but)))


def complaints_query(who: str, since: datetime) -> Select[int]:
    """How many cases a customer has had since an instant."""
    c = case_file.c
    return select(func.count()).where(c.customer == who, c.opened_at_ms >= to_ms(since))


def complaints(connection: Connection, who: str, since: datetime) -> int:
    """How many cases a customer has had since an instant."""
    return connection.execute(complaints_query(who, since)).scalar_one()


def problems_since(connection: Connection, who: str, since: datetime) -> tuple[str, ...]:
    """The problem of each of those cases, the latest first; cases whose problem is not known yet are left out."""
    c = case_file.c
    query = select(c.problem).where(c.customer == who, c.opened_at_ms >= to_ms(since), c.problem != "")
    return tuple(connection.execute(query.order_by(c.opened_at_ms.desc(), c.folio.desc())).scalars())


def card(
    connection: Connection, who: str, *, recent: int | datetime, limit: int = 5, but: str = ""
) -> Customer | None:  # fmt: skip
    """A customer's card; ``recent`` is the count of recent complaints, or the instant since when to count them."""
    row = connection.execute(select(customer).where(customer.c.id == who)).first()
    return None if row is None else _card(connection, row, recent, limit, but)


def find(connection: Connection, text: str, limit: int, now: datetime, risk_days: int) -> tuple[Customer, ...]:
    """The customers that a typed text may mean, the likeliest first.

    First those whose name begins with the first word, then those who complained lately, then by name.
    """
    readings = typed_words(text)
    if not readings:
        return ()
    found: dict[str, None] = {}
    for words in readings:
        for place in (FIRST, OTHER, PHONE):
            if len(found) < CANDIDATES:
                query = match_query(words, _driver(connection, words), place)
                found.update(dict.fromkeys(connection.execute(query).scalars()))
    rows = connection.execute(select(customer).where(customer.c.id.in_(list(found)[:CANDIDATES]))).all()
    since = now - timedelta(days=risk_days)
    first = readings[-1][0]

    def order(row: Row[Any]) -> tuple[bool, bool, str, str]:
        begins = (words_of(row.name) or ("",))[0].startswith(first)
        lately = row.last_at_ms is not None and row.last_at_ms >= to_ms(since)
        return (not begins, not lately, fold(row.name), row.id)

    return tuple(_card(connection, row, since, 2) for row in sorted(rows, key=order)[:limit])


def match_query(words: tuple[str, ...], driver: int, place: int) -> Select[str]:
    """Customers with a word that begins as ``words[driver]`` in that place, and the other words in any place."""
    outer, inner = customer_word.alias("outer_word"), customer_word.alias("inner_word")
    query = select(outer.c.customer).where(outer.c.place == place, _begins(outer.c.word, words[driver]))
    for other in (word for n, word in enumerate(words) if n != driver):
        has = exists().where(inner.c.customer == outer.c.customer, _begins(inner.c.word, other))
        query = query.where(has)
    return query.order_by(outer.c.word, outer.c.customer).limit(CANDIDATES)


def _driver(connection: Connection, words: tuple[str, ...]) -> int:
    """Which of the words to look up first: the one with the fewest matches, as far as it pays to count."""
    if len(words) == 1:
        return 0
    return min(range(len(words)), key=lambda n: _matches(connection, words[n]))


def _matches(connection: Connection, word: str) -> int:
    total = 0
    for place in (FIRST, OTHER, PHONE):
        where = and_(customer_word.c.place == place, _begins(customer_word.c.word, word))
        some = select(customer_word.c.customer).where(where).limit(_RARE).subquery()
        total += connection.execute(select(func.count()).select_from(some)).scalar_one()
    return total


def _begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Begins with a prefix, as a range of the index (code point order)."""
    return and_(column >= prefix, column < prefix + "\U0010ffff")


def _card(connection: Connection, row: Row[Any], recent: int | datetime, limit: int, but: str = "") -> Customer:
    lately = recent if isinstance(recent, int) else complaints(connection, row.id, recent)
    last = None if row.last_at_ms is None else from_ms(row.last_at_ms)
    lines = history(connection, row.id, limit, but)
    return Customer(row.id, row.name, row.call_name, row.phone, row.complaints, lately, last, lines)


def _history_line(row: Row[Any]) -> HistoryLine:
    given = None if row.given is None else Money(row.given, row.currency)
    satisfied = None if row.satisfied is None else bool(row.satisfied)
    return HistoryLine(row.folio, from_ms(row.opened_at_ms), row.problem, row.remedy, given, row.status, satisfied)


def names(connection: Connection, people: Iterable[str]) -> dict[str, str]:
    """The names of customers."""
    query = select(customer.c.id, customer.c.name).where(customer.c.id.in_(list(people)))
    return {row.id: row.name for row in connection.execute(query)}
