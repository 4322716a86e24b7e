"""A branch of any size in a file: some months of it decided step by step, and the histories of those told again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from mesa_recuperacion.demo.names import Customers
from mesa_recuperacion.demo.office import Unwritable
from mesa_recuperacion.demo.stock import Step, Stock, stock_of
from mesa_recuperacion.demo.story import LEFT
from mesa_recuperacion.demo.telling import Persons, Told
from mesa_recuperacion.demo.texts import Texts, Worker
from mesa_recuperacion.demo.years import Names, People, Years
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import Funding, fund
from mesa_recuperacion.domain.ids import folio
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import digits_of
from mesa_recuperacion.store.bulk import Bulk, filling, journal_of
from mesa_recuperacion.store.store import Store

STOCK = 1_200
"""Cases that are decided step by step: enough that no two weeks are alike, few enough to be there soon."""
BUSY = 110
"""Cases a day that an agent of a busy branch takes: in calls of a minute or two, for a third of the day."""
_TEAM = 3
"""Agents of one team."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many cases, over which days, by how many teams."""

    cases: int
    since: date
    today: date
    teams: int


def teams(cases: int, days: int) -> int:
    """How many teams so many cases need in so many days, six of seven of which are open."""
    return max(1, -(-cases * 7 // (max(1, days) * 6 * _TEAM * BUSY)))


def colleagues(told: Texts, random: Random, count: int) -> tuple[Worker, ...]:
    """The agents of so many more teams."""
    names: dict[str, str] = {}
    taken = {worker.name for worker in told.workers} | {one.name for one in told.known()}
    while len(names) < count * _TEAM:
        name = f"{random.choice(told.firsts)} {random.choice(told.lasts)}"
        pin = f"{random.randrange(10**6):06}"
        if name not in taken and unfit(pin) is None:
            names.setdefault(name, pin)
    return tuple(Worker(name, "agent", pin) for name, pin in names.items())


def tell(
    store: Path,
    scratch: Path,
    told: Texts,
    random: Random,
    policy: Policy,
    wanted: Wanted,
    progress: Callable[[int], None],
) -> None:
    """Fill a store that was founded with what is told of the branch in the ``scratch`` file.

    ``progress`` is told how many cases there are.
    """
    team, everybody = _staff(scratch), _staff(store)
    people = _people(told, team, everybody, wanted.today)
    stock = _stock(scratch, frozenset(team), policy)
    writer = _Writer(random, policy)
    phones = {
        digits_of(fact.values[-1]) for step in stock.all.steps for fact in step.parts if fact.kind is f.PhoneNoted
    }
    customers = Customers(told, random, phones | {digits_of(one.phone) for one in told.known()})
    with filling(store) as connection:
        bulk = Bulk(connection)
        names = Names(writer.new_id, lambda: writer.next_folio(bulk.stream), customers)
        years = Years(stock, policy, people, names, random, wanted.since, wanted.today, wanted.cases)
        for n, (one, step) in enumerate(years.told()):
            writer.write(bulk, one, step)
            if n % 2000 == 0:
                progress(writer.cases)
        bulk.finish(lambda: progress(writer.cases))
    if writer.cases != wanted.cases:
        raise Unwritable(f"{writer.cases} cases instead of {wanted.cases}")


class _Writer:
    """Writes steps, funding each budget's period when it is first drawn on (rule B3)."""

    def __init__(self, random: Random, policy: Policy) -> None:
        self._ids, self._policy = Random(random.getrandbits(64)), policy
        self._funding: dict[str, Funding] = {}
        self._named = self.cases = 0

    def new_id(self) -> str:
        """The next identifier: in the order of the clock, so that what belongs together lies together."""
        self._named += 1
        return f"{self._named:010x}{self._ids.getrandbits(40):010x}"

    def next_folio(self, stream: str) -> str:
        """The folio of the next case."""
        self.cases += 1
        return folio(stream, self.cases)

    def write(self, bulk: Bulk, told: Told, step: Step) -> None:
        """Write a step of what is told."""
        at, facts = told.when(step), told.facts(step)
        granted = [("", fact) for _, drawn in facts if (fact := self._grant(drawn, at)) is not None]
        actor = told.persons[step.actor]
        bulk.append(command=self.new_id(), actor=actor, policy=step.policy, at=at, facts=[*granted, *facts])
        if step is told.history.steps[-1]:
            bulk.over(told.folios())

    def _grant(self, fact: f.Fact, at: datetime) -> f.Fact | None:
        if not isinstance(fact, f.CompensationReserved | f.BudgetAdjusted):
            return None
        funding, granted = fund(fact.person, self._funding.get(fact.person), self._policy, at)
        if funding.period != fact.period:
            raise Unwritable(f"{fact.period} is not the period of {at}")
        self._funding[fact.person] = funding
        return granted


def _staff(path: Path) -> tuple[str, ...]:
    """The references of everybody who works in a branch or did, in the order of their numbers."""
    store = Store.open(path)
    try:
        with store.reading() as now:
            return tuple(person.id for person in sorted(now.everybody(), key=lambda one: one.number))
    finally:
        store.close()


def _stock(path: Path, team: frozenset[str], policy: Policy) -> Stock:
    store = Store.open(path)
    try:
        founding, *rest = journal_of(store)
        return stock_of((one for one in rest if one.command != founding.command), team, policy.hours.zone)
    finally:
        store.close()


def _people(told: Texts, team: tuple[str, ...], everybody: tuple[str, ...], today: date) -> People:
    """Who takes whose part: in each lane three agents those of the three, and the last of them that of who left.

    Those whom the one who left hands a case to are the first two, so nobody is handed a case of their own.
    """
    own = dict(zip(team, everybody, strict=False))
    roles = [who for who, worker in zip(team, told.workers, strict=True) if worker.role == "agent" and not worker.left]
    former = next(who for who, worker in zip(team, told.workers, strict=True) if worker.left)
    supervisor = next(who for who, worker in zip(team, told.workers, strict=True) if worker.role == "supervisor")
    agents = (*(own[role] for role in roles), *everybody[len(team) :])
    lanes: list[Persons] = []
    for n in range(0, len(agents), _TEAM):
        three = agents[n : n + _TEAM]
        lanes.append(own | dict(zip(roles, three, strict=True)) | {former: three[-1]})
    left = today - timedelta(days=LEFT + 1)
    return People(own, tuple(lanes), agents, own[supervisor], own[former], left)
