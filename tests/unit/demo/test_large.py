"""A branch of any size: told from the histories of a small one, and as lawful, exact and repeatable as that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from mesa_recuperacion.demo import prepare as module
from mesa_recuperacion.demo.history import first_day
from mesa_recuperacion.demo.languages import texts
from mesa_recuperacion.demo.large import BUSY, colleagues, teams
from mesa_recuperacion.demo.names import Customers
from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.demo.telling import later
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.i18n.words import LANGUAGES, Words
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.heard import Stopped
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import tables
from tests.unit.demo.conftest import HOURS, NOW, day_of, rows
from tests.unit.demo.test_prepare import content

CASES = 700
STOCK = 220


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way in which large branches are made, with small ones."""
    shrink(monkeypatch)


def shrink(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(module, "SMALL", 300)
    patch.setattr(module, "STOCK", STOCK)


@pytest.fixture(scope="module", params=LANGUAGES)
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, quick: Argon2) -> Iterator[Store]:
    """A branch with two teams, on days some of which are before the clocks were changed in New York."""
    path = tmp_path_factory.mktemp("large") / "mesa.db"
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        patch.setattr(module, "teams", lambda cases, days: 2)
        prepare(path, now=NOW, cases=CASES, language=request.param, hasher=quick)
    store = Store.open(path)
    yield store
    store.close()


# ------------------------------------------------------------------------------------------------------------ lawful


def test_e1_the_journal_of_a_large_branch_verifies_and_leads_to_the_same_tables(large: Store) -> None:
    assert verify(large).faults == ()
    before = tables(large)
    rebuild(large)
    assert tables(large) == before


def test_e1_its_lines_follow_the_clock_and_end_before_now(large: Store) -> None:
    instants = [at for (at,) in rows(large, "SELECT at_ms FROM journal ORDER BY seq")]
    assert instants == sorted(instants)  # type: ignore[type-var]
    assert instants[-1] <= NOW.timestamp() * 1000  # type: ignore[operator]


