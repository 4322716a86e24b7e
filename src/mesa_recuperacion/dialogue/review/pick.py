"""Cases picked one by one, for an analysis over just those (rule D2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, review_of
from mesa_recuperacion.dialogue.review.said import problem_said
from mesa_recuperacion.dialogue.review.sets import about
from mesa_recuperacion.dialogue.review.whys import begin_picked
from mesa_recuperacion.dialogue.scenes.base import Shape, refuse
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Option, Text
from mesa_recuperacion.domain.review.analyses import MOST_PICKED, Picking, PickOf
from mesa_recuperacion.domain.review.cases import CaseLine


def toggled(picked: tuple[str, ...], case: str) -> tuple[str, ...]:
    """What is picked after a case was marked, or its mark taken away; as it was if there is no room for another."""
    if case in picked:
        return tuple(folio for folio in picked if folio != case)
    return (*picked, case) if len(picked) < MOST_PICKED else picked


class PickPage(Page):
    """A number marks a case or takes its mark away; the marks stay while pages are turned."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """The worksheet over what is picked."""
        words, n = talk.setting.words, len(answer_of(talk, Picking).picked)
        return (("q", words.tn("five whys over {n} case", "five whys over {n} cases", n)),) if n else ()

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The cases of the page, those that are picked with their mark."""
        seen = answer_of(talk, Picking)
        return tuple(_option(talk, str(n), line, seen.picked) for n, line in enumerate(seen.cases.lines, 1))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The page, and how many are picked."""
        words, seen, rows = talk.setting.words, answer_of(talk, Picking), self.rows(talk, text, now)
        t, n = words.t, len(seen.picked)
        title = t("Picking cases · {what}", what=about(talk, seen.cases.behind))
        under = words.tn("{n} case picked", "{n} cases picked", n)
        if not rows:
            return Shape(t("See"), t("Esc goes back"), (Text(t("There is no case here."), "dim"),), title=title)
        more = t("and {n} more: a number takes them too", n="{n}")
        choice = Choice((t("Case"),), rows, self.selected(talk, text, rows), left=(0, 1), more=more)
        return Shape(t("Pick"), t("number · Enter marks · q begins"), (choice,), title=title, under=under)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Marks a case, or begins the worksheet."""
        t, seen, query = talk.setting.words.t, answer_of(talk, Picking), self.query(talk)
        if text.strip().lower() == "q":
            if not seen.picked:
                return refuse(talk, t("None is picked yet. A number marks its case."))
            return begin_picked(talk, seen.picked, text)
        if not seen.cases.lines:
            return refuse(talk, t("There is no case here."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        if isinstance(index, Step):
            return index
        picked = toggled(seen.picked, seen.cases.lines[index].folio)
        if picked == seen.picked:
            return refuse(talk, t("{n} cases are as many as one worksheet takes.", n=MOST_PICKED))
        step = instead(talk, replace(query, picked=picked))
        return Step(replace(step.talk, pick=index), step.asks)

    def turned(self, talk: Talk, by: int) -> Step:
        """The page before or after; what is picked stays picked."""
        cases = answer_of(talk, Picking).cases
        cursor = cases.after if by > 0 else cases.before
        return Step(talk) if cursor is None else instead(talk, replace(self.query(talk), cursor=cursor))

    def query(self, talk: Talk) -> PickOf:
        """What the page asks."""
        query = review_of(talk).query
        if not isinstance(query, PickOf):
            raise LookupError(f"the page asks {query!r}")
        return query


def _option(talk: Talk, key: str, line: CaseLine, picked: tuple[str, ...]) -> Option:
    t, shown = talk.setting.words.t, talk.setting.shown
    mark = t("● picked") if line.folio in picked else ""
    name = f"{line.folio}  {named(talk, line.customer)}"
    what = f"{problem_said(talk, line.problem)} · {shown.day(line.at)}"
    return Option(key, name, (what, mark), "good" if mark else "")
