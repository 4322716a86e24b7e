"""What the benchmarks share: the reference application, a home to measure in, figures with their goals."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import statistics
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.program import Program, WaitError

LOGIN_READY = "PIN ►"  # the login asks for number and PIN in the capture line
REFERENCE_READY = "Name"

REFERENCE = f"""\
from textual.app import App
from textual.widgets import Footer, Header, Input


class Bare(App):
    def compose(self):
        yield Header()
        yield Input(placeholder="{REFERENCE_READY}")
        yield Footer()


Bare().run()
"""

# What would change the programs that are measured, or what they draw, behind our back.
_UNWANTED = re.compile(r"MESA_|TEXTUAL|NO_COLOR$|FORCE_COLOR$|PYTHON(DONTWRITEBYTECODE|PROFILEIMPORTTIME|DEVMODE)$")
_DEMO_PERSON = re.compile(r"^\W*(1)\s.*?\b(\d{4,8})\b", re.MULTILINE)  # number 1 of the login list, and the PIN told


@dataclass(frozen=True)
class Desk:
    """The program under measurement: how to start it, and how its first agent logs in (`1 4821`)."""

    argv: list[str]
    env: dict[str, str]
    login: str


@dataclass(frozen=True)
class Figure:
    """A measured value with its range over the rounds, and the goal it must not exceed."""

    name: str
    value: float
    low: float
    high: float
    goal: float
    unit: str = ""

    @property
    def held(self) -> bool:
        return self.value <= self.goal

    def __str__(self) -> str:
        digits = 0 if self.unit else 2
        value, low, high = (f"{number:.{digits}f}" for number in (self.value, self.low, self.high))
        verdict = "held" if self.held else "NOT HELD"
        unit = self.unit and f" {self.unit}"
        return f"{self.name}: {value}{unit} ({low} to {high}), goal at most {self.goal:g}{unit}: {verdict}"


# Lines to print, figures, and what else belongs in the JSON.
Measured = tuple[list[str], list[Figure], dict[str, Any]]


def figure(name: str, values: list[float], goal: float, unit: str = "") -> Figure:
    """The median of one value per round, with the lowest and the highest."""
    return Figure(name, statistics.median(values), min(values), max(values), goal, unit)


def ratios(ours: list[float], reference: list[float]) -> list[float]:
    """Round by round: what the machine does in a bad moment weighs on both."""
    return [mine / other for mine, other in zip(ours, reference, strict=True)]


def milliseconds(name: str, seconds: list[float]) -> str:
    low, middle, high = (1000 * value for value in (min(seconds), statistics.median(seconds), max(seconds)))
    return f"  {name:<14} {middle:7.1f} ms ({low:.1f} to {high:.1f})"


def reference(folder: Path) -> list[str]:
    """Write the bare Textual application; the command that starts it."""
    program = folder / "bare.py"
    program.write_text(REFERENCE, encoding="utf-8")
    return [sys.executable, str(program)]


def prepared_desk(command: list[str], folder: Path) -> Desk:
    """A home with invented people and history, made by the demo, which tells their PINs on its login screen."""
    home = folder / "home"
    with Program([*command, "demo", "--keep", str(home), "--seed", "1"], env={}) as demo:
        demo.wait_for(LOGIN_READY, timeout=120)
        demo.wait_quiet(0.3)
        person = _DEMO_PERSON.search(demo.text)
        if person is None:
            raise WaitError(f"the demo's login tells no PIN:\n{demo.text}")
        demo.send("<f3>")
        demo.wait_exit()
    return Desk(command, {"MESA_HOME": str(home)}, f"{person[1]} {person[2]}")


def run_benchmark(title: str, rounds: int, measure: Callable[[Desk, list[str], int], Measured]) -> int:
    """Read the command line, prepare, measure, print; the exit status.

    `measure` gets the desk, the command of the reference and the number of rounds.
    """
    options = _options(title, rounds)
    for name in [name for name in os.environ if _UNWANTED.match(name)]:
        del os.environ[name]
    try:
        with tempfile.TemporaryDirectory(prefix="mesa-benchmark-") as made:
            folder = Path(made)
            lines, figures, details = measure(
                prepared_desk(shlex.split(options.command), folder), reference(folder), options.rounds
            )
    except (WaitError, OSError) as error:
        print(f"{title}: could not be measured: {error}", file=sys.stderr)
        return 2
    if options.json:
        shown = [{**asdict(one), "held": one.held} for one in figures]
        print(json.dumps({"title": title, "rounds": options.rounds, "figures": shown, **details}, indent=1))
    else:
        print("\n".join([f"{title}, {options.rounds} rounds in turn", *lines, *map(str, figures)]))
    return 0 if all(one.held for one in figures) else 1


def _options(title: str, rounds: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--rounds", type=int, default=rounds, help=f"runs of each program, after one more ({rounds})")
    parser.add_argument("--json", action="store_true", help="print JSON")
    mesa = shlex.quote(str(Path(sysconfig.get_path("scripts")) / "mesa"))
    parser.add_argument("--command", default=mesa, help="how to start the desk (mesa of this environment)")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("at least one round")
    return options
