"""The look at the start: whether the journal is still the one that was written, while somebody works already (E1, E4).

A bit that flips in a text leaves a database that SQLite finds in order; only the chain tells.  The newest lines come
first, page by page in transactions of their own, with rests that grow: what is at work now is known within seconds, and
millions of old lines take their time without being felt.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

from mesa_recuperacion.journal.codec import opened
from mesa_recuperacion.journal.record import GENESIS, Record
from mesa_recuperacion.store import lines
from mesa_recuperacion.store.errors import StoreCorrupt, StoreError, StoreTouched
from mesa_recuperacion.store.links import Fault, link_faults, seal_faults
from mesa_recuperacion.store.station import key_at, keys_since
from mesa_recuperacion.store.store import Store

PAGE = 500
"""Lines of a page."""

REST, LONG_REST = 0.03, 0.5
"""Seconds between two pages, and after the first ``SOON`` of them."""

SOON = 200

SMALL = 64 * 1024 * 1024
"""Bytes of a file up to which its tables and indexes are compared as well, each in one go."""


def check(store: Store, stop: Event | None = None) -> StoreCorrupt | None:
    """Look at the whole journal, and at the tables of a small store; seal the store with the first fault, answered.

    ``stop`` ends it early.  ``None`` where nothing was found, or nothing could be read for another reason than damage.
    """
    stopped = stop or Event()
    try:
        found = next(_faults(store, stopped), None)
    except StoreCorrupt as error:
        return error  # the store has sealed itself
    except StoreError:
        return None
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # what no line of ours can be
        found = StoreCorrupt(type(error).__name__)
    if found is not None:
        store.seal(found)
    return found


def _faults(store: Store, stop: Event) -> Iterator[StoreCorrupt]:
    with store.read_transaction() as connection:
        heads = [(stream, lines.head_of(connection, stream)[0]) for stream in lines.streams_of(connection)]
    pages = 0
    for stream, head in heads:
        if head < 1:
            yield StoreTouched(f"{stream} {head}")
        last = head
        while last > 0:
            for fault in page(store, stream, last):
                yield StoreTouched(f"{fault.stream} {fault.seq}")
            last -= PAGE
            pages += 1
            if stop.wait(REST if pages < SOON else LONG_REST):
                return
    yield from _tables(store, stop)


def page(store: Store, stream: str, last: int) -> list[Fault]:
    """What is wrong with the lines of a page that ends with ``last``, each compared with the one before it."""
    first = max(0, last - PAGE)
    with store.read_transaction() as connection:
        records = lines.page(connection, stream, first - 1, last - first + 1)
        private = lines.private_between(connection, stream, first, last)
        keys = keys_since(connection, stream)
    records = [record for record in records if record.seq <= last]
    before = Record(stream, 0, 0, "", 0, "", 0, "", "", "", GENESIS, GENESIS)
    if first:
        if not records or records[0].seq != first:
            return [Fault("gap", stream, first, str(first))]
        before, records = records[0], records[1:]
    faults: list[Fault] = []
    for record in records:
        faults += link_faults(before, record, store.ring.holds(record, key_at(keys, record.seq)))
        faults += seal_faults(record, private, opened(record.body))[1]
        before = record
    if before.seq != last:
        faults.append(Fault("gap", stream, before.seq + 1, f"{before.seq + 1}–{last}"))
    return faults


def _tables(store: Store, stop: Event) -> Iterator[StoreCorrupt]:
    """SQLite's own look at each table and its indexes."""
    with store.read_transaction() as connection:
        size = connection.driver.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        if (size.fetchone()[0]) > SMALL:
            return
        found = connection.driver.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        names = [name for (name,) in found]
    for name in names:
        if stop.wait(REST):
            return
        with store.read_transaction() as connection:
            said = connection.driver.execute(f'PRAGMA integrity_check("{name}")').fetchone()[0]
        if said != "ok":
            yield StoreCorrupt(str(said))
