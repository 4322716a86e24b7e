"""What is typed before anything is drawn, perhaps a PIN, is neither echoed nor lost (rule E2)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from mesa_recuperacion.cli.quiet import wants_hush
from tests.terminal.harness import Terminal

READS = """
import sys
from mesa_recuperacion.cli.quiet import hushed
with hushed():
    print("ready", flush=True)
    said = sys.stdin.readline()
    print("read", len(said.strip()), flush=True)
print("done", flush=True)
sys.stdin.readline()
"""
SWALLOWS = """
import os, signal, sqlite3, sys
from mesa_recuperacion.cli.quiet import hushed

def allow(*_):
    os.kill(os.getpid(), signal.SIGTERM)
    return sqlite3.SQLITE_OK

with hushed():
    connection = sqlite3.connect(":memory:")
    connection.set_authorizer(allow)
    try:
        connection.execute("SELECT 1")
    except sqlite3.DatabaseError:
        sys.exit(1)
"""
PIN = "482915"


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], True), (["demo"], True), (["demo", "--keep", "x"], True), (["person", "add", "X"], True),
        (["policy", "publish", "f"], True), (["--help"], False), (["policy", "check", "f"], False),
        (["journal", "export"], False), (["person", "list"], False), (["person", "pin", "1"], True),
        (["person", "unlock", "1"], True), (["key", "export", "f"], True), (["key", "import", "f"], False),
    ],
)  # fmt: skip
def test_only_where_a_pin_may_be_typed(arguments: list[str], wanted: bool) -> None:
    assert wants_hush(arguments) is wanted


def test_e2_typed_ahead_is_not_echoed_and_not_lost() -> None:
    with Terminal([sys.executable, "-c", READS], env={}) as terminal:
        terminal.wait_for("ready")
        terminal.send(f"{PIN}\r".encode())
        terminal.wait_for("read 6")
        assert not terminal.ever_showed(PIN)
        terminal.wait_for("done")
        assert terminal.tty_faults() == []
        terminal.send(b"shown")
        terminal.wait_for("shown")


def test_what_was_typed_before_the_start_is_read_too() -> None:
    with Terminal([sys.executable, "-c", READS], env={}, send_at_start=b"482915\r") as terminal:
        terminal.wait_for("read 6")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals) -> None:
    with Terminal([sys.executable, "-c", READS], env={}) as terminal:
        terminal.wait_for("ready")
        terminal.signal(number)
        terminal.wait_exit()
        assert terminal.tty_faults() == []


def test_a_signal_that_a_callback_of_the_database_swallows_ends_the_program_as_it_asked() -> None:
    assert subprocess.run([sys.executable, "-c", SWALLOWS], check=False, timeout=60).returncode == 128 + signal.SIGTERM


def test_without_a_terminal_there_is_nothing_to_hush(monkeypatch: pytest.MonkeyPatch) -> None:
    from mesa_recuperacion.cli import quiet

    monkeypatch.setattr(termios, "tcsetattr", lambda *_: pytest.fail("a terminal was touched"))
    reading, writing = os.pipe()
    kept = os.dup(0)
    try:
        os.dup2(reading, 0)
        with quiet.hushed():
            pass
    finally:
        os.dup2(kept, 0)
        for descriptor in (reading, writing, kept):
            os.close(descriptor)


def test_e2_the_pins_that_a_command_asks_for_are_never_shown(database: Path) -> None:
    argv = [sys.executable, "-m", "mesa_recuperacion", "person", "add", "Fabián Ríos"]
    env = {"MESA_HOME": str(database.parent), "LC_ALL": "en_US.UTF-8"}
    with Terminal(argv, env=env) as terminal:
        terminal.wait_for("number and PIN:")
        terminal.send(b"3 615837\r518273946051\r")  # the second one ahead of its question
        terminal.wait_for("The same PIN again:")
        terminal.send(b"518273946051\r")
        terminal.wait_for("Fabián Ríos enters with number 6.")
        assert terminal.wait_exit() == 0
        assert not terminal.ever_showed("615837")
        assert not terminal.ever_showed("518273946051")
        assert terminal.tty_faults() == []


def test_asking_can_be_left_with_control_c(database: Path) -> None:
    argv = [sys.executable, "-m", "mesa_recuperacion", "person", "add", "Fabián Ríos"]
    with Terminal(argv, env={"MESA_HOME": str(database.parent), "LC_ALL": "en_US.UTF-8"}) as terminal:
        terminal.wait_for("number and PIN:")
        terminal.send(b"\x03")
        terminal.wait_for("Stopped. Nothing was changed.")
        assert terminal.wait_exit() == 130
        assert terminal.tty_faults() == []
