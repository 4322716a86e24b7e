"""What takes long at the desk says how far it is, and Esc ends it; nothing half written stays (rules E3, F4, F8)."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mesa_recuperacion.store.sweep import mark, mark_of
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import leave

ROOT = Path(__file__).resolve().parents[2]
HELD = [sys.executable, "-m", "tests.terminal.held_mesa"]


@contextmanager
def held(home: Path, step: str, *command: str) -> Iterator[Terminal]:
    env = {"MESA_HOME": str(home), "PYTHONPATH": str(ROOT), "MESA_HELD": step}
    with Terminal([*HELD, *command], env=env) as terminal:
        terminal.wait_for("Número y PIN ►")
        yield terminal


def tables(home: Path) -> list[Path]:
    """Tables and parts of them; what is beside a backup is another program's, which may be at work still."""
    written = [path for path in home.rglob("*") if path.suffix in (".csv", ".part")]
    return [path for path in written if path.parent.name != "backups"]


def test_f8_an_export_that_takes_long_says_so_and_esc_ends_it(home: Path) -> None:
    with held(home, "table", "review") as terminal:
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for("Carla Vega ·")
        terminal.send("<f9>")
        terminal.wait_for("Escribiendo la tabla… · Esc lo interrumpe")
        terminal.send("<esc>")
        terminal.wait_for("Interrumpido: no se hizo ningún archivo")
        assert tables(home) == []
        leave(terminal)
    assert tables(home) == []


def test_f8_a_signal_in_the_midst_of_an_export_leaves_no_part_of_it(home: Path) -> None:
    with held(home, "table", "review") as terminal:
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for("Carla Vega ·")
        terminal.send("<f9>")
        terminal.wait_for("Escribiendo la tabla…")
        assert tables(home), "the control: it is being written"
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
        assert terminal.tty_faults() == []
    assert tables(home) == []


def test_e3_what_forgetting_left_to_do_keeps_nobody_at_the_door(home: Path) -> None:
    path = home / "mesa.db"
    mark(path)
    with held(home, "sweep") as terminal:
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for(re.compile(r"Limpiando el archivo de lo suprimido: \d+ %.* · Esc lo deja para después"))
        terminal.send("<esc>")
        terminal.wait_for("Cliente ►")
        assert mark_of(path).exists()
        terminal.kill()
    with held(home, "", "review") as terminal:
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for("Carla Vega ·")
        leave(terminal)
    assert not mark_of(path).exists(), "it is done with the next opening"
