"""What is left is told by how it went on in the last seconds, and rounded so that it never disappoints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.pace import KNOWN, LAST, Pace, kindly


def test_nothing_is_told_before_it_went_on_for_a_while() -> None:
    pace = Pace()
    assert pace.left(100) is None
    pace.went(0.0, 0)
    pace.went(KNOWN / 2, 10)
    assert pace.left(100) is None
    pace.went(KNOWN, 20)
    assert pace.left(100) == pytest.approx(4 * KNOWN)


def test_what_stands_still_tells_nothing() -> None:
    pace = Pace()
    for second in range(30):
        pace.went(float(second), 7)
    assert pace.left(100) is None


def test_only_the_last_seconds_count() -> None:
    pace = Pace()
    for second in range(100):
        pace.went(float(second), second)  # one a second
    for second in range(100, 100 + round(LAST) + 2):
        pace.went(float(second), 99 + (second - 99) * 10)  # and then ten
    done = 99 + (second - 99) * 10
    assert pace.left(done + 50) == pytest.approx(5.0)


def test_a_work_that_begins_anew_is_measured_anew() -> None:
    pace = Pace()
    for second in range(5):
        pace.went(float(second), second * 100)
    pace.went(5.0, 0)
    assert pace.left(1000) is None
    pace.went(7.0, 20)
    assert pace.left(120) == pytest.approx(10.0)


@given(st.lists(st.tuples(st.floats(0.001, 3.0), st.integers(0, 50)), min_size=1, max_size=300))
def test_it_keeps_little_and_never_tells_a_negative_time(steps: list[tuple[float, int]]) -> None:
    pace, at, done = Pace(), 0.0, 0
    for seconds, more in steps:
        at, done = at + seconds, done + more
        pace.went(at, done)
        left = pace.left(done + 10)
        assert left is None or left >= 0
    assert len(pace._seen) <= LAST / 0.2 + 10


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, (5, "s")), (0.4, (5, "s")), (5.1, (10, "s")), (11.0, (20, "s")), (40.0, (40, "s")), (50.0, (50, "s")),
        (50.1, (1, "min")), (60.0, (1, "min")), (61.0, (2, "min")), (3540.0, (59, "min")), (5400.0, (90, "min")),
        (5401.0, (2, "h")), (7201.0, (3, "h")),
    ],
)  # fmt: skip
def test_a_time_is_said_as_people_say_it(seconds: float, said: tuple[int, str]) -> None:
    assert kindly(seconds) == said


@given(st.floats(0.0, 1e6))
def test_no_time_that_is_said_is_too_short(seconds: float) -> None:
    n, unit = kindly(seconds)
    assert n * {"s": 1, "min": 60, "h": 3600}[unit] >= seconds
