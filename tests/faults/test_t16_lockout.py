"""T16, E2: killed between a try at a PIN and its answer, with the wall clock a day off either way: no try more.

``MESA_FAULTS_T16`` is how many times somebody tries and is killed (10 otherwise, 100 at night).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.lockout import FREE_ATTEMPTS
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.desk import branch

ROOT = Path(__file__).parents[2]
TRIES = int(os.environ.get("MESA_FAULTS_T16", "10"))
DAY = 86_400
WRONG = "938271"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A branch whose people have their PINs."""
    return branch(tmp_path / "branch")


def tried(how: str, path: Path, off: int) -> Iterator[str]:
    """What one process says that tries a wrong PIN; it is killed as soon as it looks at it."""
    command = [sys.executable, "-m", "tests.faults.lockout_worker", how, str(path), str(off), "1", WRONG]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        said = worker.stdout.readline().strip()
        if said == "looking":
            worker.kill()
        yield said


def looks(how: str, path: Path) -> int:
    """How many of so many tries got as far as the PIN."""
    off = cycle((0, DAY, -DAY, 400 * DAY, -400 * DAY))
    said = [answer for _ in range(TRIES) for answer in tried(how, path, next(off))]
    assert set(said) <= {"looking", r.LockedOut.__name__}, said
    return said.count("looking")


def test_t16_killed_between_try_and_answer_with_the_clock_a_day_off_there_is_no_try_more(path: Path) -> None:
    assert TRIES > FREE_ATTEMPTS
    assert looks("before", path) == FREE_ATTEMPTS
    store = Store.open(path)
    try:
        with store.reading() as tx:
            person = tx.person_by_number(1)
            assert person is not None
            failures, lock = tx.failures(person.id)
        assert failures == FREE_ATTEMPTS
        assert lock is not None
        assert verify(store).sound
    finally:
        store.close()


def test_t16_control_a_door_that_counts_afterwards_gives_a_try_for_each_kill(path: Path) -> None:
    assert looks("after", path) == TRIES
