"""Bringing a store of an earlier version to the tables of this one.

The whole way is one transaction, so that there never is a store of half a version: whatever ends it early, even the
power, leaves the version that was there, which its own program reads.

The journal and the private texts are never altered: a fact that has to say more gets a new version of its body
(``journal.codec.UPCASTERS``).  What else is kept only ever gets columns with a default, or tables: the steps.  What is
folded from the journal is dropped and folded again by today's rules; where only what customers are found by has changed
since, only that is told again, from their cards: a large branch folds for a quarter of an hour.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from mesa_recuperacion.store import driver, schema
from mesa_recuperacion.store.before import copy_before, discard
from mesa_recuperacion.store.columns import Base
from mesa_recuperacion.store.connections import Connection, Connections, translated
from mesa_recuperacion.store.errors import StoreBusy, StoreCorrupt, StoreError, StoreFailed, StoreUnknown
from mesa_recuperacion.store.found_fold import find_everybody
from mesa_recuperacion.store.heard import Progress, Steps, heeding, in_silence
from mesa_recuperacion.store.rebuild import fold_journal
from mesa_recuperacion.store.recognise import newer
from mesa_recuperacion.store.tables import PROJECTIONS, customer_word

PATIENCE = 1800.0
"""How many seconds to wait for another process that writes: it may be bringing a large store up to date."""

_ROUND = 1.0
"""Seconds between two words to whoever waits."""

_MOMENT = (
    "CREATE TABLE IF NOT EXISTS moment (\n\tstream TEXT NOT NULL, \n\twall_ms INTEGER NOT NULL, \n\t"
    "steady_ms INTEGER NOT NULL, \n\tboot TEXT NOT NULL, \n\tPRIMARY KEY (stream)\n) STRICT"
)
_HANDED_OUT = (
    "CREATE TABLE handed_out (\n\tpath TEXT NOT NULL, \n\tkind TEXT NOT NULL, \n\tat_ms INTEGER NOT NULL, \n\t"
    "PRIMARY KEY (path)\n) STRICT"
)

STEPS: Mapping[int, tuple[str, ...]] = {
    2: (),
    3: (_MOMENT,),  # some stores of version 2 have it
    4: (
        "ALTER TABLE credential ADD COLUMN locked_steady_ms INTEGER",
        "ALTER TABLE credential ADD COLUMN locked_boot TEXT DEFAULT '' NOT NULL",
        "ALTER TABLE draft ADD COLUMN seed TEXT DEFAULT '' NOT NULL",
        _HANDED_OUT,
    ),
    5: (),
    6: (),
}
"""What each version added to what is kept.  Of the past, so never said by the tables of today."""

FOLDED_AS_NOW = 5
"""The first version whose projections are those of this one, but for what customers are found by."""

_FORMER_PROJECTIONS = ("day_total",)
"""What earlier versions folded and this one does not."""


def migrate(path: Path, steps: Steps = in_silence, waits: Callable[[], None] = lambda: None) -> Path | None:
    """Bring a store to this version; answers the copy of before that is kept beside it.

    Nothing happens, and nothing is answered, if it is of this version by the time that it is ours to write: of several
    processes one does it, and the others wait, told so every second by ``waits``.  Interrupted or failed, it leaves the
    store as it was, and no copy.  The steps are ``copy``, ``pages`` and ``lines``.

    Raises ``StoreNewer``, ``StoreReadOnly``, ``StoreFull``, ``StoreCorrupt`` (a table, a guard or a page is not as it
    should be), ``StoreBusy`` after :data:`PATIENCE`, ``StoreFailed`` for a line of the journal that cannot be folded.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _migrate(path, steps)
        except StoreBusy:
            if time.monotonic() >= until:
                raise
            waits()


def _migrate(path: Path, steps: Steps) -> Path | None:
    connections = Connections(lambda: _connect(path), begin=lambda connection: driver.begin_writing(connection, _ROUND))
    copy: Path | None = None
    try:
        with connections.transaction() as connection:
            version = version_of(connection)
            if version == driver.USER_VERSION:
                return None
            if version > driver.USER_VERSION:
                raise newer(path, version)
            copy = copy_before(path, steps)  # under the lock: it is what is altered below
            _climb(connection, version, steps("lines"))
    except BaseException as error:
        arrived = _arrived(path)
        if copy is not None and arrived is False:
            discard(copy)
        if not isinstance(error, StoreUnknown) or arrived is None:
            raise
        if not arrived:
            raise error.reason or error from error
    finally:
        connections.dispose()
    _settle(path)
    return copy


def version_of(connection: Connection) -> int:
    """The version of the tables, as this transaction sees it."""
    return int(connection.driver.execute("PRAGMA user_version").fetchone()[0])


def _connect(path: Path) -> Any:
    connection = driver.connect(path)
    try:
        driver.prepare_writer(connection)
        connection.execute("PRAGMA foreign_keys=OFF")  # nothing may be deleted for what is dropped; checked at the end
    except BaseException:
        connection.close()
        raise
    return connection


def _climb(connection: Connection, version: int, progress: Progress) -> None:
    for step in range(version + 1, driver.USER_VERSION + 1):
        for statement in STEPS[step]:
            connection.driver.execute(statement)
    if version >= FOLDED_AS_NOW:
        _find_anew(connection, progress)
    else:
        _fold_anew(connection, progress)
    if wrong := schema.differences(connection):
        raise StoreCorrupt(f"not as it should be: {', '.join(wrong)}")
    with heeding(connection.driver, progress):
        loose = connection.driver.execute("PRAGMA foreign_key_check").fetchone()
    if loose is not None:
        raise StoreCorrupt("a row refers to one that is not there")
    connection.driver.execute(f"PRAGMA user_version={driver.USER_VERSION}")


def _fold_anew(connection: Connection, progress: Progress) -> None:
    _drop(connection, *_FORMER_PROJECTIONS, *(table.name for table in PROJECTIONS))
    Base.metadata.create_all(connection.core, tables=PROJECTIONS, checkfirst=False)
    try:
        fold_journal(connection, progress)
    except (ValueError, TypeError) as error:
        raise StoreFailed(f"the journal cannot be folded: {error}") from error


def _find_anew(connection: Connection, progress: Progress) -> None:
    _drop(connection, customer_word.name)
    Base.metadata.create_all(connection.core, tables=[customer_word], checkfirst=False)
    with heeding(connection.driver, progress):
        total = connection.driver.execute("SELECT count(*) FROM customer WHERE merged_into = ''").fetchone()[0]
    connection.driver.execute(f"PRAGMA cache_size={driver.LONG_RUN}")
    for done in find_everybody(connection):
        progress(done, total)


def _drop(connection: Connection, *names: str) -> None:
    """Drop those of the tables that are there, emptied first: to drop a full one, SQLite holds it all in memory."""
    made = connection.driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for name in names:
        if (name,) in made:
            connection.driver.execute(f"DELETE FROM {name}")
            connection.driver.execute(f"DROP TABLE {name}")


def _arrived(path: Path) -> bool | None:
    """Whether the file is of this version, for an error or an interruption may come after the commit; ``None`` if
    that cannot be told.
    """
    try:
        with translated(), closing(driver.connect(path)) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == driver.USER_VERSION)
    except StoreError:
        return None


def _settle(path: Path) -> None:
    """Bring what was committed into the file itself: earlier programs look for the version there, and only there.

    A reader that stays may keep that from being done; it is done then by whoever closes the store last.
    """
    with suppress(StoreError), translated(), closing(driver.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
