"""All that we claim about speed, one program after another, as one table: `python -m benchmarks`.

Each program is a process of its own, so that what one has loaded or warmed up helps no other. Exit status: 0 all goals
are held, 1 one is not, 2 something could not be measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.compare import MANY, SIZES, Figure

ALONE, LARGE, GROWING = (), ("--cases",), ("--sizes",)
PROGRAMS: dict[str, tuple[str, ...]] = {
    "first_paint": ALONE, "desk_ready": ALONE, "call_keys": LARGE, "saved": LARGE, "review_keys": LARGE, "quit": ALONE,
    "key_bytes": LARGE, "idle": ALONE, "memory": LARGE, "step": ALONE, "lookup": LARGE, "lookup_keys": LARGE,
    "first_keys": ALONE, "review": GROWING, "fold": GROWING, "replay": ALONE,
}  # fmt: skip
"""In the order of the table in `docs/performance.md`; which option takes the size of the branch, or the sizes."""


def measured(program: str, options: list[str]) -> dict[str, Any] | None:
    """What a program says as JSON; `None` if it could not measure, which it has said itself."""
    argv = [sys.executable, "-m", f"benchmarks.{program}", "--json", *options]
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=False)
    said: dict[str, Any] | None = json.loads(done.stdout) if done.stdout and done.returncode in (0, 1) else None
    return said


def figures(said: dict[str, Any]) -> list[Figure]:
    """The figures of what a program said."""
    return [Figure(**{name: value for name, value in one.items() if name != "held"}) for one in said["figures"]]


def row(one: Figure) -> str:
    """A figure as a line of the table: its name, its value, its range, its goal and the verdict."""
    digits = 0 if one.unit else 2
    unit = one.unit and f" {one.unit}"
    span = f"{one.low:.{digits}f}–{one.high:.{digits}f}"
    verdict = "held" if one.held else "NOT HELD"
    return f"  {one.name[:66]:<66} {one.value:>8.{digits}f}{unit:<2} {span:>14} {one.goal:>7g} {verdict}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="All figures, with their goals")
    parser.add_argument("--only", default=",".join(PROGRAMS), help=f"some of: {', '.join(PROGRAMS)}")
    parser.add_argument("--branches", type=Path, help="folder in which branches are kept, and found again")
    parser.add_argument(
        "--largest", type=int, default=MANY, help="cases of the largest branch (1,000,000: 10 GB, half an hour)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    chosen = options.only.split(",")
    if unknown := sorted(set(chosen) - set(PROGRAMS)):
        parser.error(f"there is no {', '.join(unknown)}")
    if not options.json:
        print(f"{'':<68} {'value':>10} {'range':>14} {'goal':>7}")
    with tempfile.TemporaryDirectory(prefix="mesa-benchmark-") as folder:
        branches = ["--branches", str(options.branches or folder)]
        sizes = [str(size) for size in (*(size for size in SIZES if size < options.largest), options.largest)]
        told = {ALONE: [], LARGE: sizes[-1:], GROWING: sizes}
        runs = [(name, [*branches, *PROGRAMS[name], *told[PROGRAMS[name]]]) for name in PROGRAMS if name in chosen]
        return _run(runs, as_json=options.json)


def _run(runs: list[tuple[str, list[str]]], *, as_json: bool) -> int:
    told: list[dict[str, Any]] = []
    held, failed = True, False
    for program, options in runs:
        said = measured(program, options)
        if said is None:
            failed = True
            continue
        told.append({"program": program, **said})
        if not as_json:
            print(f"{said['title']} ({program})")
        for one in figures(said):
            held = held and one.held
            if not as_json:
                print(row(one), flush=True)
    if as_json:
        print(json.dumps(told, indent=1))
    return 2 if failed else 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
