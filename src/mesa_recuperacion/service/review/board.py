"""The board, put together from counters (rules D1 to D6, F4)."""

from __future__ import annotations

from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.service.review.looking import Looking


def board(query: BoardOf, looking: Looking) -> Board:
    """The board of a scope."""
    nothing = Counts()
    return Board(query.scope, looking.today, nothing, nothing, (), (), (), (), (), (), 0, (), 0)
