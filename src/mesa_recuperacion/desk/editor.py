"""The person's own editor on a file, with the desk's terminal given to it meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from mesa_recuperacion.desk.endings import on_signals
from mesa_recuperacion.dialogue.asks import EditText
from mesa_recuperacion.dialogue.talk import Edited, Outcome, Refused
from mesa_recuperacion.tui.bridge import Settled
from mesa_recuperacion.tui.capture import CaptureLine
from mesa_recuperacion.tui.safe_app import SafeApp, monotonic
from mesa_recuperacion.tui.way_out import lent

_QUIET = ("SIGINT", "SIGQUIT")
"""What the keyboard sends to everybody on the terminal while the editor has it: the editor's business alone."""

_ENDING = ("SIGTERM", "SIGHUP")
"""What tells the desk to end: the editor first, so that it can keep what was typed."""


class EditingApp(SafeApp):
    """An application that can give its terminal to the person's own editor."""

    line: CaptureLine

    def edits(self, ask: object) -> bool:
        """Whether an ask is one to edit something; then it is begun."""
        if isinstance(ask, EditText):
            self.call_next(self._edit, ask.path)
        return isinstance(ask, EditText)

    def _edit(self, path: str) -> None:
        """Go on when the terminal is back: nobody was away, and what is on it is not what it showed."""
        outcome = edit(self, path, os.environ)
        on_signals(self.end)
        self.line.last_key_at = monotonic()
        self._shown.forget()
        self.screen.refresh()
        self.post_message(Settled(outcome))


def edit(app: App[Any], path: str, environ: Mapping[str, str]) -> Outcome:
    """Open a file in ``$VISUAL``, else ``$EDITOR``, and wait for it; whether it could be, and ended well.

    What is typed for the editor and not read by it is thrown away: it was never meant for the desk.
    """
    from mesa_recuperacion.domain.refusals import EditorFailed, EditorMissing

    named = named_editor(environ)
    command, status = split(named), None
    with contextlib.suppress(SuspendNotSupported):
        if command:
            with app.suspend(), _terminal(), lent():  # nothing may be raised in here: the desk would not come back
                status = _run([*command, path])
    known = Path(command[0]).name or named if command else named
    if status is None:
        return Refused(EditorMissing(known, path))
    return Edited() if status == 0 else Refused(EditorFailed(known, path))


def named_editor(environ: Mapping[str, str]) -> str:
    """What the person names as their editor; on Windows, where nobody does, the one that is always there."""
    named = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    return named or ("notepad" if sys.platform == "win32" else "")


def split(command: str) -> list[str]:
    """The words of a command; none if it cannot be read."""
    import shlex

    try:
        words = shlex.split(command, posix=sys.platform != "win32")
    except ValueError:
        return []
    return [word.strip('"') for word in words] if sys.platform == "win32" else words


def _run(command: list[str]) -> int | None:
    """The exit status of a command that has the terminal; ``None`` if it cannot be started."""
    told: list[int] = []
    with _deaf(), contextlib.ExitStack() as put_back:
        try:
            editor = subprocess.Popen(command)  # noqa: S603 - the person's own choice
        except (OSError, ValueError):  # no such program, no right to run it, a name that can be none
            return None

        def end(number: int, _: object) -> None:
            told.append(number)
            editor.terminate()

        for name in _QUIET:
            put_back.enter_context(_handled(name, lambda *_: None))
        for name in _ENDING:
            put_back.enter_context(_handled(name, end))
        status = editor.wait()
    for number in told:
        os.kill(os.getpid(), number)  # the desk ends now, as it would have
    return status


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """The event loop hears of no signal meanwhile: it would take what was meant for the editor for its own."""
    if sys.platform == "win32":
        yield
        return
    ear = signal.set_wakeup_fd(-1)
    try:
        yield
    finally:
        signal.set_wakeup_fd(ear)


@contextlib.contextmanager
def _handled(name: str, handler: Callable[..., object]) -> Iterator[None]:
    """One signal handled otherwise for a while.  A handler, not "ignored", which the editor would inherit."""
    number = getattr(signal, name, None)
    if number is None:
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


@contextlib.contextmanager
def _terminal() -> Iterator[None]:
    """The terminal as a program expects it: echoing; afterwards as it was, with nothing left in it to be read."""
    if sys.platform == "win32" or sys.__stdin__ is None:
        yield
        return
    import termios

    descriptor = sys.__stdin__.fileno()
    found = termios.tcgetattr(descriptor)
    usual = [*found[:3], found[3] | termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN, *found[4:]]
    termios.tcsetattr(descriptor, termios.TCSANOW, usual)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, found)
