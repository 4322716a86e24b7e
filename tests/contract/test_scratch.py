"""Proving folds the journal again elsewhere: what is made for that is on disk, nobody else's, and gone (E1, E3)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.store import driver
from mesa_recuperacion.store.errors import StoreFull
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import Branch, founded


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa Núñez Peña") as made:
        made.standard()
        yield made


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made, by a SQLite that would keep them in memory."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(driver, "_in_memory", lambda connection: True)
    return folder


def file_of(connection: Any) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def test_e3_what_is_made_to_prove_is_a_file_that_nobody_else_can_open(temporary: Path) -> None:
    with closing(driver.scratch()) as scratch:
        if os.name == "posix":  # elsewhere an open file keeps its name: SQLite deletes its own
            assert file_of(scratch).startswith(f"{temporary}/mesa-")
        assert list(temporary.iterdir()) == []
        scratch.execute("CREATE TABLE kept (words TEXT)")
        scratch.execute("BEGIN")
        scratch.executemany("INSERT INTO kept VALUES (?)", (("Rosa" * 250,) for _ in range(40_000)))
        assert scratch.execute("SELECT count(*) FROM kept").fetchone() == (40_000,)
        assert list(temporary.iterdir()) == []


def test_e1_where_no_file_can_be_made_it_is_in_memory(
    branch: Branch, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(temporary / "missing"))
    monkeypatch.setattr(driver, "_TEMPORARY", ())
    with closing(driver.scratch()) as scratch:
        assert file_of(scratch) == ""
    assert verify(branch.store).sound


def test_e1_a_disk_that_is_full_is_no_fault_of_the_journal(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    made = driver.scratch

    def small() -> Any:
        scratch = made()
        scratch.execute("PRAGMA max_page_count = 80")
        return scratch

    monkeypatch.setattr(driver, "scratch", small)
    with pytest.raises(StoreFull):
        verify(branch.store)
    monkeypatch.setattr(driver, "scratch", made)
    assert verify(branch.store).sound
