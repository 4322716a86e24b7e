"""``mesa demo``: kept where it is asked to be, and otherwise gone, however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mesa_recuperacion.cli import demo as command
from mesa_recuperacion.demo.prepare import pins
from mesa_recuperacion.store.heard import Stopped
from mesa_recuperacion.store.quick import glance
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.terminal.harness import Terminal
from tests.unit.cli.conftest import Run

MESA = [sys.executable, "-m", "mesa_recuperacion"]


@pytest.fixture
def passing(tmp_path: Path) -> Path:
    """Where this test's folders for a while are made."""
    (tmp_path / "passing").mkdir()
    return tmp_path / "passing"


def started(home: Path, passing: Path, *arguments: str) -> Terminal:
    env = {"MESA_HOME": str(home), "TMPDIR": str(passing), "LC_ALL": "en_US.UTF-8"}
    return Terminal([*MESA, "demo", *arguments], env=env)


def left(terminal: Terminal) -> None:
    terminal.wait_for("PIN ►")
    terminal.send("<f3>")
    assert terminal.wait_exit() == 0


def told_to_end(number: signal.Signals) -> Callable[[Terminal], None]:
    def end(terminal: Terminal) -> None:
        terminal.wait_for("PIN ►")
        terminal.signal(number)
        assert terminal.wait_exit() == 128 + number

    end.__name__ = number.name
    return end


def hung_up(terminal: Terminal) -> None:
    terminal.wait_for("PIN ►")
    terminal.close_master()
    assert terminal.wait_exit() != 0


def told_to_end_while_preparing(terminal: Terminal) -> None:
    terminal.wait_for("Preparing")
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_exit() == 128 + signal.SIGTERM


ENDS = [left, told_to_end(signal.SIGTERM), told_to_end(signal.SIGHUP), hung_up]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_nothing_is_left_behind(end: Callable[[Terminal], None], mesa_home: Path, passing: Path) -> None:
    with started(mesa_home, passing, "--cases", "20") as terminal:
        terminal.wait_for("PIN ►")
        (folder,) = passing.iterdir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        end(terminal)
        assert list(passing.iterdir()) == []
        assert not mesa_home.exists()


def test_nothing_is_left_of_what_was_not_finished(mesa_home: Path, passing: Path) -> None:
    with started(mesa_home, passing, "--cases", "5000") as terminal:
        told_to_end_while_preparing(terminal)
        assert terminal.tty_faults() == []
    assert list(passing.iterdir()) == []


def test_a_branch_to_keep_is_whole_or_not_there(mesa_home: Path, passing: Path, tmp_path: Path) -> None:
    with started(mesa_home, passing, "--cases", "5000", "--keep", str(tmp_path / "kept")) as terminal:
        told_to_end_while_preparing(terminal)
    assert not (tmp_path / "kept").exists()


def test_e2_the_login_tells_the_pins_and_one_of_them_opens(mesa_home: Path, passing: Path) -> None:
    with started(mesa_home, passing, "--cases", "20", "--language", "es") as terminal:
        terminal.wait_for("Carla Vega")
        terminal.wait_for("482915")
        assert all(pin in terminal.text for _, pin in pins("es"))
        terminal.send("1 482915<enter>")
        terminal.wait_for("Julián Peña")


