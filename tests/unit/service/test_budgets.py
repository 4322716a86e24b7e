"""B2, B3: a supervisor adds to a budget of the running period or takes from it, and it is never overspent by that."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import MAX_MINOR, Money
from mesa_recuperacion.domain.review.budgets import BudgetLine, Budgets, BudgetsOf, Changes, ChangesOf
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.verify import verify
from tests.desk import branch, facts
from tests.unit.service.conftest import Site

WEEK = timedelta(days=7)


def mxn(minor: int) -> Money:
    return Money(minor, "MXN")


@pytest.fixture
def carla(site: Site) -> DeskService:
    return site.desk(3)


def looking(site: Site, number: int = 3) -> ReviewService:
    return ReviewService(site.store, site.policies, site.clock, site.person(number))


def seen(site: Site) -> Budgets:
    answer = looking(site).look(BudgetsOf())
    assert isinstance(answer, Budgets)
    return answer


def line(site: Site, who: str) -> BudgetLine:
    answer = seen(site)
    return next(x for x in (*answer.lines, answer.reserve) if x.person == who)


def figures(site: Site, who: str) -> tuple[int, int, int, int, int]:
    found = line(site, who)
    view = found.budget
    return view.funded.minor, view.reserved.minor, view.spent.minor, view.left.minor, found.added.minor


def reserve_of(site: Site, number: int, amount: int) -> str:
    """A case in which somebody has reserved an own amount."""
    desk = site.desk(number)
    case = site.open(desk)
    site.do(desk, c.SayStep(case, "apologise"), c.IdentifyProblem(case, "missing_product"),
            c.GrantCompensation(case, "own", mxn(amount)))  # fmt: skip
    return case


def test_b2_an_agent_has_more_or_less_at_once(site: Site, carla: DeskService) -> None:
    ana = site.person(1).id
    reserve_of(site, 1, 10_000)
    assert figures(site, ana) == (50_000, 10_000, 0, 40_000, 0)
    site.do(carla, c.AdjustBudget(ana, mxn(30_000), " por la  feria "))
    assert figures(site, ana) == (80_000, 10_000, 0, 70_000, 30_000)
    assert site.desk(1).day().budget.left == mxn(70_000)
    site.do(carla, c.AdjustBudget(ana, mxn(-70_000), "cierre"))
    assert figures(site, ana) == (10_000, 10_000, 0, 0, -40_000)
    made = facts(site.path, f.BudgetAdjusted)
    assert [(x.person, x.amount.minor, x.reason) for x in made] == [  # type: ignore[attr-defined]
        (ana, 30_000, "por la feria"), (ana, -70_000, "cierre"),
    ]  # fmt: skip


def test_b4_the_reserve_is_changed_like_any_budget(site: Site, carla: DeskService) -> None:
    before = figures(site, RESERVE)[0]
    site.do(carla, c.AdjustBudget(RESERVE, mxn(-before), "a otra sucursal"))
    assert figures(site, RESERVE) == (0, 0, 0, 0, -before)


def test_b3_never_less_than_what_is_spent_and_reserved(site: Site, carla: DeskService) -> None:
    ana = site.person(1).id
    reserve_of(site, 1, 10_000)
    before = facts(site.path)
    asked = c.AdjustBudget(ana, mxn(-40_001), "cierre")
    assert carla.execute(asked, "x") == r.BudgetInUse(mxn(40_001), mxn(40_000))
    assert facts(site.path) == before


@pytest.mark.parametrize(
    ("amount", "reason", "expected"),
    [
        (mxn(0), "feria", r.AmountMissing()),
        (mxn(100), " \x00", r.TextMissing("change")),
        (Money(100, "USD"), "feria", r.OtherCurrency("MXN")),
        (mxn(MAX_MINOR), "feria", r.BudgetTooLarge()),
    ],
)
def test_b7_a_change_is_an_amount_of_this_branch_with_a_reason(
    site: Site, carla: DeskService, amount: Money, reason: str, expected: r.Refusal
) -> None:
    before = facts(site.path)
    assert carla.execute(c.AdjustBudget(site.person(1).id, amount, reason), "x") == expected
    assert facts(site.path) == before


def test_b2_nobody_adds_to_their_own_and_nobody_to_a_strangers(site: Site, carla: DeskService) -> None:
    assert carla.execute(c.AdjustBudget(site.person(3).id, mxn(100), "feria"), "x") == r.NotYourself()
    assert carla.execute(c.AdjustBudget("nobody", mxn(100), "feria"), "x") == r.NobodyThere()
    site.do(carla, c.AdjustBudget(site.person(3).id, mxn(-100), "cierre"))
    site.do(carla, c.RetirePerson(site.person(2).id))
    assert carla.execute(c.AdjustBudget(site.person(2).id, mxn(100), "feria"), "y") == r.NobodyThere()


def test_b3_a_change_that_is_sent_twice_is_made_once(site: Site, carla: DeskService) -> None:
    ana = site.person(1).id
    for _ in range(2):
        assert isinstance(carla.execute(c.AdjustBudget(ana, mxn(30_000), "feria"), "same"), Executed)
    assert figures(site, ana)[0] == 80_000


def test_b3_a_change_is_taken_back_once_by_another_line(site: Site, carla: DeskService) -> None:
    ana = site.person(1).id
    site.do(carla, c.AdjustBudget(ana, mxn(30_000), "feria"))
    last = seen(site).last
    assert last is not None
    site.do(carla, c.UndoAdjustment(ana, last.id))
    assert figures(site, ana) == (50_000, 0, 0, 50_000, 0)
    assert seen(site).last is None
    for command in (c.UndoAdjustment(ana, last.id), c.UndoAdjustment(ana, "never")):
        assert carla.execute(command, "again") == r.AdjustmentGone()
    (undoing,) = (x for x in changes(site) if x.undoes)
    assert carla.execute(c.UndoAdjustment(ana, undoing.id), "again") == r.AdjustmentGone()
    assert [(x.amount.minor, x.undone, x.reason) for x in changes(site)] == [
        (-30_000, False, "feria"), (30_000, True, "feria"),
    ]  # fmt: skip


def changes(site: Site):  # type: ignore[no-untyped-def]
    answer = looking(site).look(ChangesOf())
    assert isinstance(answer, Changes)
    return answer.lines


def test_b3_what_was_spent_meanwhile_cannot_be_taken_back(site: Site, carla: DeskService) -> None:
    ana = site.person(1).id
    site.do(carla, c.AdjustBudget(ana, mxn(-45_000), "cierre"), c.AdjustBudget(ana, mxn(5_000), "feria"))
    last = seen(site).last
    assert last is not None
    reserve_of(site, 1, 10_000)
    assert carla.execute(c.UndoAdjustment(ana, last.id), "x") == r.BudgetInUse(mxn(5_000), mxn(0))


def test_b3_what_another_supervisor_changed_is_theirs_to_take_back(site: Site, carla: DeskService) -> None:
    made = site.people.add("Delia Mora", "supervisor", "938271", by=site.person(3))
    assert isinstance(made, Person)
    site.do(carla, c.AdjustBudget(site.person(1).id, mxn(30_000), "feria"))
    answer = looking(site, 4).look(BudgetsOf())
    assert isinstance(answer, Budgets)
    assert answer.last is None


def test_b2_at_the_border_of_a_period_everybody_shows_what_they_will_have(site: Site, carla: DeskService) -> None:
    ana, bruno = site.person(1).id, site.person(2).id
    reserve_of(site, 1, 10_000)
    site.do(carla, c.AdjustBudget(ana, mxn(30_000), "feria"))
    assert (line(site, ana).begun, line(site, bruno).begun) == (True, False)
    assert figures(site, bruno) == (50_000, 0, 0, 50_000, 0)
    before, last = seen(site), seen(site).last
    assert last is not None
    site.clock.advance((before.ends_at - site.clock.now()).total_seconds() - 1)
    assert line(site, ana).begun
    site.clock.advance(1)
    after = seen(site)
    assert after.period != before.period
    assert after.last is None
    assert changes(site) == ()
    assert not line(site, ana).begun
    assert figures(site, ana) == (50_000, 0, 0, 50_000, 0)
    assert len(facts(site.path, f.BudgetFunded)) == 1, "looking funds nobody"
    assert carla.execute(c.UndoAdjustment(ana, last.id), "late") == r.AdjustmentGone()
    site.do(carla, c.AdjustBudget(ana, mxn(-50_000), "vacaciones"))
    assert figures(site, ana) == (0, 0, 0, 0, -50_000)
    assert line(site, ana).begun


def test_b2_who_left_is_listed_while_something_of_theirs_is_spent(site: Site, carla: DeskService) -> None:
    ana, bruno = site.person(1), site.person(2)
    case = reserve_of(site, 1, 10_000)
    site.do(site.desk(1), c.ScheduleFollowUp(case), c.CloseCase(case, True))
    site.clock.advance(60)
    site.do(carla, c.RetirePerson(ana.id), c.RetirePerson(bruno.id))
    assert [(x.name, x.retired) for x in seen(site).lines] == [("Ana Torres", True), ("Carla Vega", False)]


# ---------------------------------------------------------------------------------------------------------- property

MOVES = st.one_of(
    st.tuples(st.just("adjust"), st.sampled_from((1, 2, 0)), st.integers(-60_000, 60_000)),
    st.tuples(st.just("reserve"), st.sampled_from((1, 2)), st.integers(1, 15_000)),
    st.tuples(st.just("close"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("undo close"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("undo"), st.just(0), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from((5, 86_400, 7 * 86_400)), st.just(0)),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MOVES, min_size=4, max_size=14))
def test_b3_no_order_of_changing_spending_and_undoing_overspends(moves: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        site = Site(branch(Path(folder) / "branch"))
        carla, fresh, cases = site.desk(3), count(1), []
        for what, number, amount in moves:
            before = {x.person: figures(site, x.person) for x in (*seen(site).lines, seen(site).reserve)}
            if what == "adjust":
                who = RESERVE if number == 0 else site.person(number).id
                done = carla.execute(c.AdjustBudget(who, mxn(amount), "feria"), f"turn-{next(fresh)}")
                room = before[who][3] + amount >= 0 and amount != 0
                assert isinstance(done, Executed) == room
                if room:
                    assert figures(site, who)[0] == before[who][0] + amount
                else:
                    assert figures(site, who) == before[who]
            elif what == "reserve":
                desk = site.desk(number)
                case = site.open(desk)
                cases.append((desk, case))
                site.do(desk, c.IdentifyProblem(case, "missing_product"))
                done = desk.execute(c.GrantCompensation(case, "own", mxn(amount)), f"turn-{next(fresh)}")
                assert isinstance(done, Executed) == (amount <= before[site.person(number).id][3])
            elif what in ("close", "undo close") and cases:
                desk, case = cases[number % len(cases)]
                asked = c.CloseCase(case, True) if what == "close" else c.UndoLast(case, "close")
                desk.execute(asked, f"turn-{next(fresh)}")
            elif what == "undo" and (last := seen(site).last) is not None:
                carla.execute(c.UndoAdjustment(last.person, last.id), f"turn-{next(fresh)}")
            elif what == "wait":
                site.clock.advance(number)
            for x in (*seen(site).lines, seen(site).reserve):
                view = x.budget
                assert min(view.reserved.minor, view.spent.minor, view.left.minor) >= 0
                assert view.funded.minor == view.reserved.minor + view.spent.minor + view.left.minor
        assert verify(site.store).sound
        rows = {x.person: figures(site, x.person) for x in (*seen(site).lines, seen(site).reserve)}
        rebuild(site.store)
        assert {x.person: figures(site, x.person) for x in (*seen(site).lines, seen(site).reserve)} == rows
        site.store.close()
