"""What every application of the house owes its terminal: nothing private on it, and an end in order."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.driver import Driver

from mesa_recuperacion.tui.at_once import AtOnce
from mesa_recuperacion.tui.driver import terminal_driver
from mesa_recuperacion.tui.sparing import Shown
from mesa_recuperacion.tui.terminal import Packet, hung_up
from mesa_recuperacion.tui.way_out import is_forsaken
from mesa_recuperacion.wiring.log import note

HANG_UP = 129
"""The exit status of a program whose terminal is gone (128 + SIGHUP)."""

# The clock that Textual stamps its events with.
monotonic: Callable[[], float] = time.perf_counter if sys.platform == "win32" else time.monotonic


class SafeApp(App[int], inherit_bindings=False):
    """An application without bindings of its own, which fails without a traceback.

    Textual would print the local variables of whatever failed, a PIN among them, and end with status 0.
    """

    ENABLE_COMMAND_PALETTE = False

    incident = ""
    """The reference of what ended the program unforeseen; empty if nothing did."""

    hear: Callable[[Packet], None] | None = None
    """Who wants to know what the terminal sent for its keys (see ``terminal.mend_keyboard``)."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._shown = Shown()

    def get_driver_class(self) -> type[Driver]:
        """The terminal's, which can be continued more than once."""
        return super().get_driver_class() if sys.platform == "win32" else terminal_driver()

    def get_default_screen(self) -> AtOnce:
        """The one screen that there is."""
        return AtOnce(id="_default")

    def paint_now(self) -> None:
        """Show what was drawn; while more keys or news are waiting, it is shown with what comes of them."""
        if self.message_queue_size == 0 and self.screen_stack and isinstance(self.screen, AtOnce):
            self.screen.paint_now()

    def on_resize(self) -> None:
        """The window has another size, or is back from somewhere: it may show anything."""
        self._shown.forget()
        self.screen.refresh()

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, self._shown.sparing(renderable))

    def end(self, status: int) -> None:
        """End with a status; what has to be kept first is kept by those who know it."""
        self.exit(status, return_code=status)

    @property
    def is_alone(self) -> bool:
        """Whether the terminal is gone, or given to somebody else by the end of the process that looked after it."""
        if self.is_headless:
            return False
        return is_forsaken() or hung_up(sys.__stdin__.fileno() if sys.__stdin__ else 0)

    def _fatal_error(self) -> None:
        """Something failed that nobody foresaw: one line in the log, and no local variable on any screen."""
        self._fail(self._exception)

    def panic(self, *renderables: object) -> None:
        """As :meth:`_fatal_error`; Textual calls this one with a picture of the failure, which is not shown."""
        self._fail(self._exception)

    def _fail(self, error: BaseException | None) -> None:
        if error is None and self.is_alone:  # the reader of keys fails first when the terminal is gone
            self.end(HANG_UP)
            return
        self.incident = self.incident or note(error)
        self.exit(1, return_code=1)
