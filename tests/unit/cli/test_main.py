"""The command line itself: help in the reader's language, sentences for what is not understood, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import mesa_recuperacion
from mesa_recuperacion.cli.app import build, run
from mesa_recuperacion.i18n.shown import locale_for
from mesa_recuperacion.i18n.words import Words
from tests.terminal.harness import Terminal

LOADED = """
import json, sys
from mesa_recuperacion.__main__ import main
sys.argv = ["mesa", *sys.argv[1:]]
try:
    code = main()
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""
HEAVY = {"textual", "rich", "sqlalchemy", "sqlmodel", "babel", "argon2", "sqlite3", "pysqlite3"}
"""Not pydantic: the library of commands reads values with it."""


def mesa(*arguments: str, env: dict[str, str] | None = None, typed: str = "") -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "mesa_recuperacion", *arguments], capture_output=True, text=True, input=typed,
        check=False, timeout=60, env={**os.environ, **(env or {})},
    )  # fmt: skip


def every_command() -> Iterator[list[str]]:
    yield []
    group: Any = typer.main.get_command(build(Words("en")))
    for name, command in group.commands.items():
        yield [name]
        yield from ([name, inner] for inner in getattr(command, "commands", {}))


@pytest.mark.parametrize("arguments", [["--help"], ["demo", "--help"], ["journal", "verify", "--help"], ["--version"]])
def test_help_loads_neither_the_screen_nor_the_database(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    code, loaded = json.loads(done.stderr)
    assert code == 0
    assert HEAVY & set(loaded) == set()


def test_the_desk_is_reached_without_the_library_of_commands() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60)
    said, loaded = done.stderr.strip().splitlines()
    assert said == "La mesa necesita una terminal: ábrala en una ventana, sin redirigir su entrada ni su salida."
    code, modules = json.loads(loaded)
    assert code == 2
    assert {"typer", "click", "textual", "sqlalchemy"} & set(modules) == set()


@pytest.mark.parametrize("arguments", list(every_command()), ids=" ".join)
def test_f5_every_command_and_option_has_its_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments, "--help"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Usage: mesa")
    options = [line for line in told if line.startswith("  ") and line.strip() and not line.startswith("   ")]
    assert len(options) >= 2
    assert all(len(line) <= 80 for line in told)


def test_f5_help_speaks_the_readers_language(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text('language = "en"\n', encoding="utf-8")
    told = {
        "es": mesa("--help", env={"LC_ALL": "es_MX.UTF-8"}).stdout,
        "en": mesa("--help", env={"LC_ALL": "en_US.UTF-8"}).stdout,
        "settings": mesa("--help", env={"LC_ALL": "es_MX.UTF-8", "MESA_HOME": str(home)}).stdout,
    }
    assert "Service recovery desk." in told["en"]
    assert told["settings"] == told["en"]
    assert "Service recovery desk." not in told["es"]


def test_the_version_is_the_packages() -> None:
    done = mesa("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"mesa {mesa_recuperacion.__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dmeo"], "That is not understood. mesa --help tells how."),
        (["--verison"], "There is no option --verison here. mesa --help tells how."),
        (["policy", "check"], "FILE is missing. mesa policy check --help tells how."),
        (["policy", "check", "a", "b"], "That is not understood. mesa policy check --help tells how."),
        (["policy", "chekc", "a"], "That is not understood. mesa policy --help tells how."),
        (["demo", "--cases", "many"], "What --cases says is not understood. mesa demo --help tells how."),
        (["demo", "--cases", "0"], "What --cases says is not understood. mesa demo --help tells how."),
        (["demo", "--seed"], None),
        (["demo", "--language", "fr"], "What --language says is not understood. mesa demo --help tells how."),
        (["demo", "--no-desk"], "--no-desk needs --keep and a folder: otherwise nothing would be left."),
        (["demo"], "The desk needs a terminal: start it in a window, without redirecting its input or its output."),
        ([], "The desk needs a terminal: start it in a window, without redirecting its input or its output."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_not_understood_is_one_sentence_and_exit_code_2(arguments: list[str], said: str | None) -> None:
    done = mesa(*arguments, env={"LC_ALL": "en_US.UTF-8"})
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert said is None or done.stderr == f"{said}\n"


@pytest.mark.parametrize("group", ["policy", "journal", "person"])
def test_a_group_without_a_command_tells_its_commands(group: str) -> None:
    done = mesa(group)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith(f"Usage: mesa {group}")


def test_what_nobody_expected_is_one_sentence_and_its_place_in_the_log(mesa_home: Path) -> None:
    broken = """
import sys
import mesa_recuperacion.service.people, mesa_recuperacion.cli.branch as branch
def broken(*_):
    pin = "482915 Marta Ruiz"
    raise RuntimeError(pin)
branch.Store.open = broken
sys.argv = ["mesa", "person", "list"]
from mesa_recuperacion.__main__ import main
sys.exit(main())
"""
    done = subprocess.run([sys.executable, "-c", broken], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    (said,) = done.stderr.splitlines()
    kept = (mesa_home / "logs" / "mesa.log").read_text(encoding="utf-8")
    reference = kept.split()[3]
    assert reference in said
    assert "RuntimeError" in kept
    assert not any(secret in said + kept for secret in ("482915", "Marta"))


def test_looking_makes_no_folder(mesa_home: Path) -> None:
    for arguments in (["--help"], ["--version"], [], ["demo"], ["policy"]):
        mesa(*arguments)
    assert not mesa_home.exists()


def test_a_reader_who_leaves_is_no_error(database: Path) -> None:
    line = f"{sys.executable} -m mesa_recuperacion journal export | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.parametrize(
    ("language", "currency", "locale"),
    [
        ("es", "MXN", "es_MX"), ("en", "USD", "en_US"), ("es", "USD", "es_US"), ("es", "EUR", "es_ES"),
        ("en", "EUR", "en_IE"), ("es", "COP", "es_CO"), ("en", "JPY", "en_JP"), ("es", "XAF", "es"),
    ],
)  # fmt: skip
def test_f5_figures_are_written_as_where_the_currency_is_from(language: str, currency: str, locale: str) -> None:
    assert locale_for(language, currency) == locale


def test_control_c_while_it_prepares_ends_quietly_and_leaves_nothing(mesa_home: Path, tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "mesa_recuperacion", "demo", "--cases", "5000", "--keep", str(tmp_path / "kept")]
    with Terminal(argv, env={"MESA_HOME": str(mesa_home), "LC_ALL": "en_US.UTF-8"}) as terminal:
        terminal.wait_for("Preparing")
        terminal.send(b"\x03")
        assert terminal.wait_exit() == 130
        assert "Traceback" not in terminal.text
        assert terminal.tty_faults() == []
    assert not (tmp_path / "kept").exists()
