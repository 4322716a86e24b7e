"""What a test does to a program in a real terminal: type at human speed, resize, signal, hang up, look at cells.

    with Terminal(["mesa"], env={"MESA_HOME": str(home)}, send_at_start=b"1 4821\\r") as t:
        t.wait_for("Cliente ►")
        t.send("Marta<enter>")

The terminal itself (screen, answers, keys) is the one that the benchmarks use. Every wait is for the program's output
and fails with the screen in the message.
"""

from __future__ import annotations

import os
import re
import termios
import time
from typing import Any, NamedTuple

import psutil

from benchmarks import emulator as modes
from benchmarks.keys import split_keys
from benchmarks.program import Expected, Program, WaitError

__all__ = ["Cell", "Terminal", "WaitError"]

_OFF_AT_EXIT = {
    modes.ALTERNATE: "the alternate screen",
    modes.FOCUS_REPORTS: "focus reports",
    modes.PASTE_MARKS: "paste marks",
    modes.SYNCHRONIZED: "a synchronized update",
    modes.RESIZE_REPORTS: "resize reports",
    **{mode: f"mouse tracking {mode}" for mode in modes.MOUSE_TRACKING},
}
_ON_AT_EXIT = {modes.CURSOR_SHOWN: "the cursor", modes.AUTOWRAP: "line wrap"}


class Cell(NamedTuple):
    """One character cell. Colours are pyte's: a name, six hexadecimal digits, or "default"."""

    char: str
    fg: str
    bg: str
    bold: bool
    reverse: bool
    underline: bool
    italic: bool


class Terminal(Program):
    """A program in a terminal; see `Program` for the arguments, and for `send`, `wait_for`, `wait_exit` and `kill`."""

    def type(self, text: str, gap: float) -> None:
        """Type one key every `gap` seconds, as a person does."""
        for key in split_keys(text):
            self.send(key)
            with self._output:
                self._output.wait_for(lambda: self._ended, gap)

    def paste(self, text: str) -> None:
        """Paste as a terminal does: line ends become Enter, between marks when the program asked for them."""
        data = re.sub(r"\r?\n", "\r", text).encode()
        with self._output:
            marked = self._terminal.modes.get(modes.PASTE_MARKS)
        self.send(b"\x1b[200~" + data + b"\x1b[201~" if marked else data)

    def wait_gone(self, what: Expected, timeout: float = 15.0) -> None:
        """Until the screen shows it no longer, or the function is false."""
        self._wait(lambda: not self._is_shown(what), f"still shows: {what!r}", timeout)

    def ever_showed(self, what: str | re.Pattern[str]) -> bool:
        """Whether any picture since the start contained it, however short its life."""
        pattern = what if isinstance(what, re.Pattern) else re.compile(re.escape(what))
        return any(pattern.search("\n".join(picture.lines)) for picture in self.pictures)

    def cell(self, row: int, col: int) -> Cell:
        """The cell at row and column, both from 0. IndexError outside the screen."""
        with self._output:
            char = self._terminal.cells[row][col]
        return Cell(char.data, char.fg, char.bg, char.bold, char.reverse, char.underscore, char.italics)

    def resize(self, cols: int, rows: int) -> None:
        """Change the size of the window: SIGWINCH, and the report in the stream where the program asked for it."""
        with self._output:
            self._set_size(cols, rows)
            self._terminal.resize(cols, rows, time.perf_counter())

    def kernel_resize(self, cols: int, rows: int) -> None:
        """The same of a terminal that only tells the kernel; what is drawn keeps its size."""
        with self._output:
            self._set_size(cols, rows)

    def signal(self, sig: int) -> None:
        """Send a signal to the program alone; nothing happens when it has ended."""
        with self._output:
            if self._status is None:
                os.kill(self._pid, sig)

    @property
    def below(self) -> list[psutil.Process]:
        """The processes that the program started and that run: of the real one, the one that draws."""
        try:
            return [one for one in psutil.Process(self._pid).children() if one.status() != psutil.STATUS_ZOMBIE]
        except psutil.NoSuchProcess:
            return []

    @property
    def settings(self) -> list[Any]:
        """How the terminal is set, as `termios.tcgetattr` says it."""
        with self._output:
            return termios.tcgetattr(self._master)

    def close_master(self) -> None:
        """Hang up: the terminal is gone, as when its window is closed or the line drops."""
        self._hang_up()

    def tty_faults(self) -> list[str]:
        """What the program left behind that the next one would suffer from; empty when all is as it was found."""
        with self._output:
            kernel = termios.tcgetattr(self._master)[3]
            mode, kitty = self._terminal.modes.get, self._terminal.kitty_flags
            faults = [f"{name} is off" for bit, name in _KERNEL.items() if not kernel & bit]
            faults += [f"{name} is on" for number, name in _OFF_AT_EXIT.items() if mode(number)]
            faults += [f"{name} is off" for number, name in _ON_AT_EXIT.items() if not mode(number)]
            return faults + [f"kitty keyboard flags {flags} are on" for flags in kitty]

    def tty_is_sane(self) -> bool:
        return not self.tty_faults()


_KERNEL = {termios.ECHO: "echo", termios.ICANON: "line editing", termios.ISIG: "signal keys"}
