"""From nothing to a closed case, as whoever installs it sees it: six questions, the login, a call."""

from __future__ import annotations

import stat
from pathlib import Path

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.verify import verify
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA

PIN = "739154"


def test_f1_six_questions_by_enter_and_then_a_call(tmp_path: Path) -> None:
    home = tmp_path / "nothing" / "yet"
    with Terminal(MESA, env={"MESA_HOME": str(home), "LC_ALL": "es_MX.UTF-8"}) as terminal:
        terminal.wait_for("1 de 6")
        for _ in range(6):  # language, name, currency, keys, colours, supervisor
            terminal.send("\r")
        terminal.wait_for("PIN ►")
        assert not (home / "mesa.db").exists()
        terminal.send(f"{PIN}\r{PIN}\r")
        terminal.wait_for("6 de 6")
        terminal.send("\r")
        terminal.wait_for("Listo ►")
        terminal.wait_quiet(0.4)
        terminal.send("\r")
        terminal.wait_for("Número y PIN ►")
        terminal.wait_for("Supervisión")
        terminal.send(f"1 {PIN}\r")
        terminal.wait_for("Ver ►")  # who founds a branch is its supervisor, and comes in at the review
        terminal.send("\x07d")
        terminal.wait_for("Cliente ►")
        terminal.send("Marta Ruiz\r\r3\r\r\r2\r\r\r")
        terminal.wait_for("¿Conforme? ►")
        terminal.send("s")
        terminal.wait_for("¿Conforme? ► s")
        terminal.send("\r")
        terminal.wait_for("cerrado")
        assert PIN.encode() not in terminal.raw
        terminal.send("<f3>")
        terminal.wait_for("Número y PIN ►")
        terminal.send("<f3>")
        assert terminal.wait_exit() == 0
        assert terminal.tty_faults() == []
    assert stat.S_IMODE((home / "mesa.db").stat().st_mode) == 0o600
    assert [fact.kind for fact in desk.facts(home / "mesa.db", f.CaseClosed)] == ["case.closed"]
    with desk.opened(home / "mesa.db") as store:
        assert verify(store).sound


def test_f1_leaving_half_way_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal(MESA, env={"MESA_HOME": str(home), "LC_ALL": "es_MX.UTF-8"}) as terminal:
        terminal.wait_for("1 de 6")
        terminal.send("\r\r\r")
        terminal.wait_for("3 de 6")
        terminal.kill()
        terminal.wait_exit()
    assert [path for path in home.rglob("*") if path.is_file()] == []
