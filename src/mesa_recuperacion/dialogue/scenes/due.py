"""Promises and follow-ups that are due, answered from the idle list (rules C6, D12)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.scenes.answers import Answered
from mesa_recuperacion.dialogue.scenes.base import (
    Shape,
    ask,
    go,
    policy_of,
    problem_of,
    refuse,
    spoken,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.by_hour import ByHour, ghost_of, typed_short
from mesa_recuperacion.dialogue.scenes.contact import owner_of
from mesa_recuperacion.dialogue.scenes.story import NOTES, Row, story, wish
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.parts import ANSWER, Promise


def promise_of(talk: Talk) -> Promise | None:
    """The promise that is being answered."""
    return next((p for p in state_of(talk).promises if p.id == talk.item), None)


class PromiseDue(Answered):
    """Was it kept?  A promise of an answer asks whether it was given, and says what supervision decided."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Kept, kept late, or another hour."""
        t, promise = talk.setting.words.t, promise_of(talk)
        answer = promise is not None and promise.what == ANSWER
        return (
            Option("1", t("Answered, on time") if answer else t("Kept, on time")),
            Option("2", t("Answered, but late") if answer else t("Kept, but late")),
            Option("3", t("Not yet: promise another hour")),
        )

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What was promised to whom, and the story."""
        t, shown, promise = talk.setting.words.t, talk.setting.shown, promise_of(talk)
        rows, answer = self.rows(talk, text, now), promise is not None and promise.what == ANSWER
        phrase = Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.promise_due))
        promised: tuple[Row, ...] = ()
        if promise is not None:
            keeper = "" if answer else owner_of(talk, promise.area)
            made = " · ".join(filter(None, (shown.day_time(promise.due_at), keeper)))
            promised = ((t("Promised"), made, ""), *(wish(talk) if answer else ()))
        told = story(talk, now, *promised)
        choice = Choice((t("What became of it?"),), rows, self.selected(talk, text, rows))
        title = t("Promised answer") if answer else t("Promise made")
        return Shape(title, t("number · Enter"), (phrase, Gap(), *told, Gap(), choice))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Records it, or asks for the other hour."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("1 kept on time, 2 kept late, 3 another hour. Esc leaves it as it is."))
        index = self.choice(talk, text, rows)
        if isinstance(index, Step):
            return index
        if index == 2:
            return go(talk, "promise_again")
        command = c.AnswerPromise(state_of(talk).folio, talk.item, ("kept", "late")[index])
        return ask(talk, Do(command), then="answered", text=text)


class PromiseAgain(ByHour):
    """Another hour for a promise: moved if its hour had not passed, broken and promised again if it had."""

    back = "promise_due"
    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Says which of the two it will be, honestly."""
        t, shown, promise = talk.setting.words.t, talk.setting.shown, promise_of(talk)
        hour = self.hour(talk, text, now)
        late = promise is not None and promise.due_at < now
        honest = t("Its hour has passed: it counts as broken, and the new one begins.") if late else \
            t("Its hour has not passed: it is moved, and the customer knows.")  # fmt: skip
        phrase = spoken(talk, policy_of(talk).phrases.late, when=shown.spoken(hour, now)) \
            if isinstance(hour, datetime) else spoken(talk, policy_of(talk).phrases.promise_due)  # fmt: skip
        blocks = (Phrase(t("Say"), phrase), Gap(), *story(talk, now), Gap(), Text(honest, "dim"),
                  typed_short(talk))  # fmt: skip
        return Shape(t("By when"), t("Enter promises"), blocks, ghost=ghost_of(talk, hour, now))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Moves or breaks and promises again; the domain decides which."""
        hour = self.told(talk, text, now)
        if isinstance(hour, Step):
            return hour
        command = c.AnswerPromise(state_of(talk).folio, talk.item, "move", hour)
        return ask(talk, Do(command), then="answered", text=text)


class FollowUpDue(Answered):
    """Was it really solved?  The answer is the customer's, and so are the words after it."""

    notes: ClassVar[int] = NOTES
    """Rows of the case's notes that there is room for."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Satisfied, not satisfied, no answer."""
        return (Option("1", talk.setting.words.t("Satisfied")), *self._others(talk))

    def _others(self, talk: Talk) -> tuple[Option, ...]:
        t, closed = talk.setting.words.t, state_of(talk).status == "closed"
        return (
            Option("2", t("Not satisfied: the case opens again") if closed else t("Not satisfied")),
            Option("3", t("No answer: it is asked again")),
        )

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The short script, and the story."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        selected, phrases = self.selected(talk, text, rows), policy_of(talk).phrases
        choice = Choice((t("What do they answer?"),), rows, selected)
        said = phrases.not_satisfied if selected == 1 else self.opening(talk)
        phrase = Phrase(t("Say"), spoken(talk, said))
        told = story(talk, now, *self.asking(talk), room=self.notes)
        hint = t("their words after the number: 2 it arrived broken")
        return Shape(self.name(talk), hint, (phrase, Gap(), *told, Gap(), choice))

    def name(self, talk: Talk) -> str:
        """What the line asks for."""
        return talk.setting.words.t("Follow-up")

    def opening(self, talk: Talk) -> str:
        """The first sentence of the call."""
        return policy_of(talk).phrases.follow_up_due

    def asking(self, talk: Talk) -> tuple[Row, ...]:
        """What is asked."""
        problem = problem_of(talk)
        return ((talk.setting.words.t("Ask"), problem.question, ""),) if problem else ()

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Records it; "not satisfied" goes on with the case, its first clock kept."""
        rows, state = self.rows(talk, text, now), state_of(talk)
        if not text.strip() and talk.pick is None:
            return refuse(talk, self.reminder(talk))
        told = self.told(talk, text, rows)
        if isinstance(told, Step):
            return told
        index, words = told
        command = c.AnswerFollowUp(state.folio, talk.item, ("satisfied", "not_satisfied", "no_answer")[index], words)
        again = index == 1 and state.status == "closed"
        return ask(talk, Do(command), then="reopened" if again else "answered", text=text)

    def reminder(self, talk: Talk) -> str:
        """What the numbers are."""
        return talk.setting.words.t("1 satisfied, 2 not satisfied, 3 no answer. Esc leaves it as it is.")


class RetainDue(FollowUpDue):
    """A call to a customer who may be lost, with what the policy says is done for them (rule D12)."""

    notes = 1

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Stays with us, not satisfied, no answer."""
        return (Option("1", talk.setting.words.t("Stays with us")), *self._others(talk))

    def name(self, talk: Talk) -> str:
        """What the line asks for."""
        return talk.setting.words.t("Customer at risk")

    def opening(self, talk: Talk) -> str:
        """The first sentence of the call."""
        phrases = policy_of(talk).phrases
        return phrases.retention or phrases.follow_up_due

    def asking(self, talk: Talk) -> tuple[Row, ...]:
        """What is done for them."""
        plan = policy_of(talk).retention
        return ((talk.setting.words.t("With what"), plan.what, ""),) if plan is not None else ()

    def reminder(self, talk: Talk) -> str:
        """What the numbers are."""
        return talk.setting.words.t("1 stays with us, 2 not satisfied, 3 no answer. Esc leaves it as it is.")
