"""The first page of the review: headline figures and seven panels (rules D1 to D6, D10)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import Page, answer_of
from mesa_recuperacion.dialogue.scenes.base import Shape, refuse
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Figure, Text
from mesa_recuperacion.domain.review.board import Board


class BoardPage(Page):
    """The board."""

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Headline figures."""
        t, board = talk.setting.words.t, answer_of(talk, Board)
        figures = (Figure(t("Cases"), str(board.counts.cases)),)
        return Shape(t("See"), t("number or letter · Enter opens"), (Text(t("Review"), "dim"),), figures=figures)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """A number opens a panel, a letter a page."""
        return refuse(
            talk, talk.setting.words.t("That is not on the list. Type a number or a few letters of it."), text
        )
