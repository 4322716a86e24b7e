"""How a benchmark comes to the desk, through the keys that an agent presses."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from tempfile import TemporaryDirectory

from benchmarks.branches import Home
from benchmarks.compare import LOGIN_READY, Subject
from benchmarks.program import Program

DESK_READY = "Cliente ►"

_CAPTURE_ROW = 20  # the desk keeps its one line in this row in all steps, at 80x24
_LABEL = re.compile(r"\s*(\S.*?) ►")
_ANSWERS = {
    "Disculpa": "", "Problema": "3", "Nota": "faltaba la lampara, era regalo", "Solución": "1",
    "Compensación": "0", "Por qué": "1", "Para cuándo": "", "Teléfono": "", "¿Conforme?": "s",
}  # fmt: skip
"""What is answered to each question of a call, by the beginning of its label."""


def label(program: Program) -> str:
    """What the capture line asks for; empty while it asks nothing."""
    found = _LABEL.match(program.lines[_CAPTURE_ROW])
    return found[1] if found else ""


def shown_at(program: Program, text: str) -> float:
    """Seconds from the start to the first finished picture that shows a text."""
    return next(shown.at for shown in program.pictures if text in "\n".join(shown.lines)) - program.started


@contextmanager
def writable(subject: Subject, cases: int | None = None) -> Iterator[Home]:
    """A copy of the branch of that many cases, which a benchmark may change."""
    home = subject.home(cases)
    with TemporaryDirectory(prefix="mesa-benchmark-", dir=home.path.parent) as folder:
        copy = Path(folder) / home.path.name
        if sys.platform == "linux":  # which shares the blocks where the disk can
            subprocess.run(["cp", "-r", "--reflink=auto", str(home.path), str(copy)], check=True)
        else:
            shutil.copytree(home.path, copy)
        yield replace(home, path=copy)


def log_in(program: Program, number_and_pin: str) -> None:
    """From the start of the desk to the first question behind its login."""
    program.wait_for(LOGIN_READY)
    answer(program, f"{number_and_pin}<enter>", timeout=60)


def answer(program: Program, keys: str, timeout: float = 15.0) -> None:
    """Answer the question of the capture line and wait for the next one."""
    asked = label(program)
    program.send(keys)
    program.wait_for(lambda: label(program) not in ("", asked), timeout)


def names() -> Iterator[str]:
    """Names that no customer has: each of a call of its own."""
    for letters in product(ascii_lowercase, repeat=3):
        yield f"Zenobia Quiroga {''.join(letters)}zx"


def begin_call(program: Program, name: str) -> None:
    """From the desk to a new customer's case, at its apology."""
    program.send(name)
    program.wait_for(lambda: label(program) == "Cliente" and name in program.text)
    answer(program, "<enter>")


def finish_call(program: Program) -> None:
    """From wherever a call is to the desk, by the answers that most calls have."""
    while (asked := label(program)) != "Cliente":
        answer(program, next((said for begins, said in _ANSWERS.items() if asked.startswith(begins)), "") + "<enter>")
