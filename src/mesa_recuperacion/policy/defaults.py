"""The policies that we ship, and what first-run answers change in them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from mesa_recuperacion.domain.money import Money, parse_major
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.i18n.words import LANGUAGES
from mesa_recuperacion.policy.cross import plain
from mesa_recuperacion.policy.schema import TITLE_WIDTH
from mesa_recuperacion.policy.values import cells, is_currency, is_zone

_HEADER = re.compile(r"\s*\[\[?\s*([a-z_.]+)\s*\]\]?\s*(?:#.*)?\s*")
_SETTING = re.compile(r"(\s*([a-z_]+)\s*=\s*)(\"[^\"]*\"|[0-9]+)(.*)", re.DOTALL)


def default_policy_text(language: str) -> str:
    """The policy with the eight common problems and another one, as TOML; raises ``ValueError`` for other languages."""
    return _text(language, "")


def empty_policy_text(language: str) -> str:
    """The same phrases and limits with nothing but another problem: for a branch that writes its own list."""
    full = default_policy_text(language)
    general = full[: full.index("\n[[area]]")]
    general = general[: general.rindex("\n\n")]  # the comment above the first area goes with it
    return f"{general}\n\n{_text(language, 'empty_')}"


@cache
def shipped_phrases(language: str) -> Mapping[str, str]:
    """What the shipped policy says at each step, by its key; raises ``ValueError`` for other languages."""
    phrases: dict[str, str] = tomllib.loads(default_policy_text(language))["phrases"]
    return MappingProxyType(phrases)


def customised(
    text: str,
    *,
    title: str | None = None,
    currency: str | None = None,
    zone: str | None = None,
    case_cap: Money | None = None,
    budget: Money | None = None,
    reserve: Money | None = None,
) -> str:
    """A shipped policy with other answers in it, comments kept.

    Amounts above a lower cap come down to it, so that what was valid stays valid.  Raises ``ValueError`` for a currency
    or zone that does not exist, an amount below zero or of another currency, and a key that the text does not have.
    """
    if currency is not None and not is_currency(currency):
        raise ValueError(f"not a currency: {currency!r}")
    if zone is not None and not is_zone(zone):
        raise ValueError(f"not a time zone: {zone!r}")
    spoken = currency or _currency_of(text)
    changes = {
        ("", "title"): None if title is None else _quoted(_title(title)),
        ("", "currency"): None if currency is None else _quoted(currency),
        ("hours", "zone"): None if zone is None else _quoted(zone),
        ("limits", "case_cap"): _amount(case_cap, spoken),
        ("budget", "amount"): _amount(budget, spoken),
        ("budget", "reserve"): _amount(reserve, spoken),
    }
    for (table, key), value in changes.items():
        if value is not None:
            text = _set(text, table, key, value)
    return text if case_cap is None else _lowered(text, case_cap)


def _text(language: str, kind: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"no policy in that language: {language!r}")
    name = f"{kind}{language}.toml"
    return (files("mesa_recuperacion.policy") / "defaults" / name).read_text(encoding="utf-8")


def _title(text: str) -> str:
    title = clean(text, TITLE_WIDTH)
    while cells(title) > TITLE_WIDTH:
        title = title[:-1].strip()
    if not title:
        raise ValueError("the title has no text")
    return title


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _amount(money: Money | None, currency: str) -> str | None:
    if money is None:
        return None
    if money.currency != currency or money.minor < 0:
        raise ValueError(f"not an amount of {currency}: {money}")
    written = plain(money)
    return written if "." not in written else _quoted(written)


def _currency_of(text: str) -> str:
    match = re.search(r'^currency\s*=\s*"([A-Z]{3})"', text, re.MULTILINE)
    if match is None:
        raise ValueError("the text has no currency")
    return match[1]


def _set(text: str, table: str, key: str, value: str) -> str:
    """The text with one setting of one table changed."""
    lines, here, found = text.splitlines(keepends=True), "", False
    for number, line in enumerate(lines):
        if header := _HEADER.fullmatch(line):
            here = header[1]
        elif here == table and (setting := _SETTING.fullmatch(line)) and setting[2] == key:
            lines[number], found = f"{setting[1]}{value}{setting[4]}", True
    if not found:
        raise ValueError(f"the text has no [{table}] {key}")
    return "".join(lines)


def _lowered(text: str, cap: Money) -> str:
    """The text with every gesture and every usual amount above the cap brought down to its whole units."""
    unit = 10**cap.exponent
    lowered = _amount(Money(cap.minor // unit * unit, cap.currency), cap.currency)
    lines, here = text.splitlines(keepends=True), ""
    for number, line in enumerate(lines):
        if header := _HEADER.fullmatch(line):
            here = header[1]
        elif (setting := _SETTING.fullmatch(line)) and (here, setting[2]) in _CAPPED:
            amount = parse_major(setting[3].strip('"'), cap.currency)
            if amount is not None and not cap.covers(amount):
                lines[number] = f"{setting[1]}{lowered}{setting[4]}"
    return "".join(lines)


_CAPPED = {("compensation", "amount"), ("problem", "usual")}
