"""The files with personal data that were written outside the program's own folders (rules E3, F8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.store.prepared import upsert
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.tables import handed_out
from mesa_recuperacion.store.writing import Writing

_h = handed_out.c
_NOTE = upsert(handed_out)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file that was written: where, what it is a table of, and when."""

    path: Path
    kind: str
    at: datetime


def note(tx: Writing, file: HandedOut) -> None:
    """Keep that a file is about to get its name there: noted first, so that none is ever there that nobody knows of."""
    tx.connection.execute(_NOTE, {"path": str(file.path), "kind": file.kind, "at_ms": to_ms(file.at)})


def drop(tx: Writing, paths: Iterable[Path]) -> None:
    """Forget files that are gone."""
    for path in paths:
        tx.connection.execute(delete(handed_out).where(_h.path == str(path)))


def listed(tx: Reading) -> tuple[HandedOut, ...]:
    """Those files, the oldest first."""
    rows = tx.connection.execute(select(handed_out).order_by(_h.at_ms, _h.path))
    return tuple(HandedOut(Path(row.path), row.kind, from_ms(row.at_ms)) for row in rows)
