"""What standing still costs, with the clock running once a second: CPU against a bare Textual application.

Three programs stand side by side in terminals of their own: the bare one, whose cursor blinks, the desk at its login,
and the desk in a call, whose clock counts. A round is a stretch of `--seconds`, in which the CPU of each, with all
processes below it, is taken.
"""

from __future__ import annotations

import sys
import threading

from benchmarks.compare import LOGIN_READY, REFERENCE_READY, Measured, Subject, figure, ratios, run_benchmark
from benchmarks.desk import begin_call, log_in, names, writable
from benchmarks.program import Program
from benchmarks.tree import cpu_seconds

GOAL = 1.5
SECONDS = 10
_SETTLED = 12
"""Seconds after which what goes on behind the first pictures is done."""


def shares(programs: list[Program], seconds: float) -> list[float]:
    """The share of one core that each uses in the next seconds."""
    before = [cpu_seconds(program.pid) for program in programs]
    threading.Event().wait(seconds)
    after = [cpu_seconds(program.pid) for program in programs]
    return [(late - early) / seconds for early, late in zip(before, after, strict=True)]


def measure(subject: Subject, rounds: int) -> Measured:
    with (
        writable(subject) as home,
        Program(subject.reference, env={}) as bare,
        Program(subject.argv, env=home.env) as login,
        Program(subject.argv, env=home.env) as call,
    ):
        bare.wait_for(REFERENCE_READY)
        login.wait_for(LOGIN_READY)
        log_in(call, home.agent)
        begin_call(call, next(names()))
        threading.Event().wait(_SETTLED)
        taken = [shares([bare, login, call], subject.numbers["seconds"]) for _ in range(rounds)]
    reference, at_login, in_call = ([one[n] for one in taken] for n in range(3))
    named = {"bare Textual": reference, "mesa, login": at_login, "mesa, in a call": in_call}
    lines = [f"  {name:<15} {100 * min(s):.2f} to {100 * max(s):.2f} % of a core" for name, s in named.items()]
    figures = [
        figure("at the login, ratio to bare Textual", ratios(at_login, reference), GOAL),
        figure("in a call, ratio to bare Textual", ratios(in_call, reference), GOAL),
    ]
    return lines, figures, {"share_of_a_core": named}


if __name__ == "__main__":
    sys.exit(run_benchmark("Idle", 6, measure, numbers={"seconds": SECONDS}))
