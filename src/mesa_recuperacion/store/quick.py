"""A first look at a store for the login screen, by the driver alone: the database library takes its time to import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.errors import (
    StoreCorrupt,
    StoreError,
    StoreFailed,
    StoreFull,
    StoreNewer,
    StoreReadOnly,
    translate,
)
from mesa_recuperacion.store.recognise import of_today, recognise

T = TypeVar("T")


class Station(NamedTuple):
    """What the first fact of the store said, without loading the facts."""

    branch: str
    branch_name: str
    business: str
    number: int
    currency: str
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What the login screen says.

    ``station`` is ``None`` before the store's first fact, ``people`` work here and ``former`` no longer do, in the
    order of their numbers; ``open_case`` is the open case that was left last and ``left_at`` when (empty and ``None``
    if there is none).
    """

    station: Station | None
    people: tuple[Person, ...]
    open_case: str
    left_at: datetime | None
    former: tuple[Person, ...] = ()


def glance(path: Path, *, newer: bool = False) -> Glance:
    """Look at a store and let go of it.  Raises as opening a store, which besides proves that it can be written.

    With ``newer``, a store that a newer version made is looked at too, as long as it can be read as one of ours.
    """
    return _with_reader(path, _look, newer=newer)


def _with_reader(path: Path, look: Callable[[Any], T], *, newer: bool) -> T:
    try:
        recognise(path)
    except StoreNewer as error:
        if not newer:
            raise
        try:
            return _looked(path, look, driver.connect_to_read, newer=True)
        except StoreError:
            raise error from None
    try:
        return _looked(path, look, driver.connect)
    except (StoreReadOnly, StoreFull, StoreFailed):
        return _looked(path, look, driver.connect_to_read)


def _looked(path: Path, look: Callable[[Any], T], connect: Callable[[Path], Any], *, newer: bool = False) -> T:
    try:
        connection = connect(path)
        try:
            driver.prepare_reader(connection)
            connection.execute("BEGIN")
            if not newer:  # another process may have brought it to a later version since it was recognised
                of_today(path, connection.execute("PRAGMA user_version").fetchone()[0])
            return look(connection)
        finally:
            connection.close()
    except driver.sqlite.OperationalError as error:
        if "no such" in str(error):
            raise StoreCorrupt(f"{path}: {error}") from error
        raise translate(error) from error
    except (driver.sqlite.Error, UnicodeDecodeError) as error:
        raise translate(error) from error


@dataclass(frozen=True, slots=True)
class Kept:
    """With which secrets of a workstation, that are not in it, a store is kept.

    ``pins`` is what the stored values of its PINs begin with, each up to its first ``$`` (empty: with no secret),
    ``chain`` the name of the key of its journal (empty: none).
    """

    pins: frozenset[str]
    chain: str


def kept_with(path: Path) -> Kept:
    """Look which secrets a store needs, and let go of it.  Raises as :func:`glance`."""
    return _with_reader(path, _kept, newer=True)


def _kept(connection: Any) -> Kept:
    pins = connection.execute(
        "SELECT DISTINCT substr(hash, 1, instr(hash, '$') - 1) FROM credential WHERE instr(hash, '$') > 0"
    ).fetchall()
    return Kept(frozenset(str(row[0]) for row in pins), chain_key(connection))


def chain_key(connection: Any) -> str:
    """The name of the key that ties the station's chain now, asked through a driver's connection; empty if none."""
    query = "SELECT name FROM chain_key WHERE stream = (SELECT stream FROM station LIMIT 1) ORDER BY since DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""


def _look(connection: Any) -> Glance:
    row = connection.execute(
        "SELECT branch, branch_name, business, number, currency, zone, language FROM station LIMIT 1"
    ).fetchone()
    rows = connection.execute("SELECT id, number, name, role, retired FROM person ORDER BY number").fetchall()
    people = [Person(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
    left = [
        found
        for person in people
        for found in connection.execute(
            "SELECT last_at_ms, folio FROM case_file WHERE owner = ? AND status = 'open' "
            "ORDER BY last_at_ms DESC LIMIT 1",
            (person.id,),
        )
    ]
    at_ms, folio = max(left, default=(None, ""))
    return Glance(
        Station(*row) if row else None,
        tuple(person for person in people if not person.retired),
        folio,
        None if at_ms is None else from_ms(at_ms),
        tuple(person for person in people if person.retired),
    )
