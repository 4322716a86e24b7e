"""The journal as JSON lines, for whoever wants to verify it or to read it elsewhere."""

from __future__ import annotations

import json
from typing import IO, Any

from mesa_recuperacion.domain.text import escaped
from mesa_recuperacion.journal.record import Record
from mesa_recuperacion.store import lines
from mesa_recuperacion.store.heard import Progress, unheard
from mesa_recuperacion.store.rebuild import count_lines
from mesa_recuperacion.store.store import Store


def export(store: Store, out: IO[str], *, private: bool = False, progress: Progress = unheard) -> int:
    """Write every line of the journal as one JSON object, in order; answers how many.

    The members are the columns of ``docs/journal.md``, ``prev`` and ``hash`` in hexadecimal, ``body`` the text that is
    hashed.  With ``private``, a member ``private`` holds the personal texts that have not been erased, by field.
    """
    count = 0
    with store.read_transaction() as connection:
        total = count_lines(connection, progress)
        for stream in lines.streams_of(connection):
            for records, texts in lines.pages(connection, stream):
                for record in records:
                    kept = texts.get((stream, record.seq), {}) if private else {}
                    out.write(_line(record, {field: value for field, (_, value) in kept.items()}))
                count += len(records)
                progress(count, total)
    return count


def _line(record: Record, private: dict[str, str]) -> str:
    members: dict[str, Any] = record._asdict()
    members |= {"prev": record.prev.hex(), "hash": record.hash.hex()}
    if private:
        members["private"] = private
    return escaped(json.dumps(members, ensure_ascii=False, separators=(",", ":"))) + "\n"
