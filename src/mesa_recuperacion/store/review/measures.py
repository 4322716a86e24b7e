"""What a set of cases comes to, and what was typed in them (rules B1, D2, F4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, and_, cast, func, select

from mesa_recuperacion.domain.analysis import Measured
from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.review.board import Cause
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review import totals
from mesa_recuperacion.store.review.cases import parts_of
from mesa_recuperacion.store.review.paging import ordered
from mesa_recuperacion.store.tables import journal, private_text


def causes(tx: Reading, period: Period, who: Filter) -> tuple[Cause, ...]:
    """What was counted of each problem of a period, the most frequent first."""
    found = totals.sums(tx, Scope(period, who), "problem")
    made = (Cause(problem, counts) for (problem,), counts in found.items() if counts.cases)
    return tuple(sorted(made, key=lambda cause: (-cause.counts.cases, cause.problem)))


def measured(tx: Reading, behind: Behind) -> Measured:
    """What the cases behind a figure come to, of all cases of their days in that branch.

    All cases of a scope, or of some problems of it, are in the counters; any narrower set is added up case by case.
    """
    scope, only = behind.scope, behind.scope.filter.problem
    of = totals.counts(tx, Scope(scope.period, Filter(branch=scope.filter.branch))).cases
    compared = behind.problems or ((only,) if only else ())
    if behind == Behind(scope, problems=behind.problems):
        found = causes(tx, scope.period, scope.filter)
        some = (cause.counts for cause in found if not behind.problems or cause.problem in behind.problems)
        counts = sum(some, Counts())
        return Measured(counts.cases, of, counts.late_cases, counts.cost, compared)
    cases = late = cost = 0
    problems: set[str] = set()
    for query in sums_queries(behind):
        for row in tx.connection.core.execute(query):
            cases, late, cost = cases + row.n, late + row.late, cost + row.cost
            problems.add(row.problem)
    return Measured(cases, of, late, cost, tuple(sorted(problems)) if behind.folios else compared)


def sums_queries(behind: Behind) -> tuple[Select[Any], ...]:
    """How many cases are behind a figure, how many of them late, and what they cost: of each problem, in some rows."""
    made = []
    for part in parts_of(behind):
        c = part.bounded().subquery().c
        late = func.sum(cast(c.elapsed > c.standard, Integer)).label("late")
        cost = func.sum(c.remedy_cost + c.gave).label("cost")
        query = select(c.problem, func.count().label("n"), late, cost).where(c.counted_day != "")
        made.append(query.group_by(c.problem))
    return tuple(made)


def latest_query(behind: Behind, most: int) -> Select[Any]:
    """The latest cases of one problem, the latest first."""
    (part,) = parts_of(behind)
    return ordered(part, None, most, down=True)


def latest(tx: Reading, behind: Behind, most: int) -> tuple[str, ...]:
    """The folios of the latest cases of one problem, the latest first."""
    return tuple(row.folio for row in tx.connection.core.execute(latest_query(behind, most)))


def texts_query(folios: tuple[str, ...]) -> Select[Any]:
    """What was typed for the problem of each of those cases, and on which line, as far as it was not erased."""
    same = and_(private_text.c.stream == journal.c.stream, private_text.c.seq == journal.c.seq)
    columns = (journal.c.case_id, journal.c.seq, private_text.c.value)
    typed = (journal.c.kind == "problem.identified", private_text.c.field == "text")
    return select(*columns).join_from(journal, private_text, same).where(journal.c.case_id.in_(folios), *typed)


def texts(tx: Reading, folios: tuple[str, ...]) -> dict[str, str]:
    """What was typed last for the problem of each of those cases; those whose text was erased are left out."""
    found = tx.connection.core.execute(texts_query(folios)).all() if folios else []
    return {row.case_id: row.value for row in sorted(found, key=lambda row: row.seq)}
