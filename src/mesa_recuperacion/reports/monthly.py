"""The monthly report: one value with all its figures, and the same as JSON and as tables (rules D1 to D11, F8).

It names who works here, since it is a supervisor's, and no customer: what is printed is left lying about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, cast

from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.analyses import AnalysesOf
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.totals import AreasOf, RemediesOf
from mesa_recuperacion.domain.text import escaped
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.reports.board_tables import BOARD
from mesa_recuperacion.reports.columns import Column, Table, Value, cell, head
from mesa_recuperacion.reports.csv import MARK, Cell, line
from mesa_recuperacion.reports.export import Look
from mesa_recuperacion.reports.tables import TABLES
from mesa_recuperacion.reports.voice import Voice

FORMAT = 1
"""The number of the JSON's form; it changes when a member goes or gets another meaning, not when one is added."""

WITHOUT = ("risk", "suggestions")
"""Panels of the board that name customers, or are as of now: they are on the screen, not in the report."""

PARTS: tuple[Callable[[Scope], Query], ...] = (AreasOf, RemediesOf, lambda _: AnalysesOf())
"""The other questions of the report, each made for its scope; each needs its line in ``tables.TABLES``."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says.  ``parts`` are the answers to :data:`PARTS`, with their questions."""

    board: Board
    parts: tuple[tuple[Query, Answer], ...]
    made_at: datetime

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted in its period."""
        return self.board.counts.cases == 0

    def tables(self) -> Iterator[tuple[Table, Answer]]:
        """Every table, with the answer that its rows come from."""
        for table in BOARD:
            if table.name not in WITHOUT:
                yield table, self.board
        for query, answer in self.parts:
            for table in TABLES[type(query)]:
                yield table, answer


def gather(scope: Scope, look: Look, now: datetime) -> Report | Refusal:
    """Ask all that the report needs; a refusal if one of the questions is refused."""
    board = look(BoardOf(scope))
    if isinstance(board, Refusal):
        return board
    parts: list[tuple[Query, Answer]] = []
    for make in PARTS:
        query = make(scope)
        answer = look(query)
        if isinstance(answer, Refusal):
            return answer
        parts.append((query, answer))
    return Report(cast("Board", board), tuple(parts), now)


def as_json(report: Report, voice: Voice) -> str:
    """The report as one JSON object (docs/report.md): amounts are minor units with their currency."""
    scope = report.board.scope
    goals = voice.policy.goals
    made = {
        "format": FORMAT,
        "report": "monthly",
        "business": voice.business,
        "branch": voice.branch,
        "currency": voice.currency,
        "zone": str(voice.shown.zone),
        "language": voice.words.language,
        "period": {"kind": scope.period.grain, "first": scope.period.first.isoformat(),
                   "last": scope.period.last.isoformat()},
        "made_at": report.made_at.isoformat(),
        "made_by": voice.by,
        "mark": voice.mark,
        "policy": voice.policy.version,
        "goals": {name: getattr(goals, name) or None for name in ("on_time", "first_contact", "verified")},
        "tables": {
            table.name: [
                {column.key: _member(value, column, voice) for column, value in zip(table.columns, row, strict=True)}
                for row in table.rows(answer, voice)
            ]
            for table, answer in report.tables()
        },
    }  # fmt: skip
    return escaped(json.dumps(made, ensure_ascii=False, indent=1)) + "\n"


def _member(value: Value, column: Column, voice: Voice) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool) and column.kind != "flag":
        return int(value)
    if column.kind == "money" and value is not None:
        return {"minor": value, "currency": voice.currency}
    return value


def as_csv(report: Report, voice: Voice) -> str:
    """The report as the tables of one CSV file, one after the other."""
    t = voice.words.t
    every = tuple(report.tables())
    width = max(len(table.columns) for table, _ in every)
    lines: list[list[Cell]] = [
        [voice.business, voice.branch],
        [t("What it is"), title(voice)],
        [t("Filter"), voice.scope(report.board.scope)],
        [t("Written"), f"{voice.instant(report.made_at)} ({voice.shown.zone})"],
        [t("By"), voice.by],
        [t("Amounts in"), voice.currency],
    ]
    if voice.mark:
        lines.append([t("Mark of the journal"), voice.mark])
    for table, answer in every:
        lines += [[], [t(table.title)], [head(column, voice) for column in table.columns]]
        for row in table.rows(answer, voice):
            lines.append([cell(value, column, voice) for value, column in zip(row, table.columns, strict=True)])
    return MARK + "".join(line(cells, width) for cells in lines)


def title(voice: Voice) -> str:
    """What the report is called."""
    return voice.words.t("Service recovery report")
