"""Keys as a person presses them, and what each of them costs on the screen of a program.

Keys are pressed off the beat of the clock: a program whose screen changes once a second, on the second, is never asked
for anything while it does that, and the second is never taken for the effect of a key.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.compare import LOGIN_READY
from benchmarks.keys import split_keys
from benchmarks.program import Program

SILENCE = 0.15
"""Seconds without output after which a key has had its effect."""

_BEAT = (0.1, 0.6)
"""The part of a second in which a key may be pressed, so that all of the silence is over before the next second."""

_LABEL = re.compile(r"\s*(\S.*?) ►")
_CAPTURE_ROW = 20  # the desk keeps its one line in this row in all steps, at 80x24


@dataclass(frozen=True)
class Pressed:
    """One key: seconds to the first changed character, to the last one before a silence, and bytes written by then."""

    first: float
    settled: float
    written: int


def press(program: Program, key: str) -> Pressed:
    """Press one key that changes something, and wait until all of it is on the screen."""
    _off_the_beat(program)
    before, pictures = len(program.raw), len(program.pictures)
    sent = program.send(key)
    program.wait_for(lambda: len(program.pictures) > pictures)
    program.wait_quiet(SILENCE)
    shown = program.pictures[pictures:]
    return Pressed(shown[0].at - sent, shown[-1].at - sent, len(program.raw) - before)


def press_all(program: Program, keys: str) -> list[Pressed]:
    """Press keys one by one.  Blanks are not measured: at the end of a text they change no character."""
    pressed = []
    for key in split_keys(keys):
        if key == " ":
            program.send(key)
        else:
            pressed.append(press(program, key))
    return pressed


def there_and_back(text: str) -> str:
    """The keys that type a text and take it back, letter by letter."""
    return text + "<backspace>" * len(text)


def label(program: Program) -> str:
    """What the capture line of the desk asks for; empty while it asks nothing."""
    found = _LABEL.match(program.lines[_CAPTURE_ROW])
    return found[1] if found else ""


def answer(program: Program, keys: str) -> None:
    """Answer the question of the capture line and wait for the next one."""
    asked = label(program)
    program.send(keys)
    program.wait_for(lambda: label(program) not in ("", asked))


def log_in(program: Program, number_and_pin: str) -> None:
    """From the start of the desk to the first question behind its login."""
    program.wait_for(LOGIN_READY)
    answer(program, f"{number_and_pin}<enter>")


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values does not exceed, itself one of them."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def _off_the_beat(program: Program) -> None:
    """Wait until the program is quiet, and the clock far enough from the next second; not in step with any timer."""
    program.wait_quiet(SILENCE / 3 + random.uniform(0, SILENCE / 3))
    earliest, latest = _BEAT
    past = time.time() % 1
    if not earliest <= past <= latest:
        time.sleep((earliest - past) % 1 + random.uniform(0, (latest - earliest) / 2))
