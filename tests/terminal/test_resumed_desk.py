"""Killed in the middle of an exception, of an area's question or of practice: the same step, the same line, and
nothing is granted twice or without a PIN (rules B3, B4, E4, F9).
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import far_off, signed_in
from tests.terminal.test_above_a_limit import UP_TO_GESTURE, granted_once
from tests.terminal.test_resumed import drafted
from tests.terminal.test_standard_call import STALLED

DAY = far_off().split()[0]


def kept_and_killed(terminal: Terminal, home: Path, text: str) -> None:
    """Type it, and kill the program once it is on the disk."""
    terminal.send(text)
    terminal.wait_for(lambda: drafted(home, text))
    terminal.kill()
    terminal.wait_exit()


def resumed(home: Path, place: str) -> Terminal:
    """The desk again, at the case that was left open."""
    terminal = signed_in(home)
    terminal.wait_for("Marta Ruiz")
    terminal.send("1\r")
    terminal.wait_for(place)
    return terminal


@pytest.mark.parametrize(
    ("keys", "prompt", "half", "rest", "after"),
    [
        ("4\r220\r\r", "Motivo ►", "tercera", " vez\r", "Autoriza ►"),
        ("4\r220\r\rtercera vez\r0\r", "Respuesta ►", DAY, " 12\r", "Para cuándo ►"),
        ("<f5>1\r", "Qué hace falta ►", "la lám", "para\r", "Para cuándo ►"),
        ("<f5>1\rla lámpara\r", "Para cuándo ►", DAY, " 12\r", "Compensación ►"),
    ],
)
def test_e4_killed_in_a_question_of_its_own_it_comes_back_to_it(
    home: Path, keys: str, prompt: str, half: str, rest: str, after: str
) -> None:
    with signed_in(home) as terminal:
        terminal.send(UP_TO_GESTURE + keys)
        terminal.wait_for(prompt)
        kept_and_killed(terminal, home, half)
    with resumed(home, f"{prompt} {half}") as terminal:
        terminal.send(rest)
        terminal.wait_for(after)
    with desk.opened(home / "mesa.db") as store:
        assert verify(store).sound


def test_b3_b4_killed_once_it_was_authorised_it_was_given_and_once(home: Path) -> None:
    """Authorising and granting are one command: there is no moment between them at which one could be killed."""
    program = [sys.executable, "-c", STALLED.format(seconds=0.6)]
    with Terminal(program, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"1 {desk.ANA}\r" + UP_TO_GESTURE + "4\r220\r\r")
        terminal.wait_for("Motivo ►", timeout=30)
        terminal.send("tercera vez")
        terminal.wait_for(lambda: drafted(home, "tercera vez"))
        terminal.send(f"\r3 {desk.CARLA}\r")
        terminal.wait_for(lambda: bool(desk.facts(home / "mesa.db", f.ExceptionAuthorised)), timeout=30)
        terminal.kill()
        terminal.wait_exit()
    assert len(desk.facts(home / "mesa.db", f.CompensationReserved)) == 1
    with resumed(home, "Para cuándo ►") as terminal:
        terminal.send(f"{far_off()}\r5512340078\rs\r")
        terminal.wait_for("Cliente ►")
    granted_once(home, authorised=1)


def test_f9_killed_in_practice_nothing_of_it_is_left(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    env = {"MESA_HOME": str(home), "TMPDIR": str(place)}
    with Terminal([sys.executable, "-m", "mesa_recuperacion"], env=env) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"1 {desk.ANA}\r<f9>")
        terminal.wait_for("PRÁCTICA")
        terminal.send("Ensayo Uno\r\r3\rnota a medi")
        terminal.wait_for("Nota ► nota a medi")
        assert list(place.iterdir())
        terminal.kill()
        terminal.wait_exit()
    with Terminal([sys.executable, "-m", "mesa_recuperacion"], env=env) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for("Cliente ►")
        assert "Ensayo" not in terminal.text
        terminal.wait_for(lambda: not list(place.iterdir()))
    assert desk.facts(home / "mesa.db", f.CaseOpened) == []
    assert not drafted(home, "nota a medi")
