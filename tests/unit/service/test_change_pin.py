"""B4, E2: another PIN, and a supervisor's PIN at somebody else's desk: every wrong one is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.lockout import DESK_ATTEMPTS
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.attempts import DESK, NOBODY
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.override import Override
from mesa_recuperacion.service.people import WrongAtDesk
from tests.desk import ANA, CARLA, facts
from tests.unit.service.conftest import Site

NEW, WRONG = "938271", "640281"


# ------------------------------------------------------------------------------------------------------ another PIN


def test_e2_the_new_pin_holds_and_the_old_one_does_not(site: Site) -> None:
    ana = site.person(1)
    assert site.people.change_pin(ana, ANA, NEW) is None
    assert facts(site.path, f.PinSet)[-1] == f.PinSet(ana.id)
    assert isinstance(site.people.enter(1, NEW), Person)
    assert site.people.enter(1, ANA) == r.WrongPin(4)


def test_e2_a_wrong_old_pin_counts_as_at_the_door_and_is_recorded(site: Site) -> None:
    ana = site.person(1)
    assert site.people.change_pin(ana, WRONG, NEW) == r.WrongPin(4)
    assert site.people.enter(1, WRONG) == r.WrongPin(3)
    assert facts(site.path, f.SignInFailed) == [f.SignInFailed(ana.id, 1), f.SignInFailed(ana.id, 2)]
    for _ in range(3):
        last = site.people.change_pin(ana, WRONG, NEW)
    assert isinstance(last, r.LockedOut)
    site.restart()
    assert site.people.change_pin(ana, ANA, NEW) == last
    assert site.people.enter(1, ANA) == last
    site.clock.advance(60)
    assert site.people.change_pin(ana, ANA, NEW) is None
    assert site.people.enter(1, WRONG) == r.WrongPin(4)


@pytest.mark.parametrize(
    ("pin", "why"), [("12345", "short"), ("1" * 13, "long"), ("abcdef", "digits"), ("121212", "easy")]
)
def test_e2_an_unfit_pin_is_refused_and_costs_no_attempt(site: Site, pin: str, why: str) -> None:
    assert site.people.change_pin(site.person(1), WRONG, pin) == r.PinUnfit(why)
    with site.store.reading() as tx:
        assert tx.failures(site.person(1).id) == (0, None)


def test_e2_no_pin_is_in_any_file(site: Site) -> None:
    site.people.change_pin(site.person(1), WRONG, NEW)
    site.people.change_pin(site.person(1), ANA, NEW)
    for file in site.path.parent.iterdir():
        kept = file.read_bytes()
        assert not [pin for pin in (ANA, NEW, WRONG) if pin.encode() in kept]


# --------------------------------------------------------------------------------- a supervisor's PIN at this desk


@pytest.fixture
def call(site: Site) -> tuple[DeskService, str]:
    """Ana's call, in which more than the cap is wanted."""
    desk = site.desk()
    case = site.open(desk)
    site.do(desk, c.IdentifyProblem(case, "missing_product"))
    return desk, case


def wanted(desk: DeskService, case: str, pin: str, number: int = 3) -> Override:
    cap = desk._policy.case_cap
    return Override(case, "own", type(cap)(cap.minor * 2, cap.currency), "era un regalo", number, pin)


def test_b4_three_wrong_pins_at_the_desk_wait_a_minute_and_are_recorded(
    site: Site, call: tuple[DeskService, str]
) -> None:  # fmt: skip
    desk, case = call
    said = [desk.authorise(wanted(desk, case, WRONG), site.people, f"try-{n}") for n in range(DESK_ATTEMPTS)]
    assert said[:2] == [r.WrongPin(2), r.WrongPin(1)]
    locked = said[2]
    assert isinstance(locked, r.LockedOut)
    assert locked.until - site.clock.now() == timedelta(seconds=60)
    carla = site.person(3).id
    assert facts(site.path, f.AuthorisationFailed) == [f.AuthorisationFailed(carla, n) for n in (1, 2, 3)]
    assert desk.authorise(wanted(desk, case, CARLA), site.people, "right") == locked
    site.clock.advance(59)
    assert desk.authorise(wanted(desk, case, CARLA), site.people, "right") == locked
    site.clock.advance(1)
    assert not isinstance(desk.authorise(wanted(desk, case, CARLA), site.people, "right"), r.Refusal)
    assert len(facts(site.path, f.AuthorisationFailed)) == 3


def test_b4_the_wait_survives_a_restart(site: Site, call: tuple[DeskService, str]) -> None:
    desk, case = call
    for n in range(DESK_ATTEMPTS):
        locked = desk.authorise(wanted(desk, case, WRONG), site.people, f"try-{n}")
    site.restart()
    desk = site.desk()
    assert desk.authorise(wanted(desk, case, CARLA), site.people, "right") == locked
    site.clock.advance(-86_400 * 30)
    assert isinstance(desk.authorise(wanted(desk, case, CARLA), site.people, "back"), r.LockedOut)


