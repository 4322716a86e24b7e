"""Folding what concerns the people who work here: suggestions, thanks, what was read (rules D5, D6, D7, D9)."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.domain.views import ADOPTED
from mesa_recuperacion.store.tables import acknowledgement, adoption, praise, suggestion

TeamFact = (
    f.SuggestionMade | f.SuggestionAnswered | f.SuggestionAdopted | f.PraiseGiven | f.NewsRead | f.PolicyAcknowledged
)  # fmt: skip

_known = sqlite_insert(acknowledgement)
_ACKNOWLEDGED = _known.on_conflict_do_update(
    index_elements=["person"], set_={"number": func.max(acknowledgement.c.number, _known.excluded.number)}
)


def fold_team(connection: Connection, entry: f.Entry, fact: TeamFact) -> None:
    """Fold one of those facts.  Raises ``ValueError`` for an answer to what nobody suggested, or a second one."""
    at = to_ms(entry.at)
    match fact:
        case f.SuggestionMade(which, person, text):
            made = {"id": which, "person": person, "text": text, "at_ms": at, "answer": "", "words": ""}
            connection.execute(insert(suggestion), made | {"answered_by": ""})
        case f.SuggestionAnswered(which, answer, words):
            s = suggestion.c
            values = {"answer": answer, "words": words, "answered_by": entry.actor, "answered_at_ms": at}
            waiting = update(suggestion).where(s.id == which, s.answer == "")
            if connection.execute(waiting.values(values)).rowcount != 1:
                raise ValueError(f"{which}: no suggestion that waits for its answer")
        case f.SuggestionAdopted(which, number):
            author = connection.execute(select(suggestion.c.person).where(suggestion.c.id == which)).scalar() or ""
            adopted = {"suggestion": which, "person": author, "number": number, "by": entry.actor, "at_ms": at}
            connection.execute(insert(adoption), adopted)
        case f.PraiseGiven(which, person, about, text):
            given = {"id": which, "person": person, "given_by": entry.actor, "about": about, "text": text}
            connection.execute(insert(praise), given | {"at_ms": at})
        case f.NewsRead(person, item):
            p, s = praise.c, suggestion.c
            thanks = update(praise).where(p.id == item, p.person == person, p.read_at_ms.is_(None))
            told = update(suggestion).where(s.id == item, s.person == person, s.answer != "", s.read_at_ms.is_(None))
            a, which = adoption.c, item.removeprefix(ADOPTED)
            taken_up = update(adoption).where(a.suggestion == which, a.person == person, a.read_at_ms.is_(None))
            for unread in (taken_up,) if item.startswith(ADOPTED) else (thanks, told):
                connection.execute(unread.values(read_at_ms=at))
        case f.PolicyAcknowledged(person, number):
            connection.execute(_ACKNOWLEDGED, {"person": person, "number": number})
