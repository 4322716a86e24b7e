"""TOML text into plain values, with a sentence and a line for what is not TOML."""

from __future__ import annotations

import re
import tomllib

from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.faults import Fault

MAX_BYTES = 256 * 1024
"""Twenty times the policies that we ship."""
MAX_LINE = 1000
"""Characters in one line: bounds what a parser can be made to do with a single key."""

_MOST = 20
_STATEMENT = re.compile(r"\s*[\w\"'.-]+\s*=")
_FRESH = re.compile(r"\s*(?:[\w\"'.-]+\s*=|\[)")


def parse(text: str, source: str, words: Words) -> tuple[dict[str, object], tuple[Fault, ...]]:
    """The file's values and its faults of writing.

    A faulty line that stands alone is put aside and the reading goes on, so that several are told at once; what comes
    back then lacks those lines.  Nothing comes back if the reading had to stop.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if fault := _too_much(text, source, words):
        return {}, (fault,)
    lines, faults = text.split("\n"), list[Fault]()
    while True:
        try:
            return tomllib.loads("\n".join(lines) + "\n"), tuple(faults)
        except tomllib.TOMLDecodeError as error:
            number, column = _position(str(error), len(lines))
            before = lines[number - 1][: column - 1]
            told = _sentence(str(error), before, words)
            faults.append(Fault(source, words.t("line {n}", n=number), told, line=number))
            if len(faults) == _MOST or not _stands_alone(lines, number, column, str(error)):
                return {}, tuple(faults)
            lines[number - 1] = ""
        except RecursionError:
            return {}, (*faults, Fault(source, "", words.t("has lists inside lists, too deep to be a policy")))
        except ValueError:  # int() refuses numbers of thousands of digits
            return {}, (*faults, Fault(source, "", words.t("has a number that is far too long")))


def too_large(source: str, words: Words) -> Fault:
    """That a file is more than a policy can be; nothing of it is read."""
    return Fault(source, "", words.t("is too large for a policy: at most {n} KB", n=MAX_BYTES // 1024))


def _too_much(text: str, source: str, words: Words) -> Fault | None:
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return too_large(source, words)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            told = words.t("is too long: at most {n} characters in a line", n=MAX_LINE)
            return Fault(source, words.t("line {n}", n=number), told, line=number)
    return None


def _position(error: str, last: int) -> tuple[int, int]:
    match = re.search(r"\(at line ([0-9]+), column ([0-9]+)\)$", error)
    return (min(int(match[1]), last), int(match[2])) if match else (last, 1)


def _stands_alone(lines: list[str], number: int, column: int, error: str) -> bool:
    """Whether a line is one statement from end to end, so that what follows it can be read without it."""
    line = lines[number - 1]
    statement = _STATEMENT.match(line)
    if statement is None or column <= statement.end() or '"""' in line or "'''" in line or "Unclosed" in error:
        return False
    rest = (after for after in lines[number:] if after.strip() and not after.lstrip().startswith("#"))
    following = next(rest, None)
    return following is None or _FRESH.match(following) is not None


def _sentence(error: str, before: str, words: Words) -> str:
    """What is wrong; ``before`` is what the line holds to the left of it."""
    if error.startswith("Cannot overwrite a value"):
        return words.t("this key is written twice")
    if error.startswith("Cannot declare"):
        return words.t("this table is written twice, or both with single and double brackets")
    if error.startswith("Expected '='"):
        return words.t("after the key there has to be =; a key has no accents and no spaces")
    if error.startswith("Expected ']'"):
        return words.t("a bracket is not closed: ]")
    if error.startswith(("Illegal character", "Unterminated string")):
        return words.t("a text is not closed with its quotes, or has a forbidden character")
    if error.startswith("Unescaped"):
        return words.t("in a text between quotes, \\ is written twice: \\\\")
    if error.startswith("Unclosed array") or (error.startswith("Invalid value") and not before.strip(" \t[")):
        return words.t("a list that began here or above is not closed, or lacks a comma")
    if error.startswith("Invalid value"):
        return words.t('this is not a value; texts go between straight quotes ("…"), money is 150 or "99.50"')
    if error.startswith("Expected newline"):
        return words.t('something is left over after the value; decimals are written "99.50", texts between quotes')
    return words.t("this line is not TOML: a [table], or a key = value")
