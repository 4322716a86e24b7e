"""E3: a customer is forgotten in a real terminal, and their name never comes back to it."""

from __future__ import annotations

import sys
from pathlib import Path

from mesa_recuperacion.domain import facts as f
from tests import desk
from tests.terminal.harness import Terminal

NAME = "Zoraida Wuyts Peña"


def test_e3_supervision_forgets_a_customer_at_the_desk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = desk.branch(home)
    ana = desk.Desk(path, language="es").sign_in().standard_call(NAME)
    ana.say("s")
    ana.close()
    with Terminal([sys.executable, "-m", "mesa_recuperacion"], env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for("Carla Vega ·")
        terminal.send("<ctrl+g>d")
        terminal.wait_for("Buen")
        terminal.send("<f4>")
        terminal.wait_for("Ficha de")
        terminal.send("zoraida")
        terminal.wait_for(NAME)
        terminal.send("\r")
        terminal.wait_for("Suprimir sus datos")
        terminal.send("6\r")
        terminal.wait_for("Su propio PIN")
        terminal.send(desk.CARLA)
        terminal.wait_for("••••••")
        terminal.wait_for(lambda: not terminal.text.count(desk.CARLA))
        terminal.send("\r")
        terminal.wait_for("Cliente suprimido")
        terminal.wait_for("guardan sus datos hasta")
        terminal.send("\r")
        terminal.wait_for(lambda: "Cliente suprimido" not in terminal.text and NAME not in terminal.text)
        terminal.send("<f3>")
        terminal.wait_for("Número y PIN ►")
        terminal.send("<f3>")
        assert terminal.wait_exit() == 0
        assert not terminal.ever_showed(desk.CARLA)
    assert len(desk.facts(path, f.CustomerForgotten)) == 1
    for file in home.rglob("*"):
        if file.is_file():
            assert b"Zoraida" not in file.read_bytes(), file
