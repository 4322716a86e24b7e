"""Suggestions, for whoever answers them (rule D5)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.suggestions import Suggestions, SuggestionsOf
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review.suggestions import page


def suggestions(query: SuggestionsOf, looking: Looking) -> Suggestions:
    """A page of them."""
    return page(looking.tx.connection, query.cursor)
