"""Another PIN: the old one, the new one, and the new one again; none of them is seen or kept (rule E2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import ChangePin
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, onward, refuse
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Secret, Step, Talk
from mesa_recuperacion.dialogue.view import Text
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import PinUnfit, Refusal, WrongPin


class PinScene(Scene):
    """One of the three questions."""

    saves_line = False
    secret = True

    def asked(self, talk: Talk) -> str:
        """What is asked for."""
        raise NotImplementedError

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What a PIN is, and what is asked for now."""
        t = talk.setting.words.t
        main = (
            Text(t("Another PIN"), "strong"),
            Text(t("6 to 12 figures. No runs, no repeated figures, no dates."), "dim"),
            Text(t("It holds from now on, at every desk of the branch."), "dim"),
        )
        return Shape(self.asked(talk), t("Enter goes on · Esc goes back"), main, mask="all")


def said(talk: Talk, step: Step, text: str) -> Step:
    """A step with a sentence about it."""
    return Step(replace(step.talk, said=text, said_style="warn"), step.asks)


class PinOld(PinScene):
    """The PIN that holds."""

    def asked(self, talk: Talk) -> str:
        """The old one."""
        return talk.setting.words.t("Your PIN now")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Keeps it for the question after the next; whether it is right is found out at the end."""
        typed = text.strip()
        if not typed:
            return refuse(talk, talk.setting.words.t("Type the PIN that you come in with."))
        return onward(talk, "pin_new", Secret(typed))


class PinNew(PinScene):
    """The PIN that is to hold."""

    back = "pin_old"

    def asked(self, talk: Talk) -> str:
        """The new one."""
        return talk.setting.words.t("New PIN")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Refuses one that is not fit, before it is typed twice."""
        t, typed = talk.setting.words.t, text.strip()
        if refusal := unfit(typed):
            return refuse(talk, sentence(talk.setting, refusal, now))
        if typed == talk.held[0]:
            return refuse(talk, t("That is the PIN that you have. Type another one."))
        return onward(talk, "pin_again", talk.held[0], Secret(typed))


class PinAgain(PinScene):
    """The new one again, so that a slip of the finger locks nobody out."""

    back = "pin_new"

    def asked(self, talk: Talk) -> str:
        """The new one again."""
        return talk.setting.words.t("New PIN again")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Asks for it, if both are the same."""
        old, new = talk.held
        if text.strip() != new:
            differ = talk.setting.words.t("They were not the same. Type the new one again, twice.")
            return said(talk, onward(talk, "pin_new", old), differ)
        return ask(talk, ChangePin(old, new))

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """Back to the question whose answer was wrong."""
        text = sentence(talk.setting, refusal, now)
        if isinstance(refusal, PinUnfit):
            return said(talk, onward(talk, "pin_new", talk.held[0]), text)
        if isinstance(refusal, WrongPin):
            text = talk.setting.words.tn(
                "That is not the PIN that you have. {n} attempt is left.",
                "That is not the PIN that you have. {n} attempts are left.", refusal.left,
            )  # fmt: skip
        return said(talk, onward(talk, "pin_old"), text)
