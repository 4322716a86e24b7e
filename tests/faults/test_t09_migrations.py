"""T9: a store of any earlier version is brought to this one whole, or not at all, whoever is killed (rules E1, E4).

Killed before a statement of the way, the store is found as it was, every row of it, or at this version and sound; then
four processes that begin at once all end at this version.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.figures import Figures, Scale, hold
from tests.old_stores import OLDER

ROOT = Path(__file__).parents[2]
FEW = 12
"""Lines of the journal in which being killed at every single statement can be tried."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")


def _ask(folder: Path, act: str, version: int, *, seed: str, limit: int, lines: int = 0,
         control: bool = False, truncate: bool = False) -> dict[str, Any]:  # fmt: skip
    """What the worker tells; ``limit`` 0: every statement."""
    place = folder / f"{act}-{version}-{lines}-{control}-{truncate}"
    place.mkdir()
    asked = {"act": act, "version": version, "folder": str(place), "lines": lines, "limit": limit, "control": control,
             "seed": seed, "truncate": truncate}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.migration_worker", json.dumps(asked)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode or (done.stderr and not control):
        raise AssertionError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _figures(name: str, told: list[dict[str, Any]], *, control: bool = False, note: str = "") -> Figures:
    wrong = [what for one in told for what in one["wrong"]]
    note = "; ".join([*([note] if note else []), *wrong[:3]])
    runs, faults = (sum(one[what] for one in told) for what in ("runs", "faults"))
    return Figures(name, runs=runs, faults=faults, losses=len(wrong), note=note, control=control)


def kills(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Every statement of a short journal in the long form, and some of a long one."""
    told = [_ask(folder, "kills", version, seed=f"{scale.seed}", limit=scale.pick(8, 0), lines=FEW)
            for version in OLDER]  # fmt: skip
    of = sum(one["of"] for one in told)
    yield _figures("T9 killed before a statement, then four at once", told, note=f"of {of} statements")
    told = [_ask(folder, "kills", version, seed=f"{scale.seed}", limit=scale.pick(8, 0), lines=FEW, truncate=True)
            for version in scale.pick(OLDER[-1:], OLDER)]  # fmt: skip
    yield _figures("T9 the same without a log", told)
    if scale.long:
        told = [_ask(folder, "kills", version, seed=f"{scale.seed}", limit=150) for version in OLDER]
        yield _figures("T9 killed in the whole fixture, then four at once", told)
    told = [_ask(folder, "kills", OLDER[-1], seed=f"{scale.seed}", limit=scale.pick(8, 60), lines=FEW, control=True)]
    yield _figures("T9 control: each statement for itself", told, control=True)


def races(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Four processes at once, at a store that is whole."""
    turns = scale.pick(1, 30)
    told = [_ask(folder, "races", version, seed=f"{scale.seed}", limit=turns) for version in OLDER]
    yield _figures("T9 four at once", told)
    told = [_ask(folder, "races", OLDER[-1], seed=f"{scale.seed}", limit=turns, truncate=True)]
    yield _figures("T9 four at once without a log", told)
    told = [_ask(folder, "races", OLDER[-1], seed="", limit=turns, lines=FEW, control=True)]
    yield _figures("T9 control: the version as it was before the lock", told, control=True)


def refusals(scale: Scale, folder: Path) -> Iterator[Figures]:
    """A disk that takes no more: in the copy, in the log, or nowhere."""
    told = [_ask(folder, "refusals", version, seed=f"{scale.seed}", limit=scale.pick(3, 60)) for version in OLDER]
    yield _figures("T9 a disk that refuses", told)
    told = [_ask(folder, "refusals", OLDER[0], seed=f"{scale.seed}", limit=scale.pick(8, 60), control=True)]
    yield _figures("T9 control: a disk that refuses, each statement for itself", told, control=True)


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Every variant."""
    yield from kills(scale, folder)
    yield from races(scale, folder)
    yield from refusals(scale, folder)


def test_e4_killed_on_the_way_it_is_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    scale = Scale()
    hold(kills(scale, tmp_path), scale)


def test_e4_four_processes_at_once_end_at_this_version(tmp_path: Path) -> None:
    scale = Scale()
    hold(races(scale, tmp_path), scale)


def test_e4_a_disk_that_refuses_leaves_the_old_store(tmp_path: Path) -> None:
    scale = Scale()
    hold(refusals(scale, tmp_path), scale)