def test_folders_of_demonstrations_that_were_killed_are_swept(monkeypatch: pytest.MonkeyPatch, passing: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    for name in ("killed", "alive", "unknown"):
        (passing / f"mesa-demo-{name}").mkdir()
    (passing / "mesa-demo-killed" / "alive").touch()
    (passing / "mesa-demo-killed" / "mesa.db").touch()
    (passing / "mesa-demo-link").symlink_to(passing / "mesa-demo-unknown")
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys; from pathlib import Path; from mesa_recuperacion.cli.demo import _lock; "
         "_lock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()", str(passing / "mesa-demo-alive")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        command._sweep()
        names = sorted(folder.name for folder in passing.iterdir())
        assert names == ["mesa-demo-alive", "mesa-demo-link", "mesa-demo-unknown"]


def test_a_kept_branch_is_a_home_that_mesa_opens(mesa_home: Path, tmp_path: Path, run: Run) -> None:
    kept = tmp_path / "kept"
    result = run("demo", "--keep", str(kept), "--no-desk", "--cases", "20", "--language", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split("  ") for line in result.stdout.splitlines()[:3]] == [
        ["1", "Anna Turner", "482915"], ["2", "Brian Díaz", "739264"], ["3", "Carol Vance", "615837"],
    ]  # fmt: skip
    assert sorted(file.name for file in kept.iterdir()) == ["config.toml", "mesa.db"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept.iterdir()} == {0o600}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert not mesa_home.exists()
    store = Store.open(kept / "mesa.db")
    try:
        assert verify(store).sound
    finally:
        store.close()
    with Terminal(MESA, env={"MESA_HOME": str(kept)}) as terminal:
        terminal.wait_for("Number and PIN")
        terminal.wait_for("Anna Turner")
        assert "482915" not in terminal.text


def test_keeping_writes_over_nothing(tmp_path: Path, run: Run) -> None:
    (tmp_path / "mesa.db").write_bytes(b"mine")
    result = run("demo", "--keep", str(tmp_path), "--no-desk", "--cases", "20")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"There is already a file at {tmp_path / 'mesa.db'}.")
    assert (tmp_path / "mesa.db").read_bytes() == b"mine"
    assert [file.name for file in tmp_path.iterdir() if file.name != "mesa-home"] == ["mesa.db"]


def test_keeping_in_a_file_is_a_sentence(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("demo", "--keep", str(tmp_path / "file"), "--no-desk")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"There is a file where the folder {tmp_path / 'file'} should be.")


def test_what_the_disk_has_no_room_for_is_refused_before_anything_is_made(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=109_500_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage)
    asked = ["demo", "--no-desk", "--cases", "10000000", "--keep"]
    result = run(*asked, str(tmp_path / "a" / "b"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "10000000 cases takes 110.0 GB" in result.stderr
    assert "109.5 GB left" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cases", ["0", "10000001"])
def test_f4_a_branch_has_one_case_at_least_and_ten_million_at_most(cases: str, tmp_path: Path, run: Run) -> None:
    result = run("demo", "--no-desk", "--cases", cases, "--keep", str(tmp_path / "kept"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert list(tmp_path.iterdir()) == []


def test_what_was_stopped_leaves_no_folder_that_it_made_and_what_was_there(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(path: Path, **_: object) -> None:
        path.write_bytes(b"half")
        raise Stopped

    monkeypatch.setattr("mesa_recuperacion.demo.prepare.prepare", stopped)
    (tmp_path / "mine").mkdir()
    for folder in ("new/deep", "mine"):
        result = run("demo", "--no-desk", "--keep", str(tmp_path / folder))
        assert result.exit_code == 130
        assert result.stderr.startswith("Stopped. No branch was made, and nothing of it is left.")
    assert [file.name for file in tmp_path.rglob("*")] == ["mine"]


def test_the_language_is_that_of_the_environment_unless_named(tmp_path: Path, run: Run) -> None:
    run("demo", "--keep", str(tmp_path / "env"), "--no-desk", "--cases", "20")
    run("demo", "--keep", str(tmp_path / "named"), "--no-desk", "--cases", "20", "--language", "es")
    people = [[person.name for person in glance(tmp_path / name / "mesa.db").people] for name in ("env", "named")]
    assert people == [
        ["Anna Turner", "Brian Díaz", "Carol Vance", "Dana Price"],
        ["Ana Torres", "Bruno Díaz", "Carla Vega", "Delia Solís"],
    ]


def test_an_ordinary_demonstration_does_not_keep_anybody_waiting(tmp_path: Path) -> None:
    """Three seconds on an idle machine; of the processor's time, for others may be using this one."""
    before = os.times()
    argv = [*MESA, "demo", "--keep", str(tmp_path / "kept"), "--no-desk"]
    subprocess.run(argv, check=True, capture_output=True, timeout=60)
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < 6
