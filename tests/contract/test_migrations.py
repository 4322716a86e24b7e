"""A store of every version is brought to this one, whole or not at all (rules E1, E4)."""

from __future__ import annotations

import hashlib
import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.people import People
from mesa_recuperacion.store import before, driver
from mesa_recuperacion.store import migrate as migrating
from mesa_recuperacion.store.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFailed,
    StoreFull,
    StoreNewer,
    StoreOlder,
    StoreUnknown,
)
from mesa_recuperacion.store.migrate import FOLDED_AS_NOW, STEPS, migrate
from mesa_recuperacion.store.quick import glance
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import Branch, tables
from tests.contract.test_journal_guards import REFUSED
from tests.old_stores import FOLDER, NUMBER, OLDER, PIN, VERSIONS, old_store

Rows = dict[str, list[dict[str, Any]]]

KEPT = ("journal", "private_text", "credential", "draft")
"""What every version has kept."""

ADDED = {"locked_steady_ms": None, "locked_boot": "", "seed": ""}
"""What is kept in the columns of later versions."""


@pytest.fixture(params=OLDER, ids="v{}".format)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A store of each earlier version."""
    (tmp_path / "data").mkdir()
    return old_store(request.param, tmp_path / "data" / "mesa.db")


@pytest.fixture(scope="module")
def brought_once(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A store of each earlier version, brought to this one."""
    folder = tmp_path_factory.mktemp("brought")
    stores = {version: old_store(version, folder / f"{version}.db") for version in OLDER}
    for path in stores.values():
        migrate(path)
    return stores


@pytest.fixture(params=OLDER, ids="v{}".format)
def brought(request: pytest.FixtureRequest, tmp_path: Path, brought_once: dict[int, Path]) -> Path:
    """One of them, to do with it what one likes."""
    return Path(shutil.copy(brought_once[request.param], tmp_path / "mesa.db"))


