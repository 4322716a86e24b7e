"""C3: what holds for business time in any zone, week, holidays and moment, changes of an hour included."""

from __future__ import annotations

import os
import time as machine
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain.hours import MIDNIGHT, Hours, at_local

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# Zones with moments (UTC) near which their clocks change: by an hour, by half an hour, at midnight, over a whole day.
CHANGES = {
    "UTC": (),
    "Asia/Kathmandu": (),
    "America/Mexico_City": ("2022-10-30T07:00",),
    "Europe/Madrid": ("2026-03-29T01:00", "2026-10-25T01:00"),
    "America/New_York": ("2026-03-08T07:00", "2026-11-01T06:00"),
    "America/St_Johns": ("2026-03-08T05:30", "2026-11-01T04:30", "2010-03-14T03:31", "2010-11-07T02:31"),
    "Australia/Sydney": ("2026-04-04T16:00", "2026-10-03T16:00"),
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30"),
    "Pacific/Chatham": ("2026-04-04T14:00", "2026-09-26T14:00"),
    "Pacific/Apia": ("2011-09-24T14:00", "2011-12-30T10:00"),
    "Africa/Cairo": ("2026-04-23T22:00", "2026-10-29T21:00"),
    "America/Sao_Paulo": ("2018-02-18T02:00", "2018-11-04T03:00"),
    "America/Havana": ("2026-03-08T05:00", "2026-11-01T05:00"),
}
ELSEWHERE = ("UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe")

