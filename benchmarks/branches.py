"""Invented branches of any size, made once and found again: `FOLDER/<cases>` is a home for the desk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mesa_recuperacion.demo.languages import texts
from mesa_recuperacion.journal.chain import Ring
from mesa_recuperacion.wiring.keys import ring_at

_TOLD = re.compile(r"^(\d+)  .*  (\d{4,8})$", re.MULTILINE)


@dataclass(frozen=True)
class Home:
    """A branch in a folder of its own; `pins` has the number and the PIN of everybody who works there.

    The first is an agent.
    """

    path: Path
    cases: int
    pins: tuple[tuple[str, str], ...]

    @property
    def database(self) -> Path:
        return self.path / "mesa.db"

    @property
    def ring(self) -> Ring:
        """The keys that its lines are tied with since a desk was opened on it."""
        return ring_at(self.path / "keys.json")

    @property
    def env(self) -> dict[str, str]:
        return {"MESA_HOME": str(self.path)}

    @property
    def agent(self) -> str:
        """What an agent types at the login: number and PIN."""
        return " ".join(self.pins[0])

    @property
    def supervisor(self) -> str:
        """What the supervisor types at the login."""
        number = next(str(n) for n, one in enumerate(texts("es").workers, 1) if one.role == "supervisor")
        return f"{number} {dict(self.pins)[number]}"


def somebody(connection: Any, place: float, columns: str, where: str) -> Any:
    """A customer's columns, of those who meet a condition: from 0, who came first, to 1, who came last; or nobody."""
    last_line = "SELECT stream, seq FROM journal ORDER BY stream DESC, seq DESC LIMIT 1"  # max() would read them all
    stream, last = connection.execute(last_line).fetchone()
    query = (
        f"SELECT {columns} FROM journal CROSS JOIN customer ON customer.id = json_extract(body, '$.customer') "
        f"WHERE stream = ? AND seq >= ? AND kind = 'customer.registered' AND {where} ORDER BY seq LIMIT 1"
    )
    return connection.execute(query, (stream, round(place * last))).fetchone()


def home(folder: Path, cases: int, command: list[str]) -> Home:
    """The branch of that many cases in a folder, made by `command` (how to start the desk) if it is not there yet."""
    path = folder / str(cases)
    if not (path / "pins").exists():
        shutil.rmtree(path, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        _make(path, cases, command)
    pins = tuple((number, pin) for number, pin in _TOLD.findall((path / "pins").read_text(encoding="utf-8")))
    return Home(path, cases, pins)


def _make(path: Path, cases: int, command: list[str]) -> None:
    print(f"making a branch of {cases:,} cases in {path}", file=sys.stderr)
    made = [
        *command,
        "demo",
        "--keep",
        str(path),
        "--no-desk",
        "--seed",
        "1",
        "--cases",
        str(cases),
        "--language",
        "es",
    ]
    told = subprocess.run(made, stdout=subprocess.PIPE, check=True, text=True).stdout
    (path / "pins").write_text(told, encoding="utf-8")
