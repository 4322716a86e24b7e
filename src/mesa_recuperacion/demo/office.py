"""The invented branch at work: every command goes through the real decision, with a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import TypeVar

from mesa_recuperacion.demo.memory import Memory
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE, Funding, fund
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide.command import decide
from mesa_recuperacion.domain.decide.context import Context
from mesa_recuperacion.domain.decide.repeats import placed
from mesa_recuperacion.domain.decide.staff import decide_staff
from mesa_recuperacion.domain.ids import folio
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.store.writing import Writing

T = TypeVar("T")


class Unwritable(RuntimeError):
    """The invented story does not fit the rules."""


def the(value: T | None) -> T:
    """What the story knows to be there.  Raises :class:`Unwritable` if it is not."""
    if value is None:
        raise Unwritable("the story lost its thread")
    return value


class Office:
    """Carries out commands in one transaction after another; the journal is written in the order of the clock.

    What a decision has to know about customers is remembered rather than asked of the store: it is the same, for nobody
    else writes.
    """

    def __init__(self, policy: Policy, random: Random) -> None:
        self.policy, self.random = policy, random
        self.memory = Memory()
        self.supervisor = ""
        self._policies = {policy.version: policy}
        self._ids = Random(random.getrandbits(64))
        self._funding: dict[str, Funding] = {}
        self._number = 0
        self._tx: Writing | None = None

    def new_id(self) -> str:
        """The next of the identifiers that the seed leads to."""
        return f"{self._ids.getrandbits(80):020x}"

    @property
    def writing(self) -> Writing:
        """The transaction that is open."""
        return the(self._tx)

    @writing.setter
    def writing(self, tx: Writing) -> None:
        self._tx = self.memory.tx = tx

    def publish(self, policy: Policy, text: str, at: datetime, adopts: str) -> None:
        """The supervisor publishes the next version, which is that text read and takes up a suggestion.

        Who publishes it has read it.
        """
        self.policy = self._policies[policy.version] = policy
        facts = (
            f.PolicyPublished(policy.version, text), f.PolicyAcknowledged(self.supervisor, policy.version),
            f.SuggestionAdopted(adopts, policy.version),
        )  # fmt: skip
        self.append(self.supervisor, at, [("", fact) for fact in facts])

    def tell(
        self, actor: str, command: c.CardCommand | c.TeamCommand | c.AnalysisCommand, at: datetime
    ) -> tuple[f.Fact, ...]:  # fmt: skip
        """Carry out a command about a card, about the team or about an analysis; the facts it led to.

        Raises :class:`Unwritable` if it is refused.
        """
        funding, _ = fund(actor, self._funding.get(actor), self.policy, at)
        decision = decide(command, None, self._context(at, actor, self.policy, funding, funding))
        if isinstance(decision, Refusal):
            raise Unwritable(repr(decision))
        if decision:
            self.append(actor, at, [("", x) for x in decision])
        return decision

    def manage(self, command: c.StaffCommand, at: datetime) -> None:
        """The supervisor decides about people or their budgets.  Raises :class:`Unwritable` if it is refused."""
        who = self.supervisor
        funding, _ = fund(who, self._funding.get(who), self.policy, at)
        decision = decide_staff(command, self._context(at, who, self.policy, funding, funding), self.writing)
        if isinstance(decision, Refusal):
            raise Unwritable(repr(decision))
        self.append(who, at, decision)

    def do(self, actor: str, command: c.OpenCase | c.CaseCommand, at: datetime) -> CaseState | Refusal:
        """Carry out a command at an instant; the case as it is afterwards, or why not."""
        tx = self.writing
        opening = isinstance(command, c.OpenCase)
        case = folio(tx.stream, self._number + 1) if isinstance(command, c.OpenCase) else command.case
        state = None if opening else tx.case_state(case)
        policy = self.policy if state is None else self._policies[state.policy]
        funding, granted = fund(actor, self._funding.get(actor), self.policy, at)
        reserve, replenished = fund(RESERVE, self._funding.get(RESERVE), self.policy, at)
        decision = decide(command, state, self._context(at, actor, policy, funding, reserve))
        if isinstance(decision, Refusal):
            return decision
        facts = list(placed(case, decision, state))
        touched = {x.person for x in decision if isinstance(x, f.CompensationReserved)}
        if replenished is not None and RESERVE in touched:
            facts.insert(0, ("", replenished))
        if granted is not None:
            facts.insert(0, ("", granted))
        self._number += opening
        if facts:
            self.append(actor, at, facts, policy)
        return the(tx.case_state(case))

    def append(
        self, actor: str, at: datetime, facts: Sequence[tuple[str, f.Fact]], policy: Policy | None = None
    ) -> None:  # fmt: skip
        """Write facts, under the policy in force unless another is named, and remember what they say of customers."""
        tx, version = self.writing, (policy or self.policy).version
        tx.append(command=self.new_id(), actor=actor, policy=version, at=at, facts=facts)
        for case, fact in facts:
            self.memory.keep(fact, tx.case_state(case) if case else None)
            self._count(fact)

    def left(self, actor: str) -> Funding | None:
        """What the actor may still spend."""
        return self._funding.get(actor)

    def _count(self, fact: f.Fact) -> None:
        """What a fact leaves of a budget; what is delivered was reserved before."""
        match fact:
            case f.BudgetFunded(person, period, amount, ends_at):
                self._funding[person] = Funding(person, period, amount, ends_at)
            case f.BudgetAdjusted(_, person, period, amount):
                self._spend(person, period, amount.minor)
            case f.CompensationReserved(_, amount, person, period):
                self._spend(person, period, -amount.minor)
            case f.CompensationReleased(amount, person, period):
                self._spend(person, period, amount.minor)

    def _spend(self, person: str, period: str, minor: int) -> None:
        funding = self._funding[person]
        if funding.period == period:
            left = Money(funding.left.minor + minor, funding.left.currency)
            self._funding[person] = replace(funding, left=left)

    def _context(self, now: datetime, actor: str, policy: Policy, funding: Funding, reserve: Funding) -> Context:
        return Context(
            now=now, actor=actor, policy=policy, funding=funding, reserve=reserve, new_id=self.new_id,
            branch=self.memory, supervisor=actor == self.supervisor,
        )  # fmt: skip
