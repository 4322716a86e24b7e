"""Programs to run in a terminal: the real one, and small ones on which the harness proves itself."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import desk
from tests.terminal.harness import Terminal

MESA = [sys.executable, "-m", "mesa_recuperacion"]


def signed_in(home: Path) -> Terminal:
    """The desk of a home, with Ana in."""
    terminal = Terminal(MESA, env={"MESA_HOME": str(home)})
    terminal.wait_for("Número y PIN ►")
    terminal.send(f"1 {desk.ANA}\r")
    terminal.wait_for("Cliente ►")
    return terminal


def leave(terminal: Terminal) -> None:
    """By the ordinary way, from between two calls; the terminal is as it was found."""
    terminal.send("<f3>")
    terminal.wait_for("Número y PIN ►")
    terminal.send("<f3>")
    assert terminal.wait_exit() == 0
    assert terminal.tty_faults() == []


def far_off() -> str:
    """A noon in a week or so at which the branch is open: a promise that is honest whatever day it is today."""
    hours = desk.shipped().hours
    noon = datetime.now(UTC).astimezone(desk.ZONE).replace(hour=12, minute=0) + timedelta(days=7)
    while not hours.is_open(noon.astimezone(UTC)):
        noon += timedelta(days=1)
    return f"{noon.day}/{noon.month} 12"


FORM = """
    from textual.app import App
    from textual.widgets import Footer, Header, Input, Label

    class Form(App):
        BINDINGS = [("f3", "quit", "Leave")]

        def compose(self):
            yield Header()
            yield Input(placeholder="Name")
            yield Label(id="size")
            yield Footer()

        def on_resize(self, event):
            self.query_one("#size", Label).update(f"{event.size.width} by {event.size.height}")

    Form().run()
    raise SystemExit(7)
"""

KEYS = """
    from textual.app import App
    from textual.widgets import Label

    class Keys(App):
        def compose(self):
            yield Label("ready")

        def on_key(self, event):
            self.query_one(Label).update(f"got {event.key}.")

    Keys().run()
"""

# Shows every packet it reads, as Python writes bytes; q ends it and leaves the terminal as it was found.
PACKETS = """
    import os, termios, tty
    before = termios.tcgetattr(0)
    tty.setraw(0, termios.TCSANOW)
    os.write(1, b"ready\\r\\n")
    while (packet := os.read(0, 4096)) != b"q":
        os.write(1, ascii(packet).encode() + b"\\r\\n")
    termios.tcsetattr(0, termios.TCSANOW, before)
"""

WAITS_FOR_ENTER = """
    print("ready")
    input()
"""


def start(
    source: str, *, size: tuple[int, int] = (80, 24), send_at_start: bytes = b"", kitty: bool = False
) -> Terminal:
    """A terminal with the program of the given source in it."""
    argv = [sys.executable, "-c", textwrap.dedent(source)]
    return Terminal(argv, env={}, size=size, send_at_start=send_at_start, kitty=kitty)


BARE = [sys.executable, "-c", "import sys; from mesa_recuperacion.cli.launch import open_here; sys.exit(open_here())"]
"""The desk with nobody above it: what the process that draws would be alone."""

SHELL = "shell$"


def in_shell(home: Path, command: list[str] = MESA) -> Terminal:
    """A shell with job control, and in it, as a job, a command after which the shell says how it ended."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here")
    env = {"MESA_HOME": str(home), "PS1": f"{SHELL} ", "HISTFILE": "", "INPUTRC": os.devnull}
    terminal = Terminal(["bash", "--norc", "--noprofile", "-i"], env=env)
    terminal.wait_for(SHELL)
    terminal.send(f"{shlex.join(command)}; echo ended $?\r")
    return terminal


_MARKS = itertools.count(1)


def usable(terminal: Terminal) -> list[str]:
    """What an ordinary command of the shell, which is at its prompt, would suffer from."""
    mark = next(_MARKS)
    terminal.send(f"printf 'mark%s\\n' {mark}; cat\r")
    terminal.wait_for(re.compile(f"^mark{mark}$", re.MULTILINE))
    faults = terminal.tty_faults()
    terminal.send(b"\x04")
    return faults
