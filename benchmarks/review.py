"""The review on branches of growing size: what a key in it waits for must not grow with the cases.

What is timed is one question, answered whole, in one moment of the store, by the service that the screen asks: the
dashboard and each filter of it, the first page behind each figure, the timeline of a case, and every other page. The
sizes take turns; a ratio is that of a round, the largest branch's time to the smallest's, where each time is the best
of three (a question takes a millisecond, and whoever interrupts it takes several). Of each kind the figure is the
question that grows most; `--json` has them all. The other pages have no goal, and are printed. A list that is shorter
than a page in the small branch and a whole page in the large one costs more there because it shows more: such questions
are printed with their rows, and have no goal either.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import fields
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.compare import SIZES, Figure, Measured, Subject, figure, ratios, run_benchmark, seconds_of
from benchmarks.program import WaitError
from mesa_recuperacion.domain.clock import FixedClock, from_ms
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.period import Period, day_of, month_of, span, week_of
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.analyses import AnalysesOf, PickOf, SheetOf
from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf
from mesa_recuperacion.domain.review.budgets import BudgetsOf, ChangesOf
from mesa_recuperacion.domain.review.candidates import CandidatesOf
from mesa_recuperacion.domain.review.cases import CaseOf, CasesOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf, SpendingOf
from mesa_recuperacion.domain.review.outliers import OutliersOf
from mesa_recuperacion.domain.review.own import PersonOf
from mesa_recuperacion.domain.review.policy import AcknowledgedOf, PolicyOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.scope import WHICH, Behind, Filter, Scope
from mesa_recuperacion.domain.review.staff import StaffOf, StaffPersonOf
from mesa_recuperacion.domain.review.suggestions import SuggestionsOf
from mesa_recuperacion.domain.review.totals import AreasOf, EquityOf, RemediesOf
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.errors import StoreReadOnly
from mesa_recuperacion.store.owed import KINDS
from mesa_recuperacion.store.store import Store

GOAL = 1.3
_LISTS, _AS_LONG = ("drill-down", "page"), 0.9
"""What may be shorter in a small branch, and from which share on it is as long."""

_LATEST_DAY = """SELECT max(counted_at_ms) FROM case_file WHERE counted_day <> '' AND counted_day =
    (SELECT max(counted_day) FROM case_file WHERE counted_day <> '')"""
_MIDDLE = """SELECT counted_at_ms, counted_day, folio FROM case_file WHERE counted_day <> '' AND counted_day >=
    (SELECT date((julianday(min(day)) + julianday(max(day))) / 2) FROM case_total WHERE grain = 'd')
    ORDER BY counted_day, counted_at_ms, folio LIMIT 1"""
"""The first case after half of the branch's days."""

Named = tuple[str, str, Query]
"""A kind of question, its name, and the question."""


