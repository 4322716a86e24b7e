"""A set of cases in a few words: the figure, whose, of which problem, and when."""

from __future__ import annotations

from datetime import date

from mesa_recuperacion.dialogue.review.said import period_said, problem_said
from mesa_recuperacion.dialogue.scenes.base import name_of
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.domain.review.scope import Behind


def about(talk: Talk, behind: Behind, today: date | None = None) -> str:
    """What a set of cases is, with its days: ``Missing product · week 11 of 2026``; ``today`` spares its year."""
    return " · ".join((what(talk, behind), period_said(talk, behind.scope.period, today)))


def what(talk: Talk, behind: Behind) -> str:
    """What a set of cases is, without its days."""
    words = talk.setting.words
    if behind.folios:
        return words.tn("{n} picked case", "{n} picked cases", len(behind.folios))
    who = behind.scope.filter
    person = name_of(talk, who.person) if who.person else ""
    problems = behind.problems or ((who.problem,) if who.problem else ())
    named = problem_said(talk, problems[0]) if len(problems) == 1 else ""
    if len(problems) > 1:
        named = words.tn("{n} problem", "{n} problems", len(problems))
    figure = figures(talk).get(behind.which, "") if behind.which != "cases" else ""
    return " · ".join(filter(None, (figure, named, person))) or words.t("all cases")


def figures(talk: Talk) -> dict[str, str]:
    """What each figure that opens is called."""
    t = talk.setting.words.t
    return {
        "cases": t("cases"), "on_time": t("on time"), "late": t("out of time"),
        "first_contact": t("at first contact"), "not_first_contact": t("not at first contact"),
        "cost": t("with cost"), "exceptions": t("with an exception"), "statutory": t("with a legal minimum"),
        "nothing": t("without compensation"), "over_information": t("late for lack of information"),
        "over_system": t("late because of a system"), "over_complex": t("late because it was complex"),
        "over_unsaid": t("late, and nobody said why"), "passed_over": t("with a step passed over"),
        "hand_overs": t("handed over"), "reopened": t("opened again"), "repeats": t("repeated"),
        "kept": t("with a promise kept"), "late_promise": t("with a promise kept late"),
        "broken": t("with a promise broken"), "moved": t("with a promise moved"),
        "silences": t("left waiting in silence"), "idle": t("left parked"), "satisfied": t("satisfied"),
        "not_satisfied": t("not satisfied"), "unreached": t("not reached"), "verified": t("verified"),
    }  # fmt: skip
