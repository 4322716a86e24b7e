"""The end of a shift: what was done, what waits, and the slip that proves later that nothing was touched (rule E1)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import EndShift
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Gap, Pairs, Text


class EndOfShift(Scene):
    """Between calls: one page, Enter ends the shift."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The day in a few figures, and what Enter does."""
        t, day, money = talk.setting.words.t, talk.day, talk.setting.shown.money
        hint = t("Enter ends the shift · Esc goes back")
        if day is None:
            return Shape(t("End of shift"), hint, ())
        rows = (
            (t("Cases today"), str(day.counts.cases), t("{n} on time", n=day.counts.on_time)),
            (t("Open cases"), str(len(day.open)), t("each with its next call")),
            (t("Due today and not answered"), str(len(day.agenda)), ""),
            (t("Left in the budget"), money(day.budget.left), ""),
            (t("Reserved"), money(day.budget.reserved), t("delivered when its case is closed")),
        )
        said = t(
            "A slip is kept with the mark of the journal: print it and let supervision sign it. It shows later whether "
            "anything before it was changed. A copy of everything is made if the last one is not of this shift."
        )
        return Shape(t("End of shift"), hint, (Pairs(rows), Gap(), Text(said, "dim")), title=t("End of shift"))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Ends it; the desk is locked then."""
        return ask(talk, EndShift(talk.setting.shown.locale))
