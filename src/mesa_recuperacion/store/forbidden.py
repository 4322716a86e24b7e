"""What the program's own connections may never do, whatever is asked of them by mistake (rule E1).

The guards in the database refuse the same to everybody, but whoever may write the file may take them away first: here
nobody takes anything away.  SQLite asks when it prepares a statement, not when it runs it.
"""

from __future__ import annotations

from typing import Any

from mesa_recuperacion.store import driver

_ACTIONS = frozenset(
    getattr(driver.sqlite, f"SQLITE_{does}{what}")
    for does in ("CREATE_", "DROP_")
    for what in ("TABLE", "INDEX", "TRIGGER", "VIEW", "VTABLE", "TEMP_TRIGGER", "TEMP_VIEW")
) | {driver.sqlite.SQLITE_ALTER_TABLE, driver.sqlite.SQLITE_ATTACH, driver.sqlite.SQLITE_DETACH}

_CHANGES = {
    (driver.sqlite.SQLITE_UPDATE, "journal"),
    (driver.sqlite.SQLITE_DELETE, "journal"),
    (driver.sqlite.SQLITE_UPDATE, "private_text"),  # it may be deleted, which is how a customer is forgotten
}

_SETTINGS = frozenset(
    "writable_schema ignore_check_constraints schema_version journal_mode synchronous recursive_triggers foreign_keys "
    "trusted_schema secure_delete cell_size_check query_only".split()
)
"""Pragmas that are set once, before this is."""

_PRAGMA: int = driver.sqlite.SQLITE_PRAGMA
_ALLOWED: int = driver.sqlite.SQLITE_OK
_DENIED: int = driver.sqlite.SQLITE_DENY


def forbid(connection: Any) -> None:
    """Let a connection that is set up refuse to change what tables and guards are, and what was written for good.

    What it refuses is ``StoreGuard``, and nothing of it happens.
    """
    connection.set_authorizer(_may)


def _may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    forbidden = (
        action in _ACTIONS
        or (action, first) in _CHANGES
        or (action == _PRAGMA and second is not None and first in _SETTINGS)
    )
    return _DENIED if forbidden else _ALLOWED
