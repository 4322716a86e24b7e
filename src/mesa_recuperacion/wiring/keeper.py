"""Sees to it that there is a backup of today and of each shift, without any key waiting for it (rule E6)."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.backups import DAILY, SHIFT, STALE, Backup, Stale, is_due, newest_of
from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.wiring.backups import Backups

if TYPE_CHECKING:
    from mesa_recuperacion.store.store import Store

log = logging.getLogger(__name__)

LOOKS = timedelta(hours=1)
"""How often it is looked whether one is due."""

SETTLED = timedelta(minutes=5)
"""How long after somebody came in: their first call is not the moment."""

Start = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]


class Keeper:
    """Starts a program of its own that makes the backup; whoever works neither waits for it nor notices it.

    Used by one thread.  ``start`` runs the program, for the tests.
    """

    def __init__(self, backups: Backups, start: Start | None = None) -> None:
        self._backups, self._start = backups, start or _detached
        self._next: datetime | None = None
        self._stream = ""
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def keep_days(self) -> int:
        """For how many days backups are kept."""
        return self._backups.keep_days

    def came_in(self, store: Store, *, tells: bool) -> Stale | None:
        """Somebody came in at the station of a store; that its backups are not kept up, to whom one ``tells`` it."""
        self.entered(store.stream)
        with store.reading() as tx:
            first = tx.records(limit=1)
        return self.stale(from_ms(first[0].at_ms)) if tells and first else None

    def entered(self, stream: str) -> None:
        """Somebody came in at that station."""
        self._stream, self._next = stream, self._backups.clock.now() + SETTLED

    def look(self) -> None:
        """Make one if the newest is a day old; it costs nothing but now and then."""
        now = self._backups.clock.now()
        if self._next is None or (now < self._next and self._next - now <= LOOKS):
            return  # a clock that was put back does not put the next look off
        self._next = now + LOOKS
        self._make(DAILY)

    def left(self) -> None:
        """Somebody leaves: make one if the newest is of before this shift."""
        if self._next is not None:
            self._next = None
            self._make(SHIFT)

    def stale(self, since: datetime) -> Stale | None:
        """That the newest backup is older than it should be, of a branch that began then; ``None`` if all is well."""
        newest, now = self._newest(), self._backups.clock.now()
        if now - since < STALE or not is_due(newest, now, STALE):
            return None
        return Stale(newest.at if newest else None)

    def _make(self, after: timedelta) -> None:
        if self._running is not None:
            ended = self._running.poll()
            if ended is None:
                return
            if ended:
                log.warning("the backup ended with %s", ended)
            self._running = None
        if not is_due(self._newest(), self._backups.clock.now(), after):
            return
        hours = round(after.total_seconds() / 3600)
        module = ("-P", "-m", "mesa_recuperacion")
        try:
            self._running = self._start((sys.executable, *module, "backup", "--if-older", str(hours)))
        except OSError as error:
            log.warning("the backup was not begun: %s", type(error).__name__)

    def _newest(self) -> Backup | None:
        try:
            return newest_of(self._backups.of(self._stream), self._backups.clock.now())
        except OSError:
            return None


def _detached(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a program that outlives this one and its terminal, and says nothing."""
    quiet = subprocess.DEVNULL
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, creationflags=flags)  # noqa: S603
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
