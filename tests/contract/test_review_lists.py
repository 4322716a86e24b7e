"""Every list of the review is what the facts add up to, page by page, forward and back (rules B3, B4, D1, D3, E1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.period import Period, day_of, span
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.cases import Case, CaseOf, CasesOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.due import KINDS, DueOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf, SpendingOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.scope import WHICH, Behind, Filter, Scope
from mesa_recuperacion.domain.risk import MOST_COMPLAINTS, risk_of
from mesa_recuperacion.domain.tally import Counted, tally
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.reading import keys_of
from mesa_recuperacion.policy.schema import RetentionTable
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.cases import case, cases
from mesa_recuperacion.service.review.due import due
from mesa_recuperacion.service.review.exceptions import exceptions, spending
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.service.review.risk import first_at_risk, risk
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review import paging
from mesa_recuperacion.store.store import Store
from tests.contract.test_whole_desk_property import ACTS, CASE, Desk, policy, states_of

FEW = 6
"""Rows of a page here, so that every list has several."""


CALL = ("identify", "remedy", "grant")
ABOVE = ((), (), ("ask",), ("ask", "wish"), ("authorise",), ("authorise",) * 2, ("ask", "authorise", "authorise"))


class Known(Policies):
    """One policy, whatever the version."""

    def __init__(self) -> None:
        super().__init__(words("en"))

    def version(self, tx: Reading, number: int) -> Policy:
        return policy()


@pytest.fixture(scope="module", params=[3, 4])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A long history in which everything happens."""
    store = Store.create(tmp_path_factory.mktemp("lists") / "mesa.db")
    desk, dice = Desk(store), Random(request.param)
    for turn in range(300):
        newest = max(0, len(desk.cases) - dice.randrange(1, 9))
        if turn % 3 == 0:  # somebody comes, and is served
            desk.turn(dice.choice(("open", "known")), turn, dice.randrange(60), dice.randrange(60))
            for what in (*CALL, *dice.choice(ABOVE), dice.choice(("wait", "promise")), "close"):
                desk.turn(what, len(desk.cases) - 1, dice.randrange(60), dice.randrange(60))
        what = dice.choice((*ACTS, *CASE, "wait", "follow up", "kept"))
        desk.turn(what, newest, dice.randrange(60), dice.randrange(60))
    yield desk
    store.close()


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", FEW)


@pytest.fixture
def looking(desk: Desk) -> Iterator[Looking]:
    with desk.store.reading() as tx:
        yield Looking(tx, desk.now, policy(), Person("carla", 3, "Carla", "supervisor"), Known())


def pages(answerer: Callable[[Any, Looking], Any], query: Any, looking: Looking) -> list[Any]:
    """All the lines of a list, having walked it to its end and back to its beginning."""

    def ask(cursor: Cursor | None) -> Any:
        return answerer(replace(query, cursor=cursor), looking)

    pages = [ask(None)]
    while pages[-1].after is not None:
        pages.append(ask(pages[-1].after))
    assert all(len(page.lines) == FEW for page in pages[:-1])
    back = [pages[-1]]
    while back[-1].before is not None:
        back.append(ask(back[-1].before))
    assert [page.lines for page in back[::-1]] == [page.lines for page in pages]
    return [line for page in pages for line in page.lines]


def counted(desk: Desk) -> dict[str, Counted]:
    """What every case adds that was closed once, by its folio."""
    adds = {state.folio: tally(state).counted for state in states_of(desk.entries())}
    return {folio: one for folio, one in adds.items() if one is not None}


BEHIND: dict[str, Callable[[Counts], bool]] = {
    "late": lambda n: n.on_time == 0, "not_first_contact": lambda n: n.first_contact == 0,
    "cost": lambda n: n.remedy_cost + n.compensation > 0, "late_promise": lambda n: n.late > 0,
}  # fmt: skip


def is_behind(which: str, n: Counts) -> bool:
    return BEHIND[which](n) if which in BEHIND else bool(getattr(n, which))


def zoned(at: datetime) -> date:
    return at.astimezone(policy().hours.zone).date()


def scopes(found: dict[str, Counted], dice: Random) -> Iterator[Scope]:
    """Stretches of the history, everybody's or somebody's, of everything or of a problem."""
    days = sorted({zoned(one.at) for one in found.values()})
    yield Scope(span(days[0], days[-1]))
    yield Scope(day_of(days[-1] + timedelta(days=400)))
    for _ in range(6):
        first, last = sorted(dice.sample(days, 2)) if len(days) > 1 else (days[0], days[0])
        person = dice.choice(["", "ana", "bruno", "carla"])
        problem = dice.choice(["", "", *(p.code for p in policy().problems[:3])])
        yield Scope(Period("span", first, last), Filter(person, problem, dice.choice(["", "", "CEN", "SUR"])))


