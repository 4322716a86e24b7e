"""The SQLite that is loaded, and how every connection to a store is made.  Imports no database library.

The SQLite of the standard library is used only if the fixed one of ``pysqlite3`` is not installed.  Nothing here, and
nothing anywhere else, opens the file by any other way: closing such a descriptor would drop SQLite's own locks.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from mesa_recuperacion.store.errors import StoreFailed

APPLICATION_ID = 0x4D455341
"""``MESA``: what tells our files from those of other programs."""

USER_VERSION = 6
"""The version of the tables."""

BUSY_SECONDS = 8.0
"""How long a connection waits for another writer."""

_LOOK_AGAIN = 0.003
_BUSY = 5
_NO_FILE = (8, 10, 14)
"""SQLITE_READONLY, SQLITE_IOERR and SQLITE_CANTOPEN: what a file that cannot be made beside the store comes as."""


_GUARDS = {"foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0, "cell_size_check": 1}
_WRITER = {"synchronous": 2, "secure_delete": 1, "cache_size": -512}
_READER = {"query_only": 1, "cache_size": -256}
LONG_RUN = -16384
"""The ``cache_size`` of what folds a whole journal: 16 MB, since it writes all over the file."""

_IN_MEMORY = {"TEMP_STORE=2", "TEMP_STORE=3"}
_TEMPORARY = ("/var/tmp", "/tmp")  # noqa: S108 - as SQLite: /tmp may be memory; mkstemp makes names nobody can guess


def _load() -> Any:
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


sqlite: Any = _load()
"""The driver: ``pysqlite3.dbapi2`` if it is installed, else ``sqlite3``."""


def said_by(error: BaseException) -> BaseException | None:
    """The driver's error (SQLAlchemy's wrapping of it is looked through); ``None`` if it is another's.

    Of a damaged schema SQLite speaks in bytes that are no text, and then the driver says only that.
    """
    original = getattr(error, "orig", None) or error
    return original if isinstance(original, sqlite.Error | UnicodeDecodeError) else None


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether that SQLite has the fix of the WAL-reset defect, which loses commits (3.51.3, 3.50.7 and 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def journal_mode() -> str:
    """``wal`` where it is safe, else ``truncate``: the only two that lose no acknowledged fact at a power cut."""
    return "wal" if wal_is_safe(sqlite.sqlite_version_info) else "truncate"


def connect(path: Path, *, mode: str = "rw", immutable: bool = False) -> Any:
    """A connection that begins no transaction by itself; ``mode`` is SQLite's, and never creates a file.

    ``immutable`` looks at the file as it lies there: no locks, no recovery, no side files.
    Raises the driver's error, to be translated by the caller.
    """
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    return sqlite.connect(uri, uri=True, **_arguments())


def connect_to_read(path: Path) -> Any:
    """A connection that cannot write, also where SQLite may make no file beside the store (rule E4).

    Then, if no log or journal was left that would have to be heeded, the file is looked at as it lies there.
    Raises the driver's error.
    """
    connection = connect(path, mode="ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in _NO_FILE or left_beside(path):
            raise
        return connect(path, mode="ro", immutable=True)
    except BaseException:
        connection.close()
        raise
    return connection


def left_beside(path: Path) -> bool:
    """Whether a log or a journal with something in it lies beside the store."""
    for suffix in ("-wal", "-journal"):
        with suppress(OSError):
            if os.stat(f"{path}{suffix}").st_size:  # noqa: PTH116 - never opens the file
                return True
    return False


def scratch() -> Any:
    """A connection to a temporary database of its own that vanishes with it; at most 16 MB of it are in memory.

    SQLite may be built to keep whatever is temporary in memory, which for a large branch is gigabytes.  There it is a
    file that has no name any more once it is open; in memory only where no such file can be made.
    """
    connection = sqlite.connect("", **_arguments())
    if os.name == "posix" and _in_memory(connection):
        for folder in filter(None, (os.environ.get("TMPDIR"), *_TEMPORARY)):
            with suppress(OSError):
                on_disk = _nameless(folder)
                connection.close()
                connection = on_disk
                break
    connection.execute(f"PRAGMA cache_size={LONG_RUN}")
    return connection


def _in_memory(connection: Any) -> bool:
    return bool(_IN_MEMORY & {option for (option,) in connection.execute("PRAGMA compile_options")})


def _nameless(folder: str) -> Any:
    """A new file that only this connection can reach.  Raises ``OSError`` where it cannot be made."""
    from tempfile import mkstemp  # a desk never needs it

    descriptor, name = mkstemp(prefix="mesa-", dir=folder)
    os.close(descriptor)
    path = Path(name)
    try:
        connection = connect(path)
        connection.execute("PRAGMA journal_mode=OFF").fetchone()  # nobody goes on with it once something failed
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # it is open by now
    finally:
        path.unlink()
    return connection


def begin_writing(connection: Any, seconds: float | None = None) -> None:
    """Begin a transaction that holds the write lock from its beginning, waiting for it ``BUSY_SECONDS``, or so many.

    SQLite's own waiting soon looks only ten times a second, and starves beside a process that writes without pause.
    Raises the driver's error.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        patience = time.monotonic() + (BUSY_SECONDS if seconds is None else seconds)
        while not _took_lock(connection, last_try=time.monotonic() >= patience):
            time.sleep(_LOOK_AGAIN)
    finally:
        connection.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")


def _took_lock(connection: Any, *, last_try: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite.OperationalError as error:
        if last_try or error.sqlite_errorcode & 0xFF != _BUSY:
            raise
        return False
    return True


def prepare_writer(connection: Any) -> None:
    """Set what durability and the guards depend on.  Raises ``StoreFailed`` for a setting that did not take."""
    wanted = journal_mode()
    got = connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0]
    if got != wanted:
        raise StoreFailed(f"journal_mode is {got}, not {wanted}")
    _set(connection, _GUARDS | _WRITER)


def prepared(connection: Any, *steps: Callable[[Any], None]) -> Any:
    """The connection after each of those steps; closed if one of them fails."""
    try:
        for step in steps:
            step(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def guard(connection: Any) -> None:
    """Set what the guards depend on, and nothing else.  Raises ``StoreFailed`` for a setting that did not take."""
    _set(connection, _GUARDS)


def prepare_reader(connection: Any) -> None:
    """As :func:`prepare_writer`, for a connection that must not be able to write."""
    _set(connection, _GUARDS | _READER)


def _set(connection: Any, settings: Mapping[str, int]) -> None:
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name}={value}")
        got = connection.execute(f"PRAGMA {name}").fetchone()
        if got != (value,):
            raise StoreFailed(f"PRAGMA {name} is {got}, not {value}")


def _arguments() -> dict[str, Any]:
    arguments: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}
    legacy = getattr(sqlite, "LEGACY_TRANSACTION_CONTROL", None)
    return arguments if legacy is None else arguments | {"autocommit": cast("int", legacy)}
