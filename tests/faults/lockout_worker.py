"""Somebody who tries PINs at the door of a branch: ``python -m`` this, how, a branch's file, by how many seconds the
wall clock is off, a number, a PIN.

It says ``looking`` when the PIN is about to be looked at, and then waits to be told to go on; whoever kills it there
has seen the try and not the answer.  ``after`` counts a try only after the PIN was looked at: what must not be done.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.attempts import DOOR
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.people import People
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.ids import fresh_id
from tests.faults.clock_worker import SetClock


class StandsStill(SetClock):
    """No time goes by, however long all the processes take: what holds now holds to the end."""

    def steady(self) -> float:
        """Always the same second."""
        return 1000.0


class Watched(Argon2):
    """Says when it looks at a PIN, and goes on when it is told to."""

    def verify(self, stored: str, pin: str) -> bool:
        """As usual, after a word."""
        sys.stdout.write("looking\n")
        sys.stdout.flush()
        sys.stdin.readline()
        return super().verify(stored, pin)


class After(People):
    """The door as it must not be: what is counted is counted once the PIN was looked at."""

    def enter(self, number: int, pin: str) -> Person | Refusal:
        """The PIN first."""
        with self.store.reading() as tx:
            person = tx.person_by_number(number)
            assert person is not None
            stored = tx.credential(person.id) or ""
        if self.hasher.verify(stored, pin):
            return person
        tried = self._count(number, DOOR)
        return tried if isinstance(tried, Refusal) else self._failed(tried)


def main() -> None:
    """One try; what came of it is said."""
    how, path, off, number, pin = sys.argv[1:]
    door = People(Store.open(Path(path)), StandsStill(float(off)), fresh_id, Watched(memory_kib=64))
    if how == "after":
        door = After(door.store, door.clock, door.new_id, door.hasher)
    answer = door.enter(int(number), pin)
    sys.stdout.write(f"{type(answer).__name__}\n")


if __name__ == "__main__":
    main()
