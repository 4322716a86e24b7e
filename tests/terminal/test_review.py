"""E2: ``mesa review`` lets supervision in, and tells an agent how the desk opens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from tests import desk
from tests.terminal.harness import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workstation with a branch."""
    desk.branch(tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.parametrize("command", ["review", "revision"])
def test_e2_the_review_opens_for_supervision_and_an_agent_is_told_how_the_desk_does(home: Path, command: str) -> None:
    program = [sys.executable, "-m", "mesa_recuperacion", command]
    with Terminal(program, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for(lambda: any(quoted in terminal.text for quoted in ("“mesa”", "«mesa»")))
        assert "Número y PIN ►" in terminal.text
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for("Carla Vega ·")
        terminal.send("<f3>")
        terminal.wait_for("Número y PIN ►")
        terminal.send("<f3>")
        assert terminal.wait_exit() == 0
        assert not terminal.ever_showed(desk.CARLA)
    assert desk.facts(home / "mesa.db", f.CaseOpened) == []
