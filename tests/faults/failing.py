"""A desk on a disk that fails: each command meets one fault, the answer is compared with what a power cut leaves."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path

from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring import surely
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, branch, hasher, journal, opened
from tests.faults.at_work import PROBLEM
from tests.faults.disk import Disk

Say = Callable[[object], None]


class Failing:
    """One agent in one case; the branch is copied aside and gone on with whenever the machine is cut off."""

    def __init__(self, folder: Path, first: Path) -> None:
        self._folder, self._disk, self._copies = folder, Disk(), count(1)
        self._clock = SystemClock()
        self.path = first
        self._enter()
        opened_case = self._do(c.OpenCase(self._clock.now(), name="Marta Ruiz"))
        assert isinstance(opened_case, d.Done)
        assert opened_case.file is not None
        self.case = opened_case.file.state.folio
        assert isinstance(self._do(c.IdentifyProblem(self.case, PROBLEM, "")), d.Done)

    def _enter(self) -> None:
        self._port = Port(self.path, words("en"), hasher=hasher)
        entered = self._port.carry_out(a.Enter(1, ANA))
        assert isinstance(entered, d.Entered), entered

    def _do(self, command: c.Command) -> d.Outcome:
        return self._port.carry_out(a.Do(command))

    def tried(self, turn: int, fault: tuple[int, int, bool, int]) -> tuple[int, str]:
        """One command while the disk fails; how often it did, and the verdict (see :func:`sweep`)."""
        command = self._command(turn)
        self._port.save_draft(Draft(self.case, "note", "a line", self._clock.now(), self._clock.now()))
        before = self._done(self.path)
        nth, error, sticky, kinds = fault
        self._disk.fail(nth, error, sticky=sticky, kinds=kinds)
        outcome = self._do(command)
        hits = self._disk.heal()
        left = self._cut()
        there = self._done(left) - before
        verdict = self._judged(outcome, there)
        if sticky and nth == 1 and hits and isinstance(outcome, d.Done):
            verdict = "wrong: done, and the disk took nothing"
        if turn % 2:  # the machine is cut off here, and the agent goes on with what there is
            self.path = left
            self._enter()
            again = self._line_is_given_back()
        else:
            again = not isinstance(outcome, d.Done)
        if again:
            assert isinstance(self._do(command), d.Done), "the disk is sound again"
        total = self._done(self.path) - before
        if total != 1:
            return hits, f"wrong: {total} times instead of once, after {_name(outcome)}"
        return hits, verdict

    def _command(self, turn: int) -> c.Command:
        if turn % 4 < 2:
            return c.AddNote(self.case, f"nota {turn}")
        return c.GrantCompensation(self.case, "own", Money(1000 + turn, "MXN"))

    def _judged(self, outcome: d.Outcome, there: int) -> str:
        match outcome:
            case d.Done():
                return "done" if there == 1 else f"wrong: done, and it is there {there} times"
            case d.Broken("StoreUnknown"):
                return "unknown, was done" if there == 1 else "unknown, was not"
            case d.Broken(what):
                return f"not done: {what}" if there == 0 else f"wrong: not done ({what}), and it is there"
        return f"wrong: {_name(outcome)}"

    def _line_is_given_back(self) -> bool:
        """Whether the desk still has the line that was half typed: it goes with the command that comes of it."""
        loaded = self._port.carry_out(a.LoadCase(self.case))
        assert isinstance(loaded, d.Loaded)
        return loaded.draft is not None

    def _cut(self) -> Path:
        """What is on the disk at this instant, without what only the memory knows; copied by another program, since
        nobody in this one may open those files but SQLite.
        """
        there = self._folder / f"cut-{next(self._copies)}" / "mesa.db"
        there.parent.mkdir()
        files = [str(one) for end in ("", "-wal", "-journal") if (one := Path(f"{self.path}{end}")).exists()]
        subprocess.run(["cp", *files, str(there.parent)], check=True)
        return there

    def _done(self, path: Path) -> int:
        """How many commands there are in the case; a copy is looked at in another one, since looking recovers."""
        if path != self.path:
            look = path.parent.with_name(f"{path.parent.name}-look")
            subprocess.run(["cp", "-r", str(path.parent), str(look)], check=True)
            path = look / path.name
        with opened(path) as store, store.reading() as tx:
            return len({entry.command for entry in journal(tx) if entry.case})


def _name(outcome: d.Outcome) -> str:
    return outcome.what if isinstance(outcome, d.Broken) else type(outcome).__name__


def sweep(say: Say, folder: str, error: str, sticky: str, kinds: str, step: str, begin: str, how: str) -> None:
    """Every ``step``-th operation of those kinds of a command fails in turn, until a command has no such many.

    ``how`` ``forgetful``: an error at a commit is taken for "not written", and the next try is another command;
    ``unsettled``: what failed and is there is believed to stay, and what is not there not to come back.
    Tells the number of faults and the verdict of each turn.
    """
    if how == "forgetful":
        surely.Surely.resume = lambda self, kept: None  # type: ignore[method-assign, assignment]
        Failing._line_is_given_back = lambda self: True  # type: ignore[method-assign]
        surely.ATTEMPTS = 1
    if how:
        Store.settle = lambda self: None  # type: ignore[method-assign]
    logging.disable()  # what the desk notes of each failure
    at = Failing(Path(folder), branch(Path(folder) / "first"))
    missed, nth = 0, int(begin)
    for turn in count(1):
        hits, verdict = at.tried(turn, (nth, int(error), sticky == "1", int(kinds)))
        say(f"{hits} {verdict}")
        nth += int(step)
        missed = 0 if hits else missed + 1
        if missed >= 2:  # notes and gestures, cut off or not: none of them does so much
            return
