"""The first three keys, each pressed as soon as the one before it shows, the first as soon as there is a screen.

Behind the login's first picture the desk loads all the rest; a key must not wait for that. A key's time is from
writing it to the first picture that has it in the field, and the figure is the sum of the three against the same three
in the bare Textual application.
"""

from __future__ import annotations

import re
import sys

from benchmarks.compare import (
    LOGIN_FIELD,
    LOGIN_READY,
    REFERENCE_FIELD,
    REFERENCE_READY,
    Measured,
    Subject,
    figure,
    in_rounds,
    milliseconds,
    ratios,
    run_benchmark,
)
from benchmarks.program import Program

GOAL = 1.5
_KEYS = "471"


def first_keys(argv: list[str], env: dict[str, str], ready: str, field: str) -> list[float]:
    """Seconds of each key; `field` is the pattern before what is typed."""
    took, typed = [], ""
    with Program(argv, env=env) as program:
        program.wait_for(ready)
        for key in _KEYS:
            before = len(program.pictures)
            typed += key
            shows = re.compile(field + typed, re.MULTILINE)
            sent = program.send(key)
            program.wait_for(shows)
            took.append(next(p.at for p in program.pictures[before:] if shows.search("\n".join(p.lines))) - sent)
    return took


def measure(subject: Subject, rounds: int) -> Measured:
    home = subject.home()
    bare, ours = in_rounds(
        rounds,
        lambda: first_keys(subject.reference, {}, REFERENCE_READY, REFERENCE_FIELD),
        lambda: first_keys(subject.argv, home.env, LOGIN_READY, LOGIN_FIELD),
    )
    lines = []
    for n in range(len(_KEYS)):
        lines.append(milliseconds(f"bare, key {n + 1}", [keys[n] for keys in bare]))
        lines.append(milliseconds(f"mesa, key {n + 1}", [keys[n] for keys in ours]))
    figures = [figure("three keys, ratio to bare Textual", ratios([*map(sum, ours)], [*map(sum, bare)]), GOAL)]
    return lines, figures, {"bare_s": bare, "mesa_s": ours}


if __name__ == "__main__":
    sys.exit(run_benchmark("First keys", 9, measure))
