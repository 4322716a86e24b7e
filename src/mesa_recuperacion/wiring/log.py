"""The log: what happened and where in the code, never what anybody typed (rules E2, E5).

A traceback holds the values that a program was working with, so none is ever written: of an exception only its type
and its frames are kept, and of other programs' messages only who spoke and how loud.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.text import visible
from mesa_recuperacion.wiring.places import prepared

if TYPE_CHECKING:
    from mesa_recuperacion.i18n.words import Words

OURS = "mesa_recuperacion"
BYTES, FILES = 1_000_000, 3

log = logging.getLogger(__name__)


def where(error: BaseException) -> str:
    """The frames of an exception, the innermost last: ``port.py:57 _do > writing.py:70 append``; no values."""
    frames = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{Path(code.co_filename).name}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return " > ".join(frames)


def note(error: BaseException | None) -> str:
    """Write an unexpected exception to the log; the reference under which it is found there."""
    reference = os.urandom(3).hex()
    chain: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < 5:
        chain.append(f"{type(seen).__name__} at {where(seen)}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    log.error("%s %s", reference, " because of ".join(chain) or "unknown")
    return reference


class Lines(logging.Formatter):
    """One line for each record: instant in UTC, level, who, what."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, without anything that only another program knows to be harmless."""
        from datetime import UTC, datetime

        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        ours = record.name.partition(".")[0] == OURS
        said = visible(record.getMessage().replace("\n", " ")) if ours else "…"
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            said += f" {type(error).__name__} at {where(error)}"
        return f"{at} {record.levelname} {record.name} {said}"


class LogFile(RotatingFileHandler):
    """A file for its owner's eyes, made with the first line that is written and never in the way of the work."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=BYTES, backupCount=FILES, encoding="utf-8", delay=True)
        self.setFormatter(Lines())

    def _open(self) -> TextIOWrapper:
        prepared(Path(self.baseFilename).parent)
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(descriptor, "a", encoding=self.encoding)  # noqa: PTH123 - a descriptor

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """A log that cannot be written is no reason to stop, nor to print over the screen."""


def start(path: Path) -> LogFile:
    """Send what is logged to a file from now on, and nothing to the screen."""
    handler = LogFile(path)
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, LogFile)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    logging.getLogger(OURS).setLevel(logging.INFO)
    logging.raiseExceptions = False
    return handler


def unexpected(words: Words, error: BaseException, path: Path) -> str:
    """Note an exception that nobody expected, and the one sentence to say about it."""
    return words.t(
        "Something unexpected stopped the program. What was saved is safe. The log has the detail under {reference}: "
        "{path}",
        reference=note(error), path=path,
    )  # fmt: skip


def catch_everything(words: Words, path: Path, say: Callable[[str], None] | None = None) -> None:
    """Let no traceback reach a screen: what nobody catches is noted, and said in one sentence."""
    tell = say or (lambda text: print(visible(text), file=sys.stderr))  # noqa: T201

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        tell(unexpected(words, error, path))

    def in_thread(caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None and not isinstance(caught.exc_value, SystemExit):
            note(caught.exc_value)

    def unraisable(caught: sys.UnraisableHookArgs) -> None:
        if caught.exc_value is not None:
            note(caught.exc_value)

    sys.excepthook = hook
    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
