"""Our own connections refuse what would take the guards away, even before the guards do (rule E1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mesa_recuperacion.store import driver
from mesa_recuperacion.store.errors import StoreGuard
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import Branch, founded, tables
from tests.contract.suite import a_varied_month
from tests.contract.test_journal_guards import COLUMNS, REFUSED


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa Núñez Peña", "55 1234 0078") as branch:
        branch.standard()
        yield branch


LET_THROUGH = [
    "DROP TRIGGER journal_no_update",
    "DROP TRIGGER IF EXISTS journal_no_delete",
    "DROP TABLE journal",
    "DROP INDEX journal_command",
    "CREATE TRIGGER other BEFORE INSERT ON journal BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER other BEFORE INSERT ON main.journal BEGIN SELECT raise(IGNORE); END",
    "CREATE TABLE other (x)",
    "CREATE UNIQUE INDEX other ON journal (stream, seq)",
    "ALTER TABLE journal RENAME TO other",
    "ALTER TABLE journal ADD COLUMN other TEXT",
    "ALTER TABLE journal RENAME COLUMN body TO other",
    "PRAGMA writable_schema=ON",
    "PRAGMA ignore_check_constraints=ON",
    "PRAGMA recursive_triggers=OFF",
    "PRAGMA schema_version=1",
]
"""What the database does for whoever may write the file."""

OF_A_FRESH_CONNECTION = ["PRAGMA synchronous=OFF", "PRAGMA journal_mode=off", "ATTACH DATABASE ':memory:' AS other"]
"""What it does outside a transaction only."""

ATTACKS = [
    *(statement for statement in REFUSED if "budget" not in statement),
    *LET_THROUGH,
    *OF_A_FRESH_CONNECTION,
]


@pytest.mark.parametrize("statement", ATTACKS)
def test_e1_our_own_connections_refuse_to_touch_what_was_written_for_good(branch: Branch, statement: str) -> None:
    before = tables(branch.store)

    def attack() -> None:
        with branch.store.write_transaction() as connection:
            connection.core.exec_driver_sql(statement)

    with pytest.raises(StoreGuard):
        attack()
    assert tables(branch.store) == before
    assert verify(branch.store).sound
    Store.open(branch.store.path).close()


@pytest.mark.parametrize("statement", LET_THROUGH)
def test_e1_control_a_connection_that_was_not_told_does_it(branch: Branch, statement: str) -> None:
    with closing(driver.connect(branch.store.path)) as connection:
        driver.prepare_writer(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement)
        connection.execute("ROLLBACK")


def test_e1_the_journal_has_no_key_but_its_own_to_be_replaced_by(branch: Branch) -> None:
    with branch.store.read_transaction() as connection:
        unique = [row[1] for row in connection.core.exec_driver_sql("PRAGMA index_list('journal')") if row[2]]
        assert unique == ["sqlite_autoindex_journal_1"]
    statement = f"REPLACE INTO journal SELECT {COLUMNS} FROM journal WHERE seq = 1"
    with pytest.raises(StoreGuard), branch.store.write_transaction() as writing:
        writing.core.exec_driver_sql(statement)


def test_e3_a_private_text_can_still_be_forgotten_and_projections_made_again(branch: Branch) -> None:
    a_varied_month(branch)
    with branch.store.write_transaction() as connection:
        assert connection.core.exec_driver_sql("DELETE FROM private_text WHERE customer = 'ivan'").rowcount > 0
    rebuild(branch.store)
    assert verify(branch.store).sound
