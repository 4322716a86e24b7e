"""The first page of the review: headline figures and seven panels (rules D1 to D6, D10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import LoadDay
from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, look, review_of
from mesa_recuperacion.dialogue.review.causes import pareto
from mesa_recuperacion.dialogue.review.figures import Selected, headline, panels
from mesa_recuperacion.dialogue.review.filtering import meant, read, troubled
from mesa_recuperacion.dialogue.review.opening import LETTERS, PANELS, Opening, figure_named, lettered, words_of_letters
from mesa_recuperacion.dialogue.review.people import alphabetical
from mesa_recuperacion.dialogue.review.said import grain_said, period_said
from mesa_recuperacion.dialogue.scenes.base import Shape, ask, interrupt, quoted, refuse
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Option, Text
from mesa_recuperacion.domain.review.board import Board, BoardOf, Cause, PersonLine
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.text import clean, fold


class BoardPage(Page):
    """The board."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The causes and the people, which the arrows go through."""
        things = _things(answer_of(talk, Board))
        return tuple(Option("", one.problem if isinstance(one, Cause) else one.person.name) for one in things)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """None: what is typed means a page, a figure or a filter."""
        return None

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row that the arrows picked, while nothing is typed."""
        return None if text.strip() else self._untyped(talk, rows)

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """The pages that have a letter."""
        return words_of_letters(talk)

    def turns(self, talk: Talk) -> str:
        """Days, weeks, months, as the filter says."""
        return grain_said(talk, review_of(talk).scope.period)

    def turned(self, talk: Talk, by: int) -> Step:
        """The period before or after; nothing is later than now."""
        t, board = talk.setting.words.t, answer_of(talk, Board)
        period = board.scope.period.shifted(by)
        if by > 0 and period.first > board.today:
            return Step(replace(talk, said=t("Nothing is later than this."), said_style=""))
        return instead(talk, BoardOf(replace(board.scope, period=period)))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Headline figures over seven panels; what there is instead, where there is no case."""
        t, board = talk.setting.words.t, answer_of(talk, Board)
        blocks: list[Block] = []
        if not board.counts.cases:
            blocks += [Text(_nothing(talk, board), "warn"), Gap()]
        chosen = self.selected(talk, text, self.rows(talk, text, now))
        blocks.append(panels(talk, board, _selected(board, chosen), now))
        return Shape(
            t("See"), t("number, letter or filter · Enter opens"), tuple(blocks), figures=headline(talk, board),
            ghost="" if _is_short(text) else meant(talk, text, now),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """A number opens a panel, a letter a page; a name, a problem or a period filters, a figure's name opens it."""
        typed, board = fold(text).strip(), answer_of(talk, Board)
        if not typed:
            return self._entered(talk, board, now)
        if typed in PANELS:
            return _open(talk, PANELS[typed], text)
        if len(typed) == 1:
            return self._lettered(talk, typed, text)
        found = read(talk, text, now)
        if isinstance(found, Scope):
            return instead(talk, BoardOf(found))
        if figure := figure_named(talk, text):
            return _open(talk, figure, text)
        return troubled(talk, found, text)

    def _entered(self, talk: Talk, board: Board, now: datetime) -> Step:
        """Enter alone: the row that the arrows picked; the nearest period with cases, where this one has none."""
        t, things = talk.setting.words.t, _things(board)
        if talk.pick is not None and things:
            one = things[min(talk.pick, len(things) - 1)]
            who = board.scope.filter
            narrowed = (
                replace(who, problem=one.problem) if isinstance(one, Cause) else replace(who, person=one.person.id)
            )
            return look(talk, "review_cases", CasesOf(Behind(replace(board.scope, filter=narrowed))))
        if not board.counts.cases and board.nearest is not None:
            return instead(talk, BoardOf(replace(board.scope, period=board.nearest)))
        return refuse(talk, t("A number opens a panel, a letter a page; ↑ ↓ mark a row. “week 10” or a name filters."))

    def _lettered(self, talk: Talk, letter: str, text: str) -> Step:
        t, one = talk.setting.words.t, lettered().get(letter)
        if one is None:
            known = " ".join(lettered())
            said = t("{text} opens nothing here. Letters: {letters}; panels: 1 to {last}.",
                     text=quoted(talk, clean(text, 8)), letters=known, last=max(PANELS))  # fmt: skip
            return refuse(talk, said)
        if one is LETTERS["e"]:
            return interrupt(talk, "praise", "")
        if one is LETTERS["d"]:
            return ask(talk, LoadDay(), then="desk")
        return _open(talk, one, text)


def _open(talk: Talk, one: Opening, text: str) -> Step:
    return look(talk, one.stage, one.asks(review_of(talk).scope), text=text)


def _things(board: Board) -> tuple[Cause | PersonLine, ...]:
    return (*pareto(board.causes), *alphabetical(board.people))


def _selected(board: Board, chosen: int | None) -> Selected:
    count = len(board.causes)
    if chosen is None:
        return None, None
    return (chosen, None) if chosen < count else (None, chosen - count)


def _is_short(text: str) -> bool:
    return len(text.strip()) < 2


def _nothing(talk: Talk, board: Board) -> str:
    """What is said where a scope has no case: that, and where the nearest ones are."""
    t = talk.setting.words.t
    if board.nearest is not None:
        latest = period_said(talk, board.nearest, board.today)
        return t("No cases there. Enter shows the latest: {period}.", period=latest)
    filtered = board.scope.filter != Filter()
    return t("No cases there, nor ever; “all” shows everybody.") if filtered else t("There are no cases yet.")