def narrowed(scope: Scope, dice: Random) -> Iterator[Behind]:
    yield from (Behind(scope, which) for which in WHICH)
    problems = tuple(p.code for p in dice.sample(policy().problems, 2))
    yield Behind(scope, "cases", problems=problems)
    yield Behind(scope, "late", problems=problems)
    remedies = [("remedy", r.code) for p in policy().problems for r in p.remedies]
    yield Behind(scope, "cases", choice=dice.choice(remedies))
    yield Behind(scope, "not_first_contact", choice=("compensation", "own"))
    yield Behind(scope, "cases", minor=0)
    yield Behind(scope, "cases", standing=dice.choice(["new", "known"]), minor=0, problems=problems)


def expected(found: dict[str, Counted], behind: Behind) -> list[str]:
    scope, only = behind.scope, behind.scope.filter

    def fits(folio: str, one: Counted) -> bool:
        return (
            zoned(one.at) in scope.period
            and only.person in ("", one.person)
            and only.problem in ("", one.problem)
            and only.branch in ("", folio.partition("-")[0])
            and is_behind(behind.which, one.counts)
            and (not behind.problems or one.problem in behind.problems)
            and (behind.choice == ("", "") or behind.choice in [(x.kind, x.code) for x in one.choices])
            and behind.minor in (None, one.given)
            and behind.standing in ("", one.standing)
        )

    listed = [(one.at, folio) for folio, one in found.items() if fits(folio, one)]
    return [folio for _, folio in sorted(listed, reverse=True)]


def test_d1_every_figure_opens_exactly_the_cases_behind_it(desk: Desk, looking: Looking) -> None:
    """And the pages add up to what the counter says, wherever one tells."""
    found, dice = counted(desk), Random(9)
    seen = told = 0
    for scope in scopes(found, dice):
        for behind in narrowed(scope, dice):
            query = CasesOf(behind)
            folios = [line.folio for line in pages(cases, query, looking)]
            assert folios == expected(found, behind), behind
            total = cases(query, looking).total
            if total is not None:
                assert total == len(folios), behind
                told += bool(folios)
            seen += len(folios)
    assert seen > 300
    assert told > 20


def test_d1_a_line_of_a_case_says_what_it_added(desk: Desk, looking: Looking) -> None:
    found = counted(desk)
    names = {person.id: person.name for person in looking.tx.people()}
    whole = Behind(next(scopes(found, Random(1))))
    for line in pages(cases, CasesOf(whole), looking):
        one = found[line.folio]
        n = one.counts
        assert (line.at, line.person, line.problem) == (one.at, names[one.person], one.problem)
        assert (line.elapsed, line.standard, line.elapsed <= line.standard) == (n.elapsed, one.standard, n.on_time > 0)
        assert (line.given, line.remedy_cost, line.statutory) == (n.compensation, n.remedy_cost, n.statutory)
        assert (line.first_contact, line.exception) == (n.first_contact > 0, n.exceptions > 0)
        assert (line.satisfied is True) == (n.satisfied > 0)
        assert line.satisfied is False or not n.not_satisfied


def test_d1_named_cases_are_listed_whatever_the_period(desk: Desk, looking: Looking) -> None:
    found = counted(desk)
    wanted = tuple(sorted(found)[:9])
    nowhere = Scope(day_of(date(1999, 1, 1)))
    lines = pages(cases, CasesOf(Behind(nowhere, folios=wanted)), looking)
    assert [line.folio for line in lines] == sorted(wanted, key=lambda folio: (found[folio].at, folio), reverse=True)


def test_d1_a_case_knows_its_neighbours_in_the_list_it_was_opened_from(desk: Desk, looking: Looking) -> None:
    found = counted(desk)
    for behind in (Behind(next(scopes(found, Random(1))), which) for which in ("cases", "late", "broken")):
        folios = expected(found, behind)
        for before, folio, after in zip(["", *folios], folios, [*folios[1:], ""], strict=False):
            answer = case(CaseOf(folio, behind), looking)
            assert isinstance(answer, Case)
            assert (answer.before, answer.after) == (before, after)


def test_e1_every_case_is_whole_and_proved(desk: Desk, looking: Looking) -> None:
    by_case: dict[str, list[f.Entry]] = {}
    for entry in desk.entries():
        by_case.setdefault(entry.case, []).append(entry)
    del by_case[""]
    for folio, entries in by_case.items():
        answer = case(CaseOf(folio), looking)
        assert isinstance(answer, Case)
        assert answer.proof.is_intact
        assert (answer.proof.first, answer.proof.last) == (entries[0].seq, entries[-1].seq)
        assert list(answer.entries) == entries
        assert {who for who, _ in answer.people} >= {entry.actor for entry in entries}
        assert answer.file.policy is policy()


