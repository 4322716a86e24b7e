"""The invented branch: lawful, repeatable, and as an agent would find it in the morning."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mesa_recuperacion.demo.languages import texts
from mesa_recuperacion.demo.prepare import CASES, pins, prepare
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.policy import Policy, Span
from mesa_recuperacion.domain.text import NAME_LENGTH, PHONE_LENGTH, clean, display_phone
from mesa_recuperacion.i18n.words import LANGUAGES, Words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.load import read_policy
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.people import People
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.errors import StoreExists
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.unit.demo.conftest import HOURS, NOW, day_of, rows

TODAYS = 28
"""Calls of today's own list: seventeen with a part to play, eleven of this morning."""

# ------------------------------------------------------------------------------------------------------------ lawful


def test_e1_the_journal_of_the_demonstration_verifies(branch: Store) -> None:
    verdict = verify(branch)
    assert verdict.faults == ()
    assert verdict.lines > 10 * CASES


def test_e1_the_journal_follows_the_clock_and_ends_before_now(branch: Store) -> None:
    instants = [at for (at,) in rows(branch, "SELECT at_ms FROM journal ORDER BY seq")]
    assert instants == sorted(instants)  # type: ignore[type-var]
    assert instants[-1] <= NOW.timestamp() * 1000  # type: ignore[operator]


def test_b3_no_budget_was_overspent_and_every_period_was_funded_once(branch: Store) -> None:
    budgets = rows(branch, "SELECT funded, reserved, spent, person, period FROM budget")
    assert len(budgets) > 20
    assert all(funded >= reserved + spent and spent >= 0 for funded, reserved, spent, *_ in budgets)  # type: ignore[operator]
    assert len({row[3:] for row in budgets}) == len(budgets)


def test_b2_nobody_got_more_than_the_cap_and_some_gestures_were_declined_with_a_reason(branch: Store) -> None:
    authorised = "SELECT case_id FROM journal WHERE kind = 'exception.authorised'"
    given = rows(branch, f"SELECT given FROM case_file WHERE folio NOT IN ({authorised})")
    assert max(minor or 0 for (minor,) in given) <= 15000  # type: ignore[type-var, operator]
    declined = rows(branch, "SELECT count(*) FROM journal WHERE kind = 'compensation.declined'")
    assert 0 < declined[0][0] < CASES  # type: ignore[operator]


def test_e2_everybody_enters_with_the_pin_that_is_told(branch: Store) -> None:
    people = People(branch, FixedClock(NOW), lambda: "x" * 20, Argon2())
    told = pins("es")
    with branch.reading() as tx:
        named = {person.number: person for person in tx.people()}
    assert [named[number].name for number, _ in told] == ["Ana Torres", "Bruno Díaz", "Carla Vega", "Delia Solís"]
    assert [named[number].role for number, _ in told] == ["agent", "agent", "supervisor", "agent"]
    for number, pin in told:
        assert unfit(pin) is None
        with branch.reading() as tx:
            stored = tx.credential(named[number].id)
        assert stored is not None
        assert people.hasher.verify(stored, pin)


# -------------------------------------------------------------------------------------------------------- repeatable


def content(path: Path) -> list[str]:
    """Everything that is kept but what must never repeat: salts, seals, the chain over them, and hashes of PINs."""
    kept = []
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in sorted(set(tables) - {"journal", "private_text", "credential"}):
            kept += [f"{table} {row}" for row in sorted(map(repr, connection.execute(f"SELECT * FROM {table}")))]
        texts_kept = "SELECT stream, seq, field, customer, value FROM private_text ORDER BY seq, field"
        kept += map(repr, connection.execute(texts_kept))
        columns = "stream, seq, at_ms, kind, version, actor, policy, command, case_id, body"
        for *line, body in connection.execute(f"SELECT {columns} FROM journal ORDER BY seq"):
            members = json.loads(body)
            plain = {k: v for k, v in members.items() if not (isinstance(v, dict) and "seal" in v)}
            kept.append(f"{line} {plain}")
    return kept


