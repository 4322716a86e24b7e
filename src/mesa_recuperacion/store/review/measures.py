"""What a set of cases comes to, and the first of them; what was typed in them (rules B1, D2, F4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, cast, func, select

from mesa_recuperacion.domain.analysis import Measured
from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.review.board import Cause
from mesa_recuperacion.domain.review.counts import MEASURES, Counts
from mesa_recuperacion.domain.review.scope import Behind, Filter
from mesa_recuperacion.store.review_tables import case_choice, case_total, counted, marked
from mesa_recuperacion.store.tables import case_file, customer, journal, private_text

_c, _n = case_file.c, case_total.c
_LATEST = (_c.counted_day.desc(), _c.counted_at_ms.desc(), _c.folio.desc())


def causes_queries(period: Period, who: Filter, problems: tuple[str, ...] = ()) -> tuple[Select[Any], ...]:
    """What was counted of each problem: a query for each part of the period."""
    sums = (func.sum(_n[name]) for name in MEASURES)
    query = select(_n.problem, *sums).group_by(_n.problem)
    wanted = [_n[name] == value for name in ("person", "problem", "branch") if (value := getattr(who, name))]
    if problems:
        wanted.append(_n.problem.in_(problems))
    return tuple(
        query.where(_n.grain == grain, _n.day >= first, _n.day <= last, *wanted)
        for grain, first, last in period.parts()
    )


def causes(
    connection: Connection, period: Period, who: Filter, problems: tuple[str, ...] = ()
) -> tuple[Cause, ...]:  # fmt: skip
    """What was counted of each problem of a period, the most frequent first."""
    found: dict[str, Counts] = {}
    for query in causes_queries(period, who, problems):
        for problem, *sums in connection.execute(query):
            found[problem] = found.get(problem, Counts()) + Counts(*sums)
    made = (Cause(problem, counts) for problem, counts in found.items() if counts.cases)
    return tuple(sorted(made, key=lambda cause: (-cause.counts.cases, cause.problem)))


def measured(connection: Connection, behind: Behind) -> Measured:
    """What the cases behind a figure come to, of all cases of their days in that branch.

    All cases of a scope, or of some problems of it, are in the counters; any narrower set is added up case by case.
    """
    scope = behind.scope
    of = _total(causes(connection, scope.period, Filter(branch=scope.filter.branch))).cases
    if behind == Behind(scope, problems=behind.problems):
        counts = _total(causes(connection, scope.period, scope.filter, behind.problems))
        return Measured(counts.cases, of, counts.late_cases, counts.cost, _compared(behind))
    row = connection.execute(sums_query(behind)).one()
    compared = _compared(behind)
    if behind.folios:
        found = select(_c.problem).where(*_conditions(behind)).distinct().order_by(_c.problem)
        compared = tuple(connection.execute(found).scalars())
    return Measured(row.n, of, row.late, row.cost, compared)


def _total(of: tuple[Cause, ...]) -> Counts:
    return sum((cause.counts for cause in of), Counts())


def _compared(behind: Behind) -> tuple[str, ...]:
    """The problems that a set is about; none: whatever its filter lets through."""
    only = behind.scope.filter.problem
    return behind.problems or ((only,) if only else ())


def sums_query(behind: Behind) -> Select[Any]:
    """How many cases are behind a figure, how many of them were late, and what they cost."""
    late = func.coalesce(func.sum(cast(_c.elapsed > _c.standard, Integer)), 0).label("late")
    cost = func.coalesce(func.sum(_c.remedy_cost + _c.gave), 0).label("cost")
    return select(func.count().label("n"), late, cost).where(*_conditions(behind))


def behind_query(behind: Behind, most: int) -> Select[Any]:
    """The latest cases behind a figure, with their customers' names."""
    few = select(_c.folio, _c.customer, _c.counted_day, _c.counted_at_ms).where(*_conditions(behind))
    some = few.order_by(*_LATEST).limit(most).subquery()
    named = select(some.c.folio, customer.c.name).outerjoin(customer, customer.c.id == some.c.customer)
    return named.order_by(some.c.counted_day.desc(), some.c.counted_at_ms.desc(), some.c.folio.desc())


def first_cases(connection: Connection, behind: Behind, most: int) -> tuple[tuple[str, str], ...]:
    """The latest cases behind a figure: folio, and the customer's name (empty: forgotten)."""
    return tuple((row.folio, row.name or "") for row in connection.execute(behind_query(behind, most)))


def _conditions(behind: Behind) -> list[ColumnElement[bool]]:
    wanted = [counted()]
    if behind.folios:
        return [*wanted, _c.folio.in_(behind.folios)]
    period, who = behind.scope.period, behind.scope.filter
    wanted += [_c.counted_day >= period.first.isoformat(), _c.counted_day <= period.last.isoformat()]
    if behind.which != "cases":
        wanted.append(marked(behind.which))
    names = ((_c.counted_by, who.person), (_c.branch, who.branch), (_c.problem, who.problem),
             (_c.standing, behind.standing))  # fmt: skip
    wanted += [column == value for column, value in names if value]
    if behind.problems:
        wanted.append(_c.problem.in_(behind.problems))
    if behind.minor is not None:
        wanted.append(_c.gave == behind.minor)
    if any(behind.choice):
        wanted.append(_chose(behind.choice))
    return wanted


def _chose(choice: tuple[str, str]) -> ColumnElement[bool]:
    kind, code = choice
    o = case_choice.c
    here = and_(o.counted_day == _c.counted_day, o.counted_at_ms == _c.counted_at_ms, o.folio == _c.folio)
    return select(o.folio).where(o.kind == kind, o.code == code, here).exists()


def texts_query(folios: tuple[str, ...]) -> Select[Any]:
    """What was typed for the problem of each of those cases, in order, as far as it was not erased."""
    same = and_(private_text.c.stream == journal.c.stream, private_text.c.seq == journal.c.seq)
    found = select(journal.c.case_id, private_text.c.value).join_from(journal, private_text, same)
    typed = (journal.c.kind == "problem.identified", private_text.c.field == "text")
    return found.where(journal.c.case_id.in_(folios), *typed).order_by(journal.c.stream, journal.c.seq)


def texts(connection: Connection, folios: tuple[str, ...]) -> dict[str, str]:
    """What was typed last for the problem of each of those cases; those whose text was erased are left out."""
    return {row.case_id: row.value for row in connection.execute(texts_query(folios))} if folios else {}