walls = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45]))
windows = st.tuples(walls, walls | st.just(MIDNIGHT)).filter(lambda window: window[0] != window[1])
weeks = st.lists(st.lists(windows, max_size=3).map(tuple), min_size=7, max_size=7).map(tuple)
lengths = st.integers(1, 40 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def branches(draw: st.DrawFn) -> tuple[Hours, datetime]:
    """A branch that opens some day, and an instant, often near a change of its clocks."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    moments = [*CHANGES[zone], "2026-06-15T12:00"]
    near = datetime.fromisoformat(draw(st.sampled_from(moments))).replace(tzinfo=UTC)
    instant = near + timedelta(seconds=draw(st.integers(-3 * 86_400, 3 * 86_400)))
    around = [near.date() + timedelta(days=n) for n in range(-4, 5)]
    holidays = draw(st.frozensets(st.sampled_from(around), max_size=3))
    return Hours(ZoneInfo(zone), draw(weeks.filter(any)), holidays), instant


BRANCH = branches()


def minutes_of(plan: Hours, start: datetime, days: int) -> Iterator[tuple[datetime, bool]]:
    """Every minute from one on, and whether the branch is open, told from the clock on the wall alone.

    The latest hour that the wall has shown decides: while an hour is repeated, it is still its last minute.
    """
    latest = datetime.min
    for n in range(-180, days * 1440):  # three hours before: no clock is set back by more
        minute = start + n * MINUTE
        latest = max(latest, minute.astimezone(plan.zone).replace(tzinfo=None))
        if n >= 0:
            yield minute, shows_open(plan, latest)


def shows_open(plan: Hours, wall: datetime) -> bool:
    for day in (wall.date() - DAY, wall.date()):
        for opens, closes in plan.windows_on(day):
            ends = day + DAY if closes <= opens or closes == MIDNIGHT else day
            last = time(0) if closes == MIDNIGHT else closes
            if datetime.combine(day, opens) <= wall < datetime.combine(ends, last):
                return True
    return False


@given(BRANCH)
@settings(max_examples=60, deadline=None)
def test_c3_every_minute_is_open_or_closed_as_the_clock_on_the_wall_says(branch: tuple[Hours, datetime]) -> None:
    plan, instant = branch
    start = instant.replace(second=0)
    told = list(minutes_of(plan, start, 2))
    assert plan.open_between(start, start + 2 * DAY) == sum(is_open for _, is_open in told) * MINUTE
    assert [plan.is_open(minute) for minute, _ in told[::7]] == [is_open for _, is_open in told[::7]]
    opening = next((minute for minute, is_open in told if is_open), None)
    if opening is not None:
        assert plan.next_open(start) == opening


@given(BRANCH, lengths, lengths)
@settings(deadline=None)
def test_c3_open_time_adds_up(branch: tuple[Hours, datetime], one: timedelta, two: timedelta) -> None:
    plan, instant = branch
    assert plan.add_open(plan.add_open(instant, one), two) == plan.add_open(instant, one + two)


@given(BRANCH, lengths)
@settings(deadline=None)
def test_c3_what_was_added_is_what_lies_between(branch: tuple[Hours, datetime], length: timedelta) -> None:
    plan, instant = branch
    due = plan.add_open(instant, length)
    assert due.tzinfo is UTC
    assert plan.open_between(instant, due) == length
    assert plan.open_between(instant, due - timedelta.resolution) == length - timedelta.resolution  # not a moment late
    assert due - instant >= length


@given(BRANCH, lengths, lengths)
@settings(deadline=None)
def test_c3_later_or_longer_is_never_due_earlier(
    branch: tuple[Hours, datetime], later: timedelta, length: timedelta
) -> None:
    plan, instant = branch
    due = plan.add_open(instant, length)
    assert plan.add_open(instant + later, length) >= due
    assert plan.add_open(instant, length + later) > due
    assert plan.add_open(instant, timedelta(0)) < due
    assert plan.next_open(instant) <= plan.next_open(instant + later)


@given(BRANCH, lengths, lengths)
@settings(deadline=None)
def test_c3_the_parts_of_a_time_are_the_whole(
    branch: tuple[Hours, datetime], one: timedelta, two: timedelta
) -> None:  # fmt: skip
    plan, start = branch
    middle, end = start + one, start + one + two
    parts = plan.open_between(start, middle) + plan.open_between(middle, end)
    assert parts == plan.open_between(start, end) <= one + two
    assert plan.open_between(end, start) == plan.open_between(start, start) == timedelta(0)


@given(BRANCH)
@settings(deadline=None)
def test_c3_nothing_is_open_before_the_next_opening(branch: tuple[Hours, datetime]) -> None:
    plan, instant = branch
    opening = plan.add_open(instant, timedelta(0))
    assert opening == plan.next_open(instant) >= instant
    assert plan.is_open(opening)
    assert plan.open_between(instant, opening) == timedelta(0)


@given(BRANCH, st.integers(-4, 4))
@settings(deadline=None)
def test_c3_a_holiday_takes_the_windows_that_open_on_it_and_no_others(
    branch: tuple[Hours, datetime], n: int
) -> None:  # fmt: skip
    plan, instant = branch
    holiday = instant.astimezone(plan.zone).date() + timedelta(days=n)
    worked, rested = (
        replace(plan, holidays=days) for days in (plan.holidays - {holiday}, plan.holidays | {holiday})
    )  # fmt: skip
    assert rested.stretches(holiday) == ()
    for m in (-1, 1):
        assert rested.stretches(holiday + m * DAY) == worked.stretches(holiday + m * DAY)
    start, end = instant - 6 * DAY, instant + 6 * DAY
    lost = worked.open_between(start, end) - rested.open_between(start, end)
    assert timedelta(0) <= lost <= sum((closes - opens for opens, closes in worked.stretches(holiday)), timedelta(0))


@given(BRANCH)
@settings(deadline=None)
def test_c3_what_is_open_on_a_date_lies_between_its_midnights(branch: tuple[Hours, datetime]) -> None:
    plan, instant = branch
    day = instant.astimezone(plan.zone).date()
    midnight, next_midnight = (at_local(d, time(0), plan.zone) for d in (day, day + DAY))
    stretches = plan.open_on(day)
    assert sum((end - start for start, end in stretches), timedelta(0)) == plan.open_between(midnight, next_midnight)
    edges = [midnight, *(edge for stretch in stretches for edge in stretch), next_midnight]
    assert edges == sorted(edges)
    assert all(plan.is_open(start) for start, _ in stretches)


@given(BRANCH, st.integers(0, 20))
@settings(deadline=None)
def test_c3_working_days_are_counted_from_the_day_on_which_the_window_opened(
    branch: tuple[Hours, datetime], days: int
) -> None:
    plan, instant = branch
    due = plan.add_days(instant, days)
    assert due >= instant
    assert plan.is_open(due)
    begun, ended = plan.day_of(instant), due.astimezone(plan.zone).date()
    assert sum(bool(plan.stretches(begun + n * DAY)) for n in range(1, (ended - begun).days + 1)) >= days


@given(BRANCH)
@settings(deadline=None)
def test_c3_the_small_hours_belong_to_the_evening_whose_window_is_open(branch: tuple[Hours, datetime]) -> None:
    plan, instant = branch
    day = instant.astimezone(plan.zone).date()
    worked = {d for d in (day - DAY, day) if any(opens <= instant < closes for opens, closes in plan.stretches(d))}
    assert plan.day_of(instant) == (day - DAY if worked == {day - DAY} else day)


@contextmanager
def workstation(zone: str) -> Iterator[None]:
    """A machine that stands in that zone."""
    kept = os.environ["TZ"]
    os.environ["TZ"] = zone
    if hasattr(machine, "tzset"):  # elsewhere a program keeps one zone for life
        machine.tzset()
    try:
        yield
    finally:
        os.environ["TZ"] = kept
        if hasattr(machine, "tzset"):
            machine.tzset()


@given(BRANCH, lengths, st.sampled_from(ELSEWHERE), st.sampled_from([*ELSEWHERE, "the branch's"]))
@settings(deadline=None)
def test_c3_neither_the_workstation_nor_the_zone_of_an_instant_matters(
    branch: tuple[Hours, datetime], length: timedelta, machine_zone: str, told_in: str
) -> None:
    plan, instant = branch
    zone = plan.zone if told_in == "the branch's" else ZoneInfo(told_in)

    def answers(told: Callable[[datetime], datetime]) -> list[object]:
        at, then = told(instant), told(instant + length)
        instants = [plan.add_open(at, length), plan.next_open(at), plan.add_days(at, 2)]
        return [
            *((due, due.utcoffset()) for due in instants), plan.open_between(at, then), plan.is_open(at),
            plan.closes_at(at), plan.day_of(at),
        ]  # fmt: skip

    expected = answers(lambda at: at)
    with workstation(machine_zone):
        assert answers(lambda at: at.astimezone(zone)) == expected


@given(BRANCH, lengths, lengths)
def test_c3_a_branch_that_never_opens_runs_on_the_clock(
    branch: tuple[Hours, datetime], length: timedelta, other: timedelta
) -> None:
    never, instant = replace(branch[0], windows=((),) * 7), branch[1]
    assert never.add_open(instant, length) == instant + length
    assert never.open_between(instant, instant + other) == other
    assert never.next_open(instant) == never.add_open(instant, timedelta(0)) == instant
    assert not never.is_open(instant)


@given(BRANCH, lengths)
def test_c3_an_instant_without_a_zone_is_nobody_s(branch: tuple[Hours, datetime], length: timedelta) -> None:
    plan, instant = branch
    bare = instant.replace(tzinfo=None)
    for ask in (plan.is_open, plan.next_open, plan.closes_at, plan.day_of):
        with pytest.raises(ValueError, match="zone"):
            ask(bare)
    with pytest.raises(ValueError, match="zone"):
        plan.add_open(bare, length)
    with pytest.raises(ValueError, match="zone"):
        plan.open_between(instant, bare)
    with pytest.raises(ValueError, match="forward"):
        plan.add_open(instant, -length)


def test_c3_open_time_is_counted_by_windows_not_by_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Hours(ZoneInfo("Europe/Madrid"), (((time(9), time(14)), (time(16), time(19))),) * 5 + ((), ()))
    asked: list[date] = []
    honest = Hours.stretches

    def counting(self: Hours, day: date) -> tuple[tuple[datetime, datetime], ...]:
        asked.append(day)
        return honest(self, day)

    monkeypatch.setattr(Hours, "stretches", counting)
    start = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)  # a Monday, 9:00 in Madrid
    due = plan.add_open(start, 200 * HOUR)
    assert due == datetime(2026, 2, 6, 18, 0, tzinfo=UTC)  # 25 days of 8 hours: the fifth Friday, 19:00
    assert len(asked) == len(set(asked)) == 34  # each date once, with the evening before the first
