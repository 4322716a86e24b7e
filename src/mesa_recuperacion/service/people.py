"""Who may enter: number and PIN, wrong attempts counted before the PIN is looked at (rule E2)."""

from __future__ import annotations

from dataclasses import field

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import Clock, moment
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import (
    KeysGone,
    NobodyThere,
    NoLongerHere,
    NothingClosed,
    NotSupervisorNow,
    NotYourOwn,
    NotYourself,
    NumberRetired,
    PinNotSet,
    Refusal,
    SupervisorNeeded,
    TextMissing,
)
from mesa_recuperacion.domain.text import NAME_LENGTH, clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.attempts import DESK, DOOR, Attempts, Besides, Try, count
from mesa_recuperacion.service.hashing import Hasher
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.writing import Writing


def _may_staff(tx: Reading, by: Person) -> Refusal | None:
    """Why somebody who came in as a supervisor may not add people or set PINs at this very moment (rule E2)."""
    now = tx.person(by.id)
    if now is None:
        return NoLongerHere()
    return None if now.role == "supervisor" else NotSupervisorNow()


@dataclass(frozen=True, slots=True)
class WrongAtDesk:
    """A PIN that was to authorise something did not match: whose, the how many-th in a row here, and what to say."""

    person: str
    failures: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class _Found:
    """Who has a number (``None``: nobody), and what is stored of their PIN."""

    person: Person | None
    stored: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class People:
    """The door of the desk."""

    store: Store
    clock: Clock
    new_id: NewId
    hasher: Hasher

    def enter(self, number: int, pin: str) -> Person | Refusal:
        """The person of that number and PIN, recorded as signed in; or why not.

        The attempt is counted and committed before the PIN is verified, so that killing the program gives no free try.
        """
        with self.store.reading() as tx:
            found = self._known(tx, number)
        if isinstance(found, Refusal):
            return found
        tried = self._count(number, DOOR)
        if isinstance(tried, Refusal):
            return tried
        if not self._matches(found, tried, pin):
            return self._failed(tried)
        fresh = self.hasher.hash(pin) if self.hasher.outdated(found.stored) else ""
        with self.store.writing() as tx:
            now = tx.person(tried.who)
            if now is None:  # retired while the PIN was looked at
                return NumberRetired()
            self._forget(tx, tried)
            if fresh and tx.credential(now.id) == found.stored:
                tx.set_credential(now.id, fresh)
            self.note(tx, now.id, f.SignedIn(now.id))
        return now

    def enter_reading(self, number: int, pin: str, attempts: Attempts) -> Person | Refusal:
        """As :meth:`enter`, where nothing can be written in the store: counted in ``attempts``, and nothing recorded.

        Counting goes on from what the store says; what was counted there in the meantime is not forgotten by a success.
        """
        with self.store.reading() as tx:
            found = self._known(tx, number)
            if isinstance(found, Refusal):
                return found
            with attempts.counting() as counters:
                tried = count(Besides(counters, tx), found.person, DOOR, moment(self.clock))
        if isinstance(tried, Refusal):
            return tried
        if found.person is None or not self._matches(found, tried, pin):
            return tried.wrong()
        with attempts.counting() as counters:
            for who in (tried.who, DOOR):
                counters.clear_failures(who)
        return found.person

    def _known(self, tx: Reading, number: int) -> _Found | Refusal:
        """Who has that number and what is stored of their PIN; or why it is not even looked at."""
        person = tx.person_by_number(number)
        if person is not None and person.retired:
            return NumberRetired()
        stored = tx.credential(person.id) if person else None
        if person is not None and stored is None:
            return PinNotSet()
        if stored is not None and not self.hasher.knows(stored):
            return KeysGone()
        return _Found(person, stored or "")

    def _count(self, number: int, place: str) -> Try | Refusal:
        """One more attempt on the counters, committed before any PIN is looked at."""
        with self.store.writing() as tx:
            return count(tx, tx.person_by_number(number), place, moment(self.clock))

    def _matches(self, found: _Found, tried: Try, pin: str) -> bool:
        same = found.person is not None and tried.person is not None and found.person.id == tried.person.id
        return same and self.hasher.verify(found.stored, pin)

    def _forget(self, tx: Writing, tried: Try) -> None:
        """The right PIN: the wrong ones before it are forgotten, its person's and the place's."""
        for who in {tried.who, tried.place, DOOR}:
            tx.clear_failures(who)

    def _failed(self, tried: Try) -> Refusal:
        with self.store.writing() as tx:
            self.note(tx, tried.person.id if tried.person else "", f.SignInFailed(tried.who, tried.own))
        return tried.wrong()

    def authorise(self, number: int, pin: str, *, by: Person) -> Person | WrongAtDesk | Refusal:
        """The supervisor of that number and PIN, at the desk of ``by``, who stays signed in.

        Attempts count for the supervisor, as at the door, and for this desk: after three in a row it waits a minute.
        """
        with self.store.reading() as tx:
            person = tx.person_by_number(number)
            found = self._known(tx, number)
        if person is not None and person.id == by.id:
            return NotYourOwn()
        if person is not None and not person.retired and person.role != "supervisor":
            return SupervisorNeeded()
        if isinstance(found, Refusal):
            return found
        tried = self._count(number, DESK)
        if isinstance(tried, Refusal):
            return tried
        if tried.person is None or not self._matches(found, tried, pin):
            return WrongAtDesk(tried.who, tried.here, self._failed(tried))
        with self.store.writing() as tx:
            self._forget(tx, tried)
        return tried.person

    def change_pin(self, person: Person, old: str, new: str) -> Refusal | None:
        """A new PIN for whoever knows the old one; wrong ones count as at the door."""
        if refusal := unfit(new):
            return refusal
        tried = self._proved(person, old)
        if isinstance(tried, Refusal):
            return tried
        fresh = self.hasher.hash(new)
        with self.store.writing() as tx:
            if tx.person(person.id) is None:
                return NoLongerHere()
            self._forget(tx, tried)
            tx.set_credential(person.id, fresh)
            self.note(tx, person.id, f.PinSet(person.id))
        return None

    def signed(self, by: Person, pin: str) -> Refusal | None:
        """Whether it is really that supervisor at the desk: their own PIN, wrong ones counted as at the door."""
        if by.role != "supervisor":
            return SupervisorNeeded()
        tried = self._proved(by, pin)
        if isinstance(tried, Refusal):
            return tried
        with self.store.writing() as tx:
            self._forget(tx, tried)
            return _may_staff(tx, by)

    def _proved(self, person: Person, pin: str) -> Try | Refusal:
        """That somebody who is signed in knows their PIN; nothing is forgotten yet."""
        with self.store.reading() as tx:
            found = self._known(tx, person.number)
        if isinstance(found, Refusal):
            return NoLongerHere() if isinstance(found, NumberRetired) else found
        tried = self._count(person.number, DOOR)
        if isinstance(tried, Refusal):
            return tried
        if found.person is None or found.person.id != person.id or not self._matches(found, tried, pin):
            return self._failed(tried)
        return tried

    def add(self, name: str, role: str, pin: str, *, by: Person, command: str = "") -> Person | Refusal:
        """Somebody new may work here, with the next number; refused unless ``by`` is a supervisor.

        The number of somebody who no longer works here is not given to another.  A ``command`` that did it already
        answers the same person (empty: a fresh one).
        """
        kept = clean(name, NAME_LENGTH)
        if by.role != "supervisor":
            return SupervisorNeeded()
        if not kept:
            return TextMissing("name")
        if unlike := unfit(pin):
            return unlike
        stored = self.hasher.hash(pin)
        with self.store.writing() as tx:
            if refusal := _may_staff(tx, by):
                return refusal
            if (known := self._added(tx, command)) is not None:
                return known
            number = max((p.number for p in tx.everybody()), default=0) + 1
            person = Person(self.new_id(), number, kept, role)
            self.note(tx, by.id, f.PersonAdded(person.id, number, kept, role), command)
            self.note(tx, by.id, f.PinSet(person.id))
            tx.set_credential(person.id, stored)
        return person

    def added(self, command: str) -> Person | None:
        """Who was added by a command, if it took effect."""
        with self.store.reading() as tx:
            return self._added(tx, command)

    def _added(self, tx: Reading, command: str) -> Person | None:
        facts = [entry.fact for entry in tx.already(command)] if command else []
        return next((tx.person(fact.person) for fact in facts if isinstance(fact, f.PersonAdded)), None)

    def renew_pin(self, number: int, pin: str, *, by: Person) -> Person | Refusal:
        """A new PIN for somebody who forgot theirs; their wrong attempts are forgotten.  ``by`` is a supervisor."""
        if by.role != "supervisor":
            return SupervisorNeeded()
        if unlike := unfit(pin):
            return unlike
        stored = self.hasher.hash(pin)
        with self.store.writing() as tx:
            if refusal := _may_staff(tx, by):
                return refusal
            person = tx.person_by_number(number)
            if person is None or person.retired:
                return NobodyThere()
            tx.set_credential(person.id, stored)
            self.note(tx, by.id, f.PinSet(person.id))
        return person

    def unlock(self, number: int, *, by: Person) -> Person | Refusal:
        """Open the number of somebody after wrong PINs; ``by`` is a supervisor, and another one than they are."""
        if by.role != "supervisor":
            return SupervisorNeeded()
        with self.store.writing() as tx:
            if refusal := _may_staff(tx, by):
                return refusal
            person = tx.person_by_number(number)
            if person is None or person.retired:
                return NobodyThere()
            if person.id == by.id:
                return NotYourself()
            if not tx.failures(person.id)[0]:
                return NothingClosed(person.name)
            tx.clear_failures(person.id)
            self.note(tx, by.id, f.PersonUnlocked(person.id))
        return person

    def note(self, tx: Writing, person: str, fact: f.Fact, command: str = "") -> None:
        """Write a fact about who works here, under the policy that is in force now."""
        now = self.clock.now()
        holds = tx.policy_at(now)
        policy = holds[0] if holds else 0
        tx.append(command=command or self.new_id(), actor=person, policy=policy, at=now, facts=[("", fact)])
