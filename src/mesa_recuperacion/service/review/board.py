"""The board, put together from counters (rules D1 to D6, F4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.period import Period, day_of, month_of, week_of
from mesa_recuperacion.domain.review.board import TREND, Board, BoardOf, Cause, PersonLine, Spread, TrendPoint
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.totals import Bar, Equity, median
from mesa_recuperacion.domain.text import fold
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.service.review.risk import first_at_risk
from mesa_recuperacion.store.review import now, totals

FEW = 5
"""How many customers at risk and suggestions the board begins to list."""


def board(query: BoardOf, looking: Looking) -> Board:
    """The board of a scope.  A filter's person narrows what is owed too; risk and suggestions are of everybody."""
    scope, tx = query.scope, looking.tx
    trend = _trend(scope, looking)
    counted, before = trend[-1].counts, trend[-2].counts
    few, waiting = now.suggestions(tx, FEW)
    risk, at_risk = first_at_risk(looking, FEW)
    return Board(
        scope=scope,
        today=looking.today,
        counts=counted,
        before=before,
        causes=_causes(scope, looking),
        trend=trend,
        due=now.due_counts(tx, looking.now, starts(looking.today + timedelta(days=1), looking), scope.filter.person),
        people=_people(scope, looking),
        spreads=_spreads(scope, looking),
        risk=risk,
        at_risk=at_risk,
        suggestions=few,
        waiting=waiting,
        nearest=None if counted.cases else nearest(scope, looking),
    )


def starts(day: date, looking: Looking) -> datetime:
    """The instant at which a day of the branch begins; at the ends of the calendar, the end itself."""
    try:
        return at_local(day, time(), looking.policy.hours.zone)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if day.year == 1 else datetime.max.replace(tzinfo=UTC)


def nearest(scope: Scope, looking: Looking) -> Period | None:
    """The latest period of the same kind that has a case of the filter."""
    day = totals.latest_day(looking.tx, scope.filter)
    if day is None:
        return None
    match scope.period.grain:
        case "day":
            return day_of(day)
        case "week":
            return week_of(day)
        case "month":
            return month_of(day)
    first = max(day.toordinal() - scope.period.days + 1, date.min.toordinal())
    return Period(scope.period.grain, date.fromordinal(first), day)


def _trend(scope: Scope, looking: Looking) -> tuple[TrendPoint, ...]:
    """The last periods, the asked one last; fewer where the calendar begins."""
    points = []
    for by in range(1 - TREND, 1):
        period = scope.period.shifted(by)
        known = by == 0 or period != scope.period  # the calendar has no such period
        found = totals.counts(looking.tx, replace(scope, period=period)) if known else Counts()
        points.append(TrendPoint(period, found))
    return tuple(points)


def _causes(scope: Scope, looking: Looking) -> tuple[Cause, ...]:
    """Every problem that was counted, the most frequent first."""
    found = totals.sums(looking.tx, scope, "problem")
    causes = (Cause(problem, counts) for (problem,), counts in found.items())
    return tuple(sorted(causes, key=lambda cause: (-cause.counts.cases, cause.problem)))


def _people(scope: Scope, looking: Looking) -> tuple[PersonLine, ...]:
    """Whoever works here, and whoever did and has figures; only the filter's person, if there is one; by name."""
    figures = {person: counts for (person,), counts in totals.sums(looking.tx, scope, "person").items()}
    first = starts(scope.period.first, looking)
    last = scope.period.last
    after = starts(last + timedelta(days=1), looking) if last < date.max else datetime.max.replace(tzinfo=UTC)
    thanks = now.thanked(looking.tx, first, after)
    wanted = scope.filter.person
    lines = (
        PersonLine(
            one,
            figures.get(one.id, Counts()),
            thanks[one.id].praises,
            thanks[one.id].praised_at,
            thanks[one.id].since,
            one.retired,
        )
        for one in looking.tx.everybody()
        if wanted in ("", one.id) and (not one.retired or one.id in figures)
    )
    return tuple(sorted(lines, key=lambda line: (fold(line.person.name), line.person.number)))


def _spreads(scope: Scope, looking: Looking) -> tuple[Spread, ...]:
    """Of each problem all of its cases, then those of new customers and of those we know; by problem."""
    found = Equity(scope, "", totals.histograms(looking.tx, scope))
    made = []
    for problem in dict.fromkeys(one.problem for one in found.histograms):
        for standing in ("", "new", "known"):
            bars = found.bars(problem, standing)
            if bars:
                made.append(spread(problem, standing, bars))
    return tuple(made)


def spread(problem: str, standing: str, bars: tuple[Bar, ...]) -> Spread:
    """The spread of a histogram that has a case."""
    n = sum(bar.n for bar in bars)
    return Spread(problem, n, bars[0].minor, median(bars), bars[-1].minor, standing)
