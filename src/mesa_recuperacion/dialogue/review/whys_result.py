"""What a corrective action achieved: before and after side by side, and the conclusion (rule D2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.choose import yes_no
from mesa_recuperacion.dialogue.review.base import Page, again, answer_of, look
from mesa_recuperacion.dialogue.review.said import day_said, families, money, per_cent, problem_said
from mesa_recuperacion.dialogue.scenes.base import Shape, name_of, quoted, refuse
from mesa_recuperacion.dialogue.scenes.story import shortened
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Figure, Panel, PanelRow, Panels, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.analysis import Analysis
from mesa_recuperacion.domain.review.analyses import Result, SheetOf, Side
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.counts import share

_CAUSES = 5
"""Bars of each Pareto."""


class ResultPage(Page):
    """Two periods of the same length; a number opens the cases of either, one line concludes."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """How it is concluded, or taken further."""
        t, analysis = talk.setting.words.t, answer_of(talk, Result).analysis
        if analysis.is_over:
            return ()
        return ((t("y"), t("it helped, and what is concluded")), (t("n"), t("it did not")), ("o", t("another action")),
                ("f", t("another date")), ("x", t("give it up")))  # fmt: skip

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The cause and its action, the figures, and both Paretos."""
        t, seen = talk.setting.words.t, answer_of(talk, Result)
        analysis = seen.analysis
        blocks: list[Block] = [Text(line, style) for line, style in _story(talk, analysis, now)]
        blocks.append(
            Panels((_pareto(talk, "1", t("Before"), seen.before),), (_pareto(talk, "2", t("Since"), seen.after),))
        )
        prompt, hint = t("Did it help"), t("y or n, and what is concluded")
        if analysis.is_over:
            prompt, hint = t("See"), t("1 or 2: the cases · Esc goes back")
        return Shape(prompt, hint, tuple(blocks), figures=_figures(talk, seen))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens the cases of a side, concludes, or takes it further."""
        t, seen = talk.setting.words.t, answer_of(talk, Result)
        analysis, typed = seen.analysis, text.strip().lower()
        if typed in ("1", "2"):
            side = seen.before if typed == "1" else seen.after
            return look(talk, "review_cases", CasesOf(side.behind))
        if analysis.is_over:
            return refuse(talk, t("It was concluded. 1 and 2 list the cases; Esc goes back."), text)
        questions = {"o": "action", "f": "date", "x": "drop"}
        if typed in questions:
            return look(talk, "review_whys_sheet", SheetOf(analysis.id, question=questions[typed]))
        first, _, words = text.strip().partition(" ")
        helped = yes_no(first.rstrip(",.;:"))
        if helped is None:
            return refuse(talk, t("y or n, a space, and what is concluded. 1 and 2 list the cases."), text)
        if not words.strip():
            return refuse(talk, t("And what is concluded? A few words after it."), f"{first} ")
        step = again(talk, Do(c.ReviewAction(analysis.id, helped, words)), text=text)
        return Step(replace(step.talk, said=t("Concluded."), said_style="good"), step.asks)


def _story(talk: Talk, analysis: Analysis, now: datetime) -> list[tuple[str, str]]:
    """Cause, action and what its owner said, a line each."""
    t, shown = talk.setting.words.t, talk.setting.shown
    family = families(talk)[analysis.family] if analysis.family else ""
    cause = " · ".join(filter(None, (quoted(talk, shortened(analysis.cause, 50)), family)))
    due = shown.when(analysis.due_at, now) if analysis.due_at is not None else ""
    action = " · ".join(
        (quoted(talk, shortened(analysis.action, 30)), shortened(name_of(talk, analysis.owner), 20), due)
    )
    told = [(t("Cause: {cause}", cause=cause), "strong"), (t("Action: {action}", action=action), "")]
    if analysis.state == "answered":
        name = shortened(name_of(talk, analysis.owner), 20)
        said = t("{name}: done. {words}", name=name, words=_words(talk, analysis)) if analysis.done else \
            t("{name}: not done. {words}", name=name, words=_words(talk, analysis))  # fmt: skip
        told.append((said.strip(), "good" if analysis.done else "warn"))
    if analysis.state == "reviewed":
        said = t("It helped: {words}", words=_words(talk, analysis)) if analysis.helped else \
            t("It did not help: {words}", words=_words(talk, analysis))  # fmt: skip
        told.append((said, "good" if analysis.helped else "warn"))
    if analysis.state == "dropped":
        told.append((t("Given up: {words}", words=_words(talk, analysis)), "dim"))
    return told


def _words(talk: Talk, analysis: Analysis) -> str:
    return quoted(talk, shortened(analysis.words, 50)) if analysis.words else ""


def _figures(talk: Talk, seen: Result) -> tuple[Figure, ...]:
    """Since the action, each figure against what it was before."""
    t = talk.setting.words.t
    before, after = _values(talk, seen.before), _values(talk, seen.after)
    heads = (t("Cases"), t("Of all"), t("Cost"), t("Out of time"))
    return tuple(
        Figure(head, now_text, t("before {figure}", figure=was_text), _meant(old, new))
        for head, (old, was_text), (new, now_text) in zip(heads, before, after, strict=True)
    )


def _meant(old: int, new: int) -> str:
    """Less of any of those figures is better."""
    return "good" if new < old else "bad" if new > old else ""


def _values(talk: Talk, side: Side) -> tuple[tuple[int, str], ...]:
    """Cases, their share of all, cost, and out of time: each as a number and as it is read."""
    counted = side.measured
    return (
        (counted.cases, str(counted.cases)),
        (share(counted.cases, counted.of) or 0, per_cent(talk, counted.cases, counted.of)),
        (counted.cost, money(talk, counted.cost)), (counted.late, str(counted.late)),
    )  # fmt: skip


def _pareto(talk: Talk, key: str, title: str, side: Side) -> Panel:
    """The causes of a side, each with its cases and the share of all that they add up to."""
    t, so_far, rows = talk.setting.words.t, 0, []
    total = sum(cause.counts.cases for cause in side.causes)
    for cause in side.causes[:_CAUSES]:
        so_far += cause.counts.cases
        name = problem_said(talk, cause.problem)
        rows.append(PanelRow(name, (str(cause.counts.cases), per_cent(talk, so_far, total))))
    heads = (t("cases"), t("adds up"))
    hidden = t("and {n} more", n="{n}")
    days = "–".join(dict.fromkeys(day_said(talk, day) for day in (side.period.first, side.period.last)))
    return Panel(key, f"{title}: {days}", heads, tuple(rows), t("No case in these days."),
                 brief=str(total), hidden=hidden)  # fmt: skip
