"""Cleaning and folding of text that people type (rule E5)."""

from __future__ import annotations

import re
import unicodedata

_SEQUENCES = re.compile(
    r"(?:\x1b\]|\x9d).*?(?:\x07|\x1b\\|\x9c|$)"  # operating system commands
    r"|(?:\x1b[P^_X]|[\x90\x98\x9e\x9f]).*?(?:\x1b\\|\x9c|$)"  # device control and other strings
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # control sequences
    r"|\x1b[ -/]*[0-~]?",  # anything else that begins with ESC
    re.DOTALL,
)
_BLANKS = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = {
    code: None
    for code in (
        *range(0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F,
        *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0x3164, 0xFEFF, 0xFFA0,
        *range(0xFFF9, 0xFFFC), *range(0xD800, 0xE000), *range(0xE0000, 0xE0080),
    )
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+")
_COMBINING = "\u0300"
"""The first character that is combined with the one before it."""

NAME_LENGTH = 80
NOTE_LENGTH = 400
PHONE_LENGTH = 24


def clean(text: str, limit: int = NOTE_LENGTH) -> str:
    """Text fit to keep and to show: one line, NFC, no control, escape, bidi-override or invisible characters.

    ``limit`` is in characters; what is longer is cut.  Cleaning twice changes nothing.
    """
    text = text[: 16 * limit]
    text = _SEQUENCES.sub("", text)
    text = _BLANKS.sub(" ", text).translate(_UNSEEN)
    text = _BLANKS.sub(" ", text)  # what was between two blanks is gone
    return unicodedata.normalize("NFC", text).strip()[:limit].strip()


def visible(text: str) -> str:
    """A text as it may be written outside the desk, to a terminal or to a log: one line, and nothing that acts.

    What would act or cannot be seen is written out, as ``\\x1b`` or ``\\u202e``: a file keeps its name, whatever is in
    it.
    """
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(char: str) -> str:
    if char.isprintable():
        return char
    if unicodedata.category(char) == "Zs":
        return " "
    return char.encode("unicode_escape").decode("ascii")


def escaped(json: str) -> str:
    """A JSON text with what would act on a terminal written as ``\\uXXXX``: whoever parses it gets the same texts."""
    return json if json.isprintable() else "".join(map(_code, json))


def _code(char: str) -> str:
    if char.isprintable() or char == "\n":
        return char
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[n : n + 4]}" for n in range(0, len(units), 4))


def fold(text: str) -> str:
    """Text as it is compared: without accents and case (``Óscar Núñez`` → ``oscar nunez``)."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join([c for c in decomposed if c < _COMBINING or not unicodedata.combining(c)])
    return bare if bare.isascii() else unicodedata.normalize("NFKC", bare)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order: runs of letters and digits."""
    return tuple(_WORD.findall(fold(text)))


def digits_of(text: str) -> str:
    """The ASCII digits of a text (``55 1234-0078`` → ``5512340078``)."""
    return re.sub(r"[^0-9]", "", text)


def is_phone(text: str) -> bool:
    """Whether a text is written like a telephone number: digits, with the usual separators and a leading plus."""
    return re.fullmatch(r"\+?[0-9 ()./\-]{1,24}", text.strip()) is not None and bool(digits_of(text))


def display_phone(text: str) -> str:
    """A telephone number spaced as it is said: ten digits as ``55 1234 0078``; others as typed, spaces tidied."""
    digits = digits_of(text)
    if text.strip().startswith("+") or len(digits) != 10:
        return clean(text, PHONE_LENGTH)
    return f"{digits[:2]} {digits[2:6]} {digits[6:]}"


_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "van", "von", "der", "den"})


def proper_name(name: str) -> str:
    """A name as it is written: one typed in a hurry, all small, gets its capitals; any other stays as it was typed."""
    if name != name.lower():
        return name
    words = name.split(" ")
    return " ".join(w if n and w in _PARTICLES else w[:1].upper() + w[1:] for n, w in enumerate(words))


def call_name(name: str) -> str:
    """How to call somebody by default: the first word of the name, as it was typed."""
    parts = name.split()
    return parts[0] if parts else name
