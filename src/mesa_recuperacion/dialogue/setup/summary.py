"""The last page: everything that was answered or derived, each row open to change, and Enter creates it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Quit
from mesa_recuperacion.dialogue.scenes.base import Shape
from mesa_recuperacion.dialogue.setup import derive
from mesa_recuperacion.dialogue.setup.branch import own_name
from mesa_recuperacion.dialogue.setup.look import LOOKS, at_hand
from mesa_recuperacion.dialogue.setup.question import Question
from mesa_recuperacion.dialogue.setup.state import FoundBranch, Setup, Step, go
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Text

ROWS = ("language", "business", "branch", "currency", "zone", "look", "supervisor", "problems")
"""The question behind each row."""


class Summary(Question):
    """Everything at a glance."""

    previous = "problems"

    def rows(self, talk: Setup, text: str) -> tuple[Option, ...]:
        """What was answered and what was derived from it."""
        t, look = talk.setting.words.t, LOOKS[at_hand(talk)]
        limits = derive.limits(talk)
        money = derive.currency(talk)
        if limits:
            money = t("{currency}, cap {cap}, {budget} a week", currency=money, cap=limits[0], budget=limits[1])
        colours = t("Night") if look.theme == "noche" else t("Day")
        values = (
            (t("Language"), own_name(talk.setting.words.language)),
            (t("Business"), derive.business(talk)),
            (t("Branch"), f"{derive.branch(talk)} · {derive.code(talk)}"),
            (t("Currency"), money),
            (t("Time zone"), derive.zone(talk)),
            (t("Screen"), t("{colours}, plain signs", colours=colours) if look.glyphs else colours),
            (t("Supervision"), f"{derive.supervisor(talk)} · " + t("number {n}", n=1)),
            (t("Problems"), t("the eight common ones") if talk.examples else t("only “another problem”")),
        )
        return tuple(Option(str(n), name, (value,)) for n, (name, value) in enumerate(values, 1))

    def default(self, talk: Setup) -> int | None:
        """No row: Enter alone creates the branch."""
        return None

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """The rows, and what comes after."""
        t = talk.setting.words.t
        return Shape(t("Ready"), t("Enter creates it · a number changes"), (
            Text(t("All set. Enter creates the branch."), "strong"), Gap(),
            Choice((), self.rows(talk, text), self.selected(talk, text), left=(0,)), Gap(),
            Text(t("You come in with number 1, a space and your PIN, and can take calls. mesa person add brings in the"
                   " others."), "dim"),
        ))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """How to change something."""
        return talk.setting.words.t("A number changes that row and comes back here. Nothing exists until Enter.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Creates the branch, or goes to the question of a row."""
        if talk.founded:
            return Step(talk, (Quit(),))
        if not text.strip() and talk.pick is None:
            return Step(go(talk, "summary"), (plan(talk),))
        chosen = self.chosen(talk, text)
        return chosen if isinstance(chosen, Step) else Step(replace(go(talk, ROWS[chosen]), amending=True))


def plan(talk: Setup) -> FoundBranch:
    """The branch that was described."""
    look = LOOKS[at_hand(talk)]
    return FoundBranch(
        language=talk.setting.words.language, business=derive.business(talk), branch=derive.branch(talk),
        code=derive.code(talk), currency=derive.currency(talk), zone=derive.zone(talk),
        supervisor=derive.supervisor(talk), examples=talk.examples, theme=look.theme, glyphs=look.glyphs, pin=talk.pin,
    )  # fmt: skip
