"""What a fault test tells: figures, not only green.  How to write one is said in ``tests/faults/__init__.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from secrets import randbelow
from typing import TypeVar

import pytest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done, and the seed that decides everything random in it."""

    long: bool = False
    seed: int = field(default_factory=lambda: randbelow(1_000_000))

    def pick(self, short: T, long: T) -> T:
        """The first in the short form, the second in the long one."""
        return long if self.long else short

    def dice(self, what: object = "") -> Random:
        """The chance of one part of a test: the same for the same seed, whatever the other parts draw."""
        return Random(f"{self.seed} {what}")


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of the table.

    ``runs``: how often it was tried; ``faults``: how many faults really happened (kills, cuts, failed writes, repeated
    commands); ``losses``: what was acknowledged and is gone, was done twice, or was let through; ``overspends``:
    budgets beyond their limit.  ``control``: the protection was taken away, so a loss or an overspend *must* be seen.
    ``skipped``: why nothing was tried on this machine.
    """

    test: str
    runs: int = 0
    faults: int = 0
    losses: int = 0
    overspends: int = 0
    note: str = ""
    control: bool = False
    skipped: str = ""

    @property
    def held(self) -> bool:
        """Whether it came out as it must: nothing lost, or in a control something; and something was really tried."""
        if self.skipped:
            return True
        harm = self.losses + self.overspends
        return self.runs > 0 and self.faults > 0 and (harm > 0) == self.control


def until_seen(control: Callable[[int], Figures], times: int = 8) -> Figures:
    """A control whose harm takes some luck, as a race does: the first of so many tries that shows it, or the last."""
    for n in range(times):
        told = control(n)
        if told.held:
            break
    return told


def hold(rows: Iterable[Figures], scale: Scale) -> None:
    """For pytest: print every row with the seed, and fail unless each of them held; skipped if nothing was tried."""
    seen = list(rows)
    for row in seen:
        print(f"seed {scale.seed}: {row}")
    assert seen, "it told nothing"
    assert [row for row in seen if not row.held] == [], f"seed {scale.seed}"
    if all(row.skipped for row in seen):
        pytest.skip("; ".join(sorted({row.skipped for row in seen})))
