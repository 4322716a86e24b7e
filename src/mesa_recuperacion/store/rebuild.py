"""Making the projections again from the journal."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.store import driver, lines
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.fold import Fold
from mesa_recuperacion.store.heard import Progress, heeding, telling, unheard
from mesa_recuperacion.store.shapes import PROJECTIONS
from mesa_recuperacion.store.store import Store

_STATES = 5000


def rebuild(store: Store, progress: Progress = unheard) -> int:
    """Drop what the projections say and fold the whole journal again, in one transaction; answers how many lines.

    Journal, private texts, credentials and drafts are not touched.  Raises ``StoreFailed`` for a line that this version
    cannot read, and what a fact that cannot be folded or ``progress`` raises; then the projections stay as they were.
    """
    with store.write_transaction() as connection:
        with heeding(connection.driver, progress):
            for table in PROJECTIONS:
                connection.driver.execute(f"DELETE FROM {table.name}")
        return fold_journal(connection, progress)


def fold_journal(connection: Connection, progress: Progress) -> int:
    """Fold the whole journal into projections that are empty; answers how many lines.  Raises as :func:`rebuild`."""
    refold = Refold(connection, connection)
    done, total = 0, count_lines(connection, progress)
    connection.driver.execute(f"PRAGMA cache_size={driver.LONG_RUN}")

    def told(taken: int) -> None:
        progress(done + taken, total)

    for stream in lines.streams_of(connection):
        for records, private in lines.pages(connection, stream):
            with uncollected():
                entries = lines.entries_of(records, private)
                refold.take(telling(entries, told))
            done += len(records)
            progress(done, total)
    refold.finish(lambda: progress(done, total))
    return done


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector of cycles rest: a page of the journal makes none, and it would walk all cases each time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def count_lines(connection: Connection, progress: Progress = unheard) -> int:
    """How many lines the journal has."""
    with heeding(connection.driver, progress):
        return int(connection.driver.execute("SELECT count(*) FROM journal").fetchone()[0])


class Refold:
    """Folds a journal that is read from one connection into the projections of another, or of the same."""

    def __init__(self, source: Connection, target: Connection) -> None:
        self.at: Entry | None = None
        """The entry that was taken last: the culprit, if taking it raised."""
        self._fold = Fold(target, lambda case, before: replay(lines.case_entries(source, case, before)), late=True)

    def take(self, entries: Iterable[Entry]) -> None:
        """Fold the next entries."""
        for entry in entries:
            self.at = entry
            self._fold.take(entry)
        self._fold.flush()
        self._fold.forget_states(_STATES)

    def finish(self, alive: Callable[[], None]) -> None:
        """Fold what is told in the end; ``alive`` is called now and then."""
        self._fold.finish(alive)
