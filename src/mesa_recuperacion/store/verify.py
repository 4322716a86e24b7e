"""Proving that nothing was touched, or saying exactly what was (rule E1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.journal.chain import Ring
from mesa_recuperacion.journal.codec import Said, Undecodable, key_of, opened
from mesa_recuperacion.journal.record import GENESIS, Record
from mesa_recuperacion.store import driver, lines
from mesa_recuperacion.store.connections import Connection, Connections, begin_reading
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.heard import Progress, heeding, telling, unheard
from mesa_recuperacion.store.links import Fault, link_faults, seal_faults
from mesa_recuperacion.store.prepared import Prepared, among
from mesa_recuperacion.store.rebuild import Refold, count_lines, uncollected
from mesa_recuperacion.store.shapes import PROJECTIONS, Shape
from mesa_recuperacion.store.store import Store

__all__ = ["Fault", "Verdict", "verify"]

_DIFFERENCES = 20
"""Differences of one table that are listed; after these, the table is to be rebuilt anyway."""

_WORD = 2000
"""Rows that are compared between two words about it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was verified: the lines, how many of them are tied with a key that is not here (so that only their order
    was), the private texts that were erased, the head of this station's stream, and every fault.
    """

    lines: int
    unproved: int
    erased: int
    stream: str
    seq: int
    hash: bytes
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was touched."""
        return not self.faults


def verify(
    store: Store, progress: Progress = unheard, head: tuple[str, int, bytes] | None = None, rows: Progress = unheard
) -> Verdict:
    """Recompute the chain, the seals and the projections, all of one moment of the store.

    ``progress`` is told of the lines of the journal, ``rows`` of the rows of the projections, after them.

    ``head`` is a head that was noted elsewhere (stream, seq, and the hash or its beginning): what a chain alone cannot
    tell is whether its end was cut off or all of it was written anew by somebody who has its key.
    """
    scratch = Connections(driver.scratch, begin=begin_reading)
    try:
        with store.read_transaction() as source, scratch.transaction() as target:
            _make_projections(source, target)
            check = _Check(source, target, head, store.ring)
            done, total = 0, count_lines(source, progress)
            check.taken = lambda taken: progress(done + taken, total)
            for stream in lines.streams_of(source):
                last = Record(stream, 0, 0, "", 0, "", 0, "", "", "", GENESIS, GENESIS)
                for records, private in lines.pages(source, stream):
                    with uncollected():
                        last = check.page(last, records, private)
                    done += len(records)
                    progress(done, total)
            check.end(head)
            check.projections(rows)
            own = store.stream
            return Verdict(total, check.unproved, check.erased, own, *lines.head_of(source, own), tuple(check.faults))
    finally:
        scratch.dispose()


