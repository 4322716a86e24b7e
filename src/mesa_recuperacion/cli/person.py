"""``mesa person``: who works in this branch."""

from __future__ import annotations

from collections.abc import Callable

from mesa_recuperacion.cli.ask import new_pin, people_of, signed
from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED
from mesa_recuperacion.cli.workstation import say, tell
from mesa_recuperacion.domain.commands import ChangeRole, RenamePerson, RetirePerson, ReturnPerson, StaffCommand
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import Refusal, TextMissing
from mesa_recuperacion.domain.text import NAME_LENGTH, clean
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.wiring.ids import fresh_id


def list_people() -> int:
    """Everybody's number, name and role; who no longer works here keeps their number."""

    def work(branch: Branch) -> int:
        t = branch.words.t
        roles = {"agent": t("agent"), "supervisor": t("supervisor")}
        with branch.store.reading() as tx:
            people = tx.everybody()
        for person in people:
            role = t("no longer works here") if person.retired else roles.get(person.role, person.role)
            tell(f"{person.number:>3}  {person.name}  {role}")
        return DONE

    return in_branch(work)


def renew_pin(number: int) -> int:
    """A new PIN for somebody who forgot theirs, once a supervisor has signed; they type it themselves."""

    def work(branch: Branch) -> int:
        t = branch.words.t
        with branch.store.reading() as tx:
            person = tx.person_by_number(number)
        if person is None or person.retired:
            return _nobody(branch, number)
        people = people_of(branch)
        if (by := signed(branch, people)) is None:
            return REFUSED
        pin = new_pin(branch.words, person.name)
        if pin is None:
            say(t("The two PINs are not the same. The old one still holds."))
            return REFUSED
        done = people.renew_pin(number, pin, by=by)
        if isinstance(done, Refusal):
            return branch.refuse(done)
        tell(t("{name} enters with the new PIN from now on.", name=done.name))
        return DONE

    return in_branch(work)


def unlock(number: int) -> int:
    """Somebody's number opens again after wrong PINs, once another supervisor has signed."""

    def work(branch: Branch) -> int:
        people = people_of(branch)
        if (by := signed(branch, people)) is None:
            return REFUSED
        done = people.unlock(number, by=by)
        if isinstance(done, Refusal):
            return branch.refuse(done)
        tell(branch.words.t("{name} can try their PIN again.", name=done.name))
        return DONE

    return in_branch(work)


def _nobody(branch: Branch, number: int) -> int:
    say(branch.words.t("Nobody has the number {number}. These work here: mesa person list", number=number))
    return REFUSED


def rename(number: int, name: str) -> int:
    """They are called otherwise from now on."""
    kept = clean(name, NAME_LENGTH)
    return _decided(
        number,
        lambda person: RenamePerson(person.id, kept),
        lambda w, person: w.t("{name} from now on.", name=kept),
    )


def change_role(number: int, role: str) -> int:
    """They are an agent or a supervisor from now on."""

    def said(w: Words, person: Person) -> str:
        if role == "supervisor":
            return w.t("{name} is in supervision from now on.", name=person.name)
        return w.t("{name} is an agent from now on.", name=person.name)

    return _decided(number, lambda person: ChangeRole(person.id, role), said)


def retire(number: int) -> int:
    """They no longer work here; their history stays."""
    return _decided(
        number,
        lambda person: RetirePerson(person.id),
        lambda w, person: w.t(
            "{name} no longer works here. What they still owed is on supervision's list.", name=person.name
        ),
    )


def come_back(number: int) -> int:
    """They work here again, with their own number and PIN."""
    return _decided(
        number,
        lambda person: ReturnPerson(person.id),
        lambda w, person: w.t("{name} works here again.", name=person.name),
    )


def _decided(number: int, make: Callable[[Person], StaffCommand], said: Callable[[Words, Person], str]) -> int:
    """A decision about somebody, once a supervisor has signed; it is decided where the desk's are."""

    def work(branch: Branch) -> int:
        with branch.store.reading() as tx:
            person = tx.person_by_number(number)
        if person is None:
            return _nobody(branch, number)
        if (by := signed(branch)) is None:
            return REFUSED
        policies = Policies(branch.words)
        with branch.store.reading() as tx:
            policy = policies.in_force(tx, branch.clock.now())
        desk = DeskService(branch.store, policies, branch.clock, fresh_id, by, policy)
        done = desk.execute(make(person), fresh_id())
        if isinstance(done, Refusal):
            return branch.refuse(done)
        tell(said(branch.words, person))
        return DONE

    return in_branch(work)


def add(name: str, role: str) -> int:
    """Somebody new, once a supervisor has signed."""

    def work(branch: Branch) -> int:
        t = branch.words.t
        kept = clean(name, NAME_LENGTH)
        if not kept:
            return branch.refuse(TextMissing("name"))
        people = people_of(branch)
        if (by := signed(branch, people)) is None:
            return REFUSED
        pin = new_pin(branch.words, kept)
        if pin is None:
            say(t("The two PINs are not the same. Nobody was added."))
            return REFUSED
        refusal = unfit(pin)
        person = refusal or people.add(kept, role, pin, by=by)
        if isinstance(person, Refusal):
            return branch.refuse(person)
        tell(t("{name} enters with number {number}.", name=person.name, number=person.number))
        return DONE

    return in_branch(work)
