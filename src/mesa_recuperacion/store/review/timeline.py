"""One case from its first line to its last, and the proof that nobody touched them (rules A3, E1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.domain.review.cases import Proof
from mesa_recuperacion.domain.tally import tally
from mesa_recuperacion.journal.chain import seal_matches
from mesa_recuperacion.journal.codec import seals
from mesa_recuperacion.journal.record import GENESIS, Record
from mesa_recuperacion.store import lines
from mesa_recuperacion.store.case_rows import case_row
from mesa_recuperacion.store.counting import Counting
from mesa_recuperacion.store.owed import names_of
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.station import key_at, keys_since
from mesa_recuperacion.store.tables import case_file, journal, private_text

_j, _p = journal.c, private_text.c

LINES: Select[Any] = select(*_j).where(_j.case_id == bindparam("case")).order_by(_j.stream, _j.seq)
"""The lines of a case."""

TEXTS: Select[Any] = (
    select(_p.seq, _p.field, _p.salt, _p.value)
    .join_from(journal, private_text, and_(_p.stream == _j.stream, _p.seq == _j.seq))
    .where(_j.case_id == bindparam("case"))
)
"""The private texts of those lines."""

BESIDE: Select[Any] = select(*_j).where(
    _j.stream == bindparam("stream"), _j.seq.in_(bindparam("lines", expanding=True))
)
"""Lines of a stream by their numbers."""

_AT_ONCE = 500
"""Lines that are looked up with one statement."""


def proof(tx: Reading, folio: str) -> Proof | None:
    """What the chain says of a case's lines; ``None`` for a case that has none.

    Each line's hash is computed again from its columns, its private texts are held against their seals, and it has to
    be tied to the line before it in its stream, and the line after it to it.  All of that costs what the case's own
    lines cost, however long the journal is.  Lines that are missing and leave no gap beside
    another line of the case are missed by what the rest leads to, which has to be what the desk knows of the case; one
    that the desk knows nothing of, as a note, is missed by the cases beside it, and by ``verify``.
    """
    records = [Record(*row) for row in tx.connection.core.execute(LINES, {"case": folio})]
    if not records:
        return None
    stream, first, last = records[0].stream, records[0].seq, records[-1].seq
    touched = min(_touched(tx, folio, records), default=0)
    return Proof(stream, first, last, len(records), touched, bool(touched) or _leads_there(tx, folio))


def read(tx: Reading, folio: str) -> tuple[Entry, ...]:
    """Everything that happened in a case, in order.  Raises ``StoreFailed`` for a line that cannot be read."""
    return lines.case_entries(tx.connection, folio)


def names(tx: Reading, people: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The names of people who work here or did, by their reference."""
    return tuple(sorted(names_of(tx.connection, set(people)).items()))


def _touched(tx: Reading, folio: str, records: Sequence[Record]) -> Iterable[int]:
    """The lines that do not fit, and those that should be beside one of the case's and are not.

    Of two lines that do not fit together, one whose hash is that of its columns vouches for what the other was.
    """
    beside, texts = _beside(tx, records), _texts(tx, folio)
    stream = records[0].stream
    head, keys = lines.head_of(tx.connection, stream)[0], keys_since(tx.connection, stream)

    def holds(record: Record) -> bool:
        """Whether nothing is known against a line: one that is tied with a key that is not here is not judged."""
        return tx.ring.holds(record, key_at(keys, record.seq)) is not False

    for record in records:
        before, after = beside.get(record.seq - 1), beside.get(record.seq + 1)
        if record.stream != stream:  # a case is written where it was opened, and nowhere else
            yield record.seq
        if not holds(record) or not _sealed(record, texts.get(record.seq, {})):
            yield record.seq
        elif record.prev != (GENESIS if before is None else before.hash) and (before or record.seq == 1):
            vouched = before is not None and after is not None and after.prev == record.hash
            yield record.seq - 1 if vouched else record.seq
        elif after is not None and after.prev != record.hash and holds(after):
            yield record.seq
        if before is None and record.seq > 1:
            yield record.seq - 1
        if after is None and record.seq < head:
            yield record.seq + 1


def _beside(tx: Reading, records: Sequence[Record]) -> dict[int, Record]:
    """The lines, and those before and after them."""
    wanted = sorted({seq + by for seq in (record.seq for record in records) for by in (-1, 0, 1)})
    found: dict[int, Record] = {}
    for n in range(0, len(wanted), _AT_ONCE):
        asked = {"stream": records[0].stream, "lines": wanted[n : n + _AT_ONCE]}
        found |= {row.seq: Record(*row) for row in tx.connection.core.execute(BESIDE, asked)}
    return found


def _texts(tx: Reading, folio: str) -> dict[int, dict[str, tuple[bytes, str]]]:
    found: dict[int, dict[str, tuple[bytes, str]]] = {}
    for row in tx.connection.core.execute(TEXTS, {"case": folio}):
        found.setdefault(row.seq, {})[row.field] = (row.salt, row.value)
    return found


def _sealed(record: Record, texts: dict[str, tuple[bytes, str]]) -> bool:
    """Whether its private texts are those that were sealed; one that was erased is (rule E3)."""
    try:
        known = seals(record.body)
    except ValueError:
        return False
    return all(name in known and seal_matches(known[name], value, salt) for name, (salt, value) in texts.items())


def _leads_there(tx: Reading, folio: str) -> bool:
    entries = read(tx, folio)
    try:
        state = replay(entries)
    except (ValueError, TypeError):
        return False
    row = tx.connection.core.execute(select(case_file).where(case_file.c.folio == folio)).first()
    if state is None or row is None:
        return False
    adds = Counting(tx.connection).columns(entries[-1].stream, tally(state).counted)
    return bool(row._asdict() == case_row(state, entries[-1]) | adds)
