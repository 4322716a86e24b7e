"""A branch in memory, for properties: the real decisions and states, and the budgets added up beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.analysis import Analysis, AnalysisFact, Measured, follow
from mesa_recuperacion.domain.budget import RESERVE, Funding, fund
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.command import decide
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.decide.forget import decide_forget
from mesa_recuperacion.domain.decide.repeats import placed
from mesa_recuperacion.domain.decide.staff import Placed, decide_staff
from mesa_recuperacion.domain.evolve import evolve
from mesa_recuperacion.domain.ids import folio
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import FollowUp, Promise
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import NoLongerHere, Refusal
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.views import Adjustment, Card, Person, SuggestionItem
from tests.desk import NOW, shipped
from tests.purse import Purse
from tests.roster import Roster

TEAM = (Person("ana", 1, "Ana Torres", "agent"), Person("bruno", 2, "Bruno Díaz", "agent"),
        Person("carla", 3, "Carla Vega", "supervisor"), Person("diego", 4, "Diego Paz", "supervisor"))  # fmt: skip


def _unsatisfied(state: CaseState) -> bool:
    answers = (u.status for u in state.follow_ups)
    return state.satisfied is False or "not_satisfied" in answers


@dataclass
class Ledger(Roster):
    """Cases, budgets, customers' cards and what the team reads, and nothing else.

    ``joined`` says which card each was merged into; a card is read as the last of that chain.
    """

    policy: Policy = field(default_factory=shipped)
    now: datetime = NOW
    entries: list[f.Entry] = field(default_factory=list)
    cases: dict[str, CaseState] = field(default_factory=dict)
    purses: dict[tuple[str, str], Purse] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=lambda: {p.id: p for p in TEAM})
    suggestions: dict[str, SuggestionItem] = field(default_factory=dict)
    to_read: set[tuple[str, str]] = field(default_factory=set)
    read: dict[str, int] = field(default_factory=dict)
    analyses: dict[str, Analysis] = field(default_factory=dict)
    adjustments: dict[str, Adjustment] = field(default_factory=dict)
    opened: list[tuple[str, datetime, str]] = field(default_factory=list)
    fresh: count[int] = field(default_factory=count)

    def wait(self, seconds: float) -> None:
        """Time goes by, or back."""
        self.now += timedelta(seconds=seconds)

    def do(self, command: c.Command, actor: str = "ana") -> Decision:
        """Decide, and if it was not refused, record."""
        if isinstance(command, c.StaffCommand | c.ForgetCustomer):
            return self._do_staff(command, actor)
        named = command.case if isinstance(command, c.CaseCommand) else ""
        _, granted = fund(actor, self._latest(actor), self.policy, self.now)
        _, replenished = fund(RESERVE, self._latest(RESERVE), self.policy, self.now)
        decision = self.decided(command, actor)
        if isinstance(decision, Refusal):
            return decision
        case = folio("CEN-1", len(self.cases) + 1) if isinstance(command, c.OpenCase) else named
        spends = any(isinstance(fact, f.CompensationReserved) and fact.person == RESERVE for fact in decision)
        for fact in (*((granted,) if granted else ()), *((replenished,) if replenished and spends else ())):
            self._record(fact, "", actor)
        for where, fact in placed(case, decision, self.cases.get(case)):
            self._record(fact, where, actor)
        return decision

    def _do_staff(self, command: c.StaffCommand | c.ForgetCustomer, actor: str) -> Decision:
        placed = self.placed(command, actor)
        if isinstance(placed, Refusal):
            return placed
        for case, fact in placed:
            self._record(fact, case, actor)
        return tuple(fact for _, fact in placed)

    def placed(self, command: c.StaffCommand | c.ForgetCustomer, actor: str) -> Placed | Refusal:
        """What a command about people or budgets leads to, and in which cases, without recording it."""
        if self.is_gone(actor):
            return NoLongerHere()
        funding, _ = fund(actor, self._latest(actor), self.policy, self.now)
        reserve, _ = fund(RESERVE, self._latest(RESERVE), self.policy, self.now)
        if isinstance(command, c.ForgetCustomer):
            return decide_forget(command, self, supervisor=actor in self.supervisors())
        return decide_staff(command, self._context(actor, funding, reserve), self)

    def is_gone(self, person: str) -> bool:
        """Whether somebody worked here and no longer does: the desk refuses them everything."""
        return person in self.people and self.people[person].retired

    def decided(self, command: c.Command, actor: str = "ana") -> Decision:
        """What a command leads to, without recording it."""
        if isinstance(command, c.StaffCommand | c.ForgetCustomer):
            placed = self.placed(command, actor)
            return placed if isinstance(placed, Refusal) else tuple(fact for _, fact in placed)
        if self.is_gone(actor):
            return NoLongerHere()
        named = command.case if isinstance(command, c.CaseCommand) else ""
        funding, _ = fund(actor, self._latest(actor), self.policy, self.now)
        reserve, _ = fund(RESERVE, self._latest(RESERVE), self.policy, self.now)
        return decide(command, self.cases.get(named), self._context(actor, funding, reserve))

    def open(self, name: str = "Marta Ruiz", actor: str = "ana", **known: str) -> str:
        """Open a case; answers its folio."""
        command = c.OpenCase(self.now, **known) if known else c.OpenCase(self.now, name=name)
        assert isinstance(self.do(command, actor), tuple)
        return list(self.cases)[-1]

    def run(self, *commands: c.Command, actor: str = "ana") -> None:
        """Commands none of which is refused."""
        for command in commands:
            decision = self.do(command, actor)
            assert isinstance(decision, tuple), (command, decision)

    def purse(self, person: str = "ana") -> Purse:
        """The money of somebody, or of the reserve, in the only period that was funded."""
        (only,) = (purse for (who, _), purse in self.purses.items() if who == person)
        return only

    def standard(self, case: str, compensation: str = "voucher") -> None:
        """The steps of a standard call, up to the closing."""
        self.run(
            c.SayStep(case, "apologise"), c.IdentifyProblem(case, "missing_product"),
            c.ChooseRemedy(case, self.policy.problems[2].remedies[0].code), c.GrantCompensation(case, compensation),
            c.MakePromise(case, self.now + timedelta(hours=18)), c.ScheduleFollowUp(case, "5512340078"),
        )  # fmt: skip

    def of(self, case: str) -> list[f.Entry]:
        """The entries of a case."""
        return [entry for entry in self.entries if entry.case == case]

    def kinds(self, case: str) -> list[str]:
        """The kinds of the facts of a case, in order."""
        return [entry.fact.kind for entry in self.of(case)]

    def _latest(self, actor: str) -> Funding | None:
        mine = [(purse.ends_at, period) for (person, period), purse in self.purses.items() if person == actor]
        if not mine:
            return None
        ends_at, period = max(mine)
        left = Money(self.purses[actor, period].left, self.policy.currency)
        return Funding(actor, period, left, ends_at)

    def _context(self, actor: str, funding: Funding, reserve: Funding) -> Context:
        return Context(
            now=self.now, actor=actor, policy=self.policy, funding=funding, reserve=reserve,
            new_id=lambda: f"id-{next(self.fresh)}", branch=self,
            supervisor=actor in self.people and self.people[actor].role == "supervisor",
        )  # fmt: skip

    # ------------------------------------------------------------------------------------ what a decision may know

    def card(self, customer: str) -> Card | None:
        """A customer's card."""
        return self.cards.get(customer)

    def read_as_one(self, customer: str) -> tuple[Card, ...]:
        """The cards of one person."""
        if customer not in self.cards:
            return ()
        root = self.cards[customer].merged_into or customer
        return (self.cards[root], *(card for card in self.cards.values() if card.merged_into == root))

    def cases_of(self, people: Iterable[str]) -> tuple[str, ...]:
        """Their cases, in order."""
        theirs = [self.cases[case] for who, _, case in self.opened if who in set(people)]
        return tuple(state.folio for state in theirs if state.status != "withdrawn")

    def _cases(self, customer: str, since: datetime) -> list[CaseState]:
        known = self.cards.get(customer)
        root = (known.merged_into if known else "") or customer
        same = {root, *(x.id for x in self.cards.values() if x.merged_into == root)}
        states = [self.cases[case] for who, at, case in self.opened if who in same and at >= since]
        return [state for state in states if state.status != "withdrawn"]

    def complaints(self, customer: str, since: datetime) -> int:
        """Their cases since then."""
        return len(self._cases(customer, since))

    def problems(self, customer: str, since: datetime) -> tuple[str, ...]:
        """The problems of those."""
        return tuple(state.problem for state in self._cases(customer, since) if state.problem)

    def alike(self, customer: str, problem: str, since: datetime, most: int) -> tuple[str, ...]:
        """Which of those are about a problem, the latest first."""
        same = [state.folio for state in self._cases(customer, since) if state.problem == problem]
        return tuple(reversed(same))[:most]

    def signs(self, customer: str, since: datetime) -> tuple[int, int]:
        """Of those, with a promise broken, and with a customer who was not satisfied."""
        cases = self._cases(customer, since)
        return sum(any(p.status == "broken" for p in s.promises) for s in cases), sum(_unsatisfied(s) for s in cases)

    def retaining(self, customer: str) -> bool:
        """Whether they are to be called already."""
        everything = (u for s in self._cases(customer, datetime.min.replace(tzinfo=UTC)) for u in s.follow_ups)
        return any(u.purpose == "retain" and u.status == "pending" for u in everything)

    def person(self, person: str) -> Person | None:
        """Who works here."""
        return None if self.is_gone(person) else self.people.get(person)

    def suggestion(self, suggestion: str) -> SuggestionItem | None:
        """One that waits for its answer."""
        return self.suggestions.get(suggestion)

    def unread(self, person: str, item: str) -> bool:
        """Whether that is to be read by them."""
        return (person, item) in self.to_read

    def acknowledged(self, person: str) -> int:
        """The latest version they have acknowledged."""
        return self.read.get(person, 0)

    def analysis(self, analysis: str) -> Analysis | None:
        """One, over or not."""
        return self.analyses.get(analysis)

    def measured(self, behind: Behind) -> Measured:
        """The closed cases; of some that are named, those."""
        closed = [state for state in self.cases.values() if state.first_closed_at is not None]
        some = [state for state in closed if not behind.folios or state.folio in behind.folios]
        late = sum(state.first_elapsed > state.first_standard for state in some)
        return Measured(len(some), len(closed), late, 0, tuple(sorted({state.problem for state in some})))

    def _record(self, fact: f.Fact, case: str, actor: str) -> None:
        entry = f.Entry("CEN-1", len(self.entries) + 1, self.now, actor, 1, "command", case, fact)
        self.entries.append(entry)
        if case:
            self.cases[case] = evolve(self.cases.get(case), entry)
        self._money(fact)
        self._staff(fact)
        self._team(fact)
        self._card(fact, case)

    def _card(self, fact: f.Fact, case: str) -> None:
        match fact:
            case f.CaseOpened(customer):
                self.opened.append((customer, self.now, case))
            case f.CustomerRegistered(customer, name, call_name, phone):
                self.cards[customer] = Card(customer, name, call_name, phone)
            case f.PhoneNoted(customer, phone):
                self.cards[customer] = replace(self.cards[customer], phone=phone)
            case f.CustomerNamed(customer, name, call_name):
                self.cards[customer] = replace(self.cards[customer], name=name, call_name=call_name)
            case f.CustomersMerged(customer, merged):
                self.joined[merged] = customer
            case f.MergeUndone(_, merged):
                del self.joined[merged]
            case f.CustomerForgotten(customer):
                nameless = replace(self.cards[customer], name="", call_name="", phone="", forgotten=True)
                self.cards[customer] = nameless
        self.cards = {who: replace(card, merged_into=self._root(who)) for who, card in self.cards.items()}

    def _root(self, customer: str) -> str:
        root = customer
        while root in self.joined:
            root = self.joined[root]
        return "" if root == customer else root

    def _team(self, fact: f.Fact) -> None:
        match fact:
            case _ if isinstance(fact, AnalysisFact):
                entry = self.entries[-1]
                self.analyses[fact.analysis] = follow(self.analyses.get(fact.analysis), entry, fact)
            case f.SuggestionMade(suggestion, person, text):
                self.suggestions[suggestion] = SuggestionItem(suggestion, person, person, text, self.now)
            case f.SuggestionAnswered(suggestion):
                self.to_read.add((self.suggestions.pop(suggestion).person, suggestion))
            case f.PraiseGiven(praise, person):
                self.to_read.add((person, praise))
            case f.NewsRead(person, item):
                self.to_read.discard((person, item))
            case f.PolicyAcknowledged(person, number):
                self.read[person] = number

    def _staff(self, fact: f.Fact) -> None:
        match fact:
            case f.PersonRenamed(person, name):
                self.people[person] = replace(self.people[person], name=name)
            case f.RoleChanged(person, role):
                self.people[person] = replace(self.people[person], role=role)
            case f.PersonRetired(person):
                self.people[person] = replace(self.people[person], retired=True)
            case f.PersonReturned(person):
                self.people[person] = replace(self.people[person], retired=False)
            case f.BudgetAdjusted(adjustment, person, period, amount, reason, undoes):
                entry = self.entries[-1]
                self.adjustments[adjustment] = Adjustment(
                    adjustment, person, period, amount, entry.actor, entry.at, entry.seq, reason, undoes, undone=False
                )
                if undoes:
                    self.adjustments[undoes] = replace(self.adjustments[undoes], undone=True)

    def _money(self, fact: f.Fact) -> None:
        match fact:
            case f.BudgetAdjusted(_, person, period, amount):
                self._move(person, period, funded=amount.minor)
            case f.BudgetFunded(person, period, amount, ends_at):
                assert (person, period) not in self.purses, "a period is funded once"
                self.purses[person, period] = Purse(amount.minor, ends_at)
            case f.CompensationReserved(_, amount, person, period):
                self._move(person, period, reserved=amount.minor)
            case f.CompensationReleased(amount, person, period):
                self._move(person, period, reserved=-amount.minor)
            case f.CompensationDelivered(amount, person, period):
                self._move(person, period, reserved=-amount.minor, spent=amount.minor)
            case f.CompensationReturned(amount, person, period):
                self._move(person, period, reserved=amount.minor, spent=-amount.minor)

    def _move(self, person: str, period: str, *, funded: int = 0, reserved: int = 0, spent: int = 0) -> None:
        purse = self.purses[person, period]
        purse.funded += funded
        purse.reserved += reserved
        purse.spent += spent
        assert purse.reserved >= 0
        assert purse.spent >= 0
        assert purse.left >= 0, "overspent"


def promise_of(state: CaseState) -> Promise:
    """The promise that stands in a case that has one."""
    promise = state.promise()
    assert promise is not None
    return promise


def asked_of(state: CaseState) -> FollowUp:
    """The verifying follow-up of a case that has one."""
    asked = state.follow_up()
    assert asked is not None
    return asked


def due(state: CaseState, purpose: str) -> list[datetime]:
    """When the next contacts of one purpose that still wait fall due."""
    return [u.due_at for u in state.follow_ups if u.status == "pending" and u.purpose == purpose]
