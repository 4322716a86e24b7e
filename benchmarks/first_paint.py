"""From spawning the process to the screen that accepts a key: the login against a bare Textual application.

The desk starts on a home prepared by `mesa demo --keep`; each program shows its field, and a key typed then must
appear in it. The moment taken is that of the first finished picture with the field. Round 0 fills the caches and
compiles the bytecode, and is thrown away.
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
from benchmarks.desk import shown_at
from benchmarks.program import Program

GOAL = 1.25
_KEY = "7"


def seconds_to_ready(argv: list[str], env: dict[str, str], ready: str, field: str) -> float:
    """Start, wait until `ready` shows, and prove that a key arrives: the pattern `field`, then the key."""
    with Program(argv, env=env) as program:
        program.wait_for(ready)
        program.send(_KEY)
        program.wait_for(re.compile(field + re.escape(_KEY), re.MULTILINE))
        return shown_at(program, ready)


def measure(subject: Subject, rounds: int) -> Measured:
    home = subject.home()
    bare, ours = in_rounds(
        rounds,
        lambda: seconds_to_ready(subject.reference, {}, REFERENCE_READY, REFERENCE_FIELD),
        lambda: seconds_to_ready(subject.argv, home.env, LOGIN_READY, LOGIN_FIELD),
    )
    lines = [milliseconds("bare Textual", bare), milliseconds("mesa login", ours)]
    figures = [figure("ratio to bare Textual", ratios(ours, bare), GOAL)]
    return lines, figures, {"bare_s": bare, "mesa_s": ours}


if __name__ == "__main__":
    sys.exit(run_benchmark("First paint", 7, measure))
