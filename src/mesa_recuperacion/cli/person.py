"""``mesa person``: who works in this branch."""

from __future__ import annotations

from mesa_recuperacion.cli.ask import new_pin, people_of, supervisor
from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED
from mesa_recuperacion.cli.workstation import say
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import NameMissing, Refusal
from mesa_recuperacion.domain.text import NAME_LENGTH, clean


def list_people() -> int:
    """Everybody's number, name and role."""

    def work(branch: Branch) -> int:
        t = branch.words.t
        roles = {"agent": t("agent"), "supervisor": t("supervisor")}
        with branch.store.reading() as tx:
            people = tx.people()
        for person in people:
            print(f"{person.number:>3}  {person.name}  {roles.get(person.role, person.role)}")
        return DONE

    return in_branch(work)


def renew_pin(number: int) -> int:
    """A new PIN for somebody who forgot theirs, once a supervisor has signed; they type it themselves."""

    def work(branch: Branch) -> int:
        t = branch.words.t
        with branch.store.reading() as tx:
            person = tx.person_by_number(number)
        if person is None:
            say(t("Nobody has the number {number}. These work here: mesa person list", number=number))
            return REFUSED
        people = people_of(branch)
        by = supervisor(branch, people)
        if isinstance(by, str):
            say(by)
            return REFUSED
        if isinstance(by, Refusal):
            return branch.refuse(by)
        pin = new_pin(branch.words, person.name)
        if pin is None:
            say(t("The two PINs are not the same. The old one still holds."))
            return REFUSED
        done = people.renew_pin(number, pin, by=by)
        if isinstance(done, Refusal):
            return branch.refuse(done)
        print(t("{name} enters with the new PIN from now on.", name=done.name))
        return DONE

    return in_branch(work)


def add(name: str, role: str) -> int:
    """Somebody new, once a supervisor has signed."""

    def work(branch: Branch) -> int:
        t = branch.words.t
        kept = clean(name, NAME_LENGTH)
        if not kept:
            return branch.refuse(NameMissing())
        people = people_of(branch)
        by = supervisor(branch, people)
        if isinstance(by, str):
            say(by)
            return REFUSED
        if isinstance(by, Refusal):
            return branch.refuse(by)
        pin = new_pin(branch.words, kept)
        if pin is None:
            say(t("The two PINs are not the same. Nobody was added."))
            return REFUSED
        refusal = unfit(pin)
        person = refusal or people.add(kept, role, pin, by=by)
        if isinstance(person, Refusal):
            return branch.refuse(person)
        print(t("{name} enters with number {number}.", name=person.name, number=person.number))
        return DONE

    return in_branch(work)
