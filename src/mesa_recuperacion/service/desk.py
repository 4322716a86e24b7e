"""The one writing door: lock, read, decide, append, fold, commit (rules B3, E1, E4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.decide.command import decide
from mesa_recuperacion.domain.decide.context import Context
from mesa_recuperacion.domain.decide.forget import decide_forget
from mesa_recuperacion.domain.decide.repeats import placed
from mesa_recuperacion.domain.decide.staff import decide_staff
from mesa_recuperacion.domain.ids import NewId, folio
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.refusals import (
    NoLongerHere,
    NotSupervisorNow,
    Refusal,
    SupervisorNeeded,
    UnknownCase,
    UnknownCustomer,
)
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import CaseFile, Customer, CustomerFile, Day, Draft, Person
from mesa_recuperacion.service.day import Today
from mesa_recuperacion.service.override import Override
from mesa_recuperacion.service.people import People, WrongAtDesk
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.timekeeper import Timekeeper
from mesa_recuperacion.store.errors import STILL_READ, StoreError, reason_of
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.traces import Held
from mesa_recuperacion.store.writing import Writing

_LEAVES = (c.ParkCase, c.ResumeCase, c.HandOver, c.PromiseAnswer, c.ExplainOverrun)
"""What leaves or comes back to a case just as it is: the line that was half typed in it stays."""


@dataclass(frozen=True, slots=True)
class Executed:
    """A command was carried out: the case or the customer's file it was about, the day as it is now, and when."""

    file: CaseFile | None
    day: Day
    at: datetime
    card: CustomerFile | None = None


