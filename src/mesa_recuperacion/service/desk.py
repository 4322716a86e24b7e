"""The one writing door: lock, read, decide, append, fold, commit (rules B3, E1, E4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import Funding, fund
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.decide import Context, decide
from mesa_recuperacion.domain.decide.due import SUPERVISION
from mesa_recuperacion.domain.hours import at_local
from mesa_recuperacion.domain.ids import NewId, folio
from mesa_recuperacion.domain.money import zero
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import Refusal, UnknownCase
from mesa_recuperacion.domain.views import AgendaItem, BudgetView, CaseFile, Customer, Day, Draft, Person
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Executed:
    """A command was carried out: the case and the day as they are now, and when."""

    file: CaseFile
    day: Day
    at: datetime


class DeskService:
    """What one signed-in agent may do.  ``policy`` is the version that was in force when they came in."""

    def __init__(
        self, store: Store, policies: Policies, clock: Clock, new_id: NewId, actor: Person, policy: Policy
    ) -> None:
        self._store, self._policies, self._clock, self._new_id = store, policies, clock, new_id
        self._actor, self._policy = actor.id, policy
        self._supervisor = actor.role == "supervisor"

    def execute(self, command: c.Command, command_id: str) -> Executed | Refusal:
        """Carry out a command under the write lock; a repeated id changes nothing and answers the same.

        Raises ``StoreError`` if the store fails; after ``StoreUnknown`` the same id may be tried again safely.
        """
        with self._store.writing() as tx:
            now = self._clock.now()
            return self._told(tx, command, command_id, now) or self._decide(tx, command, command_id, now)

    def told(self, command: c.Command, command_id: str) -> Executed | Refusal | None:
        """What a command came to, if it was carried out at all (for a commit that failed)."""
        with self._store.reading() as tx:
            return self._told(tx, command, command_id, self._clock.now())

    def _told(self, tx: Reading, command: c.Command, command_id: str, now: datetime) -> Executed | Refusal | None:
        told = tx.already(command_id)
        named = command.case if isinstance(command, c.CaseCommand) else ""
        case = next((entry.case for entry in told if entry.case), named)
        return self._result(tx, case, now) if told else None

    def _decide(self, tx: Writing, command: c.Command, command_id: str, now: datetime) -> Executed | Refusal:
        opening = isinstance(command, c.OpenCase)
        case = folio(self._store.stream, tx.next_number()) if isinstance(command, c.OpenCase) else command.case
        state = None if opening else tx.case_state(case)
        policy = self._policy if state is None else self._policies.version(tx, state.policy)
        funding, granted = self._funding(tx.budget(self._actor), now)
        decision = decide(command, state, self._context(tx, policy, funding, now))
        if isinstance(decision, Refusal):
            return decision
        facts: list[tuple[str, f.Fact]] = [(case if isinstance(x, f.CaseFact) else "", x) for x in decision]
        if granted is not None:
            facts.insert(0, ("", granted))
        if facts:
            tx.append(command=command_id, actor=self._actor, policy=policy.version, at=now, facts=facts)
        if not isinstance(command, c.ParkCase | c.ResumeCase):  # whatever else was done, its line was answered
            tx.drop_draft(self._actor, "" if opening else case)
        return self._result(tx, case, now)

    def _funding(
        self, latest: tuple[BudgetView, datetime] | None, now: datetime
    ) -> tuple[Funding, f.BudgetFunded | None]:
        """The actor's budget as it holds now, and the fact that grants it if a new period has begun."""
        known = None
        if latest is not None:
            view, ends_at = latest
            known = Funding(self._actor, view.period, view.left, ends_at)
        return fund(self._actor, known, self._policy, now)

    def _context(self, tx: Reading, policy: Policy, funding: Funding, now: datetime) -> Context:
        def card(customer: str) -> Customer | None:
            return tx.customer(customer, now=now, risk_days=policy.risk_days)

        def phone(customer: str) -> str:
            found = card(customer)
            return found.phone if found else ""

        return Context(
            now=now, actor=self._actor, policy=policy, funding=funding, new_id=self._new_id,
            known=lambda customer: card(customer) is not None,
            complaints=tx.complaints, problems=tx.problems_since, phone=phone,
            supervisor=self._supervisor,
        )  # fmt: skip

    def _result(self, tx: Reading, case: str, now: datetime) -> Executed | Refusal:
        file = self._file(tx, case, now)
        return Executed(file, self._day(tx, now), now) if file is not None else UnknownCase(case)

    def _file(self, tx: Reading, case: str, now: datetime) -> CaseFile | None:
        file = tx.case_file(case, now=now, risk_days=self._policy.risk_days)
        if file is None:
            return None
        policy = self._policies.version(tx, file.state.policy)
        problem = policy.problem(file.state.problem)
        usual = file.usual if file.usual is not None or problem is None else problem.usual
        return replace(file, policy=policy, usual=usual)

    def _day(self, tx: Reading, now: datetime) -> Day:
        zone = self._policy.hours.zone
        today = now.astimezone(zone).date()
        midnight = at_local(today + timedelta(days=1), time(0), zone)
        drafts = tx.drafts(self._actor)
        return Day(
            counts=tx.day_count(self._actor, today),
            agenda=self._agenda(tx, midnight),
            open=tx.open_cases(self._actor),
            drafts=drafts,
            budget=self._budget(tx, now),
        )

    def _agenda(self, tx: Reading, until: datetime) -> tuple[AgendaItem, ...]:
        """What is due; supervisors see besides what nobody could settle (rule C6)."""
        own = tx.agenda(self._actor, until)
        if not self._supervisor:
            return own
        return tuple(sorted((*own, *tx.agenda(SUPERVISION, until)), key=lambda item: item.due_at))

    def _budget(self, tx: Reading, now: datetime) -> BudgetView:
        latest = tx.budget(self._actor)
        funding, granted = self._funding(latest, now)
        if granted is None and latest is not None:
            return latest[0]
        nothing = zero(funding.left.currency)
        return BudgetView(funding.period, funding.left, nothing, nothing)

    def load(self, case: str) -> tuple[CaseFile, Draft | None, Day] | Refusal:
        """A case with its customer, what was half typed in it, and the day."""
        with self._store.reading() as tx:
            now = self._clock.now()
            file = self._file(tx, case, now)
            return (file, tx.draft(self._actor, case), self._day(tx, now)) if file is not None else UnknownCase(case)

    def day(self) -> Day:
        """What the idle desk shows."""
        with self._store.reading() as tx:
            return self._day(tx, self._clock.now())

    def find(self, text: str) -> tuple[Customer, ...]:
        """Customers for a text that is being typed: any word of the name, or the telephone."""
        with self._store.reading() as tx:
            return tx.find_customers(text, now=self._clock.now(), risk_days=self._policy.risk_days)

    def save_draft(self, draft: Draft) -> None:
        """Keep what is half typed (rule E4)."""
        with self._store.writing() as tx:
            tx.save_draft(self._actor, draft)

    def drop_draft(self, slot: str) -> None:
        """Forget what was half typed in a slot."""
        with self._store.writing() as tx:
            tx.drop_draft(self._actor, slot)
