"""E2: nobody works unnamed; wrong PINs are counted before they are looked at, and a PIN is written nowhere."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.attempts import NOBODY
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, BRUNO, CARLA, PEOPLE, facts, hasher, journal, plan
from tests.unit.service.conftest import Site

WRONG = "938271"


def failed(site: Site, times: int, number: int = 1) -> list[object]:
    return [site.people.enter(number, WRONG) for _ in range(times)]


def test_e2_number_and_pin_let_in_and_that_is_recorded(site: Site) -> None:
    entered = site.people.enter(1, ANA)
    assert entered == site.person(1)
    assert facts(site.path, f.SignedIn) == [f.SignedIn(site.person(1).id)]


@pytest.mark.parametrize(("number", "pin"), [(1, BRUNO), (2, ANA), (3, ""), (4, ANA), (1, ANA[:-1]), (1, ANA + "0")])
def test_e2_another_persons_pin_does_not_let_in(site: Site, number: int, pin: str) -> None:
    assert site.people.enter(number, pin) == r.WrongPin(4)
    assert facts(site.path, f.SignedIn) == []


def test_e2_wrong_pins_are_recorded_with_how_many_in_a_row(site: Site) -> None:
    failed(site, 2)
    who = site.person(1).id
    assert facts(site.path, f.SignInFailed) == [f.SignInFailed(who, 1), f.SignInFailed(who, 2)]


def test_e2_the_right_pin_forgets_the_wrong_ones(site: Site) -> None:
    failed(site, 4)
    assert isinstance(site.people.enter(1, ANA), Person)
    assert failed(site, 1) == [r.WrongPin(4)]


def test_e2_after_five_wrong_pins_the_right_one_waits_too(site: Site) -> None:
    assert failed(site, 4) == [r.WrongPin(4), r.WrongPin(3), r.WrongPin(2), r.WrongPin(1)]
    assert isinstance(site.people.enter(1, WRONG), r.LockedOut)
    assert isinstance(site.people.enter(1, ANA), r.LockedOut)
    site.clock.advance(60)
    assert isinstance(site.people.enter(1, ANA), Person)


def test_e2_the_waits_are_one_five_and_fifteen_minutes(site: Site) -> None:
    failed(site, 4)
    for minutes in (1, 5, 15, 15):
        locked = site.people.enter(1, WRONG)
        assert isinstance(locked, r.LockedOut)
        assert (locked.until - site.clock.now()).total_seconds() == 60 * minutes
        site.clock.advance(60 * minutes - 1)
        assert site.people.enter(1, ANA) == locked
        site.clock.advance(1)
    assert isinstance(site.people.enter(1, ANA), Person)


def test_e2_trying_while_it_is_locked_does_not_lengthen_the_wait(site: Site) -> None:
    locked = failed(site, 5)[-1]
    assert failed(site, 10) == [locked] * 10


def test_e2_the_lock_survives_a_restart(site: Site) -> None:
    locked = failed(site, 5)[-1]
    site.restart()
    assert site.people.enter(1, ANA) == locked


def test_e2_a_clock_that_is_put_back_does_not_open_the_door(site: Site) -> None:
    failed(site, 5)
    for seconds in (-30, -86_400, -86_400 * 400):
        site.clock.advance(seconds)
        assert isinstance(site.people.enter(1, ANA), r.LockedOut)


def test_e2_a_lock_set_by_a_clock_that_ran_years_ahead_lasts_its_own_wait(site: Site) -> None:
    failed(site, 6)
    site.clock.advance(-86_400 * 1500)
    locked = site.people.enter(1, ANA)
    assert isinstance(locked, r.LockedOut)
    assert (locked.until - site.clock.now()).total_seconds() == 60
    site.clock.advance(59)
    assert site.people.enter(1, ANA) == locked
    site.clock.advance(1)
    assert isinstance(site.people.enter(1, ANA), Person)


def test_e2_others_enter_while_one_is_locked_out(site: Site) -> None:
    failed(site, 5)
    assert isinstance(site.people.enter(2, BRUNO), Person)


class Killed(BaseException):
    """The power went."""


class KilledWhileVerifying(Argon2):
    """The program dies at the very moment the PIN is looked at."""

    def verify(self, stored: str, pin: str) -> bool:
        raise Killed


def test_e2_the_attempt_is_committed_before_the_pin_is_looked_at(site: Site) -> None:
    dying = replace(site.people, hasher=KilledWhileVerifying(memory_kib=64))
    for _ in range(5):
        with pytest.raises(Killed):
            dying.enter(1, WRONG)
        site.restart()
        dying = replace(dying, store=site.store)
    assert isinstance(site.people.enter(1, ANA), r.LockedOut)


def test_e2_numbers_that_nobody_has_are_counted_together(site: Site) -> None:
    answers = [site.people.enter(number, WRONG) for number in range(50, 56)]
    assert answers[:4] == [r.WrongPin(4), r.WrongPin(3), r.WrongPin(2), r.WrongPin(1)]
    assert all(isinstance(answer, r.LockedOut) for answer in answers[4:])
    with site.store.reading() as tx:
        assert tx.failures(NOBODY)[0] == 5
    assert isinstance(site.people.enter(1, ANA), Person)


def test_e2_a_stored_value_that_is_no_hash_lets_nobody_in(site: Site) -> None:
    assert not hasher().verify("", ANA)
    assert not hasher().verify(ANA, ANA)
    assert hasher().verify(hasher().hash(ANA), ANA)


def test_e2_the_hash_is_argon2id_with_its_own_salt() -> None:
    one, other = Argon2().hash(ANA), hasher().hash(ANA)
    assert one.startswith("$argon2id$v=19$m=65536,t=3")
    assert one != Argon2().hash(ANA)
    assert ANA not in one + other


def test_e2_only_supervision_adds_people(site: Site) -> None:
    assert site.people.add("Delia Mora", "agent", "592837", by=site.person(1)) == r.SupervisorNeeded()
    carla = site.person(3)
    assert site.people.add(" \x1b[0m ", "agent", "592837", by=carla) == r.TextMissing("name")
    assert site.people.add("Delia Mora", "agent", "111111", by=carla) == r.PinUnfit("easy")
    added = site.people.add("Delia\tMora", "agent", "592837", by=carla)
    assert added == site.person(4)
    assert site.person(4).name == "Delia Mora"
    assert isinstance(site.people.enter(4, "592837"), Person)


def test_e2_no_pin_is_in_any_fact_file_log_or_repr(
    site: Site, caplog: pytest.LogCaptureFixture, words_of_port: tuple[Port, list[str]]
) -> None:
    pins = (ANA, BRUNO, CARLA, WRONG)
    with caplog.at_level(logging.DEBUG):
        site.people.enter(1, ANA)
        failed(site, 5, number=2)
    with site.store.reading() as tx:
        written = [repr(entry) for entry in journal(tx)]
    port, told = words_of_port
    told += [repr(PEOPLE), repr(plan()), repr(site.people), repr(port), caplog.text, *written]
    for file in site.path.parent.iterdir():
        told.append(file.read_bytes().decode("latin-1"))
    for pin in pins:
        assert not [text for text in told if pin in text]


@pytest.fixture
def words_of_port(site: Site) -> tuple[Port, list[str]]:
    """A port that was asked to let somebody in, and what the asks and answers look like in a log."""
    from mesa_recuperacion.dialogue.asks import Enter
    from mesa_recuperacion.i18n.words import words

    port = Port(site.path, words("en"), clock=site.clock, hasher=hasher)
    asks = [Enter(1, ANA), Enter(1, WRONG)]
    told = [repr(x) for ask in asks for x in (ask, port.carry_out(ask))]
    port.close()
    return port, told
