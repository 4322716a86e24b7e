"""Finding customers as their name or telephone is typed: a handful of range scans, whatever is typed (rule A3, F4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.text import first_word, fold
from mesa_recuperacion.domain.views import Customer
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.words import FIRST, OTHER, PHONE, typed_words

CANDIDATES = 200
"""How many matches are looked at before they are sorted: enough to find, few enough to answer every letter."""

_RARE = 2000
"""A word with fewer matches than this is looked up first."""

_BEYOND = "\U0010ffff"

_COLUMNS = (
    "c.id, c.merged_into, c.name, c.last_at_ms, "
    "(SELECT max(last_at_ms) FROM customer AS merged WHERE merged.merged_into = c.id AND merged.merged_into <> '')"
)
"""What a candidate is sorted by: its card and name, and when it and those that are read as it complained last."""

_ONE = Prepared(f"SELECT {_COLUMNS} FROM customer AS c WHERE c.id = ?")

MATCHES = Prepared(
    "SELECT count(*) FROM "
    f"(SELECT customer FROM customer_word WHERE place = ? AND word >= ? AND word < ? LIMIT {_RARE})"
)
"""How many words begin so in a place, as far as it pays to count."""


@cache
def matching(words: int) -> Prepared:
    """Candidates with a word that begins as the first of so many in a ``place``, and the others in any place.

    A beginning is a range of the index, in the order of code points: the first is given with what is beyond it.  The
    others are looked for in the rows of that range, which have all the words of their card: each with a blank before.
    """
    others = " AND instr(w.words, ?)" * (words - 1)
    return Prepared(
        f"SELECT {_COLUMNS} FROM customer_word AS w JOIN customer AS c ON c.id = w.customer "
        f"WHERE w.place = ? AND w.word >= ? AND w.word < ?{others} ORDER BY w.word, w.customer LIMIT {CANDIDATES}"
    )


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
        sought = _rarest_first(connection, words)
        values = (sought[0], sought[0] + _BEYOND, *(f" {word}" for word in sought[1:]))
        for place in (FIRST, OTHER, PHONE):
            if len(matched) < CANDIDATES:
                for row in matching(len(words)).run(connection, place, *values):
                    matched.setdefault(row[0], row)
    return list(matched.values())[:CANDIDATES]


def _rarest_first(connection: Connection, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the one in front that has the fewest matches, as far as it pays to count."""
    if len(words) == 1:
        return words
    rarest = min(range(len(words)), key=lambda n: _matches(connection, words[n]))
    return (words[rarest], *words[:rarest], *words[rarest + 1 :])


def _matches(connection: Connection, word: str) -> int:
    places = (FIRST, OTHER, PHONE)
    return sum(MATCHES.one(connection, place, word, word + _BEYOND)[0] for place in places)
