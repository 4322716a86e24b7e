"""What an internal area was asked and has not answered yet (rules C3, C5)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.scenes.answers import Answered, left
from mesa_recuperacion.dialogue.scenes.base import Shape, ask, policy_of, quoted, refuse, remedy_of, state_of
from mesa_recuperacion.dialogue.scenes.story import Row, shortened, story
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.parts import AreaRequest


def request_of(talk: Talk) -> AreaRequest | None:
    """What is being answered."""
    return next((x for x in state_of(talk).requests if x.id == talk.item), None)


class AreaDue(Answered):
    """Did the area answer?  A late area is its owner's and supervision's, never the customer's problem."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """It answered, not yet, no longer needed."""
        t = talk.setting.words.t
        return (Option("1", t("It answered")), Option("2", t("Not yet")), Option("3", t("No longer needed")))

    def asked(self, talk: Talk, now: datetime) -> tuple[Row, ...]:
        """What was asked of whom and by when."""
        t, shown, request, remedy = talk.setting.words.t, talk.setting.shown, request_of(talk), remedy_of(talk)
        if request is None:
            return ()
        area, by = policy_of(talk).area(request.area), shown.when(request.due_at, now)
        what = quoted(talk, shortened(request.what)) if request.what else remedy.name if remedy else ""
        return (
            (t("Area"), area.name if area else request.area, ""), (t("Asked"), what, ""),
            (t("Answer by"), t("{when} · it is late", when=by) if request.due_at < now else by, ""),
        )  # fmt: skip

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What was asked, and the story; nothing is said to the customer here."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        told = story(talk, now, *self.asked(talk, now), areas=False)
        choice = Choice((t("What did the area say?"),), rows, self.selected(talk, text, rows))
        return Shape(t("Area"), t("its words after the number: 1 it leaves at 18"), (*told, Gap(), choice))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Records the answer when it came; "not yet" leaves it where it is."""
        t, folio = talk.setting.words.t, state_of(talk).folio
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("1 it answered, 2 not yet, 3 no longer needed. Esc leaves it as it is."))
        told = self.told(talk, text, self.rows(talk, text, now))
        if isinstance(told, Step):
            return told
        index, words = told
        if index == 1:
            return left(talk, t("It stays on the list until the area answers."))
        return ask(talk, Do(c.AnswerArea(folio, talk.item, words, needed=index == 0)), then="answered", text=text)
