"""Who works here, as supervision looks after it (rule E2)."""

from __future__ import annotations

from mesa_recuperacion.domain.refusals import NobodyThere, Refusal
from mesa_recuperacion.domain.review.staff import Staff, StaffLine, StaffOf, StaffPerson, StaffPersonOf
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review.staff import workload


def staff(query: StaffOf, looking: Looking) -> Staff:
    """Everybody, with what they have open and owe."""
    people = sorted(looking.tx.everybody(), key=lambda person: (person.retired, person.number))
    return Staff(tuple(StaffLine(person, *workload(looking.tx, person.id)) for person in people))


def staff_person(query: StaffPersonOf, looking: Looking) -> StaffPerson | Refusal:
    """One of them."""
    person = next((p for p in looking.tx.everybody() if p.id == query.person), None)
    if person is None:
        return NobodyThere()
    cases = tuple(sorted(item.case for item in looking.tx.open_cases(person.id)))
    return StaffPerson(person, cases, workload(looking.tx, person.id)[1], looking.tx.failures(person.id)[0])
