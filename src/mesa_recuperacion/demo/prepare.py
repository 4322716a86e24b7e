"""Making an invented branch in a file: the same seed and the same instant make the same branch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count, islice
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from mesa_recuperacion.demo.calls import Calls
from mesa_recuperacion.demo.cast import Cast
from mesa_recuperacion.demo.history import History, first_day
from mesa_recuperacion.demo.languages import texts
from mesa_recuperacion.demo.learning import Learning
from mesa_recuperacion.demo.office import Office, Unwritable
from mesa_recuperacion.demo.story import Activity, Planned, Span, Staff
from mesa_recuperacion.demo.team import Team
from mesa_recuperacion.demo.texts import Texts
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import call_name, display_phone
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import customised, default_policy_text
from mesa_recuperacion.policy.load import read_policy, with_version
from mesa_recuperacion.service.branch import NewPerson, Plan, found
from mesa_recuperacion.service.hashing import Argon2, Hasher
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
    """Number and PIN of everybody who works in the invented branch."""
    return _pins(texts(language))


def _pins(told: Texts) -> tuple[tuple[int, str], ...]:
    return tuple((number, worker.pin) for number, worker in enumerate(told.workers, 1) if not worker.left)


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
    in_force = policy_text(language, told, now, _factor(cases, (today - since).days))
    text = before(in_force)
    policies = (with_version(_read(text, language), 1), with_version(_read(in_force, language), 2))
    office = Office(policies[0], random)
    store = Store.create(path)
    try:
        opening = at_local(since - timedelta(days=1), time(10), zone)
        people = tuple(NewPerson(w.name, w.role, w.pin) for w in told.workers)
        plan = Plan("CEN", told.branch_name, told.business, 1, policies[0].currency, told.zone, language, people, text)
        refusal = found(store, plan, clock=FixedClock(opening), new_id=office.new_id, hasher=hasher or Argon2())
        if refusal is not None:
            raise Unwritable(repr(refusal))
        branch = _Branch(store, office, told, Span(now, at_local(today + timedelta(days=1), time(0), zone)))
        return branch.live(since, cases, progress, policies[1], in_force)
    finally:
        store.close()


def policy_text(language: str, told: Texts, now: datetime, factor: int = 1) -> str:
    """The shipped policy, open now, with a budget for ``factor`` times the usual calls, and what is new in it.

    Whoever tries the desk on a Sunday or at night finds an open branch: then today's hours are the whole day.
    """
    text = customised(default_policy_text(language), title=told.business, zone=told.zone)
    text = _changed(text, "news = []", f"news = {json.dumps([told.news], ensure_ascii=False)}")
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


def before(text: str) -> str:
    """The version before that one: nothing was new in it, and parked cases came back later."""
    text = _changed(text, 'park_return = "15m"', 'park_return = "30m"')
    return re.sub(r"^news = .*$", "news = []", text, count=1, flags=re.MULTILINE)


def _changed(text: str, old: str, new: str) -> str:
    if text.count(f"\n{old}") != 1:
        raise Unwritable(f"the policy does not say {old}")
    return text.replace(f"\n{old}", f"\n{new}")


def _read(text: str, language: str) -> Policy:
    policy = read_policy(text, source="demo", words=words(language))
    if not isinstance(policy, Policy):
        raise Unwritable("; ".join(map(str, policy)))
    return policy


def _factor(cases: int, days: int) -> int:
    """How many times the usual budget so many calls need: three agents, about nine calls a week each."""
    return max(1, -(-cases * 7 // (3 * 9 * max(1, days))))


class _Branch:
    """Everybody and everything in one invented branch."""

    def __init__(self, store: Store, office: Office, told: Texts, span: Span) -> None:
        with store.reading() as tx:
            staff = Staff(*(person.id for person in tx.people()))
        office.supervisor = staff.supervisor
        self._store, self._office, self._told, self._span, self._staff = store, office, told, span, staff
        self._calls = Calls(office, told, span, staff)
        self._history = History(office, self._calls, told, staff, span)
        self._cast = Cast(office, self._calls, told, staff, span)
        self._team = Team(office, told, staff, span)
        self._learning = Learning(office, told, staff, span)

    def live(self, since: date, cases: int, progress: Progress, policy: Policy, text: str) -> Prepared:
        """Write everything that happens from a day until now; ``text`` is the policy that is published today."""
        with self._store.writing() as tx:
            self._office.writing = tx
            self._import(at_local(since, time(8, 30), self._office.policy.hours.zone))
        planned = [*self._cast.calls(), *self._history.todays()]
        planned += self._history.ordinary(max(0, cases - len(planned)), since)
        planned += self._team.life(since, policy, text)
        planned += self._learning.plans(since)
        planned.sort(key=lambda one: one[0])
        turns = _turns(planned, self._calls.begun, self._span.now, progress)
        while True:
            with self._store.writing() as tx:
                self._office.writing = tx
                if sum(1 for _ in islice(turns, AT_ONCE)) < AT_ONCE:
                    break
        progress(len(planned), len(planned))
        with self._store.reading() as tx:
            return Prepared(_pins(self._told), tx.next_number() - 1)

    def _import(self, at: datetime) -> None:
        """Customers who were on file before: the one who never complained, and some more."""
        told, history, new_id = self._told, self._history, self._office.new_id
        known = [(one.name, one.phone) for one in (told.never, told.repeats)]
        known += [(history.new_name(), history.new_phone()) for _ in range(IMPORTED)]
        registered = [f.CustomerRegistered(new_id(), name, call_name(name), display_phone(p)) for name, p in known]
        self._office.append(self._staff.supervisor, at, [("", fact) for fact in registered])


def _turns(
    planned: Sequence[Planned], begun: list[Activity], end: datetime, progress: Progress
) -> Iterator[None]:  # fmt: skip
    """One step of one activity after another, in the order of their instants, until the end.

    ``begun`` are activities that others have led to, taken up after each step.
    """
    waiting: list[tuple[datetime, int, Activity]] = []
    serial, clock, reached = count(), planned[0][0], 0
    while reached < len(planned) or waiting:
        if reached < len(planned) and (not waiting or planned[reached][0] <= waiting[0][0]):
            activity = planned[reached][1]()
            heappush(waiting, (next(activity), next(serial), activity))
            reached += 1
            if reached % 50 == 0:
                progress(reached, len(planned))
        else:
            at, _, activity = heappop(waiting)
            clock = max(clock, at)
            if clock > end:
                return
            with suppress(StopIteration):
                heappush(waiting, (activity.send(clock), next(serial), activity))
            for other in begun:
                heappush(waiting, (next(other), next(serial), other))
            begun.clear()
            yield
