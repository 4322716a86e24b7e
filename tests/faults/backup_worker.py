"""Make and restore backups as programs of their own, killed at each of their steps: ``python -m`` this.

    backup DATABASE FOLDER [limit BYTES | nobody]
    backup-killed TEMPLATE RUNS       one run for each step: RUNS/1 is killed before the first, and so on
    restore-killed TEMPLATE RUNS

A template is a folder with ``mesa.db``, and for a restore ``backup.db``.  A step is a call of the system that gives,
takes or settles a name, or a step of the copy; nothing of the program itself is changed.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.store import backup as copying
from mesa_recuperacion.store.heard import in_silence
from mesa_recuperacion.wiring.backups import Backups, BackupUnwritten
from mesa_recuperacion.wiring.restoring import restoring

NOW = datetime(2026, 11, 30, 4, 12, 5, tzinfo=UTC)
CALLS = ("link", "unlink", "rename", "replace", "fsync", "chmod")


def backup(database: Path, folder: Path) -> None:
    """Make one."""
    Backups(database, folder, 30, FixedClock(NOW)).make(in_silence)


def restore(database: Path, source: Path) -> None:
    """Restore one."""
    with restoring(database, source, in_silence) as ready:
        ready.put_in_place(NOW)


def die_at(step: int) -> None:
    """Be killed before that step."""
    steps = count(1)

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def reached(*arguments: Any, **named: Any) -> Any:
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return reached

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    copying._Rounds.__call__ = counted(copying._Rounds.__call__)  # type: ignore[method-assign]


def killed_at_each(template: Path, runs: Path, work: Callable[[Path], None]) -> None:
    """A run of its own for each step, until one comes to its end; says how many were killed."""
    for step in count(1):
        here = runs / str(step)
        shutil.copytree(template, here)
        child = os.fork()  # before any of this process has opened a store
        if child == 0:
            die_at(step)
            work(here)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            print(step - 1)
            return
        assert os.WTERMSIG(status) == signal.SIGKILL


def main(act: str, first: str, second: str, how: str = "", much: str = "0") -> None:
    os.umask(0)  # whatever it lets through is the program's own doing
    one, two = Path(first), Path(second)
    if act == "backup-killed":
        killed_at_each(one, two, lambda here: backup(here / "mesa.db", here / "backups"))
    elif act == "restore-killed":
        killed_at_each(one, two, lambda here: restore(here / "mesa.db", here / "backup.db"))
    else:
        if how == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(much), int(much)))
        if how == "nobody" and os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        try:
            backup(one, two)
        except BackupUnwritten as error:
            print(error.why)


if __name__ == "__main__":
    main(*sys.argv[1:])
