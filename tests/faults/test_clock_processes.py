"""C1: the wall clock is moved between one process and the next, and under several at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring.clocks import SystemClock
from tests.desk import branch, facts, opened

ROOT = Path(__file__).parents[2]
DAY = 86_400


def start(act: str, path: Path, *rest: object) -> subprocess.Popen[str]:
    """Start a desk on a branch."""
    command = [sys.executable, "-m", "tests.faults.clock_worker", act, str(path), *map(str, rest)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(worker: subprocess.Popen[str]) -> str:
    """What it says at its end."""
    out, errors = worker.communicate(timeout=120)
    assert errors == ""
    return out


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, str, float]:
    """A branch with an open case whose desk was killed; the steady second in which it began."""
    path = branch(tmp_path / "branch")
    worker = start("open", path, 0)
    assert worker.stdout is not None
    case, began = worker.stdout.readline().split()
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate(timeout=60)
    return path, case, float(began)


@pytest.mark.parametrize("off", [DAY, -DAY, 4 * 365 * DAY, -4 * 365 * DAY])
def test_c1_killed_and_begun_again_with_another_hour_on_the_wall(killed: tuple[Path, str, float], off: int) -> None:
    path, case, began = killed
    waited = int(told(start("look", path, off, case)))
    assert 0 <= waited <= SystemClock().steady() - began
    assert facts(path, f.ClockJumped) == [f.ClockJumped(off)]
    again = int(told(start("look", path, 0, case)))
    assert waited <= again <= SystemClock().steady() - began
    assert facts(path, f.ClockJumped) == [f.ClockJumped(off), f.ClockJumped(-off)]


def test_c1_several_processes_notice_at_once_and_one_records_it(killed: tuple[Path, str, float]) -> None:
    path, case, began = killed
    workers = [start("look", path, -DAY, case) for _ in range(4)]
    waited = [int(told(worker)) for worker in workers]
    assert all(0 <= seconds <= SystemClock().steady() - began for seconds in waited)
    assert facts(path, f.ClockJumped) == [f.ClockJumped(-DAY)]
    with opened(path) as store:
        assert verify(store).sound
