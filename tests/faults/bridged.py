"""A port as the screen has it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from mesa_recuperacion.dialogue.asks import Ask
from mesa_recuperacion.dialogue.talk import Broken, Outcome
from mesa_recuperacion.wiring.log import OURS


class Bridged:
    """A port behind the bridge: whatever it raises is an outcome."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def carry_out(self, ask: Ask) -> Outcome:
        """What came of it."""
        try:
            return self._port.carry_out(ask)  # type: ignore[no-any-return]
        except Exception as error:
            return Broken(type(error).__name__, "000000")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port, name)


def quiet() -> None:
    """Keep off the terminal what the desk would write to its log."""
    logging.getLogger(OURS).addHandler(logging.NullHandler())


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that another thread does."""
    patience = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < patience, "it never came"
        time.sleep(0.005)
