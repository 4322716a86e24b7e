"""A fault of a policy file, and where it is: file, key as a person finds it, what was written there, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.reading import Place
from mesa_recuperacion.policy.schema import LISTS, SECTIONS

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a file from being a policy; ``value`` is empty where showing it would not help."""

    source: str
    key: str
    message: str
    value: str = ""
    line: int = 0
    """Where it is written, from 1; 0 if that is not known."""

    def __str__(self) -> str:
        written = f"{self.key} = {self.value}" if self.value else self.key
        return ": ".join(part for part in (self.source, written, self.message) if part)

    def placed(self, words: Words) -> str:
        """The same without the file, which the reader has in front of them, and with the line."""
        at = words.t("line {n}", n=self.line) if self.line else ""
        return str(replace(self, source=at, key="" if self.key == at else self.key))


def key_of(place: Place, data: Mapping[str, object]) -> str:
    """A place as a person finds it in the file: ``[[problem]] 2 «missing_product» remedy 1 cost``."""
    parts: list[str] = []
    here: object = data
    for depth, step in enumerate(place):
        here = _inside(here, step)
        if isinstance(step, int):
            parts.append(str(step + 1))
            if isinstance(here, Mapping) and isinstance(code := here.get("code"), str):
                parts.append(f"«{clean(code, 32)}»")
        elif depth == 0 and step in LISTS:
            parts.append(f"[[{step}]]")
        elif depth == 0 and (step,) in SECTIONS:
            parts.append(f"[{step}]")
        else:
            parts.append(clean(step, _SHOWN) or '""')
    return " ".join(parts)


def value_at(place: Place, data: Mapping[str, object]) -> str:
    """What is written at a place, as TOML writes it and cut short; empty for tables and lists, and if nothing is."""
    here: object = data
    for step in place:
        here = _inside(here, step)
    if isinstance(here, bool):
        return str(here).lower()
    if isinstance(here, str):
        return f'"{_short(here)}"'
    if isinstance(here, int | float | date):
        return _short(str(here))
    return ""


def order_in(data: Mapping[str, object]) -> Callable[[Place], tuple[int, ...]]:
    """What to sort places by to have them as in the file; keys that are not written come after their neighbours."""
    known: dict[int, dict[object, int]] = {}

    def rank(here: object, step: str | int) -> int:
        if isinstance(step, int):
            return step
        if not isinstance(here, Mapping):
            return 0
        if id(here) not in known:
            known[id(here)] = {key: n for n, key in enumerate(here)}
        return known[id(here)].get(step, len(here))

    def order(place: Place) -> tuple[int, ...]:
        ranks: list[int] = []
        here: object = data
        for step in place:
            ranks.append(rank(here, step))
            here = _inside(here, step)
        return tuple(ranks)

    return order


def _inside(here: object, step: str | int) -> object:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, Sequence) and not isinstance(here, str) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def _short(text: str) -> str:
    shown = clean(text[: 4 * _SHOWN], _SHOWN + 1)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
