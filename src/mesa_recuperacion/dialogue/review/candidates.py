"""What agents typed as "another problem", grouped: candidates for the list (rule B1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, look
from mesa_recuperacion.dialogue.review.said import grain_said
from mesa_recuperacion.dialogue.review.sets import about
from mesa_recuperacion.dialogue.scenes.base import Shape, quoted, refuse
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.review.candidates import Candidates, CandidatesOf
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Scope


def listed(talk: Talk, scope: Scope) -> Step:
    """Open the candidates of a scope."""
    return look(talk, "review_candidates", CandidatesOf(scope))


class CandidatesPage(Page):
    """The groups, the largest first; a number opens the cases behind it."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Each group by its most common text."""
        words, seen = talk.setting.words, answer_of(talk, Candidates)
        return tuple(
            Option(str(n), quoted(talk, group.text), (words.tn("{n} case", "{n} cases", group.n),))
            for n, group in enumerate(seen.groups, 1)
        )

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The groups, and of how many cases they are."""
        words, seen, rows = talk.setting.words, answer_of(talk, Candidates), self.rows(talk, text, now)
        t = words.t
        title = t("Another problem · {what}", what=about(talk, Behind(seen.scope)))
        under = words.tn("{n} case, by what was typed", "{n} cases, by what was typed", seen.read)
        if seen.cases > seen.read:
            under = t("The {n} latest of {all} cases, by what was typed", n=seen.read, all=seen.cases)
        if not rows:
            said = t("Nobody typed another problem in these days.")
            if seen.cases:
                said = t("What was typed in these days was erased with the customers' data.")
            return Shape(t("See"), t("F7 F8 other days · Esc goes back"), (Text(said, "dim"),), title=title)
        more = t("and {n} more: a number takes them too", n="{n}")
        blocks: tuple[Block, ...] = (
            Text(t("What agents typed; what comes again may belong on the list"), "dim"), Gap(),
            Choice(("",), rows, self.selected(talk, text, rows), more=more),
        )  # fmt: skip
        return Shape(t("See"), t("number · Enter lists its cases"), blocks, title=title, under=under)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens the cases of a group."""
        seen = answer_of(talk, Candidates)
        if not seen.groups:
            return refuse(talk, talk.setting.words.t("Nobody typed another problem in these days."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        if isinstance(index, Step):
            return index
        return look(talk, "review_cases", CasesOf(Behind(seen.scope, folios=seen.groups[index].folios)))

    def turns(self, talk: Talk) -> str:
        """Periods."""
        return grain_said(talk, answer_of(talk, Candidates).scope.period)

    def turned(self, talk: Talk, by: int) -> Step:
        """The same of the period before or after."""
        scope = answer_of(talk, Candidates).scope
        return instead(talk, CandidatesOf(replace(scope, period=scope.period.shifted(by))))
