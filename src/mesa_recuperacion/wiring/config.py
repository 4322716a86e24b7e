"""The settings of one workstation: a short TOML file, read whole, with every fault told at once.

Light on purpose: the login waits for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mesa_recuperacion.dialogue.bindings import Moved, moved
from mesa_recuperacion.domain.backups import KEEP_DAYS
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.words import LANGUAGES, Words

AUTO = "auto"
THEMES = ("noche", "dia")
GLYPHS = (AUTO, "unicode", "ascii")
CLOCKS = ("full", "quiet")
MAX_BYTES = 64 * 1024
"""More than this is not a file of settings."""


MOST_DAYS = 3650
"""What ``keep_days`` can be at most."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The table ``[backup]``: the folder of the backups (empty: ``backups`` in the data folder), and how many days each
    is kept.
    """

    folder: str = ""
    keep_days: int = KEEP_DAYS


@dataclass(frozen=True, slots=True)
class Config:
    """What may be set, with its defaults; ``config.example.toml`` explains each.

    ``language`` is ``auto``, ``es`` or ``en``; ``locale`` is ``auto`` or language and territory (``es_MX``), for money
    and dates; ``theme`` is ``noche`` or ``dia``; ``glyphs`` is ``auto``, ``unicode`` or ``ascii``; ``database`` is the
    file of the store (empty: in the data folder; a relative path is meant from the folder of the settings); ``clock``
    is ``full`` or ``quiet`` (the customer's, in words alone); ``export`` is the folder of what is taken out (empty: the
    person's documents; the table ``[export]`` names it); ``backup`` is the table ``[backup]``; ``keys`` are those that
    the table ``[keys]`` moves.
    """

    language: str = AUTO
    locale: str = AUTO
    theme: str = THEMES[0]
    glyphs: str = GLYPHS[0]
    database: str = ""
    clock: str = CLOCKS[0]
    export: str = ""
    backup: Keeping = Keeping()
    keys: Moved = ()


@dataclass(frozen=True, slots=True)
class ConfigFault:
    """Something in the file that cannot be meant: where, and one sentence."""

    source: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.source, self.key, self.message) if part)


KEYS = "keys"
"""The table with the keys that are moved."""

EXPORT, FOLDER = "export", "folder"
"""The table about what is taken out, and what it says."""

BACKUP, KEEP = "backup", "keep_days"
"""The table about the backups, and what it says besides its folder."""

Check = Callable[[Words, str], str]
"""What is wrong with a value; empty if nothing is."""


def read_config(path: Path, words: Words) -> Config | tuple[ConfigFault, ...]:
    """The settings of a file, the defaults if there is none, or everything that is wrong with it.

    Never raises for anything that a file can hold.
    """
    source = clean(str(path), 200)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Config()
    except OSError:
        return (ConfigFault(source, "", words.t("the file cannot be read")),)
    if len(data) > MAX_BYTES:
        return (ConfigFault(source, "", words.t("the file is too large to be one of settings")),)
    try:
        return parse_config(data.decode("utf-8-sig"), source, words)
    except UnicodeDecodeError as error:
        line = words.t("line {n}", n=data.count(b"\n", 0, error.start) + 1)
        return (ConfigFault(source, line, words.t("is not UTF-8 text: save the file as UTF-8")),)


def parse_config(text: str, source: str, words: Words) -> Config | tuple[ConfigFault, ...]:
    """The settings that a TOML text writes, or everything that is wrong with it."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # besides what is no TOML, a number of thousands of digits
        found = re.search(r"line ([0-9]+)", str(error))
        line = words.t("line {n}", n=int(found[1])) if found else ""
        return (ConfigFault(source, line, words.t('is not written as a setting; an example: theme = "noche"')),)
    keys = _keys(words, data.pop(KEYS, {}))
    folder = _folder(words, data.pop(EXPORT, {}))
    keeping = _keeping(words, data.pop(BACKUP, {}))
    told = {key: _wrong(words, key, value) for key, value in data.items()}
    for name, read in ((EXPORT, folder), (BACKUP, keeping)):
        if isinstance(read, dict):
            told |= read
        else:
            data[name] = read
    if isinstance(keys, dict):
        told |= keys
    elif not any(told.values()):
        return Config(**data, keys=keys)
    return tuple(ConfigFault(source, _shown(key), wrong) for key, wrong in told.items() if wrong)


def _keys(words: Words, table: object) -> Moved | dict[str, str]:
    """The keys that are moved, or a sentence for each action at fault."""
    if not isinstance(table, dict):
        return {KEYS: words.t('has to be a table: a line [keys], and under it lines such as park = "f3"')}
    read = moved(table, words)
    return {f"{KEYS}.{action}": wrong for action, wrong in read.items()} if isinstance(read, dict) else read


def _folder(words: Words, table: object) -> str | dict[str, str]:
    """The folder of what is taken out (empty: the usual one), or a sentence for each setting at fault."""
    told = _table(words, EXPORT, table, FOLDER)
    return told or (str(table[FOLDER]) if isinstance(table, dict) and FOLDER in table else "")


def _keeping(words: Words, table: object) -> Keeping | dict[str, str]:
    """What the table about the backups says, or a sentence for each setting at fault."""
    told = _table(words, BACKUP, table, FOLDER, KEEP)
    if not isinstance(table, dict):
        return told
    days = table.get(KEEP, KEEP_DAYS)
    if type(days) is not int or not 1 <= days <= MOST_DAYS:
        told[f"{BACKUP}.{KEEP}"] = words.t(
            "has to be a number of days from 1 to {most}, without quotes", most=MOST_DAYS
        )
    return told or Keeping(table.get(FOLDER, ""), days)


def _table(words: Words, name: str, table: object, *known: str) -> dict[str, str]:
    """What is wrong with a table that names a folder: a sentence for each setting."""
    if not isinstance(table, dict):
        return {name: words.t('has to be a table: a line {table}, and under it folder = "…"', table=f"[{name}]")}
    told = {f"{name}.{key}": words.t("this key is not known; these are: {known}", known=", ".join(known))
            for key in table if key not in known}  # fmt: skip
    folder = table.get(FOLDER, "")
    if not isinstance(folder, str):
        told[f"{name}.{FOLDER}"] = words.t('has to be a text, between quotes: "…"')
    elif "\0" in folder:
        told[f"{name}.{FOLDER}"] = words.t("is not the name of a folder")
    return told


def _wrong(words: Words, key: str, value: object) -> str:
    if key not in _CHECKS:
        return _unknown(words, key)
    if not isinstance(value, str):
        return words.t('has to be a text, between quotes: "…"')
    return _CHECKS[key](words, value)


def _unknown(words: Words, key: str) -> str:
    from difflib import get_close_matches

    known = (*_CHECKS, EXPORT, BACKUP, KEYS)
    if near := get_close_matches(key, known, n=1):
        return words.t("this key is not known; did you mean «{near}»?", near=near[0])
    return words.t("this key is not known; these are: {known}", known=", ".join(known))


def _one_of(*known: str) -> Check:
    def check(words: Words, value: str) -> str:
        if value in known:
            return ""
        choices = ", ".join(f'"{choice}"' for choice in known)
        return words.t("has to be one of these: {known}", known=choices)

    return check


def _locale(words: Words, value: str) -> str:
    if value == AUTO or re.fullmatch(f"({'|'.join(LANGUAGES)})_([A-Z]{{2}}|[0-9]{{3}})", value):
        return ""
    return words.t('has to be "auto", or a language and a country: "es_MX", "en_US"')


def _path(words: Words, value: str) -> str:
    return words.t("is not the name of a file") if "\0" in value else ""


_CHECKS: dict[str, Check] = {
    "language": _one_of(AUTO, *LANGUAGES),
    "locale": _locale,
    "theme": _one_of(*THEMES),
    "glyphs": _one_of(*GLYPHS),
    "database": _path,
    "clock": _one_of(*CLOCKS),
}


def _shown(key: str) -> str:
    return clean(key, 40) or '""'


def written(text: str, changes: Mapping[str, str]) -> str:
    """The text of a file of settings with some of them changed or added, everything else as it was."""
    lines = text.splitlines()
    for key, value in changes.items():
        said = f'{key} = "{value}"'
        tables = next((n for n, line in enumerate(lines) if re.match(r"\s*\[", line)), len(lines))
        at = next((n for n in range(tables) if re.match(rf"\s*{key}\s*=", lines[n])), None)
        if at is None:
            lines.insert(tables, said)  # under a table it would be one of that table's
        else:
            comment = re.search(r'"[^"]*"(\s*#.*)$', lines[at])
            lines[at] = said + (comment[1] if comment else "")
    return "\n".join(lines) + "\n"


def remember(path: Path, **changes: str) -> None:
    """Change settings in their file, which is made if it is not there, for its owner alone; comments stay.

    Raises ``OSError``; ``ValueError`` for a setting that does not exist or a value that it cannot have.
    """
    import os

    from mesa_recuperacion.i18n.words import words
    from mesa_recuperacion.wiring.places import prepared

    prepared(path.parent)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = written(before, changes)
    checked: Any = parse_config(after, str(path), words("en"))
    if not isinstance(checked, Config):
        raise ValueError("; ".join(map(str, checked)))
    making = path.with_name(f".{path.name}.new")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor
        file.write(after)
    making.replace(path)
