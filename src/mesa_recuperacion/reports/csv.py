"""Tables as CSV that opens safely in a spreadsheet (rules E5, F8).

UTF-8 with its mark, fields and lines as in RFC 4180: commas, CRLF, quotes doubled, the same number of fields in every
line.  Texts are quoted, numbers are bare.

No text can run: one that a spreadsheet would take for a formula, and one that begins with an apostrophe, gets an
apostrophe in front.  So it is undone by taking one apostrophe off every text that begins with one.

Amounts are in the currency's main unit with all its decimals, and a point before them everywhere: the file is the same
in every country, and a program that reads it need not know where it was written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from mesa_recuperacion.domain.text import clean

MARK = "\ufeff"
"""The byte order mark by which spreadsheets know UTF-8."""

END = "\r\n"

LONGEST = 30_000
"""Characters of a cell: spreadsheets take 32,767."""

Cell = str | int | Decimal | None
"""What stands in a cell; ``None`` is an empty one."""

_STARTERS = frozenset("=+-@−'")


def cell(value: Cell) -> str:
    """A field as it is written."""
    match value:
        case None:
            return ""
        case int() | Decimal():
            return format(value, "f") if isinstance(value, Decimal) else str(value)
    return '"' + safe(value).replace('"', '""') + '"'


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = clean(text, LONGEST)
    first = text.lstrip()[:1]
    dangerous = any(sign in _STARTERS for sign in unicodedata.normalize("NFKC", first))
    return f"'{text}" if dangerous else text


def undone(text: str) -> str:
    """The text that :func:`safe` was given, once cleaned."""
    return text.removeprefix("'")


def line(cells: Iterable[Cell], width: int = 0) -> str:
    """One line, with empty fields up to ``width``."""
    fields = [cell(value) for value in cells]
    fields += [""] * (width - len(fields))
    return ",".join(fields) + END
