"""Folding what happens to customers' cards: names, telephones, two cards of one person, and forgetting (A3, E3)."""

from __future__ import annotations

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, select, update

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.prepared import Prepared
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

_JOIN = Prepared(
    update(customer)
    .where(_c.id == bindparam("merged"), _c.merged_into == _NONE, bindparam("merged") != bindparam("into"))
    .where(exists().where(_other.c.id == bindparam("into"), _other.c.merged_into == _NONE))
    .values(joined=bindparam("into")),
    "merged", "into",
)  # fmt: skip
_PART = Prepared(
    update(customer)
    .where(_c.id == bindparam("merged"), _c.merged_into == bindparam("into"), MERGED)
    .values(joined=_NONE, merged_into=_NONE),
    "merged", "into",
)  # fmt: skip
_READ_AS = Prepared(
    update(customer).where(_c.id == bindparam("which")).values(merged_into=bindparam("root")), "root", "which"
)
_NO_WORDS = Prepared(
    delete(customer_word).where(
        customer_word.c.customer == bindparam("who"),
        and_(customer_word.c.place >= bindparam("first"), customer_word.c.place <= bindparam("last")),
    ),
    "who", "first", "last",
)  # fmt: skip
_ADD, _ADD_WORD = Prepared(insert(customer)), Prepared(insert(customer_word))
_NAME = Prepared(
    update(customer).where(_c.id == bindparam("who"))
    .values(name=bindparam("said"), call_name=bindparam("called")),
    "said", "called", "who",
)  # fmt: skip
_PHONE_OF = Prepared(
    update(customer).where(_c.id == bindparam("who")).values(phone=bindparam("digits")), "digits", "who"
)
_FORGET = Prepared(
    update(customer).where(_c.id == bindparam("who")).values(name=_NONE, call_name=_NONE, phone=_NONE, forgotten=1),
    "who",
)
_JOINED = Prepared(select(_c.id, _c.joined).where(_c.merged_into == bindparam("root"), MERGED), "root")


def fold_card(connection: Connection, fact: CardFact) -> None:
    """Fold one of those facts.  Raises ``ValueError`` for a merge or its undoing that cannot have happened."""
    match fact:
        case f.CustomerRegistered(who, name, call_name, phone):
            _ADD.run(connection, who, "", "", name, call_name, phone, 0, None, 0)
            _add_words(connection, who, search_words(name, phone))
        case f.CustomerNamed(who, name, call_name):
            _NAME.run(connection, name, call_name, who)
            _NO_WORDS.run(connection, who, 0, PHONE - 1)
            _add_words(connection, who, name_words(name))
        case f.PhoneNoted(who, phone):
            _PHONE_OF.run(connection, phone, who)
            _NO_WORDS.run(connection, who, PHONE, PHONE)
            _add_words(connection, who, phone_words(phone))
        case f.CustomersMerged(into, merged):
            _merge(connection, into, merged)
        case f.MergeUndone(into, merged):
            _undo(connection, into, merged)
        case f.CustomerForgotten(who):
            _FORGET.run(connection, who)
            _NO_WORDS.run(connection, who, 0, PHONE)


def _merge(connection: Connection, into: str, merged: str) -> None:
    """Two cards that both stand on their own: the one, and all that were merged into it, are read as the other."""
    if _JOIN.run(connection, merged, into).rowcount != 1:
        raise ValueError(f"{merged} cannot be merged into {into}")
    _read_as(connection, {merged, *_joined(connection, merged)}, into)


def _undo(connection: Connection, into: str, merged: str) -> None:
    """A card stands on its own again; whatever had been merged into it, directly or not, goes with it."""
    group = _joined(connection, into)
    theirs, more = {merged}, True
    while more:
        found = {card for card, joined in group.items() if joined in theirs}
        more, theirs = not found <= theirs, theirs | found
    if _PART.run(connection, merged, into).rowcount != 1:
        raise ValueError(f"{merged} is not read as {into}")
    _read_as(connection, theirs - {merged}, merged)


def _joined(connection: Connection, root: str) -> dict[str, str]:
    """The cards that are read as one, each with the card that it was merged into."""
    return dict(_JOINED.run(connection, root))


def _read_as(connection: Connection, cards: set[str], root: str) -> None:
    _READ_AS.many(connection, [(root, card) for card in sorted(cards)])


def _add_words(connection: Connection, who: str, words: set[tuple[int, str]]) -> None:
    _ADD_WORD.many(connection, [(place, word, who) for place, word in sorted(words)])
