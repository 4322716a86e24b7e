"""What is loaded when: neither the login nor the desk waits for what it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests import desk
from tests.terminal.harness import Terminal

NOT_FOR_THE_LOGIN = {
    "sqlalchemy", "sqlmodel", "alembic", "pydantic", "pydantic_core", "babel", "unicode_rbnf", "argon2", "cffi",
    "typer", "click", "jinja2", "pygal",
    *(f"mesa_recuperacion.{room}" for room in (
        "store.store", "store.tables", "domain.facts", "domain.commands", "domain.decide", "domain.refusals",
        "domain.policy", "policy", "service", "wiring.port", "dialogue.moves", "dialogue.scenes.idle", "demo",
        "reports",
    )),
}  # fmt: skip
NOT_FOR_A_CALL = {
    "sqlalchemy", "sqlmodel", "pydantic", "alembic", "typer", "click", "jinja2", "pygal",
    *(f"mesa_recuperacion.{room}" for room in (
        "demo", "reports", "service.review", "store.tables", "store.schema", "store.core", "store.verify",
        "store.migrate", "store.backup", "wiring.doctor",
    )),
}  # fmt: skip
NOT_FOR_THE_GUARDIAN = {"dataclasses", "inspect", "logging", "asyncio", "threading", "pathlib", "textual", "sqlite3"}
"""It waits beside the desk for as long as that runs, with all that it has loaded."""

SPIED = """
import json, pathlib, sys
folder = pathlib.Path(sys.argv.pop())
from mesa_recuperacion.__main__ import main
from mesa_recuperacion.desk.app import DeskApp
def noted(method, name):
    def noting(self, *arguments):
        (folder / name).write_text(json.dumps(sorted(sys.modules)))
        return method(self, *arguments)
    return noting
DeskApp._first_picture = noted(DeskApp._first_picture, "first")
DeskApp.quit = noted(DeskApp.quit, "last")
sys.exit(main())
"""


def loaded(path: Path) -> set[str]:
    """Every module that was there, and every package that one of them is in."""
    names = json.loads(path.read_text(encoding="utf-8"))
    return {".".join(parts[: n + 1]) for parts in (name.split(".") for name in names) for n in range(len(parts))}


def test_the_login_is_on_the_screen_before_anything_else_is_loaded(home: Path, tmp_path: Path) -> None:
    argv = [sys.executable, "-c", SPIED, str(tmp_path)]
    with Terminal(argv, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for("Cliente ►")
        terminal.send("Marta Ruiz<enter>")
        terminal.wait_for("Disculpa ►")
        terminal.send("<f3>")
        terminal.wait_for("Cliente ►")
        terminal.send("<f3>")
        terminal.wait_for("Número y PIN ►")
        terminal.send("<f3>")
        assert terminal.wait_exit() == 0
    first, last = loaded(tmp_path / "first"), loaded(tmp_path / "last")
    assert {"textual", "mesa_recuperacion.dialogue.scenes.login"} <= first
    assert first & NOT_FOR_THE_LOGIN == set()
    assert {"babel", "argon2", "mesa_recuperacion.domain.decide.command"} <= last
    assert last & NOT_FOR_A_CALL == set()


GUARDING = """
import sys
sys.path[:] = {path!r}
import mesa_recuperacion.__main__, mesa_recuperacion.cli.guardian, mesa_recuperacion.cli.quiet
print(*sys.modules)
"""


def test_the_process_above_the_desk_holds_next_to_nothing() -> None:
    argv = [sys.executable, "-S", "-c", GUARDING.format(path=sys.path)]  # whatever a .pth of this environment imports
    there = set(subprocess.run(argv, capture_output=True, text=True, check=True).stdout.split())
    assert "mesa_recuperacion.cli.guardian" in there
    assert there & NOT_FOR_THE_GUARDIAN == set()
