"""The other questions' parts of the report; one that has no part of its own is shown as its tables are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.totals import Areas, AreasOf, Remedies, RemediesOf
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.reports import charts
from mesa_recuperacion.reports.grids import Section, amounts, columns, numbered, plain, rate, safe
from mesa_recuperacion.reports.tables import TABLES
from mesa_recuperacion.reports.voice import Voice


def part(query: Query, answer: Answer, voice: Voice) -> Iterator[Section]:
    """The sections of one question, if its answer says anything."""
    own = _OWN.get(type(query))
    if own is not None:
        if (section := own(answer, voice)) is not None:
            yield section
        return
    for table in TABLES[type(query)]:
        rows = tuple(table.rows(answer, voice))
        if rows:
            yield Section(table.name, voice.words.t(table.title), grids=(plain(table, rows, voice),))


def _areas(answer: Areas, voice: Voice) -> Section | None:
    """Deadlines of areas, kept and missed, in business time (rule C3)."""
    t, number, lines = voice.words.t, voice.number, answer.lines
    if not lines:
        return None
    grid = columns(
        (t("Area"), t("Asked"), t("In time"), t("Late"), t("In time, share"), t("Overdue now")),
        numbered(voice.area(a.area) for a in lines), [number(a.asked) for a in lines], [number(a.kept) for a in lines],
        [number(a.late) for a in lines], [rate(a.kept, a.kept + a.late, voice) for a in lines],
        [number(a.overdue) for a in lines],
    )  # fmt: skip
    drawing = charts.pairs([a.kept for a in lines], [a.late for a in lines], t("Deadlines of areas: kept and missed"))
    legend = (("bar-0", t("in time")), ("bar-1", t("late")))
    return Section("areas", t("Deadlines of areas"), t("What areas answered, in business time."), safe(drawing), legend,
                   (grid,))  # fmt: skip


def _remedies(answer: Remedies, voice: Voice) -> Section | None:
    """What each remedy and compensation achieved (rule D11)."""
    t, number = voice.words.t, voice.number
    grids = []
    for kind, title in (("remedy", t("Remedies")), ("compensation", t("Compensations"))):
        lines = [a for a in answer.lines if a.kind == kind]
        if not lines:
            continue
        named = voice.remedy if kind == "remedy" else (lambda code, _: voice.gesture(code))
        grids.append(columns(
            (title, t("Used"), t("Cost"), t("Promises kept"), t("Satisfied")),
            [f"{clean(named(a.code, a.problem))} · {clean(voice.problem(a.problem))}" for a in lines],
            [number(a.used) for a in lines], amounts([a.cost for a in lines], voice),
            [rate(a.kept, a.ended, voice) for a in lines], [rate(a.satisfied, a.asked, voice) for a in lines],
        ))  # fmt: skip
    if not grids:
        return None
    said = t("How often each was given, what it cost, and how many customers said afterwards that it was solved.")
    return Section("achieved", t("What each remedy achieved"), said, grids=grids)


_OWN: dict[type[Query], Callable[[Any, Voice], Section | None]] = {AreasOf: _areas, RemediesOf: _remedies}
"""The questions whose part is not simply their tables."""
