"""A page of the review with an answer made by hand: what it shows, and what each key of it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.asks import Look
from mesa_recuperacion.dialogue.review.base import begin
from mesa_recuperacion.dialogue.talk import Review, Step
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.views import Person
from tests.desk import CARLA, Desk
from tests.fits import assert_fits_in_both

TODAY = date(2026, 3, 11)
WEEK = Scope(week_of(TODAY))
ANA, BRUNO = Person("ana", 1, "Ana Torres", "agent"), Person("bruno", 2, "Bruno Díaz", "agent")
LONG = "María de los Ángeles Covarrubias Montenegro de la Fuente y Villaseñor"
HOSTILE = "[b]{name}[/b] 100 % \x1b[31mrojo\u202e «comillas»"
NO_COUNTS = Counts()


def board(**parts: object) -> Board:
    """A board of this week, empty but for those parts."""
    empty = Board(WEEK, TODAY, NO_COUNTS, NO_COUNTS, (), (), (), (), (), (), 0, (), 0)
    return replace(empty, **parts)  # type: ignore[arg-type]


def supervising(desk: Desk) -> Desk:
    """Carla is at the desk, in the review."""
    desk.sign_in(3, CARLA)
    desk.talk = begin(desk.talk, desk.now)
    return desk


def at(desk: Desk, stage: str, query: Query, answer: Answer) -> Desk:
    """The desk on a page that shows an answer, opened from the board."""
    trail = (("review", BoardOf(WEEK), None),)
    desk.talk = replace(desk.talk, stage=stage, review=Review(WEEK, stage, query, answer, trail), pick=None, said="")
    assert_fits_in_both(desk)
    return desk


def answered(desk: Desk, text: str) -> Step:
    """What Enter on a text leads to; nothing is carried out."""
    return conversation.answer(desk.talk, text, desk.now)


def pressed(desk: Desk, key: str) -> Step:
    """What a key leads to; nothing is carried out."""
    return conversation.press(desk.talk, key, "", desk.now)


def opens(step: Step) -> tuple[str, Query]:
    """The page that a step opens, and its question."""
    assert len(step.asks) == 1, step.asks
    look = step.asks[0]
    assert isinstance(look, Look), look
    return step.talk.then, look.query


def of(person: str = "", problem: str = "") -> Scope:
    """This week, of somebody or something."""
    return replace(WEEK, filter=Filter(person, problem))
