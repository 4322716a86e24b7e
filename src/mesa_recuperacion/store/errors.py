"""What can go wrong with a store, by stable names; the driver's own errors end here (each keeps its cause)."""

from __future__ import annotations

# The names are those that the sentences on the screen are chosen by.


class StoreError(Exception):
    """Base: the store could not do what was asked, and nothing of it was written."""


class StoreMissing(StoreError):
    """There is no file there."""


class StoreMoved(StoreError):
    """The file was removed or replaced while it was open: what is written now would be found by nobody."""


class StoreForeign(StoreError):
    """The file is not a database of ours: another program's, or no database at all."""


class StoreNewer(StoreError):
    """A newer version of this program made the file."""


class StoreOlder(StoreError):
    """An older version of this program made the file, with tables that this one does not read."""


class StoreReadOnly(StoreError):
    """The file, or its folder, cannot be written (or not even read)."""


class StoreUntied(StoreError):
    """The key that ties the journal of this station is not on this workstation, or another one is: nothing was written,
    for nobody could prove it.
    """


class StoreCorrupt(StoreError):
    """The file is damaged."""


class StoreEmpty(StoreCorrupt):
    """The file has no bytes at all: something emptied it, for we never leave one so."""


class StoreBusy(StoreError):
    """Somebody else is writing and did not finish in time; it can be tried again."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreUnknown(StoreError):
    """The commit itself failed: what was to be written may be there or not.  Ask for the command before saying so.

    ``reason`` is what the commit failed with, which is what happened once it is known that nothing was written.
    """

    def __init__(self, message: str, reason: StoreError | None = None) -> None:
        super().__init__(message)
        self.reason = reason


class StoreFailed(StoreError):
    """Anything else that the disk or the driver refused."""


class StoreExists(StoreError):
    """A store was to be created where there is a file already."""


class StoreGuard(StoreError):
    """The database's own guards (a trigger, a constraint) refused a row that the rules should have stopped."""


class BudgetGuard(StoreGuard):
    """A budget would have been overspent, or more taken back than was there (rule B3)."""


class CommandRepeated(StoreGuard):
    """Facts of that command are in the journal already (rule B3)."""


_BY_CODE: dict[int, type[StoreError]] = {
    5: StoreBusy,  # SQLITE_BUSY
    6: StoreBusy,  # SQLITE_LOCKED
    3: StoreReadOnly,  # SQLITE_PERM
    8: StoreReadOnly,  # SQLITE_READONLY
    14: StoreReadOnly,  # SQLITE_CANTOPEN
    11: StoreCorrupt,  # SQLITE_CORRUPT
    26: StoreForeign,  # SQLITE_NOTADB
    13: StoreFull,  # SQLITE_FULL
    19: StoreGuard,  # SQLITE_CONSTRAINT, and what a trigger raises
    23: StoreGuard,  # SQLITE_AUTH, what ``store.forbidden`` refuses
}

_BY_TEXT: dict[str, type[StoreError]] = {
    "database or disk is full": StoreFull,
    "database is locked": StoreBusy,
    "database disk image is malformed": StoreCorrupt,
    "attempt to write a readonly database": StoreReadOnly,
}
"""For ``Connection.backup`` of pysqlite3, whose errors have no code."""


def translate(error: BaseException) -> StoreError:
    """The store's error for a driver's one (SQLAlchemy's wrapping of it is looked through); raise it ``from`` it."""
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorcode", None)
    kind: type[StoreError]
    if code is None:
        # SQLAlchemy's pool gives up waiting for the one writer with an error of its own.
        kind = StoreBusy if type(error).__name__ == "TimeoutError" else _BY_TEXT.get(str(original), StoreFailed)
    else:
        kind = _BY_CODE.get(code & 0xFF, StoreFailed)
    if kind is StoreGuard and "budget_" in str(original):
        kind = BudgetGuard
    return kind(str(original))
