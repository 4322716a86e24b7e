"""The process above the desk.  It draws nothing and opens nothing; whatever becomes of the one that draws, killed or
crashed, it puts the terminal back, and starts the desk once more: the customer is on the line (rule E4).

Forked before anything is loaded, so that it costs nothing.  It is in the desk's own process group: keys that send a
signal and a terminal that hangs up reach both, and a shell that stops one stops the other.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence

from mesa_recuperacion.tui.way_out import Settings, give_back, is_in_front, settings_now, stand_under, with_echo

AGAIN = 60.0
"""Seconds since the last time that it was started again, before which a desk that fails is not started another time."""

_DRAW = ("demo", "review", "revision", "keys", "teclas")
_COME_BACK = ("review", "revision")
_NOT_DRAWN = {"--help", "--no-desk"}

_TOLD = ("SIGTERM", "SIGHUP")
_PASSED_ON = (*_TOLD, "SIGINT", "SIGQUIT", "SIGTSTP")
_CRASHES = ("SIGKILL", "SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE")


def draws(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for something that takes the whole terminal."""
    return not arguments or (arguments[0] in _DRAW and _NOT_DRAWN.isdisjoint(arguments))


def comes_back(arguments: Sequence[str]) -> bool:
    """Whether what it draws is started again if it crashes: not a demonstration, whose branch was another one then."""
    return not arguments or arguments[0] in _COME_BACK


def guard(before: Settings | None, *, again: bool) -> int | None:
    """Go on in a process below this one: ``None`` there, and here, once it has ended, the exit status.

    ``before`` is how the terminal is to be found afterwards; ``again``: start it once more if it crashes.  Without a
    terminal, and where a process cannot be forked, everything goes on in this one.
    """
    if sys.platform == "win32" or not os.isatty(0) or (before := before or settings_now()) is None:
        return None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _watched())
    for number in _heard():  # where nobody handles them they may never be seen waiting
        signal.signal(number, lambda *_: None)
    here, crashed, started_again = os.getpid(), 0, -AGAIN
    while True:
        pipe = os.pipe()
        if (child := _fork()) <= 0:
            break
        os.close(pipe[1])
        status, told = _watch(child, before)
        if os.WIFEXITED(status):
            return os.WEXITSTATUS(status)
        crashed = os.WTERMSIG(status)
        is_there = give_back(with_echo(before, wanted=False), discard=True)
        wanted = again and is_there and not told and signal.Signals(crashed).name in _CRASHES
        if _was_lent(pipe[0]) or not wanted or time.monotonic() - started_again < AGAIN:
            return _give_up(before, crashed)
        started_again = time.monotonic()
    if child == 0:
        stand_under(here, crashed, pipe)
    elif crashed:
        return _give_up(before, crashed)
    for number in _heard():
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return None


def _heard() -> set[signal.Signals]:
    return {signal.SIGCHLD, signal.SIGCONT}


def _watched() -> set[signal.Signals]:
    return {*_heard(), *(signal.Signals[name] for name in _PASSED_ON)}


def _fork() -> int:
    """As ``os.fork``; -1 where the system has no room for another process."""
    try:
        return os.fork()
    except OSError:
        return -1


def _watch(child: int, before: Settings) -> tuple[int, bool]:
    """Wait for the end of the process below: how it ended, as ``os.waitpid`` says it, and whether it was told to.

    Every signal is taken from the queue here, one at a time: none interrupts anything, and none is sent to a process
    that has been collected.
    """
    told = False
    while True:
        number = signal.sigwait(_watched())
        if number == signal.SIGCHLD:
            ended, status = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
            if ended and os.WIFSTOPPED(status):
                _stop_too(child, before)
            elif ended:
                return status, told
        elif number != signal.SIGCONT:
            told = told or signal.Signals(number).name in _TOLD
            os.kill(child, number)


def _was_lent(reading: int) -> bool:
    """Whether the process that is gone had lent its terminal (see ``way_out.lent``)."""
    os.set_blocking(reading, False)
    try:
        return os.read(reading, 1) != b""
    except BlockingIOError:  # somebody that it started lives and has the other end, for whatever reason
        return False
    finally:
        os.close(reading)


def _stop_too(child: int, before: Settings) -> None:
    """The desk was suspended: so that the shell has its prompt, in a terminal that it can use, so is this process.

    Whoever continues it continues the desk, which draws itself anew.
    """
    if signal.SIGCONT in signal.sigpending():  # meanwhile somebody wants both to go on
        os.kill(child, signal.SIGCONT)
        return
    if is_in_front():
        give_back(before)
    os.kill(os.getpid(), signal.SIGSTOP)
    if signal.SIGCONT in signal.sigpending():
        signal.sigwait({signal.SIGCONT})  # that was this one
    os.kill(child, signal.SIGCONT)


def _give_up(before: Settings, number: int) -> int:
    """Say in one sentence that the desk is gone, unless it was told to go; the exit status as shells count it."""
    give_back(before, discard=True)
    name = signal.Signals(number).name
    if name in _CRASHES:
        from mesa_recuperacion.cli.app import reader_words
        from mesa_recuperacion.cli.workstation import say

        said = reader_words().t(
            "The desk failed and closed. What was saved is safe: open it again. "
            "For whoever looks after it: {note}.",
            note=name,
        )  # fmt: skip
        say(said)
    return 128 + number
