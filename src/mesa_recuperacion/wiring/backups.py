"""The folder of the backups: making one, proving it, giving it its name, and letting go of the oldest (rule E6)."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.backups import Backup, had_their_time, is_due, name_of, newest_of, of_station
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.ids import stream_name
from mesa_recuperacion.store.durable import put_into_place
from mesa_recuperacion.wiring.files import part_in, settle
from mesa_recuperacion.wiring.locking import held
from mesa_recuperacion.wiring.places import prepared

if TYPE_CHECKING:
    from mesa_recuperacion.store.heads import Heads
    from mesa_recuperacion.store.heard import Steps
    from mesa_recuperacion.store.verify import Verdict

log = logging.getLogger(__name__)

LOCK = ".mesa-backup.lock"
STEPS = ("copy", "pages", "lines", "rows")
"""What making a backup consists of, and bringing one back."""

ASIDE = (".replaced-", ".before-v")
"""What is between the name of a store and the day on which it was set aside."""

_PART = ".mesa-backup-"
_STALE = 24 * 3600
"""Seconds after which a part in a folder that is not ours was left behind by a program that was killed."""

Proof = Callable[[Path], "tuple[Verdict, Heads]"]


class BackupBusy(Exception):
    """Another window is making a backup there."""


class BackupUnwritten(Exception):
    """A backup could not be written; ``why`` is ``full``, ``folder``, ``rights``, ``exists`` or ``failed``."""

    def __init__(self, place: Path, why: str) -> None:
        super().__init__(f"{why}: {place}")
        self.place, self.why = place, why


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was proved and has its name; ``gone`` is how many older ones had had their time."""

    path: Path
    verdict: Verdict
    heads: Heads
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of a store in their folder, which is made with the first of them.

    Only what was proved ever gets a name that counts; whatever happens before that leaves older backups as they are.
    """

    database: Path
    folder: Path
    keep_days: int
    clock: Clock
    keys: Path | None = None
    """The file of the keys that a copy is proved with."""

    def of(self, stream: str) -> tuple[Backup, ...]:
        """Those of a station, the oldest first; none where there is no folder.  Raises ``OSError`` otherwise."""
        try:
            return of_station(os.listdir(self.folder), stream)  # noqa: PTH208 - names are all that is asked
        except FileNotFoundError:
            return ()

    def make(self, steps: Steps, *, if_older: timedelta | None = None) -> Made | None:
        """Make one, and let go of those that have had their time; ``None`` if none is due yet.

        The steps are :data:`STEPS`; stopped in one of them, it leaves all as it was.
        Raises :class:`BackupBusy`, :class:`BackupUnwritten`, and the store's errors of the store or of its copy.
        """
        stream, now = self.stream(), self.clock.now()  # says what is wrong with the store before any folder is made
        with _writing(self.folder), self._alone():
            if if_older is not None and not is_due(newest_of(self.of(stream), now), now, if_older):
                return None
            sweep(self.folder)
            made = _made(self.database, self.folder, lambda nth: name_of(stream, now, nth), self._proof(steps), steps)
            return Made(made.path, made.verdict, made.heads, self._let_go(stream, now))

    def make_at(self, target: Path, steps: Steps) -> Made:
        """Make one under a name, or in a folder, that somebody chose; never over a file.  Raises as :meth:`make`."""
        stream, now = self.stream(), self.clock.now()
        if target.is_dir():
            return _at(self.database, target, lambda nth: name_of(stream, now, nth), self._proof(steps), steps)
        if target.exists() or target.is_symlink():
            raise BackupUnwritten(target, "exists")
        return _at(
            self.database, target.parent, lambda nth: target.name if nth == 1 else "", self._proof(steps), steps
        )  # fmt: skip

    def stream(self) -> str:
        """The station of the store.  Raises the store's errors."""
        from mesa_recuperacion.store.errors import StoreCorrupt
        from mesa_recuperacion.store.quick import glance

        station = glance(self.database).station
        if station is None:
            raise StoreCorrupt(f"{self.database}: holds no branch")
        return stream_name(station.branch, station.number)

    def _proof(self, steps: Steps) -> Proof:
        """How a copy of the store is proved."""
        from mesa_recuperacion.store.backup import prove_copy
        from mesa_recuperacion.wiring.keys import ring_at

        return lambda copy: prove_copy(copy, self.database, steps, ring_at(self.keys))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with held(prepared(self.folder) / LOCK) as alone:
            if not alone:
                raise BackupBusy
            yield

    def _let_go(self, stream: str, now: datetime) -> int:
        gone = 0
        for backup in had_their_time(self.of(stream), now, self.keep_days):
            try:
                (self.folder / backup.name).unlink()
                gone += 1
            except OSError as error:  # it is tried again with the next one
                log.warning("a backup that has had its time stays: %s", type(error).__name__)
        self._let_go_aside(now)
        return gone

    def _let_go_aside(self, now: datetime) -> None:
        """What was set aside beside the store, by a restore or an upgrade, has its time as well: it holds the personal
        data of that day, also of who asked to be forgotten since (rule E3).
        """
        oldest = (now - timedelta(days=self.keep_days)).timestamp()
        for mark in ASIDE:
            for path in self.database.parent.glob(f"{self.database.name}{mark}*"):
                with suppress(OSError):
                    if path.lstat().st_ctime < oldest:
                        path.unlink()


def sweep(folder: Path, older: float = 0.0) -> None:
    """Remove what backups that were cut short have left; only what is ``older``, in seconds."""
    for part in folder.glob(f"{_PART}*.part*"):
        with suppress(OSError):
            if time.time() - part.lstat().st_mtime >= older:
                part.unlink()


def _at(database: Path, folder: Path, name: Callable[[int], str], proof: Proof, steps: Steps) -> Made:
    if not folder.is_dir():
        raise BackupUnwritten(folder, "folder")
    with _writing(folder):
        sweep(folder, _STALE)
        return _made(database, folder, name, proof, steps)


def _made(database: Path, folder: Path, name: Callable[[int], str], proof: Proof, steps: Steps) -> Made:
    from mesa_recuperacion.store.backup import copy_of

    with part_in(folder, _PART) as part:
        copy_of(database, part, steps("copy"))
        verdict, heads = proof(part)
        settle(part)
        for nth in count(1):
            if not (free := name(nth)):
                raise BackupUnwritten(folder, "exists")
            with suppress(FileExistsError):
                put_into_place(part, folder / free)
                return Made(folder / free, verdict, heads)
    raise AssertionError("numbers do not end")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """What the disk says about a place to write, as one of our reasons."""
    from mesa_recuperacion.store.backup import NotCopied

    try:
        yield
    except NotCopied as error:
        raise BackupUnwritten(folder, error.why) from error
    except OSError as error:
        raise BackupUnwritten(folder, why_of(error)) from error


def why_of(error: OSError) -> str:
    """Why something could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "full"
    if isinstance(error, FileNotFoundError | NotADirectoryError | FileExistsError):
        return "folder"
    return "rights" if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) else "failed"
