"""B2, B3: two limits at once, and a period that is funded once whatever the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.budget import Funding, fund, limit, period_of
from mesa_recuperacion.domain.facts import BudgetFunded
from mesa_recuperacion.domain.money import MixedCurrencies, Money
from mesa_recuperacion.domain.policy import PERIODS
from mesa_recuperacion.domain.refusals import AmountMissing, BudgetTooLight, OverCap
from tests.desk import NOW, shipped

MEXICO = ZoneInfo("America/Mexico_City")


def mxn(minor: int) -> Money:
    return Money(minor, "MXN")


@pytest.mark.parametrize(
    ("at", "kind", "period", "ends"),
    [
        ("2026-03-11T23:59", "day", "2026-03-11", "2026-03-12T00:00"),
        ("2026-03-15T23:59", "week", "2026-W11", "2026-03-16T00:00"),
        ("2026-03-16T00:00", "week", "2026-W12", "2026-03-23T00:00"),
        ("2027-01-01T09:00", "week", "2026-W53", "2027-01-04T00:00"),
        ("2026-12-31T23:59", "month", "2026-12", "2027-01-01T00:00"),
        ("2026-02-28T12:00", "month", "2026-02", "2026-03-01T00:00"),
    ],
)
def test_b2_a_period_is_the_branchs_day_week_or_month(at: str, kind: str, period: str, ends: str) -> None:
    instant = datetime.fromisoformat(at).replace(tzinfo=MEXICO).astimezone(UTC)
    ends_at = datetime.fromisoformat(ends).replace(tzinfo=MEXICO)
    assert period_of(instant, kind, MEXICO) == (period, ends_at.astimezone(UTC))


zones = st.sampled_from(["America/Mexico_City", "Pacific/Kiritimati", "Asia/Kathmandu", "America/New_York"]).map(
    ZoneInfo
)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # type: ignore[arg-type]


@given(instants, st.sampled_from(PERIODS), zones)
def test_b2_an_instant_is_within_its_period_and_the_next_period_begins_at_its_end(
    instant: datetime, kind: str, zone: ZoneInfo
) -> None:
    name, ends_at = period_of(instant, kind, zone)
    assert instant < ends_at
    assert period_of(ends_at - timedelta(milliseconds=1), kind, zone) == (name, ends_at)
    following, later = period_of(ends_at, kind, zone)
    assert following > name
    assert later > ends_at


@given(st.lists(st.integers(-400, 400), max_size=30), st.sampled_from(PERIODS))
def test_b3_a_period_is_funded_once_whatever_way_the_clock_moves(days: list[int], kind: str) -> None:
    policy = replace(shipped(), period=kind)
    latest: Funding | None = None
    funded: list[str] = []
    for day in days:
        latest, granted = fund("ana", latest, policy, NOW + timedelta(days=day))
        if granted is not None:
            funded.append(granted.period)
            assert granted == BudgetFunded("ana", latest.period, policy.budget, latest.ends_at)
    assert len(funded) == len(set(funded))
    assert funded == sorted(funded)


def test_b3_a_clock_that_is_put_back_gives_nothing_new() -> None:
    first, _ = fund("ana", None, shipped(), NOW)
    poor = replace(first, left=mxn(0))
    for days in (-400, -7, -1, 0):
        assert fund("ana", poor, shipped(), NOW + timedelta(days=days)) == (poor, None)


def test_b3_another_zone_in_the_policy_does_not_fund_the_same_period_again() -> None:
    policy = replace(shipped(), period="day")
    first, _ = fund("ana", None, policy, NOW)
    west = replace(policy, hours=replace(policy.hours, zone=ZoneInfo("Pacific/Honolulu")))
    assert fund("ana", first, west, first.ends_at) == (first, None)


amounts = st.integers(-10, 40_000)


@given(amounts, st.integers(0, 15_000), amounts)
def test_b2_both_limits_hold_at_once(asked: int, given_: int, left: int) -> None:
    answer = limit(mxn(asked), given=mxn(given_), cap=mxn(15_000), left=mxn(left))
    if answer is None:
        assert 0 < asked <= min(15_000 - given_, left)
    elif isinstance(answer, OverCap):
        assert given_ + asked > 15_000
        assert answer.room == mxn(15_000 - given_)
    elif isinstance(answer, BudgetTooLight):
        assert asked > left
    else:
        assert asked <= 0
        assert answer == AmountMissing()


def test_b7_a_limit_in_another_currency_is_no_limit() -> None:
    with pytest.raises(MixedCurrencies):
        limit(Money(1, "USD"), given=mxn(0), cap=mxn(1), left=mxn(1))
