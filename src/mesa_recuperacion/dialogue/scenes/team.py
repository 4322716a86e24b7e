"""Among those who work here: a suggestion, its answer, and thanks (rules D5, D6)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do, LoadDay
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, quoted, refuse, returned
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.decide.team import ANSWERS
from mesa_recuperacion.domain.refusals import NoSuchItem, Refusal
from mesa_recuperacion.domain.review.suggestions import Suggestions
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.views import Person, SuggestionItem

_NUMBERED = re.compile(r"\s*([0-9]{1,4})(?:\s+(.*))?", re.DOTALL)


class Numbered(Scene):
    """One line that is the number of a row and words after it."""

    saves_line = False

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default: what others will read is never sent by a stray Enter."""
        return None

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row of the number that the line begins with, else what the arrows picked."""
        number, _ = split(text)
        return super().selected(talk, number or text, rows)

    def chosen(self, talk: Talk, text: str, now: datetime) -> tuple[int, str] | Step:
        """The row and the words of an answer, or the refusal of one that has none."""
        number, words = split(text)
        index = self.choice(talk, number or text, self.rows(talk, text, now))
        return index if isinstance(index, Step) else (index, words)


def split(text: str) -> tuple[str, str]:
    """The number that a line begins with, and the words after it; no number if it begins with something else."""
    found = _NUMBERED.fullmatch(text)
    return (found[1], clean(found[2] or "")) if found else ("", "")


# -------------------------------------------------------------------------------------------------------- suggestions


class Suggest(Scene):
    """F2 between calls: one line about what would be better."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What it is for, and what becomes of it."""
        t = talk.setting.words.t
        blocks = (
            Text(t("A better remedy, a rule that gets in the way, something that keeps going wrong"), "strong"), Gap(),
            Text(t("It is answered by {names}, and you read the answer when you come in.", names=_answering(talk))),
        )  # fmt: skip
        return Shape(t("Suggestion"), t("Enter sends it · Esc goes back"), blocks)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Sends it."""
        return ask(talk, Do(c.Suggest(text)), then="@", text=text)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """Back, with thanks."""
        t = talk.setting.words.t
        if talk.practice:
            return returned(talk, t("Thank you. This was practice: nobody gets it.")).talk
        return returned(talk, t("Thank you. It is answered by {names}.", names=_answering(talk))).talk


def _answering(talk: Talk) -> str:
    """Who answers suggestions, by name; whoever suggests only if there is nobody else."""
    t, mine = talk.setting.words.t, talk.person.id if talk.person else ""
    names = [p.name for p in talk.people if p.role == "supervisor" and p.id != mine]
    return t(" or ").join(names[:3]) or t("supervision")


def _listed(talk: Talk, wanted: str) -> SuggestionItem | None:
    """A suggestion that waits, as a page of the review has it: it may be newer than the day."""
    answer = talk.review.answer if talk.review else None
    lines = answer.lines if isinstance(answer, Suggestions) else ()
    found = next((line for line in lines if line.id == wanted and not line.answer), None)
    return None if found is None else SuggestionItem(found.id, found.person, found.by, found.text, found.at)


class SuggestionDue(Numbered):
    """A supervisor answers a suggestion: accept it, try it, or say why not."""

    def item(self, talk: Talk) -> SuggestionItem | None:
        """The suggestion, while it waits."""
        wanted = talk.held[0] if talk.held else talk.item
        known = next((s for s in (talk.day.suggestions if talk.day else ()) if s.id == wanted), None)
        return known or _listed(talk, wanted)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The three answers."""
        t = talk.setting.words.t
        return (Option("1", t("Accept it")), Option("2", t("Try it")), Option("3", t("Decline it, and say why")))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Who suggested what, and the answers."""
        t, item, rows = talk.setting.words.t, self.item(talk), self.rows(talk, text, now)
        hint = t("number, words · Enter")
        if item is None:
            return Shape(t("Answer"), t("Esc goes back"), (Text(t("That was already answered."), "dim"),))
        who = t("{name} suggests, {day}", name=item.by, day=talk.setting.shown.day(item.at))
        choice = Choice((t("Your answer, which {name} reads", name=item.by),), rows, self.selected(talk, text, rows))
        return Shape(t("Answer"), hint, (Text(who, "dim"), Text(quoted(talk, item.text), "strong"), Gap(), choice))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Sends it; a refusal without a reason asks for one."""
        t, item = talk.setting.words.t, self.item(talk)
        if item is None:
            return self._gone(talk, t("That was already answered."))
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("1 accept, 2 try it, 3 decline and why. Words may follow: 1 Starting on Monday"))
        chosen = self.chosen(talk, text, now)
        if isinstance(chosen, Step):
            return chosen
        index, words = chosen
        if ANSWERS[index] == "decline" and not words:
            return refuse(talk, t("Why not? Whoever suggested it reads your words."), "3 ")
        return ask(talk, Do(c.AnswerSuggestion(item.id, ANSWERS[index], words)), then="@", text=text)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """Somebody else answered first: back, with the day as it is."""
        if not isinstance(refusal, NoSuchItem):
            return None
        return self._gone(talk, sentence(talk.setting, refusal, now))

    def done(self, talk: Talk, now: datetime) -> Talk:
        """Back."""
        return returned(talk, talk.setting.words.t("Answered. It is read at the next login.")).talk

    def _gone(self, talk: Talk, said: str) -> Step:
        here = replace(returned(talk).talk, said=said, said_style="warn", then="idle")
        return Step(here, (LoadDay(),))


# ------------------------------------------------------------------------------------------------------------- thanks


class Praise(Numbered):
    """A supervisor thanks somebody, in one line."""

    def others(self, talk: Talk) -> tuple[Person, ...]:
        """Whom one can thank."""
        mine = talk.person.id if talk.person else ""
        return tuple(p for p in talk.people if p.id != mine)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Everybody else, by their number."""
        return tuple(Option(str(p.number), p.name) for p in self.others(talk))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Who works here, and how it is typed."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        if not rows:
            return Shape(t("Thanks to"), t("Esc goes back"), (Text(t("Nobody else works here yet."), "dim"),))
        blocks: tuple[Block, ...] = (
            Choice((t("Whom do you thank, and what for?"),), rows, self.selected(talk, text, rows)), Gap(),
            Text(t("E.g.: {number} How well you looked after Mrs Medina", number=rows[0].key), "dim"),
        )  # fmt: skip
        return Shape(t("Thanks to"), t("number, words · Enter"), blocks)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Sends it."""
        t, others = talk.setting.words.t, self.others(talk)
        number, words = split(text)
        if talk.person is not None and number and int(number) == talk.person.number:
            return refuse(talk, t("Nobody thanks themselves. Choose somebody else."), text)
        if not others or (not text.strip() and talk.pick is None):
            return refuse(talk, t("The person's number, a space and your words. Esc goes back."))
        chosen = self.chosen(talk, text, now)
        if isinstance(chosen, Step):
            return chosen
        person = others[chosen[0]]
        if not words:
            return refuse(talk, t("What for? Your words after the number."), f"{person.number} ")
        command = c.Praise(person.id, words)
        return ask(replace(talk, held=(person.name,)), Do(command), then="@", text=text)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """Back."""
        name = talk.held[0] if talk.held else ""
        return returned(talk, talk.setting.words.t("{name} reads it first thing at the next login.", name=name)).talk
