"""Founding a branch: its station, its people and its first policy, in one transaction."""

from __future__ import annotations

from dataclasses import field

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.ids import NewId, stream_name
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import NameMissing, Refusal
from mesa_recuperacion.domain.text import NAME_LENGTH, clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.service.hashing import Hasher
from mesa_recuperacion.store.store import Store


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who will work here."""

    name: str
    role: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a branch needs to begin: ``code`` two to four capital letters, ``policy`` the text of its first version."""

    code: str
    branch_name: str
    business: str
    station: int
    currency: str
    zone: str
    language: str
    people: tuple[NewPerson, ...]
    policy: str


def found(store: Store, plan: Plan, *, clock: Clock, new_id: NewId, hasher: Hasher) -> Refusal | None:
    """Write the first facts of a new store; numbers are given in the order of the people.

    Supervisors have read the policy that they found the branch with; everybody else reads it when they come in (D7).
    Refused, with nothing written, if a name is empty or a PIN unfit.
    """
    for person in plan.people:
        if not clean(person.name, NAME_LENGTH):
            return NameMissing()
        if refusal := unfit(person.pin):
            return refusal
    stream_name(plan.code, plan.station)
    opened = f.StationOpened(
        plan.code, clean(plan.branch_name, NAME_LENGTH), clean(plan.business, NAME_LENGTH), plan.station,
        plan.currency, plan.zone, plan.language,
    )  # fmt: skip
    hashes = [(new_id(), person, hasher.hash(person.pin)) for person in plan.people]
    facts: list[f.Fact] = [opened]
    for number, (who, person, _) in enumerate(hashes, 1):
        facts += [f.PersonAdded(who, number, clean(person.name, NAME_LENGTH), person.role), f.PinSet(who)]
    facts.append(f.PolicyPublished(1, plan.policy))
    facts += [f.PolicyAcknowledged(who, 1) for who, person, _ in hashes if person.role == "supervisor"]
    founder = next((who for who, person, _ in hashes if person.role == "supervisor"), hashes[0][0])
    with store.writing() as tx:
        tx.append(command=new_id(), actor=founder, policy=1, at=clock.now(), facts=[("", x) for x in facts])
        for who, _, stored in hashes:
            tx.set_credential(who, stored)
    return None
