"""Making a new store: the tables, and the guards that say once more, in the database, what must never happen."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import DDL, CheckConstraint, Table, event

from mesa_recuperacion.store import driver, list_tables, tables, whereabouts
from mesa_recuperacion.store.columns import Base
from mesa_recuperacion.store.connections import Connection, Connections
from mesa_recuperacion.store.durable import put_into_place
from mesa_recuperacion.store.errors import StoreError, StoreExists, StoreMissing, StoreReadOnly

# BEFORE INSERT looks at the row before any conflict clause does: REPLACE can only offer a line that is not the next.
_GUARDS: tuple[tuple[Table, str], ...] = (
    (
        tables.journal,
        "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal "
        "BEGIN SELECT raise(ABORT, 'the journal is append-only'); END",
    ),
    (
        tables.journal,
        "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal "
        "BEGIN SELECT raise(ABORT, 'the journal is append-only'); END",
    ),
    (
        tables.journal,
        "CREATE TRIGGER journal_next BEFORE INSERT ON journal BEGIN "
        "SELECT raise(ABORT, 'not the next line') WHERE new.seq IS NOT "
        "1 + coalesce((SELECT max(seq) FROM journal WHERE stream = new.stream), 0); "
        "SELECT raise(ABORT, 'not tied to the last line') WHERE new.prev IS NOT "
        "coalesce((SELECT hash FROM journal WHERE stream = new.stream AND seq = new.seq - 1), zeroblob(32)); END",
    ),
    (
        tables.private_text,
        "CREATE TRIGGER private_text_no_update BEFORE UPDATE ON private_text "
        "BEGIN SELECT raise(ABORT, 'a private text is erased, never changed'); END",
    ),
    (
        tables.private_text,
        "CREATE TRIGGER private_text_once BEFORE INSERT ON private_text BEGIN "
        "SELECT raise(ABORT, 'a private text is erased, never changed') WHERE EXISTS "
        "(SELECT 1 FROM private_text WHERE stream = new.stream AND seq = new.seq AND field = new.field); END",
    ),
)

_SUPERVISES = "(SELECT 1 FROM person WHERE id = new.{column} AND role = 'supervisor' AND retired = 0)"

# What a role may do, said once more where it is kept.  Rows are folded in the order of the journal, so that "now" is
# when it was done, also when everything is folded again: whoever is an agent today may have been a supervisor then.
_ROLES: tuple[tuple[Table, str], ...] = (
    (
        tables.adjustment,
        "CREATE TRIGGER adjustment_by_supervisor BEFORE INSERT ON adjustment BEGIN "
        "SELECT raise(ABORT, 'a budget is changed by a supervisor') WHERE NOT EXISTS "
        f"{_SUPERVISES.format(column='made_by')}; END",
    ),
    (
        list_tables.exception_asked,
        "CREATE TRIGGER exception_by_supervisor BEFORE INSERT ON exception_asked WHEN new.by <> '' BEGIN "
        "SELECT raise(ABORT, 'nobody authorises their own') WHERE new.by = new.person; "
        "SELECT raise(ABORT, 'an exception is authorised by a supervisor') WHERE NOT EXISTS "
        f"{_SUPERVISES.format(column='by')}; END",
    ),
)
_GUARDS += _ROLES

for _table, _guard in _GUARDS:
    _ddl = DDL(_guard)  # type: ignore[no-untyped-call]
    event.listen(_table, "after_create", _ddl.execute_if(dialect="sqlite"))


def create(path: Path) -> None:
    """Make a new, empty store, readable by its owner only.

    It is built under another name beside it and appears under its own only when it is whole, so that a program that is
    killed here leaves no half-made store.  Raises ``StoreExists`` (whatever is there is left alone), ``StoreMissing``
    if there is no such folder, ``StoreOnShare``, ``StoreSynced``, ``StoreReadOnly``, ``StoreFull``.
    """
    whereabouts.check(path)
    building = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        if path.exists() or path.is_symlink():
            raise StoreExists(str(path))
        # Before SQLite sees it, so that the file and its side files never had other rights.
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except FileNotFoundError as error:
        raise StoreMissing(f"no such folder: {path.parent}") from error
    except OSError as error:
        raise _of_os(error, path) from error
    try:
        _build(building)
        _publish(building, path)
    finally:
        building.unlink(missing_ok=True)


def build_tables(connection: Connection) -> None:
    """All tables and guards, in the transaction of that connection."""
    Base.metadata.create_all(connection.core, checkfirst=False)


def _build(path: Path) -> None:
    connections = Connections(lambda: driver.connect(path))
    try:
        with connections.transaction() as connection:
            connection.driver.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
            connection.driver.execute(f"PRAGMA user_version={driver.USER_VERSION}")
            build_tables(connection)
    finally:
        connections.dispose()


def _publish(building: Path, path: Path) -> None:
    try:
        put_into_place(building, path)
    except OSError as error:
        raise _of_os(error, path) from error


def _of_os(error: OSError, path: Path) -> StoreError:
    if isinstance(error, FileExistsError):
        return StoreExists(str(path))
    return StoreReadOnly(f"{path}: {error.strerror}")


def differences(connection: Connection) -> list[str]:
    """The names of the tables, indexes and guards that are not there, or not as strict as in every store of ours."""
    rows = connection.driver.execute("SELECT name, coalesce(sql, '') FROM sqlite_master")
    found = {name: " ".join(sql.split()) for name, sql in rows}
    metadata = Base.metadata.tables
    indexes = [str(index.name) for table in metadata.values() for index in table.indexes]
    wrong = [name for name in (*metadata, *indexes) if name not in found]
    wrong += [name for name, table in metadata.items() if name in found and not _as_strict(table, found[name])]
    wrong += [name for _, guard in _GUARDS if found.get(name := guard.split()[2]) != guard]
    return sorted(wrong)


def _as_strict(table: Table, sql: str) -> bool:
    """Whether a table was made with our constraints; texts of other spacing, or in another order, are as good."""
    checks = [rule for rule in table.constraints if isinstance(rule, CheckConstraint)]
    options = sql.rpartition(")")[2]
    return (
        all(f"CONSTRAINT {rule.name} CHECK ({rule.sqltext})" in sql for rule in checks)
        and "STRICT" in options
        and (("WITHOUT ROWID" in options) != bool(table.dialect_options["sqlite"]["with_rowid"]))
    )
