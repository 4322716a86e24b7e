"""The whole desk on poor terminals, in small windows, suspended, hung up, or with a disk that takes nothing."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.terminal.harness import Terminal, WaitError
from tests.terminal.programs import MESA, far_off, signed_in
from tests.terminal.test_above_a_limit import ABOVE, LOGIN, REST, UP_TO_GESTURE, granted_once

FULL = """
import sys
from contextlib import contextmanager
from pathlib import Path
from mesa_recuperacion.store.errors import StoreFull
from mesa_recuperacion.store.store import Store
writing, full = Store.writing, Path({flag!r})
@contextmanager
def limited(self):
    with writing(self) as tx:
        yield tx
        if full.exists():
            raise StoreFull("database or disk is full")
Store.writing = limited
from mesa_recuperacion.__main__ import main
sys.argv = ["mesa"]
sys.exit(main())
"""
"""The program with a disk that is full while a file is there: every transaction is undone at its end."""


@pytest.mark.parametrize(
    "poor", [{"TERM": "linux"}, {"TERM": "vt100"}, {"NO_COLOR": "1"}, {"LANG": "C", "LC_ALL": "C"}], ids=str
)
def test_f6_a_call_above_the_cap_on_a_poor_terminal(home: Path, poor: dict[str, str]) -> None:
    with Terminal(MESA, env={"MESA_HOME": str(home), **poor}) as terminal:
        terminal.wait_for("PIN")
        terminal.send(LOGIN + UP_TO_GESTURE + ABOVE + REST)
        terminal.wait_for("CEN-1001", timeout=60)
        terminal.send("<f3>")
        terminal.wait_gone("CEN-1001")
        terminal.send("<f3>")
        assert terminal.wait_exit() == 0
        assert terminal.tty_faults() == []
    granted_once(home)


def middle(terminal: Terminal) -> list[str]:
    """What is between the band and the line."""
    return [line.rstrip() for line in terminal.lines[5:20]]


@pytest.mark.parametrize(
    ("keys", "prompt"),
    [
        ("<f5>1\r", "Qué hace falta ►"), ("<f6>", "Motivo ►"), ("<f4>", "Ficha ►"), ("\x07r", "Qué hacer ►"),
        ("4\r220\r\r", "Motivo ►"), ("4\r220\r\rtercera vez\r", "Autoriza ►"), ("<f2>", "Nota ►"),
    ],
)  # fmt: skip
def test_a_window_that_shrinks_and_grows_again_keeps_every_question_and_its_line(
    home: Path, keys: str, prompt: str
) -> None:
    with signed_in(home) as terminal:
        terminal.send(UP_TO_GESTURE + keys)
        terminal.wait_for(prompt)
        terminal.wait_quiet(0.3)
        before = middle(terminal)
        terminal.resize(40, 10)
        terminal.wait_for("40 x 10")
        assert prompt not in terminal.text
        terminal.send("ab")
        terminal.resize(80, 24)
        terminal.wait_for(f"{prompt} ab")
        terminal.send("<esc>")
        terminal.wait_gone(f"{prompt} ab")
        terminal.wait_for(lambda: middle(terminal) == before)
        terminal.resize(200, 60)
        terminal.wait_for(prompt)
        terminal.resize(80, 24)
        terminal.wait_for(prompt)


def test_e2_a_window_too_small_to_read_takes_no_pin_for_another_question(home: Path) -> None:
    """What is typed while the desk cannot be seen waits until its question is."""
    with signed_in(home) as terminal:
        terminal.send(UP_TO_GESTURE + "4\r220\r\r")
        terminal.wait_for("Motivo ►")
        terminal.resize(40, 10)
        terminal.wait_for("40 x 10")
        terminal.send(f"tercera vez\r3 {desk.CARLA}\r")
        terminal.wait_quiet(0.8)
        assert desk.facts(home / "mesa.db", f.ExceptionAuthorised) == []
        terminal.resize(80, 24)
        terminal.wait_for("Para cuándo ►")
        terminal.send(f"{far_off()}\r5512340078\rs\r")
        terminal.wait_for("CEN-1001")
        assert not terminal.ever_showed(desk.CARLA[:5])
    granted_once(home)


def test_e4_hung_up_in_practice_leaves_nothing(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    with Terminal(MESA, env={"MESA_HOME": str(home), "TMPDIR": str(place)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(LOGIN + "<f9>")
        terminal.wait_for("PRÁCTICA")
        terminal.send("Ensayo\r\r3\rmedia")
        terminal.wait_for("Nota ► media")
        terminal.signal(signal.SIGHUP)
        assert terminal.wait_exit() == 129
    assert list(place.iterdir()) == []
    assert desk.facts(home / "mesa.db", f.CaseOpened) == []


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGTSTP])
def test_c1_suspended_and_continued_it_goes_on_with_the_same_line(home: Path, how: signal.Signals) -> None:
    with signed_in(home) as terminal:
        terminal.send(UP_TO_GESTURE + "4\r220\r\r")
        terminal.wait_for("Motivo ►")
        terminal.send("terc")
        terminal.wait_for("Motivo ► terc")
        [drawing] = terminal.below
        drawing.send_signal(how)
        terminal.wait_gone("Motivo ►")  # the terminal is given back, whoever stopped it
        terminal.send("era vez")
        for _ in range(40):
            terminal.signal(signal.SIGCONT)
            with suppress(WaitError):
                terminal.wait_for("Motivo ► tercera vez", timeout=0.3)
                break
        terminal.send("\r")
        terminal.wait_for("Autoriza ►")


def test_e4_b4_a_disk_that_fills_up_in_an_exception_grants_nothing_and_says_so(home: Path, tmp_path: Path) -> None:
    flag = tmp_path / "full"
    program = [sys.executable, "-c", FULL.format(flag=str(flag))]
    with Terminal(program, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(LOGIN + UP_TO_GESTURE + "4\r220\r\r" + "tercera vez")
        terminal.wait_for("Motivo ►")
        terminal.send("\r")
        terminal.wait_for("Autoriza ►")
        flag.touch()
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for("disco")
        assert "Autoriza ►" in terminal.text
        flag.unlink()
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for("Para cuándo ►")
        assert not terminal.ever_showed(desk.CARLA[:5])
    with desk.opened(home / "mesa.db") as store:
        assert verify(store).sound
    assert len(desk.facts(home / "mesa.db", f.CompensationReserved)) == 1
