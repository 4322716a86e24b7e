"""F9: practice has the people and the policy of the branch, an invented customer, and none of its lines or money."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.pin import PRACTICE_PIN, unfit
from mesa_recuperacion.domain.refusals import Refusal, WrongPin
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import customised, default_policy_text, empty_policy_text
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.override import Override
from mesa_recuperacion.service.people import WrongAtDesk
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.practice import BRANCH, EARLIER, begin
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.clocks import SystemClock
from tests.desk import CARLA, NOW, branch, facts, hasher, policy_of
from tests.unit.service.conftest import Site

SHIPPED = default_policy_text("es")
_GENERAL, _PROBLEMS = SHIPPED.split("\n[[problem]]", 1)
_PROBLEMS = re.sub(r"^area = .*\n", "", _PROBLEMS, flags=re.MULTILINE)
_PROBLEMS = re.sub(r"^within = .*$", r'\g<0>\narea = "warehouse"', _PROBLEMS, flags=re.MULTILINE)
AREAS_ONLY = f"{_GENERAL}\n[[problem]]{_PROBLEMS}"
POLICIES = {
    "spanish": SHIPPED,
    "english": default_policy_text("en"),
    "only another problem": empty_policy_text("es"),
    "only another problem, in English": empty_policy_text("en"),
    "every remedy has an area": AREAS_ONLY,
    "everybody is at risk": SHIPPED.replace("complaints = 2 ", "complaints = 1 "),
    "the agent calls whoever is at risk": SHIPPED.replace("complaints = 2 ", "complaints = 1 ").replace(
        'owner = "supervision"', 'owner = "agent"'
    ),
    "a currency without decimals": customised(SHIPPED, currency="JPY"),
    "the other side of the date line": customised(SHIPPED, zone="Pacific/Kiritimati"),
}


def made(site: Site, number: int = 1, name: str = "Cliente de Práctica") -> tuple[Store, DeskService]:
    """A branch to practise on, of whoever has that number."""
    store, desk, _ = begin(
        site.people, site.path.parent / "practice" / "mesa.db", Policies(words("es")), actor=site.person(number),
        customer=name, clock=site.clock, new_id=site.new_id,
    )  # fmt: skip
    return store, desk


@pytest.fixture(autouse=True)
def folder(site: Site) -> None:
    (site.path.parent / "practice").mkdir()


def founded(folder: Path, policy: str) -> Site:
    return Site(branch(folder, policy))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("number", [1, 3])
def test_f9_it_works_under_any_policy(tmp_path: Path, policy: str, number: int) -> None:
    site = founded(tmp_path / "other", POLICIES[policy])
    (site.path.parent / "practice").mkdir()
    before = facts(site.path)
    store, desk = made(site, number)
    try:
        found = desk.find("cliente")
        assert [(x.name, x.complaints) for x in found] == [("Cliente de Práctica", 1)]
        opened = desk.execute(c.OpenCase(site.clock.now(), customer=found[0].id), "open")
        assert not isinstance(opened, Refusal)
        assert opened.file is not None
        assert opened.file.state.folio.startswith(f"{BRANCH}-")
        assert opened.file.state.earlier == 1
        assert desk.day().agenda == ()
    finally:
        store.close()
        site.store.close()
    assert facts(site.path) == before


def test_f9_every_remedy_of_that_policy_really_has_an_area() -> None:
    remedies = [remedy for problem in policy_of(AREAS_ONLY).problems for remedy in problem.remedies]
    assert {remedy.area for remedy in remedies} == {"warehouse"}


def test_f9_the_earlier_case_is_a_plausible_one(site: Site) -> None:
    store, desk = made(site)
    (customer,) = desk.find("práctica")
    (line,) = customer.history
    assert (line.status, line.satisfied, line.compensation) == ("closed", True, None)
    assert line.at == NOW - EARLIER
    assert customer.broken == customer.unsatisfied == 0
    store.close()


def test_f9_the_people_are_the_real_ones_and_their_pins_are_not(site: Site) -> None:
    store, desk = made(site)
    with store.reading() as tx:
        assert [(p.number, p.name, p.role) for p in tx.people()] == [
            (1, "Ana Torres", "agent"), (2, "Bruno Díaz", "agent"), (3, "Carla Vega", "supervisor"),
        ]  # fmt: skip
        assert tx.credential(site.person(1).id) is None
        shown = tx.credential(site.person(3).id)
    with site.store.reading() as tx:
        real = tx.credential(site.person(3).id)
    assert shown is not None
    assert hasher().verify(shown, PRACTICE_PIN)
    assert not hasher().verify(shown, CARLA)
    assert shown != real
    assert unfit(PRACTICE_PIN) is None
    del desk
    store.close()


def test_f9_supervision_authorises_with_the_pin_that_is_shown_and_no_other(site: Site) -> None:
    store, desk = made(site)
    practice = replace(site.people, store=store)
    case = site.do(desk, c.OpenCase(site.clock.now(), name="Otra Persona")).file.state.folio  # type: ignore[union-attr]
    site.do(desk, c.IdentifyProblem(case, "missing_product"))
    policy = desk._policy
    amount = replace(policy.case_cap, minor=policy.case_cap.minor * 2)
    asked = Override(case, "own", amount, "dos veces", 3, CARLA)
    assert isinstance(desk.authorise(asked, practice, "first"), WrongPin)
    assert not isinstance(desk.authorise(replace(asked, pin=PRACTICE_PIN), practice, "second"), Refusal)
    with site.store.reading() as tx:
        assert tx.failures(site.person(3).id) == (0, None)
        assert tx.failures("desk") == (0, None)
    real = site.people.authorise(3, PRACTICE_PIN, by=site.person(1))
    assert isinstance(real, WrongAtDesk)
    store.close()


class Slow(Argon2):
    """What a real PIN takes."""

    def hash(self, pin: str) -> str:
        raise AssertionError("nobody waits for a PIN that everybody sees")


def test_f9_it_begins_without_a_costly_hash_however_many_supervise(site: Site) -> None:
    for n in range(4):
        assert isinstance(site.people.add(f"Supervisión {n}", "supervisor", f"59283{n}", by=site.person(3)), Person)
    people = replace(site.people, hasher=Slow(memory_kib=64))
    store, _, _ = begin(
        people, site.path.parent / "practice" / "mesa.db", Policies(words("es")), actor=site.person(1),
        customer="Cliente", clock=site.clock, new_id=site.new_id,
    )  # fmt: skip
    practice = replace(people, store=store, hasher=Argon2())  # with the parameters of the real one
    for number in (3, 4, 7):
        assert isinstance(practice.authorise(number, PRACTICE_PIN, by=site.person(1)), Person)
    store.close()


def test_c1_no_clock_seems_to_have_been_moved(site: Site) -> None:
    for clock in (site.clock, SystemClock()):
        path = site.path.parent / "practice" / f"{type(clock).__name__}.db"
        store, desk, _ = begin(
            site.people, path, Policies(words("es")), actor=site.person(1), customer="Cliente", clock=clock,
            new_id=site.new_id,
        )  # fmt: skip
        assert not isinstance(desk.execute(c.OpenCase(clock.now(), name="Otra"), "one"), Refusal)
        store.close()
        assert facts(path, f.ClockJumped) == []


@pytest.mark.parametrize(
    "at", [datetime.fromisoformat("2026-03-15T09:05:00+00:00"), datetime.fromisoformat("2026-12-25T18:00:00+00:00")]
)
def test_f9_a_closed_branch_practises_too(site: Site, at: datetime) -> None:
    site.clock = FixedClock(at + timedelta(seconds=1))
    store, desk = made(site)
    assert desk.find("cliente")
    store.close()
