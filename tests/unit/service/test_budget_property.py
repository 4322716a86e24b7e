"""B3, B5, C4, E1: what holds on a real file after any sequence of commands of three people, each sent twice."""

from __future__ import annotations

import shutil
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import given, settings
from sqlalchemy import select

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.parts import OPEN, SUPERVISION
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.views import Adjustment, Person
from mesa_recuperacion.service.desk import Executed
from mesa_recuperacion.service.override import Override
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review import budgets, whys
from mesa_recuperacion.store.tables import budget
from mesa_recuperacion.store.verify import verify
from tests.desk import ANA, BRUNO, CARLA, NOW, branch, journal
from tests.moves import MADE, Move, Turn, asker, chosen, scripts, seconds
from tests.unit.service.conftest import Site

FAR = NOW + timedelta(days=4000)
"""Later than anything that is owed."""

PINS = {1: ANA, 2: BRUNO, 3: CARLA}


class Office:
    """Three people at their desks, and what they have opened so far."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.people: dict[str, Person] = {(x := site.person(n)).id: x for n in PINS}
        self.desks = {who: site.desk(person.number) for who, person in self.people.items()}
        self.cases: list[str] = []
        self.sent = count(1)

    def states(self) -> list[CaseState]:
        """Every case, as its facts add up."""
        with self.site.store.reading() as tx:
            states = [replay(tx.entries(case)) for case in self.cases]
            assert states == [tx.case_state(case) for case in self.cases]
        assert None not in states
        return [state for state in states if state is not None]

    def length(self) -> int:
        """How many facts were asked for; that the clock was put back is recorded whatever else is refused."""
        with self.site.store.reading() as tx:
            return sum(not isinstance(entry.fact, f.ClockJumped) for entry in journal(tx))

    def execute(self, command: c.Command, actor: str, sent: str) -> Executed | Refusal:
        """Ask it at somebody's desk; an authorisation with the supervisor's PIN."""
        if isinstance(command, c.ForgetCustomer):  # once it is signed
            return self.desks[actor].forget(command.customer, sent)
        if not isinstance(command, c.AuthoriseException):
            return self.desks[actor].execute(command, sent)
        number = self.people[command.by].number if command.by in self.people else 1
        asked = Override(command.case, command.compensation, command.amount, command.reason, number, PINS[number])
        return self.desks[actor].authorise(asked, self.site.people, sent)

    def move(self, move: Move) -> None:
        """One move; what was refused is not recorded, and what is sent twice is done once."""
        kind, where, number, who = move
        if kind is None:
            self.site.clock.advance(seconds(number))
            return
        states = self.states()
        kind, state = chosen(kind, states, where, number)
        with self.site.store.reading() as tx:
            items = [x.id for x in (*tx.suggestions(), *(y for p in self.people for y in tx.news(p)))]
            analyses = whys.running(tx, 9)
            items += [x.id for x in analyses]
            policy = self.site.policies.in_force(tx, self.site.clock.now())
            made = (change for p in (*self.people, RESERVE) for change in self._changes(tx, p))
            adjustments = sorted(made, key=lambda change: change.seq)
            staff = tx.everybody()
        customers = list(dict.fromkeys(state.customer for state in states))
        turn = Turn(number, self.site.clock.now(), policy, state, customers, staff, items, analyses, adjustments)
        command, actor = MADE[kind](turn), asker(kind, turn, who)
        before, sent = self.length(), f"turn-{next(self.sent)}"
        first = self.execute(command, actor, sent)
        after = self.length()
        if isinstance(first, Refusal):
            assert after == before
            return
        if isinstance(command, c.OpenCase):
            assert first.file is not None
            self.cases.append(first.file.state.folio)
        if after > before:
            assert self.execute(command, actor, sent) == first
            assert self.length() == after

    def _changes(self, tx: Reading, person: str) -> tuple[Adjustment, ...]:
        latest = tx.budget(person)
        return () if latest is None else budgets.changes(tx, person, latest[0].period, 9)

    def assert_books(self) -> None:
        """Budgets are what gestures cost, and nobody who has an open case waits in silence."""
        states = self.states()
        with self.site.store.reading() as tx:
            owed = [x.id for who in (SUPERVISION, *self.people) for x in tx.agenda(who, FAR)]
        paid = 0
        with self.site.store.read_transaction() as connection:
            for row in connection.core.execute(select(budget)):
                assert min(row.funded - row.reserved - row.spent, row.reserved, row.spent) >= 0
                paid += row.reserved + row.spent
        assert paid == sum(state.given_minor() for state in states)
        assert all(state.next_contact() is not None for state in states if state.status in OPEN)
        returns = {u.id for state in states for u in state.follow_ups if u.purpose == "return"}
        wishes = {s.wish.id for s in states if s.wish is not None and s.wish.status == "pending"}
        assert set(owed) == {x.id for state in states for x in state.waiting()} - returns | wishes


def assert_authorised(site: Site) -> None:
    """Whatever the reserve paid was authorised by a supervisor with that very command, at least as much, and once."""
    with site.store.reading() as tx:
        entries = journal(tx)
    supervisors = {
        fact.person
        for fact in (entry.fact for entry in entries)
        if isinstance(fact, f.PersonAdded | f.RoleChanged) and fact.role == "supervisor"
    }
    paid = [
        entry for entry in entries if isinstance(entry.fact, f.CompensationReserved) and entry.fact.person == RESERVE
    ]
    assert len({entry.command for entry in paid}) == len(paid)
    for entry in paid:
        assert isinstance(entry.fact, f.CompensationReserved)
        (said,) = (x for x in entries if x.command == entry.command and isinstance(x.fact, f.ExceptionAuthorised))
        assert isinstance(said.fact, f.ExceptionAuthorised)
        assert (said.case, said.at, said.fact.compensation) == (entry.case, entry.at, entry.fact.compensation)
        assert entry.fact.amount.minor <= said.fact.amount.minor
        assert said.fact.by in supervisors
        at_desk = said.fact.by != said.actor
        assert not at_desk or entry.fact.amount == said.fact.amount


@settings(max_examples=8, deadline=None)
@given(scripts(40))
def test_b3_b4_whatever_three_people_do_the_file_balances(script: list[Move]) -> None:
    folder = Path(mkdtemp(prefix="mesa-books-"))
    site = Site(branch(folder))
    try:
        office = Office(site)
        for move in script:
            office.move(move)
            office.assert_books()
        assert_authorised(site)
        assert verify(site.store).sound
    finally:
        site.store.close()
    shutil.rmtree(folder)
