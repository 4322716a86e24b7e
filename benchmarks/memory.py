"""Resident memory in a call on a large branch, and whether it stays: against a bare Textual application.

Counted is what is resident of every process of the desk, its guardian too, as `ps` shows it; what the two share counts
twice. Beside it stands the same with shared pages counted once. Taken after ten idle seconds in a call, when what the
start looks through is behind (`--settle`), then after `--calls` whole calls more, again in a call; calls are made as
fast as the desk takes them, with names of their own. The first calls load what calls need: flat is measured from them
on. The promise is about a thousand calls: `--calls 1000`, some ten minutes.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

from benchmarks.compare import MANY, REFERENCE_READY, Measured, Subject, figure, ratios, run_benchmark
from benchmarks.desk import answer, begin_call, finish_call, log_in, names, writable
from benchmarks.program import Program
from benchmarks.tree import proportional, resident

CALLS, SETTLE = 150, 10
GOAL, FLAT = 2.1, 1.05
_FIRST = 20
"""Calls after which all that a call needs is loaded."""

_MIB = 1 << 20


def settled(program: Program, seconds: float) -> tuple[int, int | None]:
    """Bytes after so many idle seconds: each process by itself, and with what is shared counted once."""
    threading.Event().wait(seconds)
    return resident(program.pid), proportional(program.pid)


def make_calls(program: Program, called: Iterator[str], count: int) -> int:
    """Make so many calls, each begun where the last one ended; the most that was resident meanwhile."""
    peak = 0
    for _ in range(count):
        finish_call(program)
        begin_call(program, next(called))
        peak = max(peak, resident(program.pid))
    return peak


def measure(subject: Subject, rounds: int) -> Measured:
    calls, settle = subject.numbers["calls"], subject.numbers["settle"]
    first, later, peaks, shared = [], [], [], []
    called = names()
    with writable(subject) as home:
        for _ in range(rounds):
            with Program(subject.reference, env={}) as bare, Program(subject.argv, env=home.env) as desk:
                bare.wait_for(REFERENCE_READY)
                log_in(desk, home.agent)
                begin_call(desk, next(called))
                ours, once = settled(desk, settle)
                reference, bare_once = settled(bare, 0)
                peak = max(make_calls(desk, called, min(_FIRST, calls)), 0)
                warm, _ = settled(desk, settle)
                peak = max(peak, make_calls(desk, called, max(0, calls - _FIRST)))
                after, _ = settled(desk, settle)
                answer(desk, "<enter>")  # it still takes calls
            first.append((ours, reference))
            later.append((after, warm))
            peaks.append((max(peak, ours, after), reference))
            shared.append((once, bare_once))
    lines = [_line("bare Textual", [b for _, b in first]), _line("mesa, in a call", [a for a, _ in first])]
    lines += [_line(f"mesa, {_FIRST} calls on", [b for _, b in later])]
    lines += [_line(f"mesa, {calls} calls on", [a for a, _ in later])]
    lines += [_line("mesa, at the most", [a for a, _ in peaks])]
    if all(once for pair in shared for once in pair):
        told = [(a or 0) / (b or 1) for a, b in shared]
        lines.append(f"  shared pages counted once, ratio to bare Textual: {min(told):.2f} to {max(told):.2f}")
    figures = [
        figure("in a call, ratio to bare Textual", _ratios(first), GOAL),
        figure(f"after {calls} calls, ratio to the same after {_FIRST}", _ratios(later), FLAT),
    ]
    details = {"bytes": first, "after_calls": later, "peak": peaks, "shared_once": shared, "calls": calls}
    return lines, figures, details


def _ratios(pairs: list[tuple[int, int]]) -> list[float]:
    return ratios([float(ours) for ours, _ in pairs], [float(other) for _, other in pairs])


def _line(name: str, sizes: list[int]) -> str:
    return f"  {name:<20} {min(sizes) / _MIB:6.1f} to {max(sizes) / _MIB:.1f} MiB"


if __name__ == "__main__":
    sys.exit(run_benchmark("Memory", 1, measure, cases=MANY, numbers={"calls": CALLS, "settle": SETTLE}))
