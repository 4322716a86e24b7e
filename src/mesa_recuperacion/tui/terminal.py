"""The terminal itself: whether the desk can run in it, whether it is still there, and what it sends for a key."""

from __future__ import annotations

import codecs
import functools
import select
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from mesa_recuperacion.i18n.words import Words

_FALLBACK = "mesa-keyboard"
_OLD_SHIFTED = {f"\x1b[{code}~" for code in (31, 32, 33, 34)}
"""Codes of F17 to F20 on old terminals, which Textual reads as the characters that they count."""


def unfit(words: Words, environ: Mapping[str, str], streams: Iterable[TextIO | None]) -> str | None:
    """Why the desk cannot be drawn here, in one sentence; ``None`` if it can."""
    if not all(stream is not None and stream.isatty() for stream in streams):
        return words.t("The desk needs a terminal: start it in a window, without redirecting its input or its output.")
    if sys.platform != "win32" and environ.get("TERM", "") in {"", "dumb", "unknown"}:
        return words.t("This terminal says it cannot draw (TERM is “{term}”). Try another window.",
                       term=environ.get("TERM", ""))  # fmt: skip
    return None


def hung_up(descriptor: int) -> bool:
    """Whether the terminal behind a descriptor is gone: its window closed, its line dropped."""
    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(descriptor, 0)
    return any(state & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, state in poll.poll(0))


def mend_keyboard() -> None:
    """Teach Textual's reader of keys three things; once is enough.

    A byte that is not UTF-8 is read as Latin-1, where it would end the thread that reads keys.  Esc is Esc whatever
    follows it in the same packet, where it would become ``^`` or vanish.  Old codes of shifted F keys stay F keys,
    where they would type a letter.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    codecs.register_error(_FALLBACK, _as_latin1)
    linux_driver.getincrementaldecoder = _decoder  # type: ignore[assignment, attr-defined]
    linux_driver.XTermParser = _parser()  # type: ignore[assignment, attr-defined]


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


def _decoder(encoding: str) -> functools.partial[codecs.IncrementalDecoder]:
    return functools.partial(codecs.getincrementaldecoder(encoding), errors=_FALLBACK)


@functools.cache
def _parser() -> type:
    from textual._xterm_parser import XTermParser
    from textual.events import Key

    class Parser(XTermParser):
        """Textual's parser, with Esc kept."""

        def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
            if sequence == "\x1b":
                yield Key("esc", None)
                return
            if sequence in _OLD_SHIFTED:
                yield Key("f17", None)
                return
            for key in super()._sequence_to_key_events(sequence, alt):
                if alt and not key.key.startswith("alt+"):
                    yield Key("esc", None)
                yield key

    return Parser
