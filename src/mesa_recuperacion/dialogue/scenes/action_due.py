"""A corrective action on its day: its owner says in one line whether it was done, and what happened (rule D2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.scenes.answers import Answered, left
from mesa_recuperacion.dialogue.scenes.base import Shape, ask, quoted, refuse
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.refusals import AnalysisOver, NoSuchItem, Refusal, SupervisorNeeded, UnknownAnalysis
from mesa_recuperacion.domain.views import AgendaItem


class ActionDue(Answered):
    """Done, or not and why."""

    def item(self, talk: Talk) -> AgendaItem | None:
        """The action, while it is on the list."""
        return next((i for i in (talk.day.agenda if talk.day else ()) if i.id == talk.item), None)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Yes or no."""
        t = talk.setting.words.t
        return (Option("1", t("Done; what happened may follow")), Option("2", t("Not done, and why, in the same line")))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What was agreed and by when, and the two answers."""
        t, item, rows = talk.setting.words.t, self.item(talk), self.rows(talk, text, now)
        if item is None:
            return Shape(t("Answer"), t("Esc goes back"), (Text(t("That was already answered."), "dim"),))
        when = t("A corrective action that is yours, by {when}", when=talk.setting.shown.when(item.due_at, now))
        choice = Choice((t("What became of it?"),), rows, self.selected(talk, text, rows))
        blocks = (Text(when, "dim"), Text(quoted(talk, item.what), "strong"), Gap(), choice)
        return Shape(t("Answer"), t("number, words · Enter"), blocks)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Records it; supervision sees it with what changed since."""
        t, item = talk.setting.words.t, self.item(talk)
        if item is None:
            return left(talk, t("That was already answered."), "warn")
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("1 done; 2 not done and why. Words may follow: 1 The box was changed"))
        told = self.told(talk, text, self.rows(talk, text, now))
        if isinstance(told, Step):
            return told
        index, words = told
        if index == 1 and not words:
            return refuse(talk, t("Why not? Supervision reads your words and agrees what comes next."), "2 ")
        return ask(talk, Do(c.AnswerAction(item.id, index == 0, words)), then="@", text=text)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """It was answered or given to somebody else meanwhile: back, with the day as it is."""
        gone = isinstance(refusal, NoSuchItem | AnalysisOver | UnknownAnalysis | SupervisorNeeded)
        return left(talk, sentence(talk.setting, refusal, now), "warn") if gone else None

    def done(self, talk: Talk, now: datetime) -> Talk:
        """Back, with a word."""
        said = talk.setting.words.t("Noted. Supervision looks at what changed since.")
        return replace(talk, stage="idle", item="", said=said, said_style="good")
