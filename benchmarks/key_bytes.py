"""What one typed key of a call costs: bytes written to the terminal, and the time to the first changed character.

The free text of a standard call is typed key by key: the name of a customer nobody knows, and the note. The bytes of
a key are all that the program writes from the key until it is quiet, so a tick of the clock that falls into that time
is counted too; the medians do not see it. Times are against the same letters typed into the field of a bare Textual
application.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
from dataclasses import dataclass

from benchmarks.branches import Home
from benchmarks.compare import (
    LOGIN_READY,
    REFERENCE_READY,
    Measured,
    Subject,
    figure,
    milliseconds,
    ratios,
    run_benchmark,
)
from benchmarks.program import Program

BYTES_GOAL, RATIO_GOAL = 400, 1.3
NAME = "Zenobia Quiroga X"
NOTE = "faltaba la lampara, era regalo"
_PROBLEM = "3"
_QUIET = 0.1  # seconds without output after which a key has had its effect
_LABEL = re.compile(r"\s*(\S.*?) ►")
_CAPTURE_ROW = 20  # the desk keeps its one line in this row in all steps, at 80x24


@dataclass(frozen=True)
class Key:
    """One typed key: seconds to the first changed character, and bytes written until quiet."""

    seconds: float
    written: int


def press(program: Program, key: str) -> Key:
    """Type one key off the beat of any timer."""
    program.wait_quiet(_QUIET + random.uniform(0, _QUIET / 2))
    before, pictures = len(program.raw), len(program.pictures)
    sent = program.send(key)
    program.wait_for(lambda: len(program.pictures) > pictures)
    first = program.pictures[pictures].at
    program.wait_quiet(_QUIET)
    return Key(first - sent, len(program.raw) - before)


def type_keys(program: Program, text: str) -> list[Key]:
    """Type all of it; spaces are typed but not measured, since at the end of a text they change no character."""
    keys = []
    for key in text:
        if key == " ":
            program.send(key)
        else:
            keys.append(press(program, key))
    return keys


def label(program: Program) -> str:
    """What the capture line asks for; empty while it asks nothing."""
    found = _LABEL.match(program.lines[_CAPTURE_ROW])
    return found[1] if found else ""


def answer(program: Program, keys: str) -> None:
    """Answer the question of the capture line and wait for the next one."""
    asked = label(program)
    program.send(keys)
    program.wait_for(lambda: label(program) not in ("", asked))


def type_in_reference(argv: list[str]) -> list[Key]:
    with Program(argv, env={}) as program:
        program.wait_for(REFERENCE_READY)
        return type_keys(program, NAME + NOTE)


def type_in_a_call(argv: list[str], home: Home) -> dict[str, list[Key]]:
    """Log in, open a call for a new customer, and come to the note; the keys of each text typed on the way."""
    with Program(argv, env=home.env) as program:
        program.wait_for(LOGIN_READY)
        answer(program, f"{home.agent}<enter>")
        name = type_keys(program, NAME)
        answer(program, "<enter>")  # nobody has that name: the list's only row is the new customer
        answer(program, "<enter>")  # the apology is said
        answer(program, f"{_PROBLEM}<enter>")
        return {"name": name, "note": type_keys(program, NOTE)}


def measure(subject: Subject, rounds: int) -> Measured:
    home = subject.home()
    bare, calls = [], []
    for _ in range(rounds + 1):
        bare.append(type_in_reference(subject.reference))
        calls.append(type_in_a_call(subject.argv, home))
    bare, calls = bare[1:], calls[1:]
    bare_times = [statistics.median(key.seconds for key in keys) for keys in bare]
    typed = [[key for keys in call.values() for key in keys] for call in calls]
    our_times = [statistics.median(key.seconds for key in keys) for keys in typed]
    lines = [milliseconds("bare Textual", bare_times), milliseconds("mesa", our_times)]
    lines += [_bytes_line("bare Textual", [key for keys in bare for key in keys])]
    lines += [_bytes_line(f"mesa, {text}", [key for call in calls for key in call[text]]) for text in calls[0]]
    figures = [
        figure(
            "bytes a typed key", [statistics.median(key.written for key in keys) for keys in typed], BYTES_GOAL, "B"
        ),
        figure("key to first changed character, ratio to bare Textual", ratios(our_times, bare_times), RATIO_GOAL),
    ]
    written = {text: [[key.written for key in call[text]] for call in calls] for text in calls[0]}
    return lines, figures, {"bare_s": bare_times, "mesa_s": our_times, "bytes": written}


def _bytes_line(name: str, keys: list[Key]) -> str:
    written = [key.written for key in keys]
    return f"  {name:<14} {statistics.median(written):7.0f} B a key ({min(written)} to {max(written)})"


if __name__ == "__main__":
    sys.exit(run_benchmark("Typed keys", 5, measure))
