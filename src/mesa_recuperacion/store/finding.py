"""Finding customers as their name or telephone is typed: a handful of range scans, whatever is typed (rule A3, F4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, exists, func, select

from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.text import first_word, fold
from mesa_recuperacion.domain.views import Customer
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.tables import customer, customer_word
from mesa_recuperacion.store.words import FIRST, OTHER, PHONE, typed_words

CANDIDATES = 400
"""How many matches are looked at before they are sorted: enough to find, few enough to answer every letter."""

_RARE = 2000
"""A word with fewer matches than this is looked up first."""

_BEYOND = "\U0010ffff"

_w, _c = customer_word.c, customer.c
_merged = customer.alias("merged")
_LAST_OF_MERGED = (
    select(func.max(_merged.c.last_at_ms))
    .where(_merged.c.merged_into == _c.id, _merged.c.merged_into != literally("")).scalar_subquery()
)  # fmt: skip
_COLUMNS = (_c.id, _c.merged_into, _c.name, _c.last_at_ms, _LAST_OF_MERGED)
_ONE = Prepared(select(*_COLUMNS).where(_c.id == bindparam("who")), "who")
"""What a candidate is sorted by: its card and name, and when it and those that are read as it complained last."""


def _begins(column: ColumnElement[str], n: int) -> ColumnElement[bool]:
    """Begins with the ``n``-th prefix, as a range of the index (code point order)."""
    low: BindParameter[str] = bindparam(f"low_{n}")
    return and_(column >= low, column < bindparam(f"high_{n}"))


MATCHES = Prepared(
    select(func.count()).select_from(
        select(_w.customer).where(_w.place == bindparam("place"), _begins(_w.word, 0)).limit(_RARE).subquery()
    ),
    "place", "low_0", "high_0",
)  # fmt: skip
"""How many words begin so in a place, as far as it pays to count."""


@cache
def matching(words: int) -> Prepared:
    """Candidates with a word that begins as the first of so many in a ``place``, and the others in any place."""
    query = select(*_COLUMNS).join(customer_word, _w.customer == _c.id)
    query = query.where(_w.place == bindparam("place"), _begins(_w.word, 0))
    for n in range(1, words):
        other = customer_word.alias(f"other_{n}")
        query = query.where(exists().where(other.c.customer == _w.customer, _begins(other.c.word, n)))
    limits = (f"{side}_{n}" for n in range(words) for side in ("low", "high"))
    return Prepared(query.order_by(_w.word, _w.customer).limit(CANDIDATES), "place", *limits)


def find(connection: Connection, text: str, limit: int, now: datetime, risk_days: int) -> tuple[Customer, ...]:
    """The customers that a typed text may mean, the likeliest first; a merged card finds the one that it is read as.

    First those whose name begins with the first word, then those who complained lately, then by name.
    """
    readings = typed_words(text)
    if not readings:
        return ()
    first, lately = readings[-1][0], now - timedelta(days=risk_days)
    since = to_ms(lately)
    rows = _candidates(connection, readings)
    names = {row[0]: fold(row[2]) for row in rows}
    begin = {read_as or who for who, read_as, *_ in rows if first_word(names[who]).startswith(first)}
    standing = {row[0]: row for row in rows if not row[1]}
    for root in sorted({row[1] for row in rows if row[1]} - standing.keys()):
        standing[root] = _ONE.one(connection, root)
        names[root] = fold(standing[root][2])
    order = sorted(
        (who not in begin, max(last or 0, of_merged or 0) < since, names[who], who)
        for who, _, _, last, of_merged in standing.values()
    )
    return cards.several(connection, [who for *_, who in order[:limit]], recent=lately, limit=2)


def _candidates(connection: Connection, readings: tuple[tuple[str, ...], ...]) -> list[Any]:
    """The rows of the first cards that match, each once."""
    matched: dict[str, Any] = {}
    for words in readings:
        limits = _limits(_rarest_first(connection, words))
        for place in (FIRST, OTHER, PHONE):
            if len(matched) < CANDIDATES:
                for row in matching(len(words)).run(connection, place, *limits):
                    matched.setdefault(row[0], row)
    return list(matched.values())[:CANDIDATES]


def _limits(words: tuple[str, ...]) -> list[str]:
    return [limit for word in words for limit in (word, word + _BEYOND)]


def _rarest_first(connection: Connection, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the one in front that has the fewest matches, as far as it pays to count."""
    if len(words) == 1:
        return words
    rarest = min(range(len(words)), key=lambda n: _matches(connection, words[n]))
    return (words[rarest], *words[:rarest], *words[rarest + 1 :])


def _matches(connection: Connection, word: str) -> int:
    places = (FIRST, OTHER, PHONE)
    return sum(MATCHES.one(connection, place, word, word + _BEYOND)[0] for place in places)
