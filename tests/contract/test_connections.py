"""Connections are kept for the next transaction, and let go of when they should be; SQLAlchemy is a guest in them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from mesa_recuperacion.store import driver, made, schema
from mesa_recuperacion.store.connections import Connection, Connections, begin_reading
from mesa_recuperacion.store.errors import StoreBusy, StoreFailed, StoreUnknown
from mesa_recuperacion.store.migrate import migrate
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.tables import moment
from tests.old_stores import VERSIONS, old_store

ROW = "INSERT INTO moment VALUES ('CEN-1', 1, 2, 'b')"


class Watched:
    """A driver's connection that tells what became of it; ``breaks`` is what fails."""

    def __init__(self, connection: Any, breaks: str = "") -> None:
        self.connection, self.breaks = connection, breaks
        self.closed = False

    def __getattr__(self, name: str) -> Any:
        if name == self.breaks:
            raise driver.sqlite.OperationalError("disk I/O error")
        return getattr(self.connection, name)

    def close(self) -> None:
        self.closed = True
        self.connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    schema.create(tmp_path / "mesa.db")
    return tmp_path / "mesa.db"


@pytest.fixture
def opened(path: Path) -> Iterator[list[Watched]]:
    """The connections that were made, in their order."""
    made_so_far: list[Watched] = []
    yield made_so_far
    for one in made_so_far:
        one.close()


def writers(path: Path, opened: list[Watched], *, size: int = 1, breaks: str = "") -> Connections:
    def connect() -> Any:
        opened.append(Watched(driver.prepared(driver.connect(path), driver.prepare_writer), breaks))
        return opened[-1]

    return Connections(connect, size=size)


def rows_in(path: Path) -> int:
    with closing(driver.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM moment").fetchone()[0])


def test_a_transaction_is_committed_or_undone_and_its_connection_kept(path: Path, opened: list[Watched]) -> None:
    kept = writers(path, opened)

    def lost() -> None:
        with kept.transaction() as connection:
            connection.driver.execute(ROW)
            raise LookupError

    with pytest.raises(LookupError):
        lost()
    assert rows_in(path) == 0
    with kept.transaction() as connection:
        connection.driver.execute(ROW)
    assert rows_in(path) == 1
    assert len(opened) == 1
    assert not opened[0].closed


def test_e4_a_connection_whose_commit_failed_is_never_used_again(path: Path, opened: list[Watched]) -> None:
    kept = writers(path, opened, breaks="commit")
    with pytest.raises(StoreUnknown), kept.transaction() as connection:
        connection.driver.execute(ROW)
    assert opened[0].closed
    with pytest.raises(StoreUnknown), kept.transaction():
        pass
    assert len(opened) == 2


def test_e4_a_connection_that_cannot_be_rolled_back_is_closed_and_the_reason_stays(
    path: Path, opened: list[Watched]
) -> None:
    kept = writers(path, opened, breaks="rollback")
    with pytest.raises(LookupError), kept.transaction():
        raise LookupError
    assert opened[0].closed


def test_who_finds_all_in_use_waits_and_is_told(
    path: Path, opened: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    kept = Connections(lambda: driver.connect(path), size=2, begin=begin_reading)
    with kept.transaction(), kept.transaction(), pytest.raises(StoreBusy), kept.transaction():
        pass
    with kept.transaction():
        pass
    kept.dispose()


def test_who_waits_gets_the_connection_that_comes_back(path: Path, opened: list[Watched]) -> None:
    kept, done = writers(path, opened), threading.Event()

    def write() -> None:
        with kept.transaction() as connection:
            connection.driver.execute(ROW)
        done.set()

    with kept.transaction():
        thread = threading.Thread(target=write)
        thread.start()
        assert not done.is_set()
    thread.join(10)
    assert done.is_set()
    assert len(opened) == 1


def test_what_is_disposed_of_is_closed_at_once_or_as_it_comes_back(path: Path, opened: list[Watched]) -> None:
    kept = writers(path, opened)
    with kept.transaction():
        kept.dispose()
        assert not opened[0].closed
    assert opened[0].closed
    with kept.transaction():
        pass
    kept.dispose()
    assert [one.closed for one in opened] == [True, True]


def test_what_the_driver_says_is_the_stores_own_error_by_either_way(path: Path) -> None:
    with closing(Store.open(path)) as store:
        for asked in (lambda c: c.driver.execute("SELECT nobody"), lambda c: c.core.execute(text("SELECT nobody"))):
            with pytest.raises(StoreFailed, match="no such column"), store.read_transaction() as connection:
                asked(connection)


def test_sqlalchemy_sees_the_transaction_and_ends_nothing(path: Path) -> None:
    with closing(Store.open(path)) as store:

        def lost() -> None:
            with store.write_transaction() as connection:
                connection.driver.execute(ROW)
                assert len(connection.core.execute(select(moment)).all()) == 1
                connection.core.commit()
                connection.core.execute(select(moment)).all()
                connection.core.rollback()
                assert connection.driver.in_transaction
                raise LookupError

        with pytest.raises(LookupError):
            lost()
        assert rows_in(path) == 0
        with store.write_transaction() as connection:
            connection.core.execute(moment.insert(), {"stream": "CEN-1", "wall_ms": 1, "steady_ms": 2, "boot": "b"})
        assert rows_in(path) == 1


@pytest.mark.parametrize("version", [0, *VERSIONS])
def test_e1_every_store_of_ours_is_known_by_its_digest(tmp_path: Path, version: int) -> None:
    path = tmp_path / "mesa.db"
    if version:
        migrate(old_store(version, path))
    else:
        schema.create(path)
    with closing(driver.connect(path)) as raw:
        assert made.digest_of(Connection(raw)) == made.DIGEST
        raw.execute("DROP TRIGGER journal_no_update")
        assert not made.is_as_made(Connection(raw))


def test_e1_a_store_that_says_the_same_in_other_words_is_looked_at_piece_by_piece(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "DIGEST", "of another time")
    Store.open(path).close()
