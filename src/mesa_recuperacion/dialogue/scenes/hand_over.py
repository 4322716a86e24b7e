"""F6: another person takes the case, the last resort; and what whoever is asked sees (rule C7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do, LoadCase
from mesa_recuperacion.dialogue.scenes.answers import Answered, left
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    file_of,
    name_of,
    onward,
    policy_of,
    refuse,
    returned,
    spoken,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.story import decided, story
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.parts import HAND_OVERS
from mesa_recuperacion.domain.refusals import CaseNotOpen, NotOffered, Refusal
from mesa_recuperacion.domain.views import Person

_NOTES = 3
"""Rows of the last notes that whoever is asked reads before speaking."""


def reasons(talk: Talk) -> dict[str, str]:
    """What each reason is called by whoever gives it."""
    t = talk.setting.words.t
    texts = (
        t("The customer asked for it"), t("It takes a permission that I do not have"),
        t("It takes another language or speciality"), t("My shift ends"),
    )  # fmt: skip
    return dict(zip(HAND_OVERS, texts, strict=True))


def causes(talk: Talk) -> dict[str, str]:
    """The same reasons in two or three words, for whoever reads them."""
    t = talk.setting.words.t
    texts = (t("the customer asked for it"), t("a permission"), t("a language or speciality"), t("end of shift"))
    return dict(zip(HAND_OVERS, texts, strict=True))


class HandOverWhy(Scene):
    """Why somebody else has to take it; an area is the better choice, and is named first."""

    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The reasons."""
        return tuple(Option(str(n), name) for n, name in enumerate(reasons(talk).values(), 1))

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default: a hand-over has a reason."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase, that it is the last resort, and the reasons."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        phrase = spoken(talk, policy_of(talk).phrases.hand_over, person=t("a colleague"))
        return Shape(
            t("Reason"), t("number · Enter goes on"),
            (
                Phrase(t("Say"), phrase), Gap(), Text(t("Last resort: telling it again makes the harm bigger.")), Gap(),
                Choice((t("Why does it have to be handed over?"),), rows, self.selected(talk, text, rows)), Gap(),
                Text(t("Before: F5 asks for help and keeps the customer."), "dim"),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """On to whom."""
        if not text.strip() and talk.pick is None:
            return refuse(talk, talk.setting.words.t("Why? A number from 1 to 4; Esc goes back, and F5 asks an area."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        return index if isinstance(index, Step) else onward(talk, "hand_over_to", HAND_OVERS[index])


def colleagues(talk: Talk) -> tuple[Person, ...]:
    """Whoever works here besides oneself."""
    own = talk.person.id if talk.person else ""
    return tuple(p for p in talk.people if p.id != own)


class HandOverTo(Scene):
    """To whom; the case is theirs once they accept it, and not before."""

    back = "hand_over"
    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The colleagues, in the order of their numbers."""
        t = talk.setting.words.t
        return tuple(
            Option(str(n), p.name, (t("supervision") if p.role == "supervisor" else "",))
            for n, p in enumerate(colleagues(talk), 1)
        )

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nobody by default."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase with the name, and who there is."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        if not rows:
            said = t("Nobody else works here. F5 asks an area; F3 parks the case with an hour to come back.")
            return Shape(t("To whom"), t("Esc goes back"), (Text(said),))
        selected = self.selected(talk, text, rows)
        person = t("a colleague") if selected is None else colleagues(talk)[selected].name
        return Shape(
            t("To whom"), t("number or letters · Enter asks them"),
            (
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.hand_over, person=person)), Gap(),
                Choice((t("Who takes it over"), ""), rows, selected, left=(0,)), Gap(),
                Text(t("The whole case travels; it stays yours until they accept."), "dim"),
            ),
            ghost=rows[selected].name if selected is not None else "",
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Asks them, and parks the case meanwhile."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        if not rows:
            return returned(talk)
        if not talk.held:
            return onward(talk, "hand_over")
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("To whom? A number, or letters of the name; Esc goes back."))
        index = self.choice(talk, text, rows)
        if isinstance(index, Step):
            return index
        command = c.HandOver(state_of(talk).folio, colleagues(talk)[index].id, talk.held[0])
        return ask(talk, Do(command), then="@", text=text)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """The case is parked: between calls, and whose it is."""
        t, offer = talk.setting.words.t, state_of(talk).offer
        who = name_of(talk, offer.to) if offer is not None else ""
        said = t("{name} was asked; the case stays yours until it is accepted.", name=who)
        return replace(
            talk, stage="idle", back="", kept=(), held=(), file=None, item="", pick=None, said=said, said_style="good"
        )  # fmt: skip


class Handed(Answered):
    """A case that a colleague asks one to take: the story first, and then yes or no."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Yes, or no and why."""
        t = talk.setting.words.t
        return (Option("1", t("I take it")), Option("2", t("I cannot, and why, in the same line")))

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Enter takes it: somebody waits."""
        return 0

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Who asks and why, what happened, what was promised and given, and what was noted."""
        t, rows, offer = talk.setting.words.t, self.rows(talk, text, now), state_of(talk).offer
        why = causes(talk).get(offer.reason, "") if offer is not None else ""
        asked = " · ".join(filter(None, (file_of(talk).owner_name, why)))
        told = story(talk, now, *decided(talk), (t("Asked by"), asked, ""), room=_NOTES)
        choice = Choice((t("Do you take it?"),), rows, self.selected(talk, text, rows))
        return Shape(
            t("Do you take it?"), t("Enter takes it · a no says why: 2 my shift ends too"), (*told, Gap(), choice)
        )

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Takes the case and goes on where it was left; or says why not, and its owner reads it."""
        t, folio = talk.setting.words.t, state_of(talk).folio
        told = self.told(talk, text, self.rows(talk, text, now))
        if isinstance(told, Step):
            return told
        index, words = told
        if index == 0:
            return ask(talk, Do(c.AcceptCase(folio)), Do(c.ResumeCase(folio)), LoadCase(folio), then="resume",
                       text=text)  # fmt: skip
        if not words:
            return refuse(talk, t("Why not? In the same line, after the 2; whoever asked reads it."), "2 ")
        return ask(talk, Do(c.DeclineCase(folio, words)), then="@", text=text)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """What is no longer offered, or closed meanwhile, is no longer asked."""
        if not isinstance(refusal, NotOffered | CaseNotOpen):
            return None
        return left(talk, sentence(talk.setting, refusal, now), "warn")

    def done(self, talk: Talk, now: datetime) -> Talk:
        """It was declined: back to the desk."""
        said = talk.setting.words.t("{name} reads why; the case stays theirs.", name=file_of(talk).owner_name)
        return replace(talk, stage="idle", file=None, item="", said=said, said_style="good")
