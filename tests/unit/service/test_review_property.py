"""Every number of the review equals a recount from the raw facts alone (rules B8, C8, D1, D4, D8, D11, F4).

Histories are made at real desks on a real file: reopened cases, closings and gestures that are undone, exceptions,
hand-overs, promises that are moved, clocks that are put back, cases that are withdrawn; about midnight, at the end of a
month, in nights on which daylight saving changes, far from UTC.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.period import Period, day_of, month_of, span, week_of
from mesa_recuperacion.domain.review.base import PAGE
from mesa_recuperacion.domain.review.board import TREND, Board, BoardOf, DueCount
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.due import Due, DueOf
from mesa_recuperacion.domain.review.marks import MARKS
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.review.totals import Areas, AreasOf, Equity, EquityOf, Remedies, RemediesOf
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.branch import found
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.review_tables import case_choice
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.tables import case_file
from mesa_recuperacion.store.verify import verify
from tests import paper
from tests.contract.branch import tables
from tests.desk import hasher, ids, journal, plan
from tests.moves import Move, drawn, scripts
from tests.unit.service.conftest import Site
from tests.unit.service.test_budget_property import Office

NIGHTS = (
    ("Europe/Madrid", datetime(2025, 3, 29, 22, 40, tzinfo=UTC)),  # 23:40; clocks go forward in three hours
    ("Europe/Madrid", datetime(2025, 10, 25, 21, 45, tzinfo=UTC)),  # 23:45; they go back
    ("America/Santiago", datetime(2025, 9, 7, 3, 30, tzinfo=UTC)),  # 23:30; there is no midnight tonight
    ("America/Mexico_City", datetime(2025, 3, 1, 5, 30, tzinfo=UTC)),  # 23:30 of the last of February
    ("Pacific/Kiritimati", datetime(2024, 12, 31, 9, 40, tzinfo=UTC)),  # 23:40 of New Year's Eve
)


def site_of(zone: str, start: datetime, folder: Path) -> Site:
    """A branch in a zone that was founded a moment ago."""
    path = folder / "mesa.db"
    text = default_policy_text("es").replace('zone = "America/Mexico_City"', f'zone = "{zone}"')
    text = text.replace('\nstatutory = "20%"', "").replace("\n[[problem]]", '\n[[problem]]\nstatutory = "20%"')
    store = Store.create(path)
    fresh = ids("founding")
    made = replace(plan(text), zone=zone)
    assert found(store, made, clock=FixedClock(start), new_id=lambda: next(fresh), hasher=hasher()) is None
    store.close()
    return Site(path, clock=FixedClock(start))


@dataclass
class Recount:
    """The review of a branch, and the paper beside it."""

    site: Site
    zone: str

    def __post_init__(self) -> None:
        with self.site.store.reading() as tx:
            looking = next(person for person in tx.people() if person.role == "supervisor")
            self.service = ReviewService(self.site.store, self.site.policies, self.site.clock, looking)
            self.paper = paper.Office(journal(tx), ZoneInfo(self.zone))
        self.today = self.paper.day(self.site.clock.now())

    def cases(self, scope: Scope) -> list[paper.Paper]:
        """What counts of a scope, on paper."""
        of = scope.filter
        return self.paper.counted(scope.period.first, scope.period.last, of.person, of.problem, of.branch)

    def counts(self, scope: Scope) -> Counts:
        """Its sums."""
        return Counts(**paper.added(self.cases(scope)))

    def assert_board(self, scope: Scope) -> Board:
        """The board is that of the paper."""
        board = self.service.look(BoardOf(scope))
        assert isinstance(board, Board)
        assert (board.scope, board.today) == (scope, self.today)
        assert board.counts == self.counts(scope)
        assert board.before == self.counts(replace(scope, period=scope.period.shifted(-1)))
        assert [point.period for point in board.trend] == [scope.period.shifted(n) for n in range(1 - TREND, 1)]
        for point in board.trend:
            assert point.counts == self.counts(replace(scope, period=point.period))
        told = {cause.problem: cause.counts for cause in board.causes}
        by_problem = paper.grouped(self.cases(scope), lambda x: x.problem)
        assert told == {problem: Counts(**paper.added(cases)) for problem, cases in by_problem.items()}
        shown = [cause.counts.cases for cause in board.causes]
        assert shown == sorted(shown, reverse=True)
        self.assert_people(board, scope)
        self.assert_spreads(board, scope)
        self.assert_now(board, scope)
        self.assert_nearest(board, scope)
        return board

    def assert_people(self, board: Board, scope: Scope) -> None:
        by_person = paper.grouped(self.cases(scope), lambda x: x.first.by if x.first else "")
        listed = {who for who in self.paper.names if who not in self.paper.gone or by_person.get(who)}
        wanted = [who for who in listed if scope.filter.person in ("", who)]
        assert {line.person.id for line in board.people} == set(wanted)
        assert [line.person.name for line in board.people] == sorted(line.person.name for line in board.people)
        for line in board.people:
            who, period = line.person.id, scope.period
            assert line.counts == Counts(**paper.added(by_person.get(who, [])))
            thanks = [at for person, at in self.paper.praises if person == who]
            assert line.praises == sum(period.first <= self.paper.day(at) <= period.last for at in thanks)
            assert line.praised_at == max(thanks, default=None)
            assert line.since == self.paper.since[who]

    def assert_spreads(self, board: Board, scope: Scope) -> None:
        expected: dict[tuple[str, str], tuple[int, int, int, int]] = {}
        for case in self.cases(scope):
            for standing in ("", "known" if case.known else "new"):
                same = [x for x in self.cases(scope) if x.problem == case.problem]
                same = [x for x in same if standing == "" or x.known == case.known]
                given_ = sorted(sum(g.minor for g in x.given) for x in same)
                middle = given_[(len(given_) - 1) // 2]
                expected[case.problem, standing] = (len(given_), given_[0], middle, given_[-1])
        told = {(s.problem, s.standing): (s.n, s.low, s.middle, s.high) for s in board.spreads}
        assert told == expected
        assert len(told) == len(board.spreads)

    def assert_now(self, board: Board, scope: Scope) -> None:
        """What is owed, thanked and suggested."""
        now = self.site.clock.now()
        expected: dict[str, dict[str, int]] = {}
        for owner, kind, due in self.paper.owed(self.paper.starts(self.today + timedelta(days=1)), now):
            key = f"{kind}_{'overdue' if due < now else 'today'}"
            of = expected.setdefault(owner, {})
            of[key] = of.get(key, 0) + 1
        person = scope.filter.person
        lines = [
            DueCount(owner, self.paper.names.get(owner, ""), **of)
            for owner, of in expected.items()
            if person in ("", owner)
        ]
        assert sorted(board.due, key=lambda x: x.owner) == sorted(lines, key=lambda x: x.owner)
        assert [x.overdue for x in board.due] == sorted((x.overdue for x in lines), reverse=True)
        listed = self.service.look(DueOf(person, overdue_only=True))
        assert isinstance(listed, Due)
        overdue = sum(x.overdue for x in board.due)
        assert len(listed.lines) == min(PAGE, overdue)
        assert board.waiting == len(self.paper.ideas)
        oldest = sorted(self.paper.ideas, key=lambda idea: (self.paper.ideas[idea], idea))
        assert [item.id for item in board.suggestions] == oldest[: len(board.suggestions)]
        assert len(board.suggestions) == min(5, board.waiting)

    def assert_nearest(self, board: Board, scope: Scope) -> None:
        everything = self.cases(replace(scope, period=span(date.min, date.max)))
        days = [self.paper.day(x.first.at) for x in everything if x.first]
        if board.counts.cases or not days:
            assert board.nearest is None
            return
        assert board.nearest is not None
        assert (board.nearest.grain, max(days) in board.nearest) == (scope.period.grain, True)
        assert self.counts(replace(scope, period=board.nearest)).cases > 0
        if scope.period.grain == "span":
            assert (board.nearest.days, board.nearest.last) == (scope.period.days, max(days))

    def assert_totals(self, scope: Scope) -> None:
        """Equity, remedies and areas are those of the paper."""
        equity = self.service.look(EquityOf(scope))
        assert isinstance(equity, Equity)
        given_: dict[tuple[str, str], dict[int, int]] = {}
        for case in self.cases(scope):
            bars = given_.setdefault((case.problem, "known" if case.known else "new"), {})
            minor = sum(g.minor for g in case.given)
            bars[minor] = bars.get(minor, 0) + 1
        assert {(h.problem, h.standing): {b.minor: b.n for b in h.bars} for h in equity.histograms} == given_
        for problem in {problem for problem, _ in given_ if problem}:
            one = self.service.look(EquityOf(replace(scope, filter=replace(scope.filter, problem="")), problem))
            assert isinstance(one, Equity)
            assert {h.problem for h in one.histograms} == {problem}
            if not scope.filter.problem:
                assert one.histograms == tuple(h for h in equity.histograms if h.problem == problem)
        remedies = self.service.look(RemediesOf(scope))
        assert isinstance(remedies, Remedies)
        chosen: dict[tuple[str, str, str], list[int]] = {}
        for case in self.cases(scope):
            for kind, code, *figures in case.choices():
                held = chosen.setdefault((kind, case.problem, code), [0] * 6)
                for n, figure in enumerate((1, *figures)):
                    held[n] += figure
        told = {
            (x.kind, x.problem, x.code): [x.used, x.cost, x.kept, x.ended, x.satisfied, x.asked]
            for x in remedies.lines
        }  # fmt: skip
        assert told == chosen
        self.assert_areas(scope)

    def assert_areas(self, scope: Scope) -> None:
        areas, of = self.service.look(AreasOf(scope)), scope.filter
        assert isinstance(areas, Areas)
        asked: dict[str, dict[str, int]] = {}
        for w in self.paper.wanted(scope.period.first, scope.period.last, of.person, of.problem, of.branch):
            line = asked.setdefault(w.area, {})
            line["asked"] = line.get("asked", 0) + 1
            line[w.state] = line.get(w.state, 0) + 1
        owed: dict[str, list[datetime]] = {}
        for x in self.paper.cases.values():
            if of.problem in ("", x.problem) and of.branch in ("", x.branch):
                for w in x.wanted.values():
                    if w.state == "pending" and of.person in ("", w.owner):
                        owed.setdefault(w.area, []).append(w.due)
        assert [line.area for line in areas.lines] == sorted(asked.keys() | owed.keys())
        now = self.site.clock.now()
        for line in areas.lines:
            known, due = asked.get(line.area, {}), owed.get(line.area, [])
            told = (line.asked, line.kept, line.late, line.withdrawn)
            assert told == tuple(known.get(name, 0) for name in ("asked", "kept", "late", "withdrawn"))
            assert (line.waiting, line.overdue) == (len(due), sum(at < now for at in due))

    def assert_behind(self) -> None:
        """The cases that each figure leads to are those that it is a sum over."""
        with self.site.store.read_transaction() as connection:
            rows = {row.folio: row for row in connection.core.execute(select(case_file))}
            made = connection.core.execute(select(case_choice))
            chosen = {(row.kind, row.code, row.folio, *row[2:4], *row[5:]) for row in made}
        assert rows.keys() == self.paper.cases.keys()
        expected = set()
        for folio, case in self.paper.cases.items():
            row = rows[folio]
            if case.first is None:
                assert (row.counted_day, row.counted_at_ms, row.marks, row.standing) == ("", None, 0, "")
                continue
            day, at = self.paper.day(case.first.at).isoformat(), round(case.first.at.timestamp() * 1000)
            assert (row.counted_day, row.counted_at_ms, row.counted_by) == (day, at, case.first.by)
            assert (row.elapsed, row.standard) == (case.first.elapsed, case.first.standard)
            figures = case.figures()
            assert (row.remedy_cost, row.gave, row.statutory) == (
                figures["remedy_cost"], figures["compensation"], figures["statutory"]
            )  # fmt: skip
            assert (row.standing, row.branch) == ("known" if case.known else "new", case.branch)
            assert [n for n, bit in MARKS.items() if row.marks & bit] == [n for n in MARKS if case.is_behind(n)]
            for kind, code, *_ in case.choices():
                expected.add((kind, code, folio, day, at, case.first.by, case.problem, case.branch))
        assert chosen == expected

    def scopes(self, dice: Random) -> list[Scope]:
        """Scopes about the days on which something happened, and some on which nothing did."""
        days = [self.today] + [self.paper.day(x.first.at) for x in self.paper.cases.values() if x.first]
        people = ["", "", *self.paper.names, "nobody"]
        problems = ["", "", *{x.problem for x in self.paper.cases.values()}, "bad_luck"]
        scopes = []
        for grain in ("day", "week", "month", "span", "span"):
            day = dice.choice(days) + timedelta(days=dice.choice((0, 0, 0, -1, 1, 31)))
            period: Period = {"day": day_of, "week": week_of, "month": month_of}.get(grain, day_of)(day)
            if grain == "span":
                period = span(day - timedelta(days=dice.randrange(90)), day + timedelta(days=dice.randrange(90)))
            branch = dice.choice(("", "", "", "CEN", "XXX"))
            scopes.append(Scope(period, Filter(dice.choice(people), dice.choice(problems), branch)))
        year = span(min(days) - timedelta(days=400), max(days) + timedelta(days=400))
        return [*scopes, Scope(month_of(self.today)), Scope(day_of(dice.choice(days))), Scope(year)]


def everything_equals_the_recount(site: Site, zone: str, dice: Random) -> Recount:
    told = Recount(site, zone)
    for scope in told.scopes(dice):
        told.assert_board(scope)
        told.assert_totals(scope)
    told.assert_behind()
    return told


def played(zone: str, start: datetime, script: list[Move], seed: int, every: int) -> Recount:
    """Play a script; now and then, and at its end, everything is recounted."""
    folder = Path(mkdtemp(prefix="mesa-recount-"))
    site = site_of(zone, start, folder)
    try:
        office, dice = Office(site), Random(seed)
        for n, move in enumerate(script, 1):
            office.move(move)
            if n % every == 0:
                everything_equals_the_recount(site, zone, dice)
        told = everything_equals_the_recount(site, zone, dice)
        before = tables(site.store)
        assert verify(site.store).sound
        rebuild(site.store)
        assert tables(site.store) == before
        return told
    finally:
        site.store.close()
        shutil.rmtree(folder)


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(scripts(50), st.sampled_from(NIGHTS), st.integers(0, 2**32))
def test_d1_every_number_of_the_review_equals_a_recount_from_the_raw_facts(
    script: list[Move], night: tuple[str, datetime], seed: int
) -> None:
    played(*night, script, seed, every=25)


def test_d1_and_after_long_nights_in_which_everything_was_counted() -> None:
    nights = [played(*night, drawn(n, 360), n, every=360) for n, night in enumerate(NIGHTS)]
    total = paper.added(x for told in nights for x in told.paper.cases.values() if x.first)
    assert [name for name, figure in total.items() if not figure] in ([], ["unreached"])  # it takes four calls in vain
