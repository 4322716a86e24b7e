"""Writers that are there at once and can be killed at any instant: processes made of one that has everything loaded.

It has nothing open, so that what is made of it shares no connection with anybody.  What a writer says is a whole line
or none: one small write to a pipe.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
"""Seconds after which a test gives up waiting for a writer: never how long anything takes."""

_WITH_STANDARD_LIBRARY = "import sys; sys.modules['pysqlite3.dbapi2'] = None; "
_BEGIN = "from tests.faults.crew import serve; serve()"


class Crew:
    """``standard``: with the SQLite of Python's own library, as where there is no wheel of the fixed one."""

    def __init__(self, *, standard: bool = False, environment: Mapping[str, str] | None = None) -> None:
        script = (_WITH_STANDARD_LIBRARY if standard else "") + _BEGIN
        self._process = subprocess.Popen(
            [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env={**os.environ, **(environment or {})},
        )  # fmt: skip
        self.said: dict[str, list[str]] = {}
        self._ended = False
        self._heard = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, name: str, act: str, *arguments: object) -> int:
        """Let somebody of that name begin an act of :mod:`tests.faults.acts`; answers their process."""
        assert self._process.stdin is not None
        self._process.stdin.write(("\t".join((name, act, *map(str, arguments))) + "\n").encode())
        self._process.stdin.flush()
        self.wait(lambda: bool(self.said.get(name)))
        return int(self.said[name][0])

    def lines(self, name: str) -> list[str]:
        """What somebody said so far, without the number of their process."""
        with self._heard:
            return self.said.get(name, [])[1:]

    def wait(self, until: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Until something that was said makes it true."""
        with self._heard:
            if not self._heard.wait_for(lambda: until() or self._ended, timeout=patience) or not until():
                raise AssertionError(f"they never said it: { {name: said[-3:] for name, said in self.said.items()} }")

    def finish(self, name: str, patience: float = PATIENCE) -> list[str]:
        """What somebody said, once they have come to their end."""
        self.wait(lambda: self.said[name][-1] in ("end", "broke"), patience)
        return self.lines(name)[:-1]

    def do(self, act: str, *arguments: object) -> list[str]:
        """Let one of them do something and wait for its end; answers what they said."""
        name = f"{act} {len(self.said)}"
        self.send(name, act, *arguments)
        return self.finish(name)

    def kill(self, process: int) -> None:
        """Kill -9 now, and wait until it is gone with its locks."""
        os.kill(process, signal.SIGKILL)
        patience = time.monotonic() + PATIENCE
        while _alive(process):
            assert time.monotonic() < patience
            time.sleep(0.001)

    def close(self) -> None:
        """End whoever is still at work, hear what they said last; raises if anybody broke."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        assert self._process.stderr is not None
        errors = self._process.stderr.read().decode()
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
        assert errors == "", errors

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            name, _, text = line.decode().rstrip("\n").partition("\t")
            with self._heard:
                self.said.setdefault(name, []).append(text)
                self._heard.notify_all()
        with self._heard:
            self._ended = True
            self._heard.notify_all()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def serve() -> None:
    """Make a writer for each line of the input; end all of them with it."""
    from tests.faults.acts import ACTS, warm

    warm()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them, and none is left a zombie
    os.setpgid(0, 0)
    for line in iter(sys.stdin.buffer.readline, b""):
        name, act, *arguments = line.decode().rstrip("\n").split("\t")
        if os.fork() == 0:
            _live(name, ACTS[act], arguments)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)


def _live(name: str, act: Callable[..., None], arguments: list[str]) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def say(text: object) -> None:
        os.write(1, f"{name}\t{text}\n".encode())

    say(os.getpid())
    try:
        act(say, *arguments)
        say("end")
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode())
        say("broke")
        os._exit(1)
    os._exit(0)
