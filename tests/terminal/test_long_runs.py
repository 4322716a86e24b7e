"""Whatever takes long says how far it is, ends when it is asked to, and leaves all as it was (rules E4, E6)."""

from __future__ import annotations

import hashlib
import re
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.sweep import mark, mark_of
from tests import desk
from tests.old_stores import OLDER, old_store
from tests.terminal.harness import Terminal

ROOT = Path(__file__).resolve().parents[2]
HELD = [sys.executable, "-m", "tests.terminal.held_mesa"]
CTRL_C = b"\x03"
PLAIN = [sys.executable, "-m", "mesa_recuperacion"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("template") / "home"
    home.mkdir(mode=0o700)
    now = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)
    prepare(home / "mesa.db", now=now, cases=20, language="en", hasher=Argon2(memory_kib=64))
    subprocess.run([*PLAIN, "journal", "head"], env=env(home), capture_output=True, check=True)  # it has its keys now
    return home


@pytest.fixture
def place(tmp_path: Path, template: Path) -> Path:
    """A home with a branch of twenty cases, and a backup of it beside the home."""
    shutil.copy(template / "mesa.db", tmp_path / "backup.db")
    return Path(shutil.copytree(template, tmp_path / "home"))


def env(home: Path, step: str = "") -> dict[str, str]:
    return {"MESA_HOME": str(home), "LC_ALL": "en_US.UTF-8", "PYTHONPATH": str(ROOT), "MESA_HELD": step}


def said(home: Path) -> str:
    """All that the store says."""
    with closing(driver.connect(home / "mesa.db")) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name, type").fetchall()
        rows = [
            sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            for name, sql in tables
            if str(sql).startswith("CREATE TABLE")
        ]
    return hashlib.sha256(repr((tables, rows)).encode()).hexdigest()


