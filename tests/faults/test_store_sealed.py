"""What cannot or must not be written is read on, and nothing of ours changes it any more (rules E1, E4)."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.dialogue.keymap import STANDING
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.commands import AddNote, OpenCase
from mesa_recuperacion.store import connections, driver, start_check
from mesa_recuperacion.store.errors import (
    StoreCorrupt,
    StoreEmpty,
    StoreError,
    StoreNewer,
    StoreTouched,
    StoreUnknown,
    StoreUnsynced,
)
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.contract.branch import Branch, founded
from tests.desk import Desk
from tests.faults.bridged import until

NOTE = ("CEN-1001", f.NoteAdded("x"))


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa Núñez") as branch:
        branch.open()
        yield branch


def changed(path: Path, *statements: str) -> None:
    """Behind the program's back, by another SQLite, while nobody has it open."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rewrite(path: Path, seq: int) -> None:
    """Another text in a line of the journal, with the guards taken away meanwhile."""
    guard = "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT raise(ABORT, 'no'); END"
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_no_update'").fetchone()
    changed(
        path, "DROP TRIGGER journal_no_update", f"UPDATE journal SET actor = 'otra' WHERE seq = {seq}",
        kept[0] if kept else guard,
    )  # fmt: skip


def test_e4_a_newer_store_is_read_and_stays_as_it_is(tmp_path: Path) -> None:
    at = Desk(desk.branch(tmp_path)).sign_in().open_case("Marta Ruiz")
    at.close()
    changed(at.path, f"PRAGMA user_version = {driver.USER_VERSION + 1}")
    before = at.path.read_bytes()
    store = Store.open_or_read(at.path)
    assert isinstance(store.sealed, StoreNewer)
    with store.reading() as tx:
        assert tx.case_file("CEN-1001") is not None
    for _ in range(2):
        with pytest.raises(StoreNewer), store.writing():
            pytest.fail("it was written")
    store.close()
    again = Desk(at.path)
    again.say(f"1 {desk.ANA}")
    assert again.stage == "idle"
    assert again.port.standing == ("StoreNewer",)
    told = again.port.carry_out(a.Do(AddNote("CEN-1001", "x")))
    assert isinstance(told, d.Broken)
    assert told.what == "StoreNewer"
    assert isinstance(again.port.carry_out(a.LoadCase("CEN-1001")), d.Loaded)
    again.close()
    assert at.path.read_bytes() == before


def test_e4_what_cannot_even_be_read_is_refused_as_before(tmp_path: Path) -> None:
    (tmp_path / "mesa.db").write_bytes(b"")
    with pytest.raises(StoreEmpty):
        Store.open_or_read(tmp_path / "mesa.db")
    assert (tmp_path / "mesa.db").read_bytes() == b""


