"""Finding customers as their name or telephone is typed: a handful of range scans, whatever is typed (rule A3, F4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from heapq import nsmallest

from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.views import Customer
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.words import FIRST, OTHER, PHONE, has_name, typed_words

CANDIDATES, OF_SEVERAL = 500, 200
"""How many matches are looked at before they are sorted: of one word, side by side in the file, and of several words,
each of which lies between many that do not match.
"""

_RARE = (250, 1000)
"""How many matches of each word are counted to tell which is the rarest: so many, and if all have them so many more."""

_BEYOND = "\U0010ffff"
_PLACES = (FIRST, OTHER, PHONE)


@cache
def counting(most: int) -> Prepared:
    """How many words begin so in a place, at most so many."""
    return Prepared(
        "SELECT count(*) FROM "
        f"(SELECT customer FROM customer_word WHERE place = ? AND word >= ? AND word < ? LIMIT {most})"
    )


def _enough(words: int) -> int:
    return CANDIDATES if words == 1 else OF_SEVERAL


@cache
def matching(words: int) -> Prepared:
    """Who has a word that begins as the first of so many in a place, and the others anywhere, with what sorts them.

    A beginning is a range of the index, in the order of code points: the first is given with what is beyond it.  The
    others are looked for in the rows of that range, each with a blank before it.
    """
    others = " AND instr(card, ?)" * (words - 1)
    return Prepared(
        "SELECT customer, card, last_at_ms FROM customer_word "
        f"WHERE place = ? AND word >= ? AND word < ?{others} ORDER BY word, customer LIMIT {_enough(words)}"
    )


def find(connection: Connection, text: str, limit: int, now: datetime, risk_days: int) -> tuple[Customer, ...]:
    """The customers that a typed text may mean, the likeliest first; a merged card finds the one that it is read as.

    First those with a name that begins with the first word, then those who complained lately, then by name.
    """
    readings = typed_words(text)
    if not readings:
        return ()
    first, lately = readings[-1][0], now - timedelta(days=risk_days)
    since = to_ms(lately)
    order = nsmallest(
        limit,
        (
            (not has_name(card, first), (last or 0) < since, card, who)
            for who, (card, last) in _candidates(connection, readings).items()
        ),
    )
    return cards.several(connection, [who for *_, who in order], recent=lately, limit=2)


def _candidates(connection: Connection, readings: tuple[tuple[str, ...], ...]) -> dict[str, tuple[str, int | None]]:
    """The first customers who match, with what their card says and when they complained last."""
    matched: dict[str, tuple[str, int | None]] = {}
    for words in readings:
        sought = _rarest_first(connection, words)
        values = (sought[0], sought[0] + _BEYOND, *(f" {word}" for word in sought[1:]))
        for place in _PLACES:
            if len(matched) < _enough(len(words)):
                rows = matching(len(words)).run(connection, place, *values)
                matched |= {who: (card, last) for who, card, last in rows}
    return matched


def _rarest_first(connection: Connection, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the one in front that has the fewest matches, as far as it pays to count."""
    if len(words) == 1:
        return words
    for most in _RARE:
        found = [_matches(connection, word, most) for word in words]
        if min(found) < most:
            break
    rarest = found.index(min(found))
    return (words[rarest], *words[:rarest], *words[rarest + 1 :])


def _matches(connection: Connection, word: str, most: int) -> int:
    return sum(counting(most).one(connection, place, word, word + _BEYOND)[0] for place in _PLACES)