class Branch:
    """One size of the branch, and a supervisor who looks at it."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, sealed=StoreReadOnly("only looked at"))
        with self._store.read_transaction() as connection:
            self.now = from_ms(connection.core.exec_driver_sql(_LATEST_DAY).scalar_one()) + timedelta(hours=1)
            at, day, self.folio = connection.core.exec_driver_sql(_MIDDLE).one()
        self.middle = Cursor(at, f"{day}/{self.folio}")
        with self._store.reading() as tx:
            actor = next(person for person in tx.people() if person.role == "supervisor")
        self._review = ReviewService(self._store, Policies(words("es")), FixedClock(self.now), actor)

    def look(self, query: Query) -> Answer:
        """The answer; raises ``WaitError`` for a refusal: a question that is refused costs nothing."""
        answer = self._review.look(query)
        if isinstance(answer, Refusal):
            raise WaitError(f"{query}: {answer}")
        return answer

    def seconds(self, query: Query) -> float:
        """The best of three."""
        return min(seconds_of(partial(self.look, query)) for _ in range(3))

    def close(self) -> None:
        self._store.close()


def questions(branch: Branch) -> Iterator[Named]:
    """What is asked of a branch."""
    today = branch.now.date()
    ever = span(today.replace(year=today.year - 12, day=1), today)
    periods = {
        "a day": day_of(today), "a week": week_of(today).shifted(-1), "a month": month_of(today).shifted(-1),
        "all years": ever,
    }  # fmt: skip
    board = branch.look(BoardOf(Scope(ever)))
    if not isinstance(board, Board):
        raise WaitError("no dashboard")
    person, problem = board.people[0].person.id, board.causes[0].problem
    yield from _dashboards(periods, person, problem)
    for name in ("a month", "all years"):
        yield from _behind(name, periods[name], person, problem)
    yield "drill-down", "cases of all years, a page in the middle", CasesOf(Behind(Scope(ever)), branch.middle)
    yield "timeline", "a case of some years ago", CaseOf(branch.folio)
    yield from _pages(Scope(periods["a month"]), Scope(ever), person, problem)


def _dashboards(periods: dict[str, Period], person: str, problem: str) -> Iterator[Named]:
    filters = {
        "": Filter(), " of somebody": Filter(person=person), " of a problem": Filter(problem=problem),
        " of a branch": Filter(branch="CEN"), " of somebody's problem": Filter(person, problem),
    }  # fmt: skip
    for name, period in periods.items():
        for of, chosen in filters.items():
            yield ("filter" if of else "dashboard"), f"{name}{of}", BoardOf(Scope(period, chosen))


def _behind(name: str, period: Period, person: str, problem: str) -> Iterator[Named]:
    for of, chosen in (("", Filter()), (" of somebody", Filter(person=person)), (" of a problem", Filter("", problem))):
        scope = Scope(period, chosen)
        for which in WHICH:
            yield "drill-down", f"{which}, {name}{of}", CasesOf(Behind(scope, which))
    scope = Scope(period)
    yield "drill-down", f"a family of problems, {name}", CasesOf(Behind(scope, problems=(problem, "billing_error")))
    yield "drill-down", f"an amount, {name}", CasesOf(Behind(Scope(period, Filter("", problem)), minor=0))
    yield "drill-down", f"a remedy, {name}", CasesOf(Behind(scope, choice=("remedy", "resend")))


def _pages(month: Scope, ever: Scope, person: str, problem: str) -> Iterator[Named]:
    one = "page"
    for name, scope in (("a month", month), ("all years", ever)):
        yield one, f"equal treatment, {name}", EquityOf(scope)
        yield one, f"equal treatment of a problem, {name}", EquityOf(scope, problem)
        yield one, f"outliers, {name}", OutliersOf(scope, problem)
        yield one, f"remedies, {name}", RemediesOf(scope)
        yield one, f"areas, {name}", AreasOf(scope)
        yield one, f"exceptions, {name}", ExceptionsOf(scope)
        yield one, f"exceptions of somebody, {name}", ExceptionsOf(Scope(scope.period, Filter(person=person)))
        yield one, f"a person, {name}", PersonOf(Scope(scope.period, Filter(person=person)))
        yield one, f"candidates for the list, {name}", CandidatesOf(Scope(scope.period, Filter(problem="other")))
    yield one, "what is due", DueOf()
    yield one, "what is overdue", DueOf(overdue_only=True)
    yield one, "what supervision owes", DueOf(SUPERVISION)
    for kind in KINDS:
        yield one, f"what is due: {kind}", DueOf(kind=kind)
    yield one, "customers at risk", RiskOf()
    yield one, "what was paid from a budget", SpendingOf(person)
    yield one, "what was paid from the reserve", SpendingOf("reserve")
    yield one, "analyses", AnalysesOf()
    yield one, "a new analysis", SheetOf(behind=Behind(month, problems=(problem,)))
    yield one, "cases to pick from", PickOf(Behind(month, problems=(problem,)))
    yield one, "budgets", BudgetsOf()
    yield one, "changes of budgets", ChangesOf()
    yield one, "who works here", StaffOf()
    yield one, "somebody who works here", StaffPersonOf(person)
    yield one, "suggestions", SuggestionsOf()
    yield one, "the policy", PolicyOf("es", "es_MX")
    yield one, "who has read it", AcknowledgedOf()


def rows_of(answer: Answer) -> int:
    """How many rows an answer shows, in all its lists, or has read for them (`read`: of the texts that were typed)."""
    parts = {one.name: getattr(answer, one.name) for one in fields(answer)}
    return max(sum(len(part) for part in parts.values() if isinstance(part, tuple)), int(parts.get("read", 0)))


def measure(subject: Subject, rounds: int) -> Measured:
    """Each round asks a question of each size."""
    with ExitStack() as opened:
        branches = [opened.enter_context(closing(Branch(subject.home(size).database))) for size in subject.sizes]
        asked = [list(questions(branch)) for branch in branches]
        taken: dict[tuple[str, str], list[list[float]]] = {}
        shown: dict[tuple[str, str], list[int]] = {}
        for named in zip(*asked, strict=True):
            answers = [branch.look(query) for branch, (_, _, query) in zip(branches, named, strict=True)]
            shown[named[0][:2]] = list(map(rows_of, answers))
            times: list[list[float]] = [[] for _ in branches]
            for _ in range(rounds):
                for branch, (_, _, query), seconds in zip(branches, named, times, strict=True):
                    seconds.append(branch.seconds(query))
            taken[named[0][:2]] = times
    return _measured(subject.sizes, taken, shown)


def _measured(
    sizes: tuple[int, ...], taken: dict[tuple[str, str], list[list[float]]], shown: dict[tuple[str, str], list[int]]
) -> Measured:
    lines = ["cases: " + ", ".join(f"{size:,}" for size in sizes)]
    worst: dict[str, tuple[str, list[float]]] = {}
    details: list[dict[str, Any]] = []
    for key, times in taken.items():
        (kind, name), rows, grown = key, shown[key], ratios(times[-1], times[0])
        shorter = kind in _LISTS and rows[0] < _AS_LONG * rows[-1]
        curve = "  ".join(f"{1000 * median(seconds):7.1f}" for seconds in times)
        note = f", {rows[0]} rows and {rows[-1]}" if shorter else ""
        lines.append(f"  {kind + ', ' + name:<52} {curve} ms  {median(grown):.2f}{note}")
        details.append({"kind": kind, "name": name, "seconds": times, "rows": rows, "ratio": median(grown)})
        if not shorter and (kind not in worst or median(grown) > median(worst[kind][1])):
            worst[kind] = name, grown
    name, grown = worst.pop("page")
    lines.append(f"  the worst other page is {name}: {median(grown):.2f}")
    figures: list[Figure] = [figure(f"{kind}: {name}", grown, GOAL) for kind, (name, grown) in worst.items()]
    return lines, figures, {"sizes": sizes, "questions": details}


if __name__ == "__main__":
    sys.exit(run_benchmark("The review at growing sizes", 15, measure, sizes=SIZES))
