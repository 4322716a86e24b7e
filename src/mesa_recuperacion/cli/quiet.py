"""Before anything is drawn: what is typed ahead, perhaps a PIN, is not echoed, and not lost (rule E2)."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

_ASKING: tuple[tuple[str, ...], ...] = (
    ("demo",), ("review",), ("revision",), ("policy", "publish"), ("report",), ("informe",),
    ("key", "export"), ("key", "renew"), ("customer", "forget"),
    *(("person", which) for which in ("add", "pin", "unlock", "rename", "role", "retire", "return")),
)  # fmt: skip
_ENDING = ("SIGTERM", "SIGHUP", "SIGINT")


def wants_hush(arguments: Sequence[str]) -> bool:
    """Whether a PIN may be typed to this command.

    The others leave the terminal alone: what they print may go to a pager, which would take the quiet for the usual.
    """
    return not arguments or any(tuple(arguments[: len(asking)]) == asking for asking in _ASKING)


def leave_no_core() -> None:
    """Whatever kills this process, its memory, with keys and perhaps a PIN in it, is written to no file (rule E2)."""
    try:
        import resource
    except ImportError:  # Windows keeps none unless it is told to
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def hushed(wanted: bool = True) -> Iterator[list[Any] | None]:
    """A signal to end leaves in order inside; where it is ``wanted``, echo is off, and as it was afterwards.

    Keys that are waiting stay.  What is given is how the terminal was set before; ``None`` where nothing was changed.
    """
    before = _hush() if wanted else None
    told: list[int] = []
    handlers = end_in_order(told.append)
    try:
        yield before
    finally:
        _restore(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if told:  # in the middle of a callback of the database, the end that was asked for is lost on the way
            sys.exit(told[0])


def _hush() -> list[Any] | None:
    try:
        import termios
    except ImportError:  # Windows echoes nothing before it is asked to read
        return None
    try:
        if not os.isatty(0) or os.tcgetpgrp(0) != os.getpgrp():  # in the background the terminal is another's
            return None
        before = termios.tcgetattr(0)
        quiet = list(before)
        quiet[3] &= ~termios.ECHO
        termios.tcsetattr(0, termios.TCSANOW, quiet)
    except (OSError, termios.error):
        return None
    return before


def _restore(before: list[Any] | None) -> None:
    if before is None:
        return
    import termios

    with suppress(OSError, termios.error):  # it was closed meanwhile
        termios.tcsetattr(0, termios.TCSANOW, before)


def end_in_order(told: Callable[[int], object] = lambda status: None) -> dict[int, Any]:
    """Ending signals leave by the way out, so that what has to be put back or thrown away is; ignored ones stay so.

    ``told`` is given the exit status that a signal asks for.  Answers how they were handled before.
    """
    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]

    def end(number: int, frame: FrameType | None) -> None:
        for other in numbers:  # the way out is gone once
            signal.signal(other, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        told(128 + number)
        sys.exit(128 + number)

    return {number: signal.signal(number, end) for number in numbers}
