"""Years of a busy branch, a day at a time: the histories of its stock told again, each on a day like its own."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from mesa_recuperacion.demo.days import opening, windows
from mesa_recuperacion.demo.names import Customers
from mesa_recuperacion.demo.office import Unwritable
from mesa_recuperacion.demo.stock import History, Part, Step, Stock
from mesa_recuperacion.demo.telling import Persons, Somebody, Told, later
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.hours import Hours
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Policy

_TRIES = 12
"""Histories that are looked at for a place in a day: one finds the agent in a call, another the budget spent."""
_DAY = timedelta(days=1)
_STEP = timedelta(minutes=30)
"""What is promised falls due on the hour or half past, and still does some of these earlier or later."""
_FAR = timedelta(hours=11)
"""Less than would take noon to another day."""
_NONE = timedelta(0)
_NOBODY = Somebody("", "")


@dataclass(frozen=True, slots=True)
class People:
    """Who takes whose part: ``team`` that of the stock itself, ``lanes`` each of the teams where it is told again.

    ``agents`` are all who take calls today, ``former`` who left: in what is over on the day ``left`` or later, a lane
    has somebody else for them.
    """

    team: Persons
    lanes: tuple[Persons, ...]
    agents: tuple[str, ...]
    supervisor: str
    former: str
    left: date


@dataclass(frozen=True, slots=True)
class Names:
    """Where everything new gets its name."""

    new_id: Callable[[], str]
    folio: Callable[[], str]
    customers: Customers


@dataclass(frozen=True, slots=True)
class _Room:
    """A history, and where it has room: it begins on the day ``begins`` and ends so many ``days`` later.

    ``days_open`` has a moment of each of its days on which the branch is open.  It may be told from so many half hours
    ``earlier`` (negative) to so many ``later``: then all of it is still while the branch is open.
    """

    history: History
    begins: date
    days: int
    days_open: tuple[datetime, ...]
    earlier: int
    later: int


def _room(history: History, hours: Hours) -> _Room:
    earlier, later_by = -_FAR, _FAR
    days_open: dict[date, datetime] = {}
    called = {moment for call in history.calls for moment in (call.begin, call.end)}
    for moment in history.moments:
        day = moment.date()
        open_then = windows(hours, day) if moment in called else hours.windows_on(day)
        found = [one for one in open_then if one[0] <= moment.time() <= one[1]]
        if not found:  # what is outside the hours stays where it was
            earlier, later_by = max(earlier, _NONE), min(later_by, _NONE)
            continue
        days_open.setdefault(day, moment)
        opens, closes = (datetime.combine(day, edge) for edge in found[0])
        earlier, later_by = max(earlier, opens - moment), min(later_by, closes - moment)
    begins = history.begin.date()
    days = (history.end.date() - begins).days
    return _Room(history, begins, days, tuple(days_open.values()), -(-earlier // _STEP), later_by // _STEP)


class Years:
    """So many ``cases`` from a day until now, those of the stock's own months included."""

    def __init__(
        self, stock: Stock, policy: Policy, people: People, names: Names, random: Random,
        since: date, today: date, cases: int,
    ) -> None:  # fmt: skip
        self._stock, self._policy, self._people, self._names = stock, policy, people, names
        self._random, self._hours, self._zone = random, policy.hours, policy.hours.zone
        self._since, self._today, self._cases = since, today, cases
        self._open: dict[date, bool] = {}
        self._spent: Counter[tuple[str, str]] = Counter()
        self._busy: defaultdict[date, dict[str, list[tuple[datetime, datetime]]]] = defaultdict(dict)
        self._pools: dict[int, list[_Room]] = {weekday: [] for weekday in range(7)}
        for room in sorted((_room(one, policy.hours) for one in stock.settled), key=lambda one: one.days):
            self._pools[room.begins.weekday()].append(room)
        self._days = {weekday: [one.days for one in pool] for weekday, pool in self._pools.items()}
        self._own = self._told(stock.all, timedelta(0), people.team, _NOBODY)
        self._take(stock.all, timedelta(0), people.team)
        self._waiting: list[tuple[datetime, int, Told, int]] = []
        self._serial = count()
        self._last = self._last_day()

    def told(self) -> Iterator[tuple[Told, Step]]:
        """Every step of every history, in the order of the clock."""
        self._begin(self._own)
        quotas, told = self._quotas(), 0
        for n in range((self._today - self._since).days):
            day = self._since + n * _DAY
            for begun in self._mornings(day, first=n == 0):
                self._begin(begun)
            while told < quotas.get(day, 0) and (new := self._new(day, quotas[day] - told)) is not None:
                told += len(new.history.folios)
                self._begin(new)
            yield from self._until(day + _DAY)
            self._busy.pop(day, None)
        yield from self._until(None)

    # ------------------------------------------------------------------------------------------- what is told, and when

    def _begin(self, told: Told) -> None:
        heappush(self._waiting, (told.when(told.history.steps[0]), next(self._serial), told, 0))

    def _until(self, day: date | None) -> Iterator[tuple[Told, Step]]:
        """What happens before a day begins; ``None``: what is left."""
        end = None if day is None else datetime(day.year, day.month, day.day, tzinfo=self._zone)
        waiting = self._waiting
        while waiting and (end is None or waiting[0][0] < end):
            _, _, told, n = heappop(waiting)
            steps = told.history.steps
            yield told, steps[n]
            if n + 1 < len(steps):
                heappush(waiting, (told.when(steps[n + 1]), next(self._serial), told, n + 1))

    def _told(self, history: History, later_by: timedelta, persons: Persons, who: Somebody) -> Told:
        names = self._names
        return Told(history, self._zone, by=later_by, persons=persons, who=who, new_id=names.new_id, folio=names.folio)

    def _quotas(self) -> dict[date, int]:
        """How many cases are told by the end of each day, the stock's own not counted: as many every open day."""
        last = self._last
        days = [self._since + n * _DAY for n in range((last - self._since).days + 1)]
        days = [day for day in days if windows(self._hours, day) and self._pools[day.weekday()]]
        own = Counter(
            step.at.date() for step in self._stock.all.steps for part in step.parts if part.kind is f.CaseOpened
        )
        more = self._cases - own.total()
        quotas: dict[date, int] = {}
        most = 0
        seen = sum(n for day, n in own.items() if day < days[0])
        for n, day in enumerate(days, 1):
            seen += own[day]
            most = max(most, min(more, self._cases * n // len(days) - seen))
            quotas[day] = most
        quotas[last] = more
        return quotas

    def _last_day(self) -> date:
        """The last day on which something can begin that is over today."""
        for ago in range(1, (self._today - self._since).days):
            day = self._today - ago * _DAY
            if windows(self._hours, day) and self._quiet(day):
                return day
        raise Unwritable("no history is short enough")

    def _mornings(self, day: date, *, first: bool) -> Iterator[Told]:
        """Who comes in; on the first day they read the policy.  Of the stock's own months, the stock tells."""
        begin = opening(self._hours, day)
        if begin is None:
            return
        local = begin.astimezone(self._zone).replace(tzinfo=None)
        own, people = day >= self._stock.all.begin.date(), self._people
        team = {*people.team.values()}
        for who in (*people.agents, people.supervisor, people.former):
            if not (own and who in team):
                at = local - timedelta(seconds=self._random.randint(30, 500))
                yield self._one(at, who, f.SignedIn(who))
            if first and who != people.supervisor:
                yield self._one(local - timedelta(seconds=20), who, f.PolicyAcknowledged(who, 1))

    def _one(self, at: datetime, actor: str, fact: f.Fact) -> Told:
        part = Part(type(fact), None, tuple(getattr(fact, one.name) for one in fields(fact)), ())
        history = History((Step(at, actor, 1, (part,)),))
        return self._told(history, timedelta(0), {actor: actor}, _NOBODY)

    # ----------------------------------------------------------------------------------------------- what finds a place

    def _new(self, day: date, most: int) -> Told | None:
        """A history that begins on a day and has at most so many cases; ``None`` if none is found."""
        weekday = day.weekday()
        pool = self._pools[weekday]
        fit = bisect_right(self._days[weekday], (self._today - day).days - 1)
        for _ in range(_TRIES if fit else 0):
            room = pool[int(self._random.random() * fit)]
            by = day - room.begins + _STEP * self._random.randint(room.earlier, room.later)
            persons = self._persons(room, day)
            if len(room.history.folios) <= most and self._fits(room, by, persons):
                return self._placed(room.history, by, persons)
        if day < self._last:
            return None
        room = self._random.choice(self._quiet(day))
        return self._placed(room.history, day - room.begins, self._persons(room, day))

    def _quiet(self, day: date) -> list[_Room]:
        """What can always begin on a day: one case that costs nothing and is over in time."""
        most = (self._today - day).days - 1
        pool = self._pools[day.weekday()]
        return [one for one in pool if one.days <= most and len(one.history.folios) == 1 and not one.history.spends]

    def _placed(self, history: History, by: timedelta, persons: Persons) -> Told:
        self._take(history, by, persons)
        return self._told(history, by, persons, self._names.customers.next())

    def _persons(self, room: _Room, day: date) -> Persons:
        people = self._people
        n = int(self._random.random() * len(people.lanes))
        still = n == 0 and day + room.days * _DAY < people.left
        return people.team if still else people.lanes[n]

    def _fits(self, room: _Room, by: timedelta, persons: Persons) -> bool:
        """Whether the branch is open then, nobody is in another call, and the budgets have what is given."""
        if not all(self._is_open((moment + by).date()) for moment in room.days_open):
            return False
        for call in room.history.calls:
            begin, end = call.begin + by, call.end + by
            taken = self._busy[begin.date()].get(persons[call.person], ())
            if any(begin < ends and begins < end for begins, ends in taken):
                return False
        wanted = self._wanted(room.history, by, persons)
        return all(self._spent[key] + minor <= self._granted(key[0]).minor for key, minor in wanted.items())

    def _is_open(self, day: date) -> bool:
        known = self._open.get(day)
        if known is None:
            known = self._open[day] = bool(windows(self._hours, day))
        return known

    def _take(self, history: History, by: timedelta, persons: Persons) -> None:
        for call in history.calls:
            begin, end = call.begin + by, call.end + by
            self._busy[begin.date()].setdefault(persons[call.person], []).append((begin, end))
        self._spent.update(self._wanted(history, by, persons))

    def _wanted(self, history: History, by: timedelta, persons: Persons) -> Counter[tuple[str, str]]:
        """What a history takes from whose budget of which period."""
        wanted: Counter[tuple[str, str]] = Counter()
        for person, at, minor in history.spends:
            period = later(_week(at), by, self._zone)
            wanted[persons.get(person, RESERVE), period] += minor
        return wanted

    def _granted(self, person: str) -> Money:
        return self._policy.reserve if person == RESERVE else self._policy.budget


def _week(at: datetime) -> str:
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02}"
