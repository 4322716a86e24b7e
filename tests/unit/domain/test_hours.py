"""C3: business time has windows, holidays and the branch's own zone, correct across daylight saving."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.hours import Hours, at_local

_NAMES = "America/Mexico_City America/New_York Europe/Madrid Asia/Kathmandu Pacific/Kiritimati Australia/Lord_Howe UTC"
ZONES = st.sampled_from(_NAMES.split()).map(ZoneInfo)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    """Up to two windows of a day, in order."""
    edges = sorted(draw(st.sets(clocks, min_size=0, max_size=4)))
    edges = edges[: len(edges) // 2 * 2]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


hours = st.builds(
    Hours,
    ZONES,
    st.tuples(*[windows()] * 7),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=5),
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # type: ignore[arg-type]


@given(hours, instants)
def test_c3_the_next_opening_is_open_and_not_before(plan: Hours, instant: datetime) -> None:
    opening = plan.next_open(instant)
    assert opening >= instant
    assert opening.utcoffset() == timedelta(0)
    if not plan.is_open(opening):
        assert opening == instant
        assert not any(plan.is_open(instant + timedelta(minutes=15 * n)) for n in range(4 * 24 * 14))


@given(hours, instants)
def test_c3_an_open_branch_does_not_make_anybody_wait(plan: Hours, instant: datetime) -> None:
    if plan.is_open(instant):
        assert plan.next_open(instant) == instant


@given(hours, instants, st.integers(0, 30))
def test_c3_working_days_are_counted_on_days_that_are_worked(plan: Hours, instant: datetime, days: int) -> None:
    due = plan.add_days(instant, days)
    if not any(plan.windows):
        return
    local = instant.astimezone(plan.zone)
    worked = [
        day
        for n in range(1, (due.astimezone(plan.zone).date() - local.date()).days + 1)
        if plan.windows_on(day := local.date() + timedelta(days=n))
    ]
    assert len(worked) >= days
    assert plan.is_open(due)


MEXICO = ZoneInfo("America/Mexico_City")
SPLIT = (time(9), time(14)), (time(16), time(19, 30))
WEEK = Hours(MEXICO, (*[SPLIT] * 5, ((time(10), time(14)),), ()), frozenset({date(2026, 3, 16)}))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=MEXICO).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (local(11, 10), local(11, 10)), (local(11, 8), local(11, 9)), (local(11, 14), local(11, 16)),
        (local(11, 15, 59), local(11, 16)), (local(11, 19, 30), local(12, 9)), (local(13, 20), local(14, 10)),
        (local(14, 14), local(17, 9)), (local(15, 12), local(17, 9)),
    ],
)  # fmt: skip
def test_c3_breaks_nights_sundays_and_holidays(at: datetime, opening: datetime) -> None:
    assert WEEK.next_open(at) == opening


@pytest.mark.parametrize(
    ("at", "days", "due"),
    [
        (local(11, 10), 0, local(11, 10)), (local(11, 10), 1, local(12, 10)), (local(13, 10), 1, local(14, 10)),
        (local(14, 13), 1, local(17, 13)), (local(13, 15), 1, local(17, 9)), (local(11, 15), 1, local(12, 16)),
    ],
)  # fmt: skip
def test_c3_days_keep_their_hour_and_skip_what_is_closed(at: datetime, days: int, due: datetime) -> None:
    assert WEEK.add_days(at, days) == due


def test_c3_a_branch_that_never_opens_binds_nobody() -> None:
    never = Hours(MEXICO, ((),) * 7)
    assert never.next_open(local(11, 10)) == local(11, 10)
    assert never.add_days(local(11, 10), 3) == local(14, 10)


def test_c3_more_working_days_than_a_year_has_are_counted_too() -> None:
    assert WEEK.add_days(local(11, 10), 626) == datetime(2028, 3, 11, 16, 0, tzinfo=UTC)


def test_c3_an_hour_that_spring_skips_moves_on_by_the_gap() -> None:
    zone = ZoneInfo("America/New_York")
    assert at_local(date(2026, 3, 8), time(2, 30), zone) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    skipped = Hours(zone, (((time(9), time(17)),),) * 6 + (((time(2), time(3)),),))
    sunday = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)
    assert skipped.next_open(sunday) == datetime(2026, 3, 9, 13, 0, tzinfo=UTC)


def test_c3_a_day_of_daylight_saving_keeps_the_wall_clock() -> None:
    zone = ZoneInfo("Europe/Madrid")
    plan = Hours(zone, (((time(9), time(18)),),) * 7)
    saturday = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)
    assert plan.add_days(saturday, 1) - saturday == timedelta(hours=23)
    assert plan.add_days(saturday, 1).astimezone(zone).time() == time(10)
