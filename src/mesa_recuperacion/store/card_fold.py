"""Folding what happens to customers' cards: names, telephones, two cards of one person, and forgetting (A3, E3)."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.found_fold import Found
from mesa_recuperacion.store.prepared import Prepared, insert, setting
from mesa_recuperacion.store.shapes import CUSTOMER

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
_ADD = insert(CUSTOMER)
_COLUMNS = itemgetter(*CUSTOMER.columns)
_COMPLAINED = Prepared(
    "UPDATE customer SET complaints = complaints + 1, last_at_ms = max(coalesce(last_at_ms, ?1), ?1) WHERE id = ?2"
)
_TAKEN_BACK = Prepared(
    "UPDATE customer SET complaints = complaints - 1, "
    "last_at_ms = (SELECT max(opened_at_ms) FROM case_file WHERE customer = ?1) WHERE id = ?1"
)
_CHANGED: dict[type[f.Fact], Prepared] = {
    f.CustomerNamed: setting(CUSTOMER, "name", "call_name"),
    f.PhoneNoted: setting(CUSTOMER, "phone"),
    f.CustomerForgotten: setting(CUSTOMER, "name", "call_name", "phone", "forgotten"),
}
_JOINED = Prepared("SELECT id, joined FROM customer WHERE merged_into = ? AND merged_into <> ''")


class Cards:
    """Folds those facts: :meth:`take` each, then :meth:`flush`, which writes the cards that are new, each once."""

    def __init__(self, connection: Connection, found: Found) -> None:
        self._connection = connection
        self._found = found
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
                with self._found.follows(into, merged):
                    _merge(self._connection, into, merged)
            case f.MergeUndone(into, merged):
                self.flush()
                with self._found.follows(into, merged):
                    _undo(self._connection, into, merged)
            case _ if fact.customer in self._new:
                self._new[fact.customer] |= _said_of(fact)
            case _:
                with self._found.follows(fact.customer):
                    _CHANGED[type(fact)].run(self._connection, *_said_of(fact).values(), fact.customer)

    def complained(self, who: str, at_ms: int) -> None:
        """A case was opened under a card; its last one is the one of the latest instant, in whatever order they are
        folded, also where the clock was put back between them.
        """
        if card := self._new.get(who):
            card |= {"complaints": card["complaints"] + 1, "last_at_ms": max(card["last_at_ms"] or at_ms, at_ms)}
        else:
            with self._found.follows(who):
                _COMPLAINED.run(self._connection, at_ms, who)

    def taken_back(self, who: str) -> None:
        """A case was withdrawn that had been opened under a card, and all cases are written."""
        with self._found.follows(who):
            _TAKEN_BACK.run(self._connection, who)

    def flush(self) -> None:
        """Write the cards that are new, and what they are found by."""
        new, self._new = self._new, {}
        if new:
            _ADD.many(self._connection, map(_COLUMNS, new.values()))
            self._found.add([*new.values()])


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
