"""What the benchmarks share: the reference application, a home to measure in, figures with their goals."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from benchmarks.branches import Home, home
from benchmarks.program import WaitError

CASES = 300
"""Cases of a branch whose size does not matter."""
MANY = 1_000_000
"""Cases of a branch whose size could matter."""
SIZES = (10_000, 100_000, MANY, 10_000_000)
"""The sizes between which something must not grow."""
LOGIN_READY = "PIN ►"  # the login asks for number and PIN in the capture line
LOGIN_FIELD = re.escape(LOGIN_READY) + r"\s*"
"""The pattern of what stands before a text that is typed there."""
REFERENCE_READY = "Name"
REFERENCE_FIELD = r"^\W*"
"""The same of the reference."""

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


@dataclass(frozen=True)
class Subject:
    """What is measured: how the desk is started, branches of any size for it, and the reference beside it.

    `cases` is the size that was asked for on the command line, or the benchmark's own; `numbers` are its other options.
    """

    argv: list[str]
    cases: int
    reference: list[str]
    branches: Path
    sizes: tuple[int, ...] = ()
    """The sizes between which something must not grow."""
    numbers: Mapping[str, int] = field(default_factory=dict)

    def home(self, cases: int | None = None) -> Home:
        """The branch of that many cases."""
        return home(self.branches, self.cases if cases is None else cases, self.argv)


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


T = TypeVar("T")

# Lines to print, figures, and what else belongs in the JSON.
Measured = tuple[list[str], list[Figure], dict[str, Any]]


def figure(name: str, values: list[float], goal: float, unit: str = "") -> Figure:
    """The median of one value per round, with the lowest and the highest."""
    return Figure(name, statistics.median(values), min(values), max(values), goal, unit)


def ratios(ours: list[float], reference: list[float]) -> list[float]:
    """Round by round: what the machine does in a bad moment weighs on both."""
    return [mine / other for mine, other in zip(ours, reference, strict=True)]


def in_rounds(rounds: int, *runs: Callable[[], T]) -> tuple[list[T], ...]:
    """What each of the runs gives, in turn, round by round; one more round fills the caches, and is thrown away."""
    taken = [[run() for run in runs] for _ in range(rounds + 1)][1:]
    return tuple(list(one) for one in zip(*taken, strict=True))


def seconds_of(run: Callable[[], object]) -> float:
    """What a run takes."""
    begun = perf_counter()
    run()
    return perf_counter() - begun


def milliseconds(name: str, seconds: list[float]) -> str:
    low, middle, high = (1000 * value for value in (min(seconds), statistics.median(seconds), max(seconds)))
    return f"  {name:<14} {middle:7.1f} ms ({low:.1f} to {high:.1f})"


def reference(folder: Path) -> list[str]:
    """Write the bare Textual application; the command that starts it."""
    program = folder / "bare.py"
    program.write_text(REFERENCE, encoding="utf-8")
    return [sys.executable, str(program)]


def run_benchmark(
    title: str,
    rounds: int,
    measure: Callable[[Subject, int], Measured],
    *,
    cases: int = CASES,
    sizes: tuple[int, ...] = (),
    numbers: Mapping[str, int] | None = None,
) -> int:
    """Read the command line, prepare, measure, print; the exit status.

    `measure` gets what is measured and the number of rounds. With `sizes` there is an option for others; `numbers` are
    options of its own with what they are if nobody gives them.
    """
    own = numbers or {}
    options = _options(title, rounds, cases, sizes, own)
    for name in [name for name in os.environ if _UNWANTED.match(name)]:
        del os.environ[name]
    try:
        with tempfile.TemporaryDirectory(prefix="mesa-benchmark-") as made:
            folder = Path(made)
            argv, branches = shlex.split(options.command), options.branches or folder / "branches"
            given = {name: getattr(options, name) for name in own}
            sizes = tuple(sorted(options.sizes))
            subject = Subject(argv, options.cases, reference(folder), branches, sizes, given)
            lines, figures, details = measure(subject, options.rounds)
    except (WaitError, OSError, subprocess.CalledProcessError) as error:
        print(f"{title}: could not be measured: {error}", file=sys.stderr)
        return 2
    if options.json:
        shown = [{**asdict(one), "held": one.held} for one in figures]
        print(json.dumps({"title": title, "rounds": options.rounds, "figures": shown, **details}, indent=1))
    else:
        print("\n".join([f"{title}, {options.rounds} rounds in turn", *lines, *map(str, figures)]))
    return 0 if all(one.held for one in figures) else 1


def _options(
    title: str, rounds: int, cases: int, sizes: tuple[int, ...], numbers: Mapping[str, int]
) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--rounds", type=int, default=rounds, help=f"rounds, after one more ({rounds})")
    parser.add_argument("--json", action="store_true", help="print JSON")
    mesa = shlex.quote(str(Path(sysconfig.get_path("scripts")) / "mesa"))
    parser.add_argument("--command", default=mesa, help="how to start the desk (mesa of this environment)")
    parser.add_argument("--cases", type=int, default=cases, help=f"cases of the branch ({cases})")
    parser.add_argument("--branches", type=Path, help="folder in which branches are kept, and found again")
    if sizes:
        usual = " ".join(map(str, sizes))
        parser.add_argument("--sizes", type=int, nargs="+", default=sizes, help=f"cases of the branches ({usual})")
    for name, number in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=number, help=f"({number})")
    options = parser.parse_args()
    options.sizes = getattr(options, "sizes", ())
    if options.rounds < 1:
        parser.error("at least one round")
    return options
