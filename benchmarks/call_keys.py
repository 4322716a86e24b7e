"""Keys in every step of a standard call: from the key to the first changed character, and until the screen is settled.

In each step some letters are typed and taken back before its question is answered.  After each key of the desk one is
pressed in a bare Textual application that stands beside it.  The ratio of a round is that of the two medians; that of
the slowest keys is the 99th percentile of all keys of all rounds to the same of the reference.

A step change is the Enter that answers a step.  What it changes first is the line that it empties, so only typed keys
count for the first change.

Each round leaves one closed case more in the branch (`--branches`), which costs no agent's budget anything.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterable

from benchmarks.branches import Home
from benchmarks.compare import MANY, Measured, Subject, figure, milliseconds, ratios, run_benchmark
from benchmarks.desk import label, log_in
from benchmarks.pressing import Pair, Pressed, Reference, close_case, in_turn, percentile, there_and_back
from benchmarks.program import Program

FIRST_GOAL, SLOWEST_GOAL, TYPED_GOAL, CHANGED_GOAL = 1.3, 2.0, 1.5, 3.0

STEPS = (
    ("customer", "ZenobiaQui", "Zenobia Quiroga X 0"),
    ("apology", "producto", ""),
    ("problem", "producto", "3"),
    ("note", "faltabaalgo", "faltaba la lampara"),
    ("remedy", "entregahoy", "1"),
    ("compensation", "cuponnuevo", "0"),
    ("why nothing", "yaconforme", "conforme"),
    ("promise", "pasadomana", ""),
    ("follow-up", "5512340078", "5512340078"),
)
"""The steps up to the closing: their name, what is typed and taken back, and the answer."""

Round = dict[str, list[Pair]]
"""The typed keys of a round by step, and its step changes under ``_CHANGE``."""

_CHANGE = "step change"


def call(desk: Program, reference: Reference) -> Round:
    """One call, from the first letter of the name to the closing."""
    measured: Round = {_CHANGE: []}
    for step, typed, told in STEPS:
        measured[step] = in_turn(desk, reference, there_and_back(typed))
        asked = label(desk)
        desk.send(told)
        measured[_CHANGE] += in_turn(desk, reference, "<enter>")
        if label(desk) == asked:
            raise AssertionError(f"{step} is not answered by {told!r}:\n{desk.text}")
    close_case(desk)
    return measured


def calls(subject: Subject, home: Home, rounds: int) -> list[Round]:
    """The rounds, after one more that is thrown away."""
    with Program(subject.reference, env={}) as bare, Program(subject.argv, env=home.env) as desk:
        log_in(desk, home.agent)
        reference = Reference(bare)
        return [call(desk, reference) for _ in range(rounds + 1)][1:]


def measure(subject: Subject, rounds: int) -> Measured:
    measured = calls(subject, subject.home(), rounds)
    steps = [step for step, _, _ in STEPS]
    typed = [[pair for step in steps for pair in one[step]] for one in measured]
    figures = [
        figure(f"key to first change, {step}", _ratios([one[step] for one in measured], _first), FIRST_GOAL)
        for step in steps
    ]
    everything = [pair for pairs in typed for pair in pairs]
    slowest = [percentile((_first(key) for key in keys), 0.99) for keys in zip(*map(_both, everything), strict=True)]
    changed = [one[_CHANGE] for one in measured]
    figures += [
        figure("key to first change, the slowest of a hundred", [slowest[0] / slowest[1]], SLOWEST_GOAL),
        figure("key to screen settled, typing", _ratios(typed, _settled), TYPED_GOAL),
        figure("key to screen settled, step change", _ratios(changed, _settled), CHANGED_GOAL),
    ]
    lines = [
        milliseconds("first, bare", [_first(pair.bare) for pair in everything]),
        milliseconds("first, mesa", [_first(pair.ours) for pair in everything]),
        milliseconds("settled, mesa", [_settled(pair.ours) for pair in everything]),
        milliseconds("step change", [_settled(pair.ours) for pairs in changed for pair in pairs]),
        f"  {'p99 of first':<14} {1000 * slowest[0]:7.1f} ms, bare {1000 * slowest[1]:.1f} ms",
    ]
    details = {step: _told(pair for one in measured for pair in one[step]) for step in (*steps, _CHANGE)}
    return lines, figures, {"keys_s": details}


def _first(key: Pressed) -> float:
    return key.first


def _settled(key: Pressed) -> float:
    return key.settled


def _both(pair: Pair) -> tuple[Pressed, Pressed]:
    return pair.ours, pair.bare


def _ratios(rounds: list[list[Pair]], of: Callable[[Pressed], float]) -> list[float]:
    ours = [statistics.median(of(pair.ours) for pair in pairs) for pairs in rounds]
    bare = [statistics.median(of(pair.bare) for pair in pairs) for pairs in rounds]
    return ratios(ours, bare)


def _told(pairs: Iterable[Pair]) -> list[tuple[float, float, float, float]]:
    """Of each key: first and settled of ours, first and settled of the reference."""
    return [(pair.ours.first, pair.ours.settled, pair.bare.first, pair.bare.settled) for pair in pairs]


if __name__ == "__main__":
    sys.exit(run_benchmark("Keys in every step of a call", 3, measure, cases=MANY))