def files(folder: Path) -> set[str]:
    """What lies there, but for the log, and the files that windows and backups hold marks on, which stay for good."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in _STAYS)
    return {str(path.relative_to(folder)) for path in found}


_STAYS = (".log", ".lock", ".window")

RUNS = {
    "verify": ("lines", "rows"),
    "rebuild": ("fold",),
    "export": ("write",),
    "backup": ("copy", "pages", "lines", "rows"),
    "doctor": ("pages", "lines", "rows"),
    "restore": ("copy", "pages", "lines", "rows", "forgotten"),
}
SHOWN = {
    "copy": r"Copying: \d+ %", "pages": r"Looking at the pages of the file: \d+ %", "lines": r"Proving the journal",
    "rows": r"Comparing with the journal", "fold": r"Making it again from the journal",
    "write": r"Writing the journal", "forgotten": r"Looking up who was forgotten…",
}  # fmt: skip
LAST = {
    "verify": "Stopped before the end, so nothing is proved. Nothing was changed.",
    "rebuild": "Stopped. Nothing was changed.",
    "export": "Stopped. No file was written, and nothing was changed.",
    "backup": "Stopped. No backup was made; those that there were are as before.",
    "doctor": "Stopped: of what was not looked at, nothing is known. Nothing was changed.",
    "restore": "Stopped. Nothing was changed.",
}


def command(name: str, home: Path) -> list[str]:
    match name:
        case "export":
            return ["journal", "export", str(home.parent / "journal.jsonl"), "--private"]
        case "restore":
            return ["restore", str(home.parent / "backup.db"), "--yes"]
        case "backup" | "doctor":
            return [name]
    return ["journal", name]


@pytest.mark.parametrize(("name", "step"), [(name, step) for name, steps in RUNS.items() for step in steps])
def test_e6_ctrl_c_ends_a_long_run_and_all_is_as_it_was(place: Path, name: str, step: str) -> None:
    before, there = said(place), files(place.parent)
    with Terminal(HELD + command(name, place), env=env(place, step)) as terminal:
        terminal.wait_for(re.compile(SHOWN[step]))
        terminal.send(CTRL_C)
        terminal.wait_for(LAST[name])
        assert terminal.wait_exit() == 130
        assert not re.search(SHOWN[step], terminal.text), "the line is taken away"
        assert terminal.tty_faults() == []
    assert files(place.parent) == there
    assert said(place) == before
    again = subprocess.run([*PLAIN, *command(name, place)], env=env(place), capture_output=True, check=False)
    assert again.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("name", "step"), [("backup", "copy"), ("rebuild", "fold"), ("export", "write")])
def test_e4_other_signals_end_it_in_the_same_order(place: Path, name: str, step: str, number: signal.Signals) -> None:
    before, there = said(place), files(place.parent)
    with Terminal(HELD + command(name, place), env=env(place, step)) as terminal:
        terminal.wait_for(re.compile(SHOWN[step]))
        terminal.signal(number)
        terminal.wait_for(LAST[name])
        assert terminal.wait_exit() == 128 + number
    assert files(place.parent) == there
    assert said(place) == before


def test_e4_a_terminal_that_goes_away_ends_it_too(place: Path) -> None:
    before, there = said(place), files(place.parent)
    with Terminal([*HELD, "backup"], env=env(place, "copy")) as terminal:
        terminal.wait_for(re.compile(SHOWN["copy"]))
        terminal.close_master()
        assert terminal.wait_exit() == 128 + signal.SIGHUP
    assert files(place.parent) == there
    assert said(place) == before


def test_e3_what_forgetting_left_to_do_can_be_put_off_and_is_done_the_next_time(place: Path) -> None:
    path, before = place / "mesa.db", said(place)
    mark(path)
    with Terminal([*HELD, "journal", "head"], env=env(place, "sweep")) as terminal:
        terminal.wait_for(re.compile(r"Clearing the file of what was forgotten: \d+ %"))
        terminal.send(CTRL_C)
        terminal.wait_for("Stopped. Nothing was changed.")
        assert terminal.wait_exit() == 130
    assert mark_of(path).exists()
    assert said(place) == before
    subprocess.run([*PLAIN, "journal", "head"], env=env(place), capture_output=True, check=True)
    assert not mark_of(path).exists()
    assert said(place) == before


def test_a_demonstration_that_is_stopped_leaves_no_branch(tmp_path: Path) -> None:
    home, kept = tmp_path / "home", tmp_path / "kept"
    making = ["demo", "--keep", str(kept), "--no-desk", "--cases", "20"]
    with Terminal(HELD + making, env=env(home, "make")) as terminal:
        terminal.wait_for("Preparing the branch")
        terminal.send(CTRL_C)
        terminal.wait_for("Stopped. No branch was made, and nothing of it is left.")
        assert terminal.wait_exit() == 130
    assert files(kept) == set()


@pytest.mark.parametrize("step", ["before copy", "before pages", "before lines"])
def test_e4_bringing_up_to_date_is_stopped_and_begins_again(tmp_path: Path, step: str) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    old_store(OLDER[-1], home / "mesa.db")
    before, there = said(home), files(home)
    shown = {
        "before copy": "Keeping a copy",
        "before pages": "Looking at the copy",
        "before lines": "Bringing",
    }
    with Terminal([*HELD, "journal", "head"], env=env(home, step)) as terminal:
        terminal.wait_for(shown[step])
        terminal.send(CTRL_C)
        terminal.wait_for("Stopped. What was saved is safe and as before; the next time it begins again.")
        assert terminal.wait_exit() == 130
    assert (said(home), files(home)) == (before, there)
    subprocess.run([*PLAIN, "journal", "head"], env=env(home), capture_output=True, check=True)


def test_nothing_is_said_where_there_is_no_terminal(place: Path) -> None:
    done = subprocess.run([*PLAIN, "journal", "verify"], env=env(place), capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_e3_a_customer_is_forgotten_though_clearing_the_file_is_put_off(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = desk.branch(home)
    ana = desk.Desk(path, language="es").sign_in().standard_call("Zoraida Wuyts")
    ana.say("s")
    ana.close()
    with closing(driver.connect(path)) as connection:
        ((folio,),) = connection.execute("SELECT folio FROM case_file").fetchall()
    with Terminal([*HELD, "customer", "forget", folio], env=env(home, "sweep")) as terminal:
        terminal.wait_for("number and PIN:")
        terminal.send(f"3 {desk.CARLA}\r")
        terminal.wait_for(f"Type {folio} again")
        terminal.send(f"{folio}\r")
        terminal.wait_for("Clearing the file of what was forgotten")
        terminal.send(CTRL_C)
        terminal.wait_for("Forgotten.")
        terminal.wait_for("Remains are in the branch's file until it is next opened or closed.")
        assert terminal.wait_exit() == 130
        assert terminal.tty_faults() == []
    assert mark_of(path).exists()
    subprocess.run([*PLAIN, "journal", "head"], env=env(home), capture_output=True, check=True)
    assert not mark_of(path).exists()
    assert all(b"Zoraida" not in file.read_bytes() for file in home.rglob("*") if file.is_file())