def roots(desk: Desk) -> dict[str, str]:
    into: dict[str, str] = {}
    for entry in desk.entries():
        if isinstance(entry.fact, f.CustomersMerged):
            into[entry.fact.merged] = entry.fact.customer
        elif isinstance(entry.fact, f.MergeUndone):
            del into[entry.fact.merged]
    cards = [e.fact.customer for e in desk.entries() if isinstance(e.fact, f.CustomerRegistered)]

    def root(card: str) -> str:
        return root(into[card]) if card in into else card

    return {card: root(card) for card in cards}


@pytest.mark.parametrize("threshold", [1, 2, 7, MOST_COMPLAINTS])
@pytest.mark.parametrize("days", [3, 30, 4000])
def test_d3_who_may_be_lost_is_listed_as_the_desk_would_say_it(
    desk: Desk, looking: Looking, threshold: int, days: int
) -> None:
    known = policy().retention
    assert known is not None
    told = replace(looking, policy=replace(policy(), risk_days=days, retention=replace(known, complaints=threshold)))
    lines = pages(risk, RiskOf(), told)
    since = desk.now - timedelta(days=days)
    root = roots(desk)
    wanted = {}
    for card in {*root.values()}:
        broken, unsatisfied = looking.tx.signs(card, since)
        complaints = looking.tx.complaints(card, since)
        reasons = risk_of(complaints=complaints, broken=broken, unsatisfied=unsatisfied, threshold=threshold)
        if reasons:
            wanted[card] = (complaints, reasons, looking.tx.retaining(card))
    assert {line.customer: (line.complaints, line.reasons, line.retaining) for line in lines} == wanted
    assert len(lines) == len(wanted) == risk(RiskOf(), told).total
    assert all(line.retaining == (line.call is not None) for line in lines)
    called = {
        root[state.customer] for state in states_of(desk.entries()) for u in state.follow_ups
        if u.purpose == "retain" and u.status in ("satisfied", "not_satisfied") and u.due_at >= since
    }  # fmt: skip
    assert {line.customer for line in lines if line.called} == called & wanted.keys()
    few, total = first_at_risk(told, 3)
    assert (list(few), total) == (lines[:3], len(lines))
    for line in lines:
        whole = looking.tx.customer(line.customer, now=desk.now, risk_days=days)
        assert whole is not None
        assert (line.name, line.last_at) == (whole.name, whole.last_at)


def test_d3_a_policy_may_not_count_further_than_is_kept() -> None:
    assert keys_of(RetentionTable)["complaints"].most == MOST_COMPLAINTS


def owed(states: list[CaseState], now: datetime) -> dict[str, tuple[datetime, str, str]]:
    """What is pending, by its reference: until when, of what kind, whose."""
    found: dict[str, tuple[datetime, str, str]] = {}
    for state in states:
        found |= {p.id: (p.due_at, "promise", p.owner) for p in state.promises if p.status == "pending"}
        found |= {u.id: (u.due_at, u.purpose, u.owner) for u in state.follow_ups if u.status == "pending"}
        found |= {x.id: (x.due_at, "area", x.owner) for x in state.requests if x.status == "pending"}
        wish = state.wish
        if wish is not None and wish.status == "pending":
            due_at = next((p.due_at for p in state.promises if p.id == wish.promise), state.opened_at)
            found[wish.id] = (due_at, "exception", SUPERVISION)
    return {key: told for key, told in found.items() if told[1] != "return" or told[0] < now}


def test_c4_whatever_is_owed_is_listed_the_earliest_first(desk: Desk, looking: Looking) -> None:
    waits = owed(states_of(desk.entries()), desk.now)
    names = {person.id: person.name for person in looking.tx.people()} | {SUPERVISION: ""}
    for owner in ("", "ana", "bruno", SUPERVISION):
        for kind in ("", *KINDS):
            for overdue in (False, True):
                lines = pages(due, DueOf(owner, overdue, kind), looking)
                wanted = [
                    (at, key) for key, (at, what, who) in waits.items()
                    if kind in ("", what) and owner in ("", who) and (not overdue or at < desk.now)
                ]  # fmt: skip
                assert [(line.item.due_at, line.item.id) for line in lines] == sorted(wanted)
                assert all(line.overdue == (line.item.due_at < desk.now) for line in lines)
                assert all(line.item.owner == names[line.owner] and not line.retired for line in lines)
    assert {what for _, what, _ in waits.values()} >= {"promise", "verify", "retain", "area", "exception", "return"}


