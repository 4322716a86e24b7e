"""Looking a customer up at each key, against the same question by hand on the same file.

What is typed: names of the branch letter by letter, two words with the second one letter by letter, telephones digit by
digit. The reference is what somebody would write who knows the file: range scans of the index over words with SQL in
texts, the standard driver, no layer between; it has to name the same customers with the same cases.
"""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from benchmarks.branches import somebody
from benchmarks.compare import MANY, Figure, Measured, Subject, figure, ratios, run_benchmark, seconds_of
from benchmarks.program import WaitError
from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.text import digits_of, is_phone, words_of
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.errors import StoreReadOnly
from mesa_recuperacion.store.store import Store

GOAL = 2.0
FRAME = 1000 / 60
"""Milliseconds of one frame of a screen."""

RISK_DAYS, MOST, OF_SEVERAL, SHOWN = 90, 500, 200, 8
_FIRST, _OTHER, _PHONE = 0, 1, 2
_RARE = "SELECT count(*) FROM (SELECT 1 FROM customer_word WHERE place = ? AND word >= ? AND word < ? LIMIT %d)"
_MATCH = """SELECT customer, card, last_at_ms FROM customer_word
    WHERE place = ? AND word >= ? AND word < ?%s ORDER BY word, customer LIMIT %d"""
_ALSO = " AND instr(card, ?)"
_WHOLE = (
    "SELECT * FROM customer WHERE id = ? UNION ALL SELECT * FROM customer WHERE merged_into = ? AND merged_into <> ''"
)
_SINCE = """SELECT count(*), coalesce(sum(broken), 0), coalesce(sum(unsatisfied), 0) FROM case_file
    WHERE customer IN (%s) AND opened_at_ms >= ?"""
_LATEST = """SELECT folio, opened_at_ms, problem, remedy, given, currency, status, satisfied FROM case_file
    WHERE customer IN (%s) ORDER BY opened_at_ms DESC, folio DESC LIMIT 2"""

Told = list[tuple[str, int, tuple[str, ...]]]
"""Of each customer: the card, how many cases lately, the folios of the latest two."""


def by_hand(connection: Any, text: str, now: datetime) -> Told:
    """The same question, from the words that were typed to the customers' latest cases."""
    since = to_ms(now - timedelta(days=RISK_DAYS))
    connection.execute("BEGIN")
    found: dict[str, Any] = {}
    for words in _readings(text):
        if len(words) > 1:
            counts = {word: _count(connection, word, 250) for word in words}
            if min(counts.values()) >= 250:
                counts = {word: _count(connection, word, 1000) for word in words}
            words.sort(key=counts.__getitem__)
        values = (words[0], words[0] + "\U0010ffff", *(f" {word}" for word in words[1:]))
        most = MOST if len(words) == 1 else OF_SEVERAL
        for place in (_FIRST, _OTHER, _PHONE):
            if len(found) < most:
                for row in connection.execute(_MATCH % (_ALSO * (len(words) - 1), most), (place, *values)):
                    found[row[0]] = row
    first = (words_of(text) or ("",))[0]
    order = sorted(
        (not (card.startswith(f" {first}") or f"  {first}" in card), (last or 0) < since, card, who)
        for who, card, last in found.values()
    )
    told: Told = []
    for *_, who in order[:SHOWN]:
        cards = [row[0] for row in connection.execute(_WHOLE, (who, who))]
        marks = ", ".join("?" * len(cards))
        lately = connection.execute(_SINCE % marks, (*cards, since)).fetchone()
        latest = connection.execute(_LATEST % marks, cards).fetchall()
        told.append((who, lately[0], tuple(row[0] for row in latest)))
    connection.execute("COMMIT")
    return told


def _readings(text: str) -> list[list[str]]:
    readings = []
    if is_phone(text):
        digits = digits_of(text)
        readings = [[digits]] + ([[digits[-10:]]] if len(digits) > 10 else [])
    words = list(words_of(text))
    return readings + ([words] if words and words not in readings else [])


