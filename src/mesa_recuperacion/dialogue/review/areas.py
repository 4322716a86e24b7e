"""How internal areas answer: in time, late, and what they owe now (rules C3, D1)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of, look
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Scoped
from mesa_recuperacion.dialogue.review.said import per_cent
from mesa_recuperacion.dialogue.scenes.base import policy_of
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.totals import AreaLine, Areas, AreasOf
from mesa_recuperacion.domain.text import fold


class AreasPage(Scoped):
    """Each area: what it was asked for in the period, and what it owes now; Enter lists that."""

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("Internal areas: answers in time and late")

    def scope(self, talk: Talk) -> Scope:
        """That of the figures."""
        return answer_of(talk, Areas).scope

    def asked(self, talk: Talk, scope: Scope) -> Query:
        """The same of another period."""
        return AreasOf(scope)

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """One row for each, by name."""
        t, lines = talk.setting.words.t, answer_of(talk, Areas).lines
        titles = (t("Area"), t("asked"), t("in time"), t("late"), t("share"), t("waiting"), t("overdue"))
        rows = sorted((_entry(talk, line) for line in lines), key=lambda entry: fold(entry.name))
        return (Group(titles, tuple(rows)),)

    def empty(self, talk: Talk) -> str:
        """No area was asked."""
        return talk.setting.words.t("No area was asked for anything in this period, and none owes an answer.")

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """What areas owe, one by one."""
        return look(talk, "review_due", DueOf(kind="area"))


def _entry(talk: Talk, line: AreaLine) -> Entry:
    area = policy_of(talk).area(line.area)
    cells = (
        str(line.asked), str(line.kept), str(line.late), per_cent(talk, line.kept, line.kept + line.late),
        str(line.waiting), f"■ {line.overdue}" if line.overdue else "0",
    )  # fmt: skip
    return Entry(line, area.name if area else line.area, cells, "bad" if line.overdue else "")
