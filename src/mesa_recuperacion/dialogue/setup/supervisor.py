"""5: who supervises, and their PIN twice (rule E2).  A PIN is never shown, given back or part of any text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.scenes.base import Shape
from mesa_recuperacion.dialogue.setup import derive
from mesa_recuperacion.dialogue.setup.question import Question, name_or_refusal
from mesa_recuperacion.dialogue.setup.state import Setup, Step, go, refuse
from mesa_recuperacion.dialogue.view import Gap, Pairs, Text
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.text import clean


class Supervisor(Question):
    """The name."""

    number = 5
    following = "pin"
    previous = "look"
    leads_on = True

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """What supervision is."""
        t = talk.setting.words.t
        return Shape(t("Name"), t("Enter accepts"), (
            Text(t("Who supervises?"), "strong"), Gap(),
            Pairs(((t("Name"), clean(text, 60) or derive.supervisor(talk), ""), (t("Number"), "1", ""))), Gap(),
            Text(t("Supervision publishes the policy and adds people, and can take calls as well."), "dim"),
        ), ghost="" if text else derive.supervisor(talk))  # fmt: skip

    def purpose(self, talk: Setup) -> str:
        """Why there must be one."""
        return talk.setting.words.t("Nobody works unnamed: the first person is the one who adds the others.")

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps the name."""
        if not text.strip():
            return self.accept(talk)
        name = name_or_refusal(talk, text)
        return name if isinstance(name, Step) else self.accept(talk, supervisor=name)


class _Secret(Question):
    number = 5
    part = True
    secret = True

    def purpose(self, talk: Setup) -> str:
        """What makes a PIN fit."""
        t = talk.setting.words.t
        return t("6 to 12 figures, not a run such as 123456, not a date. It is never shown, and the file does not hold"
                 " it.")  # fmt: skip


class Pin(_Secret):
    """The PIN, the first time."""

    following = "problems"
    previous = "supervisor"

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """What makes it fit."""
        t = talk.setting.words.t
        kept = (Gap(), Text(t("There is a PIN already: Enter alone keeps it."), "dim")) if talk.pin else ()
        return Shape(t("PIN"), t("Enter keeps it") if talk.pin else t("6 to 12 figures · Enter"), (
            Text(t("A PIN for {name}", name=derive.supervisor(talk)), "strong"), Gap(),
            Text(t("6 to 12 figures, not a run, not a date. It is typed at every login.")), *kept,
        ), mask="all")  # fmt: skip

    def answer(self, talk: Setup, text: str) -> Step:
        """Takes a fit PIN, to be typed again; Enter alone keeps the one that was given before."""
        t, pin = talk.setting.words.t, text.strip()
        if not pin:
            return self.accept(talk) if talk.pin else refuse(talk, t("It needs a PIN: 6 to 12 figures."))
        bad = unfit(pin)
        if bad is not None:
            said = {
                "digits": t("A PIN is made of figures only."),
                "short": t("A PIN has 6 to 12 figures."), "long": t("A PIN has 6 to 12 figures."),
                "easy": t("That PIN is too easy to guess: no runs, no repeated figures, no dates."),
            }  # fmt: skip
            return refuse(talk, said[bad.why])
        return Step(replace(go(talk, "pin_again"), first_pin=pin))


class PinAgain(_Secret):
    """The PIN, the second time."""

    following = "problems"
    previous = "pin"

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """The same figures once more."""
        t = talk.setting.words.t
        return Shape(t("PIN again"), t("Enter · Esc begins it over"), (
            Text(t("A PIN for {name}", name=derive.supervisor(talk)), "strong"), Gap(),
            Text(t("The same PIN once more, so that no slip of a finger locks the desk.")),
        ), mask="all")  # fmt: skip

    def answer(self, talk: Setup, text: str) -> Step:
        """Keeps the PIN if both are the same; else it begins over, and the name stays."""
        if text.strip() != talk.first_pin:
            said = talk.setting.words.t("The two PINs were not the same. Once more from the first; the name is kept.")
            return refuse(go(talk, "pin"), said)
        return self.accept(talk, pin=talk.first_pin)
