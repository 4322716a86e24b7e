"""A branch in memory, for properties: the real decisions and states, and the budgets added up beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import Funding, fund
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide import Context, Decision, decide
from mesa_recuperacion.domain.evolve import evolve
from mesa_recuperacion.domain.ids import folio
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import Refusal
from tests.desk import NOW, shipped


@dataclass
class Purse:
    """A person's money of one period, in minor units, as the facts add up."""

    funded: int
    ends_at: datetime
    reserved: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What may still be spent."""
        return self.funded - self.reserved - self.spent


@dataclass
class Ledger:
    """Cases, budgets and customers' cards, and nothing else."""

    policy: Policy = field(default_factory=shipped)
    now: datetime = NOW
    entries: list[f.Entry] = field(default_factory=list)
    cases: dict[str, CaseState] = field(default_factory=dict)
    purses: dict[tuple[str, str], Purse] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    opened: list[tuple[str, datetime, str]] = field(default_factory=list)
    fresh: count[int] = field(default_factory=count)

    def wait(self, seconds: float) -> None:
        """Time goes by, or back."""
        self.now += timedelta(seconds=seconds)

    def do(self, command: c.Command, actor: str = "ana") -> Decision:
        """Decide, and if it was not refused, record."""
        state = None if isinstance(command, c.OpenCase) else self.cases.get(command.case)
        funding, granted = fund(actor, self._latest(actor), self.policy, self.now)
        decision = decide(command, state, self._context(actor, funding))
        if isinstance(decision, Refusal):
            return decision
        case = folio("CEN-1", len(self.cases) + 1) if isinstance(command, c.OpenCase) else command.case
        for fact in ((granted,) if granted else ()) + decision:
            self._record(fact, case if isinstance(fact, f.CaseFact) else "", actor)
        return decision

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

    def _context(self, actor: str, funding: Funding) -> Context:
        return Context(
            now=self.now, actor=actor, policy=self.policy, funding=funding, new_id=lambda: f"id-{next(self.fresh)}",
            known=lambda who: who in self.phones,
            complaints=lambda who, since: sum(x == who and at >= since for x, at, _ in self.opened),
            problems=lambda who, since: tuple(
                self.cases[case].problem for x, at, case in self.opened if x == who and at >= since
            ),
            phone=lambda who: self.phones.get(who, ""),
        )  # fmt: skip

    def _record(self, fact: f.Fact, case: str, actor: str) -> None:
        entry = f.Entry("CEN-1", len(self.entries) + 1, self.now, actor, 1, "command", case, fact)
        self.entries.append(entry)
        if case:
            self.cases[case] = evolve(self.cases.get(case), entry)
        match fact:
            case f.CaseOpened(customer):
                self.opened.append((customer, self.now, case))
            case f.CustomerRegistered(customer, _, _, phone) | f.PhoneNoted(customer, phone):
                self.phones[customer] = phone
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

    def _move(self, person: str, period: str, *, reserved: int = 0, spent: int = 0) -> None:
        purse = self.purses[person, period]
        purse.reserved += reserved
        purse.spent += spent
        assert purse.reserved >= 0
        assert purse.spent >= 0
        assert purse.left >= 0, "overspent"
