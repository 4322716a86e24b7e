"""Histories to tell again: what happened to one customer, from the first call to the last answer, and to nobody else.

They are read from the journal of an invented branch, where every step of them was decided.  Told again on another day
they are as lawful: whatever a history says of names, instants and identifiers is said anew, see ``demo.telling``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.evolve import evolve

_ID = re.compile(r"[0-9a-f]{20}")
_CARD = {"name", "call_name", "phone"}

AT, ID, PERSON, FOLIO, FOLIOS, PERIOD, NAME, CALL_NAME, PHONE = range(9)
"""What of a fact is said anew."""

Changes = tuple[tuple[int, int, Any], ...]
"""The place of a field, which of those it is, and what stands there in the history."""
Lines = list[f.Entry]


@dataclass(frozen=True, slots=True)
class Part:
    """A fact to tell: its values, and those that are told anew; ``case`` counts the cases of its history from 0."""

    kind: type[f.Fact]
    case: int | None
    values: tuple[Any, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Step:
    """What one command led to; ``at`` is the branch's own wall time, without its zone."""

    at: datetime
    actor: str
    policy: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody was in a call: from and to, in the branch's own wall time."""

    person: str
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class History:
    """``folios`` are those of its cases, ``spends`` who was given how many minor units when, ``calls`` who was in a
    call when; ``moments`` are when anything of it happens or falls due.
    """

    steps: tuple[Step, ...]
    folios: tuple[str, ...] = ()
    spends: tuple[tuple[str, datetime, int], ...] = ()
    calls: tuple[Call, ...] = ()
    moments: tuple[datetime, ...] = ()

    @property
    def begin(self) -> datetime:
        """When its first step was taken."""
        return self.steps[0].at

    @property
    def end(self) -> datetime:
        """When its last step was taken."""
        return self.steps[-1].at


@dataclass(slots=True)
class Stock:
    """What a journal has to tell: ``all`` of it as one history, and the ``settled`` ones in it, by their customers."""

    all: History
    settled: list[History]


@dataclass(slots=True)
class _Names:
    """What is known of a journal while it is read: its people, its folios, and its identifiers in their order."""

    people: frozenset[str]
    zone: ZoneInfo
    renewed: bool
    folios: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)


def stock_of(entries: Iterable[f.Entry], people: frozenset[str], zone: ZoneInfo) -> Stock:
    """The histories of a journal, from the first fact after its founding on.

    Budgets are funded by whoever tells them, and the first policy is acknowledged at the beginning; neither is told.
    """
    states: dict[str, CaseState] = {}
    of: defaultdict[str, Lines] = defaultdict(list)
    told: Lines = []
    for entry in entries:
        if isinstance(entry.fact, f.BudgetFunded) or _is_first_reading(entry.fact):
            continue
        told.append(entry)
        if entry.case:
            state = states[entry.case] = evolve(states.get(entry.case), entry)
            of[state.customer].append(entry)
        elif customer := getattr(entry.fact, "customer", ""):
            of[customer].append(entry)
    mine: defaultdict[str, list[CaseState]] = defaultdict(list)
    for state in states.values():
        mine[state.customer].append(state)
    settled = [lines for who, lines in of.items() if _is_settled(mine[who], lines)]
    return Stock(
        _history(told, _Names(people, zone, renewed=False)),
        [_history(lines, _Names(people, zone, renewed=True)) for lines in settled],
    )


def _is_first_reading(fact: f.Fact) -> bool:
    return isinstance(fact, f.PolicyAcknowledged) and fact.number == 1


def _is_settled(cases: list[CaseState], lines: Lines) -> bool:
    """Whether nobody waits for anything any more, and it began with the customer's first call."""
    known = isinstance(lines[0].fact, f.CustomerRegistered) and any(
        isinstance(line.fact, f.CaseOpened) and line.command == lines[0].command for line in lines
    )
    return known and all(case.status == "closed" and not case.waiting() for case in cases)


def _history(lines: Lines, names: _Names) -> History:
    steps: list[Step] = []
    spends: list[tuple[str, datetime, int]] = []
    opened: dict[str, tuple[str, datetime]] = {}
    calls: list[Call] = []
    for _, group in groupby(lines, key=lambda line: line.command):
        command = list(group)
        at = command[0].at.astimezone(names.zone).replace(tzinfo=None)
        for line in command:
            match line.fact:
                case f.CaseOpened():
                    opened[line.case] = (line.actor, at)
                case f.CaseClosed() if line.case in opened:
                    calls.append(Call(*opened.pop(line.case), at))
                case f.CompensationReserved(_, amount, person):
                    spends.append((person, at, amount.minor))
        parts = tuple(_part(line, names) for line in command)
        steps.append(Step(at, command[0].actor, command[0].policy, parts))
    due = {what for step in steps for part in step.parts for _, kind, what in part.changes if kind == AT}
    moments = sorted({step.at for step in steps} | due)
    return History(tuple(steps), tuple(names.folios), tuple(spends), tuple(calls), tuple(moments))


def _part(line: f.Entry, names: _Names) -> Part:
    case = names.folios.setdefault(line.case, len(names.folios)) if line.case else None
    told = [field.name for field in fields(line.fact)]
    values = tuple(getattr(line.fact, name) for name in told)
    found = (
        (place, _change(line.fact, name, value, names))
        for place, (name, value) in enumerate(zip(told, values, strict=True))
    )
    return Part(type(line.fact), case, values, tuple((place, *what) for place, what in found if what is not None))


def _change(fact: f.Fact, name: str, value: Any, names: _Names) -> tuple[int, Any] | None:
    """Which of a fact's fields is told anew, and how; ``None`` for what stays as it is."""
    if isinstance(value, datetime):
        return (AT, value.astimezone(names.zone).replace(tzinfo=None)) if names.renewed else None
    if isinstance(value, tuple):
        folios = all(one in names.folios for one in value) and bool(value)
        return (FOLIOS, tuple(names.folios[one] for one in value)) if folios else None
    if not isinstance(value, str) or not value or value == RESERVE:
        return None
    if value in names.people:
        return PERSON, value
    if value in names.folios:
        return FOLIO, names.folios[value]
    if not names.renewed:
        return None
    if name in _CARD and name in fact.private:
        return ({"name": NAME, "call_name": CALL_NAME, "phone": PHONE}[name], None)
    if name == "period":
        return PERIOD, value
    if _ID.fullmatch(value):
        return ID, names.ids.setdefault(value, len(names.ids))
    return None