class _Check:
    def __init__(
        self, source: Connection, target: Connection, head: tuple[str, int, bytes] | None, ring: Ring
    ) -> None:  # fmt: skip
        self.faults: list[Fault] = []
        self.erased = self.unproved = 0
        self._ring = ring
        self._key = ""
        self._source, self._target = source, target
        self._head = head
        self.taken: Callable[[int], None] = lambda taken: None
        """Told how many lines of a page are folded."""
        self._told: Progress = unheard
        self._rows = self._rows_in_all = 0
        self._refold: Refold | None = Refold(source, target)

    def page(self, last: Record, records: Sequence[Record], private: lines.Private) -> Record:
        """Check the next lines of a stream, after its line ``last``; answers the last of them."""
        entries: list[Entry] = []
        for record in records:
            self._link(last, record)
            said = opened(record.body)
            self._seals(record, private, said)
            try:
                entries.append(lines.entry_of(record, private, said))
            except Undecodable as error:
                self._fault("body", record, str(error))
            last = record
        self._fold(entries)
        return last

    def end(self, head: tuple[str, int, bytes] | None) -> None:
        """Check that the journal reaches as far as the head that was given."""
        if head is not None:
            seq, _ = lines.head_of(self._source, head[0])
            if seq < head[1]:
                self.faults.append(Fault("tail", head[0], seq + 1, f"{seq + 1}–{head[1]}"))

    def projections(self, progress: Progress) -> None:
        """Compare every projection with the one that the journal leads to."""
        if self._refold is None:
            return
        self._refold.finish(lambda: progress(0, 0))
        self._told, self._rows_in_all = progress, _rows_of(self._source, progress)
        for table in PROJECTIONS:
            self._compare(table)

    def _link(self, last: Record, record: Record) -> None:
        self._key = key_of(record, self._key if last.seq else "")
        whole = self._ring.holds(record, self._key)
        self.unproved += whole is None
        self.faults += link_faults(last, record, whole)
        noted = self._head
        if noted is not None and (record.stream, record.seq) == noted[:2] and not record.hash.startswith(noted[2]):
            self._fault("head", record)

    def _seals(self, record: Record, private: lines.Private, said: Said | None) -> None:
        erased, faults = seal_faults(record, private, said)
        self.erased += erased
        self.faults += faults

    def _fold(self, entries: list[Entry]) -> None:
        if self._refold is None or not entries:
            return
        try:
            self._refold.take(telling(entries, self.taken))
        except (ValueError, TypeError, StoreError, driver.sqlite.IntegrityError) as error:
            at = self._refold.at or entries[0]
            self._refold = None
            self.faults.append(Fault("fold", at.stream, at.seq, str(error)))

    def _compare(self, table: Shape) -> None:
        width = len(table.key)
        names = ", ".join(f'"{name}"' for name in table.columns)
        query = Prepared(f"SELECT {names} FROM {table.name} ORDER BY {', '.join(table.key)}")
        kept, led = query.run(self._source), query.run(self._target)
        while (some := kept.fetchmany(_WORD)) == (others := led.fetchmany(_WORD)):
            if not some:
                return
            self._rows += len(some)
            self._told(self._rows, self._rows_in_all)
        kept, led = chain(some, self._counted(kept)), chain(others, led)
        differences = 0
        a, b = next(kept, None), next(led, None)
        while (a is not None or b is not None) and differences < _DIFFERENCES:
            if a == b:
                a, b = next(kept, None), next(led, None)
                continue
            differences += 1
            key_a, key_b = _key(a, width), _key(b, width)
            only_a = b is None or (a is not None and key_a < key_b)
            only_b = a is None or (b is not None and key_b < key_a)
            where = key_b if only_b else key_a
            self.faults.append(Fault("projection", detail=" ".join((table.name, *map(str, where)))))
            a = a if only_b else next(kept, None)
            b = b if only_a else next(led, None)

    def _counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Those rows; how many they were is told now and then."""
        for row in rows:
            self._rows += 1
            if self._rows % _WORD == 0:
                self._told(self._rows, self._rows_in_all)
            yield row

    def _fault(self, what: str, record: Record, detail: str = "") -> None:
        self.faults.append(Fault(what, record.stream, record.seq, detail))


def _make_projections(source: Connection, target: Connection) -> None:
    """Empty tables, as those of the source are made, which was held against ours when it was opened."""
    theirs = f"tbl_name IN ({among(table.name for table in PROJECTIONS)}) AND sql IS NOT NULL"
    in_turn = "ORDER BY type = 'trigger', type = 'index'"
    for (made,) in source.driver.execute(f"SELECT sql FROM sqlite_master WHERE {theirs} {in_turn}").fetchall():
        target.driver.execute(made)


def _rows_of(connection: Connection, progress: Progress) -> int:
    """How many rows all the projections have."""
    with heeding(connection.driver, progress):
        counts = (connection.driver.execute(f"SELECT count(*) FROM {table.name}") for table in PROJECTIONS)
        return sum(count.fetchone()[0] for count in counts)


def _key(row: Any, width: int) -> tuple[Any, ...]:
    return () if row is None else row[:width]
