"""The SQLite store: the contract in each of its journal modes and with each driver, and what is its own."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store import cards, driver, finding, owed, reading, team
from mesa_recuperacion.store.columns import Base
from mesa_recuperacion.store.lines import case_entries
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.store import Store
from tests.contract.branch import NOW, Branch, founded
from tests.contract.desk_suite import DeskContract
from tests.contract.forget_suite import ForgetContract
from tests.contract.suite import StoreContract
from tests.statements import noted, plan


class SqliteContract(StoreContract, DeskContract, ForgetContract):
    """The contract on a file of its own."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = Store.create(tmp_path / "mesa ñ %41?#.db")
        yield store
        store.close()


class TestSqlite(SqliteContract):
    """As installed."""


class TestStandardLibrary(SqliteContract):
    """With the standard library's driver, whose SQLite may have no safe write-ahead log."""

    @pytest.fixture(autouse=True)
    def _driver(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(driver, "sqlite", sqlite3)
        monkeypatch.setattr(driver, "wal_is_safe", lambda version: False)

    def test_e4_without_a_safe_log_the_journal_is_truncated(self, store: Store) -> None:
        with store.write_transaction() as connection:
            assert connection.core.exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa Núñez Peña", "55 1234 0078") as branch:
        yield branch


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 0), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_e4_the_log_is_only_used_where_its_defect_is_fixed(version: tuple[int, ...], safe: bool) -> None:
    assert driver.wal_is_safe(version) is safe


def test_e4_every_connection_is_durable_and_guarded(branch: Branch) -> None:
    with branch.store.write_transaction() as connection:
        got = {
            name: connection.core.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema",
                         "secure_delete", "cell_size_check")
        }  # fmt: skip
    assert got == {
        "journal_mode": driver.journal_mode(), "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1,
        "trusted_schema": 0, "secure_delete": 1, "cell_size_check": 1,
    }  # fmt: skip


def test_e2_the_file_and_its_side_files_are_their_owners_only(branch: Branch) -> None:
    branch.open()
    for file in branch.store.path.parent.iterdir():
        if file.name.startswith("mesa.db"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert [file.name for file in branch.store.path.parent.glob(".*")] == []


def test_e1_every_table_is_strict(branch: Branch) -> None:
    with branch.store.read_transaction() as connection:
        created = connection.core.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    assert len(created) == len(Base.metadata.tables)
    assert [name for name, sql in created if "STRICT" not in sql] == []


def hot_queries() -> dict[str, Select[Any] | Prepared]:
    return {
        "agenda": owed.AGENDA,
        "open cases": owed.OPEN_CASES,
        "day": reading.DAY,
        "history": cards.history(5).of(1),
        "complaints": cards.SINCE.of(1),
        "history of two cards": cards.history(5).of(2),
        "signs of two cards": cards.SINCE.of(2),
        "problems": cards.PROBLEMS.of(2),
        "the same problem": cards.alike_in(8).of(2),
        "merged cards": cards.MERGED_INTO.of(2),
        "to be retained": cards.RETAIN.of(1),
        "same telephone": cards.PHONE_CARDS,
        "late areas": owed.LATE,
        "offers": owed.OFFERS,
        "answers": team.ANSWERS,
        "praise": team.THANKED,
        "thanks not read": team.THANKS,
        "adopted": team.ADOPTED_OF,
        "one word": finding.matching(1),
        "three words": finding.matching(3),
    }


@pytest.mark.parametrize("name", sorted(hot_queries()))
def test_f4_what_is_asked_at_every_key_is_answered_from_an_index(branch: Branch, name: str) -> None:
    with branch.store.read_transaction() as connection:
        found = plan(connection, hot_queries()[name])
    assert any(line.startswith("SEARCH") for line in found), found
    assert not any(line.startswith("SCAN") for line in found), found


@pytest.mark.parametrize("words", [1, 2, 3])
def test_f4_what_a_customer_is_found_by_says_all_that_is_asked_at_each_key(branch: Branch, words: int) -> None:
    """One stretch of the file, and no card: those lie anywhere in it."""
    with branch.store.read_transaction() as connection:
        found = plan(connection, finding.matching(words))
    assert found == ["SEARCH customer_word USING PRIMARY KEY (place=? AND word>? AND word<?)"]


def test_f4_only_what_waits_for_an_answer_is_looked_at(branch: Branch) -> None:
    """All of an index that holds nothing but the suggestions that wait."""
    with branch.store.read_transaction() as connection:
        found = plan(connection, team.WAITING)
    assert found[0] == "SCAN suggestion USING INDEX suggestion_waiting"


def test_f4_writing_a_decision_and_reading_its_case_scan_nothing(branch: Branch) -> None:
    """Every statement of a whole case, as the driver got it, explained."""
    said: list[tuple[str, Any]] = []
    with noted(lambda *statement: said.append(statement)):
        _a_whole_case(branch)
    big = ("journal", "private_text", "customer", "customer_word", "case_file", "agenda", "case_total", "spread_total",
           "choice_total", "area_total", "case_choice", "gesture_count",
           "suggestion", "praise")  # fmt: skip
    explained = 0
    with branch.store.read_transaction() as connection:
        for statement, parameters in said:
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                explained += 1
                for row in connection.core.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                    scanned = row[3].split()[1] if row[3].startswith("SCAN") else ""
                    assert scanned not in big, (row[3], statement)
    assert explained > 100


def _a_whole_case(branch: Branch) -> None:
    branch.customer("rosy", "Rosy Peña")
    branch.append(("", f.CustomersMerged("rosa", "rosy")))
    case = branch.standard()
    branch.append((case, f.AreaAsked("x", "almacen", "", NOW, "ana")), (case, f.HandOverOffered("eva", "asked")))
    branch.append(("", f.SuggestionMade("s", "ana", "x")), ("", f.PraiseGiven("p", "ana", "", "x")))
    branch.append(("", f.SuggestionAnswered("s", "try", "")), ("", f.NewsRead("ana", "p")))
    with branch.store.reading() as now:
        now.already("command-3")
        now.card("rosy")
        now.customer_file("rosy", now=NOW, risk_days=9)
        now.problems("rosy", NOW)
        now.alike("rosy", "damaged", NOW, 8)
        now.signs("rosy", NOW)
        now.retaining("rosy")
        now.late_areas(NOW + timedelta(days=1))
        now.offers("eva")
        now.news("ana")
        now.praise("ana", NOW)
        now.unread("ana", "s")
        now.suggestion("s")
        now.acknowledged("ana")
        now.case_file(case, now=NOW, risk_days=9)
        now.budget("ana")
        now.usual("damaged")
        now.customer("rosa", now=NOW, risk_days=9)
        now.find_customers("rosa nun", now=NOW, risk_days=9)
        now.agenda("ana", NOW)
        now.open_cases("ana")
        now.head()
        now.records(3, 10)
    with branch.store.read_transaction() as connection:
        assert len(case_entries(connection, case, before=10**6)) == 12