def _count(connection: Any, word: str, most: int) -> int:
    ranges = ((place, word, word + "\U0010ffff") for place in (_FIRST, _OTHER, _PHONE))
    return sum(connection.execute(_RARE % most, values).fetchone()[0] for values in ranges)


def ours(store: Store, text: str, now: datetime) -> Told:
    """What the desk asks at a key."""
    with store.reading() as tx:
        found = tx.find_customers(text, now=now, risk_days=RISK_DAYS, limit=SHOWN)
    return [(one.id, one.recent, tuple(line.case for line in one.history)) for one in found]


def typed(connection: Any) -> list[str]:
    """What is typed, key by key: six names and telephones from all over the file."""
    texts: dict[str, None] = {}
    for n in range(6):
        row = somebody(connection, n / 6, "name, phone", "name <> '' AND phone <> ''")
        if row is None:
            continue
        name, phone = row[0], digits_of(row[1])
        words = name.split(" ")
        texts |= dict.fromkeys(name[:end].strip() for end in range(1, len(name) + 1))
        if len(words) > 1:  # the surname first, as it stands on a ticket
            texts |= dict.fromkeys(f"{words[-1]} {words[0][:end]}" for end in range(1, len(words[0]) + 1))
        texts |= dict.fromkeys(phone[:end] for end in range(1, len(phone) + 1))
        texts |= dict.fromkeys((phone[-4:], phone[-8:]))
    return list(texts)


def measure(subject: Subject, rounds: int) -> Measured:
    """Each round asks everything that is typed, both ways in turn."""
    path = subject.home().database
    with (
        closing(Store(path, sealed=StoreReadOnly("only looked at"))) as store,
        closing(driver.prepared(driver.connect(path, mode="ro"), driver.prepare_reader)) as connection,
    ):
        texts = typed(connection)
        now = from_ms(connection.execute("SELECT max(opened_at_ms) FROM case_file").fetchone()[0]) + timedelta(hours=1)
        for text in texts:
            if ours(store, text, now) != by_hand(connection, text, now):
                raise WaitError(f"not the same customers for {text!r}")
        taken = [_round(store, connection, texts, now) for _ in range(rounds)]
        customers: int = connection.execute("SELECT count(*) FROM customer").fetchone()[0]
    return _measured(taken, texts, customers)


def _round(store: Store, connection: Any, texts: list[str], now: datetime) -> list[tuple[float, float]]:
    return [
        (seconds_of(partial(ours, store, text, now)), seconds_of(partial(by_hand, connection, text, now)))
        for text in texts
    ]


def _measured(taken: list[list[tuple[float, float]]], texts: list[str], customers: int) -> Measured:
    mine, hand = ([sorted(pair[n] for pair in one) for one in taken] for n in (0, 1))

    def at(part: float, seconds: list[list[float]]) -> list[float]:
        return [one[min(len(one) - 1, round(part * len(one)))] for one in seconds]

    shares = [sorted(ratios([x for x, _ in one], [y for _, y in one])) for one in taken]
    figures: list[Figure] = [
        figure("a key, against the same by hand: the median key", at(0.5, shares), GOAL),
        figure("the slowest key of a hundred, against that of the hand", ratios(at(0.99, mine), at(0.99, hand)), GOAL),
        figure("the slowest key of a hundred", [1000 * s for s in at(0.99, mine)], FRAME, "ms"),
    ]
    lines = [f"{customers:,} customers, {len(texts)} keys"]
    for name, part in (("median", 0.5), ("99 of 100", 0.99)):
        ours_ms, hand_ms = (1000 * figure("", at(part, seconds), 0).value for seconds in (mine, hand))
        lines.append(f"  {name:<10} {ours_ms:7.2f} ms, by hand {hand_ms:7.2f} ms")
    each = {text: [1000 * pair[n][0] for pair in taken] for n, text in enumerate(texts)}
    slowest = max(each, key=lambda text: min(each[text]))
    lines.append(f"  the slowest key ends {slowest!r}: {min(each[slowest]):.2f} ms")
    return lines, figures, {"customers": customers, "milliseconds": each}


if __name__ == "__main__":
    sys.exit(run_benchmark("Looking a customer up", 5, measure, cases=MANY))
