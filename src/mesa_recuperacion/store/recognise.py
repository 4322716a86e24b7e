"""Whether a file is a store of ours, found out before anything touches it.  Imports no database library."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from mesa_recuperacion.store import driver, whereabouts
from mesa_recuperacion.store.errors import (
    StoreCorrupt,
    StoreEmpty,
    StoreError,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
    StoreReadOnly,
    translate,
)

_BESIDE = ("-wal", "-journal")


def recognise(path: Path, *, recover: bool = True) -> None:
    """Return if the file is a store of this version; create and change nothing.

    What a killed writer left beside a file of ours is taken up by SQLite, because only then the file tells the truth;
    without ``recover`` it is left as it lies.

    Raises ``StoreOnShare``, ``StoreSynced``, ``StoreMissing``, ``StoreEmpty``, ``StoreForeign``, ``StoreNewer``,
    ``StoreOlder``, ``StoreReadOnly`` (it cannot be read) or ``StoreCorrupt``.
    """
    whereabouts.check(path)
    _look(path)
    application, version = _identity(path, recover=recover)
    if application != driver.APPLICATION_ID:
        raise StoreForeign(f"{path}: another program's database")
    of_today(path, version)


def of_today(path: Path, version: int) -> None:
    """Raise ``StoreNewer``, ``StoreOlder`` or ``StoreCorrupt`` unless that version is the one of this program."""
    if version > driver.USER_VERSION:
        raise newer(path, version)
    if 0 < version < driver.USER_VERSION:
        raise StoreOlder(f"{path}: made by an older version ({version})")
    if version != driver.USER_VERSION:
        raise StoreCorrupt(f"{path}: version {version} was never ours")


def newer(path: Path, version: int) -> StoreNewer:
    """The error of a store that a later program made."""
    return StoreNewer(f"{path}: made by a newer version ({version})")


def _look(path: Path) -> None:
    try:
        seen = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreMissing(str(path)) from error
    except PermissionError as error:
        raise StoreReadOnly(str(path)) from error
    if not stat.S_ISREG(seen.st_mode):
        raise StoreForeign(f"{path}: not a file")
    if seen.st_size == 0:
        raise StoreEmpty(str(path))
    if not os.access(path, os.R_OK):
        raise StoreReadOnly(str(path))


def _identity(path: Path, *, recover: bool) -> tuple[int, int]:
    """The application id and the version of a file.

    An immutable look takes no lock, recovers no journal and leaves no side file: another program's database is none of
    our business, and its own program's locks stay as they are.  Where a log or a journal lies beside the file, what
    the file says may not be the truth yet, or only half of it: unless it is another program's, SQLite looks at both.
    """
    in_use = path.with_name(f"{path.name}-shm").exists()  # somebody has it open: nothing has to be recovered
    beside = (recover or in_use) and any(path.with_name(path.name + end).exists() for end in _BESIDE)
    try:
        seen = _header(path, mode="ro", immutable=True)
    except StoreCorrupt:
        if not beside:
            raise
        return _truth(path, recover=recover)
    if beside and seen[0] == driver.APPLICATION_ID:
        with suppress(StoreError):  # what it could not tell, opening will
            return _truth(path, recover=recover)
    return seen


def _truth(path: Path, *, recover: bool) -> tuple[int, int]:
    try:
        return _header(path, mode="ro")
    except StoreReadOnly:  # a journal that has to be rolled back before anybody reads
        if not recover:
            raise
        return _header(path, mode="rw")


def _header(path: Path, *, mode: str, immutable: bool = False) -> tuple[int, int]:
    try:
        connection = driver.connect(path, mode=mode, immutable=immutable)
        try:
            if driver.left_beside(path):
                # What is in the log may have been on its way into a file that is shorter still: that is no damage.
                connection.execute("PRAGMA writable_schema=ON")
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            return application, connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
    except (driver.sqlite.Error, UnicodeDecodeError) as error:
        raise translate(error) from error
