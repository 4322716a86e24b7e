"""No SQL on the thread that draws: a whole call on a real store, every statement noted with its thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.store import driver
from mesa_recuperacion.wiring.port import Port
from tests import desk, statements
from tests.pilot.fake import burst

LOOKING = {"mesa-check"}
"""The thread that looks through the journal at the start, for a moment."""

CALL = (
    f"1 {desk.ANA}<enter>Marta Ruiz<enter><enter>fal<enter>una nota<enter><enter>2<enter>m 10<enter>5512340078<enter>"
)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The names of the threads that spoke to a database, by the library or by the bare driver."""
    seen: set[str] = set()

    def note(*_: Any) -> None:
        seen.add(threading.current_thread().name)

    connect = driver.connect

    def noted(*arguments: Any, **named: Any) -> Any:
        note()
        return connect(*arguments, **named)

    monkeypatch.setattr(driver, "connect", noted)
    with statements.noted(note):
        yield seen


async def test_no_sql_on_the_thread_that_draws(tmp_path: Path, threads: set[str]) -> None:
    path = desk.branch(tmp_path / "branch")
    threads.clear()
    clock = FixedClock(desk.NOW)
    setting = Setting(words("es"), Shown("es_MX", desk.ZONE))
    app = DeskApp(lambda: Port(path, words("es"), clock=clock, hasher=desk.hasher), setting, clock=clock)
    async with app.run_test() as pilot:
        burst(app, CALL)
        for _ in range(2000):
            await pilot.pause(0.01)
            if app.is_calm:
                break
        await pilot.press("s", "enter")
        for _ in range(2000):
            await pilot.pause(0.01)
            if app.is_calm:
                break
    assert threads - LOOKING == {"mesa-bridge"}
    threads.clear()
    assert [fact.kind for fact in desk.facts(path, f.CaseClosed)] == ["case.closed"]
    assert threads - LOOKING == {"MainThread"}  # the fixture does see a thread that speaks
