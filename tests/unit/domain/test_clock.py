"""C1, C2, C3: the customer's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.clock import Countdown, FixedClock, from_ms, to_ms
from mesa_recuperacion.wiring.clocks import SystemClock

START = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)
moves = st.floats(-1e7, 1e7)


@given(moves, st.integers(1, 3600))
def test_c1_the_countdown_is_never_negative_whatever_the_clock_does(seconds: float, standard: int) -> None:
    clock = Countdown(START, standard)
    now = START + timedelta(seconds=seconds)
    assert clock.elapsed(now) >= 0
    assert clock.left(now) <= standard
    assert clock.elapsed(now) + clock.left(now) == standard


@given(st.integers(0, 10**6), st.integers(1, 3600))
def test_c2_at_zero_it_counts_on_and_says_so(seconds: int, standard: int) -> None:
    clock, now = Countdown(START, standard), START + timedelta(seconds=seconds)
    assert clock.elapsed(now) == seconds
    expected = "late" if seconds > standard else "closing" if (standard - seconds) * 4 <= standard else "on_time"
    assert clock.state(now) == expected


@pytest.mark.parametrize(
    ("seconds", "state"), [(0, "on_time"), (44, "on_time"), (45, "closing"), (60, "closing"), (61, "late")]
)
def test_c1_a_quarter_before_the_end_it_warns(seconds: int, state: str) -> None:
    assert Countdown(START, 60).state(START + timedelta(seconds=seconds)) == state


@given(st.datetimes(datetime(1971, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)))  # type: ignore[arg-type]
def test_c1_an_instant_survives_the_journal_to_the_millisecond(instant: datetime) -> None:
    kept = from_ms(to_ms(instant))
    assert timedelta(0) <= instant - kept < timedelta(milliseconds=1)
    assert from_ms(to_ms(kept)) == kept


def test_c1_the_machines_clock_tells_what_a_fact_can_keep() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert from_ms(to_ms(now)) == now


def test_c1_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(START)
    clock.advance(-5)
    assert clock.now() == START - timedelta(seconds=5)
