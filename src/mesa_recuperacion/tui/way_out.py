"""How a terminal is left when whoever draws on it cannot leave in order, and who leaves it then.

Light to import: the process above the desk (``cli.guardian``) has it before anything else is loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

Settings = list[Any]
"""What ``termios.tcgetattr`` says of a terminal."""

LEAVE = (
    b"\x1b[<u"  # the kitty keyboard of the other screen
    b"\x1b[?2026l\x1b[?2048l\x1b[?2004l\x1b[?1004l"  # held pictures, reports of size, marked pastes, reports of focus
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l"  # the mouse
    b"\x1b[?7h\x1b[?1049l\x1b[0m\x1b[?25h"  # wrapping on, the other screen gone, plain colours, the cursor back
)
"""What a terminal is told so that a shell can go on in it.  All of it may be said twice."""


def settings_now() -> Settings | None:
    """How the terminal is set; as a shell needs it, where this process has no say in it; ``None`` without one."""
    import termios

    try:
        now = termios.tcgetattr(0)
        return now if is_in_front() else _usual(now)
    except (OSError, termios.error):
        return None


def is_in_front() -> bool:
    """Whether the terminal is this process's to use, and not somebody else's meanwhile."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def give_back(settings: Settings, *, discard: bool = False) -> bool:
    """Set the terminal as it is to be found and leave the screen that was drawn on.

    With ``discard``, keys that nobody has read are thrown away: they were meant for what is gone.  Never waits for a
    terminal that takes nothing.  Whether it is still there.
    """
    if sys.platform == "win32":
        return False
    import termios

    try:
        termios.tcsetattr(0, termios.TCSANOW, settings)
        if discard:
            termios.tcflush(0, termios.TCIFLUSH)
    except (OSError, termios.error):
        return False
    _tell(LEAVE)
    return True


def with_echo(settings: Settings, wanted: bool) -> Settings:
    """The same settings, showing what is typed or not."""
    import termios

    echo = settings[3] | termios.ECHO if wanted else settings[3] & ~termios.ECHO
    return [*settings[:3], echo, *settings[4:]]


def _usual(now: Settings) -> Settings:
    import termios

    lines = termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
    return [
        now[0] | termios.ICRNL | termios.IXON,
        now[1] | termios.OPOST | termios.ONLCR,
        now[2],
        now[3] | lines,
        *now[4:],
    ]


def _tell(data: bytes) -> None:
    """By a descriptor of its own: whether it waits is a property of what the shell's descriptors share with ours."""
    with suppress(OSError):
        descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            os.write(descriptor, data)
        finally:
            os.close(descriptor)


# ---------------------------------------------------------------------------------------------- who leaves it instead


class _Above:
    """The process that waits for this one, the signal that ended the one before this (0: there was none), and both
    ends of a pipe between them.  No dataclass: what makes those would stay in that process for as long as it waits.
    """

    pid = ended_by = 0
    reading = writing = -1


_above = _Above()


def stand_under(pid: int, ended_by: int, pipe: tuple[int, int]) -> None:
    """From now on that process is the one that puts the terminal back if this one cannot.

    What is in the pipe when this process is gone tells that its terminal was lent (:func:`lent`).
    """
    _above.pid, _above.ended_by, (_above.reading, _above.writing) = pid, ended_by, pipe


@contextmanager
def lent() -> Iterator[None]:
    """Another program has the terminal inside: if this one is killed, none is started to read keys beside it."""
    if not _above.pid:
        yield
        return
    os.write(_above.writing, b".")
    try:
        yield
    finally:
        os.read(_above.reading, 1)


def ended_before() -> int:
    """The signal that ended the desk in whose place this one was started; 0 if this is the first."""
    return _above.ended_by


def is_forsaken() -> bool:
    """Whether that process is gone: whoever started it has the terminal again, and this one is to end."""
    return _above.pid != 0 and os.getppid() != _above.pid
