"""The cases behind a figure, the latest first closing first, a page at a time (rules D1, F4).

Which cases are behind a figure is kept on the cases themselves as they are folded, and each list is read along an index
in its own order: of everybody, of a person, of a problem, of a choice, or of a figure that few cases are behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.cases import CaseLine
from mesa_recuperacion.domain.review.marks import MARKS
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.owed import names_of
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review import totals
from mesa_recuperacion.store.review.paging import Fetch, Page, Part, Place, page, rows
from mesa_recuperacion.store.review_tables import SELDOM, case_choice, case_total, counted, marked
from mesa_recuperacion.store.tables import case_file

_c, _x = case_file.c, case_choice.c
_AT = func.coalesce(_c.counted_at_ms, _c.opened_at_ms)

_TOLD = (
    "cases", "on_time", "late", "first_contact", "not_first_contact", "exceptions", "nothing", "over_information",
    "over_system", "over_complex", "over_unsaid", "passed_over", "repeats", "satisfied", "not_satisfied", "unreached",
    "verified",
)  # fmt: skip
"""The figures that count cases, so that their sum is how many; the others add up more than one of a case."""


def cases(tx: Reading, behind: Behind, cursor: Cursor | None) -> Page[CaseLine]:
    """A page of the cases behind a figure."""
    found = page(_fetch(tx, behind), _place, cursor)
    return Page(_lines(tx, found.rows), found.before, found.after)


def latest(tx: Reading, behind: Behind, most: int) -> tuple[CaseLine, ...]:
    """The latest of the cases behind a figure, at most so many."""
    return _lines(tx, _fetch(tx, behind)(None, most))


def beside(tx: Reading, behind: Behind, folio: str) -> tuple[str, str]:
    """The folios before and after a case in such a list; empty where there is none."""
    row = tx.connection.core.execute(select(_c.folio, _c.counted_day, _AT.label("at")).where(_c.folio == folio)).first()
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
    wanted = _problems(behind)
    if behind.minor is not None or behind.standing:
        if behind.which != "cases":
            return None
        return totals.given(tx, behind.scope, wanted, behind.standing, behind.minor)
    if behind.which not in _TOLD:
        return None
    return totals.added_up(tx, case_total, behind.scope, wanted, _sum_of(behind.which))


def parts_of(behind: Behind) -> list[Part]:
    """The lists that are read as one: one of each problem that is asked for, else one."""
    if behind.folios:
        return [Part(select(*case_file.c, _AT.label("at")).where(_c.folio.in_(behind.folios)), (_AT, _c.folio), _told)]
    problems: tuple[str | None, ...] = _problems(behind) or (None,)
    make = _of_choice if behind.choice != ("", "") else _of_cases
    return [make(behind, problem) for problem in problems]


def _of_cases(behind: Behind, problem: str | None) -> Part:
    period, only = behind.scope.period, behind.scope.filter
    query = select(*case_file.c, _c.counted_at_ms.label("at"))
    if behind.which not in SELDOM or only.person or problem is not None:  # else along the figure's own index
        query = query.where(counted())
    for column, wanted in ((_c.counted_by, only.person), (_c.branch, only.branch)):
        query = query.where(column == wanted) if wanted else query
    query = query if problem is None else query.where(_c.problem == problem)
    part = Part(_narrowed(query, behind), (_c.counted_day, _c.counted_at_ms, _c.folio), _whole)
    return part.within(period.first.isoformat(), period.last.isoformat())


def _of_choice(behind: Behind, problem: str | None) -> Part:
    period, only = behind.scope.period, behind.scope.filter
    query = select(*case_file.c, _c.counted_at_ms.label("at")).join_from(case_choice, case_file, _c.folio == _x.folio)
    query = query.where(_x.kind == behind.choice[0], _x.code == behind.choice[1])
    for column, wanted in ((_x.person, only.person), (_x.branch, only.branch)):
        query = query.where(column == wanted) if wanted else query
    query = query if problem is None else query.where(_x.problem == problem)
    part = Part(_narrowed(query, behind), (_x.counted_day, _x.counted_at_ms, _x.folio), _whole)
    return part.within(period.first.isoformat(), period.last.isoformat())


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


def _fetch(tx: Reading, behind: Behind) -> Fetch[Row[Any]]:
    only = behind.scope.filter
    if behind.folios or behind.which not in SELDOM or not (only.person or _problems(behind)):
        return rows(tx.connection, parts_of(behind), _place, latest_first=True)
    return _by_month(tx, behind)


def _by_month(tx: Reading, behind: Behind) -> Fetch[Row[Any]]:
    """Fetches what few of somebody's cases are behind: only in the months of which a counter says that there are any.

    So a page costs at most what somebody, or a problem, has in a few months, however many years are asked for.
    """

    def fetch(cursor: Cursor | None, limit: int) -> Sequence[Row[Any]]:
        found = list[Row[Any]]()
        for month in _months(tx, behind, cursor):
            within = [part.within(f"{month}-01", f"{month}-31") for part in parts_of(behind)]
            found += rows(tx.connection, within, _place, latest_first=True)(cursor, limit - len(found))
            if len(found) == limit:
                break
        return found

    return fetch


def _months(tx: Reading, behind: Behind, cursor: Cursor | None) -> Iterator[str]:
    """The months of a scope, in the order of the page that is asked for, in which its counters have something of a
    seldom figure: found by their year, and no further than they are asked for.
    """
    first, last = (day.isoformat()[:7] for day in (behind.scope.period.first, behind.scope.period.last))
    down = cursor is None or not cursor.back
    if cursor is not None:
        first, last = (first, min(cursor.key[:7], last)) if down else (max(cursor.key[:7], first), last)
    years = [first[:4]] if first[:4] == last[:4] else _with_some(tx, behind, "y", first[:4], last[:4], down=down)
    for year in years:
        yield from _with_some(tx, behind, "m", max(first, f"{year}-01"), min(last, f"{year}-12"), down=down)


def _with_some(tx: Reading, behind: Behind, grain: str, first: str, last: str, *, down: bool) -> Sequence[str]:
    """The stretches of a grain in which the counters of a scope have something of a figure, in order."""
    query = stretches_query(behind, grain, first, last).order_by(case_total.c.day.desc() if down else case_total.c.day)
    return tx.connection.core.execute(query).scalars().all()


def stretches_query(behind: Behind, grain: str, first: str, last: str) -> Select[Any]:
    """The stretches of a grain in which the counters of a scope have something of a figure, in no order."""
    wanted, c = _problems(behind), case_total.c
    query = select(c.day).distinct().where(_sum_of(behind.which) > 0)
    query = query.where(c.problem.in_(wanted)) if wanted else query
    return totals.within(query, case_total, (grain, first, last), behind.scope.filter)


def _sum_of(which: str) -> ColumnElement[int]:
    """What is added up to a figure: above zero if any case is behind it."""
    c = case_total.c
    match which:
        case "not_first_contact":
            return c.cases - c.first_contact
        case "late":
            return c.cases - c.on_time
        case "verified":
            return c.satisfied + c.not_satisfied
        case "late_promise":
            return c.late
    return c[which]


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