class DeskService:
    """What one signed-in agent may do, under the policy that is in force at each moment of it (rule D7).

    ``policy`` is the version that was in force when they came in: one whose start comes meanwhile takes its place.
    """

    def __init__(
        self, store: Store, policies: Policies, clock: Clock, new_id: NewId, actor: Person, policy: Policy
    ) -> None:
        self._store, self._policies, self._clock, self._new_id = store, policies, clock, new_id
        self._actor, self._policy = actor, policy
        self._under(policy)

    def _under(self, policy: Policy) -> None:
        self._policy, self._today = policy, Today(self._actor, policy)
        self._time = Timekeeper(self._clock, self._new_id, policy)

    def _renew(self, tx: Reading, now: datetime) -> None:
        """Work under the version that is in force now."""
        policy = self._policies.in_force(tx, now)
        if policy.version != self._policy.version:
            self._under(policy)

    @property
    def store(self) -> Store:
        """The file that this desk works in."""
        return self._store

    @property
    def zone(self) -> ZoneInfo:
        """The branch's time zone."""
        return self._policy.hours.zone

    def now(self) -> datetime:
        """The instant by this desk's clock."""
        return self._clock.now()

    def execute(self, command: c.Command, command_id: str) -> Executed | Refusal:
        """Carry out a command under the write lock; a repeated id changes nothing and answers the same.

        Raises ``StoreError`` if the store fails; after ``StoreUnknown`` the same id may be tried again safely.
        """
        if isinstance(command, c.AuthoriseException | c.ForgetCustomer):
            return SupervisorNeeded()  # only :meth:`authorise` and :meth:`forget` ask them, after the PIN
        return self._execute(command, command_id)

    def authorise(self, asked: Override, people: People, command_id: str) -> Executed | Refusal:
        """A supervisor's PIN at this desk: the authorisation, and with it the gesture, in one transaction (rule B4).

        Wrong PINs are counted for the supervisor and for the desk, and recorded with the case.
        """
        by = people.authorise(asked.number, asked.pin, by=self._actor)
        if isinstance(by, WrongAtDesk):
            with self._store.writing() as tx:
                state = tx.case_state(asked.case)
                if state is not None:
                    failed = f.AuthorisationFailed(by.person, by.failures)
                    now = self._time.look(tx).wall
                    self._append(tx, self._new_id(), state.policy, now, [(asked.case, failed)])
            return by.refusal
        if isinstance(by, Refusal):
            return by
        command = c.AuthoriseException(asked.case, asked.compensation, asked.amount, asked.reason, by.id)
        return self._execute(command, command_id)

    def forget(self, customer: str, command_id: str) -> Executed | Refusal:
        """Erase a customer for whom a supervisor has signed (rule E3); files that name them are not looked for here."""
        return self._execute(c.ForgetCustomer(customer), command_id)

    def may_forget(self, customer: str) -> Refusal | None:
        """Why a customer cannot be forgotten at this moment; ``None`` if nothing speaks against it."""
        with self._store.reading() as tx:
            actor = self._as_now(tx)
            if actor is None:
                return NoLongerHere()
            decided = decide_forget(c.ForgetCustomer(customer), Held(tx), supervisor=actor.role == "supervisor")
            return self._why(decided, actor) if isinstance(decided, Refusal) else None

    def _execute(self, command: c.Command, command_id: str) -> Executed | Refusal:
        with self._store.writing() as tx:
            now = self._now(tx)
            return self._told(tx, command, command_id, now) or self._decide(tx, command, command_id, now)

    def _now(self, tx: Writing) -> datetime:
        """The instant, with a clock that was moved recorded, and the policy that is in force at it."""
        now = self._time.look(tx).wall
        self._renew(tx, now)
        return now

    def _as_now(self, tx: Reading) -> Person | None:
        """Whoever is signed in, as they are now: in another window they may have got another role, or been retired."""
        return tx.person(self._actor.id)

    def _day(self, tx: Reading, now: datetime) -> Day:
        """The day of whoever is signed in, by the role that they have now."""
        actor = self._as_now(tx) or replace(self._actor, role="agent")
        return Today(actor, self._policy).read(tx, now)

    def note_jump(self, case: str = "") -> tuple[CaseFile | None, Day]:
        """Record that the wall clock was moved, if it was and nobody has; a case and the day as they are now (C1).

        Where nothing can be written, only these.
        """
        try:
            with self._store.writing() as tx:
                now = self._now(tx)
                return self._file(tx, case, now) if case else None, self._day(tx, now)
        except StoreError as error:
            if not isinstance(reason_of(error), STILL_READ):
                raise
        with self._store.reading() as tx:
            now = self._clock.now()
            self._renew(tx, now)
            return self._file(tx, case, now) if case else None, self._day(tx, now)

    def told(self, command: c.Command, command_id: str) -> Executed | Refusal | None:
        """What a command came to, if it was carried out at all (for a commit that failed)."""
        with self._store.reading() as tx:
            now = self._clock.now()
            self._renew(tx, now)
            return self._told(tx, command, command_id, now)

    def _told(self, tx: Reading, command: c.Command, command_id: str, now: datetime) -> Executed | Refusal | None:
        told = tx.already(command_id)
        case = next((entry.case for entry in told if entry.case), "")
        return self._result(tx, command, case, now) if told else None

    def _decide(self, tx: Writing, command: c.Command, command_id: str, now: datetime) -> Executed | Refusal:
        actor = self._as_now(tx)
        if actor is None:
            return NoLongerHere()
        case, state = "", None
        if isinstance(command, c.OpenCase):
            case = folio(self._store.stream, tx.next_number())
        elif isinstance(command, c.CaseCommand):
            case, state = command.case, tx.case_state(command.case)
        policy = self._policy if state is None else self._policies.version(tx, state.policy)
        funding, granted = self._today.funding(tx, self._actor.id, now)
        reserve, replenished = self._today.funding(tx, RESERVE, now)
        context = Context(
            now=now, actor=self._actor.id, policy=policy, funding=funding, reserve=reserve, new_id=self._new_id,
            branch=tx, supervisor=actor.role == "supervisor",
        )  # fmt: skip
        if isinstance(command, c.StaffCommand):
            return self._decide_staff(tx, command, command_id, context)
        if isinstance(command, c.ForgetCustomer):
            return self._decide_forget(tx, command, command_id, context)
        decision = decide(command, state, context)
        if isinstance(decision, Refusal):
            return self._why(decision, actor)
        facts = list(placed(case, decision, state))
        touched = {x.person for x in decision if isinstance(x, f.CompensationReserved)}
        if replenished is not None and RESERVE in touched:
            facts.insert(0, ("", replenished))
        if granted is not None:
            facts.insert(0, ("", granted))
        if facts:
            self._append(tx, command_id, policy.version, now, facts)
        if case and not isinstance(command, _LEAVES):  # whatever else was done, its line was answered
            tx.drop_draft(self._actor.id, "" if isinstance(command, c.OpenCase) else case)
        if state is not None and isinstance(command, c.AcceptCase):
            tx.drop_draft(state.owner, case)  # whoever gave it away has no line left in it
        return self._result(tx, command, case, now)

    def _decide_staff(
        self, tx: Writing, command: c.StaffCommand, command_id: str, context: Context
    ) -> Executed | Refusal:  # fmt: skip
        """What touches people, budgets and several cases at once: all of it, or nothing."""
        placed = decide_staff(command, context, tx)
        if isinstance(placed, Refusal):
            return self._why(placed, self._as_now(tx) or self._actor)
        if placed:
            self._append(tx, command_id, context.policy.version, context.now, list(placed))
        for case in {case for case, fact in placed if isinstance(fact, f.HandOverAccepted)}:
            tx.drop_draft(command.person, case)
        return self._result(tx, command, "", context.now)

    def _decide_forget(
        self, tx: Writing, command: c.ForgetCustomer, command_id: str, context: Context
    ) -> Executed | Refusal:  # fmt: skip
        """The facts of the person and of each of their cases; the texts go with them."""
        placed = decide_forget(command, Held(tx), supervisor=context.supervisor)
        if isinstance(placed, Refusal):
            return self._why(placed, self._as_now(tx) or self._actor)
        self._append(tx, command_id, context.policy.version, context.now, list(placed))
        return self._result(tx, command, "", context.now)

    def _why(self, refusal: Refusal, actor: Person) -> Refusal:
        """A refusal as it is told to somebody who came in with another role than they have now."""
        demoted = self._actor.role == "supervisor" and actor.role != "supervisor"
        return NotSupervisorNow() if demoted and isinstance(refusal, SupervisorNeeded) else refusal

    def _append(
        self, tx: Writing, command_id: str, policy: int, now: datetime, facts: list[tuple[str, f.Fact]]
    ) -> None:  # fmt: skip
        tx.append(command=command_id, actor=self._actor.id, policy=policy, at=now, facts=facts)
        tx.spend_seed(self._actor.id)

    def _result(self, tx: Reading, command: c.Command, case: str, now: datetime) -> Executed | Refusal:
        day = self._day(tx, now)
        if isinstance(command, c.AnalysisCommand | c.StaffCommand | c.TeamCommand):
            return Executed(None, day, now)
        if isinstance(command, c.CardCommand):
            card = tx.customer_file(command.customer, now=now, risk_days=self._policy.risk_days)
            return Executed(None, day, now, card) if card is not None else UnknownCustomer()
        named = case or (command.case if isinstance(command, c.CaseCommand) else "")
        file = self._file(tx, named, now)
        return Executed(file, day, now) if file is not None else UnknownCase(named)

    def _file(self, tx: Reading, case: str, now: datetime) -> CaseFile | None:
        file = tx.case_file(case, now=now, risk_days=self._policy.risk_days)
        if file is None:
            return None
        policy = self._policies.version(tx, file.state.policy)
        problem = policy.problem(file.state.problem)
        usual = file.usual if file.usual is not None or problem is None else problem.usual
        return replace(file, policy=policy, usual=usual)

    def load(self, case: str) -> tuple[CaseFile, Draft | None, Day] | Refusal:
        """A case with its customer, what was half typed in it, and the day."""
        with self._store.reading() as tx:
            now = self._clock.now()
            self._renew(tx, now)
            if self._as_now(tx) is None:
                return NoLongerHere()
            file = self._file(tx, case, now)
            if file is None:
                return UnknownCase(case)
            return file, tx.draft(self._actor.id, case), self._day(tx, now)

    def day(self) -> Day:
        """What the idle desk shows."""
        with self._store.reading() as tx:
            now = self._clock.now()
            self._renew(tx, now)
            return self._day(tx, now)

    def customer(self, customer: str) -> CustomerFile | Refusal:
        """A customer's whole file."""
        with self._store.reading() as tx:
            if self._as_now(tx) is None:
                return NoLongerHere()
            found = tx.customer_file(customer, now=self._clock.now(), risk_days=self._policy.risk_days)
            return found if found is not None else UnknownCustomer()

    def find(self, text: str) -> tuple[Customer, ...]:
        """Customers for a text that is being typed: any word of the name, or the telephone; none for who is retired."""
        with self._store.reading() as tx:
            if self._as_now(tx) is None:
                return ()
            return tx.find_customers(text, now=self._clock.now(), risk_days=self._policy.risk_days)

    def save_draft(self, draft: Draft, seed: str = "") -> None:
        """Keep what is half typed, and what the identity of its command will be made of (rules B3, E4)."""
        with self._store.writing() as tx:
            tx.save_draft(self._actor.id, draft, seed)

    def drop_draft(self, slot: str) -> None:
        """Forget what was half typed in a slot."""
        with self._store.writing() as tx:
            tx.drop_draft(self._actor.id, slot)
