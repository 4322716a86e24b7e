"""The invented branch at work: every command goes through the real decision, with a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TypeVar

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE, Funding, fund
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.decide import Context, decide
from mesa_recuperacion.domain.ids import folio
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


@dataclass(slots=True)
class Card:
    """What the branch knows of a customer: the complaints are (opened at, problem)."""

    id: str
    name: str
    phone: str
    cases: list[tuple[datetime, str]] = field(default_factory=list)


class Office:
    """Carries out commands in one transaction after another; the journal is written in the order of the clock.

    What a decision has to know about customers is kept here rather than asked of the store: it is the same, for nobody
    else writes.
    """

    def __init__(self, policy: Policy, random: Random) -> None:
        self.policy, self.random = policy, random
        self.cards: dict[str, Card] = {}
        self.supervisors: set[str] = set()
        self.tx: Writing | None = None
        self._ids = Random(random.getrandbits(64))  # noqa: S311 - invented, and meant to be repeated
        self._funding: dict[str, Funding] = {}
        self._number = 0

    def new_id(self) -> str:
        """The next of the identifiers that the seed leads to."""
        return f"{self._ids.getrandbits(80):020x}"

    @property
    def writing(self) -> Writing:
        """The transaction that is open."""
        return the(self.tx)

    def tell(self, actor: str, command: c.CardCommand | c.TeamCommand, at: datetime) -> None:
        """Carry out a command about a card or about the team.  Raises :class:`Unwritable` if it is refused."""
        funding, _ = fund(actor, self._funding.get(actor), self.policy, at)
        decision = decide(command, None, self._context(at, actor, funding, funding))
        if isinstance(decision, Refusal):
            raise Unwritable(repr(decision))
        self.append(actor, at, [("", x) for x in decision])

    def do(self, actor: str, command: c.OpenCase | c.CaseCommand, at: datetime) -> CaseState | Refusal:
        """Carry out a command at an instant; the case as it is afterwards, or why not."""
        tx = self.writing
        opening = isinstance(command, c.OpenCase)
        case = folio(tx.stream, self._number + 1) if isinstance(command, c.OpenCase) else command.case
        state = None if opening else tx.case_state(case)
        funding, granted = fund(actor, self._latest(actor, command), self.policy, at)
        reserve, replenished = fund(RESERVE, self._latest(RESERVE, command), self.policy, at)
        decision = decide(command, state, self._context(at, actor, funding, reserve))
        if isinstance(decision, Refusal):
            return decision
        facts: list[tuple[str, f.Fact]] = [(case if isinstance(x, f.CaseFact) else "", x) for x in decision]
        if replenished is not None and any(isinstance(x, f.CompensationReserved) for x in decision):
            facts.insert(0, ("", replenished))
            self._funding[RESERVE] = reserve
        if granted is not None:
            facts.insert(0, ("", granted))
        self._funding[actor] = funding
        self._number += opening
        if facts:
            self.append(actor, at, facts)
        return the(tx.case_state(case))

    def append(self, actor: str, at: datetime, facts: Sequence[tuple[str, f.Fact]]) -> None:
        """Write facts and remember what they say of customers."""
        tx = self.writing
        tx.append(command=self.new_id(), actor=actor, policy=self.policy.version, at=at, facts=facts)
        for case, fact in facts:
            match fact:
                case f.CustomerRegistered(customer, name, _, phone):
                    self.cards[customer] = Card(customer, name, phone)
                case f.PhoneNoted(customer, phone):
                    self.cards[customer].phone = phone
                case f.CaseOpened(customer):
                    self.cards[customer].cases.append((at, ""))
                case f.ProblemIdentified(problem):
                    mine = self.cards[the(tx.case_state(case)).customer].cases
                    mine[-1] = (mine[-1][0], problem)

    def left(self, actor: str) -> Funding | None:
        """What the actor may still spend."""
        latest = self.writing.budget(actor)
        return None if latest is None else Funding(actor, latest[0].period, latest[0].left, latest[1])

    def _latest(self, actor: str, command: c.Command) -> Funding | None:
        if isinstance(command, c.GrantCompensation | c.GrantException | c.AnswerException):
            return self.left(actor)
        return self._funding.get(actor)

    def _context(self, now: datetime, actor: str, funding: Funding, reserve: Funding) -> Context:
        return Context(
            now=now, actor=actor, policy=self.policy, funding=funding, reserve=reserve, new_id=self.new_id,
            branch=self.writing, supervisor=actor in self.supervisors,
        )  # fmt: skip
