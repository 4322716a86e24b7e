"""The throw-away branch to practise on, in a folder of its own that goes with it (rule F9)."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.views import Day, Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.wiring import loading
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.locking import is_held

if TYPE_CHECKING:
    from mesa_recuperacion.service.desk import DeskService
    from mesa_recuperacion.service.people import People
    from mesa_recuperacion.store.store import Store

PREFIX = "mesa-practice-"
_HELD = "held"
"""The file of a folder that whoever practises there keeps locked, for as long as the process lives."""


class Practice:
    """At most one throw-away branch; the real one is only read."""

    def __init__(self, clock: Clock, words: Words) -> None:
        self._clock, self._words = clock, words
        self._folder: Path | None = None
        self._hold = -1
        self._store: Store | None = None
        self.desk: DeskService | None = None
        """The desk to practise at; ``None`` while nobody does."""
        self.people: People | None = None
        """Who authorises there: nobody's own PIN, but the one that the branch to practise on shows."""

    def begin(self, real: People, person: Person) -> tuple[Policy, Day]:
        """Make the branch, with the policy in force; answers the policy and the person's day on it."""
        loading.reviewing()  # with what its tables are made with
        from mesa_recuperacion.service.policies import Policies
        from mesa_recuperacion.service.practice import begin

        self.end()
        self._folder = Path(mkdtemp(prefix=PREFIX))
        try:
            self._hold = hold(self._folder)
            self._store, self.desk, policy = begin(
                real, self._folder / "mesa.db", Policies(self._words), actor=person,
                customer=self._words.t("Practice Customer"), clock=self._clock, new_id=fresh_id,
            )  # fmt: skip
        except BaseException:
            self.end()
            raise
        self.people = replace(real, store=self._store)
        return policy, self.desk.day()

    def end(self) -> None:
        """Throw it all away."""
        if self._store is not None:
            self._store.close()
        if self._hold >= 0:
            os.close(self._hold)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = self._store = self.desk = self.people = None
        self._hold = -1


def hold(folder: Path) -> int:
    """Mark a folder as in use by this process; the mark goes with the process, however it ends.

    -1 where there is no such mark (Windows, some file systems): such a folder is never swept.
    """
    if sys.platform == "win32":
        return -1
    import fcntl

    with contextlib.suppress(OSError):
        descriptor = os.open(folder / _HELD, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            (folder / _HELD).unlink()
        else:
            return descriptor
    return -1


def left_behind() -> tuple[Path, ...]:
    """The folders that this person's processes left behind; nothing is changed, and on Windows none is known."""
    if sys.platform == "win32":
        return ()
    found = []
    for folder in sorted(Path(gettempdir()).glob(f"{PREFIX}*")):
        with contextlib.suppress(OSError):
            ours = not folder.is_symlink() and folder.lstat().st_uid == os.getuid()
            if ours and (folder / _HELD).exists() and not is_held(folder / _HELD):
                found.append(folder)
    return tuple(found)


def sweep() -> None:
    """Remove the folders that this person's processes left behind when they were killed.

    A folder without the mark may be about to get it, and one of somebody else, or a link, is none of our business.
    On Windows nothing is removed.
    """
    if sys.platform == "win32":
        return
    import fcntl

    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.lstat().st_uid != os.getuid():
                continue
            descriptor = os.open(folder / _HELD, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)
