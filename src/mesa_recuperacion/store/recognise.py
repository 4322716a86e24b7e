"""Whether a file is a store of ours, found out before anything touches it.  Imports no database library."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mesa_recuperacion.store import driver, whereabouts
from mesa_recuperacion.store.errors import (
    StoreCorrupt,
    StoreEmpty,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
    StoreReadOnly,
    translate,
)


def recognise(path: Path) -> None:
    """Return if the file is a store of this version; create, change and recover nothing in any case.

    Raises ``StoreOnShare``, ``StoreSynced``, ``StoreMissing``, ``StoreEmpty``, ``StoreForeign``, ``StoreNewer``,
    ``StoreOlder``, ``StoreReadOnly`` (it cannot be read) or ``StoreCorrupt``.
    """
    whereabouts.check(path)
    _look(path)
    application, version = _identity(path)
    if application != driver.APPLICATION_ID:
        raise StoreForeign(f"{path}: another program's database")
    if version > driver.USER_VERSION:
        raise StoreNewer(f"{path}: made by a newer version ({version})")
    if 0 < version < driver.USER_VERSION:
        raise StoreOlder(f"{path}: made by an older version ({version})")
    if version != driver.USER_VERSION:
        raise StoreCorrupt(f"{path}: version {version} was never ours")


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


def _identity(path: Path) -> tuple[int, int]:
    """The application id and the version in the file's header.

    An immutable look takes no lock, recovers no journal and leaves no side file: another program's database is none of
    our business, and its own program's locks stay as they are.
    """
    try:
        connection = driver.connect(path, mode="ro", immutable=True)
        try:
            if driver.left_beside(path):
                # What is in the log may have been on its way into a file that is shorter still: that is no damage.
                connection.execute("PRAGMA writable_schema=ON")
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            return application, connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
    except driver.sqlite.Error as error:
        raise translate(error) from error