def test_b4_attempts_of_several_numbers_count_on_the_desk(site: Site, call: tuple[DeskService, str]) -> None:
    desk, case = call
    said = [desk.authorise(wanted(desk, case, WRONG, number), site.people, f"n-{number}") for number in (90, 3, 91)]
    assert isinstance(said[2], r.LockedOut)
    assert [x.person for x in facts(site.path, f.AuthorisationFailed)] == [  # type: ignore[attr-defined]
        NOBODY, site.person(3).id, NOBODY,
    ]  # fmt: skip


def test_b4_wrong_pins_at_desks_lock_the_supervisors_number_at_the_door_too(
    site: Site, call: tuple[DeskService, str]
) -> None:  # fmt: skip
    desk, case = call
    for n in range(5):
        if n == DESK_ATTEMPTS:
            site.clock.advance(60)
        desk.authorise(wanted(desk, case, WRONG), site.people, f"try-{n}")
    assert isinstance(site.people.enter(3, CARLA), r.LockedOut)
    assert isinstance(site.people.enter(1, ANA), Person)


def test_b4_the_right_pin_forgets_the_wrong_ones(site: Site, call: tuple[DeskService, str]) -> None:
    desk, case = call
    for n in range(2):
        desk.authorise(wanted(desk, case, WRONG), site.people, f"try-{n}")
    assert not isinstance(desk.authorise(wanted(desk, case, CARLA), site.people, "right"), r.Refusal)
    with site.store.reading() as tx:
        assert tx.failures(DESK) == tx.failures(site.person(3).id) == (0, None)
    again = desk.authorise(wanted(desk, case, WRONG), site.people, "again")
    assert again == r.WrongPin(2)


def test_b4_an_agents_pin_and_ones_own_authorise_nothing_and_cost_no_attempt(
    site: Site, call: tuple[DeskService, str]
) -> None:  # fmt: skip
    desk, case = call
    assert desk.authorise(wanted(desk, case, ANA, 1), site.people, "own") == r.NotYourOwn()
    assert desk.authorise(wanted(desk, case, "715304", 2), site.people, "agent") == r.SupervisorNeeded()
    supervisors = site.desk(3)
    assert supervisors.authorise(wanted(desk, case, CARLA), site.people, "hers") == r.NotYourOwn()
    assert facts(site.path, f.AuthorisationFailed, f.ExceptionAuthorised) == []
    with site.store.reading() as tx:
        assert tx.failures(DESK) == (0, None)


def test_b4_who_authorises_is_not_signed_in(site: Site, call: tuple[DeskService, str]) -> None:
    desk, case = call
    desk.authorise(wanted(desk, case, CARLA), site.people, "right")
    assert facts(site.path, f.SignedIn) == []
    answer = site.people.authorise(3, WRONG, by=site.person(1))
    assert isinstance(answer, WrongAtDesk)
    assert WRONG not in repr(wanted(desk, case, WRONG))
    assert WRONG not in repr(answer)


def test_b4_two_windows_that_authorise_at_once_give_one_gesture(site: Site, call: tuple[DeskService, str]) -> None:
    """The same command from both is done once; another one takes the place of the first, and needs a PIN of its own."""
    desk, case = call
    asked = wanted(desk, case, CARLA)
    other = site.desk()
    first = desk.authorise(asked, site.people, "the command")
    assert other.authorise(asked, site.people, "the command") == first
    assert len(facts(site.path, f.ExceptionAuthorised)) == len(facts(site.path, f.CompensationReserved)) == 1
    assert isinstance(other.authorise(wanted(desk, case, WRONG), site.people, "another"), r.WrongPin)
    assert isinstance(other.execute(c.AuthoriseException(case, "own", asked.amount, "x", site.person(3).id), "x"),
                      r.SupervisorNeeded)  # fmt: skip
    assert len(facts(site.path, f.CompensationReserved)) == 1
    other.authorise(asked, site.people, "another")
    with site.store.reading() as tx:
        reserve = tx.budget(RESERVE)
    assert reserve is not None
    assert asked.amount is not None
    assert reserve[0].reserved == asked.amount, "one gesture stands"


@pytest.mark.parametrize("seconds", [-86_400.0, 86_400.0])
def test_b4_the_clock_has_no_say_in_an_authorisation(
    site: Site, call: tuple[DeskService, str], seconds: float
) -> None:  # fmt: skip
    desk, case = call
    desk.authorise(wanted(desk, case, CARLA), site.people, "first")
    site.clock.jump(seconds)
    again = desk.execute(c.GrantCompensation(case, "own", Money(90_000, "MXN")), "again")
    assert isinstance(again, r.OverCap)
    assert len(facts(site.path, f.CompensationReserved)) == 1
