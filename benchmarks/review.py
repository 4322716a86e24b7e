"""The review at ten thousand, a hundred thousand and a million cases: the curve has to be flat.

Each size is the same invented branch, copied over ten years (see `benchmarks.multiply`): ten times the cases in the
same years. What is timed is what a key in the review waits for: one question, answered whole, in one moment of the
store, by the service that the screen asks. The sizes take turns; the ratio of a round is the largest branch's time to
the smallest's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.compare import Figure, figure, milliseconds, ratios
from benchmarks.multiply import multiply
from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.period import Period, month_of, week_of
from mesa_recuperacion.domain.review.base import Cursor, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.cases import CaseOf, CasesOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.review.totals import AreasOf, EquityOf, RemediesOf
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.store import Store

BASE = 1_000
"""Cases of the branch that is copied: few enough that the smallest size, too, is spread over all the years."""
SIZES = (10_000, 100_000, 1_000_000)
GOAL = 1.3
_NOW = datetime(2026, 3, 11, 17, tzinfo=UTC)


class Branch:
    """One size of the branch, and a supervisor who looks at it."""

    def __init__(self, path: Path) -> None:
        self._store = Store.open(path)
        policies = Policies(words("es"))
        with self._store.reading() as tx:
            actor = next(person for person in tx.people() if person.role == "supervisor")
        self._review = ReviewService(self._store, policies, FixedClock(_NOW), actor)
        base = sqlite3.connect(path)
        halfway = "SELECT (min(counted_at_ms) + max(counted_at_ms)) / 2 FROM case_file"
        middle: int = base.execute(halfway).fetchone()[0]
        after = (
            "SELECT counted_at_ms, counted_day, folio FROM case_file "
            "WHERE stream = 'CEN-1' AND counted_at_ms >= ? ORDER BY counted_at_ms"
        )
        at, day, self.folio = base.execute(after, (middle,)).fetchone()
        self.middle = Cursor(at, f"{day}/{self.folio}")
        base.close()

    def look(self, query: Query) -> object:
        return self._review.look(query)

    def seconds(self, query: Query) -> float:
        begun = perf_counter()
        self.look(query)
        return perf_counter() - begun

    def close(self) -> None:
        self._store.close()


def questions(branch: Branch) -> Iterator[tuple[str, Query]]:
    """What is timed: every page that has a case behind it, over a week, a month and all there is."""
    today = _NOW.date()
    week, month = week_of(today).shifted(-1), month_of(today).shifted(-1)
    ever = Period("span", today.replace(year=today.year - 12), today)
    board = branch.look(BoardOf(Scope(month)))
    assert isinstance(board, Board)
    problem, person = board.causes[0].problem, board.people[0].person.id
    yield "board of a week", BoardOf(Scope(week))
    yield "board of a month", BoardOf(Scope(month))
    yield "board of all years", BoardOf(Scope(ever))
    yield "board of a person and a problem", BoardOf(Scope(month, Filter(person=person, problem=problem)))
    yield "cases of a month, first page", CasesOf(Behind(Scope(month)))
    yield "late cases ever, first page", CasesOf(Behind(Scope(ever), "late"))
    yield "cases ever, a page in the middle", CasesOf(Behind(Scope(ever)), branch.middle)
    yield "broken promises of somebody ever, first page", CasesOf(Behind(Scope(ever, Filter(person=person)), "broken"))
    yield "timeline of a case", CaseOf(branch.folio)
    yield "exceptions ever, first page", ExceptionsOf(Scope(ever))
    yield "equal treatment of a month", EquityOf(Scope(month))
    yield "remedies of all years", RemediesOf(Scope(ever))
    yield "areas of all years", AreasOf(Scope(ever))
    yield "what is due", DueOf()
    yield "customers at risk", RiskOf()


def made(folder: Path, sizes: tuple[int, ...]) -> Iterator[Path]:
    """A branch of each size, in files that are made where they are missing."""
    first = folder / f"{BASE}.db"
    if not first.exists():
        prepare(first, now=_NOW, cases=BASE)
    for size in sizes:
        path = folder / f"{size}.db"
        if not path.exists():
            print(f"making {size:,} cases", file=sys.stderr)
            shutil.copy(first, folder / "growing.db")
            multiply(folder / "growing.db", size // BASE - 1)
            (folder / "growing.db").rename(path)
        yield path


def measure(branches: list[Branch], rounds: int) -> tuple[list[str], list[Figure]]:
    """The lines to print and the figures: of every question, the largest branch against the smallest."""
    lines: list[str] = []
    figures: list[Figure] = []
    asked = [dict(questions(branch)) for branch in branches]
    for name in asked[0]:
        for branch, queries in zip(branches, asked, strict=True):
            branch.look(queries[name])
        times: list[list[float]] = [[] for _ in branches]
        for _ in range(rounds):
            for branch, queries, taken in zip(branches, asked, times, strict=True):
                taken.append(branch.seconds(queries[name]))
        lines.append(name)
        lines += [milliseconds(f"{size:,}", taken) for size, taken in zip(SIZES, times, strict=False)]
        figures.append(figure(name, ratios(times[-1], times[0]), GOAL))
    return lines, figures


def main() -> int:
    parser = argparse.ArgumentParser(description="The review at growing sizes")
    parser.add_argument("--rounds", type=int, default=15, help="questions asked of each size, after one more (15)")
    parser.add_argument("--sizes", type=int, default=len(SIZES), help=f"how many of the sizes {SIZES} to take")
    parser.add_argument("--keep", type=Path, help="folder for the branches that are made, and found again (10 GB)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mesa-benchmark-") as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        branches = [Branch(path) for path in made(kept, SIZES[: options.sizes])]
        lines, figures = measure(branches, options.rounds)
        for branch in branches:
            branch.close()
    if options.json:
        print(json.dumps([{**asdict(one), "held": one.held} for one in figures], indent=1))
    else:
        print("\n".join([*lines, *map(str, figures)]))
    return 0 if all(one.held for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
