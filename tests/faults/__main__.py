"""Run the fault tests and print a table: ``python -m tests.faults [--long] [--only T3,T4] [--seed N] [--json]``.

The exit code is 1 if anything was lost or overspent, or if a control run (the protection taken away) lost nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import conftest  # noqa: F401 - the environment that every test starts from
from tests.faults.figures import Figures, Scale

HEADS = ("test", "runs", "faults", "losses", "overspends", "held", "seconds", "note")
WIDTHS = (44, 8, 8, 8, 11, 6, 9, 0)


def modules(only: str) -> list[str]:
    """The tests by their numbers: ``T3`` is ``test_t03_….py``."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("test_t[0-9][0-9]_*.py"))
    wanted = {f"test_t{int(number.strip().lstrip('Tt')):02}" for number in only.split(",") if number.strip()}
    return [name for name in found if not wanted or name[:8] in wanted]


def rows(name: str, scale: Scale) -> Iterator[Figures]:
    """What one test tells; what breaks it is a row that does not hold."""
    with TemporaryDirectory(prefix="mesa-faults-", ignore_cleanup_errors=True) as folder:
        try:
            yield from import_module(f"tests.faults.{name}").run(scale, Path(folder))
        except Exception as error:
            traceback.print_exc()
            yield Figures(name, note=f"broke: {type(error).__name__}: {error}"[:200])


def line(*cells: object) -> str:
    """A line of the table: names to the left, figures to the right."""
    first, *rest = (str(cell) for cell in cells)
    middle = "".join(cell.rjust(width) for cell, width in zip(rest[:-1], WIDTHS[1:-1], strict=True))
    return f"{first:<{WIDTHS[0]}}{middle}  {rest[-1]}"


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--long", action="store_true", help="as many runs as the plan wants; may take hours")
    parser.add_argument("--only", default="", help="some of them by number: T3,T4")
    parser.add_argument("--seed", type=int, help="repeat what is random of an earlier run")
    parser.add_argument("--json", action="store_true", help="a JSON object a line instead of the table")
    asked = parser.parse_args()
    scale = Scale(asked.long) if asked.seed is None else Scale(asked.long, asked.seed)
    if not asked.json:
        print(f"seed {scale.seed}, {'long' if scale.long else 'short'} form\n{line(*HEADS)}")
    began, sound = time.monotonic(), True
    for name in modules(asked.only):
        since = time.monotonic()
        for row in rows(name, scale):
            took, since = time.monotonic() - since, time.monotonic()
            sound = sound and row.held
            if asked.json:
                print(json.dumps({**asdict(row), "held": row.held, "seconds": round(took, 1), "seed": scale.seed}))
            else:
                told = "skip" if row.skipped else "yes" if row.held else "NO"
                counts = (row.runs, row.faults, row.losses, row.overspends)
                print(line(row.test, *counts, told, f"{took:.1f}", row.skipped or row.note), flush=True)
    if not asked.json:
        print(f"{time.monotonic() - began:.0f} s in all; {'all held' if sound else 'NOT ALL HELD'}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
