"""What those who work here suggested, and what was answered (rule D5)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class SuggestionsOf(Query):
    """A page of suggestions: those that wait first, the oldest first; then those answered, the latest answer first."""

    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A suggestion; ``by`` and ``answered_by`` are names.

    ``answer`` is ``accept``, ``try``, ``decline`` or empty while it waits, ``words`` what was said with it.
    ``adopted`` is the version of the policy that took it in, 0: none did.
    """

    id: str
    person: str
    by: str
    text: str
    at: datetime
    answer: str = ""
    words: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    adopted: int = 0


@dataclass(frozen=True, slots=True)
class Suggestions(Answer):
    """A page of suggestions; ``before`` and ``after`` lead to the pages beside it, ``None`` where there is none."""

    lines: tuple[SuggestionLine, ...]
    before: Cursor | None
    after: Cursor | None
