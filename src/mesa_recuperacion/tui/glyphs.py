"""The signs that the screen draws with, and what stands for them where a terminal or its font has less.

The first set is in every Windows font (WGL4).  The second is for the Linux console, serial lines and terminals that do
not speak UTF-8: the same words, plain signs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import field

from mesa_recuperacion.domain.values import dataclass


class _Fit(dict[int, str | None]):
    """A table for ``str.translate`` that learns each character when it is first met: what cannot be seen goes.

    Joiners, variation signs and skin tones go as well: terminals disagree about how wide what they join is, and a
    column that is wrong by one is worse than a plainer face.
    """

    def __init__(self, swaps: Mapping[str, str], reach: int) -> None:
        super().__init__()
        self._swaps, self._reach = swaps, reach

    def __missing__(self, code: int) -> str | None:
        self[code] = fit = self._fit(chr(code))
        return fit

    def _fit(self, char: str) -> str | None:
        if char in self._swaps:
            return self._swaps[char]
        if char.isspace():
            return " "
        unseen = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}
        if unseen or char in _TONES or char in _FILLERS or unicodedata.name(char, "").startswith("VARIATION SELECTOR"):
            return None
        if ord(char) <= self._reach:
            return char
        bare = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
        return bare if bare and all(ord(c) <= self._reach for c in bare) else "?"


_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters that are drawn as nothing, so that one name could pass for another."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs.  ``ellipsis`` ends what was cut; ``fit`` turns any text into what the terminal can show."""

    name: str
    pointer: str = "►"
    good: str = "●"
    warn: str = "▲"
    bad: str = "■"
    tick: str = "√"
    rule: str = "─"
    wall: str = "│"
    bar: str = "▌"
    full: str = "■"
    empty: str = "·"
    dot: str = "•"
    up: str = "▲"
    down: str = "▼"
    ellipsis: str = "…"
    fit: Mapping[int, str | None] = field(default_factory=lambda: _Fit({}, 0x10FFFF), repr=False, compare=False)


_SWAPS = {
    "►": ">", "●": "o", "▲": "!", "■": "#", "♦": "*", "√": "+", "─": "-", "│": "|", "▌": "|", "•": "*", "·": "-",
    "«": '"', "»": '"', "…": "...", "—": "-", "–": "-", "→": "->", "▼": "v", "“": '"', "”": '"', "‘": "'", "’": "'",
    "▂": "-", "▃": "-", "▄": "=", "▅": "=", "▆": "#", "█": "#", "€": "EUR",
    "←": "<-", "↑": "^", "↓": "v",
}  # fmt: skip


def _plain(name: str, reach: int, swaps: Mapping[str, str]) -> Glyphs:
    return Glyphs(name, ">", "o", "!", "#", "+", "-", "|", "|", "#", ".", "*", "^", "v", "...", fit=_Fit(swaps, reach))


WGL4 = Glyphs("wgl4")
ASCII = _plain("ascii", 0xFF, _SWAPS)
"""Plain signs, and the letters of western Europe."""

BARE = _plain("bare", 0x7F, _SWAPS | {"¿": "", "¡": "", "ª": "a", "º": "o", "°": "o"})
"""Plain signs and plain letters, for a terminal that has no others."""


def choose_glyphs(setting: str, encoding: str, term: str) -> Glyphs:
    """The set that ``setting`` names (``wgl4``, ``ascii``, ``bare``), or the richest that the terminal can show."""
    known = {one.name: one for one in (WGL4, ASCII, BARE)}
    able = _able(encoding, term)
    if setting not in known:
        return able
    return known[setting] if able is not BARE else BARE


def _able(encoding: str, term: str) -> Glyphs:
    try:
        "►●▲■√─▌…".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        try:
            "ñáé¿«»".encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return BARE
        return ASCII
    return ASCII if term == "linux" or term.startswith("linux-") else WGL4
