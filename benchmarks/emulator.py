"""A terminal without a window: what a program writes becomes pictures, and its questions are answered.

It draws with pyte, which knows the classic sequences. What pyte does not know (the alternate screen, synchronized
output, questions, DCS strings, private prefixes) is handled here and never reaches pyte, which would print parts of it.
"""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import pyte
from pyte.screens import Char
from wcwidth import wcwidth

from benchmarks.keys import encode

CELL_WIDTH, CELL_HEIGHT = 8, 16  # pixels, for the answers that speak of pixels

APPLICATION_CURSOR, AUTOWRAP, CURSOR_SHOWN = 1, 7, 25
FOCUS_REPORTS, ALTERNATE, PASTE_MARKS, SYNCHRONIZED, RESIZE_REPORTS = 1004, 1049, 2004, 2026, 2048
MOUSE_TRACKING = (9, 1000, 1001, 1002, 1003)
_MOUSE_ENCODING = (1005, 1006, 1015, 1016)  # how a report is written; without tracking there is none
_KNOWN_MODES = {APPLICATION_CURSOR, 5, 6, AUTOWRAP, CURSOR_SHOWN, FOCUS_REPORTS, ALTERNATE, PASTE_MARKS, SYNCHRONIZED}
_KNOWN_MODES |= {RESIZE_REPORTS, *MOUSE_TRACKING, *_MOUSE_ENCODING}
_ON_AT_START = (AUTOWRAP, CURSOR_SHOWN)
_DRAWN_BY_PYTE = {5, 6, AUTOWRAP, CURSOR_SHOWN}

# One piece of output: text, or one whole sequence. An escape character inside a sequence ends it, as in a real
# terminal; a sequence whose end has not come yet matches nothing and waits for the next bytes.
_PIECE = re.compile(
    r"[^\x1b]+"
    r"|\x1b\[[ -?]*(?:[@-~]|(?=[^ -~]))"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|(?=\x1b[^\\]))"
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\|(?=\x1b[^\\]))"
    r"|\x1b(?:[0-OQ-WYZ\\`-~]|[ -/]+[0-~]|[ -/]*(?=[^ -~]))"
)
_C1 = {0x80 + n: "\x1b" + chr(0x40 + n) for n in range(32)}  # the one-character forms of ESC @ ... ESC _
_CSI = re.compile(r"\x1b\[([<=>?]?)([\d;]*)([ -/]*)([@-~])")
_COLOUR_QUESTION = re.compile(r"\x1b\](1[0-9]|4;\d+);\?")


class Picture(NamedTuple):
    """What the screen showed from `at` on (seconds of `time.perf_counter`), lines without trailing spaces."""

    at: float
    lines: tuple[str, ...]


