"""The door where nothing can be written in the store: who knows their PIN comes in to read (rules E2, E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mesa_recuperacion.domain.pin import attempts_left, lock_that_holds, locked_until
from mesa_recuperacion.domain.refusals import LockedOut, NumberRetired, Refusal, WrongPin

if TYPE_CHECKING:
    from mesa_recuperacion.domain.views import Person
    from mesa_recuperacion.service.people import People


class ReadingDoor:
    """Lets people in without recording it.  Wrong attempts count here on top of those that the store knows."""

    def __init__(self) -> None:
        self._wrong: dict[str, int] = {}

    def enter(self, people: People, number: int, pin: str) -> Person | Refusal:
        """The person of that number and PIN; or why not."""
        now = people.clock.now()
        with people.store.reading() as tx:
            person = tx.person_by_number(number)
            who = person.id if person else "nobody"
            stored = tx.credential(person.id) if person else None
            kept, until = tx.failures(who)
        if person is not None and person.retired:
            return NumberRetired()
        before = kept + self._wrong.get(who, 0)
        holds = None if until is None else lock_that_holds(until, locked_until(kept, now), now)
        if holds is not None:
            return LockedOut(holds)
        waits = locked_until(before, now)
        if waits is not None and who in self._wrong:
            return LockedOut(waits)
        self._wrong[who] = self._wrong.get(who, 0) + 1
        if person is None or stored is None or not people.hasher.verify(stored, pin):
            waits = locked_until(before + 1, now)
            return WrongPin(attempts_left(before + 1)) if waits is None else LockedOut(waits)
        del self._wrong[who]
        return person
