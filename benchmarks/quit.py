"""From the key that ends the program to its end, with the terminal given back, against a bare Textual application.

The desk ends at its login, where F3 leaves; an agent has worked and locked it, so that the store is open and all is
loaded. Both are left when they are quiet. The end is that of the process which was started and of whoever else held
the terminal, and counts only if the other screen was left.
"""

from __future__ import annotations

import sys
import time

from benchmarks.branches import Home
from benchmarks.compare import (
    LOGIN_READY,
    REFERENCE_READY,
    Measured,
    Subject,
    figure,
    in_rounds,
    milliseconds,
    ratios,
    run_benchmark,
)
from benchmarks.desk import log_in, writable
from benchmarks.program import Program, WaitError

GOAL = 1.2
_QUIET = 0.7
_LEFT = b"\x1b[?1049l"


def seconds_to_end(program: Program, key: str) -> float:
    """Press the key when all is quiet, and wait for the end."""
    program.wait_quiet(_QUIET, timeout=60)
    written = len(program.raw)
    sent = program.send(key)
    status = program.wait_exit()
    took = time.perf_counter() - sent
    if status != 0 or _LEFT not in program.raw[written:]:
        raise WaitError(f"ended with status {status}, the other screen left: {_LEFT in program.raw[written:]}")
    return took


def quit_reference(argv: list[str]) -> float:
    with Program(argv, env={}) as program:
        program.wait_for(REFERENCE_READY)
        return seconds_to_end(program, "<ctrl+q>")


def quit_desk(argv: list[str], home: Home) -> float:
    with Program(argv, env=home.env) as program:
        log_in(program, home.agent)
        program.wait_quiet(_QUIET)
        program.send("<f3>")
        program.wait_for(LOGIN_READY)
        return seconds_to_end(program, "<f3>")


def measure(subject: Subject, rounds: int) -> Measured:
    with writable(subject) as home:
        bare, ours = in_rounds(rounds, lambda: quit_reference(subject.reference), lambda: quit_desk(subject.argv, home))
    lines = [milliseconds("bare Textual", bare), milliseconds("mesa", ours)]
    return lines, [figure("ratio to bare Textual", ratios(ours, bare), GOAL)], {"bare_s": bare, "mesa_s": ours}


if __name__ == "__main__":
    sys.exit(run_benchmark("Quit", 7, measure))
