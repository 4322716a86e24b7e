"""What a worksheet looks like: its cases, its questions and their answers."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.said import families, money, per_cent
from mesa_recuperacion.dialogue.scenes.base import name_of, quoted
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.scenes.story import shortened
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Panel, PanelRow
from mesa_recuperacion.domain.analysis import QUESTIONS, WHYS, Analysis, Measured
from mesa_recuperacion.domain.review.analyses import Sheet

_WHYS = tuple(question for question in QUESTIONS if question.startswith("why"))

_WORDS = 60
"""Characters of an answer that is said again."""


def cases_panel(talk: Talk, sheet: Sheet) -> Panel:
    """The set: how many cases, and the first few of them."""
    words = talk.setting.words
    n = sheet.measured.cases
    rows = tuple(PanelRow(f"{case} {named(talk, customer)}") for case, customer in sheet.lines)
    rest = n - len(rows)
    if rest > 0 and rows:
        rows = (*rows, PanelRow(words.t("and {n} more", n=rest)))
    return Panel("", words.tn("{n} case", "{n} cases", n), rows=rows)


def answers_panel(talk: Talk, sheet: Sheet, now: datetime) -> Panel:
    """The five lines, the root cause, its family, and the action with its owner and date."""
    t, analysis = talk.setting.words.t, sheet.analysis
    rows, wide = [], max(len(_label(talk, question)) for question in QUESTIONS)
    for question in QUESTIONS:
        answer = _answer(talk, analysis, question, now) if analysis is not None else ""
        label = _label(talk, question)
        name = f"{label:<{wide if answer and question not in _WHYS else 0}}  {answer}" if answer else f"  {label}"
        rows.append(PanelRow(name, sign="good" if answer else ""))
    at = QUESTIONS.index(sheet.question) if sheet.question in QUESTIONS else None
    return Panel("", t("Five whys"), rows=tuple(rows), selected=at)


def _label(talk: Talk, question: str) -> str:
    """The short name of a line of the worksheet."""
    t = talk.setting.words.t
    names = {"cause": t("Root cause"), "family": t("Family"), "action": t("Action"), "owner": t("Owner"),
             "date": t("Date")}  # fmt: skip
    return names[question] if question in names else question.removeprefix("why")


def _answer(talk: Talk, analysis: Analysis, question: str, now: datetime) -> str:
    match question:
        case "family":
            return families(talk)[analysis.family] if analysis.family else ""
        case "owner":
            return name_of(talk, analysis.owner) if analysis.owner else ""
        case "date":
            return talk.setting.shown.when(analysis.due_at, now) if analysis.due_at is not None else ""
    return given(analysis, question)


def given(analysis: Analysis, question: str) -> str:
    """The words of an answer; empty where there is none, or where it is no text."""
    if question.startswith("why"):
        number = int(question.removeprefix("why"))
        return analysis.whys[number - 1] if number <= len(analysis.whys) else ""
    return {"cause": analysis.cause, "action": analysis.action}.get(question, "")


def asked(talk: Talk, sheet: Sheet) -> str:
    """The question in full, with what it is about."""
    t, analysis = talk.setting.words.t, sheet.analysis
    match sheet.question:
        case "why1":
            return t("Why does this happen?")
        case "cause":
            return t("The root cause: what, put right, would end it?")
        case "family":
            return t("Of which family is {cause}?", cause=_said(talk, analysis.cause if analysis else ""))
        case "action":
            return t("What is done about {cause}?", cause=_said(talk, analysis.cause if analysis else ""))
        case "owner":
            return t("Who does it: {action}?", action=_said(talk, analysis.action if analysis else ""))
        case "date":
            return t("On which day is it looked at again?")
        case "drop":
            return t("Why is it given up?")
    number = int(sheet.question.removeprefix("why"))
    return t("Why {answer}?", answer=_said(talk, analysis.whys[number - 2] if analysis else ""))


def prompted(talk: Talk, question: str) -> str:
    """The word before the capture line."""
    t = talk.setting.words.t
    if question.startswith("why"):
        return t("Why {n} of {of}", n=question.removeprefix("why"), of=WHYS)
    names = {"cause": t("Root cause"), "family": t("Family"), "action": t("Action"), "owner": t("Owner"),
             "date": t("Date"), "drop": t("Why not")}  # fmt: skip
    return names[question]


def remembered(talk: Talk, sheet: Sheet) -> str:
    """What was counted of the set when the analysis was begun."""
    return counted(talk, sheet.measured)


def counted(talk: Talk, measured: Measured) -> str:
    """A set in figures: how many cases of how many, out of time, and what they cost."""
    words = talk.setting.words
    cases = words.tn("{n} case", "{n} cases", measured.cases)
    of_all = words.t("{share} of all", share=per_cent(talk, measured.cases, measured.of)) if measured.of else ""
    late, cost = words.t("{n} out of time", n=measured.late), money(talk, measured.cost)
    return " · ".join(filter(None, (cases, of_all, late, cost)))


def _said(talk: Talk, text: str) -> str:
    return quoted(talk, shortened(text, _WORDS))
