"""Suggestions, for whoever answers them (rule D5)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.suggestions import Suggestions, SuggestionsOf
from mesa_recuperacion.service.review.looking import Looking


def suggestions(query: SuggestionsOf, looking: Looking) -> Suggestions:
    """A page of them."""
    return looking.tx.suggestions_page(query.cursor)
