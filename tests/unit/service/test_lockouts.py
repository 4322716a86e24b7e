"""E2: wrong PINs are counted for their person and for the station; no clock, kill or full disk gives a try more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.lockout import CLOSED_AFTER, DOOR_ATTEMPTS
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.attempts import DOOR, NOBODY
from mesa_recuperacion.store.errors import StoreReadOnly
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.wiring.attempts import SIZE, Attempts
from tests.desk import ANA, BRUNO, CARLA, facts
from tests.unit.service.conftest import Site

WRONG = "938271"
DAY = 86_400.0


def wrong(site: Site, times: int, number: int = 1) -> object:
    """So many wrong PINs that are looked at; what has to be waited for is waited for."""
    answer: object = None
    for _ in range(times):
        answer = site.people.enter(number, WRONG)
        if isinstance(answer, r.LockedOut):
            site.clock.advance((answer.until - site.clock.now()).total_seconds())
    return answer


def failures(site: Site, who: str) -> int:
    with site.store.reading() as tx:
        return tx.failures(who)[0]


# -------------------------------------------------------------------------------------------------- a person's number


def test_e2_after_ten_an_agents_number_waits_for_a_supervisor_whatever_the_clock_says(site: Site) -> None:
    assert wrong(site, CLOSED_AFTER) == r.NumberClosed()
    for seconds in (DAY, -3 * DAY, 400 * DAY):
        site.clock.jump(seconds)
        assert site.people.enter(1, ANA) == r.NumberClosed()
    site.clock.advance(DAY)
    site.restart()
    assert site.people.enter(1, ANA) == r.NumberClosed()
    assert site.people.change_pin(site.person(1), ANA, "615283") == r.NumberClosed()
    assert [fact.failures for fact in facts(site.path, f.SignInFailed)] == [*range(1, 11)]  # type: ignore[attr-defined]
    assert isinstance(site.people.enter(2, BRUNO), Person)


def test_e2_the_tenth_try_may_still_be_the_right_one(site: Site) -> None:
    wrong(site, CLOSED_AFTER - 1)
    assert isinstance(site.people.enter(1, ANA), Person)
    assert failures(site, site.person(1).id) == 0


def test_e2_a_supervisor_opens_a_number_and_that_is_recorded(site: Site) -> None:
    wrong(site, CLOSED_AFTER)
    ana, carla = site.person(1), site.person(3)
    assert site.people.unlock(1, by=site.person(2)) == r.SupervisorNeeded()
    assert site.people.unlock(9, by=carla) == r.NobodyThere()
    assert site.people.unlock(2, by=carla) == r.NothingClosed(site.person(2).name)
    assert facts(site.path, f.PersonUnlocked) == []
    assert site.people.unlock(1, by=carla) == ana
    assert facts(site.path, f.PersonUnlocked) == [f.PersonUnlocked(ana.id)]
    assert isinstance(site.people.enter(1, ANA), Person)
    assert verify(site.store).sound


def test_e2_a_new_pin_opens_the_number_too(site: Site) -> None:
    wrong(site, CLOSED_AFTER)
    assert isinstance(site.people.renew_pin(1, "615283", by=site.person(3)), Person)
    assert isinstance(site.people.enter(1, "615283"), Person)


def test_e2_a_supervisors_number_waits_an_hour_and_never_for_good(site: Site) -> None:
    """Ten wrong PINs of a prankster must not leave the branch without anybody to open anything."""
    answer = wrong(site, CLOSED_AFTER - 1, 3)
    answer = site.people.enter(3, WRONG)
    assert isinstance(answer, r.LockedOut)
    assert answer.until - site.clock.now() == timedelta(hours=1)
    site.clock.jump(DAY)
    assert isinstance(site.people.enter(3, CARLA), r.LockedOut)
    site.clock.advance(3599)
    assert isinstance(site.people.enter(3, CARLA), r.LockedOut)
    site.clock.advance(1)
    assert isinstance(site.people.enter(3, CARLA), Person)


def test_e2_nobody_opens_their_own_number(site: Site) -> None:
    wrong(site, 6, 3)
    assert site.people.unlock(3, by=site.person(3)) == r.NotYourself()
    assert failures(site, site.person(3).id) == 6


@pytest.mark.parametrize("seconds", [DAY, -DAY, 400 * DAY, -400 * DAY, 61, -61])
def test_e2_moving_the_clock_gives_no_try_and_takes_none(site: Site, seconds: float) -> None:
    for _ in range(5):
        site.people.enter(1, WRONG)
    site.clock.jump(seconds)
    for _ in range(3):
        locked = site.people.enter(1, ANA)
        assert isinstance(locked, r.LockedOut)
        assert locked.until - site.clock.now() == timedelta(seconds=60)
    site.restart()
    site.clock.advance(59)
    assert isinstance(site.people.enter(1, ANA), r.LockedOut)
    site.clock.advance(1)
    assert isinstance(site.people.enter(1, ANA), Person)


def test_e2_a_number_that_nobody_has_is_recorded_without_the_number(site: Site) -> None:
    site.people.enter(4821, WRONG)
    assert facts(site.path, f.SignInFailed) == [f.SignInFailed(NOBODY, 1)]


# --------------------------------------------------------------------------------------------------------- the station


def spread(site: Site, times: int) -> list[object]:
    """Wrong PINs over several numbers, so that none of them has to wait by itself."""
    return [site.people.enter((1, 2, 3, 77)[n % 4], WRONG) for n in range(times)]


def test_e2_the_door_waits_a_minute_after_fifteen_wrong_pins_of_whomever(site: Site) -> None:
    *before, last = spread(site, DOOR_ATTEMPTS)
    assert all(isinstance(answer, r.WrongPin) for answer in before)
    assert isinstance(last, r.DeskWaits)
    assert last.until - site.clock.now() == timedelta(minutes=1)
    for number, pin in ((1, ANA), (2, BRUNO), (3, CARLA), (99, WRONG)):
        assert site.people.enter(number, pin) == last
    site.clock.jump(DAY)
    assert isinstance(site.people.enter(1, ANA), r.DeskWaits)
    site.clock.advance(60)
    assert isinstance(site.people.enter(1, ANA), Person)
    assert failures(site, DOOR) == 0


def test_e2_a_busy_branch_never_waits_for_one_another(site: Site) -> None:
    """Everybody mistypes now and then, all morning; each who comes in makes the door forget."""
    for _ in range(40):
        for number, pin in ((1, ANA), (2, BRUNO), (3, CARLA)):
            for _ in range(3):
                assert isinstance(site.people.enter(number, WRONG), r.WrongPin)
            assert isinstance(site.people.enter(number, pin), Person)


def test_e2_who_is_at_work_can_be_authorised_while_the_door_waits(site: Site) -> None:
    """The customer at the desk has nothing to do with who tries out PINs at the door."""
    spread(site, DOOR_ATTEMPTS)
    assert isinstance(site.people.authorise(3, CARLA, by=site.person(1)), Person)
    assert failures(site, DOOR) == 0


# ------------------------------------------------------------------------------------ where nothing can be written


@pytest.fixture
def attempts(tmp_path: Path) -> Attempts:
    made = Attempts(tmp_path / "home" / "attempts")
    made.prepare()
    return made


@contextmanager
def unwritten(site: Site) -> Iterator[None]:
    """Nothing is written in the store inside."""
    before = facts(site.path)
    with site.store.reading() as tx:
        counted = [tx.failures(person.id) for person in tx.people()]
    yield
    assert facts(site.path) == before
    with site.store.reading() as tx:
        assert [tx.failures(person.id) for person in tx.people()] == counted


def test_e2_without_writing_in_the_store_wrong_pins_are_counted_all_the_same(site: Site, attempts: Attempts) -> None:
    with unwritten(site):
        assert site.people.enter_reading(1, ANA, attempts) == site.person(1)
        answers = [site.people.enter_reading(1, WRONG, attempts) for _ in range(5)]
        assert answers[:4] == [r.WrongPin(4), r.WrongPin(3), r.WrongPin(2), r.WrongPin(1)]
        assert isinstance(answers[4], r.LockedOut)
        site.clock.jump(DAY)
        assert isinstance(site.people.enter_reading(1, ANA, attempts), r.LockedOut)
        site.clock.advance(60)
        assert site.people.enter_reading(1, ANA, attempts) == site.person(1)
        assert site.people.enter_reading(1, WRONG, attempts) == r.WrongPin(4)


def test_e2_it_goes_on_from_what_the_store_counted(site: Site, attempts: Attempts) -> None:
    for _ in range(4):
        site.people.enter(1, WRONG)
    with unwritten(site):
        assert isinstance(site.people.enter_reading(1, WRONG, attempts), r.LockedOut)
        assert isinstance(site.people.enter_reading(1, ANA, attempts), r.LockedOut)
        for _ in range(5):
            site.clock.advance(900)
            answer = site.people.enter_reading(1, WRONG, attempts)
        assert answer == r.NumberClosed()
        assert site.people.enter_reading(2, BRUNO, attempts) == site.person(2)


def test_e2_the_file_never_grows_and_names_nobody(site: Site, attempts: Attempts) -> None:
    for number in (1, 2, 3, 50, 51):
        site.people.enter_reading(number, WRONG, attempts)
    kept = attempts._path.read_bytes()
    assert len(kept) == SIZE
    assert not [word for word in (WRONG, site.person(1).id, "Ana") if word.encode() in kept]
    assert attempts._path.stat().st_mode & 0o777 == 0o600
    for n in range(200):
        with attempts.counting() as counters:
            counters.note_failure(f"somebody {n}", 3, None)
    assert len(attempts._path.read_bytes()) == SIZE
    with attempts.counting() as counters:
        assert counters.failures("somebody 199")[0] == 3


@pytest.mark.parametrize("made", ["gone", "cut", "link"])
def test_e2_where_nothing_can_be_counted_nobody_enters(site: Site, attempts: Attempts, made: str) -> None:
    path = attempts._path
    if made == "cut":
        path.write_bytes(b"")
    else:
        path.unlink()
    if made == "link":
        (path.parent / "else").write_bytes(bytes(SIZE))
        path.symlink_to(path.parent / "else")
    with pytest.raises(StoreReadOnly):
        site.people.enter_reading(1, ANA, attempts)


def test_e2_another_window_goes_on_counting_where_the_first_one_was(site: Site, attempts: Attempts) -> None:
    site.people.enter_reading(1, WRONG, attempts)
    other = Attempts(attempts._path)
    other.prepare()
    assert site.people.enter_reading(1, WRONG, other) == r.WrongPin(3)


class NextBoot(FixedClock):
    """The same wall after the machine was started again."""

    def boot(self) -> str:
        """Another one."""
        return "next"

    def steady(self) -> float:
        """It begins anew."""
        return 1.0


def test_e2_after_a_boot_the_rest_of_a_wait_holds_and_no_clock_moves_it_any_more(site: Site) -> None:
    for _ in range(6):
        site.people.enter(1, WRONG)
    site.clock = NextBoot(site.clock.now() + timedelta(seconds=20))
    locked = site.people.enter(1, ANA)
    assert isinstance(locked, r.LockedOut)
    assert locked.until - site.clock.now() == timedelta(seconds=40)
    site.clock.jump(DAY)
    assert isinstance(site.people.enter(1, ANA), r.LockedOut), "what the wall says counts once"
