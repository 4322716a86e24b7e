"""Making an invented branch in a file: the same seed and the same instant make the same branch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count, islice
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from mesa_recuperacion.demo.calls import Activity, Calls, Span
from mesa_recuperacion.demo.history import Agents, History, Planned, first_day
from mesa_recuperacion.demo.languages import texts
from mesa_recuperacion.demo.office import Office, Unwritable
from mesa_recuperacion.demo.texts import Texts
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import call_name, display_phone
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import customised, default_policy_text
from mesa_recuperacion.policy.load import read_policy, with_version
from mesa_recuperacion.service.branch import NewPerson, Plan, found
from mesa_recuperacion.service.people import Argon2, Hasher
from mesa_recuperacion.store.store import Store

CASES = 300
"""Cases of an ordinary demonstration: some months of a small branch."""
AT_ONCE = 4000
"""Steps of one transaction: few and large, for each commit waits for the disk."""
IMPORTED = 12
"""Customers who are on file and have never complained."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Progress = Callable[[int, int], None]
"""Told now and then how much of what is planned has begun, and of how much; at the end, all of it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The branch that was made: number and PIN of everybody who works in it, and how many cases there are."""

    pins: tuple[tuple[int, str], ...]
    cases: int


def pins(language: str) -> tuple[tuple[int, str], ...]:
    """Number and PIN of everybody in the invented branch."""
    return tuple((number, worker.pin) for number, worker in enumerate(texts(language).workers, 1))


def prepare(
    path: Path, *, now: datetime, seed: int = 1, cases: int = CASES, language: str = "es",
    progress: Progress = lambda done, total: None, hasher: Hasher | None = None,
) -> Prepared:  # fmt: skip
    """Make an invented branch in a new file.

    ``now`` is aware; everything happened before it.  Raises the store's errors, ``StoreExists`` among them.
    """
    told, random = texts(language), Random(seed)  # noqa: S311 - invented, and meant to be repeated
    zone = ZoneInfo(told.zone)
    today = now.astimezone(zone).date()
    since = first_day(today, cases)
    text = policy_text(language, told, now, _factor(cases, (today - since).days))
    policy = _read(text, language)
    office = Office(with_version(policy, 1), random)
    store = Store.create(path)
    try:
        opening = at_local(since - timedelta(days=1), time(10), zone)
        people = tuple(NewPerson(w.name, w.role, w.pin) for w in told.workers)
        plan = Plan("CEN", told.branch_name, told.business, 1, policy.currency, told.zone, language, people, text)
        refusal = found(store, plan, clock=FixedClock(opening), new_id=office.new_id, hasher=hasher or Argon2())
        if refusal is not None:
            raise Unwritable(repr(refusal))
        span = Span(now, at_local(today + timedelta(days=1), time(0), zone))
        return _live(store, office, told, span, since, cases, progress)
    finally:
        store.close()


def policy_text(language: str, told: Texts, now: datetime, factor: int = 1) -> str:
    """The shipped policy, open now, with a budget for ``factor`` times the usual calls.

    Whoever tries the desk on a Sunday or at night finds an open branch: then today's hours are the whole day.
    """
    text = customised(default_policy_text(language), title=told.business, zone=told.zone)
    policy = _read(text, language)
    if factor > 1:
        text = customised(text, budget=Money(policy.budget.minor * factor, policy.currency))
    local = now.astimezone(policy.hours.zone)
    at = timedelta(hours=local.hour, minutes=local.minute)
    for opens, closes in policy.hours.windows_on(local.date()):
        begin, end = (timedelta(hours=moment.hour, minutes=moment.minute) for moment in (opens, closes))
        if begin + timedelta(minutes=30) <= at <= end - timedelta(hours=2):
            return text
    day = _WEEKDAYS[local.weekday()]
    text = re.sub(rf"^{day} = .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(zone = .*\n)", rf'\g<1>{day} = ["00:00-24:00"]\n', text, flags=re.MULTILINE)
    return text.replace(f'"{local.date().isoformat()}", ', "").replace(f', "{local.date().isoformat()}"', "")


def _read(text: str, language: str) -> Policy:
    policy = read_policy(text, source="demo", words=words(language))
    if not isinstance(policy, Policy):
        raise Unwritable("; ".join(map(str, policy)))
    return policy


def _factor(cases: int, days: int) -> int:
    """How many times the usual budget so many calls need: two agents, about nine calls a week each."""
    return max(1, -(-cases * 7 // (2 * 9 * max(1, days))))


def _live(
    store: Store, office: Office, told: Texts, span: Span, since: date, cases: int, progress: Progress
) -> Prepared:  # fmt: skip
    with store.reading() as tx:
        first, second, third = (person.id for person in tx.people())
    calls = Calls(office, told, span)
    history = History(office, calls, told, Agents(first, second), span)
    with store.writing() as tx:
        office.tx = tx
        begins = at_local(since, time(8, 30), office.policy.hours.zone)
        _import(office, history, told, third, begins)
        for agent in (first, second):
            office.tell(agent, c.AcknowledgePolicy(office.policy.version), begins)
    planned = history.plan(cases, since)
    turns = _turns(planned, span.now, progress)
    while True:
        with store.writing() as tx:
            office.tx = tx
            if sum(1 for _ in islice(turns, AT_ONCE)) < AT_ONCE:
                break
    progress(len(planned), len(planned))
    with store.reading() as tx:
        return Prepared(tuple((n, w.pin) for n, w in enumerate(told.workers, 1)), tx.next_number() - 1)


def _turns(planned: Sequence[Planned], end: datetime, progress: Progress) -> Iterator[None]:
    """One step of one activity after another, in the order of their instants, until the end."""
    waiting: list[tuple[datetime, int, Activity]] = []
    serial, clock, begun = count(), planned[0][0], 0
    while begun < len(planned) or waiting:
        if begun < len(planned) and (not waiting or planned[begun][0] <= waiting[0][0]):
            activity = planned[begun][1]()
            wish = next(activity)
            begun += 1
            if begun % 50 == 0:
                progress(begun, len(planned))
        else:
            at, _, activity = heappop(waiting)
            clock = max(clock, at)
            if clock > end:
                return
            try:
                wish = activity.send(clock)
            except StopIteration:
                yield
                continue
            yield
        heappush(waiting, (wish, next(serial), activity))


def _import(office: Office, history: History, told: Texts, supervisor: str, at: datetime) -> None:
    """Customers who were on file before: the one who never complained, and some more."""
    known = [(told.never.name, told.never.phone), (told.repeats.name, told.repeats.phone)]
    known += [(history.new_name(), history.new_phone()) for _ in range(IMPORTED)]
    registered = [f.CustomerRegistered(office.new_id(), n, call_name(n), display_phone(p)) for n, p in known]
    office.append(supervisor, at, [("", fact) for fact in registered])
