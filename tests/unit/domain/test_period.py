"""Periods of the calendar, and the stretches of counters that add up to them (rules D1, F4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesa_recuperacion.domain.period import Period, day_of, month_of, span, week_of

DAYS = st.dates(date(1995, 1, 1), date(2045, 12, 31))


def days_of(part: tuple[str, str, str]) -> list[date]:
    """Every day of a stretch, read from its names alone."""
    grain, first, last = part
    begin = date.fromisoformat({"y": first + "-01-01", "m": first + "-01", "d": first}[grain])
    if grain == "d":
        end = date.fromisoformat(last)
    else:
        end = date(int(last[:4]), 12 if grain == "y" else int(last[5:]), 1)
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


@given(DAYS, st.integers(0, 5000))
@example(date(2024, 1, 1), 365)
@example(date(2024, 2, 29), 0)
@example(date(2023, 12, 31), 1)
@example(date(2024, 1, 31), 30)
def test_d1_the_parts_of_a_period_are_its_days_each_once_and_in_order(first: date, more: int) -> None:
    period = span(first, first + timedelta(days=more))
    parts = period.parts()
    assert [day for part in parts for day in days_of(part)] == [first + timedelta(days=n) for n in range(more + 1)]
    assert len(parts) <= 5
    assert sum(1 for grain, _, _ in parts if grain == "y") <= 1


@given(DAYS, DAYS, st.lists(DAYS, min_size=1))
@example(date(2016, 3, 1), date(2026, 11, 30), [date(2017, 2, 5), date(2026, 11, 30)])
@example(date(2016, 3, 1), date(2026, 11, 30), [date(2017, 2, 5), date(2026, 12, 1)])
def test_d1_in_years_a_period_has_the_same_of_what_there_is(one: date, other: date, there: list[date]) -> None:
    period = span(*sorted((one, other)))
    years = period.in_years(min(there), max(there))
    assert [day for day in there if day in years] == [day for day in there if day in period]
    assert years.first == period.first or (years.first.month, years.first.day) == (1, 1)
    assert years.last == period.last or (years.last.month, years.last.day) == (12, 31)


def test_d1_all_years_up_to_today_are_whole_years() -> None:
    today = date(2026, 11, 30)
    ever = span(date(2014, 11, 1), today)
    assert [part[0] for part in ever.parts()] == ["m", "y", "m"]
    assert ever.in_years(date(2016, 5, 2), today).parts() == (("y", "2014", "2026"),)


@given(DAYS)
def test_d1_a_month_is_one_part_and_a_year_too(day: date) -> None:
    assert [part[0] for part in month_of(day).parts()] == ["m"]
    assert [part[0] for part in span(day.replace(month=1, day=1), day.replace(month=12, day=31)).parts()] == ["y"]


@pytest.mark.parametrize("period", [day_of(date.max), month_of(date.max), span(date.min, date.max)])
def test_d1_the_ends_of_the_calendar_have_parts_too(period: Period) -> None:
    first, last = period.parts()[0], period.parts()[-1]
    assert date.fromisoformat({"y": "-01-01", "m": "-01", "d": ""}[first[0]].join((first[1], ""))) == period.first
    assert date.max.isoformat().startswith(last[2])


@given(DAYS, st.integers(-40, 40))
def test_d1_what_is_turned_on_and_back_is_where_it_was(day: date, by: int) -> None:
    for made in (day_of, week_of, month_of):
        period = made(day)
        assert day in period
        assert period.shifted(by).shifted(-by) == period
        assert period.shifted(1).first == period.last + timedelta(days=1)


def test_d1_beyond_the_calendar_a_period_stays() -> None:
    assert day_of(date.max).shifted(1) == day_of(date.max)
    assert month_of(date.min).shifted(-1) == month_of(date.min)


def test_d1_reversed_days_are_no_period() -> None:
    with pytest.raises(ValueError, match="after"):
        span(date(2026, 3, 2), date(2026, 3, 1))
