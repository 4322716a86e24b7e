"""What each question of the review is as a table: its columns, and the rows of its answer.

One line in :data:`TABLES` makes a page of the review exportable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.cases import Case, CaseOf, Cases, CasesOf
from mesa_recuperacion.domain.review.counts import MEASURES, Counts, share
from mesa_recuperacion.i18n.words import later
from mesa_recuperacion.reports.csv import Cell
from mesa_recuperacion.reports.voice import Voice

Value = str | int | bool | date | datetime | None
"""What a row holds: minor units, whole per cents and seconds are numbers; ``None`` is nothing known."""

Rows = Callable[[Any, Voice], Iterable[tuple[Value, ...]]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` names it in JSON, ``head`` on paper (a message).

    ``kind`` says what its values are: ``text``, ``count``, ``money`` (minor units), ``percent`` (whole), ``seconds``,
    ``instant``, ``day`` or ``flag``.
    """

    key: str
    head: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` in JSON and in file names, ``title`` on paper (a message), and how an answer becomes rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Rows


def cell(value: Value, column: Column, voice: Voice) -> Cell:
    """A value as a cell of a CSV file."""
    t = voice.words.t
    match column.kind, value:
        case _, None:
            return None
        case "flag", bool():
            return t("yes") if value else t("no")
        case "money", int():
            return voice.major(value)
        case _, datetime():
            return voice.instant(value)
        case _, date():
            return value.isoformat()
        case _, str() | int() | Decimal():
            return value
    raise TypeError(f"{column.key} cannot be {value!r}")


def head(column: Column, voice: Voice) -> str:
    """The head of a column, with the unit where a bare number needs one."""
    t = voice.words.t
    unit = {"money": voice.currency, "percent": "%", "seconds": t("seconds")}.get(column.kind)
    return f"{t(column.head)} ({unit})" if unit else t(column.head)


# ------------------------------------------------------------------------------------------------------------- counts

_HEADS = {
    "cases": later("Cases"), "on_time": later("On time"), "first_contact": later("At first contact"),
    "elapsed": later("Time taken"), "remedy_cost": later("Remedies"), "compensation": later("Compensations"),
    "statutory": later("Owed by law"), "exceptions": later("Exceptions"),
    "exception_cost": later("Paid by the reserve"),
    "nothing": later("Nothing, and why"), "over_information": later("Late: information"),
    "over_system": later("Late: system"), "over_complex": later("Late: complex"),
    "over_unsaid": later("Late: no reason"), "passed_over": later("Steps passed over"),
    "hand_overs": later("Handed over"), "reopened": later("Opened again"), "repeats": later("Came back"),
    "promises": later("Promises"), "kept": later("Promises kept"), "late": later("Promises late"),
    "broken": later("Promises broken"), "moved": later("Promises moved"), "silences": later("Silences"),
    "idle": later("Idle while open"), "follow_ups": later("Follow-ups"), "satisfied": later("Satisfied"),
    "not_satisfied": later("Not satisfied"), "unreached": later("Not reached"),
}  # fmt: skip
_KINDS = {
    "elapsed": "seconds", "idle": "seconds", "remedy_cost": "money", "compensation": "money", "statutory": "money",
    "exception_cost": "money",
}  # fmt: skip
COUNTS = (
    *(Column(m, _HEADS[m], _KINDS.get(m, "count")) for m in MEASURES),
    Column("on_time_share", later("On time, share"), "percent"),
    Column("first_contact_share", later("At first contact, share"), "percent"),
    Column("satisfied_share", later("Satisfied, share of those who answered"), "percent"),
    Column("cost", later("Cost"), "money"),
    Column("cost_per_case", later("Cost of a case"), "money"),
)
"""Every figure that is counted, and those that follow from it."""


def counted(counts: Counts) -> tuple[Value, ...]:
    """The values of :data:`COUNTS`."""
    c = counts
    each = (2 * c.cost + c.cases) // (2 * c.cases) if c.cases else None
    return (
        *(getattr(c, measure) for measure in MEASURES),
        share(c.on_time, c.cases), share(c.first_contact, c.cases), share(c.satisfied, c.verified), c.cost, each,
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- board

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


def reasons(of: Iterable[str], voice: Voice) -> str:
    """Why a customer may be lost, in words (rule D3)."""
    t = voice.words.t
    known = {"repeat": t("several complaints"), "broken": t("a promise was broken"), "unsatisfied": t("not satisfied")}
    return " · ".join(known.get(reason, reason) for reason in of)


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


# -------------------------------------------------------------------------------------------------------------- cases


def _cases(answer: Cases, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for c in answer.lines:
        yield (c.folio, c.at, c.customer, c.person, voice.problem(c.problem), c.elapsed, c.standard,
               c.elapsed <= c.standard, c.first_contact, voice.remedy(c.remedy, c.problem), c.remedy_cost, c.given,
               c.statutory, c.exception, c.satisfied, status(c.status, voice))  # fmt: skip


def status(of: str, voice: Voice) -> str:
    """What a case is now, in words."""
    t = voice.words.t
    known = {"open": t("open"), "parked": t("parked"), "closed": t("closed"), "withdrawn": t("withdrawn")}
    return known.get(of, of)


def _timeline(answer: Case, voice: Voice) -> Iterator[tuple[Value, ...]]:
    names = dict(answer.people)
    for e in answer.entries:
        yield (f"{e.stream} {e.seq}", e.at, names.get(e.actor, voice.person(e.actor)), e.policy, voice.tell(e))


def _proof(answer: Case, voice: Voice) -> Iterator[tuple[Value, ...]]:
    p = answer.proof
    yield (p.stream, p.first, p.last, p.lines, p.is_intact, p.touched or None)


CASES = Table("cases", later("Cases"), (
    Column("folio", later("Case")), Column("closed_at", later("First closed"), "instant"),
    Column("customer", later("Customer")), Column("person", later("Closed by")), Column("problem", later("Problem")),
    Column("elapsed", later("Time taken"), "seconds"), Column("standard", later("Standard time"), "seconds"),
    Column("on_time", later("On time"), "flag"), Column("first_contact", later("At first contact"), "flag"),
    Column("remedy", later("Remedy")), Column("remedy_cost", later("Remedies"), "money"),
    Column("given", later("Compensations"), "money"), Column("statutory", later("Owed by law"), "money"),
    Column("exception", later("Exception"), "flag"), Column("satisfied", later("Satisfied"), "flag"),
    Column("status", later("Now")),
), _cases)  # fmt: skip

CASE = (
    Table("timeline", later("What happened"), (
        Column("line", later("Line")), Column("at", later("When"), "instant"), Column("person", later("Who")),
        Column("policy", later("Policy version"), "count"), Column("what", later("What")),
    ), _timeline),
    Table("proof", later("Proof"), (
        Column("stream", later("Station")), Column("first", later("First line"), "count"),
        Column("last", later("Last line"), "count"), Column("lines", later("Lines"), "count"),
        Column("intact", later("Intact"), "flag"), Column("touched", later("Touched line"), "count"),
    ), _proof),
)  # fmt: skip

TABLES: dict[type[Query], tuple[Table, ...]] = {
    BoardOf: BOARD,
    CasesOf: (CASES,),
    CaseOf: CASE,
}
"""Each question that can be written, and its tables.  A question with a ``cursor`` is read on, page by page, along the
``after`` of its answers."""
