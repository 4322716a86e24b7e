"""The main job through a real terminal: the real program, a real file, keys as a person, a macro or a slow line sends
them.  Whatever the pace, the case is closed right, the gesture is granted once and the budget is right.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA, far_off, leave

LOGIN = f"1 {desk.ANA}\r"
CALL = f"Marta Ruiz Soto\r\rfal\rFaltó la lámpara; era un regalo\r\r2\r{far_off()}\r5512340078\r"

STALLED = """
import sys, threading
from contextlib import contextmanager
from mesa_recuperacion.store.store import Store
def stalled(method):
    @contextmanager
    def slow(self):
        threading.Event().wait({seconds})
        with method(self) as tx:
            yield tx
    return slow
Store.writing, Store.reading = stalled(Store.writing), stalled(Store.reading)
from mesa_recuperacion.__main__ import main
sys.argv = ["mesa"]
sys.exit(main())
"""
"""The program with a store that takes its time before every transaction."""


def opened(home: Path, argv: list[str] | None = None, **arguments: object) -> Terminal:
    """The desk in a terminal of 80x24."""
    return Terminal(argv or MESA, env={"MESA_HOME": str(home)}, **arguments)  # type: ignore[arg-type]


def proved(home: Path) -> None:
    """The case was closed right, once, and the journal proves it."""
    kinds = desk.facts(home / "mesa.db", f.CompensationReserved, f.CompensationDelivered, f.CaseOpened, f.CaseClosed)
    assert [fact.kind for fact in kinds] == [
        "case.opened", "compensation.reserved", "compensation.delivered", "case.closed",
    ]  # fmt: skip
    closed = kinds[-1]
    assert isinstance(closed, f.CaseClosed)
    assert closed.satisfied
    assert closed.pending == ()
    with desk.opened(home / "mesa.db") as store:
        assert verify(store).sound
        with store.reading() as tx:
            ana = tx.person_by_number(1)
            assert ana is not None
            budget = tx.budget(ana.id)
            file = tx.case_file("CEN-1001")
    assert budget is not None
    assert (budget[0].left.minor, budget[0].spent.minor, budget[0].reserved.minor) == (42_000, 8_000, 0)
    assert file is not None
    assert file.customer.name == "Marta Ruiz Soto"
    assert file.customer.phone == "55 1234 0078"
    assert file.notes == ("Faltó la lámpara; era un regalo",)
    assert file.state.problem == "missing_product"


def finish(terminal: Terminal) -> None:
    """Wait for the closed case, and leave by the ordinary way."""
    terminal.wait_for("CEN-1001", timeout=60)
    terminal.wait_for("$420")
    leave(terminal)


def test_a6_b3_a_whole_call_in_one_packet_before_the_program_starts(home: Path) -> None:
    with opened(home, send_at_start=(LOGIN + CALL + "s\r").encode()) as terminal:
        finish(terminal)
    proved(home)


@pytest.mark.parametrize("delay", [0.0, 0.15, 0.5])
def test_a6_a_whole_call_in_one_packet_once_the_login_shows(home: Path, delay: float) -> None:
    with opened(home) as terminal:
        terminal.wait_for("Número y PIN ►")
        if delay:
            terminal.wait_quiet(delay)
        terminal.send(LOGIN + CALL + "s\r")
        finish(terminal)
    proved(home)


def test_a6_a_whole_call_at_human_speed(home: Path) -> None:
    with opened(home) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.type(LOGIN + CALL + "s\r", gap=0.03)
        finish(terminal)
    proved(home)


@pytest.mark.parametrize("milliseconds", [50, 200, 500])
def test_b3_a_whole_call_on_a_store_that_stalls(home: Path, milliseconds: int) -> None:
    program = [sys.executable, "-c", STALLED.format(seconds=milliseconds / 1000)]
    with opened(home, program) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.type(LOGIN + CALL + "s\r", gap=0.02)
        finish(terminal)
    proved(home)


def test_b3_enter_twice_grants_once(home: Path) -> None:
    with opened(home, send_at_start=LOGIN.encode()) as terminal:
        terminal.wait_for("Cliente ►")
        terminal.send(CALL.replace("\r2\r", "\r2\r\r") + "s\r")
        finish(terminal)
    proved(home)


def test_e2_the_pin_never_shows_and_is_in_no_file(home: Path) -> None:
    # What is typed before the program starts is echoed by the terminal itself; from its first picture on, nothing is.
    with opened(home) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.type(f"1 {desk.ANA}", gap=0.02)
        terminal.wait_for("••••••")
        terminal.send("\r")
        terminal.wait_for("Cliente ►")
        assert desk.ANA.encode() not in terminal.raw
    for path in home.rglob("*"):
        if path.is_file():
            assert desk.ANA.encode() not in path.read_bytes(), path
