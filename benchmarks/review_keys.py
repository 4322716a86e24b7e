"""The review on screen: from the key to the figures that it asks for, and until the screen is settled.

A supervisor goes through the weeks of the board (F7, F8): the headline figures stand in the third row from the top of
the page and the one below it.  For what is settled, the pages behind the board's panels and some of its letters are
opened and left again as well.  After each key one is pressed in a bare Textual application that stands beside it.
Nothing is written to the branch but the login.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable

from benchmarks.compare import MANY, Measured, Subject, figure, milliseconds, ratios, run_benchmark
from benchmarks.desk import log_in
from benchmarks.pressing import Pair, Reference, in_turn
from benchmarks.program import Program

FIGURES_GOAL, SETTLED_GOAL = 8.0, 20.0
_FIGURES = slice(2, 4)
"""The rows of the screen in which the headline figures stand."""

WEEKS = ("<f7>", "<f7>", "<f7>", "<f8>", "<f8>", "<f8>")
PAGES = ("1", "2", "3", "4", "5", "6", "7", "b", "a", "r")


def look(desk: Program, reference: Reference) -> dict[str, list[Pair]]:
    """Once through the weeks and the pages."""
    seen = {"weeks": in_turn(desk, reference, "".join(WEEKS)), "pages": []}
    for page in PAGES:
        desk.send(page)
        seen["pages"] += in_turn(desk, reference, "<enter><esc>")
    return seen


def measure(subject: Subject, rounds: int) -> Measured:
    home = subject.home()
    with Program(subject.reference, env={}) as bare, Program(subject.argv, env=home.env) as desk:
        log_in(desk, home.supervisor)
        reference = Reference(bare)
        looks = [look(desk, reference) for _ in range(rounds + 1)][1:]
    first = [statistics.median(pair.bare.first for pairs in one.values() for pair in pairs) for one in looks]
    last = [statistics.median(pair.bare.settled for pairs in one.values() for pair in pairs) for one in looks]
    figures = [_middle(pair.ours.reached(_FIGURES) for pair in one["weeks"]) for one in looks]
    settled = [_middle(pair.ours.settled for pairs in one.values() for pair in pairs) for one in looks]
    pages = [_middle(pair.ours.settled for pair in one["pages"]) for one in looks]
    lines = [
        milliseconds("bare Textual", first),
        milliseconds("figures", figures),
        milliseconds("settled", settled),
        milliseconds("pages alone", pages),
    ]
    shown = [
        figure("review, key to figures", ratios(figures, first), FIGURES_GOAL),
        figure("review, key to screen settled", ratios(settled, last), SETTLED_GOAL),
    ]
    return lines, shown, {"bare_s": first, "figures_s": figures, "settled_s": settled, "pages_s": pages}


def _middle(values: Iterable[float | None]) -> float:
    return statistics.median(value for value in values if value is not None)


if __name__ == "__main__":
    sys.exit(run_benchmark("Keys in the review", 5, measure, cases=MANY))
