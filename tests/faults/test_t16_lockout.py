"""T16, E2: killed between a try at a PIN and its answer, with the wall clock a day off either way: no try more."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.lockout import FREE_ATTEMPTS
from mesa_recuperacion.store.verify import verify
from tests.desk import branch, opened
from tests.faults.figures import Figures, Scale, hold

ROOT = Path(__file__).parents[2]
DAY = 86_400
WRONG = "938271"


def tried(how: str, path: Path, off: int) -> Iterator[str]:
    """What one process says that tries a wrong PIN; it is killed as soon as it looks at it."""
    command = [sys.executable, "-m", "tests.faults.lockout_worker", how, str(path), str(off), "1", WRONG]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        said = worker.stdout.readline().strip()
        if said == "looking":
            worker.kill()
        yield said


def looks(how: str, path: Path, tries: int) -> int:
    """How many of so many tries got as far as the PIN."""
    off = cycle((0, DAY, -DAY, 400 * DAY, -400 * DAY))
    said = [answer for _ in range(tries) for answer in tried(how, path, next(off))]
    assert set(said) <= {"looking", r.LockedOut.__name__}, said
    return said.count("looking")


def run(scale: Scale, folder: Path) -> Iterator[Figures]:
    """A try too many is a loss; so are failures that were not kept, and a journal that is not sound afterwards."""
    tries = scale.pick(10, 100)
    assert tries > FREE_ATTEMPTS
    path = branch(folder / "counted before")
    looked = looks("before", path, tries)
    wrong = abs(looked - FREE_ATTEMPTS) + (not kept(path))
    yield Figures("T16 killed between try and answer", runs=tries, faults=looked, losses=wrong, note=f"{looked} looks")
    looked = looks("after", branch(folder / "counted afterwards"), tries)
    yield Figures("T16 control: counted after the answer", runs=tries, faults=looked, losses=looked - FREE_ATTEMPTS,
                  control=True, note=f"{looked} looks")  # fmt: skip


def kept(path: Path) -> bool:
    """Whether the wait and every try before it are in a store that is sound."""
    with opened(path) as store:
        with store.reading() as tx:
            person = tx.person_by_number(1)
            failures, lock = tx.failures(person.id) if person is not None else (0, None)
        return failures == FREE_ATTEMPTS and lock is not None and verify(store).sound


def test_t16_killed_between_try_and_answer_with_the_clock_a_day_off_there_is_no_try_more(tmp_path: Path) -> None:
    hold(run(scale := Scale(), tmp_path), scale)