def test_there_are_exactly_as_many_cases_as_were_asked_for(large: Store) -> None:
    assert rows(large, "SELECT count(*), count(DISTINCT folio) FROM case_file") == [(CASES, CASES)]
    assert rows(large, "SELECT cases FROM station") == [(CASES,)]
    week = "strftime('%Y-%W', opened_at_ms / 1000, 'unixepoch')"
    weeks = sorted(int(str(n)) for (n,) in rows(large, f"SELECT count(*) FROM case_file GROUP BY {week}"))
    assert weeks[-1] <= 2 * weeks[len(weeks) // 2]


def test_b3_no_budget_of_anybody_is_overspent_and_each_is_funded_once(large: Store) -> None:
    budgets = rows(large, "SELECT funded, reserved, spent, person, period FROM budget")
    assert all(funded >= reserved + spent and spent >= 0 for funded, reserved, spent, *_ in budgets)  # type: ignore[operator]
    assert len({row[3:] for row in budgets}) == len(budgets)
    agents = {person for *_, person, _ in budgets} - {"reserve"}
    assert len(agents) >= 6
    funded = rows(large, "SELECT count(*) FROM journal WHERE kind = 'budget.funded'")
    assert funded == [(len(budgets),)]


def test_c3_everybody_calls_while_the_branch_is_open_whatever_its_clocks_did_since(large: Store) -> None:
    with large.reading() as tx:
        policy = Policies(Words("en")).in_force(tx, NOW)
    opened = [
        datetime.fromtimestamp(int(str(at)) / 1000, UTC) for (at,) in rows(large, "SELECT opened_at_ms FROM case_file")
    ]
    assert all(policy.hours.is_open(at) for at in opened)
    zone = policy.hours.zone
    if zone.key == "America/New_York":
        assert len({at.astimezone(zone).utcoffset() for at in opened}) == 2


def test_nobody_is_in_two_calls_at_once(large: Store) -> None:
    calls = rows(
        large,
        "SELECT first.actor, first.at_ms, min(closed.at_ms), customer.name FROM journal AS first "
        "JOIN journal AS closed ON closed.case_id = first.case_id AND closed.kind = 'case.closed' "
        "JOIN case_file ON folio = first.case_id JOIN customer ON customer.id = customer "
        "WHERE first.kind = 'case.opened' "
        "AND folio NOT IN (SELECT case_id FROM journal WHERE kind IN ('hand_over.accepted', 'case.parked')) "
        "GROUP BY first.case_id ORDER BY 1, 2",
    )
    parts = {one.name for language in LANGUAGES for one in texts(language).known()}
    ordinary = [call for call in calls if call[3] not in parts]
    assert len(ordinary) > CASES // 2
    for (who, _, end, _), (other, begin, _, _) in pairwise(ordinary):
        assert who != other or end <= begin  # type: ignore[operator]


def test_a3_customers_have_names_and_telephones_of_their_own(large: Store) -> None:
    query = "SELECT count(*), count(DISTINCT phone), sum(name = '' OR phone = ''), max(zone) FROM customer, station"
    ((cards, phones, nameless, zone),) = rows(large, query)
    assert int(str(cards)) > CASES * 0.8
    assert nameless == 0
    if zone == "America/Mexico_City":  # where there are enough of them
        assert int(str(phones)) == int(str(cards)) - 2  # a son has his mother's, and somebody has two cards


def test_todays_list_is_that_of_the_small_branch(large: Store) -> None:
    assert {item.kind for item in day_of(large, 1).agenda} == {"promise", "verify", "area"}
    assert len(day_of(large, 1).open) == 2
    waiting = rows(large, "SELECT count(*) FROM agenda WHERE status = 'pending'")
    assert waiting[0][0] < 120  # type: ignore[operator]


def test_d7_everybody_reads_the_policy_on_the_first_day_and_comes_in_every_day(large: Store) -> None:
    ((agents,),) = rows(large, "SELECT count(*) FROM person WHERE role = 'agent'")
    first_version = "kind = 'policy.acknowledged' AND body ->> '$.number' = 1"
    read = rows(large, f"SELECT count(DISTINCT actor), max(at_ms) FROM journal WHERE {first_version}")
    assert read[0][0] == agents + 1  # type: ignore[operator]
    ((first,),) = rows(large, "SELECT min(at_ms) FROM journal WHERE kind = 'case.opened'")
    assert read[0][1] < first  # type: ignore[operator]


@pytest.mark.parametrize("now", HOURS, ids=str)
def test_b3_at_any_hour_a_large_branch_is_made_and_sound(now: datetime, tmp_path: Path, quick: Argon2) -> None:
    prepare(tmp_path / "mesa.db", now=now, seed=now.day, cases=350, hasher=quick)
    store = Store.open(tmp_path / "mesa.db")
    assert verify(store).sound
    assert rows(store, "SELECT count(*) FROM case_file") == [(350,)]
    store.close()


# --------------------------------------------------------------------------------------------- repeatable, or not there


def test_the_same_seed_makes_the_same_large_branch(tmp_path: Path, quick: Argon2) -> None:
    made = []
    for name, seed in (("one.db", 7), ("same.db", 7), ("other.db", 8)):
        prepare(tmp_path / name, now=NOW, seed=seed, cases=400, hasher=quick)
        made.append(content(tmp_path / name))
    assert made[0] == made[1]
    assert made[0] != made[2]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one.db", "other.db", "same.db"]


@pytest.mark.parametrize("after", [5, 60, 99])
def test_whoever_asks_it_to_end_is_heard_and_nothing_else_is_left(after: int, tmp_path: Path, quick: Argon2) -> None:
    def listen(done: int, total: int) -> None:
        if done * 100 >= after * total:
            raise Stopped

    with pytest.raises(Stopped):
        prepare(tmp_path / "mesa.db", now=NOW, cases=400, hasher=quick, progress=listen)
    assert {file.name for file in tmp_path.iterdir()} <= {"mesa.db"}


# ------------------------------------------------------------------------------------------------------- of any size


def test_the_largest_branch_is_ten_years_old_and_its_agents_have_time_to_breathe() -> None:
    today = date(2026, 3, 11)
    for cases in (3_001, 100_000, 1_000_000, 10_000_000):
        days = (today - first_day(today, cases)).days
        assert days <= 3_653
        assert cases / (days * 6 / 7) / (3 * teams(cases, days)) <= BUSY
    assert teams(3_001, 120) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_e2_colleagues_have_names_of_their_own_and_fit_pins(language: str) -> None:
    told = texts(language)
    more = colleagues(told, Random(3), 8)
    assert len(more) == 24
    assert len({one.name for one in (*told.workers, *more)}) == len(told.workers) + 24
    assert all(unfit(one.pin) is None and one.role == "agent" and not one.left for one in more)


def test_no_name_and_no_telephone_comes_twice_before_all_of_them_came_once() -> None:
    told = texts("es")
    customers = Customers(told, Random(5), set())
    made = [customers.next() for _ in range(50_000)]
    assert len({one.phone for one in made}) == len({one.name for one in made}) == 50_000


@pytest.mark.parametrize("weeks", [1, 26, 53, 520])
def test_b3_a_period_told_later_is_that_of_the_later_week(weeks: int) -> None:
    zone = ZoneInfo("America/Mexico_City")
    year, week, _ = (date(2026, 3, 11) - timedelta(weeks=weeks)).isocalendar()
    assert later("2026-W11", timedelta(weeks=-weeks), zone) == f"{year}-W{week:02}"


def test_b4_what_the_reserve_has_not_is_a_no(tmp_path: Path, quick: Argon2, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = module.policy_text
    monkeypatch.setattr(module, "policy_text", lambda *told: whole(*told).replace("reserve = 2000 ", "reserve = 1 "))
    prepare(tmp_path / "mesa.db", now=NOW, cases=300, hasher=quick)
    with closing(sqlite3.connect(tmp_path / "mesa.db")) as base:
        said = dict(base.execute("SELECT status, count(*) FROM exception_asked GROUP BY 1"))
    assert set(said) == {"declined", "waiting"}
