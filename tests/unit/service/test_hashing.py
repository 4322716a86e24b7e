"""E2: PINs are kept mixed with a secret that is not in the database, and kept anew when more is asked of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.hashing import Argon2, Hasher, Keyless, is_peppered
from mesa_recuperacion.service.renewing import begin_anew
from tests.desk import ANA, BRUNO, CARLA, facts, hasher
from tests.unit.service.conftest import Site

PEPPER, OTHER = bytes(range(32)), bytes(32)
NEW = "938271"


def peppered(pepper: bytes = PEPPER, memory_kib: int = 64) -> Argon2:
    return Argon2(memory_kib=memory_kib, pepper=pepper)


def stored(site: Site, number: int) -> str:
    with site.store.reading() as tx:
        found = tx.credential(site.person(number).id)
    assert found is not None
    return found


def test_e2_what_is_stored_says_with_which_secret_and_is_nothing_without_it() -> None:
    kept = peppered().hash(ANA)
    assert is_peppered(kept)
    assert peppered().verify(kept, ANA)
    assert not peppered().verify(kept, BRUNO)
    for other in (peppered(OTHER), hasher(), Keyless()):
        assert not other.knows(kept)
        assert not other.verify(kept, ANA)
    assert PEPPER.hex() not in kept
    argon2 = kept[kept.index("$") :]
    assert not hasher().verify(argon2, ANA), "the PIN alone is not what was hashed"
    assert not hasher().verify("p1." + argon2, ANA)


def test_e2_a_pin_that_was_stored_before_still_lets_in_and_is_kept_anew(site: Site) -> None:
    before = stored(site, 1)
    assert not is_peppered(before)
    people = replace(site.people, hasher=peppered())
    assert people.enter(1, BRUNO) == r.WrongPin(4)
    assert stored(site, 1) == before
    assert isinstance(people.enter(1, ANA), Person)
    assert peppered().verify(stored(site, 1), ANA)
    assert not is_peppered(stored(site, 2))
    assert isinstance(people.enter(1, ANA), Person)


def test_e2_a_pin_is_kept_anew_when_the_parameters_change_and_only_then(site: Site) -> None:
    first = replace(site.people, hasher=peppered())
    first.enter(1, ANA)
    kept = stored(site, 1)
    first.enter(1, ANA)
    assert stored(site, 1) == kept
    stronger = replace(site.people, hasher=peppered(memory_kib=128))
    assert isinstance(stronger.enter(1, ANA), Person)
    assert "m=128," in stored(site, 1)
    assert isinstance(first.enter(1, ANA), Person), "an older window goes on"


@pytest.mark.parametrize("without", [peppered(OTHER), hasher(), Keyless()], ids=["other", "none", "keyless"])
def test_e2_without_the_keys_nobody_enters_and_nothing_is_counted(site: Site, without: Hasher) -> None:
    replace(site.people, hasher=peppered()).enter(3, CARLA)
    before = facts(site.path)
    people, carla = replace(site.people, hasher=without), site.person(3)
    for pin in (CARLA, ANA):
        assert people.enter(3, pin) == r.KeysGone()
        assert people.authorise(3, pin, by=site.person(1)) == r.KeysGone()
        assert people.change_pin(carla, pin, NEW) == r.KeysGone()
        assert people.signed(carla, pin) == r.KeysGone()
    assert facts(site.path) == before
    with site.store.reading() as tx:
        assert tx.failures(carla.id) == (0, None)


def test_e2_where_the_keys_are_lost_one_supervisor_begins_anew_and_sets_everybody_a_pin(site: Site) -> None:
    old = replace(site.people, hasher=peppered())
    for number, pin in ((1, ANA), (3, CARLA)):
        old.enter(number, pin)
    people = replace(site.people, hasher=peppered(OTHER))
    for number, refused in ((1, r.SupervisorNeeded()), (9, r.NobodyThere())):
        assert begin_anew(people, number, NEW) == refused
    assert begin_anew(people, 3, "111111") == r.PinUnfit("easy")
    assert begin_anew(people, 3, NEW) == site.person(3)
    assert facts(site.path, f.PinSet)[-1] == f.PinSet(site.person(3).id)
    assert people.enter(1, ANA) == r.PinNotSet()
    assert isinstance(people.enter(2, BRUNO), Person), "what was kept without the lost secret holds"
    carla = people.enter(3, NEW)
    assert isinstance(carla, Person)
    assert isinstance(people.renew_pin(1, "615283", by=carla), Person)
    assert isinstance(people.enter(1, "615283"), Person)
    with site.store.reading() as tx:
        assert tx.failures(site.person(1).id) == (0, None)
