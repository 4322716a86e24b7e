"""What is done on a disk that remembers (``disk.py``): each thing is noted when it is said to be done."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

from mesa_recuperacion.reports.files import write_new
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import confirm_chain_key, keep_chain_key, keys_at, pending_chain_key
from tests.faults import unguarded
from tests.faults.at_work import Call, desk, wrote
from tests.faults.disk import Disk

Say = Callable[[object], None]


def commands(say: Say, path: str, log: str, seed: str, turns: str, how: str) -> None:
    """So many commands at a desk, the store closed and opened now and then; ``how`` as in ``acts.work``."""
    if how:
        mode, _, care = how.partition("-")
        unguarded.durable_by(mode, int(care))
        Store.open(Path(path)).close()
    disk, dice = Disk(), Random(seed)
    disk.record(Path(log))
    store = Store.open(Path(path))
    work = desk(store)
    call = Call(work, dice)
    for turn in range(1, int(turns) + 1):
        command, name = call.next(), fresh_id()
        outcome = work.execute(command, name)
        call.told(outcome)
        if wrote(work, outcome, name):
            disk.note(name)
        if turn % 15 == 0:
            store.close()
            store = Store.open(Path(path))
            work = desk(store)
            call = Call(work, dice)


def files(say: Say, folder: str, log: str, times: str, how: str) -> None:
    """Tables that are taken out and keys that are kept; ``how`` ``unforced``: nothing is forced to the disk."""
    if how == "unforced":
        os.fsync = lambda descriptor: None
    disk, at = Disk(), Path(folder)
    disk.record(Path(log))
    for n in range(int(times)):
        made = write_new(at / "mesa-table.csv", lambda out, n=n: out.write(f"{n}\n".encode() * 3000))
        disk.note(f"file {made.name} {n}")
        disk.note(f"pepper {keys_at(at / 'keys.json').pepper.hex()} {n}")
        key = pending_chain_key(at / "keys.json", "CEN-1", n + 1)
        keep_chain_key(at / "keys.json", key)
        disk.note(f"key {key.name} {n}")
        confirm_chain_key(at / "keys.json", key.name)
