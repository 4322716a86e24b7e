"""A desk in a real terminal, and what is done to its two processes: the one that draws, and the one above it."""

from __future__ import annotations

import os
import termios
import threading
import time
from pathlib import Path

import psutil

from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.test_resumed import drafted

LOGIN = "Número y PIN ►"


def as_found() -> list[object]:
    """How a terminal is set that nobody has used."""
    master, slave = os.openpty()
    try:
        return termios.tcgetattr(master)
    finally:
        os.close(master)
        os.close(slave)


def drawing(terminal: Terminal) -> psutil.Process:
    """The process that draws."""
    [one] = terminal.below
    return one


def job(terminal: Terminal) -> tuple[psutil.Process, psutil.Process]:
    """Of a desk in a shell: the process above, and the one that draws."""
    [above] = terminal.below
    [below] = above.children()
    return above, below


def until_gone(process: psutil.Process) -> None:
    """Wait for the end of a process that is nobody's child here, collected or not."""
    latest = time.monotonic() + 15
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < latest, f"{process} runs on"
        threading.Event().wait(0.02)


def at_note(terminal: Terminal, home: Path, text: str) -> None:
    """In a note of a case, half typed and kept."""
    terminal.send("Marta Ruiz\r\r3\r")
    terminal.wait_for("Nota ►")
    terminal.send(text)
    terminal.wait_for(lambda: drafted(home, text))


def enter(terminal: Terminal) -> None:
    terminal.wait_for(LOGIN)
    terminal.send(f"1 {desk.ANA}\r")
    terminal.wait_gone(LOGIN)


def leave(terminal: Terminal) -> None:
    """By the keys that leave a case, lock the desk, and end it."""
    terminal.send("<f3>")
    terminal.wait_for("Cliente ►")
    terminal.send("<f3>")
    terminal.wait_for(LOGIN)
    terminal.send("<f3>")
