"""A whole call with an exception, the law's minimum, an area and a hand-over, typed ahead of the screen: nothing is
misrouted, the gesture is granted once, and no PIN is ever seen or kept (rules B3, B4, E2).
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA, far_off
from tests.terminal.test_standard_call import STALLED

LOGIN = f"1 {desk.ANA}\r"
UP_TO_GESTURE = "Marta Ruiz Soto\r\rfal\rFaltó la lámpara\r\r"
REST = f"{far_off()}\r5512340078\rs\r"
ABOVE = f"4\r220\r\rtercera vez\r3 {desk.CARLA}\r"


def started(home: Path, argv: list[str] | None = None) -> Terminal:
    """The desk in a terminal of 80x24, at its login."""
    terminal = Terminal(argv or MESA, env={"MESA_HOME": str(home)})
    terminal.wait_for("Número y PIN ►")
    return terminal


def finish(terminal: Terminal) -> None:
    """Wait for the closed case, and leave."""
    terminal.wait_for("CEN-1001", timeout=25)
    terminal.wait_for("Cliente ►")
    terminal.send("<f3>")
    terminal.wait_for("Número y PIN ►")
    terminal.send("<f3>")
    assert terminal.wait_exit() == 0
    assert terminal.tty_faults() == []


def unseen(terminal: Terminal, home: Path, *pins: str) -> None:
    """No PIN, nor most of one, was ever on the screen, and none is in any file."""
    for pin in pins:
        assert not terminal.ever_showed(pin[:5]), pin
        for path in home.rglob("*"):
            assert not path.is_file() or pin.encode() not in path.read_bytes(), path


def granted_once(home: Path, authorised: int = 1) -> None:
    """So many authorisations, one reservation, one delivery, all of them of the reserve; the case was closed right."""
    money = desk.facts(home / "mesa.db", f.ExceptionAuthorised, f.CompensationReserved, f.CompensationDelivered)
    once = ["compensation.reserved", "compensation.delivered"]
    assert [fact.kind for fact in money] == ["exception.authorised"] * authorised + once
    assert isinstance(money[0], f.ExceptionAuthorised)
    assert money[0].reason == "tercera vez"
    with desk.opened(home / "mesa.db") as store:
        assert verify(store).sound
        with store.reading() as tx:
            reserve, ana, file = tx.budget(RESERVE), tx.person_by_number(1), tx.case_file("CEN-1001")
            assert ana is not None
            own = tx.budget(ana.id)
    assert reserve is not None
    assert (reserve[0].spent.minor, reserve[0].reserved.minor) == (22_000, 0)
    assert own is None or own[0].spent.minor == 0
    assert file is not None
    assert (file.customer.name, file.customer.phone) == ("Marta Ruiz Soto", "55 1234 0078")
    assert file.notes == ("Faltó la lámpara",)


def test_b4_a_call_above_the_cap_in_one_packet(home: Path) -> None:
    with started(home) as terminal:
        terminal.send(LOGIN + UP_TO_GESTURE + ABOVE + REST)
        finish(terminal)
        unseen(terminal, home, desk.ANA, desk.CARLA)
    granted_once(home)


def test_b4_a_call_above_the_cap_at_human_speed(home: Path) -> None:
    with started(home) as terminal:
        terminal.type(LOGIN + UP_TO_GESTURE + ABOVE + REST, gap=0.03)
        finish(terminal)
        unseen(terminal, home, desk.ANA, desk.CARLA)
    granted_once(home)


@pytest.mark.parametrize("gap", [0.0, 0.03])
def test_b4_e2_a_call_above_the_cap_on_a_store_that_stalls(home: Path, gap: float) -> None:
    with started(home, [sys.executable, "-c", STALLED.format(seconds=0.3)]) as terminal:
        keys = UP_TO_GESTURE + ABOVE + REST
        terminal.send(LOGIN)
        terminal.wait_for("Cliente ►")
        if gap:
            terminal.type(keys, gap)
        else:
            terminal.send(keys)
        finish(terminal)
        unseen(terminal, home, desk.CARLA)
    granted_once(home)


def test_e2_a_pin_behind_a_step_that_was_refused_is_seen_and_kept_nowhere(home: Path) -> None:
    """12x is no amount, and 120 needs nobody: either way the PIN comes where nobody asks for it."""
    with started(home) as terminal:
        terminal.send(LOGIN + UP_TO_GESTURE + f"4\r12x\r\rtercera vez\r3 {desk.CARLA}\r")
        terminal.wait_for("PIN")
        terminal.wait_for("Cantidad ►")
        terminal.send(f"120\r\rtercera vez\r3 {desk.CARLA}\r")
        terminal.wait_for("Teléfono ►")
        terminal.send(f"3 {desk.CARLA[:5]}")
        terminal.wait_for("•••••")
        terminal.send("<f2>")  # keeps a half-typed line at once
        terminal.wait_for("Nota ►")
        unseen(terminal, home, desk.CARLA)
        terminal.send("<esc>")
        terminal.wait_for("Teléfono ► 3 •••••")
        terminal.send("<esc>\rs\r")
        finish(terminal)
        unseen(terminal, home, desk.CARLA)
    assert not desk.facts(home / "mesa.db", f.ExceptionAuthorised)


def test_e2_another_pin_in_one_packet(home: Path) -> None:
    with started(home) as terminal:
        terminal.send(LOGIN + f"\x07k{desk.ANA}\r593817\r593817\r")
        terminal.wait_for("Su nuevo PIN vale")
        unseen(terminal, home, desk.ANA, "593817")
        terminal.send("<f3>1 593817\rMarta\r")
        terminal.wait_for("Disculpa ►")
        unseen(terminal, home, "593817")
