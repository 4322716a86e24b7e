"""Periods, filters, figures and shares of the review in words."""

from __future__ import annotations

from datetime import date, datetime, time

from mesa_recuperacion.dialogue.grammar.scope import EVER
from mesa_recuperacion.dialogue.scenes.base import name_of, policy_of
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.period import Period, day_of, month_of, week_of
from mesa_recuperacion.domain.review.counts import share
from mesa_recuperacion.domain.review.scope import Scope

NOTHING = "–"
"""Where there is nothing to measure."""


def scope_said(talk: Talk, scope: Scope, today: date | None = None) -> str:
    """A scope in a few words: its period, and whom and what it is about; ``today`` spares the year that it is in."""
    t, who = talk.setting.words.t, scope.filter
    parts = [
        name_of(talk, who.person) if who.person else "",
        problem_said(talk, who.problem) if who.problem else "",
        who.branch,
    ]
    whom = [part for part in parts if part] or [t("everybody")]
    return ", ".join((period_said(talk, scope.period, today), *whom))


def period_said(talk: Talk, period: Period, today: date | None = None) -> str:
    """A period in words, with its year, unless that is the year of ``today``."""
    t, first, last = talk.setting.words.t, period.first, period.last
    if period.grain == "week":
        iso = first.isocalendar()
        if today is not None and today.isocalendar().year == iso.year:
            return t("week {n}", n=iso.week)
        return t("week {n} of {year}", n=iso.week, year=iso.year)
    if period.grain == "month":
        return talk.setting.shown.month(first)
    if first == EVER:
        return t("all until {last}", last=day_said(talk, last))
    if first == last:
        return _dated(talk, first, today)
    begins = day_said(talk, first) if first.year == last.year else _dated(talk, first, today)
    return t("{first} to {last}", first=begins, last=_dated(talk, last, today))


def budget_period_said(talk: Talk, name: str) -> str:
    """A period of the budgets in words: its name is ``2026-W11``, ``2026-03`` or ``2026-03-11``."""
    year, _, rest = name.partition("-")
    if rest.startswith("W"):
        return period_said(talk, week_of(date.fromisocalendar(int(year), int(rest[1:]), 1)))
    return period_said(
        talk, day_of(date.fromisoformat(name)) if "-" in rest else month_of(date(int(year), int(rest), 1))
    )


def _dated(talk: Talk, day: date, today: date | None) -> str:
    """A day with its year, unless that is the year of ``today``."""
    said = day_said(talk, day)
    return said if today is not None and today.year == day.year else f"{said} {day.year}"


def grain_said(talk: Talk, period: Period) -> str:
    """The word for periods of that kind."""
    t = talk.setting.words.t
    words = {"day": t("day"), "week": t("week"), "month": t("month")}
    return words.get(period.grain, t("period"))


def day_said(talk: Talk, day: date) -> str:
    """A day of the branch as everything else shows days."""
    shown = talk.setting.shown
    return shown.day(datetime.combine(day, time(12), shown.zone))


def per_cent(talk: Talk, part: int, of: int) -> str:
    """A share in whole per cent, or a dash of nothing."""
    n = share(part, of)
    return NOTHING if n is None else talk.setting.words.t("{n}%", n=n)


def aimed(talk: Talk, goal: int) -> str:
    """A goal of the policy; nothing where it has none (rule D10)."""
    return talk.setting.words.t("{n}%", n=goal) if goal else ""


def money(talk: Talk, minor: int) -> str:
    """An amount in the branch's currency."""
    return talk.setting.shown.money(Money(minor, policy_of(talk).currency))


def problem_said(talk: Talk, code: str) -> str:
    """A problem by its name in the policy in force; one that has gone from it keeps its code."""
    problem = policy_of(talk).problem(code)
    return problem.name if problem else code or talk.setting.words.t("no problem noted")


def families(talk: Talk) -> dict[str, str]:
    """The families of causes by name; the empty one is of none (rule D2)."""
    t = talk.setting.words.t
    return {
        "product": t("Product"), "process": t("Process"), "people": t("People"), "value": t("Value for money"),
        "": t("Of no family"),
    }  # fmt: skip


_WIDEST = 8
"""Signs of the longest bar."""


def drawn(n: int, most: int) -> str:
    """A bar of signs, one at least for what is there at all."""
    return "■" * max(1 if n else 0, round(_WIDEST * n / most)) if most else ""
