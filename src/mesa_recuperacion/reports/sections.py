"""What the board gives to the report: its charts, the sentence under each, and the tables that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from mesa_recuperacion.domain.money import exponent
from mesa_recuperacion.domain.review.board import PersonLine, Spread, TrendPoint
from mesa_recuperacion.domain.review.counts import share
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.reports import charts
from mesa_recuperacion.reports.grids import Grid, Section, amounts, columns, numbered, rate, safe
from mesa_recuperacion.reports.monthly import Report
from mesa_recuperacion.reports.parts import part
from mesa_recuperacion.reports.voice import Voice

VITAL = 70
"""Per cent of the cases that the sentence under the causes speaks of."""


def sections(report: Report, voice: Voice) -> Iterator[Section]:
    """Every part that has something to say."""
    for make in (_causes, _trend, _cost, _equity):
        if (section := make(report, voice)) is not None:
            yield section
    for query, answer in report.parts:
        yield from part(query, answer, voice)
    for make in (_nevers, _due, _people):
        if (section := make(report, voice)) is not None:
            yield section


def _major(minor: int, voice: Voice) -> float:
    return float(voice.major(minor))


def _short_money(voice: Voice) -> charts.Format:
    """Amounts on an axis: whole ones of the main unit."""
    return lambda amount: voice.money(round(amount) * 10 ** exponent(voice.currency))


def _percent(voice: Voice) -> charts.Format:
    return lambda value: voice.percent(round(value))


def _causes(report: Report, voice: Voice) -> Section | None:
    """The Pareto: the problems in falling order, with their cumulative share (rule D2)."""
    t, total = voice.words.t, report.board.counts.cases
    causes = sorted((c for c in report.board.causes if c.counts.cases), key=lambda c: -c.counts.cases)
    if not causes:
        return None
    sizes = [cause.counts.cases for cause in causes]
    cumulative = [share(so_far, total) or 0 for so_far in accumulate(sizes)]
    grid = columns(
        (t("Problem"), t("Cases"), t("Share"), t("Cumulative"), t("On time"), t("Cost")),
        numbered(voice.problem(cause.problem) for cause in causes),
        [voice.number(n) for n in sizes], [rate(n, total, voice) for n in sizes],
        [voice.percent(part) for part in cumulative],
        [rate(cause.counts.on_time, cause.counts.cases, voice) for cause in causes],
        amounts([cause.counts.cost for cause in causes], voice),
    )  # fmt: skip
    vital = next((n for n, part in enumerate(cumulative, 1) if part >= VITAL), len(causes))
    said = voice.words.tn(
        "One problem of {all} makes {share} of the cases.",
        "{n} problems of {all} make {share} of the cases.",
        vital,
        all=len(causes),
        share=voice.percent(cumulative[vital - 1]),
    )
    drawing = charts.pareto(sizes, t("Causes: cases of each problem"), _percent(voice))
    legend = (("bar-0", t("cases")), ("line-1", t("cumulative share")))
    return Section("causes", t("Causes"), said, safe(drawing), legend, (grid,))


def _trend(report: Report, voice: Voice) -> Section | None:
    """On time and at first contact, period after period, and the goals (rules D1, D10)."""
    t, points, goals = voice.words.t, report.board.trend, voice.policy.goals
    if not any(point.counts.cases for point in points):
        return None
    grid = columns(
        (t("Period"), t("Cases"), t("On time"), t("At first contact")),
        [voice.month(p.period) for p in points], [voice.number(p.counts.cases) for p in points],
        [rate(p.counts.on_time, p.counts.cases, voice) for p in points],
        [rate(p.counts.first_contact, p.counts.cases, voice) for p in points],
    )  # fmt: skip
    lines = [[share(getattr(p.counts, name), p.counts.cases) for p in points] for name in ("on_time", "first_contact")]
    drawing = charts.shares(_labels(points, voice), lines, (goals.on_time, goals.first_contact),
                            t("On time and at first contact, over time"), _percent(voice))  # fmt: skip
    legend = [("line-0", t("on time")), ("line-1", t("at first contact"))]
    if goals.on_time:
        legend.append(("line-2", t("goal: {share} on time", share=voice.percent(goals.on_time))))
    if goals.first_contact:
        legend.append(("line-3", t("goal: {share} at first contact", share=voice.percent(goals.first_contact))))
    return Section("trend", t("On time"), "", safe(drawing), legend, (grid,))


def _labels(points: Sequence[TrendPoint], voice: Voice) -> list[str]:
    return [voice.short_period(point.period) for point in points]


def _cost(report: Report, voice: Voice) -> Section | None:
    """What it cost, period after period: remedies and compensations stacked, what the law owed apart (rules B6, D1)."""
    t, points = voice.words.t, report.board.trend
    if not any(p.counts.cost or p.counts.statutory for p in points):
        return None
    grid = columns(
        (t("Period"), t("Remedies"), t("Compensations"), t("Cost"), t("Owed by law")),
        [voice.month(p.period) for p in points],
        *(amounts([getattr(p.counts, name) for p in points], voice)
          for name in ("remedy_cost", "compensation", "cost", "statutory")),
    )  # fmt: skip
    stacked = [[_major(getattr(p.counts, name), voice) for p in points] for name in ("remedy_cost", "compensation")]
    drawing = charts.stacks(_labels(points, voice), stacked, [_major(p.counts.statutory, voice) for p in points],
                            t("Cost over time"), _short_money(voice))  # fmt: skip
    legend = (("bar-0", t("remedies")), ("bar-1", t("compensations")), ("bar-2", t("owed by law, apart")))
    c = report.board.counts
    said = (
        t("{amount} came from the reserve, in {n} exceptions.", amount=voice.money(c.exception_cost), n=c.exceptions)
        if c.exceptions
        else ""
    )
    return Section("cost", t("Cost"), said, safe(drawing), legend, (grid,))


def _equity(report: Report, voice: Voice) -> Section | None:
    """What was given for the same problem: lowest, median, highest; and to new customers and others (rule D4)."""
    t = voice.words.t
    every = [s for s in report.board.spreads if not s.standing and s.n]
    if not every:
        return None
    values = [[_major(getattr(s, name), voice) for s in every] for name in ("low", "middle", "high")]
    drawing = charts.spreads(values[0], values[1], values[2], t("What was given for each problem"), _short_money(voice))
    grids = [_spreads(numbered(voice.problem(s.problem) for s in every), every, voice)]
    standing = {"new": t("new"), "known": t("long-standing")}
    if apart := [s for s in report.board.spreads if s.standing in standing and s.n]:
        names = [f"{clean(voice.problem(s.problem))} · {standing[s.standing]}" for s in apart]
        grids.append(_spreads(names, apart, voice, t("New and long-standing customers")))
    legend = (("dot-0", t("median")), ("line-range", t("lowest to highest")))
    return Section("equity", t("Equal treatment"), t("What was given for the same problem, nothing included."),
                   safe(drawing), legend, grids)  # fmt: skip


def _spreads(names: Sequence[str], of: Sequence[Spread], voice: Voice, title: str = "") -> Grid:
    t = voice.words.t
    return columns(
        (t("Problem"), t("Cases"), t("Lowest"), t("Median"), t("Highest")), names, [voice.number(s.n) for s in of],
        *(amounts([getattr(s, name) for s in of], voice) for name in ("low", "middle", "high")), title=title,
    )  # fmt: skip


def _nevers(report: Report, voice: Voice) -> Section | None:
    """What is never done, and how often it was (rule D8): for whoever looks after the work, not against anybody."""
    t, here, before = voice.words.t, report.board.counts, report.board.before
    if not here.cases:
        return None
    names = {
        "passed_over": t("Cases with a step passed over"), "silences": t("Silences past the next contact"),
        "broken": t("Promises broken"), "moved": t("Promises moved"), "hand_overs": t("Handed over"),
        "reopened": t("Opened again"), "repeats": t("Problems that came back"),
    }  # fmt: skip
    grid = columns(
        ("", t("Now"), t("Before")), list(names.values()), [voice.number(getattr(here, name)) for name in names],
        [voice.number(getattr(before, name)) if before.cases else "–" for name in names],
    )  # fmt: skip
    return Section("nevers", t("What is never done"), t("And how often it happened all the same."), grids=(grid,))


def _due(report: Report, voice: Voice) -> Section | None:
    """What is overdue, by owner, as of now."""
    t, number = voice.words.t, voice.number
    owed = [d for d in report.board.due if d.overdue or d.today]
    if not owed:
        return None
    rows = [(clean(d.name or voice.person(d.owner)), number(d.promises_overdue), number(d.follow_ups_overdue),
             number(d.areas_overdue), number(d.exceptions_overdue), number(d.today)) for d in owed]  # fmt: skip
    heads = (t("Who"), t("Promises"), t("Calls"), t("Areas"), t("Exceptions"), t("Due today"))
    said = t("As of {moment}.", moment=voice.moment(report.made_at))
    return Section("due", t("Overdue"), said, grids=(Grid(heads, rows, (False, *[True] * 5)),))


def _people(report: Report, voice: Voice) -> Section | None:
    """Who works here, in alphabetical order, and when they were thanked last (rule D6)."""
    t, people = voice.words.t, report.board.people
    if not people:
        return None
    heads = (t("Name"), t("Cases"), t("On time"), t("At first contact"), t("Praises"), t("Last thanked"))
    rows = [_person(p, voice) for p in people]
    return Section("people", t("People"), grids=(Grid(heads, rows, (False, True, True, True, True, True)),),
                   note=t("Whoever has not been thanked for long is worth a look."))  # fmt: skip


def _person(p: PersonLine, voice: Voice) -> tuple[str, ...]:
    c = p.counts
    thanked = voice.shown.day(p.praised_at) if p.praised_at else voice.words.t("never")
    return (clean(p.person.name), voice.number(c.cases), rate(c.on_time, c.cases, voice),
            rate(c.first_contact, c.cases, voice), voice.number(p.praises), thanked)  # fmt: skip
