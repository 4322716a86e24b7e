"""A program in a real pseudo-terminal, driven and timed from outside."""

from __future__ import annotations

import fcntl
import os
import re
import selectors
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from benchmarks.emulator import Emulator, Picture

# What describes the terminal in which *we* run, and says nothing about the one made here.
_OTHER_TERMINAL = ("COLUMNS", "LINES", "LC_TERMINAL", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "STY")
_LINE_LIMIT = 4095  # bytes the kernel keeps of a line typed before the program reads (N_TTY); the rest is dropped
_DEFAULT_SIGNALS = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGTERM, signal.SIGTSTP]

Expected = str | re.Pattern[str] | Callable[[], bool]


class WaitError(AssertionError):
    """What was waited for did not come; the message ends with the screen."""


class Program:
    """`argv` started in a terminal of `size` (columns, rows) of its own, as its session leader.

    `env` is added to a copy of our environment. `send_at_start` lies in the terminal before the program is even
    executed: keys typed 0 ms after the start. With `kitty` the terminal speaks the kitty keyboard protocol.

    One thread serves the terminal all the time: it stamps, draws and answers what the program writes, so nothing
    blocks while nobody waits here. All waiting is for its next output.
    """

    def __init__(
        self,
        argv: list[str],
        *,
        env: dict[str, str],
        size: tuple[int, int] = (80, 24),
        send_at_start: bytes = b"",
        kitty: bool = False,
    ) -> None:
        if len(send_at_start) > _LINE_LIMIT:
            raise ValueError(f"a terminal keeps {_LINE_LIMIT} bytes until the program reads, not {len(send_at_start)}")
        self._output = threading.Condition()
        self._terminal = Emulator(*size, answer=self._write, kitty=kitty)
        self._raw, self._outbox = bytearray(), bytearray()
        self._status: int | None = None
        self._ended = self._hung_up = False
        self._master, slave = os.openpty()
        self._wake_read, self._wake_write = os.pipe()
        try:
            os.set_blocking(self._master, False)
            self._set_size(*size)
            self._write(send_at_start)
            inherited = {name: value for name, value in os.environ.items() if name not in _OTHER_TERMINAL}
            whole = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
            # A session leader that opens a terminal gets it as its controlling one; hence opened there, by name.
            actions: list[tuple[int | str, ...]] = [(os.POSIX_SPAWN_OPEN, 0, os.ttyname(slave), os.O_RDWR, 0)]
            actions += [(os.POSIX_SPAWN_DUP2, 0, fd) for fd in (1, 2)]
            self.started = self._last_output = time.perf_counter()
            self._pid = os.posix_spawnp(
                argv[0], argv, whole, file_actions=actions, setsid=True, setsigmask=[], setsigdef=_DEFAULT_SIGNALS
            )
        except BaseException:
            for fd in (self._master, self._wake_read, self._wake_write):
                os.close(fd)
            raise
        finally:
            os.close(slave)
        self._server = threading.Thread(target=self._serve, name="terminal", daemon=True)
        self._reaper = threading.Thread(target=self._reap, name="terminal-exit", daemon=True)
        self._server.start()
        self._reaper.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._hang_up()
        os.close(self._wake_read)
        os.close(self._wake_write)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._pid

    # What it shows

    @property
    def lines(self) -> list[str]:
        """The rows of the last finished picture, without trailing spaces."""
        with self._output:
            return list(self._terminal.lines)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def raw(self) -> bytes:
        """Every byte the program wrote."""
        with self._output:
            return bytes(self._raw)

    @property
    def pictures(self) -> list[Picture]:
        """Every picture ever shown, also those that nobody waited for."""
        with self._output:
            return list(self._terminal.pictures)

    # Keys

    def send(self, data: str | bytes) -> float:
        """Write all keys in one packet (bytes as they are); the moment it was written, of `time.perf_counter`."""
        with self._output:
            packet = self._terminal.encode(data) if isinstance(data, str) else data
            now = time.perf_counter()
            self._write(packet)
        return now

    # Waiting

    def wait_for(self, what: Expected, timeout: float = 15.0) -> None:
        """Until the screen contains the text, matches the pattern, or the function (asked at each output) is true."""
        self._wait(lambda: self._is_shown(what), f"never showed: {_described(what)}", timeout)

    def wait_quiet(self, seconds: float, timeout: float = 15.0) -> None:
        """Until the program writes nothing for so long, from now on: what was just sent has the time to take effect."""
        called = time.perf_counter()
        with self._output:
            while not self._ended and (left := max(called, self._last_output) + seconds - time.perf_counter()) > 0:
                if time.perf_counter() > called + timeout:
                    raise self._failed(f"not quiet for {seconds:g} s within {timeout:g} s")
                self._output.wait(left)

    def wait_exit(self, timeout: float = 15.0) -> int:
        """The exit status once the program has ended and its last output is drawn; -N when signal N ended it."""
        with self._output:
            if not self._output.wait_for(lambda: self._status is not None and self._ended, timeout):
                raise self._failed(f"did not end within {timeout:g} s")
            assert self._status is not None
            return self._status

    def kill(self) -> None:
        """End the program, and what it started in its process group, at once; nothing to do when it has ended."""
        with self._output:
            if self._status is None:
                os.killpg(self._pid, signal.SIGKILL)
        self._reaper.join()

    def _is_shown(self, what: Expected) -> bool:
        if callable(what):
            return what()
        return bool(what.search(self.text)) if isinstance(what, re.Pattern) else what in self.text

    def _wait(self, met: Callable[[], bool], failure: str, timeout: float) -> None:
        with self._output:
            self._output.wait_for(lambda: met() or self._ended, timeout)
            if not met():
                raise self._failed(failure if self._ended else f"{failure} within {timeout:g} s")

    def _failed(self, what: str) -> WaitError:
        state = "running" if self._status is None else f"ended with status {self._status}"
        rule = "-" * self._terminal.screen.columns
        return WaitError(f"{what} (program {state})\n{rule}\n{self.text}\n{rule}")

    # The thread that serves the terminal, and the one that waits for the end

    def _serve(self) -> None:
        reads, writes = selectors.EVENT_READ, selectors.EVENT_WRITE
        with selectors.DefaultSelector() as selector:  # select() itself knows no descriptor above 1023
            selector.register(self._wake_read, reads)
            selector.register(self._master, reads)
            while not self._hung_up:
                selector.modify(self._master, reads | writes if self._outbox else reads)
                ready = {key.fd: events for key, events in selector.select()}
                if self._wake_read in ready:
                    os.read(self._wake_read, 4096)
                if ready.get(self._master, 0) & writes:
                    self._write(b"")
                if ready.get(self._master, 0) & reads and not self._take_output():
                    break
        with self._output:
            self._ended = True
            self._output.notify_all()

    def _take_output(self) -> bool:
        """Read once and draw; False when nobody holds the other end any more."""
        try:
            data = os.read(self._master, 65536)
        except BlockingIOError:
            return True
        except OSError:
            return False
        now = time.perf_counter()
        with self._output:
            self._last_output = now
            self._raw += data
            self._terminal.feed(data, now)
            self._output.notify_all()
        return bool(data)

    def _reap(self) -> None:
        os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOWAIT)
        with self._output:  # collected under the lock, so that no signal goes to a stranger with the same number
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            self._output.notify_all()

    def _write(self, data: bytes) -> None:
        """Write what the terminal has room for, keep the rest for when it has; order is kept."""
        with self._output:
            if self._hung_up:
                return
            self._outbox += data
            try:
                del self._outbox[: os.write(self._master, self._outbox)]
            except BlockingIOError:
                pass
            except OSError:
                self._outbox.clear()  # the program is gone; the next wait says so
            if self._outbox:
                os.write(self._wake_write, b"w")

    def _set_size(self, cols: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def _hang_up(self) -> None:
        """Close our end of the terminal; the program, if it runs, gets SIGHUP."""
        if not self._hung_up:
            self._hung_up = True
            os.write(self._wake_write, b"h")
            self._server.join()
            os.close(self._master)


def _described(what: Expected) -> str:
    if isinstance(what, re.Pattern):
        return f"/{what.pattern}/"
    return repr(what) if isinstance(what, str) else getattr(what, "__name__", repr(what))
