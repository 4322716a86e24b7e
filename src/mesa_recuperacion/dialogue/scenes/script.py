"""Steps 1 to 3: apologise, listen, solve (rules A1, A2, A4, B1)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    file_of,
    go,
    owes_legal,
    policy_of,
    problem_of,
    quoted,
    refuse,
    spoken,
    stage_after,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.areas import ready_at
from mesa_recuperacion.domain.policy import OTHER_PROBLEM
from mesa_recuperacion.domain.risk import BROKEN, REPEAT, UNSATISFIED
from mesa_recuperacion.domain.text import clean


def apology(talk: Talk) -> str:
    """The policy's words for what happened before: a promise that was not kept, a repeat, or nothing (rules A4, D3)."""
    phrases, state = policy_of(talk).phrases, state_of(talk)
    if BROKEN in state.risk:
        return phrases.apology_broken
    again = state.earlier > 0 or state.round > 0 or UNSATISFIED in state.risk or REPEAT in state.risk
    return phrases.apology_repeat if again else phrases.apology


class Apologise(Scene):
    """Step 1: the apology, whoever is to blame; a repeat complaint changes it (rule A4)."""

    step = "apologise"

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase, and how to go on."""
        t = talk.setting.words.t
        return Shape(
            ghost=Problem().ghost(talk, text, now),
            prompt=t("Apology"),
            hint=t("Enter said · Esc back"),
            main=(
                Phrase(t("Say"), spoken(talk, apology(talk))), Gap(),
                Text(t("After saying it, Enter.")),
                Text(t("If they are already telling you what happened, type the problem:"
                       " the step stays pending, not lost."), "dim"), Gap(),
                Text(t("It does not matter whose fault it is: the customer wants somebody to recognise the problem."),
                     "dim"),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Enter: it was said.  Anything typed is the problem already, and the apology stays pending (rule A2)."""
        if clean(text):
            return Problem().answer(talk, text, now)
        then = stage_after("apologise", state_of(talk))
        return ask(talk, Do(c.SayStep(state_of(talk).folio, "apologise")), then=then)


class Problem(Scene):
    """Step 2: which of the authorised problems it is."""

    step = "listen"
    back = "apologise"

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The policy's problems in its order, "another problem" last, with their standard time."""
        span = talk.setting.shown.span
        return tuple(
            Option("0" if p.code == OTHER_PROBLEM else str(n), p.name, (span(p.standard),))
            for n, p in enumerate(policy_of(talk).problems, 1)
        )

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """The problem already noted; the first one is only highlighted, never taken by itself."""
        codes = [p.code for p in policy_of(talk).problems]
        noted = state_of(talk).problem
        return codes.index(noted) if noted in codes else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The question and the list."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        selected = self.selected(talk, text, rows)
        ghost = self.ghost(talk, text, now)
        titles = (t("Problem"), t("standard"))
        return Shape(
            prompt=t("Problem"), hint=t("letters or number · Enter"), ghost=ghost,
            main=(Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.ask)), Gap(), Choice(titles, rows, selected)),
        )  # fmt: skip

    def ghost(self, talk: Talk, text: str, now: datetime) -> str:
        """The problem that what is typed would note."""
        rows = self.rows(talk, text, now)
        selected = self.selected(talk, text, rows) if clean(text) else None
        return rows[selected].name if selected is not None else ""

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Notes the problem; "another problem" asks for a few words first."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        if not text.strip() and self.selected(talk, "", rows) is None:
            return refuse(talk, t("Which problem is it? A number, or letters of its name; 0 is another one."))
        index = self.choice(talk, text, rows)
        if isinstance(index, Step):
            return index
        problem = policy_of(talk).problems[index]
        if problem.code == OTHER_PROBLEM:
            return go(talk, "other")
        return ask(talk, Do(c.IdentifyProblem(state_of(talk).folio, problem.code)), then="note", text=text)


class Other(Scene):
    """Step 2, "another problem": in a few words, grouped later for the supervisor."""

    step = "listen"
    back = "problem"

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Asks for the words."""
        t = talk.setting.words.t
        return Shape(
            prompt=t("What happened"), hint=t("a few words · Enter"),
            main=(
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.ask_other)), Gap(),
                Text(t("In a few words, as the customer says it. Supervision groups these texts: what comes up often"
                       " joins the list."), "dim"),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Notes it as another problem."""
        command = c.IdentifyProblem(state_of(talk).folio, OTHER_PROBLEM, text)
        return ask(talk, Do(command), then="note", text=text)


class Note(Scene):
    """Step 2, the story: recognised in one sentence, noted in the same line (rule A3)."""

    step = "listen"
    back = "problem"

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The problem's own sentence, what the customer was owed, and the notes so far."""
        t, file = talk.setting.words.t, file_of(talk)
        problem = problem_of(talk)
        phrase = spoken(talk, problem.phrase) if problem else ""
        owed = Text(t("They were owed: {minimum}", minimum=problem.minimum if problem else ""), "dim")
        notes = tuple(Text(quoted(talk, note)) for note in file.notes[-3:])
        return Shape(
            prompt=t("Note"), hint=t("what they tell · Enter goes on"),
            main=(
                Phrase(t("Say"), phrase), Gap(), owed, Gap(), *notes,
                Text(t("Note what they tell, so that nobody has to ask again. Empty is fine."), "dim"),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Adds the note, if there is one, and goes on."""
        state = state_of(talk)
        then = stage_after("listen", state)
        return ask(talk, Do(c.AddNote(state.folio, text)), then=then, text=text) if clean(text) else go(talk, then)


class Solve(Scene):
    """Step 3: one of the remedies authorised for this problem (rule B1)."""

    step = "solve"
    back = "note"

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The remedies with their cost and the day on which each can really be kept."""
        shown, policy = talk.setting.shown, policy_of(talk)
        problem = policy.problem(state_of(talk).problem)
        return tuple(
            Option(str(n), r.name, (shown.money(r.cost), shown.day(ready_at(r, policy, now))))
            for n, r in enumerate(problem.remedies if problem else (), 1)
        )

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """The remedy already chosen, else the first."""
        problem, state = problem_of(talk), state_of(talk)
        codes = [r.code for r in problem.remedies] if problem else []
        return codes.index(state.remedy.code) if state.remedy and state.remedy.code in codes else 0 if rows else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase of the selected remedy, and the list."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        problem = problem_of(talk)
        if problem is None:
            return Shape(t("Remedy"), t("Enter goes to the problem"), (Text(t("First note the problem.")),))
        selected = self.selected(talk, text, rows)
        remedy = problem.remedies[selected] if selected is not None else None
        phrase = (Phrase(t("Say"), spoken(talk, remedy.phrase)), Gap()) if remedy else ()
        titles = (t("Authorised remedy"), t("cost"), t("kept by"))
        return Shape(
            prompt=t("Remedy"), hint=t("number · Enter accepts"),
            ghost=remedy.name if remedy and text.strip() else "",
            main=(*phrase, Choice(titles, rows, selected)),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Chooses the remedy; without a problem, goes back to note it."""
        state, problem = state_of(talk), problem_of(talk)
        if problem is None:
            return go(talk, "problem")
        index = self.choice(talk, text, self.rows(talk, text, now))
        if isinstance(index, Step):
            return index
        command = c.ChooseRemedy(state.folio, problem.remedies[index].code)
        then = "statutory" if owes_legal(talk) else stage_after("solve", state)
        return ask(talk, Do(command), then=then, text=text)
