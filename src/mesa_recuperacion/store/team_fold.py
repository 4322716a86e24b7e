"""Folding what concerns the people who work here: suggestions, thanks, what was read (rules D5, D6, D7, D9)."""

from __future__ import annotations

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.views import ADOPTED
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.prepared import Prepared, insert
from mesa_recuperacion.store.shapes import ADOPTION, PRAISE, SUGGESTION

TeamFact = (
    f.SuggestionMade | f.SuggestionAnswered | f.SuggestionAdopted | f.PraiseGiven | f.NewsRead | f.PolicyAcknowledged
)  # fmt: skip

_SUGGESTION, _PRAISE, _ADOPTION = insert(SUGGESTION), insert(PRAISE), insert(ADOPTION)
_ANSWERED = Prepared(
    "UPDATE suggestion SET answer = ?, words = ?, answered_by = ?, answered_at_ms = ? WHERE id = ? AND answer = ''"
)
_AUTHOR = Prepared("SELECT person FROM suggestion WHERE id = ?")
_READ_THANKS = Prepared("UPDATE praise SET read_at_ms = ? WHERE id = ? AND person = ? AND read_at_ms IS NULL")
_READ_ANSWER = Prepared(
    "UPDATE suggestion SET read_at_ms = ? WHERE id = ? AND person = ? AND answer <> '' AND read_at_ms IS NULL"
)
_READ_ADOPTED = Prepared(
    "UPDATE adoption SET read_at_ms = ? WHERE suggestion = ? AND person = ? AND read_at_ms IS NULL"
)
_ACKNOWLEDGED = Prepared(
    "INSERT INTO acknowledgement (person, number) VALUES (?, ?) "
    "ON CONFLICT (person) DO UPDATE SET number = max(number, excluded.number)"
)


def fold_team(connection: Connection, entry: f.Entry, fact: TeamFact) -> None:
    """Fold one of those facts.  Raises ``ValueError`` for an answer to what nobody suggested, or a second one."""
    at = to_ms(entry.at)
    match fact:
        case f.SuggestionMade(which, person, text):
            _SUGGESTION.run(connection, which, person, text, at, "", "", "", None, None)
        case f.SuggestionAnswered(which, answer, words):
            if _ANSWERED.run(connection, answer, words, entry.actor, at, which).rowcount != 1:
                raise ValueError(f"{which}: no suggestion that waits for its answer")
        case f.SuggestionAdopted(which, number):
            author = _AUTHOR.one(connection, which)
            _ADOPTION.run(connection, which, author[0] if author else "", number, entry.actor, at, None)
        case f.PraiseGiven(which, person, about, text):
            _PRAISE.run(connection, which, person, entry.actor, about, text, at, None)
        case f.NewsRead(person, item) if item.startswith(ADOPTED):
            _READ_ADOPTED.run(connection, at, item.removeprefix(ADOPTED), person)
        case f.NewsRead(person, item):
            for unread in (_READ_THANKS, _READ_ANSWER):
                unread.run(connection, at, item, person)
        case f.PolicyAcknowledged(person, number):
            _ACKNOWLEDGED.run(connection, person, number)