def test_c4_a_promise_that_nobody_answered_is_overdue_for_supervision(desk: Desk, looking: Looking) -> None:
    late = pages(due, DueOf("", True, "promise"), looking)
    still = {
        p.id for x in states_of(desk.entries()) for p in x.promises if p.status == "pending" and p.due_at < desk.now
    }
    assert {line.item.id for line in late} == still
    assert still


def test_b3_what_each_budget_paid_adds_up_to_what_it_spent(desk: Desk, looking: Looking) -> None:
    funded = {(e.fact.person, e.fact.period) for e in desk.entries() if isinstance(e.fact, f.BudgetFunded)}
    given = {state.folio: sorted(g.amount.minor for g in state.delivered) for state in states_of(desk.entries())}
    listed: dict[str, list[int]] = {folio: [] for folio in given}
    for person, period in sorted(funded):
        lines = pages(spending, SpendingOf(person, period), looking)
        budget = spending(SpendingOf(person, period), looking).budget
        assert budget is not None
        assert sum(line.amount for line in lines) == budget.spent.minor
        assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
        for line in lines:
            listed[line.folio].append(line.amount)
    assert {folio: sorted(amounts) for folio, amounts in listed.items()} == given
    assert sum(map(len, listed.values())) > 10
    periods = {who: [period for person, period in sorted(funded) if person == who] for who in (RESERVE, "ana")}
    assert [pages(spending, SpendingOf(RESERVE, period), looking) for period in periods[RESERVE]] != [[]]
    assert [spending(SpendingOf(who), looking).period for who in periods] == [known[-1] for known in periods.values()]


def test_b4_every_exception_is_listed_with_who_answered_and_why(desk: Desk, looking: Looking) -> None:
    entries = desk.entries()
    first, last = zoned(entries[0].at), zoned(desk.now)
    asked = {e.fact.asked: e for e in entries if isinstance(e.fact, f.ExceptionAsked)}
    declined = {e.fact.asked: e for e in entries if isinstance(e.fact, f.ExceptionDeclined)}
    wishes = {x.wish.id: x.wish.status for x in states_of(entries) if x.wish}
    lines = pages(exceptions, ExceptionsOf(Scope(span(first, last))), looking)
    by_id = {line.id: line for line in lines}
    for key, entry in asked.items():
        line = by_id[key]
        assert isinstance(entry.fact, f.ExceptionAsked)
        assert (line.folio, line.at, line.reason) == (entry.case, entry.at, entry.fact.reason)
        assert (line.status == "declined") == (key in declined)
        if key in declined:
            said = declined[key]
            assert isinstance(said.fact, f.ExceptionDeclined)
            assert (line.answer, line.answered_at) == (said.fact.words, said.at)
        if key in wishes:
            assert line.status == {"pending": "waiting"}.get(wishes[key], wishes[key])
        assert bool(line.by) == (line.status != "waiting")
    at_desk = [line for line in lines if line.id not in asked]
    told = [e for e in entries if isinstance(e.fact, f.ExceptionAuthorised) and e.fact.by != e.actor]
    assert len(at_desk) <= len(told)
    assert {line.status for line in at_desk} <= {"granted"}, "what was authorised was given with it"
    paid = {x.folio for x in states_of(entries) if any(g.is_exception for g in x.delivered)}
    assert paid <= {line.folio for line in lines if line.status == "granted"}
    assert {"waiting", "granted", "declined"} == {line.status for line in lines}
    assert {line.over_cap > 0 for line in lines} == {True}
    for only in (Filter("ana"), Filter("", lines[0].problem), Filter("ana", lines[0].problem), Filter(branch="SUR")):
        some = pages(exceptions, ExceptionsOf(Scope(span(first, last), only)), looking)
        names = {"": None, "ana": "Ana"}
        assert some == [
            line for line in lines
            if only.branch == "" and names[only.person] in (None, line.person) and only.problem in ("", line.problem)
        ]  # fmt: skip


def test_f4_a_page_whose_rows_went_leads_back_to_what_is_left(looking: Looking) -> None:
    lines = pages(due, DueOf(), looking)
    after, before = (due(DueOf(cursor=Cursor(at, "", back=at == 0)), looking) for at in (10**15, 0))
    assert [line.item.id for line in after.lines] == [line.item.id for line in lines[-FEW:]]
    assert (after.after, before.before) == (None, None)
    assert [line.item.id for line in before.lines] == [line.item.id for line in lines[:FEW]]
