"""The terminal itself: whether the desk can run in it, whether it is still there, and what it sends for a key."""

from __future__ import annotations

import codecs
import functools
import re
import select
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TextIO

from mesa_recuperacion.i18n.words import Words

_FALLBACK = "mesa-keyboard"
_OLD_SHIFTED = {f"\x1b[{code}~" for code in (31, 32, 33, 34)}
"""Codes of F17 to F20 on old terminals, which Textual reads as the characters that they count."""
_ESC_AND_SIGN = {f"\x1b{sign}" for sign in "0123456789-="}
"""Esc and then one of these, which Textual reads as what Alt and it write on some keyboards (``¡`` for 1)."""


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


_REPORTS = re.compile(r"\x1b\[(?:48;[0-9:;]*t|\?[0-9;]*\$y)")
"""What a terminal says unasked or is asked for, and that may come in one packet with a key: its size, its modes."""


class Packet(NamedTuple):
    """What a terminal sent, as text, and the names of the keys that it was read as."""

    data: str
    keys: tuple[str, ...]


def mend_keyboard(tell: Callable[[Packet], None] | None = None) -> None:
    """Teach Textual's reader of keys a few things; once is enough.

    ``tell`` is given each packet that has keys in it before they are handed on, on the thread that reads keys.

    A byte that is not UTF-8 is read as Latin-1, where it would end the thread that reads keys.  Esc is Esc whatever
    follows it in the same packet, where it would become ``^`` or vanish, and a figure after it ``¡``.  Old codes of
    shifted F keys stay F keys, where they would type a letter.  What is pasted is text to its end, where an ESC in it
    would let it press keys; so is more than anybody types at once, where the terminal does not say that it was pasted.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    codecs.register_error(_FALLBACK, _as_latin1)
    linux_driver.getincrementaldecoder = _decoder  # type: ignore[assignment, attr-defined]
    linux_driver.XTermParser = _telling(tell) if tell else _parser()  # type: ignore[assignment, attr-defined]


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


def _decoder(encoding: str) -> functools.partial[codecs.IncrementalDecoder]:
    return functools.partial(codecs.getincrementaldecoder(encoding), errors=_FALLBACK)


PASTED_ESC = "\ue01b"
"""Stands for an ESC inside a paste, where Textual would take what follows it for keys, Enter among them."""

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"

UNMARKED = 400
"""Characters that come at once and that nobody typed, nor had a macro type: a terminal that does not mark its pastes
pasted them, and an Enter among them answers nothing.
"""


class Pastes:
    """Finds the pastes in what a terminal sends, however it is cut into pieces, and keeps each of them whole.

    One that the terminal does not mark is marked here, until nothing more comes.
    """

    def __init__(self) -> None:
        self._inside = self._unmarked = False
        self._before = ""
        self._held = ""

    def tame(self, data: str) -> str:
        """What to read of the next piece: the same, but no ESC inside a paste except the one that ends it."""
        data, self._held = self._held + data, ""
        if len(data) > UNMARKED and not self._inside and "\x1b" not in self._before + data:
            self._unmarked, data = True, _PASTE + data
        tamed: list[str] = []
        while data:
            step = self._in_paste if self._inside else self._outside
            part, data = step(data)
            tamed.append(part)
        return "".join(tamed)

    def end(self) -> str:
        """What to read now that the terminal is quiet: the end of a paste that it did not mark."""
        return self.tame(_PASTED) if self._unmarked else ""

    def _outside(self, data: str) -> tuple[str, str]:
        at = (self._before + data).find(_PASTE)
        if at < 0:
            self._before = (self._before + data)[1 - len(_PASTE) :]
            return data, ""
        end = at + len(_PASTE) - len(self._before)
        self._inside, self._before = True, ""
        return data[:end], data[end:]

    def _in_paste(self, data: str) -> tuple[str, str]:
        text, mark, rest = data.partition(_PASTED)
        if not mark:
            kept = next((n for n in range(len(_PASTED) - 1, 0, -1) if text.endswith(_PASTED[:n])), 0)
            self._held = text[len(text) - kept :]
            return text[: len(text) - kept].replace("\x1b", PASTED_ESC), ""
        self._inside = self._unmarked = False
        return text.replace("\x1b", PASTED_ESC) + mark, rest


@functools.cache
def _parser() -> type:
    from textual._xterm_parser import XTermParser
    from textual.events import Key
    from textual.message import Message

    class Parser(XTermParser):
        """Textual's parser, with Esc kept and pastes whole."""

        def __init__(self, debug: bool = False) -> None:
            super().__init__(debug)
            self._pastes = Pastes()
            self._heard = False

        def feed(self, data: str) -> Iterable[Message]:
            self._heard = True
            tamed = self._pastes.tame(data)
            return super().feed(tamed) if tamed or not data else ()

        def tick(self) -> Iterable[Message]:
            """Called after each piece, and each time that none came for a moment."""
            if not self._heard and (end := self._pastes.end()):
                yield from super().feed(end)
            self._heard = False
            yield from super().tick()

        def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
            if sequence == "\x1b":
                yield Key("esc", None)
                return
            if sequence in _ESC_AND_SIGN:
                yield Key("esc", None)
                yield from super()._sequence_to_key_events(sequence[1])
                return
            if sequence in _OLD_SHIFTED:
                yield Key("f17", None)
                return
            for key in super()._sequence_to_key_events(sequence, alt):
                if alt and not key.key.startswith("alt+"):
                    yield Key("esc", None)
                yield key

    return Parser


def _telling(tell: Callable[[Packet], None]) -> type:
    from textual.events import Key
    from textual.message import Message

    base: Any = _parser()

    class Telling(base):  # type: ignore[misc]
        """The same, and ``tell`` is given what the keys came from."""

        def __init__(self, debug: bool = False) -> None:
            super().__init__(debug)
            self._untold = ""

        def feed(self, data: str) -> Iterable[Message]:
            self._untold += data
            return self._told(super().feed(data))

        def tick(self) -> Iterable[Message]:
            return self._told(super().tick())

        def _told(self, found: Iterable[Message]) -> list[Message]:
            messages = list(found)
            if keys := tuple(message.key for message in messages if isinstance(message, Key)):
                tell(Packet(_REPORTS.sub("", self._untold), keys))
            if messages or self._timeout_time is None:  # else it is the beginning of something
                self._untold = ""
            return messages

    return Telling
