"""Enter in a call: saved durably, and what comes next on the screen.

The desk paints the next question only once what was answered is committed.  The reference is a bare Textual application
that does the least of the same: on Enter it commits one row with the standard library's `sqlite3`, in the journal mode
of the branch and as durably (`synchronous=FULL`), and then empties its field.  Beside it stands the plain typed key of
that application, which saves nothing: the disk of the machine is in the difference.

Measured are the Enters that save a step of a call, from the first to the last but the closing, which waits on purpose.
Each round leaves one closed case more in the branch (`--branches`), which costs no agent's budget anything.
"""

from __future__ import annotations

import contextlib
import sqlite3
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.call_keys import STEPS
from benchmarks.compare import MANY, REFERENCE_READY, Measured, Subject, figure, milliseconds, ratios, run_benchmark
from benchmarks.desk import label, log_in
from benchmarks.pressing import Pressed, close_case, press
from benchmarks.program import Program

GOAL = 3.0

SAVING = f"""\
import sqlite3
import sys

from textual.app import App
from textual.widgets import Footer, Header, Input

path, mode = sys.argv[1:]
base = sqlite3.connect(path, isolation_level=None)
base.execute(f"PRAGMA journal_mode={{mode}}")
base.execute("PRAGMA synchronous=FULL")
base.execute("CREATE TABLE saved (id INTEGER PRIMARY KEY, said TEXT NOT NULL)")


class Saving(App):
    def compose(self):
        yield Header()
        yield Input(placeholder="{REFERENCE_READY}")
        yield Footer()

    def on_input_submitted(self, event):
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO saved (said) VALUES (?)", (event.value,))
        base.execute("COMMIT")
        event.input.value = ""


Saving().run()
"""


def journal_mode(database: Path) -> str:
    """The journal mode that a branch is in."""
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as base:
        mode: str = base.execute("PRAGMA journal_mode").fetchone()[0]
    return mode


def call(desk: Program, bare: Program) -> tuple[list[Pressed], list[Pressed], list[Pressed]]:
    """The Enters of one call, and after each one of the reference, with the typed key before that."""
    ours, saving, plain = [], [], []
    for _, _, told in STEPS:
        asked = label(desk)
        desk.send(told)
        ours.append(press(desk, "<enter>"))
        if label(desk) == asked:
            raise AssertionError(f"{asked} is not answered by {told!r}:\n{desk.text}")
        plain.append(press(bare, "x", clock=False))
        saving.append(press(bare, "<enter>", clock=False))
    close_case(desk)
    return ours, saving, plain


def measure(subject: Subject, rounds: int) -> Measured:
    home = subject.home()
    with TemporaryDirectory(prefix="mesa-benchmark-", dir=home.path.parent) as made:  # on the disk of the branch
        program = Path(made) / "saving.py"
        program.write_text(SAVING, encoding="utf-8")
        argv = [sys.executable, str(program), str(Path(made) / "saved.db"), journal_mode(home.database)]
        with Program(argv, env={}) as bare, Program(subject.argv, env=home.env) as desk:
            bare.wait_for(REFERENCE_READY)
            log_in(desk, home.agent)
            calls = [call(desk, bare) for _ in range(rounds + 1)][1:]
    ours, saving, plain = ([_settled(keys) for keys in one] for one in zip(*calls, strict=True))
    lines = [
        milliseconds("bare, saves", saving),
        milliseconds("bare, types", plain),
        milliseconds("mesa, saves", ours),
        "  {:<14} {:7.2f} ({:.2f} to {:.2f})".format(
            "ratio to a key that saves nothing", *_spread(ratios(ours, plain))
        ),
    ]
    name = "Enter to saved and painted, ratio to a bare application that saves"
    details = {"mesa_s": ours, "saving_s": saving, "plain_s": plain}
    return lines, [figure(name, ratios(ours, saving), GOAL)], details


def _settled(keys: list[Pressed]) -> float:
    return statistics.median(key.settled for key in keys)


def _spread(values: list[float]) -> tuple[float, float, float]:
    return statistics.median(values), min(values), max(values)


if __name__ == "__main__":
    sys.exit(run_benchmark("Enter, saved and painted", 7, measure, cases=MANY))
