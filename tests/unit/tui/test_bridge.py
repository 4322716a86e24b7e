"""The way to the work and back: in order, on one thread, and no failure without a reference."""

from __future__ import annotations

import logging
import queue
import threading

import pytest

from mesa_recuperacion.dialogue.asks import Enter, FindCustomers
from mesa_recuperacion.dialogue.talk import Broken, Found, Outcome
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.tui.bridge import Bridge
from tests.pilot.fake import NOW, FakePort


class Ear:
    """Hears what is told."""

    def __init__(self) -> None:
        self._heard: queue.Queue[Outcome] = queue.Queue()

    def __call__(self, outcome: Outcome) -> None:
        self._heard.put(outcome)

    def next(self) -> Outcome:
        return self._heard.get(timeout=20)


def test_asks_and_drafts_are_done_in_order_on_one_thread() -> None:
    port, ear = FakePort(), Ear()
    bridge = Bridge(lambda: port, ear)
    for text in ("a", "b"):
        bridge.ask(FindCustomers(text))
        bridge.save(Draft("", "lookup", text, None, NOW))
    bridge.start()
    assert [ear.next(), ear.next()] == [Found("a", ()), Found("b", ())]
    assert bridge.close(20)
    assert port.drafts == ["a", "b"]
    assert port.threads == {"mesa-bridge"}
    assert (port.warmed, port.closed) == (1, 1)


def test_the_port_is_made_on_its_own_thread() -> None:
    made: list[str] = []

    def factory() -> FakePort:
        made.append(threading.current_thread().name)
        return FakePort()

    bridge = Bridge(factory, Ear())
    assert made == []
    bridge.ask(FindCustomers("a"))
    bridge.start()
    assert bridge.close(20)
    assert made == ["mesa-bridge"]


def test_e2_a_failure_is_a_value_with_a_reference_and_no_secret_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    port, ear = FakePort(), Ear()
    secret = "482100"
    port.fails = RuntimeError(f"it failed on {secret}")
    bridge = Bridge(lambda: port, ear)
    bridge.start()
    with caplog.at_level(logging.ERROR):
        bridge.ask(Enter(1, secret))
        broken = ear.next()
    assert isinstance(broken, Broken)
    assert broken.what == "RuntimeError"
    [record] = caplog.records
    assert broken.reference in record.getMessage()
    assert "carry_out" in record.getMessage()
    assert secret not in record.getMessage()
    assert record.exc_info is None
    port.fails = None
    bridge.ask(FindCustomers("a"))
    assert ear.next() == Found("a", ())
    assert bridge.close(20)


def test_a_port_that_cannot_be_made_is_tried_again() -> None:
    tries: list[int] = []

    def factory() -> FakePort:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no disk")
        return FakePort()

    ear = Ear()
    bridge = Bridge(factory, ear)
    bridge.ask(FindCustomers("a"))
    bridge.ask(FindCustomers("b"))
    bridge.start()
    first, second = ear.next(), ear.next()
    assert isinstance(first, Broken)
    assert first.what == "OSError"
    assert second == Found("b", ())
    assert bridge.close(20)


def test_closing_does_not_wait_for_ever() -> None:
    port = FakePort()
    port.gate.clear()
    bridge = Bridge(lambda: port, Ear())
    bridge.start()
    bridge.ask(FindCustomers("a"))
    assert not bridge.close(0.01)
    port.gate.set()
    assert bridge.close(20)


def test_a_draft_that_cannot_be_kept_stops_nothing() -> None:
    class Forgetful(FakePort):
        def save_draft(self, draft: Draft) -> None:
            raise OSError("full")

    ear = Ear()
    bridge = Bridge(Forgetful, ear)
    bridge.start()
    bridge.save(Draft("", "lookup", "a", None, NOW))
    bridge.ask(FindCustomers("a"))
    assert ear.next() == Found("a", ())
    assert bridge.close(20)


def test_what_is_to_be_kept_is_kept_even_if_the_work_never_began() -> None:
    port = FakePort()
    bridge = Bridge(lambda: port, Ear())
    bridge.save(Draft("", "lookup", "a", None, NOW))
    assert bridge.close(20)
    bridge.start()
    assert port.drafts == ["a"]
    assert port.closed == 1
