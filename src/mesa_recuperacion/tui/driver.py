"""Textual's driver of a terminal, mended where the program is stopped, continued and ended.  Not on Windows."""

from __future__ import annotations

from functools import cache

from textual.driver import Driver

_TAKE = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[<u\x1b[>25u\x1b[?2004h\x1b[?7l"
"""The other screen, no cursor, reports of focus, kitty keys (never twice), marked pastes, no wrapping."""


@cache
def terminal_driver() -> type[Driver]:
    """The driver.

    Textual takes every SIGCONT for the end of a suspension.  After a SIGSTOP, of which nobody hears, and after a second
    SIGCONT, two threads would read the keys, each half of them; and the terminal would be left as it is drawn on.
    """
    import asyncio
    import termios

    from textual import events
    from textual.drivers.linux_driver import LinuxDriver
    from textual.geometry import Size

    class TerminalDriver(LinuxDriver):
        """Continued as often as anybody likes."""

        _leaving = _coming_back = False

        def stop_application_mode(self) -> None:
            super().stop_application_mode()
            # The last thing that was read may have been the answer on which they are turned on.
            self._disable_in_band_window_resize()

        def _sigtstp_application(self, *_: object) -> None:
            if not self._auto_restart:  # an editor has the terminal, and the loop waits for it
                super()._sigtstp_application()
            elif not self._leaving:
                self._leaving = True
                # Not in the handler: it may have interrupted the very work that holds what suspending needs.
                asyncio.get_running_loop().call_soon_threadsafe(self._leave)

        def _leave(self) -> None:
            super()._sigtstp_application()
            self._leaving = False

        def _sigcont_application(self, *_: object) -> None:
            if self._coming_back or not self._auto_restart:
                return
            self._coming_back = True
            try:
                if self._key_thread is not None and self._key_thread.is_alive():
                    asyncio.get_running_loop().call_soon_threadsafe(self._take_again)
                else:
                    super()._sigcont_application()
            finally:
                self._coming_back = False

        def _take_again(self) -> None:
            """Whoever had the terminal meanwhile may have left it anyhow."""
            try:
                settings = termios.tcgetattr(self.fileno)
                settings[0] = self._patch_iflag(settings[0])
                settings[3] = self._patch_lflag(settings[3])
                settings[6][termios.VMIN] = 1
                termios.tcsetattr(self.fileno, termios.TCSANOW, settings)  # stops here until it is in front
            except (OSError, termios.error):
                return
            self.write(_TAKE)
            if self._in_band_window_resize:
                self._enable_in_band_window_resize()
            size = Size(*self._get_terminal_size())  # its window may have been changed too
            self._app.post_message(events.Resize(size, size))

    return TerminalDriver
