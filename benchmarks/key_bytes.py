"""What one typed key of a call costs the line to the terminal: bytes written until the program is quiet.

The free text of a standard call is typed key by key: the name of a customer nobody knows, and the note.  The bytes of a
key are all that the program writes from the key until it is quiet.  Beside them stand those of a bare Textual
application for the same letters.
"""

from __future__ import annotations

import statistics
import sys

from benchmarks.branches import Home
from benchmarks.compare import MANY, REFERENCE_READY, Measured, Subject, figure, in_rounds, run_benchmark
from benchmarks.desk import answer, log_in
from benchmarks.pressing import Pressed, press_all
from benchmarks.program import Program

BYTES_GOAL = 400
NAME = "Zenobia Quiroga X"
NOTE = "faltaba la lampara, era regalo"
_PROBLEM = "3"


def type_in_reference(argv: list[str]) -> dict[str, list[Pressed]]:
    """The same letters in the field of the bare application."""
    with Program(argv, env={}) as program:
        program.wait_for(REFERENCE_READY)
        return {"both": press_all(program, NAME + NOTE)}


def type_in_a_call(argv: list[str], home: Home) -> dict[str, list[Pressed]]:
    """Log in, open a call for a new customer, and come to the note; the keys of each text typed on the way."""
    with Program(argv, env=home.env) as program:
        log_in(program, home.agent)
        name = press_all(program, NAME)
        answer(program, " 0<enter>")  # a new customer
        answer(program, "<enter>")  # the apology is said
        answer(program, f"{_PROBLEM}<enter>")
        return {"name": name, "note": press_all(program, NOTE)}


def measure(subject: Subject, rounds: int) -> Measured:
    home = subject.home()
    bare, calls = in_rounds(
        rounds, lambda: type_in_reference(subject.reference), lambda: type_in_a_call(subject.argv, home)
    )
    lines = [_bytes_line("bare Textual", [key for typed in bare for key in typed["both"]])]
    lines += [_bytes_line(f"mesa, {text}", [key for call in calls for key in call[text]]) for text in calls[0]]
    figures = [
        figure(
            f"bytes a typed key, {text}",
            [statistics.median(key.written for key in call[text]) for call in calls],
            BYTES_GOAL,
            "B",
        )
        for text in calls[0]
    ]
    written = {text: [[key.written for key in call[text]] for call in calls] for text in calls[0]}
    return lines, figures, {"bytes": written}


def _bytes_line(name: str, keys: list[Pressed]) -> str:
    written = [key.written for key in keys]
    return f"  {name:<14} {statistics.median(written):7.0f} B a key ({min(written)} to {max(written)})"


if __name__ == "__main__":
    sys.exit(run_benchmark("Bytes of a typed key", 3, measure, cases=MANY))
