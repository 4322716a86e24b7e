"""Desks that are left running: ``python -m tests.faults.soak [--hours 8] [--windows 3] [--seed N]`` (T19).

Random agents type into the real program, each in a terminal of its own, beside a writer without a screen, all on one
branch.  Once a minute a line says what each of them holds; at the end, how much that grew.  What they wrote is proved.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from tests import conftest, desk  # noqa: F401 - the environment that every test starts from
from tests.faults.at_work import audit
from tests.faults.crew import Crew
from tests.faults.figures import Scale
from tests.soak.agent import KEYS, NAMES, PLAUSIBLE, TEXTS
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA

MB = 1024 * 1024
GROWTH = 20 * MB
"""How much more memory a desk may hold at the end than once it had seen everything for the first time."""

QUIET = 0.02
"""Seconds without output after which a desk has answered."""

SEEN = 0.4
"""Seconds without output after which a question about money has been on the screen long enough to be answered."""

_PRESSED = [press for presses in PLAUSIBLE.values() for press in presses]
_KEYS = [key for key in KEYS if key not in ("<ctrl+q>", "<ctrl+c>")]
PINS = {1: desk.ANA, 2: desk.BRUNO, 3: desk.CARLA}


@dataclass
class Window:
    """A desk in a terminal, whoever types at it, and what it held each time that somebody looked."""

    number: int
    terminal: Terminal
    dice: Random
    memory: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def type(self) -> None:
        """A few keys, as they come to mind; whoever is out comes in again."""
        text, dice = self.terminal.text, self.dice
        chance = dice.random()
        if "PIN ►" in text:
            keys = f"<ctrl+u>{self.number} {PINS[self.number]}<enter>"
        elif "¿Conforme? ►" in text and chance < 0.6:
            self.terminal.wait_quiet(SEEN, timeout=60)
            self.terminal.send("<ctrl+u>s")
            self.terminal.wait_quiet(SEEN, timeout=60)
            keys = "<enter>"
        elif "Cliente ►" in text and chance < 0.6:
            keys = f"<ctrl+u>{dice.choice(NAMES[:3])}<enter>"
        elif chance < 0.4:
            keys = "<enter>"
        elif chance < 0.75:
            keys = "<ctrl+u>" + dice.choice(_PRESSED)
        elif chance < 0.85:
            keys = "<ctrl+u>" + dice.choice((*NAMES, *TEXTS)) + "<enter>"
        else:
            keys = dice.choice(_KEYS)
        self.terminal.send(keys.replace("<escape>", "<esc>"))
        self.terminal.wait_quiet(QUIET, timeout=60)

    def look(self) -> None:
        """What it holds now: the desk, and what watches over the terminal beside it."""
        both = [psutil.Process(self.terminal.pid), *self.terminal.below]
        self.memory.append(sum(one.memory_info().rss for one in both))
        self.files.append(sum(one.num_fds() for one in both))

    @property
    def grown(self) -> int:
        """By how many bytes its memory grew since it had warmed up, which takes a third of the time."""
        warm = self.memory[len(self.memory) // 3 :]
        few = max(1, len(warm) // 4)
        return round(median(warm[-few:]) - median(warm[:few]))

    @property
    def opened(self) -> int:
        """How many more files it holds since then; readers of the store come and go, so the fewest at a time count."""
        warm = self.files[len(self.files) // 3 :]
        return min(warm[len(warm) // 2 :]) - min(warm[: max(1, len(warm) // 2)])


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of it: how often somebody typed, facts written, windows that ended by themselves, growth of the worst
    window in bytes and files, and what was wrong with the branch.
    """

    typed: int
    commands: int
    ended: int
    grown: int
    opened: int
    wrong: int


def soak(
    folder: Path, scale: Scale, *, windows: int, turns: Callable[[int], bool], argv: Sequence[str] = MESA,
    every: Callable[[list[Window], Path], bool], pause: float = 0.0, writer: bool = True,
) -> Soaked:  # fmt: skip
    """Type for as long as ``turns`` says (given how often somebody typed); look when ``every`` says so."""
    path, typed = desk.branch(folder), 0
    with ExitStack() as stack:
        crew = stack.enter_context(Crew())
        if writer:
            crew.send("writer", "paced", path, scale.dice("writer").random(), max(pause, 0.2))
        open_windows: list[Window] = []
        for n in range(windows):
            terminal = stack.enter_context(Terminal(list(argv), env={"MESA_HOME": str(folder)}))
            terminal.wait_for("PIN ►", timeout=60)
            open_windows.append(Window(n % 3 + 1, terminal, scale.dice(n)))
        while turns(typed) and all(psutil.pid_exists(window.terminal.pid) for window in open_windows):
            for window in open_windows:
                window.type()
                typed += 1
            if every(open_windows, folder):
                for window in open_windows:
                    window.look()
            if pause:
                time.sleep(pause)  # the pace of people, not a wait for anything
        ended = sum(not psutil.pid_exists(window.terminal.pid) for window in open_windows)
    found = audit(path)
    grown, more = max(window.grown for window in open_windows), max(window.opened for window in open_windows)
    return Soaked(typed, found.commands, ended, grown, more, found.losses + found.overspent)


def told(windows: list[Window], folder: Path) -> str:
    """What everybody holds, in a line."""
    held = " ".join(f"{w.memory[-1] / MB:.0f}MB/{w.files[-1]}" for w in windows if w.memory)
    logs = sum(path.stat().st_size for path in folder.rglob("*.log*"))
    beside = folder / "mesa.db-wal"
    wal = beside.stat().st_size if beside.exists() else 0
    return f"memory/files {held}; log {logs // 1024} KiB, -wal {wal // 1024} KiB"


def main() -> int:
    """Leave it running."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--windows", type=int, default=3)
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args()
    scale = Scale(True) if asked.seed is None else Scale(True, asked.seed)
    began, minutes = time.monotonic(), [0]
    print(f"seed {scale.seed}, {asked.hours:g} hours, {asked.windows} windows", flush=True)

    def every(windows: list[Window], folder: Path) -> bool:
        minute = int((time.monotonic() - began) / 60)
        if minute == minutes[0]:
            return False
        minutes[0] = minute
        print(f"{minute:4} min  {told(windows, folder)}", flush=True)
        return True

    with TemporaryDirectory(prefix="mesa-soak-") as folder:
        end = began + asked.hours * 3600
        done = soak(
            Path(folder), scale, windows=asked.windows, turns=lambda _: time.monotonic() < end, every=every, pause=0.5
        )
    print(f"{done}\nmemory {done.grown / MB:+.1f} MB (goal: less than +20), files {done.opened:+} (goal: 0)")
    return int(done.grown >= GROWTH or done.opened > 0 or done.ended > 0 or done.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
