"""Making an invented branch in a file: the same seed and the same instant make the same branch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
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
from mesa_recuperacion.demo.large import STOCK, Wanted, colleagues, teams, tell
from mesa_recuperacion.demo.learning import Learning
from mesa_recuperacion.demo.office import Office, Unwritable
from mesa_recuperacion.demo.story import Activity, Planned, Span, Staff
from mesa_recuperacion.demo.team import Team
from mesa_recuperacion.demo.texts import Texts, Worker
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import call_name, display_phone
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import customised, default_policy_text
from mesa_recuperacion.policy.load import read_policy, with_version
from mesa_recuperacion.service.branch import NewPerson, Plan, found
from mesa_recuperacion.service.hashing import Argon2, Hasher
from mesa_recuperacion.store.before import discard
from mesa_recuperacion.store.heard import Progress, unheard
from mesa_recuperacion.store.store import Store

CASES = 300
"""Cases of an ordinary demonstration: some months of a small branch."""
SMALL = 3_000
"""Cases up to which every step is decided; of more than that, histories are told again."""
MOST = 10_000_000
"""Cases of the largest branch."""
BYTES = 11_000
"""What one case takes in the file, the indexes included."""
AT_ONCE = 4000
"""Steps of one transaction: few and large, for each commit waits for the disk."""
IMPORTED = 12
"""Customers who are on file and have never complained."""
_EACH = 4
"""A case that is decided takes as long as so many that are told again."""
_RESERVED = 60
"""Cases a week for which the shipped reserve is enough."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The branch that was made: number and PIN of everybody who is told of, and how many cases there are.

    The colleagues that a busy branch has beside them are not told of.
    """

    pins: tuple[tuple[int, str], ...]
    cases: int


def pins(language: str) -> tuple[tuple[int, str], ...]:
    """Number and PIN of everybody who works in the invented branch."""
    return _pins(texts(language))


def _pins(told: Texts) -> tuple[tuple[int, str], ...]:
    return tuple((number, worker.pin) for number, worker in enumerate(told.workers, 1) if not worker.left)


def prepare(
    path: Path, *, now: datetime, seed: int = 1, cases: int = CASES, language: str = "es",
    progress: Progress = unheard, hasher: Hasher | None = None,
) -> Prepared:  # fmt: skip
    """Make an invented branch in a new file.

    ``now`` is aware; everything happened before it.  Raises the store's errors, ``StoreExists`` among them.
    """
    told, random, hashing = texts(language), Random(seed), hasher or Argon2()
    today = now.astimezone(ZoneInfo(told.zone)).date()
    since = first_day(today, cases)
    branch = _Plan(path, told, random, language, now, hashing)
    if cases <= SMALL:
        return branch.live(cases, since, (_factor(cases, (today - since).days), 1), progress)
    return branch.tell(cases, since, seed, progress)


class _Plan:
    """What is the same of a branch that is lived through and of one that is told."""

    def __init__(
        self, path: Path, told: Texts, random: Random, language: str, now: datetime, hasher: Hasher
    ) -> None:  # fmt: skip
        self._path, self._told, self._random, self._language, self._now = path, told, random, language, now
        self._hasher = hasher
        self._zone = ZoneInfo(told.zone)
        self._today = now.astimezone(self._zone).date()

    def live(self, cases: int, since: date, limits: tuple[int, int], progress: Progress) -> Prepared:
        """Decide every step."""
        texts, told, now = self._texts(limits), self._told, self._now
        policies = tuple(with_version(_read(text, self._language), n) for n, text in enumerate(texts, 1))
        office = Office(policies[0], self._random)
        store = Store.create(self._path)
        try:
            self._found(store, told.workers, since, texts[0], office.new_id)
            span = Span(now, at_local(self._today + timedelta(days=1), time(0), self._zone))
            return _Branch(store, office, told, span).live(since, cases, progress, policies[1], texts[1])
        finally:
            store.close()

    def tell(self, cases: int, since: date, seed: int, progress: Progress) -> Prepared:
        """Decide every step of a few, and tell those again."""
        days = (self._today - since).days
        wanted = Wanted(cases, since, self._today, teams(cases, days))
        limits = _factor(cases, days, wanted.teams), -(-cases * 7 // (_RESERVED * days))
        text = self._texts(limits)[0]
        policy = with_version(_read(text, self._language), 1)
        workers = self._told.workers + colleagues(self._told, self._random, wanted.teams - 1)
        scratch = self._path.with_name(f"{self._path.name}.stock")
        few = max(STOCK, min(SMALL, cases // 100))
        total = cases + _EACH * few

        def far(work: int) -> None:
            progress(cases * work // total, cases)

        store = Store.create(self._path)
        try:
            self._found(store, workers, since, text, Office(policy, self._random).new_id)
        finally:
            store.close()
        try:
            again = Random(seed)
            small = _Plan(scratch, self._told, again, self._language, self._now, Argon2(memory_kib=64))
            small.live(few, first_day(self._today, few), limits, lambda done, most: far(_EACH * few * done // most))
            tell(self._path, scratch, self._told, self._random, policy, wanted, lambda done: far(_EACH * few + done))
        finally:
            discard(scratch)
        progress(cases, cases)
        return Prepared(_pins(self._told), cases)

    def _texts(self, limits: tuple[int, int]) -> tuple[str, str]:
        """The policy that the branch began with, and the one that is in force."""
        in_force = policy_text(self._language, self._told, self._now, *limits)
        return before(in_force), in_force

    def _found(self, store: Store, workers: Sequence[Worker], since: date, policy: str, new_id: NewId) -> None:
        told = self._told
        opening = at_local(since - timedelta(days=1), time(10), self._zone)
        people = tuple(NewPerson(w.name, w.role, w.pin) for w in workers)
        currency = _read(policy, self._language).currency
        plan = Plan(
            "CEN", told.branch_name, told.business, 1, currency, told.zone, self._language, people, policy
        )  # fmt: skip
        refusal = found(store, plan, clock=FixedClock(opening), new_id=new_id, hasher=self._hasher)
        if refusal is not None:
            raise Unwritable(repr(refusal))


def policy_text(language: str, told: Texts, now: datetime, factor: int = 1, reserve: int = 1) -> str:
    """The shipped policy, open now, with a budget for ``factor`` times the usual calls, the reserve so many times what
    it is, and what is new in it.

    Whoever tries the desk on a Sunday or at night finds an open branch: then today's hours are the whole day.
    """
    text = customised(default_policy_text(language), title=told.business, zone=told.zone)
    text = _changed(text, "news = []", f"news = {json.dumps([told.news], ensure_ascii=False)}")
    policy = _read(text, language)
    if factor > 1:
        text = customised(text, budget=Money(policy.budget.minor * factor, policy.currency))
    if reserve > 1:
        text = customised(text, reserve=Money(policy.reserve.minor * reserve, policy.currency))
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


def _factor(cases: int, days: int, teams: int = 1) -> int:
    """How many times the usual budget so many calls need: three agents a team, about nine calls a week each."""
    return max(1, -(-cases * 7 // (3 * teams * 9 * max(1, days))))


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
