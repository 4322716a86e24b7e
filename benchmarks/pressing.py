"""Keys as a person presses them, and what each of them costs on the screen of a program.

Keys are pressed off the beat of the clock: a program whose screen changes once a second, on the second, is never asked
for anything while it does that, and the second is never taken for the effect of a key.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle

from benchmarks.compare import REFERENCE_READY
from benchmarks.desk import answer, label
from benchmarks.emulator import Picture
from benchmarks.keys import split_keys
from benchmarks.program import Program

SILENCE = 0.15
"""Seconds without output after which a key has had its effect."""

_BEAT = (0.1, 0.6)
"""The part of a second in which a key may be pressed, so that all of the silence is over before the next second."""

_BARRIER = 0.6
"""Seconds after which a closing that was answered is under way: it waits for a moment without a key."""


@dataclass(frozen=True)
class Pressed:
    """One key: when it was sent, the screen before it, every picture until a silence, and the bytes written by then."""

    sent: float
    before: Picture
    pictures: tuple[Picture, ...]
    written: int

    @property
    def first(self) -> float:
        """Seconds to the first changed character."""
        return self.pictures[0].at - self.sent

    @property
    def settled(self) -> float:
        """Seconds to the last changed character."""
        return self.pictures[-1].at - self.sent

    def reached(self, rows: slice) -> float | None:
        """Seconds to the first change within some rows; none if nothing changed there."""
        old = self.before.lines[rows]
        return next((shown.at - self.sent for shown in self.pictures if shown.lines[rows] != old), None)


def press(program: Program, key: str, *, clock: bool = True) -> Pressed:
    """Press one key that changes something, and wait until all of it is on the screen.

    ``clock`` says whether the program shows one.
    """
    program.wait_quiet(SILENCE / 3 + random.uniform(0, SILENCE / 3))
    if clock:
        _off_the_beat()
    written, pictures = len(program.raw), program.pictures
    sent = program.send(key)
    program.wait_for(lambda: len(program.pictures) > len(pictures))
    program.wait_quiet(SILENCE)
    shown = program.pictures[len(pictures) :]
    return Pressed(sent, pictures[-1], tuple(shown), len(program.raw) - written)


def press_all(program: Program, keys: str) -> list[Pressed]:
    """Press keys one by one.  Blanks are typed and not measured: at the end of a text they change no character."""
    pressed = []
    for key in split_keys(keys):
        if key == " ":
            program.send(key)
        else:
            pressed.append(press(program, key))
    return pressed


class Reference:
    """The bare application at its field: a letter is typed and taken back in turn, so that it never fills up."""

    def __init__(self, program: Program) -> None:
        program.wait_for(REFERENCE_READY)
        self._program = program
        self._keys = cycle(("x", "<backspace>"))

    def press(self) -> Pressed:
        """The next key."""
        return press(self._program, next(self._keys), clock=False)


@dataclass(frozen=True)
class Pair:
    """A key of ours, and the key of the reference that was pressed right after it."""

    ours: Pressed
    bare: Pressed


def in_turn(program: Program, reference: Reference, keys: str) -> list[Pair]:
    """Press keys one by one, each followed by one of the reference.  Blanks are typed and not measured."""
    pairs = []
    for key in split_keys(keys):
        if key == " ":
            program.send(key)
        else:
            pairs.append(Pair(press(program, key), reference.press()))
    return pairs


def there_and_back(text: str) -> str:
    """The keys that type a text and take it back, letter by letter."""
    return text + "<backspace>" * len(text)


def close_case(program: Program) -> None:
    """Close the case at hand, the customer content; why it took too long, if it did, is left out."""
    asked = label(program)
    program.send("s<enter>")
    program.wait_quiet(_BARRIER)
    if label(program) == asked:
        answer(program, "<enter>")


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values does not exceed, itself one of them."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def _off_the_beat() -> None:
    """Wait until the next second is far enough; not in step with any timer."""
    earliest, latest = _BEAT
    past = time.time() % 1
    if not earliest <= past <= latest:
        time.sleep((earliest - past) % 1 + random.uniform(0, (latest - earliest) / 2))
