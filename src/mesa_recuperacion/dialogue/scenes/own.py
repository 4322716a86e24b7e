"""My figures: this week and this month beside the policy's goals, and the thanks one got (rules D6, D10, E2).

Nobody else's are ever asked for here: the question names nobody.
"""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.person import latest_thanks
from mesa_recuperacion.dialogue.review.said import aimed, per_cent
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, policy_of, returned
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Pairs, Text
from mesa_recuperacion.domain.review.counts import Counts


class OwnFigures(Scene):
    """Between calls: one page, Enter or Esc goes back."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The figures, the goals, the latest thanks."""
        t, own = talk.setting.words.t, talk.own
        hint = t("Enter or Esc goes back")
        if own is None:
            return Shape(t("My figures"), hint, (Text(t("Your figures are being counted…"), "dim"),))
        table = Choice((t("Figure"), t("this week"), t("this month"), t("goal")), _rows(talk, own.week, own.month))
        thanks = Pairs(((t("Thanks"), latest_thanks(talk, own.praises), ""),))
        said = Text(t("Only you and supervision see them. There is no ranking."), "dim")
        return Shape(t("My figures"), hint, (table, Gap(), thanks, Gap(), said), title=t("My figures"))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Back."""
        return returned(talk)


def _rows(talk: Talk, week: Counts, month: Counts) -> tuple[Option, ...]:
    """Cases, and the three shares that have a goal."""
    t, goals = talk.setting.words.t, policy_of(talk).goals
    shares = (
        (t("On time"), "on_time", "cases", goals.on_time),
        (t("At first contact"), "first_contact", "cases", goals.first_contact),
        (t("Follow-ups verified"), "verified", "follow_ups", goals.verified),
    )
    rows = [Option("", t("Cases"), (str(week.cases), str(month.cases), ""))]
    for name, part, of, goal in shares:
        told = (per_cent(talk, getattr(one, part), getattr(one, of)) for one in (week, month))
        rows.append(Option("", name, (*told, aimed(talk, goal))))
    return tuple(rows)