def test_e4_with_the_first_sign_of_damage_nothing_more_is_written_also_at_the_end(branch: Branch) -> None:
    path = branch.store.path
    branch.append(NOTE)
    assert path.with_name("mesa.db-wal").stat().st_size > 0 or driver.journal_mode() == "truncate"
    before, log = path.read_bytes(), path.with_name("mesa.db-wal")
    logged = log.read_bytes() if log.exists() else b""
    with pytest.raises(StoreCorrupt), branch.store.read_transaction():
        raise StoreCorrupt("a page")
    for _ in range(2):
        with pytest.raises(StoreCorrupt):
            branch.append(NOTE)
    with branch.store.reading() as tx:
        assert tx.case_file("CEN-1001") is not None
    branch.store.close()
    assert path.read_bytes() == before
    assert (log.read_bytes() if log.exists() else b"") == logged


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell which files are open")
def test_e4_a_reader_that_was_at_work_when_the_store_was_sealed_lets_go_with_it(tmp_path: Path) -> None:
    path = desk.branch(tmp_path)
    store = Store.open(path)
    gc.disable()  # what is let go of is let go of at once, and not when somebody tidies up
    try:
        with store.read_transaction():
            store.seal(StoreCorrupt("damaged"))
        store.close()
        left = [file.readlink() for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
    finally:
        gc.enable()
    assert [file for file in left if file.is_relative_to(tmp_path)] == []


def test_e1_the_look_at_the_start_names_the_line_and_seals(branch: Branch) -> None:
    for _ in range(30):
        branch.append(NOTE)
    assert start_check.check(branch.store) is None
    branch.store.close()
    rewrite(branch.store.path, 20)
    store = Store.open(branch.store.path)
    found = start_check.check(store)
    assert isinstance(found, StoreTouched)
    assert found.line == "CEN-1 20"
    assert store.sealed is found
    with pytest.raises(StoreTouched), store.writing():
        pytest.fail("it was written")
    store.close()


@pytest.mark.parametrize("size", [1, 2, 7, 500])
@pytest.mark.parametrize("seq", [1, 7, 8, 14, 15, 33, 34])
def test_e1_it_finds_a_line_on_whichever_page(
    branch: Branch, monkeypatch: pytest.MonkeyPatch, size: int, seq: int
) -> None:
    monkeypatch.setattr(start_check, "PAGE", size)
    monkeypatch.setattr(start_check, "REST", 0.0)
    with branch.store.reading() as tx:
        missing = 34 - tx.head()[1]
    for _ in range(missing):
        branch.append(NOTE)
    assert start_check.check(branch.store) is None
    branch.store.close()
    rewrite(branch.store.path, seq)
    store = Store.open(branch.store.path)
    found = start_check.check(store)
    assert isinstance(found, StoreTouched)
    assert found.line == f"CEN-1 {seq}"
    store.close()


def test_e1_the_screen_says_which_line_and_works_on_to_read(tmp_path: Path) -> None:
    at = Desk(desk.branch(tmp_path)).sign_in().open_case("Marta Ruiz")
    at.close()
    rewrite(at.path, 3)
    again = Desk(at.path)
    again.port.warm()
    until(lambda: bool(again.port.standing))
    assert again.port.standing == ("StoreTouched:CEN-1:3",)
    again.press(" ".join((STANDING, *again.port.standing)))
    assert "line CEN-1 3 is not what was written" in again.screen()
    again.say(f"1 {desk.ANA}")
    assert again.stage == "idle"
    assert "Reading only" in again.screen()
    again.say("1")  # the case that was left half done
    assert again.stage == "apologise"
    again.enter()
    assert "damaged: nothing more is written" in again.said
    again.press("f3")
    assert again.stage == "idle"
    again.press("f3")
    assert again.stage == "login"
    again.close()


def failing(monkeypatch: pytest.MonkeyPatch, store: Store, times: int, *, applied: bool) -> None:
    """Commits that the disk does not confirm: so many, whether they took effect or not."""
    writer = store._writer
    commit, left = writer._commit, [times]

    def fail(connection: Any) -> None:
        if not left[0]:
            return commit(connection)
        left[0] -= 1
        if applied:
            commit(connection)
        error = driver.sqlite.OperationalError("disk I/O error")
        error.sqlite_errorcode = 10
        raise error

    monkeypatch.setattr(writer, "_commit", fail)


@pytest.mark.parametrize("applied", [True, False])
def test_e4_after_a_commit_that_was_not_confirmed_the_log_is_settled_before_anything_else(
    branch: Branch, monkeypatch: pytest.MonkeyPatch, applied: bool
) -> None:
    settled: list[bool] = []
    settle = connections.settle_log
    monkeypatch.setattr("mesa_recuperacion.store.store.settle_log", lambda e: (settled.append(True), settle(e)))
    failing(monkeypatch, branch.store, 1, applied=applied)
    with pytest.raises(StoreUnknown) as told:
        branch.append(NOTE, command="once")
    assert isinstance(told.value.reason, StoreUnsynced)
    assert isinstance(branch.store.sealed, StoreUnsynced)
    assert settled == []
    with branch.store.writing() as writing:
        assert bool(writing.already("once")) == applied
    assert settled == [True]
    assert branch.store.sealed is None
    assert verify(branch.store).sound


@pytest.mark.parametrize("applied", [True, False])
@pytest.mark.parametrize("times", [1, 2])
def test_b3_a_disk_that_does_not_confirm_once_or_twice_is_not_felt_and_nothing_is_done_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, applied: bool
) -> None:
    at = Desk(desk.branch(tmp_path)).sign_in()
    store = at.port._opening._store
    assert store is not None
    failing(monkeypatch, store, times, applied=applied)
    at.open_case("Marta Ruiz")
    at.close()
    assert len(desk.facts(at.path, f.CaseOpened)) == 1


def test_e4_a_disk_that_never_confirms_is_said_and_whatever_it_says_then_is_not_relied_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Desk(desk.branch(tmp_path)).sign_in()
    store = at.port._opening._store
    assert store is not None
    failing(monkeypatch, store, 1000, applied=False)
    told = at.port.carry_out(a.Do(OpenCase(at.now, name="Marta Ruiz")))
    assert isinstance(told, d.Broken)
    assert told.what == "StoreUnknown"  # neither done nor not done: it can be looked up by nobody yet
    assert at.port.standing == ("StoreUnsynced",)
    assert isinstance(at.port.carry_out(a.LoadDay()), d.DayLoaded)
    at.close()


def test_e2_to_read_needs_the_pin_as_well(tmp_path: Path) -> None:
    path = desk.branch(tmp_path)
    changed(path, f"PRAGMA user_version = {driver.USER_VERSION + 1}")
    at = Desk(path)
    told = [at.port.carry_out(a.Enter(1, "111111")) for _ in range(6)]
    assert all(isinstance(one, d.Refused) for one in told)
    assert isinstance(at.port.carry_out(a.Enter(1, desk.ANA)), d.Refused)  # too many by now
    assert isinstance(at.port.carry_out(a.Enter(2, desk.BRUNO)), d.Entered)
    at.close()


def test_e4_a_checkpoint_that_stopped_half_way_is_no_damage(branch: Branch) -> None:
    """The first page says how long the file is going to be before it is: all of it is in the log."""
    if driver.journal_mode() != "wal":
        pytest.skip("there is no log here")
    path = branch.store.path
    with branch.store.reading():
        for _ in range(40):
            branch.append(NOTE)
    with branch.store.reading() as tx:
        lines = tx.head()[1]
    log = path.with_name("mesa.db-wal").read_bytes()
    branch.store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 3 * 4096])
    path.with_name("mesa.db-wal").write_bytes(log)
    store = Store.open(path)
    with store.reading() as tx:
        assert tx.head()[1] == lines
    assert verify(store).sound
    store.close()
    path.write_bytes(whole[: len(whole) - 3 * 4096])  # and without the log it is
    with pytest.raises(StoreError):
        Store.open_or_read(path)
