"""Imports only go down, and a command pays only for what it uses."""

from __future__ import annotations

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mesa_recuperacion

SOURCE = Path(mesa_recuperacion.__file__).parent
DATABASE = ("sqlalchemy", "sqlmodel", "alembic", "sqlite3", "pysqlite3")
SCREEN = ("textual", "rich")
# What each room may not pull in by being imported, however indirectly.
STRANGERS = {
    "domain": (*DATABASE, *SCREEN, "pydantic", "babel", "typer", "argon2", "asyncio"),
    "i18n": (*DATABASE, *SCREEN, "pydantic", "babel", "unicode_rbnf", "typer", "argon2"),
    "journal": (*DATABASE, *SCREEN, "babel"),
    "policy": (*DATABASE, *SCREEN),
    "dialogue": (*DATABASE, *SCREEN, "pydantic", "babel", "typer", "argon2", "asyncio"),
    "store": SCREEN,
    "reports": (*SCREEN, *DATABASE, "argon2", "typer", "asyncio"),
    "service": SCREEN,
    "tui": (*DATABASE, "pydantic", "argon2", "typer"),
    "desk": (*DATABASE, "pydantic", "argon2", "typer"),
}
IMPORT_ALL = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
IMPORT_EACH = """
import importlib, sys
room, *names = sys.argv[1:]
for name in names:
    for loaded in [module for module in sys.modules if f"{module}.".startswith(f"{room}.")]:
        del sys.modules[loaded]
    importlib.import_module(name)
    print(name)
"""
SAY_WHAT_IS_LOADED = """
import sys
from mesa_recuperacion.__main__ import main
sys.argv[1:] = ["--help"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
finally:
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("room", sorted(STRANGERS))
def test_a_room_does_not_load_what_it_must_not_know(room: str) -> None:
    loaded = set(run(IMPORT_ALL, f"mesa_recuperacion.{room}").split())
    assert "mesa_recuperacion" in loaded
    assert loaded & set(STRANGERS[room]) == set()


@pytest.mark.parametrize("room", sorted(STRANGERS))
def test_each_module_can_be_the_first_one_imported(room: str) -> None:
    """Nobody depends on another having been imported before: no circle hides in the order.

    The rooms below stay loaded: imports only go down, so that no circle goes through them.
    """
    there = SOURCE / room
    names = [module.name for module in pkgutil.walk_packages([str(there)], f"mesa_recuperacion.{room}.")]
    assert run(IMPORT_EACH, f"mesa_recuperacion.{room}", *names).split() == names


def test_help_does_not_wait_for_the_screen_or_the_database() -> None:
    loaded = set(run(SAY_WHAT_IS_LOADED).rpartition("LOADED")[2].split())
    assert "typer" in loaded
    assert loaded & {"textual", *DATABASE, "pydantic", "babel", "argon2"} == set()


@pytest.mark.parametrize("path", sorted((SOURCE / "domain").rglob("*.py")), ids=lambda path: path.stem)
def test_the_rules_need_only_the_standard_library(path: Path) -> None:
    for name in imported(ast.parse(path.read_bytes())):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("mesa_recuperacion.domain"), name


@pytest.mark.parametrize("path", sorted((SOURCE / "dialogue").rglob("*.py")), ids=lambda path: path.stem)
def test_the_conversation_needs_only_the_rules_and_the_words(path: Path) -> None:
    below = ("mesa_recuperacion.domain", "mesa_recuperacion.i18n", "mesa_recuperacion.dialogue")
    for name in imported(ast.parse(path.read_bytes())):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith(below), name


def test_e4_threads_that_load_at_once_never_wait_for_each_other() -> None:
    """A package that loads modules of its own is asked by its own name alone.

    Who loads one of them directly holds it and waits for the package, which waits for it: then one of the two gets half
    a module.  The desk's threads load while somebody types their PIN.
    """
    parts = {path: {*imported(ast.parse(path.read_bytes()))} for path in SOURCE.rglob("*.py")}
    doors = {path.parent: _name(path.parent) for path in parts if path.name == "__init__.py"}
    loading = {at: name for at, name in doors.items() if any(_is_in(of, name) for of in parts[at / "__init__.py"])}
    assert "mesa_recuperacion.domain.facts" in loading.values()
    for at, name in loading.items():
        beside = {path.stem: names for path, names in parts.items() if not path.is_relative_to(at)}
        assert {by for by, names in beside.items() if any(of.startswith(f"{name}.") for of in names)} == set(), name


def _name(folder: Path) -> str:
    return ".".join((SOURCE.name, *folder.relative_to(SOURCE).parts))


def _is_in(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a file imports anywhere in it, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield str(node.module)
