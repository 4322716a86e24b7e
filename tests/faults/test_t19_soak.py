"""T19: a desk that is left running holds no more memory and no more files than at first (rules E4, F4).

The hours are ``python -m tests.faults.soak``; this is the same in less than a minute, at the speed of the machine.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.faults.figures import Figures, Scale, hold
from tests.faults.soak import GROWTH, MB, Window, soak
from tests.terminal.programs import MESA

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")

READER = 5
"""As many files as one more connection to the store holds."""

LEAKING = [sys.executable, "-c", """
import os, sys
from mesa_recuperacion.store.store import Store
kept = []
def leaking(method):
    def leak(self):
        kept.append(bytearray(os.urandom(4096) * 128))
        kept.append([open(os.devnull) for _ in range(8)])
        return method(self)
    return leak
Store.reading, Store.writing = leaking(Store.reading), leaking(Store.writing)
from mesa_recuperacion.__main__ import main
sys.argv = ["mesa"]
sys.exit(main())
"""]  # fmt: skip
"""The program with half a megabyte and eight files forgotten at each transaction."""


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """A window; then one that forgets to let go."""
    yield soaked("T19 soak", scale, folder / "sound", scale.pick(90, 20_000), list(MESA))
    yield soaked("T19 control: nothing is let go of", scale, folder / "leaking", 90, LEAKING, control=True)


def soaked(test: str, scale: Scale, folder: Path, turns: int, argv: list[str], *, control: bool = False) -> Figures:
    """So many times a few keys; what grew beyond the goal is a loss."""
    looks, apart = count(1), max(1, turns // 25)

    def every(windows: list[Window], _: Path) -> bool:
        return next(looks) % apart == 0

    done = soak(
        folder, scale, windows=1, turns=lambda typed: typed < turns, argv=argv, every=every, writer=not control
    )  # fmt: skip
    seldom = scale.pick(READER, 0)  # so short a time may end before everything was seen once
    losses = (done.grown >= GROWTH) + (done.opened > seldom) + done.ended + done.wrong
    note = f"{done.grown / MB:+.1f} MB, {done.opened:+} files; {done.commands} commands"
    return Figures(test, done.typed, done.commands, losses, note=note, control=control)


def test_e4_a_desk_that_is_left_running_holds_no_more_than_at_first(tmp_path: Path) -> None:
    scale = Scale()
    hold(run(scale, tmp_path), scale)
