"""T12: ended or killed at whatever moment of a call, the terminal is usable and what was typed a second ago is kept.

What else a terminal does to a desk is in ``test_terminal_faults.py`` and ``test_terminal_keys.py``.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import desk
from tests.faults.at_terminal import LOGIN, as_found, at_note, drawing
from tests.faults.figures import Figures, Scale, hold
from tests.terminal.harness import Terminal
from tests.terminal.programs import BARE, MESA
from tests.terminal.test_resumed import drafted

NOTE = "Faltó la lámpara y era regalo"
TOLD = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
KILLED = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Each signal at chance moments of a note; a loss: an unusable terminal, a wrong status, a draft that is gone."""
    dice, turns = scale.dice(), scale.pick(1, 25)
    losses: list[str] = []
    for n in range(turns):
        for sent in (*TOLD, *KILLED):
            typed = NOTE[: dice.randrange(3, len(NOTE))].rstrip()
            home = folder / f"{n}-{sent.name}"
            desk.branch(home)
            losses += _ended(home, typed, sent)
    yield Figures("T12 ended or killed in a call", runs=turns * 6, faults=turns * 6, losses=len(losses),
                  note="; ".join(losses[:5]))  # fmt: skip
    desk.branch(folder / "control")
    with Terminal(BARE, env={"MESA_HOME": str(folder / "control")}) as terminal:
        terminal.wait_for(LOGIN)
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
        left = terminal.tty_faults()
    yield Figures("T12 control: nobody above", runs=1, faults=1, losses=len(left), control=True, note="; ".join(left))


def _ended(home: Path, typed: str, sent: signal.Signals) -> list[str]:
    """What is wrong after a desk was told to end, or killed twice, with that text half typed and kept."""
    with Terminal(MESA, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for(LOGIN)
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for("Cliente ►")
        at_note(terminal, home, typed)
        first = drawing(terminal)
        if sent in TOLD:
            terminal.signal(sent)
        else:
            first.send_signal(sent)
            terminal.wait_for(lambda: [one.pid for one in terminal.below] not in ([], [first.pid]))
            terminal.wait_for(LOGIN)
            drawing(terminal).send_signal(sent)
        wrong = [f"status {status}"] if (status := terminal.wait_exit()) != 128 + sent else []
        wrong += terminal.tty_faults()
        wrong += ["settings"] if terminal.settings != as_found() else []
    wrong += [] if drafted(home, typed) else [f"lost {typed!r}"]
    return [f"{sent.name}: {one}" for one in wrong]


def test_t12_ended_or_killed_in_a_call(tmp_path: Path) -> None:
    hold(run(scale := Scale(), tmp_path), scale)
