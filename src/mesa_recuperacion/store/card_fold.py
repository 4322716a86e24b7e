"""Folding what happens to customers' cards: names, telephones, two cards of one person, and forgetting (A3, E3)."""

from __future__ import annotations

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, select, update

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.tables import customer, customer_word
from mesa_recuperacion.store.words import PHONE, name_words, phone_words, search_words

CardFact = (
    f.CustomerRegistered | f.CustomerNamed | f.PhoneNoted | f.CustomersMerged | f.MergeUndone | f.CustomerForgotten
)  # fmt: skip

_c = customer.c
_other = customer.alias("other")
_NONE = literally("")
MERGED = _c.merged_into != _NONE
"""Whether a card is read as another one, said as its index says it."""

_JOIN = (
    update(customer)
    .where(_c.id == bindparam("merged"), _c.merged_into == _NONE, bindparam("merged") != bindparam("into"))
    .where(exists().where(_other.c.id == bindparam("into"), _other.c.merged_into == _NONE))
    .values(joined=bindparam("into"))
)
_PART = (
    update(customer)
    .where(_c.id == bindparam("merged"), _c.merged_into == bindparam("into"), MERGED)
    .values(joined=_NONE, merged_into=_NONE)
)
_READ_AS = update(customer).where(_c.id == bindparam("which")).values(merged_into=bindparam("root"))
_NO_WORDS = delete(customer_word).where(
    customer_word.c.customer == bindparam("who"),
    and_(customer_word.c.place >= bindparam("first"), customer_word.c.place <= bindparam("last")),
)


def fold_card(connection: Connection, fact: CardFact) -> None:
    """Fold one of those facts.  Raises ``ValueError`` for a merge or its undoing that cannot have happened."""
    match fact:
        case f.CustomerRegistered(who, name, call_name, phone):
            card = {"id": who, "joined": "", "merged_into": "", "name": name, "call_name": call_name, "phone": phone}
            connection.execute(insert(customer), card | {"complaints": 0, "last_at_ms": None, "forgotten": 0})
            _add_words(connection, who, search_words(name, phone))
        case f.CustomerNamed(who, name, call_name):
            connection.execute(update(customer).where(_c.id == who).values(name=name, call_name=call_name))
            connection.execute(_NO_WORDS, {"who": who, "first": 0, "last": PHONE - 1})
            _add_words(connection, who, name_words(name))
        case f.PhoneNoted(who, phone):
            connection.execute(update(customer).where(_c.id == who).values(phone=phone))
            connection.execute(_NO_WORDS, {"who": who, "first": PHONE, "last": PHONE})
            _add_words(connection, who, phone_words(phone))
        case f.CustomersMerged(into, merged):
            _merge(connection, into, merged)
        case f.MergeUndone(into, merged):
            _undo(connection, into, merged)
        case f.CustomerForgotten(who):
            nameless = {"name": "", "call_name": "", "phone": "", "forgotten": 1}
            connection.execute(update(customer).where(_c.id == who).values(nameless))
            connection.execute(_NO_WORDS, {"who": who, "first": 0, "last": PHONE})


def _merge(connection: Connection, into: str, merged: str) -> None:
    """Two cards that both stand on their own: the one, and all that were merged into it, are read as the other."""
    if connection.execute(_JOIN, {"merged": merged, "into": into}).rowcount != 1:
        raise ValueError(f"{merged} cannot be merged into {into}")
    _read_as(connection, {merged, *_joined(connection, merged)}, into)


def _undo(connection: Connection, into: str, merged: str) -> None:
    """A card stands on its own again; whatever had been merged into it, directly or not, goes with it."""
    group = _joined(connection, into)
    theirs, more = {merged}, True
    while more:
        found = {card for card, joined in group.items() if joined in theirs}
        more, theirs = not found <= theirs, theirs | found
    if connection.execute(_PART, {"merged": merged, "into": into}).rowcount != 1:
        raise ValueError(f"{merged} is not read as {into}")
    _read_as(connection, theirs - {merged}, merged)


def _joined(connection: Connection, root: str) -> dict[str, str]:
    """The cards that are read as one, each with the card that it was merged into."""
    query = select(_c.id, _c.joined).where(_c.merged_into == root, MERGED)
    return {row.id: row.joined for row in connection.execute(query)}


def _read_as(connection: Connection, cards: set[str], root: str) -> None:
    if cards:
        connection.execute(_READ_AS, [{"which": card, "root": root} for card in sorted(cards)])


def _add_words(connection: Connection, who: str, words: set[tuple[int, str]]) -> None:
    if words:
        rows = [{"place": place, "word": word, "customer": who} for place, word in sorted(words)]
        connection.execute(insert(customer_word), rows)
