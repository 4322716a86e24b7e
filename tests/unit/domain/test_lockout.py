"""E2: how long to wait after wrong PINs, and by which clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.clock import Moment
from mesa_recuperacion.domain.lockout import (
    CLOSED_AFTER,
    DOOR_ATTEMPTS,
    FREE_ATTEMPTS,
    attempts_left,
    desk_wait,
    door_wait,
    is_closed,
    lock_for,
    person_wait,
    still_locked,
)
from tests.desk import NOW

HERE = Moment(NOW, 5000.0, "boot")
DAY = 86_400.0


def later(steady: float, wall: float | None = None, boot: str = "boot") -> Moment:
    """A moment after ``HERE``: by the steady clock, and by the wall where somebody moved that one."""
    return Moment(NOW + timedelta(seconds=steady if wall is None else wall), 5000.0 + steady, boot)


def test_e2_after_five_wrong_pins_one_five_and_fifteen_minutes() -> None:
    assert [person_wait(n, "agent") // 60 for n in range(10)] == [0] * FREE_ATTEMPTS + [1, 5, 15, 15, 15]
    assert [attempts_left(n) for n in range(7)] == [5, 4, 3, 2, 1, 0, 0]


def test_e2_after_ten_an_agents_number_is_closed_and_a_supervisors_waits_an_hour() -> None:
    assert [is_closed(n, "agent") for n in (9, CLOSED_AFTER, 11)] == [False, True, True]
    assert not any(is_closed(n, role) for n in range(40) for role in ("supervisor", ""))
    assert [person_wait(n, "supervisor") // 60 for n in (9, 10, 11, 30)] == [15, 60, 60, 60]
    assert person_wait(30, "") == 900


def test_e2_the_door_of_a_station_waits_for_everybody_but_never_long() -> None:
    assert [door_wait(n) for n in (0, DOOR_ATTEMPTS - 1, DOOR_ATTEMPTS, DOOR_ATTEMPTS + 1, 99)] == [0, 0, 60, 300, 300]
    assert [desk_wait(n) for n in range(7)] == [0, 0, 0, 60, 0, 0, 60]


@pytest.mark.parametrize("wall", [-DAY, -3600, 0, 59, 3600, DAY, 400 * DAY])
def test_e2_a_wall_clock_that_is_moved_neither_shortens_nor_lengthens_a_wait(wall: float) -> None:
    lock = lock_for(60, HERE)
    held = still_locked(lock, 60, later(30, wall))
    assert held is not None
    assert held.until == later(30, wall).wall + timedelta(seconds=30)
    assert still_locked(lock, 60, later(60, wall)) is None


def test_e2_in_another_boot_the_walls_end_counts_and_never_more_than_the_wait() -> None:
    lock = lock_for(60, HERE)
    held = still_locked(lock, 60, replace(later(0, 20), steady=3.0, boot="next"))
    assert held is not None
    assert (held.boot, held.steady, held.until) == ("next", 43.0, NOW + timedelta(seconds=60))
    ahead = still_locked(lock, 60, replace(later(0, -DAY), steady=3.0, boot="next"))
    assert ahead is not None
    assert ahead.steady == 63.0
    assert still_locked(lock, 60, replace(later(0, 60), steady=3.0, boot="next")) is None


@given(st.lists(st.tuples(st.floats(0, 40), st.floats(-2 * DAY, 2 * DAY)), max_size=8), st.sampled_from([60, 300, 900]))
def test_e2_however_often_the_wall_is_moved_a_wait_lasts_its_own_seconds(
    steps: list[tuple[float, float]], seconds: int
) -> None:
    lock, steady, wall = lock_for(seconds, HERE), 0.0, 0.0
    for waited, jump in steps:
        steady, wall = steady + waited, wall + waited + jump
        held = still_locked(lock, seconds, later(round(steady, 3), round(wall, 3)))
        assert (held is not None) == (round(steady, 3) < seconds)
        lock = held or lock


def test_e2_a_wait_is_told_the_same_while_nobody_moves_the_clock() -> None:
    lock = lock_for(60, HERE)
    assert {still_locked(lock, 60, later(n / 7)) for n in range(60)} == {lock}
