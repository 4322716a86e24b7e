"""Who may enter: number and PIN, wrong attempts counted before the PIN is looked at (rule E2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.domain.pin import (
    attempts_left,
    desk_attempts_left,
    desk_locked_until,
    lock_that_holds,
    locked_until,
    unfit,
)
from mesa_recuperacion.domain.refusals import (
    LockedOut,
    NobodyThere,
    NoLongerHere,
    NotSupervisorNow,
    NotYourOwn,
    NumberRetired,
    Refusal,
    SupervisorNeeded,
    TextMissing,
    WrongPin,
)
from mesa_recuperacion.domain.text import NAME_LENGTH, clean
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.writing import Writing

DESK = "desk"
"""Whose counter wrong PINs of a supervisor at an agent's desk count on, besides the supervisor's own."""

NOBODY = "nobody"
"""Whose counter a number that nobody has counts on, so that numbers cannot be tried out without end."""


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


class Hasher(Protocol):
    """Keeps PINs without keeping them."""

    def hash(self, pin: str) -> str:
        """What may be stored for a PIN."""
        ...

    def verify(self, stored: str, pin: str) -> bool:
        """Whether a PIN is the one that was stored."""
        ...


class Argon2:
    """Argon2id, with its library's recommended parameters (64 MiB, three passes, four lanes) unless told otherwise:
    one pass in one lane over so much memory.
    """

    def __init__(self, *, memory_kib: int | None = None) -> None:
        from argon2 import PasswordHasher

        if memory_kib is None:
            self._hasher = PasswordHasher()
        else:
            self._hasher = PasswordHasher(time_cost=1, memory_cost=memory_kib, parallelism=1)

    def hash(self, pin: str) -> str:
        """An Argon2id hash with its own salt."""
        return self._hasher.hash(pin)

    def verify(self, stored: str, pin: str) -> bool:
        """Whether it matches; a stored value that is no hash matches nothing."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(stored, pin)
        except (InvalidHashError, VerificationError, UnicodeError):
            return False


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
        if self._is_retired(number):
            return NumberRetired()
        person, stored, failures = self._count_attempt(number)
        if isinstance(failures, LockedOut):
            return failures
        if person is None or stored is None or not self.hasher.verify(stored, pin):
            return self._failed(person, failures)
        with self.store.writing() as tx:
            now = tx.person(person.id)
            if now is None:  # retired while the PIN was looked at
                return NumberRetired()
            tx.clear_failures(person.id)
            self._note(tx, person.id, f.SignedIn(person.id))
        return now

    def _is_retired(self, number: int) -> bool:
        """Whether it is the number of somebody who no longer works here; their PIN is not even looked at."""
        with self.store.reading() as tx:
            person = tx.person_by_number(number)
        return person is not None and person.retired

    def authorise(self, number: int, pin: str, *, by: Person) -> Person | WrongAtDesk | Refusal:
        """The supervisor of that number and PIN, at the desk of ``by``, who stays signed in.

        Attempts count for the supervisor, as at the door, and for this desk: after three in a row it waits a minute.
        """
        with self.store.reading() as tx:
            person = tx.person_by_number(number)
        if person is not None and person.id == by.id:
            return NotYourOwn()
        if person is not None and person.retired:
            return NumberRetired()
        if person is not None and person.role != "supervisor":
            return SupervisorNeeded()
        desk = self._count(DESK, desk_locked_until)
        if isinstance(desk, LockedOut):
            return desk
        person, stored, failures = self._count_attempt(number)
        if isinstance(failures, LockedOut):
            return failures
        if person is None or stored is None or not self.hasher.verify(stored, pin):
            refusal = self._failed(person, failures)
            until = desk_locked_until(desk, self.clock.now())
            if until is not None:
                refusal = LockedOut(until)
            elif isinstance(refusal, WrongPin):
                refusal = WrongPin(min(refusal.left, desk_attempts_left(desk)))
            return WrongAtDesk(person.id if person else NOBODY, desk, refusal)
        with self.store.writing() as tx:
            tx.clear_failures(person.id)
            tx.clear_failures(DESK)
        return person

    def change_pin(self, person: Person, old: str, new: str) -> Refusal | None:
        """A new PIN for whoever knows the old one; wrong ones count as at the door."""
        if refusal := unfit(new):
            return refusal
        _, stored, failures = self._count_attempt(person.number)
        if isinstance(failures, LockedOut):
            return failures
        if stored is None or not self.hasher.verify(stored, old):
            return self._failed(person, failures)
        fresh = self.hasher.hash(new)
        with self.store.writing() as tx:
            if tx.person(person.id) is None:
                return NoLongerHere()
            tx.set_credential(person.id, fresh)
            self._note(tx, person.id, f.PinSet(person.id))
        return None

    def _count(self, who: str, wait: Callable[[int, datetime], datetime | None]) -> int | LockedOut:
        """One more attempt on somebody's counter, committed before any PIN is looked at."""
        with self.store.writing() as tx:
            return self._counted(tx, who, wait)

    def _counted(
        self, tx: Writing, who: str, wait: Callable[[int, datetime], datetime | None]
    ) -> int | LockedOut:  # fmt: skip
        now = self.clock.now()
        failures, until = tx.failures(who)
        holds = None if until is None else lock_that_holds(until, wait(failures, now), now)
        if holds is not None:
            if holds != until:
                tx.note_failure(who, failures, holds)
            return LockedOut(holds)
        tx.note_failure(who, failures + 1, wait(failures + 1, now))
        return failures + 1

    def _count_attempt(self, number: int) -> tuple[Person | None, str | None, int | LockedOut]:
        with self.store.writing() as tx:
            person = tx.person_by_number(number)
            counted = self._counted(tx, person.id if person else NOBODY, locked_until)
            return person, tx.credential(person.id) if person else None, counted

    def _failed(self, person: Person | None, failures: int) -> Refusal:
        if person is not None:
            with self.store.writing() as tx:
                self._note(tx, person.id, f.SignInFailed(person.id, failures))
        until = locked_until(failures, self.clock.now())
        return WrongPin(attempts_left(failures)) if until is None else LockedOut(until)

    def add(self, name: str, role: str, pin: str, *, by: Person) -> Person | Refusal:
        """Somebody new may work here, with the next number; refused unless ``by`` is a supervisor.

        The number of somebody who no longer works here is not given to another.
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
            number = max((p.number for p in tx.everybody()), default=0) + 1
            person = Person(self.new_id(), number, kept, role)
            self._note(tx, by.id, f.PersonAdded(person.id, number, kept, role))
            self._note(tx, by.id, f.PinSet(person.id))
            tx.set_credential(person.id, stored)
        return person

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
            self._note(tx, by.id, f.PinSet(person.id))
        return person

    def signed(self, by: Person, pin: str) -> Refusal | None:
        """Whether it is really that supervisor at the desk: their own PIN, wrong ones counted as at the door."""
        if by.role != "supervisor":
            return SupervisorNeeded()
        person, stored, failures = self._count_attempt(by.number)
        if isinstance(failures, LockedOut):
            return failures
        if person is None or person.id != by.id or stored is None or not self.hasher.verify(stored, pin):
            return self._failed(person, failures)
        with self.store.writing() as tx:
            tx.clear_failures(by.id)
            return _may_staff(tx, by)

    def _note(self, tx: Writing, person: str, fact: f.Fact) -> None:
        now = self.clock.now()
        holds = tx.policy_at(now)
        tx.append(command=self.new_id(), actor=person, policy=holds[0] if holds else 0, at=now, facts=[("", fact)])
