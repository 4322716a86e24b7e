"""How the desk ends when it is told to: by a signal, or because its terminal is gone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable

from mesa_recuperacion.tui.way_out import Settings, give_back, with_echo

PATIENCE = 3.0
"""Seconds that an orderly end may take before the process ends anyway."""

_SIGNALS = ("SIGHUP", "SIGTERM", "SIGINT")


def on_signals(end: Callable[[int], None]) -> None:
    """Call ``end`` with an exit status (128 + the signal) when the process is told to end.  Not on Windows."""
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is None or sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            continue
        loop.add_signal_handler(number, end, 128 + number)


def no_later_than(status: int, seconds: float = PATIENCE) -> None:
    """End the process in so many seconds, whatever hangs, and leave the terminal as a shell needs it."""
    timer = threading.Timer(seconds, _end_now, (status,))
    timer.daemon = True
    timer.start()


def remember_terminal() -> None:
    """Note how the terminal is set now, for :func:`no_later_than`."""
    if sys.platform != "win32" and sys.__stdin__ is not None:
        import termios

        with contextlib.suppress(termios.error, OSError):
            _found.append(termios.tcgetattr(sys.__stdin__.fileno()))


_found: list[Settings] = []


def _end_now(status: int) -> None:
    if _found:
        give_back(with_echo(_found[-1], wanted=True))  # off since before the desk began, so that no PIN is echoed
    os._exit(status)
