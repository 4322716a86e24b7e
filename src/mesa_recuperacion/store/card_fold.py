"""Folding what happens to customers' cards: names, telephones, two cards of one person, and forgetting (A3, E3)."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, deleting, insert, setting
from mesa_recuperacion.store.shapes import CUSTOMER, CUSTOMER_WORD
from mesa_recuperacion.store.words import card_words

CardFact = (
    f.CustomerRegistered | f.CustomerNamed | f.PhoneNoted | f.CustomersMerged | f.MergeUndone | f.CustomerForgotten
)  # fmt: skip

_JOIN = Prepared(
    "UPDATE customer SET joined = ?2 WHERE id = ?1 AND merged_into = '' AND ?1 <> ?2 "
    "AND EXISTS (SELECT 1 FROM customer AS other WHERE other.id = ?2 AND other.merged_into = '')"
)
_PART = Prepared(
    "UPDATE customer SET joined = '', merged_into = '' WHERE id = ? AND merged_into = ? AND merged_into <> ''"
)
_READ_AS = setting(CUSTOMER, "merged_into")
_FOUND_BY = Prepared("SELECT name, phone FROM customer WHERE id = ?")
_NO_WORD = deleting(CUSTOMER_WORD)
_ADD, _ADD_WORD = insert(CUSTOMER), insert(CUSTOMER_WORD)
_COLUMNS = itemgetter(*CUSTOMER.columns)
_COMPLAINED = Prepared(
    "UPDATE customer SET complaints = complaints + 1, last_at_ms = max(coalesce(last_at_ms, ?1), ?1) WHERE id = ?2"
)
_CHANGED: dict[type[f.Fact], Prepared] = {
    f.CustomerNamed: setting(CUSTOMER, "name", "call_name"),
    f.PhoneNoted: setting(CUSTOMER, "phone"),
    f.CustomerForgotten: setting(CUSTOMER, "name", "call_name", "phone", "forgotten"),
}
_JOINED = Prepared("SELECT id, joined FROM customer WHERE merged_into = ? AND merged_into <> ''")


class Cards:
    """Folds those facts: :meth:`take` each, then :meth:`flush`, which writes the cards that are new, each once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._new: dict[str, dict[str, Any]] = {}

    def take(self, fact: CardFact) -> None:
        """Fold one of those facts.  Raises ``ValueError`` for a merge or its undoing that cannot have happened."""
        match fact:
            case f.CustomerRegistered(who, name, call_name, phone):
                if who in self._new:
                    self.flush()
                card = {"id": who, "joined": "", "merged_into": "", "name": name, "call_name": call_name}
                self._new[who] = card | {"phone": phone, "complaints": 0, "last_at_ms": None, "forgotten": 0}
            case f.CustomersMerged(into, merged):
                self.flush()
                _merge(self._connection, into, merged)
            case f.MergeUndone(into, merged):
                self.flush()
                _undo(self._connection, into, merged)
            case _ if fact.customer in self._new:
                self._new[fact.customer] |= _said_of(fact)
            case _:
                _change(self._connection, fact)

    def complained(self, who: str, at_ms: int) -> None:
        """A case was opened under a card; its last one is the one of the latest instant, in whatever order they are
        folded, also where the clock was put back between them.
        """
        if card := self._new.get(who):
            card |= {"complaints": card["complaints"] + 1, "last_at_ms": max(card["last_at_ms"] or at_ms, at_ms)}
        else:
            _COMPLAINED.run(self._connection, at_ms, who)

    def flush(self) -> None:
        """Write the cards that are new, and what they are found by."""
        new, self._new = self._new, {}
        if new:
            words = [row for card in new.values() for row in card_words(card["id"], card["name"], card["phone"])]
            _ADD.many(self._connection, map(_COLUMNS, new.values()))
            _ADD_WORD.many(self._connection, sorted(words))


def _said_of(fact: CardFact) -> dict[str, Any]:
    """What a card is by one of those facts."""
    match fact:
        case f.CustomerNamed(_, name, call_name):
            return {"name": name, "call_name": call_name}
        case f.PhoneNoted(_, phone):
            return {"phone": phone}
        case f.CustomerForgotten():
            return {"name": "", "call_name": "", "phone": "", "forgotten": 1}
    raise TypeError(f"{fact.kind} says nothing of a card")


def _change(connection: Connection, fact: CardFact) -> None:
    """The card that is written already, by one of those facts, and what it is found by."""
    found = _FOUND_BY.one(connection, fact.customer)
    if found is not None:
        said, (name, phone) = _said_of(fact), found
        _CHANGED[type(fact)].run(connection, *said.values(), fact.customer)
        _NO_WORD.many(connection, [row[:3] for row in card_words(fact.customer, name, phone)])
        now = card_words(fact.customer, said.get("name", name), said.get("phone", phone))
        _ADD_WORD.many(connection, now)


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
