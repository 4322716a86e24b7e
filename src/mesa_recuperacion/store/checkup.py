"""What a store says of its own health; it is only looked at (rule E6)."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.connections import translated
from mesa_recuperacion.store.heads import lasts
from mesa_recuperacion.store.heard import INTEGRITY, QUICK, Progress, heeding, unheard
from mesa_recuperacion.store.still import still

_PEOPLE = "SELECT p.name FROM person p LEFT JOIN credential c ON c.person = p.id WHERE p.retired = 0"
_LOCKED = f"{_PEOPLE} AND c.locked_until_ms > ? ORDER BY p.number"
_PINLESS = f"{_PEOPLE} AND coalesce(c.hash, '') = '' ORDER BY p.number"


@dataclass(frozen=True, slots=True)
class Library:
    """The SQLite that is loaded: whose, which, and how a store is kept with it."""

    module: str
    version: str
    journal: str
    wal_is_safe: bool


@dataclass(frozen=True, slots=True)
class Checkup:
    """A store at a moment: ``mode`` is how its file is kept (``wal`` or ``rollback``), ``whole`` what the database
    finds in its own pages (``ok``, or what is wrong), ``locked`` the names of those who wait after wrong PINs,
    ``pinless`` those who have none; ``last_at`` is the last line's instant.
    """

    mode: str
    whole: str
    supervisors: int
    agents: int
    locked: tuple[str, ...]
    pinless: tuple[str, ...]
    last_at: datetime | None


def library() -> Library:
    """The SQLite that is loaded."""
    known = driver.sqlite
    safe = driver.wal_is_safe(known.sqlite_version_info)
    return Library(known.__name__.partition(".")[0], known.sqlite_version, driver.journal_mode(), safe)


def version() -> int:
    """The version of the tables that this program reads."""
    return driver.USER_VERSION


def checkup(path: Path, now: datetime, *, thorough: bool, progress: Progress = unheard) -> Checkup:
    """Look at a store; ``thorough`` reads the indexes too.  Raises the store's errors."""
    with translated(), closing(still(path)) as connection:
        connection.execute("BEGIN")
        check = "integrity_check" if thorough else "quick_check"
        with heeding(connection, progress, INTEGRITY if thorough else QUICK):
            whole = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
            if thorough and connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                whole = "foreign keys"
        roles = dict(connection.execute("SELECT role, count(*) FROM person WHERE retired = 0 GROUP BY role").fetchall())
        last = max((at_ms for _, _, at_ms in lasts(connection).values()), default=None)
        return Checkup(
            "wal" if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal" else "rollback",
            whole,
            roles.get("supervisor", 0),
            roles.get("agent", 0),
            tuple(name for (name,) in connection.execute(_LOCKED, (to_ms(now),))),
            tuple(name for (name,) in connection.execute(_PINLESS)),
            None if last is None else from_ms(last),
        )
