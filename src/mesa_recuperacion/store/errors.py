"""What can go wrong with a store, by stable names; the driver's own errors end here (each keeps its cause)."""

from __future__ import annotations

# The names are those that the sentences on the screen are chosen by.


class StoreError(Exception):
    """Base: the store could not do what was asked, and nothing of it was written.

    ``code`` is SQLite's code of the driver's error, extended where the driver tells it; 0 if there was none.
    """

    code = 0


class StoreMissing(StoreError):
    """There is no file there."""


class StoreMoved(StoreError):
    """The file was removed or replaced while it was open: what is written now would be found by nobody."""


class StoreOnShare(StoreError):
    """The file lies, or would lie, on another machine's disk, where a database gets damaged."""


class StoreSynced(StoreError):
    """The file lies, or would lie, in a folder that a program copies to the cloud while it changes."""


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


class StoreTouched(StoreCorrupt):
    """A line of the journal, or a text of it, is not the one that was written."""

    @property
    def line(self) -> str:
        """Its stream and number, as ``CEN-1 43``."""
        return str(self)


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


class StoreUnsynced(StoreFailed):
    """The disk did not confirm what was written.  What it says afterwards can be relied on only once the file was
    opened anew and all that is in its log was written once more, and confirmed.
    """


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

_IO = 10
"""SQLITE_IOERR, of whichever kind: the drivers do not all tell more."""

STILL_READ = (StoreNewer, StoreReadOnly, StoreCorrupt, StoreFull, StoreFailed)
"""What nothing can be written after, while all that is there may still be read."""


def reason_of(error: StoreError) -> StoreError:
    """What is behind an error: for a commit that failed, what it failed with."""
    return error.reason or error if isinstance(error, StoreUnknown) else error


def is_io(error: StoreError) -> bool:
    """Whether the disk failed; also what a quota that is used up comes as."""
    return reason_of(error).code & 0xFF == _IO


def uncommitted(error: BaseException) -> StoreError:
    """As :func:`translate`, for what a commit failed with."""
    told = translate(error)
    if not is_io(told):
        return told
    unsynced = StoreUnsynced(*told.args)
    unsynced.code = told.code
    return unsynced


def _without_code(said: str) -> type[StoreError]:
    if "decode to UTF-8" in said:
        return StoreCorrupt
    return _BY_TEXT.get(said, StoreFailed)


def translate(error: BaseException) -> StoreError:
    """The store's error for a driver's one (SQLAlchemy's wrapping of it is looked through); raise it ``from`` it.

    Of a damaged schema SQLite speaks in bytes that are no text, and then the driver has only that to say.
    """
    original = getattr(error, "orig", None) or error
    if isinstance(original, UnicodeDecodeError):
        return StoreCorrupt(str(original))
    code = getattr(original, "sqlite_errorcode", None)
    kind = _without_code(str(original)) if code is None else _BY_CODE.get(code & 0xFF, StoreFailed)
    if kind is StoreGuard and "budget_" in str(original):
        kind = BudgetGuard
    told = kind(str(original))
    told.code = code or 0
    return told
