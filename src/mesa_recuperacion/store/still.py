"""A store that is only looked at: nothing is created, changed or recovered by looking (rule E6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mesa_recuperacion.journal.chain import NO_KEYS, Ring
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.connections import READERS, Connections, begin_reading
from mesa_recuperacion.store.errors import StoreReadOnly
from mesa_recuperacion.store.heard import Progress, unheard
from mesa_recuperacion.store.recognise import recognise
from mesa_recuperacion.store.store import Store

WAL, SHM, JOURNAL = "-wal", "-shm", "-journal"
SIDES = (WAL, SHM, JOURNAL)
"""What SQLite keeps beside a database that is in use, or whose last user was killed."""


def side(path: Path, suffix: str) -> Path:
    """The side file of a database."""
    return path.with_name(path.name + suffix)


def sides(path: Path) -> tuple[Path, ...]:
    """The side files that are there."""
    return tuple(found for suffix in SIDES if (found := side(path, suffix)).exists())


def still(path: Path) -> Any:
    """A connection that reads a file as it lies there, together with what a writer has beside it.

    Where nobody has it open it is read without locks and without side files; where somebody does, with theirs.
    Raises the driver's error; ``StoreReadOnly`` where a killed writer's last words would first have to be taken up.
    """
    wal, shm = side(path, WAL), side(path, SHM).exists()
    if wal.exists() and not shm and wal.stat().st_size:
        raise StoreReadOnly(f"{path}: its {WAL} is there and its {SHM} is not")
    in_use = (wal.exists() and shm) or side(path, JOURNAL).exists()
    return driver.prepared(driver.connect(path, mode="ro", immutable=not in_use), driver.prepare_reader)


class StillStore(Store):
    """A store that is only looked at; only :meth:`reading` and what reads are of use."""

    def __init__(self, path: Path, ring: Ring = NO_KEYS) -> None:
        super().__init__(path, ring)
        self._readers = Connections(lambda: still(path), size=READERS, begin=begin_reading)

    @classmethod
    def open(cls, path: Path, ring: Ring = NO_KEYS, progress: Progress = unheard) -> StillStore:
        """Open a store of this version; there is nothing to tell of.

        Raises as :func:`recognise`, and ``StoreCorrupt`` for one without a table.
        """
        recognise(path, recover=False)
        store = cls(path, ring)
        try:
            store._check()
        except BaseException:
            store.close()
            raise
        return store
