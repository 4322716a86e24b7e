"""The board as tables: figures, causes, trend, what is due, people, equity, risk, suggestions (rules D1 to D6)."""

from __future__ import annotations

from collections.abc import Iterator

from mesa_recuperacion.domain.review.board import Board
from mesa_recuperacion.domain.review.counts import share
from mesa_recuperacion.i18n.words import later
from mesa_recuperacion.reports.columns import COUNTS, Column, Table, Value, counted, reasons
from mesa_recuperacion.reports.voice import Voice

_PERIOD = (
    Column("period", later("Period")), Column("first", later("First day"), "day"),
    Column("last", later("Last day"), "day"),
)  # fmt: skip


def _figures(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    here = board.scope.period
    for period, counts in ((here, board.counts), (here.shifted(-1), board.before)):
        yield (voice.period(period), period.first, period.last, *counted(counts))


def _causes(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    total, so_far = board.counts.cases, 0
    for cause in board.causes:
        so_far += cause.counts.cases
        problem = voice.policy.problem(cause.problem)
        yield (cause.problem, voice.problem(cause.problem), problem.family if problem else "",
               share(cause.counts.cases, total), share(so_far, total), *counted(cause.counts))  # fmt: skip


def _trend(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for point in board.trend:
        period = point.period
        yield (voice.period(period), period.first, period.last, *counted(point.counts))


def _due(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for d in board.due:
        yield (d.name or voice.person(d.owner), d.promises_overdue, d.follow_ups_overdue, d.areas_overdue,
               d.exceptions_overdue, d.promises_today, d.follow_ups_today, d.areas_today,
               d.exceptions_today)  # fmt: skip


def _people(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for p in board.people:
        yield (p.person.number, p.person.name, p.retired, p.praises, p.praised_at, p.since, *counted(p.counts))


def _spreads(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for s in board.spreads:
        yield (s.problem, voice.problem(s.problem), s.standing, s.n, s.low, s.middle, s.high)


def _risk(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for r in board.risk:
        yield (r.name, r.complaints, r.last_at, reasons(r.reasons, voice), r.retaining)


def _suggestions(board: Board, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for s in board.suggestions:
        yield (s.at, s.by, s.text)


BOARD = (
    Table("figures", later("Headline figures"), (*_PERIOD, *COUNTS), _figures),
    Table("causes", later("Causes"), (
        Column("problem", later("Code")), Column("name", later("Problem")), Column("family", later("Cause family")),
        Column("share", later("Share"), "percent"), Column("cumulative", later("Cumulative share"), "percent"), *COUNTS,
    ), _causes),
    Table("trend", later("Trend"), (*_PERIOD, *COUNTS), _trend),
    Table("due", later("What is due"), (
        Column("owner", later("Who")),
        Column("promises_overdue", later("Promises overdue"), "count"),
        Column("follow_ups_overdue", later("Calls overdue"), "count"),
        Column("areas_overdue", later("Areas overdue"), "count"),
        Column("exceptions_overdue", later("Exceptions overdue"), "count"),
        Column("promises_today", later("Promises due today"), "count"),
        Column("follow_ups_today", later("Calls due today"), "count"),
        Column("areas_today", later("Areas due today"), "count"),
        Column("exceptions_today", later("Exceptions due today"), "count"),
    ), _due),
    Table("people", later("People"), (
        Column("number", later("Number"), "count"), Column("person", later("Name")),
        Column("retired", later("Retired"), "flag"), Column("praises", later("Praises"), "count"),
        Column("praised_at", later("Last praised"), "instant"), Column("since", later("Works here since"), "instant"),
        *COUNTS,
    ), _people),
    Table("equity", later("Equal treatment"), (
        Column("problem", later("Code")), Column("name", later("Problem")), Column("standing", later("Customers")),
        Column("cases", later("Cases"), "count"), Column("lowest", later("Lowest"), "money"),
        Column("median", later("Median"), "money"), Column("highest", later("Highest"), "money"),
    ), _spreads),
    Table("risk", later("Customers at risk"), (
        Column("customer", later("Customer")), Column("complaints", later("Complaints"), "count"),
        Column("last_at", later("Last one"), "instant"), Column("reasons", later("Why")),
        Column("retaining", later("Call under way"), "flag"),
    ), _risk),
    Table("suggestions", later("Suggestions waiting"), (
        Column("at", later("Since"), "instant"), Column("by", later("By")), Column("text", later("Suggestion")),
    ), _suggestions),
)  # fmt: skip
