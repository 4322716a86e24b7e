"""What somebody hostile writes wherever they can, and how it is told whether any of it became more than letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Text

from mesa_recuperacion.store import driver
from mesa_recuperacion.store import tables as t

PAYLOADS: dict[str, str] = {
    "markup": "[bold]x[/]",
    "closing tag": "[/]",
    "action": "[@click=app.quit]x[/]",
    "broken tag": "[a b=[c]]",
    "list": "[true, 1]",
    "title": "a\x1b]0;owned\x07",
    "title to the end": "a\x1b]2;owned",
    "clipboard": "a\x1b]52;c;eA==\x07",
    "colour": "a\x1b[31;9mx\x1b[0m",
    "erase": "a\x1b[2J\x1b[1;1H",
    "reset": "a\x1bc\x1b[!p",
    "C1 title": "a\x9d0;owned\x9c",
    "C1 colour": "a\x9b31;9mx",
    "bidi override": "a\u202ebc\u202c",
    "bidi isolate": "a\u2066bc\u2069\u061c",
    "nothing to see": "a\u200bb\u2060c\ufeffd\u00ade\u3164f",
    "lines": "a\r\nb\tc\x85d\u2028e\x0bf",
    "bells": "a\x07b\x08c\x0ed\x0fe\x00f\x7f",
    "link": "a\x1b]8;;http://x\x1b\\x\x1b]8;;\x1b\\",
    "device string": "a\x1bP1$r0m\x1b\\x\x1b_y\x1b\\",
    "question": "a\x1b[c\x1b[6n\x1b]10;?\x07",
    "formula": '=HYPERLINK("http://x";"y")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "wide formula": "＝1+1",
    "formula behind a blank": " \t=1+1",
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "half a letter": "a\udcffb\ud83d",
    "marks": "a" + "\u0301\u0489" * 5000,
    "right to left": "שלום عربي",
    "places": "{name} {0} $name %s %(x)s {",
    "quotes": "'\"; DROP TABLE journal; --",
}
"""By the name of what it tries."""

SURE = "\x1b\x9b\x9d\x90\u202e\u2066\u200b\ufeff\x07\r\n\x08\x0e\x7f[/]"
"""Whatever can begin something, first, so that it stands in the narrowest column; three signs of it are letters."""

_OWN = re.compile(
    r"\x1b\[(?!31;9m)[0-9;]*m"  # colours, but not the one of a payload
    r"|\x1b\[[0-9]+;[0-9]+H"  # the cursor to its place
    r"|\x1b\[\?(?:25|2026)[hl]"  # the cursor, an update in one go
    r"|\x1b\]22;default\x07"  # the shape of the pointer
    r"|\n(?=\x1b\[[0-9]+;[0-9]+H)"  # between the rows of a whole screen
)
"""All that our screens write besides letters, once they are drawn."""

_ACTS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

Column = tuple[str, str]
"""A table and a column."""

WRITTEN: tuple[Column, ...] = (
    ("station", "branch_name"), ("station", "business"), ("person", "name"), ("adjustment", "reason"),
    ("customer", "name"), ("customer", "call_name"), ("customer", "phone"), ("case_file", "offer_reason"),
    ("suggestion", "text"), ("suggestion", "words"), ("praise", "text"),
    *(("analysis", f"why_{n}") for n in range(1, 6)), ("analysis", "cause"), ("analysis", "action"),
    ("analysis", "words"), ("draft", "line"), ("private_text", "value"),
)  # fmt: skip
"""The columns that hold what people wrote."""


def in_toml(text: str, longest: int) -> str:
    """A text as it stands between the quotes of a TOML file: what the file itself cannot hold is left out."""
    letters = (char for char in text if char not in "\0" and not "\ud800" <= char <= "\udfff")
    made = ""
    for char in letters:
        made += char if char.isprintable() and char not in '"\\' else f"\\u{ord(char):04x}"
        if len(made) > longest:
            break
    return made


def foreign(raw: str, own: re.Pattern[str] = _OWN) -> list[str]:
    """What in a stream to a terminal is neither a letter nor ours, each with what stands around it."""
    rest = own.sub("", raw)
    if rest.isprintable():
        return []
    return [ascii(rest[max(0, n - 20) : n + 20]) for n, char in enumerate(rest) if unicodedata.category(char) in _ACTS]


def foreign_lines(text: str) -> list[str]:
    """The same for what a command prints, where a line ends with a line feed."""
    return [found for line in text.split("\n") for found in foreign(line)]


def codes() -> Iterator[Column]:
    """The columns of text that hold no words of people but what the program wrote itself, as far as they are folded."""
    for table in (*t.PROJECTIONS, t.moment, t.credential):
        for column in table.columns:
            if isinstance(column.type, Text) and (table.name, column.name) not in WRITTEN:
                yield table.name, column.name


def tamper(path: Path, columns: tuple[Column, ...] = WRITTEN, hostile: str = SURE) -> int:
    """Write something hostile before every text of some columns, past the program and its guards; how many texts."""
    written = 0
    with closing(driver.sqlite.connect(path, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for table, name in columns:
            change = f"UPDATE OR IGNORE {table} SET {name} = ? || {name} WHERE {name} <> ''"
            written += connection.execute(change, (hostile,)).rowcount
        for _, guard in guards:
            connection.execute(guard)
    return written


def kept(path: Path) -> Iterator[tuple[str, str]]:
    """Every text in a store with the column it stands in, read past the program."""
    with closing(driver.sqlite.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            found = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in found.description]
            for row in found:
                yield from ((f"{table}.{n}", v) for n, v in zip(names, row, strict=True) if isinstance(v, str))