def rows_of(path: Path) -> Rows:
    """Every row of every table, by the names of its columns."""
    with closing(driver.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: Rows = {}
        for name in names:
            cursor = connection.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            found[name] = sorted((dict(zip(columns, row, strict=True)) for row in cursor), key=repr)
        return found


def version_in(path: Path) -> int:
    with closing(driver.connect(path, mode="ro")) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def change(path: Path, *statements: str) -> None:
    """By the program's own SQLite: two libraries in one process do not see each other's locks."""
    with closing(driver.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)


def everything(folder: Path) -> dict[str, str]:
    return {found.name: hashlib.sha256(found.read_bytes()).hexdigest() for found in sorted(folder.iterdir())}


def test_e4_a_store_of_every_version_is_kept(tmp_path: Path) -> None:
    assert {found.name for found in FOLDER.glob("*.gz")} == {f"v{version}.db.gz" for version in VERSIONS}
    assert [version_in(old_store(version, tmp_path / f"{version}.db")) for version in VERSIONS] == list(VERSIONS)
    assert sorted(STEPS) == list(VERSIONS[1:])


def test_e4_the_store_that_is_kept_of_this_version_opens_as_it_is(tmp_path: Path) -> None:
    """Whoever changes a table without a new version, and the step that leads to it, is told here."""
    path = old_store(driver.USER_VERSION, tmp_path / "mesa.db")
    with closing(Store.open(path)) as store:
        kept = schema_of(path)
        assert verify(store).sound
    with closing(Store.create(tmp_path / "new.db")):
        assert kept == schema_of(tmp_path / "new.db")


def test_e1_what_was_kept_is_all_there_and_what_is_folded_follows_from_it(older: Path) -> None:
    was = rows_of(older)
    with pytest.raises(StoreOlder):
        Store.open(older)
    copy = migrate(older)
    now = rows_of(older)
    for name in KEPT:
        assert len(now[name]) == len(was[name]) > 0
        for row, before_it in zip(now[name], was[name], strict=True):
            assert row == {column: ADDED.get(column) for column in row} | before_it
    assert [row["person"] for row in now["draft"]] == [was["draft"][0]["person"]]
    with closing(Store.open(older)) as store:
        verdict = verify(store)
        assert (verdict.sound, verdict.lines) == (True, len(was["journal"]))
        folded = tables(store)
        assert rebuild(store) == verdict.lines
        assert tables(store) == folded
    assert copy is not None


def test_d1_figures_that_both_versions_fold_are_the_same(older: Path) -> None:
    """Whoever had the old screen open reads the same money, cases and people on the new one."""
    was = rows_of(older)
    migrate(older)
    now = rows_of(older)
    read_as = {row["id"]: row["merged_into"] or row["id"] for row in now["customer"]}
    was["customer_word"] = [row | {"customer": read_as[row["customer"]]} for row in was["customer_word"]]
    compared = 0
    for name in ("station", "person", "policy_version", "budget", "customer_word", "gesture_count", "case_file"):
        shared = was[name][0].keys() & now[name][0].keys()
        assert _only(shared, now[name]) == _only(shared, was[name]), name
        compared += len(was[name])
    assert compared > 100


def test_a3_whoever_was_found_is_told_with_when_they_complained_last(older: Path) -> None:
    was = rows_of(older)
    migrate(older)
    now = rows_of(older)
    read_as = {row["id"]: row["merged_into"] or row["id"] for row in now["customer"]}
    last: dict[str, int] = {}
    for row in now["customer"]:
        if row["last_at_ms"] is not None:
            who = read_as[row["id"]]
            last[who] = max(last.get(who, 0), row["last_at_ms"])
    found = {read_as[row["customer"]] for row in was["customer_word"]}
    assert {row["customer"]: row["last_at_ms"] for row in now["customer_word"]} == {who: last.get(who) for who in found}
    assert len(last) > 10


def _only(columns: Any, rows: list[dict[str, Any]]) -> list[str]:
    return sorted(repr(sorted((name, row[name]) for name in columns)) for row in rows)


def test_e4_the_copy_of_before_is_whole_private_and_of_the_old_version(older: Path) -> None:
    was, version = rows_of(older), version_in(older)
    copy = migrate(older)
    assert copy is not None
    assert sorted(found.name for found in older.parent.iterdir()) == ["mesa.db", copy.name]
    assert copy.name.startswith(f"mesa.db.before-v{driver.USER_VERSION}-")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (rows_of(copy), version_in(copy)) == (was, version)


def test_e2_pins_still_open_the_door_and_wrong_attempts_still_count(brought: Path) -> None:
    ids = iter(range(1000))
    with closing(Store.open(brought)) as store:
        now = FixedClock(datetime(2025, 3, 5, 18, 0, tzinfo=UTC))
        person = People(store, now, lambda: f"new-{next(ids)}", Argon2()).enter(NUMBER, PIN)
        assert isinstance(person, Person)
        assert verify(store).sound
        failures = {row[0]: row[2] for row in tables(store)["credential"]}
    assert sorted(failures.values())[-1] == 2


def test_e4_a_store_that_was_brought_here_goes_on(brought: Path) -> None:
    with closing(Store.open(brought)) as store:
        branch = Branch(store, "later")
        branch.customer("later", "Luz Vega")
        branch.standard("later", gesture=1_00)
        assert verify(store).sound
    assert glance(brought).station is not None


# The schema


def schema_of(path: Path) -> dict[str, str]:
    """What each table, index and guard was made with, whatever its spacing."""
    with closing(driver.connect(path, mode="ro")) as connection:
        rows = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: "".join(sql.split()) for name, sql in rows}


def test_e1_tables_indexes_and_guards_are_those_of_a_new_store(brought: Path, tmp_path: Path) -> None:
    Store.create(tmp_path / "new.db").close()
    assert schema_of(brought) == schema_of(tmp_path / "new.db")


@pytest.mark.parametrize("statement", REFUSED)
def test_e1_the_guards_refuse_what_they_refuse_in_a_new_store(brought_once: dict[int, Path], statement: str) -> None:
    for path in brought_once.values():
        with closing(driver.connect(path)) as intruder:
            with pytest.raises(driver.sqlite.IntegrityError):
                intruder.execute(statement)
            assert intruder.total_changes == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE credential SET failures = -1",
        "UPDATE credential SET locked_steady_ms = 'mañana'",
        "UPDATE credential SET locked_boot = NULL",
        "UPDATE draft SET seed = NULL",
        "UPDATE draft SET started_at_ms = 'ayer'",
        "INSERT INTO handed_out VALUES ('x', 'y', 'z')",
        "INSERT INTO moment VALUES ('x', 'y', 0, '')",
    ],
)
def test_e4_what_was_added_is_as_strict_as_in_a_new_store(brought_once: dict[int, Path], statement: str) -> None:
    for path in brought_once.values():
        with closing(driver.connect(path)) as intruder, pytest.raises(driver.sqlite.IntegrityError):
            intruder.execute(statement)


# Nothing to do, and nothing that may be done


