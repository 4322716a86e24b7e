"""``f``: how first contact is counted, and what the cost is made of, written out (rules B6, C8, D10)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of
from mesa_recuperacion.dialogue.review.listed import Entry, Group, OfBoard, cases
from mesa_recuperacion.dialogue.review.said import money, per_cent
from mesa_recuperacion.dialogue.scenes.base import policy_of
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Text
from mesa_recuperacion.domain.review.board import Board
from mesa_recuperacion.domain.review.scope import Behind


class FormulaPage(OfBoard):
    """The formula with the policy's days, and the figures that it is made of; each opens its cases."""

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("How it is counted")

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """Each part with its number."""
        t, counts, goals = talk.setting.words.t, answer_of(talk, Board).counts, policy_of(talk).goals

        def of(which: str, name: str, part: int, goal: int = 0) -> Entry:
            aim = t("goal {n}%", n=goal) if goal else ""
            return Entry(which, name, (str(part), per_cent(talk, part, counts.cases), aim))

        def spent(which: str, name: str, minor: int) -> Entry:
            return Entry(which, name, (money(talk, minor), "", ""))

        return (
            Group((t("Cases"), "", "", ""), (
                of("on_time", t("On time"), counts.on_time, goals.on_time),
                of("first_contact", t("At first contact"), counts.first_contact, goals.first_contact),
            )),
            Group((t("Cost"), "", "", ""), (
                spent("cost", t("Remedies"), counts.remedy_cost),
                spent("cost", t("Compensations"), counts.compensation),
                spent("exceptions", t("of them paid by the reserve"), counts.exception_cost),
                spent("cost", t("Per case"), counts.per_case),
                spent("statutory", t("Legal minimum, apart"), counts.statutory),
            )),
        )  # fmt: skip

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """The formula (rule C8)."""
        t, days = talk.setting.words.t, policy_of(talk).repeat_days
        said = t(
            "First contact: one contact, the same person, not handed over, not opened again, the same problem not"
            " repeated within {n} days, and a follow-up that did not say otherwise.", n=days,
        )  # fmt: skip
        return (Text(said),)

    def empty(self, talk: Talk) -> str:
        """Never: the parts are always there."""
        return ""

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The cases behind the number."""
        return cases(talk, Behind(answer_of(talk, Board).scope, str(entry.thing)))
