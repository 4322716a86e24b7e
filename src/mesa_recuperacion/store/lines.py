"""Lines of the journal read back: as records, and as entries with their private texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.journal.codec import Undecodable, decode
from mesa_recuperacion.journal.record import GENESIS, Record
from mesa_recuperacion.store.errors import StoreFailed
from mesa_recuperacion.store.tables import journal, private_text

Private = dict[tuple[str, int, str], str]
"""Private texts by stream, seq and field."""

_RECORD: Select[Any] = select(*journal.c)
_PRIVATE = select(private_text.c.stream, private_text.c.seq, private_text.c.field, private_text.c.value)
_IN_ORDER = (journal.c.stream, journal.c.seq)
_OF_LINE = and_(private_text.c.stream == journal.c.stream, private_text.c.seq == journal.c.seq)


def record_of(row: Row[Any]) -> Record:
    """The record of a row of the journal."""
    return Record(*tuple(row))


def entry_of(record: Record, private: Private) -> Entry:
    """The entry of a record.  Raises :class:`Undecodable`."""

    def lookup(field: str) -> str | None:
        return private.get((record.stream, record.seq, field))

    fact = decode(record.kind, record.version, record.body, lookup)
    at = from_ms(record.at_ms)
    return Entry(record.stream, record.seq, at, record.actor, record.policy, record.command, record.case, fact)


def entries_of(records: Iterable[Record], private: Private) -> tuple[Entry, ...]:
    """The entries of records.  Raises ``StoreFailed`` for one that this version cannot read."""
    try:
        return tuple(entry_of(record, private) for record in records)
    except Undecodable as error:
        raise StoreFailed(str(error)) from error


def entries_where(connection: Connection, which: ColumnElement[bool]) -> tuple[Entry, ...]:
    """The entries of the lines that meet a condition over the journal's columns, in their order."""
    records = [record_of(row) for row in connection.execute(_RECORD.where(which).order_by(*_IN_ORDER))]
    if not records:
        return ()
    texts = connection.execute(_PRIVATE.join_from(journal, private_text, _OF_LINE).where(which))
    return entries_of(records, {(stream, seq, field): value for stream, seq, field, value in texts})


def case_entries(connection: Connection, case: str, before: int | None = None) -> tuple[Entry, ...]:
    """The entries of a case; only those below the line ``before``, if it is given."""
    which = journal.c.case_id == case
    return entries_where(connection, which if before is None else and_(which, journal.c.seq < before))


def head_of(connection: Connection, stream: str) -> tuple[int, bytes]:
    """The last line's seq and hash; ``(0, GENESIS)`` before the first."""
    last = select(journal.c.seq, journal.c.hash).where(journal.c.stream == stream).order_by(journal.c.seq.desc())
    row = connection.execute(last.limit(1)).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def streams_of(connection: Connection) -> tuple[str, ...]:
    """The streams that the journal holds, found by hopping along its key."""
    found: list[str] = []
    while True:
        after = select(journal.c.stream).where(journal.c.stream > (found[-1] if found else ""))
        row = connection.execute(after.order_by(journal.c.stream).limit(1)).first()
        if row is None:
            return tuple(found)
        found.append(row.stream)


def page(connection: Connection, stream: str, after: int, limit: int) -> Sequence[Record]:
    """The next records of a stream after a line."""
    which = and_(journal.c.stream == stream, journal.c.seq > after)
    return [record_of(row) for row in connection.execute(_RECORD.where(which).order_by(journal.c.seq).limit(limit))]


def pages(connection: Connection, stream: str, size: int = 1000) -> Iterator[tuple[Sequence[Record], Private]]:
    """A stream from its beginning, page by page, with the private texts of each page."""
    after = 0
    while records := page(connection, stream, after, size):
        last = records[-1].seq
        yield records, private_between(connection, stream, after, last)
        after = last


def private_between(connection: Connection, stream: str, after: int, last: int) -> Private:
    """The private texts of the lines after one and up to another."""
    key = private_text.c
    which = and_(key.stream == stream, key.seq > after, key.seq <= last)
    return {(of, seq, field): value for of, seq, field, value in connection.execute(_PRIVATE.where(which))}


def salts_between(connection: Connection, stream: str, after: int, last: int) -> dict[tuple[int, str], bytes]:
    """The salts of those private texts, by seq and field."""
    key = private_text.c
    query = select(key.seq, key.field, key.salt).where(key.stream == stream, key.seq > after, key.seq <= last)
    return {(seq, field): salt for seq, field, salt in connection.execute(query)}
