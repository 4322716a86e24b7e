"""Promises and follow-ups that are due, answered from the idle list (rule C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.grammar.when import WhenProblem, read_when, suggest_when
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    file_of,
    go,
    policy_of,
    problem_of,
    quoted,
    refuse,
    remedy_of,
    spoken,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.contact import owner_of
from mesa_recuperacion.dialogue.sentences import when_problem
from mesa_recuperacion.dialogue.talk import Do, Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Pairs, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.parts import Promise


def promise_of(talk: Talk) -> Promise | None:
    """The promise that is being answered."""
    return next((p for p in state_of(talk).promises if p.id == talk.item), None)


def story(talk: Talk) -> tuple[Block, ...]:
    """What happened, so that nobody has to ask again (rule A3)."""
    t, shown, file, state = talk.setting.words.t, talk.setting.shown, file_of(talk), state_of(talk)
    problem, remedy = problem_of(talk), remedy_of(talk)
    rows = [
        (t("Case"), f"{state.folio} · {shown.day_time(state.opened_at)}", ""),
        (t("Problem"), state.problem_text or (problem.name if problem else ""), ""),
        (t("Remedy"), remedy.name if remedy else "", ""),
        (t("Telephone"), file.customer.phone, ""),
    ]
    notes = tuple(Text(quoted(talk, note), "dim") for note in file.notes[-2:])
    return (Pairs(tuple(row for row in rows if row[1])), *notes)


class PromiseDue(Scene):
    """Was it kept?"""

    back = "idle"
    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Kept, kept late, or another hour."""
        t = talk.setting.words.t
        return (
            Option("1", t("Kept, on time")), Option("2", t("Kept, but late")),
            Option("3", t("Not yet: promise another hour")),
        )  # fmt: skip

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default: a promise is not ticked by a stray Enter."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What was promised to whom, and the story."""
        t, shown, promise = talk.setting.words.t, talk.setting.shown, promise_of(talk)
        rows = self.rows(talk, text, now)
        phrase = spoken(talk, policy_of(talk).phrases.promise_due)
        promised = () if promise is None else (
            Pairs(((t("Promised"), shown.day_time(promise.due_at), ""),
                   (t("Kept by"), owner_of(talk, promise.area), ""))),
        )  # fmt: skip
        choice = Choice((t("What became of it?"),), rows, self.selected(talk, text, rows))
        main = (Phrase(t("Say"), phrase), Gap(), *story(talk), *promised, Gap(), choice)
        return Shape(t("Promise made"), t("number · Enter"), main)

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


class PromiseAgain(Scene):
    """Another hour for a promise: moved if its hour had not passed, broken and promised again if it had."""

    back = "promise_due"
    saves_line = False

    def hour(self, talk: Talk, text: str, now: datetime) -> datetime | WhenProblem:
        """The hour that is typed; for an empty line, one that is near and can be kept."""
        hours = policy_of(talk).hours
        return read_when(text, now, hours) if text.strip() else suggest_when(now, hours)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Says which of the two it will be, honestly."""
        t, shown, promise = talk.setting.words.t, talk.setting.shown, promise_of(talk)
        hour = self.hour(talk, text, now)
        late = promise is not None and promise.due_at < now
        honest = t("Its hour has passed: it counts as broken, and the new one begins.") if late else \
            t("Its hour has not passed: it is moved, and the customer knows.")  # fmt: skip
        phrase = spoken(talk, policy_of(talk).phrases.late, when=shown.spoken(hour, now)) \
            if isinstance(hour, datetime) else spoken(talk, policy_of(talk).phrases.promise_due)  # fmt: skip
        blocks = (Phrase(t("Say"), phrase), Gap(), *story(talk), Gap(), Text(honest, "dim"),
                  Text(t("Typed short:  2h  today 18  tomorrow 10  fri  3d"), "dim"))  # fmt: skip
        ghost = shown.when(hour, now) if isinstance(hour, datetime) else ""
        return Shape(t("By when"), t("Enter promises"), blocks, ghost=ghost)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Moves or breaks and promises again; the domain decides which."""
        hour = self.hour(talk, text, now)
        if not isinstance(hour, datetime):
            return refuse(talk, when_problem(talk.setting, hour, now), text)
        command = c.AnswerPromise(state_of(talk).folio, talk.item, "move", hour)
        return ask(talk, Do(command), then="answered", text=text)


class FollowUpDue(Scene):
    """Was it really solved?  The answer is the customer's."""

    back = "idle"
    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Satisfied, not satisfied, no answer."""
        t = talk.setting.words.t
        return (
            Option("1", t("Satisfied")), Option("2", t("Not satisfied: the case opens again")),
            Option("3", t("No answer: it is asked again")),
        )  # fmt: skip

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default: nobody is satisfied by a stray Enter."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The short script, and the story."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        problem = problem_of(talk)
        asked = (Pairs(((t("Ask"), problem.question, ""),)),) if problem else ()
        selected, phrases = self.selected(talk, text, rows), policy_of(talk).phrases
        choice = Choice((t("What do they answer?"),), rows, selected)
        phrase = Phrase(t("Say"), spoken(talk, phrases.not_satisfied if selected == 1 else phrases.follow_up_due))
        return Shape(t("Follow-up"), t("number · Enter"), (phrase, Gap(), *story(talk), *asked, Gap(), choice))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Records it; "not satisfied" goes on with the case, its first clock kept."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("1 satisfied, 2 not satisfied, 3 no answer. Esc leaves it as it is."))
        index = self.choice(talk, text, rows)
        if isinstance(index, Step):
            return index
        answer = ("satisfied", "not_satisfied", "no_answer")[index]
        command = c.AnswerFollowUp(state_of(talk).folio, talk.item, answer)
        return ask(talk, Do(command), then="reopened" if index == 1 else "answered", text=text)


def answered(talk: Talk) -> Talk:
    """Back to the idle desk, with a word about what was recorded."""
    t, state, shown = talk.setting.words.t, state_of(talk), talk.setting.shown
    waiting = state.next_contact()
    said = t("Noted in {case}.", case=state.folio)
    if waiting is not None:
        said = t("Noted in {case}. Next: {when}.", case=state.folio, when=shown.day_time(waiting.due_at))
    return replace(talk, stage="idle", file=None, item="", said=said, said_style="good")
