"""From spawning the process to the agent's desk, number and PIN typed ahead, against a bare Textual application.

The keys lie in the terminal before the program is executed: typed 0 ms after the start. How long one look at a PIN
takes is chosen, not suffered: it is what makes a stolen file worthless. So it is taken out: in every round, the hash
that the branch stores for this agent is computed once more here, with the parameters that stand in it, and what that
took is subtracted from the desk's time. The branch is a copy: the first login of a branch keeps the PIN anew, and is
thrown away with round 0.
"""

from __future__ import annotations

import re
import sqlite3
import statistics
import sys
from functools import partial

from argon2.low_level import Type, hash_secret_raw

from benchmarks.branches import Home
from benchmarks.compare import (
    REFERENCE_READY,
    Measured,
    Subject,
    figure,
    in_rounds,
    milliseconds,
    ratios,
    run_benchmark,
    seconds_of,
)
from benchmarks.desk import DESK_READY, shown_at, writable
from benchmarks.program import Program, WaitError

GOAL = 2.6

_PARAMETERS = re.compile(r"\$m=(\d+),t=(\d+),p=(\d+)\$")
_LOOKS = 3


def seconds_of_a_look(home: Home) -> float:
    """What one look at the agent's PIN takes: the median of a few."""
    connection = sqlite3.connect(f"{home.database.as_uri()}?mode=ro", uri=True)
    try:
        query = "SELECT hash FROM credential JOIN person ON person.id = credential.person WHERE person.number = ?"
        (stored,) = connection.execute(query, (int(home.pins[0][0]),)).fetchone()
    finally:
        connection.close()
    found = _PARAMETERS.search(stored)
    if found is None:
        raise WaitError(f"not a hash that this can repeat: {stored[:40]}")
    memory, passes, threads = map(int, found.groups())
    look = partial(hash_secret_raw, b"000000", bytes(16), passes, memory, threads, 32, Type.ID)
    return statistics.median(seconds_of(look) for _ in range(_LOOKS))


def seconds_to(argv: list[str], env: dict[str, str], text: str, typed: str = "") -> float:
    """Start, with keys typed ahead, and wait until the text shows."""
    with Program(argv, env=env, send_at_start=typed.encode()) as program:
        program.wait_for(text, timeout=60)
        return shown_at(program, text)


def measure(subject: Subject, rounds: int) -> Measured:
    with writable(subject) as home:
        bare, whole, looks = in_rounds(
            rounds,
            lambda: seconds_to(subject.reference, {}, REFERENCE_READY),
            lambda: seconds_to(subject.argv, home.env, DESK_READY, f"{home.agent}\r"),
            lambda: seconds_of_a_look(home),
        )
    ours = [seconds - look for seconds, look in zip(whole, looks, strict=True)]
    lines = [milliseconds("bare Textual", bare), milliseconds("mesa desk", whole), milliseconds("look at a PIN", looks)]
    figures = [figure("ratio to bare Textual, without the look at the PIN", ratios(ours, bare), GOAL)]
    return lines, figures, {"bare_s": bare, "mesa_s": whole, "look_s": looks}


if __name__ == "__main__":
    sys.exit(run_benchmark("Desk ready", 7, measure))
