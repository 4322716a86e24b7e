"""A customer looked up as the name is typed, on the screen: from each key to the list that belongs to it, painted.

Names of the branch's own customers are typed letter by letter, each until it is whole, and taken back.  The list is
looked up after each letter on a thread of its own; what counts is the last change of the screen, the slowest key in a
hundred, against one picture of sixty a second.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import sys

from benchmarks.branches import Home, somebody
from benchmarks.compare import MANY, Measured, Subject, figure, milliseconds, run_benchmark
from benchmarks.desk import log_in
from benchmarks.pressing import Pressed, percentile, press, press_all
from benchmarks.program import Program

FRAME_MS = 1000 / 60
_NAMES = 8
"""Names that are typed in a round."""

_LETTERS = 12
"""Letters of each: by then hardly anybody else has the name."""


def names(home: Home, count: int) -> list[str]:
    """Some customers' names, the same for the same branch."""
    with contextlib.closing(sqlite3.connect(f"{home.database.as_uri()}?mode=ro", uri=True)) as base:
        chosen = random.Random(1)
        found: list[str] = []
        while len(found) < count:
            row = somebody(base, chosen.random(), "name", "name <> ''")
            found += [row[0][:_LETTERS]] if row else []
    return found


def look_up(desk: Program, sought: list[str]) -> list[Pressed]:
    """Type each name and take it back, which writes nothing to the branch but what is half typed.

    A lone Esc is one only after a while in which it might have begun another key: it has to have had its effect, or
    the next letter waits for that.
    """
    pressed = []
    for name in sought:
        pressed += press_all(desk, name)
        press(desk, "<esc>")
    return pressed


def measure(subject: Subject, rounds: int) -> Measured:
    home = subject.home()
    sought = names(home, _NAMES * rounds)
    with Program(subject.argv, env=home.env) as desk:
        log_in(desk, home.agent)
        look_up(desk, sought[:1])
        pressed = look_up(desk, sought)
    first, painted = [key.first for key in pressed], [key.settled for key in pressed]
    lines = [milliseconds("letter", first), milliseconds("list", painted)]
    slowest = [1000 * percentile(painted, 0.99)]
    shown = [figure("list painted, the slowest of a hundred keys", slowest, FRAME_MS, "ms")]
    return lines, shown, {"first_s": first, "painted_s": painted}


if __name__ == "__main__":
    sys.exit(run_benchmark("Customers looked up on the screen", 3, measure, cases=MANY))
