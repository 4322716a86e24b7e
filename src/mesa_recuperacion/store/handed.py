"""The files with personal data that were written outside the program's own folders (rules E3, F8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.store.prepared import Prepared, deleting, upsert
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.shapes import HANDED_OUT
from mesa_recuperacion.store.writing import Writing

_NOTE, _DROP = upsert(HANDED_OUT), deleting(HANDED_OUT)
_LISTED = Prepared("SELECT path, kind, at_ms FROM handed_out ORDER BY at_ms, path")


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file that was written: where, what it is a table of, and when."""

    path: Path
    kind: str
    at: datetime


def note(tx: Writing, file: HandedOut) -> None:
    """Keep that a file is about to get its name there: noted first, so that none is ever there that nobody knows of."""
    _NOTE.run(tx.connection, str(file.path), file.kind, to_ms(file.at))


def drop(tx: Writing, paths: Iterable[Path]) -> None:
    """Forget files that are gone."""
    for path in paths:
        _DROP.run(tx.connection, str(path))


def listed(tx: Reading) -> tuple[HandedOut, ...]:
    """Those files, the oldest first."""
    return tuple(HandedOut(Path(path), kind, from_ms(at)) for path, kind, at in _LISTED.run(tx.connection))
