"""What is read off the counters besides the board: equal treatment, what a choice achieved, areas (D4, D8, D11)."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.domain.review.totals import (
    Achieved,
    AreaLine,
    Areas,
    AreasOf,
    Equity,
    EquityOf,
    Remedies,
    RemediesOf,
)
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review import now, totals


def equity(query: EquityOf, looking: Looking) -> Equity:
    """What was given, by problem and standing.  A problem that is asked for replaces the filter's."""
    filter_ = query.scope.filter
    scope = replace(query.scope, filter=replace(filter_, problem=query.problem or filter_.problem))
    return Equity(query.scope, query.problem, totals.histograms(looking.tx, scope))


def remedies(query: RemediesOf, looking: Looking) -> Remedies:
    """What each remedy and compensation achieved; the most used of a problem first."""

    def order(one: Achieved) -> tuple[bool, str, int, str]:
        return (one.kind != "remedy", one.problem, -one.used, one.code)

    return Remedies(query.scope, tuple(sorted(totals.achieved(looking.tx, query.scope), key=order)))


def areas(query: AreasOf, looking: Looking) -> Areas:
    """How areas answered what they were asked in a period, and what they owe now."""
    asked = totals.area_sums(looking.tx, query.scope)
    owe = now.areas_owe(looking.tx, query.scope.filter, looking.now)
    lines = []
    for area in sorted(asked.keys() | owe.keys()):
        waiting, overdue = owe.get(area, (0, 0))
        lines.append(AreaLine(area, **asked.get(area, {}), waiting=waiting, overdue=overdue))
    return Areas(query.scope, tuple(lines))
