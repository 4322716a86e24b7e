"""A set of cases in a few words: the figure, whose, of which problem, and when."""

from __future__ import annotations

from datetime import date, datetime, time

from mesa_recuperacion.dialogue.scenes.base import policy_of
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.policy import FAMILIES
from mesa_recuperacion.domain.review.scope import Behind


def about(talk: Talk, behind: Behind) -> str:
    """What a set of cases is, with its days: ``Missing product · week 11``."""
    return " · ".join((what(talk, behind), days(talk, behind.scope.period)))


def what(talk: Talk, behind: Behind) -> str:
    """What a set of cases is, without its days."""
    words = talk.setting.words
    if behind.folios:
        return words.tn("{n} picked case", "{n} picked cases", len(behind.folios))
    who = behind.scope.filter
    person = next((p.name for p in (*talk.people, *talk.former) if p.id == who.person), who.person)
    problems = behind.problems or ((who.problem,) if who.problem else ())
    named = problem_name(talk, problems[0]) if len(problems) == 1 else ""
    if len(problems) > 1:
        named = words.tn("{n} problem", "{n} problems", len(problems))
    figure = figures(talk).get(behind.which, "") if behind.which != "cases" else ""
    return " · ".join(filter(None, (figure, named, person))) or words.t("all cases")


def problem_name(talk: Talk, code: str) -> str:
    """A problem's name in the policy in force, or its code if it is no longer on the list."""
    problem = policy_of(talk).problem(code)
    return problem.name if problem is not None else code


def days(talk: Talk, period: Period) -> str:
    """The days of a period: ``week 11``, or from one to the other."""
    t, first = talk.setting.words.t, day(talk, period.first)
    match period.grain:
        case "week":
            return t("week {n}", n=period.first.isocalendar().week)
        case "day":
            return first
    return first if period.days == 1 else t("{first} to {last}", first=first, last=day(talk, period.last))


def day(talk: Talk, at: date) -> str:
    """A day of the branch, as the place writes it."""
    return talk.setting.shown.day(datetime.combine(at, time(12), talk.setting.shown.zone))


def families(talk: Talk) -> dict[str, str]:
    """The families of causes, in their order (rule D2)."""
    t = talk.setting.words.t
    names = {"product": t("product"), "process": t("process"), "people": t("people"), "value": t("value")}
    return {code: names[code] for code in FAMILIES}


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
