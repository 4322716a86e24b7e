"""A customer is looked up at each letter, and no question of it is asked on the thread that draws."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.store import driver
from mesa_recuperacion.wiring.port import Port
from tests import desk
from tests.pilot.fake import burst

LETTERS = "Marta R"


class Heard:
    """Every statement that reaches SQLite, whoever sends it, with the thread it runs on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: list[tuple[str, str]] = []
        connect = driver.connect

        def traced(*arguments: Any, **named: Any) -> Any:
            connection = connect(*arguments, **named)
            connection.set_trace_callback(self._hear)
            return connection

        monkeypatch.setattr(driver, "connect", traced)

    def _hear(self, statement: str) -> None:
        self.statements.append((threading.current_thread().name, statement))

    @property
    def threads(self) -> set[str]:
        """All the threads that spoke."""
        return {thread for thread, _ in self.statements}

    def lookups(self) -> list[str]:
        """The threads on which customers were looked for."""
        return [thread for thread, said in self.statements if "customer" in said and said.startswith("SELECT")]


async def _calm(app: DeskApp, pilot: Pilot[int]) -> None:
    for _ in range(2000):
        await pilot.pause(0.01)
        if app.is_calm:
            return
    raise AssertionError("never calm")


async def test_each_letter_looks_customers_up_on_the_bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard(monkeypatch)
    path = desk.branch(tmp_path / "branch")
    clock = FixedClock(desk.NOW)
    setting = Setting(words("es"), Shown("es_MX", desk.ZONE))
    app = DeskApp(lambda: Port(path, words("es"), clock=clock, hasher=desk.hasher), setting, clock=clock)
    async with app.run_test() as pilot:
        burst(app, f"1 {desk.ANA}<enter>Marta Ruiz 0<enter><f3>")  # a customer who can be found
        await _calm(app, pilot)
        for n, letter in enumerate(LETTERS, 1):
            heard.statements.clear()
            burst(app, letter)
            await _calm(app, pilot)
            shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))
            assert app.line.value == LETTERS[:n]
            assert "1  Marta Ruiz" in shown
            if letter != " ":  # a blank at the end asks for nothing else than before
                assert set(heard.lookups()) == {"mesa-bridge"}
            assert "MainThread" not in heard.threads
    desk.facts(path, f.CaseOpened)
    assert "MainThread" in heard.threads  # a thread that speaks is heard