def test_e4_a_store_of_this_version_is_left_alone(tmp_path: Path) -> None:
    path = old_store(driver.USER_VERSION, tmp_path / "mesa.db")
    was = rows_of(path)
    assert migrate(path) is None
    assert rows_of(path) == was
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["mesa.db"]


def a_later_version(path: Path) -> None:
    change(path, f"PRAGMA user_version = {driver.USER_VERSION + 1}")


def without_a_guard(path: Path) -> None:
    change(path, "DROP TRIGGER journal_no_delete")


def with_a_guard_that_guards_nothing(path: Path) -> None:
    change(path, "DROP TRIGGER journal_no_delete",
           "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT 1; END")  # fmt: skip


def with_a_line_that_cannot_be_read(path: Path) -> None:
    with closing(driver.connect(path)) as connection:
        ((guard,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_no_update'").fetchall()
    change(path, "DROP TRIGGER journal_no_update", "UPDATE journal SET body = '{}' WHERE seq = 40", guard)


def with_a_line_that_cannot_have_happened(path: Path) -> None:
    with closing(driver.connect(path)) as connection:
        ((guard,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_no_update'").fetchall()
    change(path, "DROP TRIGGER journal_no_update",
           "UPDATE journal SET case_id = 'CEN-9999' WHERE kind = 'case.closed'", guard)  # fmt: skip


def with_a_torn_page(path: Path) -> None:
    with path.open("r+b") as raw:
        raw.seek(path.stat().st_size - 3 * 4096)
        raw.write(b"\xa5" * 4096)


HARMS = [
    (a_later_version, StoreNewer),
    (without_a_guard, StoreCorrupt),
    (with_a_guard_that_guards_nothing, StoreCorrupt),
    (with_a_torn_page, StoreCorrupt),
]
HARMS_TO_LINES = [
    (with_a_line_that_cannot_be_read, StoreFailed),
    (with_a_line_that_cannot_have_happened, StoreFailed),
]
"""Found where the lines are folded again."""


@pytest.mark.parametrize(
    ("version", "harm", "expected"),
    [(version, *harm) for version in OLDER[-2:] for harm in HARMS]
    + [(FOLDED_AS_NOW - 1, *harm) for harm in HARMS_TO_LINES],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_e4_what_cannot_be_brought_here_stays_as_it_was(
    tmp_path: Path, version: int, harm: Callable[[Path], None], expected: type[StoreError]
) -> None:
    (tmp_path / "data").mkdir()
    older = old_store(version, tmp_path / "data" / "mesa.db")
    harm(older)
    was = everything(older.parent)
    with pytest.raises(expected):
        migrate(older)
    assert everything(older.parent) == was


def test_e4_an_interruption_leaves_it_as_it_was(older: Path) -> None:
    was = everything(older.parent)

    def interrupted(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(older, lambda step: interrupted)
    assert everything(older.parent) == was
    assert migrate(older) is not None


def test_f4_no_table_is_dropped_that_is_full(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite would hold it all in memory: half a gigabyte of a branch with a million cases."""
    connect, told = driver.connect, []

    def traced(path: Path, **how: Any) -> Any:
        connection = connect(path, **how)
        connection.set_trace_callback(told.append)
        return connection

    monkeypatch.setattr(driver, "connect", traced)
    migrate(older)
    dropped = [(n, said.split()[-1]) for n, said in enumerate(told) if said.startswith("DROP TABLE")]
    assert dropped
    for n, name in dropped:
        assert f"DELETE FROM {name}" in told[:n]


@pytest.mark.parametrize("room", [0, 10, 40])
def test_e4_a_full_disk_leaves_it_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """So many pages are free, of some eighty that are needed."""
    (tmp_path / "data").mkdir()
    older = old_store(1, tmp_path / "data" / "mesa.db")
    was, connect = everything(older.parent), driver.connect

    def small(path: Path, **how: Any) -> Any:
        connection = connect(path, **how)
        if path == older:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + room}")
        return connection

    monkeypatch.setattr(driver, "connect", small)
    with pytest.raises(StoreFull):
        migrate(older)
    monkeypatch.undo()
    assert everything(older.parent) == was
    assert migrate(older) is not None


def test_e4_a_disk_that_is_full_before_the_copy_is_made(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    was, connect = everything(older.parent), driver.connect

    def small(path: Path, **how: Any) -> Any:
        connection = connect(path, **how)
        if path != older:
            connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(driver, "connect", small)
    with pytest.raises(StoreFull):
        migrate(older)
    monkeypatch.undo()
    assert everything(older.parent) == was


def test_e4_what_was_left_by_somebody_who_was_killed_while_copying_is_cleared(older: Path) -> None:
    for name in (".mesa.db.before.part", ".mesa.db.before.part-journal"):
        (older.parent / name).write_bytes(b"half")
    copy = migrate(older)
    assert copy is not None
    assert sorted(found.name for found in older.parent.iterdir()) == ["mesa.db", copy.name]


def test_e4_two_copies_of_one_second_are_two_files(older: Path, tmp_path: Path) -> None:
    first, second = before.copy_before(older), before.copy_before(older)
    assert first != second
    assert rows_of(first) == rows_of(second) == rows_of(older)


class Doubtful:
    """A driver's connection whose commit fails, whether it was ``made`` or not."""

    def __init__(self, connection: Any, made: bool) -> None:
        self._connection, self._made = connection, made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        if self._made:
            self._connection.commit()
        raise driver.sqlite.OperationalError("disk I/O error")


@pytest.mark.parametrize("made", [True, False])
def test_e4_a_commit_in_doubt_is_looked_up(older: Path, monkeypatch: pytest.MonkeyPatch, made: bool) -> None:
    was = everything(older.parent)
    climb = migrating._climb

    def doubtful(connection: Any, *rest: Any) -> None:
        climb(connection, *rest)
        connection.driver = Doubtful(connection.driver, made)

    monkeypatch.setattr(migrating, "_climb", doubtful)
    if made:
        copy = migrate(older)
        assert copy is not None
        assert version_in(older) == driver.USER_VERSION
    else:
        with pytest.raises(StoreFailed) as told:
            migrate(older)
        assert not isinstance(told.value, StoreUnknown)
        assert everything(older.parent) == was


# Who has it open meanwhile


def test_e4_a_window_of_an_earlier_version_writes_nothing_more(brought: Path) -> None:
    """The window has this version, and the store is brought to the next: it writes nothing by the rules of before."""
    with closing(Store.open(brought)) as store:
        branch = Branch(store, "window")
        branch.customer("vega", "Luz Vega")
        change(brought, f"PRAGMA user_version = {driver.USER_VERSION + 1}")
        was = rows_of(brought)
        with pytest.raises(StoreNewer):
            branch.customer("later", "Luz Vega")
        with pytest.raises(StoreNewer), store.reading() as now:
            now.people()
        assert rows_of(brought) == was


def test_e4_a_reader_that_stays_sees_the_old_moment_to_its_end(older: Path) -> None:
    if driver.journal_mode() != "wal":
        pytest.skip("this SQLite has no safe write-ahead log: here a reader makes the writer wait")
    with closing(driver.connect(older)) as reader:
        reader.execute("BEGIN")
        before_it = reader.execute("SELECT count(*) FROM case_file").fetchone()
        assert migrate(older) is not None
        assert reader.execute("SELECT count(*) FROM case_file").fetchone() == before_it
        reader.execute("COMMIT")
        assert reader.execute("PRAGMA user_version").fetchone()[0] == driver.USER_VERSION


def test_e4_a_version_that_is_only_in_the_log_is_recognised(older: Path) -> None:
    """A reader that stays keeps the log from being brought into the file; its header still says the old version."""
    if driver.journal_mode() != "wal":
        pytest.skip("this SQLite has no safe write-ahead log")
    with closing(driver.connect(older)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM case_file").fetchone()
        migrate(older)
        with closing(driver.connect(older, mode="ro", immutable=True)) as header:
            assert header.execute("PRAGMA user_version").fetchone()[0] < driver.USER_VERSION
        recognise(older)
        assert glance(older).station is not None
        with closing(Store.open(older)) as store:
            assert verify(store).sound
        reader.execute("COMMIT")


def test_e4_whoever_waits_is_told_and_finds_it_done(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "_ROUND", 0.01)
    told = []
    with closing(driver.connect(older)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute(f"PRAGMA user_version = {driver.USER_VERSION}")

        def waits() -> None:
            told.append(1)
            if len(told) == 3:
                other.execute("COMMIT")

        assert migrate(older, waits=waits) is None
    assert len(told) == 3


def test_e4_patience_has_an_end(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "_ROUND", 0.01)
    monkeypatch.setattr(migrating, "PATIENCE", 0.05)
    was = everything(older.parent)
    with closing(driver.connect(older)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            migrate(older)
        other.execute("ROLLBACK")
    assert everything(older.parent) == was
