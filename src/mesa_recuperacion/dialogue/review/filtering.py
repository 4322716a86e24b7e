"""Filtering: a period, a person, a problem, in a few letters; on the board as they are, elsewhere after F4."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.grammar.scope import Known, NotUnderstood, Reversed, SeveralNamed, Trouble, read_scope
from mesa_recuperacion.dialogue.registry import scene_of
from mesa_recuperacion.dialogue.review.base import Page, review_of
from mesa_recuperacion.dialogue.review.said import day_said, problem_said, scope_said
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, policy_of, quoted, refuse, returned, with_line
from mesa_recuperacion.dialogue.scenes.story import shortened
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Pairs, Text
from mesa_recuperacion.domain.review.board import Board
from mesa_recuperacion.domain.review.scope import Scope

_PEOPLE, _PROBLEMS = 125, 240
"""Characters of the names that the page of the filter has room for, two rows and four."""


def known(talk: Talk) -> Known:
    """Who and what can be named: everybody who works here or is on the board, and the problems of the policy."""
    people = {p.id: p.name for p in talk.people}
    answer = talk.review.answer if talk.review is not None else None
    if isinstance(answer, Board):
        people.update((line.person.id, line.person.name) for line in answer.people)
    return Known(tuple(people.items()), tuple((p.code, p.name) for p in policy_of(talk).problems))


def read(talk: Talk, text: str, now: datetime) -> Scope | Trouble:
    """The scope that a text names, seen from the page that is open."""
    today = now.astimezone(policy_of(talk).hours.zone).date()
    return read_scope(text, here(talk), today, known(talk))


def here(talk: Talk) -> Scope:
    """The scope of the open page, or of the board behind it."""
    review = review_of(talk)
    scope = getattr(review.query, "scope", None) or getattr(getattr(review.query, "behind", None), "scope", None)
    return scope if isinstance(scope, Scope) else review.scope


def troubled(talk: Talk, trouble: Trouble, text: str) -> Step:
    """What is not a filter, in a kind sentence; reversed days stand in the line in order, one Enter away."""
    t = talk.setting.words.t
    match trouble:
        case Reversed(scope, ordered):
            first, last = (day_said(talk, day) for day in (scope.period.first, scope.period.last))
            said = t("Those days go the other way round. Enter shows {first} to {last}.", first=first, last=last)
            return Step(with_line(replace(talk, said=said, said_style="warn"), ordered))
        case SeveralNamed(name):
            return refuse(talk, t("Several are called {name}: type more of the name.", name=quoted(talk, name)), text)
        case NotUnderstood(name) if name:
            said = t("Nothing here is called {name}. Try: week 10 · march · 1/3 15/3 · a name · letters of a problem",
                     name=quoted(talk, name))  # fmt: skip
            return refuse(talk, said, text)
    return refuse(talk, t("Type a period, a name or a problem; “all” shows everybody."), text)


class FilterScene(Scene):
    """F4 on any page of the review."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """How it is typed, and who and what can be named."""
        t, named = talk.setting.words.t, known(talk)
        people = _some([name for _, name in named.people], _PEOPLE)
        problems = _some([problem_said(talk, code) for code, _ in named.problems], _PROBLEMS)
        rows = (
            (t("Period"), t("today · yesterday · week 10 · week 10 2025 · month · march · 1/3 15/3 · ever"), ""),
            (t("Person"), people, ""), (t("Problem"), problems, ""),
            (t("Together"), t("week 10 ana missing"), ""), (t("Everybody"), t("all"), ""),
        )  # fmt: skip
        blocks: tuple[Block, ...] = (Text(t("Now: {scope}", scope=scope_said(talk, here(talk))), "strong"), Gap(),
                                     Pairs(rows))  # fmt: skip
        return Shape(
            t("Filter"), t("Enter shows it · Esc goes back"), blocks, ghost=meant(talk, text, now), title=t("Filter"),
            under=t("A few letters are enough; what is not named stays as it is."),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Back to the page, of that scope."""
        if not text.strip():
            return returned(talk)
        found = read(talk, text, now)
        if not isinstance(found, Scope):
            return troubled(talk, found, text)
        there = replace(returned(talk).talk, line="")
        page = scene_of(there.stage)
        return page.filtered(there, found) if isinstance(page, Page) else Step(there)


def _some(names: list[str], room: int) -> str:
    """As many names as there is room for, each as far as it says whose it is."""
    said = ""
    for name in names:
        longer = " · ".join(filter(None, (said, shortened(name, 28))))
        if len(longer) > room:
            return f"{said} …"
        said = longer
    return said


def meant(talk: Talk, text: str, now: datetime) -> str:
    """What a half-typed filter would show; empty if it is none."""
    found = read(talk, text, now) if text.strip() else None
    return scope_said(talk, found) if isinstance(found, Scope) else ""
