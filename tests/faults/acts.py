"""What the writers of a :class:`~tests.faults.crew.Crew` do."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from mesa_recuperacion.domain.commands import Command
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.service.desk import DeskService, Executed
from mesa_recuperacion.store.errors import StoreBusy, StoreError
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.tying import tie
from tests.desk import branch, opened
from tests.faults import unguarded
from tests.faults.at_work import Call, desk, wrote
from tests.faults.failing import sweep
from tests.faults.recording import commands, files

Say = Callable[[object], None]


def warm() -> None:
    """Load and compile whatever the first command of a process needs, and leave nothing open."""
    with TemporaryDirectory() as folder, opened(branch(Path(folder))) as store:
        at = desk(store)
        call = Call(at, Random(0))
        for _ in range(12):
            call.told(at.execute(call.next(), fresh_id()))


def settle(say: Say, path: str) -> None:
    """Open the store alone and let go of it: it is in the journal mode of this SQLite then, whoever made it."""
    Store.open(Path(path)).close()


def race(say: Say, path: str, go: str, seed: str, tries: str, without: str) -> None:
    """So many commands at one shared budget, some of them twice under one identity, beginning when the file ``go`` is
    there; tells each fault and each wait.
    """
    for piece in without.split():
        unguarded.PIECES[piece]()
    work, dice = desk(Store.open(Path(path))), Random(seed)
    call = Call(work, dice)
    waits, repeated = [], 0
    say("ready")
    while not Path(go).exists():
        time.sleep(0.001)
    for _ in range(int(tries)):
        command, name = call.next(), fresh_id()
        try:
            began = time.monotonic()
            outcome = _patiently(work, command, name, say)
            waits.append(time.monotonic() - began)
            call.told(outcome)
            if dice.random() < 0.25 and isinstance(outcome, Executed):
                repeated += 1
                again = _patiently(work, command, name, say)
                if _folio(again) != _folio(outcome):
                    say(f"double {type(command).__name__}")
        except StoreError as error:
            say(f"error {type(error).__name__}")
            call = Call(work, dice)
    say(f"repeated {repeated}")
    say("waits " + " ".join(f"{wait * 1000:.0f}" for wait in waits))


def _patiently(work: DeskService, command: Command, name: str, say: Say) -> Executed | Refusal:
    """As a person does who is told that others are writing: nothing was done, and Enter tries the same again."""
    while True:
        try:
            return work.execute(command, name)
        except StoreBusy:
            say("busy")


def _folio(outcome: Executed | Refusal) -> str:
    return outcome.file.state.folio if isinstance(outcome, Executed) and outcome.file else repr(outcome)


def work(say: Say, path: str, seed: str, how: str) -> None:
    """One command after another for ever; each is told once the desk says that it is done.

    ``how``: nothing, ``hasty`` (told before it is committed), or ``mode-synchronous`` (``wal-1``).
    """
    mode, _, care = how.partition("-")
    if care:
        unguarded.durable_by(mode, int(care))
    name = ""
    if how == "hasty":
        unguarded.acknowledged_before_the_commit(lambda: say(name))
    store, dice = Store.open(Path(path)), Random(seed)
    at = desk(store)
    call = Call(at, dice)
    for turn in count(1):
        command, name = call.next(), fresh_id()
        outcome = at.execute(command, name)
        call.told(outcome)
        if how != "hasty" and wrote(at, outcome, name):
            say(name)
        if turn % 40 == 0:  # the last to leave tidies up: another moment to be killed in
            store.close()
            store = Store.open(Path(path))
            at = desk(store)
            call = Call(at, dice)


def paced(say: Say, path: str, seed: str, pause: str) -> None:
    """A command now and then, for ever, at the pace of somebody who works."""
    store, dice = Store.open(Path(path)), Random(seed)
    tie(store, Path(path).with_name("keys.json"), SystemClock())
    at = desk(store, 2)
    call = Call(at, dice)
    while True:
        call.told(at.execute(call.next(), fresh_id()))
        time.sleep(float(pause))


ACTS: dict[str, Callable[..., None]] = {
    "settle": settle, "race": race, "work": work, "sweep": sweep, "paced": paced, "commands": commands, "files": files,
}  # fmt: skip
