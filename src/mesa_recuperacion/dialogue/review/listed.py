"""A page of the review that is a list: a number or a few letters open a row, a letter of the page does its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, look, review_of
from mesa_recuperacion.dialogue.review.said import grain_said, scope_said
from mesa_recuperacion.dialogue.scenes.base import Shape, refuse
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.review.base import Cursor, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.domain.text import fold
from mesa_recuperacion.domain.values import dataclass

_LETTER = re.compile(r"([a-z])(?:\s+([0-9]{1,3}))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what it is drawn as, and what Enter on it asks for; ``thing`` is what the row is about."""

    thing: object
    name: str
    cells: tuple[str, ...] = ()
    mark: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title, and the heads of their columns."""

    titles: tuple[str, ...]
    entries: tuple[Entry, ...]


class Listed(Page):
    """A list, perhaps in groups that are numbered through."""

    left: ClassVar[tuple[int, ...]] = ()
    """Which cells are texts, not figures."""

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        raise NotImplementedError

    def scope(self, talk: Talk) -> Scope | None:
        """The period and the filter of the page; ``None`` where it is about now."""
        return None

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """What is listed."""
        raise NotImplementedError

    def empty(self, talk: Talk) -> str:
        """What is said where nothing is listed."""
        raise NotImplementedError

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """What Enter on a row leads to."""
        raise NotImplementedError

    def lettered(self, talk: Talk, letter: str, entry: Entry | None, now: datetime) -> Step:
        """What a letter of the page does, on the row that is marked or numbered after it."""
        return Step(talk)

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """What is said under the list; ``entry`` is the row that is marked."""
        return ()

    def hint(self, talk: Talk) -> str:
        """What the line takes."""
        return talk.setting.words.t("number or letters · Enter opens · Esc goes back")

    # ------------------------------------------------------------------------------------------- what follows from it

    def entries(self, talk: Talk, now: datetime) -> tuple[Entry, ...]:
        """Every row, in order."""
        return tuple(entry for group in self.groups(talk, now) for entry in group.entries)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Every row, numbered through."""
        return _options(self.entries(talk, now), 1)

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row that Enter would take, or that a letter of the page is about."""
        letter, number = self._letter(talk, text)
        return super().selected(talk, number if letter else text, rows)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The title with the period, the groups, the remarks."""
        t, scope = talk.setting.words.t, self.scope(talk)
        entries = self.entries(talk, now)
        selected = self.selected(talk, text, _options(entries, 1))
        blocks: list[Block] = []
        before = 0
        for group in self.groups(talk, now):
            options = _options(group.entries, before + 1)
            if not options:
                continue
            inside = selected - before if selected is not None and 0 <= selected - before < len(options) else None
            blocks += [Choice(group.titles, options, inside, self.left, t("and {n} more rows", n="{n}")), Gap()]
            before += len(options)
        if not before:
            blocks = [Text(self.empty(talk), "dim"), Gap()]
        remarks = self.remarks(talk, None if selected is None else entries[selected], now)
        main = (*blocks, *remarks) if remarks else tuple(blocks[:-1])
        under = scope_said(talk, scope) if scope is not None else t("as things are now")
        return Shape(t("See"), self.hint(talk), main, title=self.title(talk), under=under)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens the row, or does what the letter says."""
        entries = self.entries(talk, now)
        letter, number = self._letter(talk, text)
        rows = _options(entries, 1)
        if letter:
            index = self.choice(talk, number, rows) if number else self.selected(talk, text, rows)
            if isinstance(index, Step):
                return index
            marked = talk if index is None else replace(talk, pick=index)
            return self.lettered(marked, letter, None if index is None else entries[index], now)
        if not entries:
            return refuse(talk, self.empty(talk))
        index = self.choice(talk, text, rows)
        return index if isinstance(index, Step) else self.opened(replace(talk, pick=index), entries[index], now)

    def _letter(self, talk: Talk, text: str) -> tuple[str, str]:
        """A letter of the page and the number after it; empty if the line is something else."""
        found = _LETTER.fullmatch(fold(text).strip())
        known = {letter for letter, _ in self.letters(talk)}
        return (found[1], found[2] or "") if found and found[1] in known else ("", "")


class Scoped(Listed):
    """A list over a period and a filter: F7 and F8 go to the period before and after."""

    def asked(self, talk: Talk, scope: Scope) -> Query:
        """The same question over another scope."""
        raise NotImplementedError

    def turns(self, talk: Talk) -> str:
        """Periods."""
        scope = self.scope(talk)
        return "" if scope is None else grain_said(talk, scope.period)

    def filtered(self, talk: Talk, scope: Scope) -> Step:
        """The same page of another scope."""
        return instead(talk, self.asked(talk, scope))

    def turned(self, talk: Talk, by: int) -> Step:
        """The period before or after."""
        scope = self.scope(talk)
        return Step(talk) if scope is None else instead(talk, self.asked(talk, scope_at(scope, by)))


class OfBoard(Scoped):
    """A list of what the board knows, of its period and filter."""

    def scope(self, talk: Talk) -> Scope:
        """That of the figures."""
        return answer_of(talk, Board).scope

    def asked(self, talk: Talk, scope: Scope) -> Query:
        """The same of another scope."""
        return BoardOf(scope)


class Paged(Listed):
    """A long list: F7 and F8 go to the page before and after."""

    def ends(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """Where the pages beside this one begin."""
        raise NotImplementedError

    def paged(self, talk: Talk, cursor: Cursor) -> Query:
        """The question for the page at a cursor."""
        raise NotImplementedError

    def turned(self, talk: Talk, by: int) -> Step:
        """The page before or after; at an end the page stays, and says so."""
        before, after = self.ends(talk)
        cursor = after if by > 0 else before
        if cursor is not None:
            return instead(talk, self.paged(talk, cursor))
        return at_end(talk, by)


def at_end(talk: Talk, by: int) -> Step:
    """There is no page before, or after: the page stays, and says so."""
    t = talk.setting.words.t
    said = t("This is the last page.") if by > 0 else t("This is the first page.")
    return Step(replace(talk, said=said, said_style=""))


def scope_at(scope: Scope, by: int) -> Scope:
    """A scope that many periods later."""
    return replace(scope, period=scope.period.shifted(by))


def cases(talk: Talk, behind: Behind) -> Step:
    """The cases behind a figure."""
    return look(talk, "review_cases", CasesOf(behind))


def of_problem(scope: Scope, problem: str) -> Behind:
    """The cases of one problem; those in which none was noted are the ones of the empty code."""
    if not problem:
        return Behind(scope, problems=("",))
    return Behind(replace(scope, filter=replace(scope.filter, problem=problem)))


def scope_here(talk: Talk) -> Scope:
    """The scope of the board that one came from."""
    return review_of(talk).scope


def _options(entries: Sequence[Entry], first: int) -> tuple[Option, ...]:
    return tuple(Option(str(n), e.name, e.cells, e.mark, e.quiet) for n, e in enumerate(entries, first))
