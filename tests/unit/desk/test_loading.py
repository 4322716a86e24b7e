"""What is loaded behind the first picture: on a thread of its own, and the interpreter is afterwards as it was."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator

import pytest

from mesa_recuperacion.desk.loading import Loading

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@pytest.fixture(autouse=True)
def not_collecting() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def over() -> None:
    for thread in threading.enumerate():
        if thread.name == "mesa-loading":
            thread.join()


@pytest.mark.parametrize("fails", [False, True])
def test_it_loads_elsewhere_with_short_turns_and_collects_when_that_is_done(fails: bool) -> None:
    turn, seen = sys.getswitchinterval(), []

    def load() -> None:
        seen.append((threading.current_thread().name, gc.isenabled(), sys.getswitchinterval() < turn))
        if fails:
            raise ImportError("not installed")

    Loading(load).begin()
    over()
    assert seen == [("mesa-loading", False, True)]
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    assert sys.getswitchinterval() == turn


def test_where_there_is_nothing_to_load_it_collects_at_once() -> None:
    Loading(None).begin()
    assert gc.isenabled()


def test_whoever_begins_does_not_wait_for_it() -> None:
    held = threading.Event()
    Loading(lambda: assert_let_go(held)).begin()
    assert not gc.isenabled()
    held.set()
    over()
    assert gc.isenabled()


def assert_let_go(held: threading.Event) -> None:
    assert held.wait(30)