def test_the_same_seed_and_instant_make_the_same_branch(tmp_path: Path, quick: Argon2) -> None:
    made = []
    for name, seed in (("one.db", 7), ("same.db", 7), ("other.db", 8)):
        prepare(tmp_path / name, now=NOW, seed=seed, cases=40, hasher=quick)
        made.append(content(tmp_path / name))
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_a_branch_that_is_there_is_left_alone(tmp_path: Path, quick: Argon2) -> None:
    (tmp_path / "mesa.db").write_bytes(b"mine")
    with pytest.raises(StoreExists):
        prepare(tmp_path / "mesa.db", now=NOW, hasher=quick)
    assert (tmp_path / "mesa.db").read_bytes() == b"mine"


@pytest.mark.parametrize(("cases", "made"), [(1, TODAYS), (TODAYS, TODAYS), (TODAYS + 1, TODAYS + 1), (700, 700)])
def test_as_many_cases_as_were_asked_for_and_never_fewer_than_todays(
    cases: int, made: int, tmp_path: Path, quick: Argon2
) -> None:
    told: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> None:
        told.append((done, total))

    assert prepare(tmp_path / "mesa.db", now=NOW, cases=cases, hasher=quick, progress=listen).cases == made
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


# ---------------------------------------------------------------------------------------------------------- the morning


def test_the_first_agent_finds_what_is_due_today(branch: Store) -> None:
    day = day_of(branch, 1)
    due = {(item.customer, item.kind): (item.due_at - NOW).total_seconds() / 60 for item in day.agenda}
    assert -28 < due["Julián Peña", "promise"] < -26
    assert 18 <= due["Rosa Medina", "verify"] < 19
    assert 100 < due["Óscar Núñez", "promise"] < 120
    assert 300 < due["Elena Salas", "verify"] < 330
    assert 100 < due["Lucía Prado", "area"] < 120
    assert {name for name, _ in due} == {"Julián Peña", "Rosa Medina", "Óscar Núñez", "Elena Salas", "Lucía Prado"}


