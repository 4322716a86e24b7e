"""What the driver raises becomes the store's own errors, once, with its cause (rules B3, E4)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.errors import (
    BudgetGuard,
    StoreBusy,
    StoreCorrupt,
    StoreFailed,
    StoreFull,
    StoreGuard,
    StoreReadOnly,
    StoreUnknown,
)
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import NOW, Branch, founded, mxn, tables


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Branch]:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    with founded(tmp_path / "mesa.db", "Rosa") as branch:
        branch.open()
        yield branch


NOTE = ("CEN-1001", f.NoteAdded("x"))


def test_e4_another_process_that_keeps_the_lock_is_told_as_busy(branch: Branch) -> None:
    other = driver.connect(branch.store.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy) as told:
        branch.append(NOTE)
    assert told.value.__cause__ is not None
    other.execute("ROLLBACK")
    branch.append(NOTE)
    other.close()


def test_e4_another_thread_that_keeps_the_writer_is_told_as_busy(branch: Branch) -> None:
    raised: list[BaseException] = []

    def try_it() -> None:
        try:
            branch.append(NOTE)
        except StoreBusy as error:
            raised.append(error)

    with branch.store.writing():
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join(timeout=30)
    assert len(raised) == 1
    branch.append(NOTE)


def test_e4_a_full_disk_loses_nothing_that_was_acknowledged(branch: Branch) -> None:
    with branch.store.write_transaction() as connection:
        pages = connection.core.exec_driver_sql("PRAGMA page_count").scalar()
        connection.core.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    before = tables(branch.store)
    with pytest.raises(StoreFull):
        branch.append(("", f.PolicyPublished(2, "x" * 200_000)))
    assert tables(branch.store) == before
    with branch.store.write_transaction() as connection:
        connection.core.exec_driver_sql("PRAGMA max_page_count=1000000")
    branch.append(("", f.PolicyPublished(2, "x" * 200_000)))
    assert verify(branch.store).sound


def failing_commit(branch: Branch, monkeypatch: pytest.MonkeyPatch, *, applied: bool) -> None:
    """Make the next commit fail, after it took effect or before."""
    writer = branch.store._writer
    commit = writer._commit

    def fail(connection: Any) -> None:
        monkeypatch.setattr(writer, "_commit", commit)
        if applied:
            commit(connection)
        raise driver.sqlite.OperationalError("disk I/O error")

    monkeypatch.setattr(writer, "_commit", fail)


@pytest.mark.parametrize("applied", [True, False])
def test_b3_after_a_commit_that_failed_only_the_command_tells(
    branch: Branch, monkeypatch: pytest.MonkeyPatch, applied: bool
) -> None:
    failing_commit(branch, monkeypatch, applied=applied)
    gift = ("CEN-1001", f.CompensationReserved("own", mxn(100), "ana", "2025-03"))
    with pytest.raises(StoreUnknown) as told:
        branch.append(gift, command="enter")
    assert "disk I/O error" in str(told.value)
    with branch.store.writing() as writing:
        found = writing.already("enter")
        assert len(found) == int(applied)
        if not found:
            writing.append(command="enter", actor="ana", policy=1, at=NOW, facts=[gift])
    with branch.store.reading() as now:
        budget = now.budget("ana")
        assert budget is not None
        assert budget[0].reserved == mxn(100)
    assert verify(branch.store).sound


def test_b3_a_reader_cannot_write(branch: Branch) -> None:
    with pytest.raises(StoreReadOnly), branch.store.read_transaction() as connection:
        connection.core.exec_driver_sql("DELETE FROM budget")


def test_b3_the_checks_of_the_budget_are_named(branch: Branch) -> None:
    with pytest.raises(BudgetGuard), branch.store.write_transaction() as connection:
        connection.core.exec_driver_sql("UPDATE budget SET reserved = funded + 1")
    with pytest.raises(StoreGuard), branch.store.write_transaction() as connection:
        connection.core.exec_driver_sql("DELETE FROM journal")


def test_e4_a_page_that_cannot_be_read_is_told_as_damage(branch: Branch) -> None:
    case = branch.standard()
    branch.store.close()
    raw = bytearray(branch.store.path.read_bytes())
    for page in range(4096, len(raw), 4096):
        raw[page : page + 64] = b"\xa5" * 64
    branch.store.path.write_bytes(raw)
    store = Store(branch.store.path)
    with pytest.raises(StoreCorrupt), store.reading() as now:
        now.entries(case)
    store.close()


def test_e4_a_setting_that_did_not_take_stops_the_store(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_WRITER", {"synchronous": 9})
    with pytest.raises(StoreFailed, match="synchronous"):
        Store.open(branch.store.path)
