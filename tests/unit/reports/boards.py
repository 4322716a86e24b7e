"""Answers of the review made by hand, and who reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain.period import Period, month_of
from mesa_recuperacion.domain.review.base import Answer, Cursor, Query
from mesa_recuperacion.domain.review.board import (
    TREND,
    Board,
    BoardOf,
    Cause,
    DueCount,
    PersonLine,
    RiskLine,
    Spread,
    TrendPoint,
)
from mesa_recuperacion.domain.review.cases import CaseLine, Cases, CasesOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.review.totals import Achieved, AreaLine, Areas, AreasOf, Remedies, RemediesOf
from mesa_recuperacion.domain.views import Person, SuggestionItem
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.reports.voice import Voice
from tests.desk import shipped

NOW = datetime(2026, 4, 2, 16, 42, tzinfo=UTC)
MARCH = month_of(date(2026, 3, 1))
ZONE = ZoneInfo("America/Mexico_City")
HOSTILE = (
    "<script>alert(1)</script>", "javascript:alert(1)", '"><img src=x onerror=alert(1)>', "=1+1|cmd", "\u202egnp.exe",
    "]]></style><b>", "{{ 7*7 }}", "' onmouseover='x", "&lt;b&gt;", "+52 55 1234", "https://evil.example/x.png",
)  # fmt: skip
LONG = "Un problema con un nombre tan largo como la política lo permite, y todavía un poco más"


def voice(locale: str = "es_MX", business: str = "Zapatería Luz") -> Voice:
    """A reader in Mexico."""
    shown = Shown(locale, ZONE)
    return Voice(shown.words, shown, business, "Centro", "MXN", shipped(), "Carla Vega",
                 {"p1": "Ana Torres", "p2": "Bruno Díaz", "p3": "Carla Vega"})  # fmt: skip


def counts(n: int, late: int = 0, *, scale: int = 1) -> Counts:
    """What ``n`` cases could add up to."""
    return Counts(
        cases=n, on_time=n - late, first_contact=n * 7 // 10, elapsed=n * 64, remedy_cost=n * 8_950 * scale,
        compensation=n * 6_000 * scale, statutory=n * 1_275 * scale, exceptions=n // 20, exception_cost=n // 20 * 9_000,
        nothing=n // 9, over_information=late // 2, over_system=late - late // 2, passed_over=n // 12,
        hand_overs=n // 15, reopened=n // 25, repeats=n // 14, promises=n, kept=n * 8 // 10, late=n // 12,
        broken=n // 20, moved=n // 18, silences=n // 30, idle=n * 20, follow_ups=n * 9 // 10, satisfied=n * 7 // 10,
        not_satisfied=n // 20, unreached=n // 15,
    )  # fmt: skip


def total(parts: list[Counts]) -> Counts:
    """All of them together."""
    made = Counts()
    for part in parts:
        made += part
    return made


def board(
    period: Period = MARCH, filter_: Filter | None = None, names: tuple[str, ...] = (), **changes: object
) -> Board:
    """A month with all that a board can have; ``names`` are the people's, else three plain ones."""
    codes = [problem.code for problem in shipped().problems]
    causes = tuple(
        Cause(code, counts(n, n // 6, scale=1 + at % 3)) for at, (code, n) in enumerate(zip(codes, SIZES, strict=False))
    )
    all_ = total([cause.counts for cause in causes])
    trend = tuple(
        TrendPoint(period.shifted(back - TREND + 1), counts(n, late)) for back, (n, late) in enumerate(TRENDING)
    )
    people = tuple(
        PersonLine(Person(f"p{n}", n, name, "agent"), counts(30 - 4 * n, n), n % 3,
                   NOW - timedelta(days=9 * n) if n % 2 else None, NOW - timedelta(days=400))
        for n, name in enumerate(names or ("Ana Torres", "Bruno Díaz", "Carla Vega"), 1)
    )  # fmt: skip
    spreads = tuple(Spread(code, 9 + n, 0, 6_000 + 500 * n, 12_000 + 900 * n) for n, code in enumerate(codes[:6]))
    spreads += tuple(Spread(codes[0], 12, 0, 5_000 if s == "new" else 8_000, 15_000, s) for s in ("new", "known"))
    made: dict[str, object] = {
        "scope": Scope(period, filter_ or Filter()), "today": NOW.date(), "counts": all_, "before": counts(150, 31),
        "causes": causes, "trend": (*trend[:-1], TrendPoint(period, all_)),
        "due": (DueCount("p1", (names or ("Ana Torres",))[0], 2, 1, 0, 0, 3, 2, 1, 0),
                DueCount("supervision", "", 0, 1, 0, 2)),
        "people": people, "spreads": spreads,
        "risk": (RiskLine("c1", (names or ("Mariana López",))[-1], 3, NOW - timedelta(days=2), ("repeat", "broken"),
                          True),),
        "at_risk": 1,
        "suggestions": (SuggestionItem("s1", "p1", "Ana Torres", (names or ("Avisar antes",))[0], NOW),), "waiting": 1,
    }  # fmt: skip
    return Board(**made | changes)  # type: ignore[arg-type]


SIZES = (61, 44, 33, 21, 14, 9, 6, 4)
TRENDING = ((120, 40), (131, 38), (140, 36), (128, 30), (155, 33), (149, 28), (150, 31), (192, 29))


def case(n: int, customer: str = "Mariana López") -> CaseLine:
    """A case of a list."""
    return CaseLine(f"CEN-{n}", customer, "Ana Torres", "faltante", NOW - timedelta(minutes=n), 40 + n % 50, 60,
                    n % 3 > 0, "envio-hoy", 9_000, n * 100, 0, n % 10 == 0, None if n % 2 else True,
                    "closed")  # fmt: skip


def parts() -> tuple[tuple[Query, Answer], ...]:
    """The answers to the other questions of the report."""
    problems = shipped().problems
    achieved = tuple(
        Achieved("remedy", p.code, p.remedies[0].code, 20 - n, 90_050 * n, 9 + n, 12 + n, 8, 10)
        for n, p in enumerate(problems[:5])
    )
    achieved += tuple(
        Achieved("compensation", p.code, p.compensations[0].code, 9, 54_000, 0, 0, 7, 8) for p in problems[:3]
    )
    areas = tuple(AreaLine(a.code, 20 - n, 14 - n, 3 + n, 1, 2, n) for n, a in enumerate(shipped().areas))
    scope = Scope(MARCH)
    return (AreasOf(scope), Areas(scope, areas)), (RemediesOf(scope), Remedies(scope, achieved))


def answering(lines: list[CaseLine], *, size: int = 50, asked: list[Query] | None = None):  # type: ignore[no-untyped-def]
    """Answers the board, and a list of cases page by page."""

    def look(query: Query) -> Answer:
        if asked is not None:
            asked.append(query)
        for asked_for, answer in parts():
            if type(query) is type(asked_for):
                return answer
        if isinstance(query, BoardOf):
            return board(query.scope.period, query.scope.filter)
        assert isinstance(query, CasesOf)
        start = query.cursor.at if query.cursor else 0
        page = tuple(lines[start : start + size])
        more = start + size < len(lines)
        return Cases(query.behind, page, Cursor(start, "", back=True) if start else None,
                     Cursor(start + size, page[-1].folio) if more else None)  # fmt: skip

    return look
