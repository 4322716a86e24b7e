"""The cases behind a figure, the latest first closing first, a page at a time (rules D1, F4).

Which cases are behind a figure is kept on the cases themselves as they are folded, and each list is read along an index
in its own order: of everybody, of a person, of a problem, of a choice, or of a figure that few cases are behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.cases import CaseLine
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.marks import MARKS
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.owed import names_of
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review import totals
from mesa_recuperacion.store.review.paging import Fetch, Page, Part, Place, page, rows
from mesa_recuperacion.store.review_tables import case_choice, counted, marked
from mesa_recuperacion.store.tables import case_file

_c, _x = case_file.c, case_choice.c
_AT = func.coalesce(_c.counted_at_ms, _c.opened_at_ms)

_TOLD = {
    "cases": "cases", "on_time": "on_time", "late": "late_cases", "first_contact": "first_contact",
    "exceptions": "exceptions", "nothing": "nothing", "over_information": "over_information",
    "over_system": "over_system", "over_complex": "over_complex", "over_unsaid": "over_unsaid",
    "passed_over": "passed_over", "repeats": "repeats", "satisfied": "satisfied", "not_satisfied": "not_satisfied",
    "unreached": "unreached", "verified": "verified",
}  # fmt: skip
"""The figures that count cases, and the sum that tells how many; the others add up more than one of a case."""


def cases(tx: Reading, behind: Behind, cursor: Cursor | None) -> Page[CaseLine]:
    """A page of the cases behind a figure."""
    found = page(_fetch(tx, behind), _place, cursor)
    return Page(_lines(tx, found.rows), found.before, found.after)


def beside(tx: Reading, behind: Behind, folio: str) -> tuple[str, str]:
    """The folios before and after a case in such a list; empty where there is none."""
    row = tx.connection.execute(select(_c.folio, _c.counted_day, _AT.label("at")).where(_c.folio == folio)).first()
    if row is None:
        return "", ""
    fetch = _fetch(tx, behind)
    sides = (fetch(Cursor(*_place(row), back=back), 1) for back in (True, False))
    before, after = (found[0].folio if found else "" for found in sides)
    return before, after


def total(tx: Reading, behind: Behind) -> int | None:
    """How many cases are behind a figure, if a counter tells; else ``None``."""
    if behind.folios or behind.choice != ("", ""):
        return None
    wanted = set(_problems(behind))
    if behind.minor is not None or behind.standing:
        return _given(tx, behind, wanted) if behind.which == "cases" else None
    sums = totals.sums(tx, behind.scope, "problem")
    counts = sum((counts for (problem,), counts in sums.items() if not wanted or problem in wanted), Counts())
    if behind.which == "not_first_contact":
        return counts.cases - counts.first_contact
    return int(getattr(counts, _TOLD[behind.which])) if behind.which in _TOLD else None


def parts_of(behind: Behind) -> list[Part]:
    """The lists that are read as one: one of each problem that is asked for, else one."""
    if behind.folios:
        return [Part(select(*case_file.c, _AT.label("at")).where(_c.folio.in_(behind.folios)), (_AT, _c.folio), _told)]
    problems: tuple[str | None, ...] = _problems(behind) or (None,)
    make = _of_choice if behind.choice != ("", "") else _of_cases
    return [make(behind, problem) for problem in problems]


def _of_cases(behind: Behind, problem: str | None) -> Part:
    period, only = behind.scope.period, behind.scope.filter
    query = select(*case_file.c, _c.counted_at_ms.label("at")).where(
        counted(), _c.counted_day >= period.first.isoformat(), _c.counted_day <= period.last.isoformat()
    )
    for column, wanted in ((_c.counted_by, only.person), (_c.branch, only.branch)):
        query = query.where(column == wanted) if wanted else query
    query = query if problem is None else query.where(_c.problem == problem)
    return Part(_narrowed(query, behind), (_c.counted_day, _c.counted_at_ms, _c.folio), _whole)


def _of_choice(behind: Behind, problem: str | None) -> Part:
    period, only = behind.scope.period, behind.scope.filter
    query = select(*case_file.c, _c.counted_at_ms.label("at")).join_from(case_choice, case_file, _c.folio == _x.folio)
    kind, code = behind.choice
    query = query.where(
        _x.kind == kind, _x.code == code, _x.counted_day >= period.first.isoformat(),
        _x.counted_day <= period.last.isoformat(),
    )  # fmt: skip
    for column, wanted in ((_x.person, only.person), (_x.branch, only.branch)):
        query = query.where(column == wanted) if wanted else query
    query = query if problem is None else query.where(_x.problem == problem)
    return Part(_narrowed(query, behind), (_x.counted_day, _x.counted_at_ms, _x.folio), _whole)


def _narrowed(query: Select[Any], behind: Behind) -> Select[Any]:
    if behind.which != "cases":
        query = query.where(marked(behind.which))
    if behind.minor is not None:
        query = query.where(_c.gave == behind.minor)
    return query.where(_c.standing == behind.standing) if behind.standing else query


def _problems(behind: Behind) -> tuple[str, ...]:
    """The problems that are asked for, by the filter and by the family; a code that nothing has where none is left."""
    one, family = behind.scope.filter.problem, behind.problems
    if one and family:
        return (one,) if one in family else ("\0",)
    return (one,) if one else tuple(sorted(set(family)))


def _given(tx: Reading, behind: Behind, wanted: set[str]) -> int:
    bars = (
        bar
        for one in totals.histograms(tx, behind.scope)
        if (not wanted or one.problem in wanted) and behind.standing in ("", one.standing)
        for bar in one.bars
    )
    return sum(bar.n for bar in bars if behind.minor in (None, bar.minor))


def _fetch(tx: Reading, behind: Behind) -> Fetch[Row[Any]]:
    return rows(tx.connection, parts_of(behind), _place, latest_first=True)


def _place(row: Any) -> tuple[int, str]:
    """A case's place: its instant, and as a key its day and folio (the day is not told by the instant alone)."""
    return row.at, f"{row.counted_day}/{row.folio}"


def _whole(cursor: Cursor) -> Place:
    day, _, folio = cursor.key.partition("/")
    return day, cursor.at, folio


def _told(cursor: Cursor) -> Place:
    return cursor.at, cursor.key.partition("/")[2]


def _lines(tx: Reading, found: Sequence[Row[Any]]) -> tuple[CaseLine, ...]:
    customers = cards.names(tx.connection, {row.customer for row in found}) if found else {}
    people = names_of(tx.connection, {row.counted_by or row.owner for row in found})
    return tuple(
        CaseLine(
            row.folio, customers.get(row.customer, ""), people.get(row.counted_by or row.owner, ""), row.problem,
            from_ms(row.at), row.elapsed, row.standard, bool(row.marks & MARKS["first_contact"]), row.remedy,
            row.remedy_cost, row.gave, row.statutory, bool(row.marks & MARKS["exceptions"]), _last_word(row),
            row.status,
        )
        for row in found
    )  # fmt: skip


def _last_word(row: Row[Any]) -> bool | None:
    """What the customer said last: to the follow-up, else "no" at the closing; nobody's yes stands for theirs."""
    if row.marks & MARKS["not_satisfied"]:
        return False
    if row.marks & MARKS["satisfied"]:
        return True
    return False if row.satisfied == 0 else None