class Emulator:
    """Pictures out of bytes. `answer` receives what the terminal sends back on its own.

    A half-drawn screen is never a picture: between the begin and the end of a synchronized update (mode 2026) the
    last finished one stays.
    """

    def __init__(self, cols: int, rows: int, answer: Callable[[bytes], None], *, kitty: bool = False) -> None:
        self._screens = (pyte.Screen(cols, rows), pyte.Screen(cols, rows))  # the main and the alternate one
        self._streams = tuple(pyte.Stream(screen) for screen in self._screens)
        self._answer = answer
        self._kitty = kitty
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._unfinished = ""
        self._at = 0.0
        self._texts = [""] * rows
        self.cells: list[tuple[Char, ...]] = [()] * rows
        self.pictures: list[Picture] = []
        self.modes = dict.fromkeys(_ON_AT_START, True)
        self.kitty_flags: list[int] = []
        self._develop()

    @property
    def screen(self) -> pyte.Screen:
        return self._screens[self.modes.get(ALTERNATE, False)]

    @property
    def lines(self) -> tuple[str, ...]:
        return self.pictures[-1].lines if self.pictures else tuple(self._texts)

    def encode(self, keys: str) -> bytes:
        """The bytes of `keys` in the modes that the program has asked for."""
        flags = self.kitty_flags[-1] if self._kitty and self.kitty_flags else 0
        return encode(keys, application_cursor=self.modes.get(APPLICATION_CURSOR, False), kitty=flags)

    def resize(self, cols: int, rows: int, at: float) -> None:
        """Another size from the moment `at` on; the program is told in the stream if it asked for that."""
        self._at = at
        for screen in self._screens:
            screen.resize(rows, cols)
            screen.dirty.update(range(rows))
        self._texts, self.cells = [""] * rows, [()] * rows
        self._develop()
        if self.modes.get(RESIZE_REPORTS):
            self._report_size()

    def feed(self, data: bytes, at: float) -> None:
        """Take in what the program wrote at the moment `at`."""
        self._at = at
        text = self._unfinished + self._decode(data).translate(_C1)
        end = 0
        while piece := _PIECE.match(text, end):
            self._take(piece[0])
            end = piece.end()
        self._unfinished = text[end:]
        self._develop()

    def _take(self, piece: str) -> None:
        if csi := _CSI.fullmatch(piece):
            self._control(piece, *csi.groups())
        elif question := _COLOUR_QUESTION.match(piece):
            shade = "cccc" if question[1] == "10" else "0000"
            self._reply(f"\x1b]{question[1]};rgb:{shade}/{shade}/{shade}\x1b\\")
        elif piece.startswith(("\x1bP+q", "\x1bP$q")):  # a capability, a setting: not known
            self._reply(f"\x1bP0{piece[2]}r\x1b\\")
        elif piece == "\x1bc":
            self._reset()
        elif piece[0] != "\x1b":
            self._draw(_advancing(piece))
        elif len(piece) == 2 and piece[1] in pyte.Stream.escape:
            self._draw(piece)

    def _control(self, piece: str, prefix: str, parameters: str, between: str, final: str) -> None:
        if between == "$" and final == "p":
            mode = _numbers(parameters)[0]
            known = prefix == "?" and mode in _KNOWN_MODES
            self._reply(f"\x1b[{prefix}{mode};{(1 if self.modes.get(mode) else 2) if known else 0}$y")
        elif between:
            return  # the cursor's shape, a soft reset, ...: nothing to draw
        elif prefix == "?" and final in "hl":
            for number in _numbers(parameters):
                self._set_mode(number, on=final == "h")
        elif final == "u" and prefix:
            self._kitty_protocol(prefix, _numbers(parameters))
        elif reply := self._answers().get(prefix + parameters + final):
            self._reply(reply)
        elif not prefix and final not in "cn" and final in pyte.Stream.csi:
            self._draw(piece)

    def _answers(self) -> dict[str, str]:
        """Question -> answer: device attributes, status, the cursor's place, name and version, sizes."""
        screen = self.screen
        rows, cols = screen.lines, screen.columns
        place = f"{screen.cursor.y + 1};{min(screen.cursor.x, cols - 1) + 1}R"
        primary, secondary, name = "\x1b[?62;22c", "\x1b[>1;10;0c", "\x1bP>|terminal(1)\x1b\\"
        return {
            "c": primary, "0c": primary, ">c": secondary, ">0c": secondary,
            "=c": "\x1bP!|00000000\x1b\\", "5n": "\x1b[0n", "6n": f"\x1b[{place}", "?6n": f"\x1b[?{place}",
            ">q": name, ">0q": name,
            "14t": f"\x1b[4;{rows * CELL_HEIGHT};{cols * CELL_WIDTH}t",
            "16t": f"\x1b[6;{CELL_HEIGHT};{CELL_WIDTH}t", "18t": f"\x1b[8;{rows};{cols}t",
        }  # fmt: skip

    def _kitty_protocol(self, prefix: str, numbers: list[int]) -> None:
        """Push, pop, set or ask the keyboard flags. A terminal without the protocol says nothing."""
        if prefix == ">":
            self.kitty_flags.append(numbers[0])
        elif prefix == "<":
            del self.kitty_flags[-(numbers[0] or 1) :]
        elif prefix == "=":
            self.kitty_flags[-1:] = [numbers[0]]
        elif self._kitty:
            self._reply(f"\x1b[?{self.kitty_flags[-1] if self.kitty_flags else 0}u")

    def _set_mode(self, mode: int, *, on: bool) -> None:
        was_on = self.modes.get(mode, False)
        if mode == SYNCHRONIZED and not was_on:
            self._develop()  # what was drawn before the update is a picture of its own
        self.modes[mode] = on
        if mode == ALTERNATE and on != was_on:
            if on:
                self.screen.reset()
            self.screen.dirty.update(range(self.screen.lines))
        elif mode == SYNCHRONIZED and not on:
            self._develop()
        elif mode == RESIZE_REPORTS and on:
            self._report_size()
        elif mode in _DRAWN_BY_PYTE:
            self._draw(f"\x1b[?{mode}{'h' if on else 'l'}")

    def _reset(self) -> None:
        self.modes = dict.fromkeys(_ON_AT_START, True)
        self.kitty_flags.clear()
        for screen in self._screens:
            screen.reset()

    def _draw(self, piece: str) -> None:
        # pyte stumbles over parameters that a sequence does not take; a real terminal ignores the sequence.
        with contextlib.suppress(TypeError, UnboundLocalError):
            self._streams[self.modes.get(ALTERNATE, False)].feed(piece)

    def _develop(self) -> None:
        """Make a picture of what is drawn, unless an update is under way or no character changed."""
        if self.modes.get(SYNCHRONIZED):
            return
        screen = self.screen
        changed = False
        for row in screen.dirty & set(range(screen.lines)):
            cells = tuple([screen.buffer[row][col] for col in range(screen.columns)])
            text = "".join([cell.data for cell in cells]).rstrip()
            changed = changed or text != self._texts[row]
            self.cells[row], self._texts[row] = cells, text
        screen.dirty.clear()
        if changed:
            self.pictures.append(Picture(self._at, tuple(self._texts)))

    def _report_size(self) -> None:
        rows, cols = self.screen.lines, self.screen.columns
        self._reply(f"\x1b[48;{rows};{cols};{rows * CELL_HEIGHT};{cols * CELL_WIDTH}t")

    def _reply(self, text: str) -> None:
        self._answer(text.encode())


def _advancing(text: str) -> str:
    """Without what occupies no cell (joiners, bidi marks, other controls): pyte would drop the text behind it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join([c for c in text if c in pyte.Stream.basic or wcwidth(c) > 0 or unicodedata.combining(c)])


def _numbers(parameters: str) -> list[int]:
    return [int(number or 0) for number in parameters.split(";")]
