"""A PIN for somebody else: the supervisor signs with their own, and the person types the new one twice (rule E2).

What is gathered is ``add`` and a role, or ``pin`` and a number; then the name, the signature and the new PIN.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import AddPerson, RenewPin
from mesa_recuperacion.dialogue.review.base import told
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, onward, refuse, returned
from mesa_recuperacion.dialogue.scenes.pin import said
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Secret, Step, Talk
from mesa_recuperacion.dialogue.view import Text
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import LockedOut, PinUnfit, Refusal, WrongPin
from mesa_recuperacion.domain.views import Person


class StaffPin(Scene):
    """One of the three questions."""

    saves_line = False
    secret = True

    def asked(self, talk: Talk) -> str:
        """What is asked for."""
        raise NotImplementedError

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Whose PIN it is, who signs, and what is asked for now."""
        t, what, name = talk.setting.words.t, talk.held[0], talk.held[2]
        title = t("{name} begins to work here", name=name) if what == "add" else t("A new PIN for {name}", name=name)
        main = (
            Text(title, "strong"),
            Text(t("You sign with your own PIN; then {name} types the new one, twice.", name=name)),
            Text(t("6 to 12 figures. No runs, no repeated figures, no dates."), "dim"),
        )
        return Shape(self.asked(talk), t("Enter goes on · Esc goes back"), main, mask="all")


class Sign(StaffPin):
    """The supervisor's own PIN."""

    def asked(self, talk: Talk) -> str:
        """The signature."""
        return talk.setting.words.t("Your own PIN")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Keeps it until the end, where it is looked at."""
        typed = text.strip()
        if not typed:
            return refuse(talk, talk.setting.words.t("Type the PIN that you come in with."))
        return onward(talk, "review_staff_pin", *talk.held, Secret(typed))


class NewPin(StaffPin):
    """The PIN that is to hold."""

    back = "review_staff_sign"

    def asked(self, talk: Talk) -> str:
        """The new one."""
        return talk.setting.words.t("New PIN")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Refuses one that is not fit, before it is typed twice."""
        typed = text.strip()
        if refusal := unfit(typed):
            return refuse(talk, sentence(talk.setting, refusal, now))
        return onward(talk, "review_staff_again", *talk.held, Secret(typed))


class PinAgain(StaffPin):
    """The new one again, so that a slip of the finger locks nobody out."""

    back = "review_staff_pin"

    def asked(self, talk: Talk) -> str:
        """The new one again."""
        return talk.setting.words.t("New PIN again")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Asks for it, if both are the same."""
        what, which, name, signed, new = talk.held
        if text.strip() != new:
            differ = talk.setting.words.t("They were not the same. Type the new one again, twice.")
            return said(talk, onward(talk, "review_staff_pin", *talk.held[:-1]), differ)
        if what == "add":
            return ask(talk, AddPerson(name, which, signed, new))
        return ask(talk, RenewPin(int(which), signed, new))

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """Back to the question whose answer was wrong."""
        text = sentence(talk.setting, refusal, now)
        if isinstance(refusal, PinUnfit):
            return said(talk, onward(talk, "review_staff_pin", *talk.held[:-1]), text)
        if isinstance(refusal, WrongPin):
            text = talk.setting.words.tn(
                "That is not your own PIN. {n} attempt is left.",
                "That is not your own PIN. {n} attempts are left.", refusal.left,
            )  # fmt: skip
        if isinstance(refusal, WrongPin | LockedOut):
            return said(talk, onward(talk, "review_staff_sign", *talk.held[:-2]), text)
        return Step(replace(returned(talk).talk, said=text, said_style="warn"))


def person_set(talk: Talk, person: Person) -> Talk:
    """Back at the page, which is looked at anew, with what has been done."""
    if talk.stage == "review_staff_person":  # nothing was asked besides: their number was opened
        return replace(told(talk), line="", then="")
    t, added = talk.setting.words.t, talk.held[:1] == ("add",)
    done = t("{name} enters with the new PIN from now on.", name=person.name)
    if added:
        done = t("{name} enters with number {number}.", name=person.name, number=person.number)
    return replace(returned(talk, done).talk, line="", then="")
