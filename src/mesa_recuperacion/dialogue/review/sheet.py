"""The worksheet: the cases at the left, five whys, and what is done about the cause (rule D2; screens §7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.when import WhenProblem, read_when
from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, look
from mesa_recuperacion.dialogue.review.said import families
from mesa_recuperacion.dialogue.review.sets import about
from mesa_recuperacion.dialogue.review.worksheet import (
    answers_panel,
    asked,
    cases_panel,
    given,
    prompted,
    remembered,
)
from mesa_recuperacion.dialogue.scenes.base import Shape, policy_of, quoted, refuse, with_line
from mesa_recuperacion.dialogue.scenes.story import shortened
from mesa_recuperacion.dialogue.sentences import when_problem
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Panels, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.analysis import ENOUGH, QUESTIONS, WHYS, Analysis
from mesa_recuperacion.domain.policy import FAMILIES
from mesa_recuperacion.domain.review.analyses import ResultOf, Sheet, SheetOf
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.cases import CasesOf

DROP = "drop"
"""The question why it is given up."""


class SheetPage(Page):
    """One question at a time; every Enter keeps its answer, Esc goes back a question."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Whatever is typed is an answer, but for 0 alone."""
        sheet = answer_of(talk, Sheet)
        if sheet.analysis is None or sheet.analysis.is_over or sheet.question == DROP:
            return ()
        return (("0", talk.setting.words.t("give it up, and why")),)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """What can be chosen where a question has a list: the families, and who works here."""
        match answer_of(talk, Sheet).question:
            case "family":
                return tuple(
                    Option(str(n), name) for n, name in enumerate((families(talk)[code] for code in FAMILIES), 1)
                )
            case "owner":
                return tuple(Option(str(p.number), p.name) for p in talk.people)
        return ()

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default: what is agreed is said on purpose."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What is asked, over the set at the left and the worksheet at the right, or over what is chosen from."""
        t, sheet, rows = talk.setting.words.t, answer_of(talk, Sheet), self.rows(talk, text, now)
        title = about(talk, sheet.behind)
        panels = Panels((cases_panel(talk, sheet),), (answers_panel(talk, sheet, now),))
        analysis = sheet.analysis
        if analysis is not None and analysis.is_over:
            why = Text(t("Given up: {words}", words=quoted(talk, shortened(analysis.words))), "dim")
            return Shape(t("See"), t("Enter lists the cases · Esc goes back"), (why, Gap(), panels), title=title)
        blocks: list[Block] = [Text(asked(talk, sheet), "strong")]
        if rows:
            more = t("and {n} more: a number takes them too", n="{n}")
            blocks += [Gap(), Choice(("",), rows, self.selected(talk, text, rows), more=more)]
        else:
            blocks += [Gap(), panels]
        hour = self._hour(talk, text, now) if sheet.question == "date" and text.strip() else None
        ghost = talk.setting.shown.when(hour, now) if isinstance(hour, datetime) else ""
        return Shape(prompted(talk, sheet.question), self._hint(talk, sheet), tuple(blocks), ghost=ghost, title=title,
                     under=remembered(talk, sheet))  # fmt: skip

    def _hint(self, talk: Talk, sheet: Sheet) -> str:
        t, whys = talk.setting.words.t, len(sheet.analysis.whys) if sheet.analysis else 0
        if sheet.question.startswith("why") and whys >= ENOUGH:
            return t("Enter keeps it · empty: the root cause")
        if sheet.question == "date":
            return t("2h · tomorrow 10 · fri · 30d · 15/3")
        return t("Enter keeps it · Esc goes back")

    def within(self, talk: Talk) -> Step | None:
        """Esc: the question before this one, with its answer in the line; from the first one, the page before."""
        sheet = answer_of(talk, Sheet)
        analysis = sheet.analysis
        if analysis is None or analysis.is_over:
            return None
        before = analysis.question if sheet.question == DROP else _before(analysis, sheet.question)
        if not before:
            return None
        step = instead(talk, SheetOf(analysis.id, question=before))
        return Step(with_line(step.talk, given(analysis, before)), step.asks)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Keeps the answer and asks the next question."""
        sheet = answer_of(talk, Sheet)
        analysis, question = sheet.analysis, sheet.question
        if analysis is None:
            return self._begin(talk, sheet, text)
        if analysis.is_over:
            return look(talk, "review_cases", CasesOf(sheet.behind))
        if text.strip() == "0" and question != DROP:
            return instead(talk, SheetOf(analysis.id, question=DROP))
        if not text.strip() and talk.pick is None:
            return self._skipped(talk, analysis, question)
        command = self._command(talk, analysis, question, text, now)
        if isinstance(command, Step):
            return command
        return self._answered(talk, analysis, question, command, text)

    def _begin(self, talk: Talk, sheet: Sheet, text: str) -> Step:
        if not text.strip():
            return refuse(talk, talk.setting.words.t("Why does this happen? One line is enough. Esc goes back."))
        return _kept(talk, c.BeginAnalysis(sheet.behind, text), SheetOf(), text)

    def _skipped(self, talk: Talk, analysis: Analysis, question: str) -> Step:
        """Enter alone: no more whys from the second on; an answer that is there already stands."""
        t = talk.setting.words.t
        if question != DROP and given(analysis, question):
            return instead(talk, SheetOf(analysis.id, question=_after(analysis, question)))
        if question.startswith("why") and len(analysis.whys) >= ENOUGH:
            return instead(talk, SheetOf(analysis.id, question="cause"))
        if question.startswith("why"):
            return refuse(talk, t("And why that? From the second answer on, Enter alone goes to the root cause."))
        if question == "date":
            return refuse(talk, t("By when? For example 2h, today 18, tomorrow 10, fri or 3d."))
        return refuse(talk, t("It still needs an answer. What was kept so far stays if you leave: Esc."))

    def _command(
        self, talk: Talk, analysis: Analysis, question: str, text: str, now: datetime
    ) -> c.AnalysisCommand | Step:  # fmt: skip
        which = analysis.id
        if question.startswith("why"):
            return c.AnswerWhy(which, int(question[3:]), text)
        match question:
            case "cause":
                return c.NameCause(which, text)
            case "action":
                return c.NameAction(which, text)
            case "family" | "owner":
                index = self.choice(talk, text, self.rows(talk, text, now))
                if isinstance(index, Step):
                    return index
                if question == "family":
                    return c.ChooseFamily(which, FAMILIES[index])
                return c.OwnAction(which, talk.people[index].id)
            case "date":
                hour = self._hour(talk, text, now)
                if isinstance(hour, datetime):
                    return c.DateAction(which, hour)
                return refuse(talk, when_problem(talk.setting, hour, now), text)
        return c.DropAnalysis(which, text)

    def _answered(
        self, talk: Talk, analysis: Analysis, question: str, command: c.AnalysisCommand, text: str
    ) -> Step:  # fmt: skip
        t = talk.setting.words.t
        if question == DROP:
            return _kept(talk, command, SheetOf(analysis.id), text, t("Given up. What was answered stays."))
        if question == "date":
            step = _kept(talk, command, ResultOf(analysis.id), text, t("Agreed. It comes back on its day."))
            return Step(replace(step.talk, then="review_whys_result"), step.asks)
        return _kept(talk, command, SheetOf(analysis.id, question=_after(analysis, question)), text)

    def _hour(self, talk: Talk, text: str, now: datetime) -> datetime | WhenProblem:
        return read_when(text, now, policy_of(talk).hours)


def _kept(talk: Talk, command: c.AnalysisCommand, query: Query, text: str, said: str = "") -> Step:
    """Keep an answer and show what comes next; it is given back if it cannot be kept."""
    step = instead(talk, query, text=text)
    return Step(replace(step.talk, said=said, said_style="good" if said else ""), (Do(command), *step.asks))


def _before(analysis: Analysis, question: str) -> str:
    """The question before one, of those that were answered; empty before the first."""
    if question == "cause":
        return f"why{len(analysis.whys)}"
    at = QUESTIONS.index(question)
    return QUESTIONS[at - 1] if at else ""


def _after(analysis: Analysis, question: str) -> str:
    """The question after one: the root cause after the last why, if it is named already or there are five."""
    number = int(question[3:]) if question.startswith("why") else 0
    if number == WHYS or (number and number >= len(analysis.whys) and analysis.cause):
        return "cause"
    at = QUESTIONS.index(question)
    return QUESTIONS[min(at + 1, len(QUESTIONS) - 1)]
