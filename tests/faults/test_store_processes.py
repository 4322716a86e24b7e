"""Several processes at one file, and processes that are killed at a chosen instant (rules B3, E4); T1 and T2 beside."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import MARCH, Branch, mxn

ROOT = Path(__file__).parents[2]
ROOM = 100


def start(act: str, path: Path, *rest: str) -> subprocess.Popen[str]:
    """Start a worker on a store."""
    command = [sys.executable, "-m", "tests.faults.store_worker", act, str(path), *rest]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    store = Store.create(tmp_path / "mesa.db")
    branch = Branch(store)
    branch.append(("", f.StationOpened("CEN", "", "", 1, "MXN", "UTC", "es")))
    branch.append(("", f.PersonAdded("eva", 1, "Eva", "supervisor")))
    branch.append(("", f.BudgetFunded("ana", "2025-03", mxn(ROOM * 100), MARCH)))
    branch.customer("rosa", "Rosa")
    branch.open()
    yield branch
    store.close()


def spent(branch: Branch) -> int:
    """What is reserved, in pesos."""
    with branch.store.reading() as now:
        budget = now.budget("ana")
        assert budget is not None
        return budget[0].reserved.minor // 100


def test_b3_a_budget_that_shrinks_while_it_is_spent_is_never_overspent(branch: Branch) -> None:
    spending = [start("spend", branch.store.path, f"10{n}", "30") for n in range(2, 5)]
    taking = [start("adjust", branch.store.path, f"take{n}", "20") for n in range(2)]
    said = [worker.communicate(timeout=120) for worker in (*spending, *taking)]
    assert [errors for _, errors in said] == [""] * 5
    reserved, taken = (sum(int(out) for out, _ in part) for part in (said[:3], said[3:]))
    with branch.store.reading() as now:
        found = now.budget("ana")
    assert found is not None
    view = found[0]
    assert (view.funded.minor, view.reserved.minor) == (ROOM * 100 - taken * 200, reserved * 100)
    assert 0 <= view.left.minor < 200, "90 and 80 were asked of 100: they met at the limit"
    assert verify(branch.store).sound


def test_e4_killed_between_append_and_commit_nothing_was_done(branch: Branch) -> None:
    worker = start("die-before-commit", branch.store.path)
    worker.communicate(timeout=60)
    assert worker.returncode == -signal.SIGKILL
    with branch.store.reading() as now:
        assert now.already("the decision") == ()
    assert spent(branch) == 0
    assert verify(branch.store).sound
    branch.append(("CEN-1001", f.NoteAdded("sigue")))
    assert verify(branch.store).sound


def test_b3_killed_after_the_commit_the_command_tells_that_it_was_done(branch: Branch) -> None:
    worker = start("die-in-commit", branch.store.path)
    worker.communicate(timeout=60)
    assert worker.returncode == -signal.SIGKILL
    with branch.store.reading() as now:
        assert len(now.already("the decision")) == 2
    assert spent(branch) == 1
    assert verify(branch.store).sound
