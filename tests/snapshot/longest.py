"""The widest branch there can be: every name fills its column of the policy, every figure is as long as it gets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from benchmarks.keys import split_keys
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.text import NAME_LENGTH
from mesa_recuperacion.policy import schema
from mesa_recuperacion.policy.defaults import customised
from mesa_recuperacion.policy.values import cells
from tests.desk import NOW, PEOPLE, Desk, branch
from tests.snapshot.history import Teller, lived, shipped_in
from tests.snapshot.review_history import CROWD, SAID, Supervised, drafted
from tests.snapshot.states import State

CURRENCY = "CHF"
"""A currency whose letters stand before every figure, in both languages."""

FIGURE = re.compile(r"CHF\s?[0-9.,]*[0-9]")

_WIDTHS = (
    ("area", "name", 20), ("compensation", "name", 28), ("problem", "name", 32), ("problem.remedy", "name", 34),
    ("statutory", "name", 28), ("problem", "question", 40), ("retention", "what", schema.LINE_WIDTH),
    ("problem.remedy", "done", schema.DONE_WIDTH),
)  # fmt: skip
"""Columns of each name, as ``policy.schema`` bounds them."""

_AMOUNTS = (
    ("limits", "case_cap", "777777777.77"), ("budget", "amount", "999999999.99"), ("budget", "reserve", "999999999.99"),
    ("compensation", "amount", "111111111.11"), ("problem.remedy", "cost", "666666666.66"),
    ("problem", "usual", "555555555.55"),
)  # fmt: skip
"""A gesture is a ninth of the budget: three weeks and a call can be played."""

_TYPED = {"above": "888888888.88", "own": "333333333.33", "price": "999999999.99"}
_TAIL = "de los Ángeles Guadalupe Covarrubias Montenegro de la Fuente y Villaseñor Iturbide"
_FILLER = "extraordinariamente amplia y duradera de verdad hasta mañana"


def widest(text: str, width: int) -> str:
    """A text made longer, word by word as people write, until it has exactly so many columns."""
    made = f"{text} {_FILLER} {_FILLER}"
    while cells(made) > width:
        made = made[:-1]
    return made if made[-1] != " " else f"{made[:-1]}s"


def named(name: str) -> str:
    """A customer or a colleague with as long a name as is kept."""
    return f"{name} {_TAIL}"[:NAME_LENGTH].strip()


def policy_in(language: str) -> str:
    """The policy that we ship in a language, with the longest names and figures that may be published."""
    text = customised(shipped_in(language), currency=CURRENCY)
    numbers = count(1)
    for table, key, width in _WIDTHS:
        text = _each(text, table, key, lambda old, width=width: widest(old, width))  # type: ignore[misc]
    text = _each(text, "compensation", "done", lambda old: f"{next(numbers):02}")
    for table, key, amount in _AMOUNTS:
        text = _each(text, table, key, lambda old, amount=amount: amount)  # type: ignore[misc]
    return text


def _each(text: str, table: str, key: str, make: Callable[[str], str]) -> str:
    """The policy with every value of a key in the tables of a name made anew."""
    here, made = "", []
    for line in text.splitlines():
        header = re.fullmatch(r"\[\[?([a-z_.]+)\]\]?.*", line)
        here = header[1] if header else here
        found = re.fullmatch(rf'{key} = "?(.*?)"?( *(?:#.*)?)', line) if here == table else None
        made.append(f'{key} = "{make(found[1])}"{found[2]}' if found else line)
    return "\n".join(made) + "\n"


def told_in(language: str) -> dict[str, str]:
    """What is typed, with the largest amounts."""
    return {**SAID[language], **_TYPED}


def widest_branch(folder: Path, language: str, kind: str = "lived") -> Path:
    """Three weeks of it, of many people where ``kind`` says so; or a new branch."""
    people = tuple(replace(person, name=named(person.name)) for person in (CROWD if kind == "crowded" else PEOPLE))
    if kind == "new":
        return branch(folder, policy_in(language), people)
    teller = Teller if kind == "lived" else Supervised
    return lived(folder, language, policy=policy_in(language), people=people, told=told_in(language), named=named,
                 teller=teller)  # fmt: skip


def play(path: Path, state: State, language: str) -> Desk:
    """A desk at the end of the script of a state, without a screen."""
    if state.draft:
        drafted(path, state.draft)
    desk = Desk(path, FixedClock(NOW), language=language)
    for part in state.script:
        if isinstance(part, float | int):
            desk.wait(part)
            continue
        keys = split_keys(part.format(**told_in(language)))
        while keys:
            key = keys.pop(0)
            if key == "<ctrl+g>":
                desk.press(" ".join(("ctrl+g", *keys)))
                break
            if key == "<enter>":
                desk.enter()
            elif len(key) > 1:
                desk.press({"<esc>": "escape", "<pgdn>": "pagedown"}.get(key, key[1:-1]))
            else:
                desk.write(key)
    assert desk.stage == state.stage, (desk.stage, desk.said)
    return desk
