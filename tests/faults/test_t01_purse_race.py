"""T1: one budget that several processes spend at once is never overspent, and nothing is done twice (rule B3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.faults.at_work import audit, tight
from tests.faults.crew import PATIENCE, Crew
from tests.faults.figures import Figures, Scale, hold, until_seen

BOTH = (("WAL", False), ("TRUNCATE", True))


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Both journal modes; then with one protection less, which the others make up for; then with too few."""
    for mode, standard in BOTH:
        yield raced(f"T1 purse race, {mode}", scale, folder / mode, standard=standard)
    if scale.long:
        yield raced("T1 decided before the lock: the guards alone", scale, folder / "guards", "lock")
        yield raced("T1 without CHECK and guard: the lock alone", scale, folder / "lock", "limits")
    yield from controls(scale, folder)


def controls(scale: Scale, folder: Path) -> Iterator[Figures]:
    """Neither lock nor limits: overspent.  No identity: done twice."""
    neither = "T1 control: neither lock nor limits"
    yield until_seen(lambda n: raced(neither, scale, folder / f"neither-{n}", "lock limits", control=True))
    yield raced("T1 control: identity not looked at", scale, folder / "twice", "identity", control=True)


def raced(
    test: str, scale: Scale, folder: Path, without: str = "", *, standard: bool = False, control: bool = False
) -> Figures:  # fmt: skip
    """Everybody at Ana's budget at once; a fault is a command that came twice."""
    workers, tries = scale.pick(6, 16), scale.pick(14, 1000)
    path, dice, go = tight(folder), scale.dice(folder.name), folder / "go"
    names = [f"worker {n}" for n in range(workers)]
    with Crew(standard=standard) as crew:
        crew.do("settle", path)
        for name in names:
            crew.send(name, "race", path, go, dice.random(), tries, without)
        crew.wait(lambda: all("ready" in crew.said[name] for name in names))
        go.touch()
        patience = PATIENCE + workers * tries / 10  # each waits for the disk
        told = [line.split() for name in names for line in crew.finish(name, patience)]
    waits = sorted(int(wait) for what, *rest in told if what == "waits" for wait in rest)
    errors = [rest[0] for what, *rest in told if what == "error"]
    doubles = sum(what == "double" for what, *_ in told)
    busy = sum(what == "busy" for what, *_ in told)
    repeated = sum(int(rest[0]) for what, *rest in told if what == "repeated")
    found = audit(path)
    # Where the guards alone are tried, they are to speak: a guard that refuses is no loss.
    unexpected = [error for error in errors if not (without == "lock" and error == "BudgetGuard")]
    waited = f"p99 wait {waits[int(len(waits) * 0.99)]} ms, longest {waits[-1]} ms"
    note = f"{waited}; {busy} times told to try again; {len(errors)} errors"
    losses = doubles + found.losses + len(unexpected)
    return Figures(test, workers * tries, repeated, losses, found.overspent, note, control)


def test_b3_a_shared_budget_is_never_overspent_and_no_command_is_done_twice(tmp_path: Path) -> None:
    scale = Scale()
    hold(run(scale, tmp_path), scale)
