"""Reading the counters: what a figure is, over any scope, and never a case (rules D1, D4, D11, F4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, literal_column, select

from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.review.counts import MEASURES, Counts
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.review.totals import Achieved, Bar, Histogram
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review_tables import (
    OF_YEARS,
    YEARS,
    area_total,
    case_total,
    choice_total,
    spread_total,
)

ENDS = Prepared(
    "SELECT (SELECT min(day) FROM case_total WHERE grain = 'd'), (SELECT max(day) FROM case_total WHERE grain = 'd'), "
    "(SELECT min(day) FROM area_total WHERE grain = 'd'), (SELECT max(day) FROM area_total WHERE grain = 'd')"
)
"""The first and the last day on which anything is counted; the other counters have no other days."""

Part = tuple[str, str, str]
"""A stretch of counters, as ``Period.parts`` gives it."""


def total_query(table: Table, part: Part, filter_: Filter, by: Iterable[str]) -> Select[Any]:
    """The sums of a counter's figures over a stretch, for each of what it is grouped ``by``; no row if nothing is."""
    query = within(_summed(table, tuple(by)), table, part, filter_)
    if table is spread_total and part[0] == "y":
        query = query.with_hint(table, f"INDEXED BY {YEARS}").where(literal_column(OF_YEARS))
    return query


@cache
def _summed(table: Table, by: tuple[str, ...]) -> Select[Any]:
    """The sums of all of a counter: putting some thirty of them together costs more than asking for a week of them."""
    groups = [table.c[name] for name in by]
    figures = [column for column in table.c if not column.primary_key]
    query = select(*groups, *(func.sum(figure).label(figure.name) for figure in figures))
    return query.group_by(*groups) if groups else query.having(func.count() > 0)


def latest_query(grain: str, filter_: Filter, within: str) -> Select[Any]:
    """The latest stretch of that grain, of those whose name begins with ``within``, with a case of the filter."""
    c = case_total.c
    query = select(c.day).where(c.grain == grain, c.day >= within, c.day < within + "~")
    return filtered(query, case_total, filter_).order_by(c.day.desc()).limit(1)


def sums(tx: Reading, scope: Scope, *by: str) -> dict[tuple[str, ...], Counts]:
    """What was counted of a scope: of each ``person``, ``problem`` … that it is to be told by; by nothing, under ()."""
    found: dict[tuple[str, ...], Counts] = {}
    for key, figures in _added(tx, case_total, scope, by):
        found[key] = Counts(*(figures[name] for name in MEASURES))
    return found


def counts(tx: Reading, scope: Scope) -> Counts:
    """What was counted of a scope in all."""
    return sums(tx, scope).get((), Counts())


def latest_day(tx: Reading, filter_: Filter) -> date | None:
    """The latest day on which a case of a filter was first closed; ``None`` if none ever was.

    Found by its month: a filter that nothing meets is told by as many rows as there are months.
    """
    month = tx.connection.core.execute(latest_query("m", filter_, "")).scalar()
    if month is None:
        return None
    return date.fromisoformat(tx.connection.core.execute(latest_query("d", filter_, month)).scalar_one())


def histograms(tx: Reading, scope: Scope) -> tuple[Histogram, ...]:
    """What was given for each problem, nothing included, to new customers and to those we know."""
    bars: dict[tuple[str, str], list[Bar]] = {}
    for (problem, standing, minor), figures in _added(tx, spread_total, scope, ("problem", "standing", "minor")):
        bars.setdefault((problem, standing), []).append(Bar(minor, figures["n"]))
    ordered = sorted(bars.items(), key=lambda item: (item[0][0], item[0][1] != "new"))
    return tuple(
        Histogram(problem, standing, tuple(sorted(found, key=lambda bar: bar.minor)))
        for (problem, standing), found in ordered
    )  # fmt: skip


def given(tx: Reading, scope: Scope, problems: Collection[str], standing: str, minor: int | None) -> int:
    """How many cases were given an amount in all: of some problems (of all, if none is named), of a standing or both
    (empty), of one amount or of any (``None``).
    """
    c = spread_total.c
    narrow = ([c.standing == standing] if standing else []) + ([] if minor is None else [c.minor == minor])
    return added_up(tx, spread_total, scope, problems, c.n, *narrow)


def added_up(
    tx: Reading, table: Table, scope: Scope, problems: Collection[str], figure: ColumnElement[int],
    *narrow: ColumnElement[bool],
) -> int:  # fmt: skip
    """The sum of one figure of a counter: of some problems (of all, if none is named) and whatever narrows it more."""
    query = select(func.coalesce(func.sum(figure), 0)).where(*narrow)
    query = query.where(table.c.problem.in_(problems)) if problems else query
    parts = (within(query, table, part, scope.filter) for part in _parts(tx, scope.period))
    return sum(tx.connection.core.execute(part).scalar_one() for part in parts)


def achieved(tx: Reading, scope: Scope) -> tuple[Achieved, ...]:
    """What each remedy and each compensation achieved, for each problem, in no order."""
    found = _added(tx, choice_total, scope, ("kind", "problem", "code"))
    return tuple(Achieved(kind, problem, code, **figures) for (kind, problem, code), figures in found)


def area_sums(tx: Reading, scope: Scope) -> dict[str, dict[str, int]]:
    """What each area was asked for in a period, and how it ended, by the names of ``domain.review.totals.AreaLine``."""
    return {area: figures for (area,), figures in _added(tx, area_total, scope, ("area",))}


def within(query: Select[Any], table: Table, part: Part, filter_: Filter) -> Select[Any]:
    """A question of a counter, of a stretch and of what a filter lets through."""
    grain, first, last = part
    c = table.c
    return filtered(query.where(c.grain == grain, c.day >= first, c.day <= last), table, filter_)


def filtered(query: Select[Any], table: Table, filter_: Filter) -> Select[Any]:
    """A question of a counter, of what a filter lets through."""
    for name in ("person", "problem", "branch"):
        wanted = getattr(filter_, name)
        query = query.where(table.c[name] == wanted) if wanted else query
    return query


def _parts(tx: Reading, period: Period) -> Sequence[Part]:
    """The stretches that add up to what was counted in a period: as few as there can be."""
    parts = period.parts()
    if len(parts) == 1:
        return parts
    ends = [date.fromisoformat(day) for day in ENDS.one(tx.connection) if day is not None]
    return min(period.in_years(min(ends), max(ends)).parts(), parts, key=len) if ends else parts


def _added(
    tx: Reading, table: Table, scope: Scope, by: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], dict[str, int]]]:
    """The sums of the stretches of a period, added up."""
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for part in _parts(tx, scope.period):
        for row in tx.connection.core.execute(total_query(table, part, scope.filter, by)).mappings():
            held = found.setdefault(tuple(row[name] for name in by), {})
            for name, figure in row.items():
                if name not in by:
                    held[name] = held.get(name, 0) + figure
    yield from found.items()
