"""A desk in a process of its own, on a machine whose wall clock is so many seconds off: ``python -m`` this, an act, a
branch's file, the seconds.
"""

from __future__ import annotations

import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.ids import fresh_id


class SetClock(SystemClock):
    """The machine's own steady time, and its wall clock set to something else."""

    def __init__(self, seconds: float) -> None:
        self.off = timedelta(seconds=seconds)

    def now(self) -> datetime:
        """What the wall says."""
        return super().now() + self.off

    def boot(self) -> str:
        """All these processes run on one machine that stays on, whether or not it names its boots."""
        return "this one"


def desk(path: Path, clock: SetClock) -> DeskService:
    """Agent 1 at work."""
    store, policies = Store.open(path), Policies(words("en"))
    with store.reading() as tx:
        person, policy = tx.person_by_number(1), policies.in_force(tx, SystemClock().now())
    assert person is not None
    return DeskService(store, policies, clock, fresh_id, person, policy)


def main() -> None:
    """``open`` a case, print its folio and the steady second of its first letter, and stay; or ``look`` at the case and
    print how long its customer has waited.
    """
    act, path, off, *rest = sys.argv[1:]
    clock = SetClock(float(off))
    work = desk(Path(path), clock)
    if act == "open":
        began = clock.steady()
        done = work.execute(c.OpenCase(clock.now(), name="Marta Ruiz"), fresh_id())
        assert isinstance(done, Executed)
        assert done.file is not None
        sys.stdout.write(f"{done.file.state.folio} {began}\n")
        sys.stdout.flush()
        threading.Event().wait()  # until it is killed
    file, _ = work.note_jump(rest[0])
    assert file is not None
    sys.stdout.write(f"{file.state.countdown.elapsed(clock.now())}\n")


if __name__ == "__main__":
    main()
