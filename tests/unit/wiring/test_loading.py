"""The parts that are loaded: whoever needs one waits for that one and for nothing else."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import Glance
from mesa_recuperacion.dialogue.talk import Glimpsed
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.wiring import loading
from mesa_recuperacion.wiring.port import Port
from tests import desk

BOTH = """
import sys, threading
from mesa_recuperacion.wiring import loading
from mesa_recuperacion.wiring.port import Port
parts = (loading.reviewing, loading.opening, loading.working, loading.scenes) * 2
threads = [threading.Thread(target=one) for one in parts]
for thread in threads: thread.start()
for thread in threads: thread.join()
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.people import People
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.service.review.review import ReviewService
assert DeskService and People and Store and ReviewService
"""


def test_a_part_that_is_being_loaded_is_waited_for() -> None:
    done = threading.Event()

    def need() -> None:
        loading.working()
        done.set()

    with loading._working:
        loading.opening()  # what comes before it does not wait
        waiting = threading.Thread(target=need)
        waiting.start()
        assert not done.is_set()
    waiting.join()
    assert done.is_set()


def test_what_the_desk_needs_first_is_whole_before_anything_else_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads that import one library, as the policy's reader does which dates are written with, got half of it."""
    told: list[str] = []
    shown = Shown("es_MX", desk.ZONE)
    monkeypatch.setattr(Shown, "warm", lambda self: told.append(f"first, alone: {loading._first.locked()}"))
    monkeypatch.setattr(Shown, "warm_words", lambda self: told.append("words"))
    monkeypatch.setattr(loading, "working", lambda: told.append("working"))
    loading.load(shown)
    assert told == ["first, alone: True", "working", "words"]


@pytest.mark.parametrize(("number", "loads"), [(0, False), (1, False), (3, True), (9, False)])
def test_the_review_is_loaded_while_a_supervisor_types_their_pin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, loads: bool
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(loading, "reviewing_soon", lambda: begun.append(True))
    with closing(Port(desk.branch(tmp_path), words("es"))) as port:
        assert isinstance(port.carry_out(Glance(number)), Glimpsed)
    assert begun == [True] * loads


def test_threads_that_need_all_of_it_at_once_get_the_whole_of_it() -> None:
    done = subprocess.run([sys.executable, "-c", BOTH], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
