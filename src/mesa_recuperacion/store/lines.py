"""Lines of the journal read back: as records, and as entries with their private texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.journal.codec import Said, Undecodable, fact_of, opened
from mesa_recuperacion.journal.record import GENESIS, Record
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.errors import StoreFailed
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.shapes import JOURNAL

PAGE = 5000
"""Lines of a page: enough that what happens to a case within some days is mostly in one."""

Private = dict[tuple[str, int], dict[str, tuple[bytes, str]]]
"""Private texts by stream and seq: of each field, its salt and the text."""

_NO_TEXTS: dict[str, tuple[bytes, str]] = {}

_RECORD = f"SELECT {', '.join(JOURNAL.columns)} FROM journal"
_PRIVATE = "SELECT stream, seq, field, salt, value FROM private_text"


class Where:
    """The lines that meet a condition over the journal's columns, and their private texts."""

    def __init__(self, which: str) -> None:
        self.lines = Prepared(f"{_RECORD} WHERE {which} ORDER BY stream, seq")
        self.texts = Prepared(
            "SELECT t.stream, t.seq, t.field, t.salt, t.value FROM journal "
            f"JOIN private_text AS t ON t.stream = journal.stream AND t.seq = journal.seq WHERE {which}"
        )

    def entries(self, connection: Connection, *values: Any) -> tuple[Entry, ...]:
        records = list(map(Record._make, self.lines.run(connection, *values)))
        return entries_of(records, _by_line(self.texts.run(connection, *values))) if records else ()


_CASE, _CASE_BEFORE = Where("case_id = ?"), Where("case_id = ? AND journal.seq < ?")
_COMMAND = Where("command = ?")
_HEAD = Prepared("SELECT seq, hash FROM journal WHERE stream = ? ORDER BY seq DESC LIMIT 1")
_NEXT_STREAM = Prepared("SELECT stream FROM journal WHERE stream > ? ORDER BY stream LIMIT 1")
_PAGE = Prepared(f"{_RECORD} WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?")
_BETWEEN = Prepared(f"{_PRIVATE} WHERE stream = ? AND seq > ? AND seq <= ?")


def entry_of(record: Record, private: Private, said: Said | None) -> Entry:
    """The entry of a record, given what its body says (``codec.opened``).  Raises :class:`Undecodable`."""
    stream, seq, at_ms, kind, version, actor, policy, command, case, _, _, _ = record
    texts = private.get((stream, seq), _NO_TEXTS) if said and said.seals else _NO_TEXTS
    fact = fact_of(kind, version, said, lambda field: texts[field][1] if field in texts else None)
    return Entry(stream, seq, from_ms(at_ms), actor, policy, command, case, fact)


def entries_of(records: Iterable[Record], private: Private) -> tuple[Entry, ...]:
    """The entries of records.  Raises ``StoreFailed`` for one that this version cannot read."""
    try:
        return tuple(entry_of(record, private, opened(record.body)) for record in records)
    except Undecodable as error:
        raise StoreFailed(str(error)) from error


def command_entries(connection: Connection, command: str) -> tuple[Entry, ...]:
    """The entries of the lines that a command caused, in their order."""
    return _COMMAND.entries(connection, command)


def case_entries(connection: Connection, case: str, before: int | None = None) -> tuple[Entry, ...]:
    """The entries of a case; only those below the line ``before``, if it is given."""
    if before is None:
        return _CASE.entries(connection, case)
    return _CASE_BEFORE.entries(connection, case, before)


def head_of(connection: Connection, stream: str) -> tuple[int, bytes]:
    """The last line's seq and hash; ``(0, GENESIS)`` before the first."""
    row = _HEAD.one(connection, stream)
    return (row[0], row[1]) if row else (0, GENESIS)


def streams_of(connection: Connection) -> tuple[str, ...]:
    """The streams that the journal holds, found by hopping along its key."""
    found: list[str] = []
    while row := _NEXT_STREAM.one(connection, found[-1] if found else ""):
        found.append(row[0])
    return tuple(found)


def page(connection: Connection, stream: str, after: int, limit: int) -> Sequence[Record]:
    """The next records of a stream after a line."""
    return list(map(Record._make, _PAGE.run(connection, stream, after, limit)))


def pages(connection: Connection, stream: str, size: int = PAGE) -> Iterator[tuple[Sequence[Record], Private]]:
    """A stream from its beginning, page by page, with the private texts of each page."""
    after = 0
    while records := page(connection, stream, after, size):
        last = records[-1].seq
        yield records, private_between(connection, stream, after, last)
        after = last


def private_between(connection: Connection, stream: str, after: int, last: int) -> Private:
    """The private texts of the lines after one and up to another."""
    return _by_line(_BETWEEN.run(connection, stream, after, last))


def _by_line(rows: Iterable[Any]) -> Private:
    found: Private = {}
    for stream, seq, field, salt, value in rows:
        found.setdefault((stream, seq), {})[field] = (salt, value)
    return found