def test_two_cases_are_parked_where_they_were_left(branch: Store) -> None:
    parked = {item.customer: (item.step, (NOW - item.since).seconds // 60) for item in day_of(branch, 1).open}
    assert parked == {"Iván Soto": ("promise", 22), "Lucía Prado": ("solve", 6)}


def test_nobody_else_was_left_in_the_middle(branch: Store) -> None:
    statuses = rows(branch, "SELECT status, count(*) FROM case_file GROUP BY status")
    assert dict(statuses) == {"closed": CASES - 4, "parked": 4}  # type: ignore[arg-type]
    assert {item.customer for item in day_of(branch, 2).open} == {"Hugo Beltrán", "Teresa Luna"}
    assert day_of(branch, 3).open == ()


def test_the_budget_of_the_week_leaves_something_to_give(branch: Store) -> None:
    budget = day_of(branch, 1).budget
    assert budget.left.minor > budget.funded.minor // 2
    assert budget.spent.minor > 0


def test_d3_two_customers_of_one_name_one_of_them_with_two_complaints(branch: Store) -> None:
    with branch.reading() as tx:
        soto, robles = tx.find_customers("marta r", now=NOW, risk_days=90)
    assert (soto.name, soto.recent, soto.complaints) == ("Marta Ruiz Soto", 2, 2)
    assert soto.last_at is not None
    assert NOW - soto.last_at < timedelta(days=30)
    assert {line.problem for line in soto.history} == {"missing_product", "billing_error"}
    assert all(line.satisfied for line in soto.history)
    assert (robles.name, robles.complaints) == ("Marta Robles", 0)


def test_the_months_before_are_plausible(branch: Store) -> None:
    ((cases, on_time, first),) = rows(
        branch, "SELECT sum(cases), sum(on_time), sum(first_contact) FROM case_total WHERE grain = 'd'"
    )
    assert 0.75 < on_time / cases < 0.97  # type: ignore[operator]
    assert 0.75 < first / cases < 0.99  # type: ignore[operator]
    problems = rows(
        branch, "SELECT problem, sum(cases) FROM case_total WHERE grain = 'm' GROUP BY problem ORDER BY 2 DESC"
    )
    assert problems[0][0] == "missing_product"
    assert len(problems) == 9
    kept = {status for (status,) in rows(branch, "SELECT DISTINCT status FROM agenda")}
    assert {"kept", "late", "broken", "satisfied", "not_satisfied", "no_answer", "pending"} <= kept
    assert rows(branch, "SELECT count(*) FROM customer WHERE complaints > 1")[0][0] > 8  # type: ignore[operator]
    assert rows(branch, "SELECT max(complaints) FROM customer")[0][0] <= 6  # type: ignore[operator]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("now", HOURS, ids=str)
def test_at_any_hour_the_branch_is_open_and_something_is_due(
    now: datetime, language: str, tmp_path: Path, quick: Argon2
) -> None:
    prepare(tmp_path / "mesa.db", now=now, seed=now.day, cases=30, language=language, hasher=quick)
    store = Store.open(tmp_path / "mesa.db")
    try:
        with store.reading() as tx:
            policy = Policies(Words(language)).in_force(tx, NOW)
        day = day_of(store, 1, now)
        assert policy.hours.is_open(now)
        assert {item.kind for item in day.agenda} == {"promise", "verify", "area"}
        assert any(item.due_at < now for item in day.agenda)
        assert any(now < item.due_at < now + timedelta(minutes=20) for item in day.agenda)
        assert (len(day.open), len(day.offered), day.news) == (2, 1, ())
        waiting = day_of(store, 3, now)
        assert sorted(item.kind for item in waiting.agenda) == ["area", "exception", "retain", "verify"]
        assert len(waiting.suggestions) == 2
        assert verify(store).sound
    finally:
        store.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_d7_the_policy_is_the_shipped_one_but_for_its_title_and_what_is_new_in_it(
    language: str, tmp_path: Path, quick: Argon2
) -> None:
    shipped, told = read_policy(default_policy_text(language), source="shipped", words=Words(language)), texts(language)
    assert isinstance(shipped, Policy)
    prepare(tmp_path / "mesa.db", now=NOW, cases=1, language=language, hasher=quick)
    store, policies = Store.open(tmp_path / "mesa.db"), Policies(Words(language))
    try:
        with store.reading() as tx:
            first, second = policies.version(tx, 1), policies.in_force(tx, NOW)
    finally:
        store.close()
    zone = replace(shipped.hours, zone=ZoneInfo(told.zone))
    assert second == replace(shipped, version=2, title=told.business, hours=zone, news=(told.news,))
    assert first == replace(second, version=1, news=(), park_return=Span(30, "m"))


# ------------------------------------------------------------------------------------------------------------- texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_f5_what_invented_people_are_called_and_say_is_fit_to_keep(language: str) -> None:
    told = texts(language)
    policy = read_policy(default_policy_text(language), source=language, words=Words(language))
    assert isinstance(policy, Policy)
    assert set(told.notes) == {problem.code for problem in policy.problems}
    assert set(told.asked) == set(told.answers) == {area.code for area in policy.areas}
    assert all(text and clean(text) == text for text in told.said())
    assert all(clean(name, NAME_LENGTH) == name for name in (*told.firsts, *told.lasts))
    assert len(set(told.firsts)) == len(told.firsts)
    assert len(set(told.lasts)) == len(told.lasts)
    assert ZoneInfo(told.zone)
    known = told.known()
    assert len({one.name for one in known}) == len(known)
    assert all(display_phone(clean(one.phone, PHONE_LENGTH)) for one in known)
    for one in known:
        problem = policy.problem(one.problem)
        assert problem is not None or not one.problem
        assert not one.remedy or one.remedy in {remedy.code for remedy in (problem.remedies if problem else ())}


def test_the_invented_days_end_before_today_begins() -> None:
    from mesa_recuperacion.demo.history import first_day

    assert first_day(date(2026, 3, 11), 300) == date(2025, 11, 11)
    assert first_day(date(2026, 3, 11), 100_000) < date(2021, 1, 1)
