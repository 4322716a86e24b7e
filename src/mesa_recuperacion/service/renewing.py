"""Going on where the secret with which the PINs were kept is lost: all of them are set anew (rule E2)."""

from __future__ import annotations

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import NobodyThere, Refusal, SupervisorNeeded
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.people import People


def begin_anew(people: People, number: int, pin: str) -> Person | Refusal:
    """A PIN for one supervisor, kept with the new secret; whose was kept with the lost one has none until it is set.

    Nobody can sign this, since no PIN can be looked at: it is told in the journal as that supervisor's own doing, at
    that hour, and whoever did not do it will ask.
    """
    if unlike := unfit(pin):
        return unlike
    stored = people.hasher.hash(pin)
    with people.store.writing() as tx:
        person = tx.person_by_number(number)
        if person is None or person.retired:
            return NobodyThere()
        if person.role != "supervisor":
            return SupervisorNeeded()
        for other in tx.everybody():
            known = tx.credential(other.id)
            if known is not None and not people.hasher.knows(known):
                tx.set_credential(other.id, "")
        tx.set_credential(person.id, stored)
        people.note(tx, person.id, f.PinSet(person.id))
    return person
