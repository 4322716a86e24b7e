"""C3: business time worked out by hand, around real changes of the clocks.

Every hour in these tables carries its offset, so that each can be checked without knowing any zone:
``10-24 23:00+02`` to ``10-25 06:00+01`` are eight hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mesa_recuperacion.domain.hours import MIDNIGHT, Hours, Window
from mesa_recuperacion.domain.policy import Span, keepable

HOUR = timedelta(hours=1)


def windows(text: str) -> tuple[Window, ...]:
    """``09:00-14:00 16:00-24:00``."""
    edges = [one.split("-") for one in text.split()]
    return tuple(
        (time.fromisoformat(opens), MIDNIGHT if closes == "24:00" else time.fromisoformat(closes))
        for opens, closes in edges
    )


def branch(zone: str, every_day: str, closed: str = "", holidays: str = "") -> Hours:
    """A branch with the same windows every day but those: ``closed`` has digits of weekdays, 0 is Monday."""
    week = tuple(() if str(n) in closed else windows(every_day) for n in range(7))
    return Hours(ZoneInfo(zone), week, frozenset(map(date.fromisoformat, holidays.split())))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "window", "day", "hours"),
    [
        pytest.param("Europe/Madrid", "00:00-06:00", "2026-03-28", 6, id="Madrid, an ordinary night"),
        pytest.param("Europe/Madrid", "00:00-06:00", "2026-03-29", 5, id="Madrid, summer time begins"),
        pytest.param("Europe/Madrid", "00:00-06:00", "2026-10-25", 7, id="Madrid, summer time ends"),
        pytest.param("America/New_York", "00:00-06:00", "2026-03-08", 5, id="New York, summer time begins"),
        pytest.param("America/New_York", "00:00-06:00", "2026-11-01", 7, id="New York, summer time ends"),
        pytest.param("Australia/Sydney", "00:00-06:00", "2026-10-04", 5, id="Sydney, summer time begins"),
        pytest.param("Australia/Sydney", "00:00-06:00", "2026-04-05", 7, id="Sydney, summer time ends"),
        pytest.param("Australia/Lord_Howe", "00:00-06:00", "2026-10-04", 5.5, id="Lord Howe, half an hour less"),
        pytest.param("Australia/Lord_Howe", "00:00-06:00", "2026-04-05", 6.5, id="Lord Howe, half an hour more"),
        pytest.param("America/St_Johns", "00:00-06:00", "2026-03-08", 5, id="St John's, summer time begins"),
        pytest.param("America/St_Johns", "00:00-06:00", "2026-11-01", 7, id="St John's, summer time ends"),
        pytest.param("America/St_Johns", "00:00-06:00", "2010-11-07", 7, id="St John's, set back at 00:01"),
        pytest.param("Pacific/Chatham", "00:00-06:00", "2026-04-05", 7, id="Chatham, from +13:45 to +12:45"),
        pytest.param("Asia/Kathmandu", "00:00-06:00", "2026-03-29", 6, id="Kathmandu never changes"),
        pytest.param("Africa/Cairo", "00:00-06:00", "2026-04-24", 5, id="Cairo has no midnight that day"),
        pytest.param("Africa/Cairo", "22:00-24:00", "2026-10-29", 3, id="Cairo has eleven at night twice"),
        pytest.param("Europe/Madrid", "22:00-06:00", "2026-03-27", 8, id="Madrid, an ordinary night shift"),
        pytest.param("Europe/Madrid", "22:00-06:00", "2026-03-28", 7, id="Madrid, the short night shift"),
        pytest.param("Europe/Madrid", "22:00-06:00", "2026-10-24", 9, id="Madrid, the long night shift"),
        pytest.param("Australia/Lord_Howe", "22:00-06:00", "2026-10-03", 7.5, id="Lord Howe, the short night shift"),
        pytest.param("Australia/Lord_Howe", "22:00-06:00", "2026-04-04", 8.5, id="Lord Howe, the long night shift"),
        pytest.param("Europe/Madrid", "00:00-24:00", "2026-03-29", 23, id="Madrid, the shortest day"),
        pytest.param("Europe/Madrid", "00:00-24:00", "2026-10-25", 25, id="Madrid, the longest day"),
        pytest.param("Europe/Madrid", "09:00-09:00", "2026-03-28", 23, id="Madrid, from nine to nine of the next day"),
        pytest.param("Europe/Madrid", "02:00-03:00", "2026-03-29", 0, id="a window that is skipped whole"),
        pytest.param("Europe/Madrid", "02:10-02:40", "2026-03-29", 0, id="a window within the hour that is skipped"),
        pytest.param("Europe/Madrid", "02:30-06:00", "2026-03-29", 3, id="an opening that is skipped: at the change"),
        pytest.param("Europe/Madrid", "01:00-02:30", "2026-03-29", 1, id="a closing that is skipped: at the change"),
        pytest.param("Europe/Madrid", "02:15-02:45", "2026-10-25", 0.5, id="within the repeated hour: the first"),
        pytest.param("Europe/Madrid", "00:00-02:30", "2026-10-25", 2.5, id="closes in the repeated hour: the first"),
        pytest.param("Europe/Madrid", "02:30-06:00", "2026-10-25", 4.5, id="opens in the repeated hour: the first"),
        pytest.param("Pacific/Apia", "00:00-24:00", "2011-12-29", 24, id="Apia, the last day before the jump"),
        pytest.param("Pacific/Apia", "00:00-24:00", "2011-12-30", 0, id="Apia, the day that nobody lived"),
        pytest.param("Pacific/Apia", "09:00-17:00", "2011-12-30", 0, id="Apia, its office hours neither"),
    ],
)
def test_c3_how_long_a_window_really_lasts(zone: str, window: str, day: str, hours: float) -> None:
    plan = branch(zone, window)
    stretches = plan.stretches(date.fromisoformat(day))
    assert sum((end - start for start, end in stretches), timedelta(0)) == hours * HOUR
    for start, end in stretches:
        assert plan.open_between(start, end) == hours * HOUR
        assert plan.add_open(start, hours * HOUR) == end


SPLIT = branch("Europe/Madrid", "09:00-14:00 16:00-19:30", closed="56")
NIGHTS = branch("Europe/Madrid", "22:00-06:00")
EVE = branch("Europe/Madrid", "22:00-06:00", holidays="2026-12-25")
OFFICE = branch("America/New_York", "09:00-17:00", closed="56")
ALL_DAY = branch("America/New_York", "00:00-24:00")
SYDNEY = branch("Australia/Sydney", "22:00-06:00")
LORD_HOWE = branch("Australia/Lord_Howe", "22:00-06:00")
ST_JOHNS = branch("America/St_Johns", "22:00-06:00")
NEPAL = branch("Asia/Kathmandu", "09:00-18:00", closed="5")
APIA = branch("Pacific/Apia", "09:00-17:00", closed="6")
SMALL_HOURS = branch("America/St_Johns", "00:00-06:00")
APIA_NIGHTS = branch("Pacific/Apia", "22:00-06:00")
LATE = branch("America/Mexico_City", "18:00-24:00")
DAYS = branch("America/Mexico_City", "09:00-18:00", closed="56", holidays="2026-03-16")

ADDED = [
    pytest.param(SPLIT, "2026-03-27 13:00+01:00", 1, "2026-03-27 14:00+01:00", id="a closing, not the next opening"),
    pytest.param(SPLIT, "2026-03-27 13:00+01:00", 4, "2026-03-27 19:00+01:00", id="over the midday break"),
    pytest.param(SPLIT, "2026-03-27 13:00+01:00", 6, "2026-03-30 10:30+02:00", id="over the weekend of the change"),
    pytest.param(SPLIT, "2026-03-27 15:00+01:00", 1, "2026-03-27 17:00+01:00", id="asked for in the break"),
    pytest.param(SPLIT, "2026-03-29 12:00+02:00", 0.5, "2026-03-30 09:30+02:00", id="asked for on a Sunday"),
    pytest.param(NIGHTS, "2026-03-28 23:00+01:00", 6, "2026-03-29 06:00+02:00", id="Madrid, the short night"),
    pytest.param(NIGHTS, "2026-03-28 23:00+01:00", 7, "2026-03-29 23:00+02:00", id="Madrid, into the next night"),
    pytest.param(NIGHTS, "2026-10-24 23:00+02:00", 8, "2026-10-25 06:00+01:00", id="Madrid, the long night"),
    pytest.param(NIGHTS, "2026-10-25 02:30+02:00", 1, "2026-10-25 02:30+01:00", id="an hour later, the same hour"),
    pytest.param(EVE, "2026-12-24 23:00+01:00", 7, "2026-12-25 06:00+01:00", id="the eve's night is worked"),
    pytest.param(EVE, "2026-12-24 23:00+01:00", 8, "2026-12-26 23:00+01:00", id="the holiday's night is not"),
    pytest.param(OFFICE, "2026-10-30 16:00-04:00", 2, "2026-11-02 10:00-05:00", id="New York, weekend of the change"),
    pytest.param(ALL_DAY, "2026-03-07 12:00-05:00", 24, "2026-03-08 13:00-04:00", id="New York, never closed, spring"),
    pytest.param(ALL_DAY, "2026-10-31 12:00-04:00", 24, "2026-11-01 11:00-05:00", id="New York, never closed, autumn"),
    pytest.param(SYDNEY, "2026-10-03 22:00+10:00", 7, "2026-10-04 06:00+11:00", id="Sydney, the short night"),
    pytest.param(SYDNEY, "2026-04-04 22:00+11:00", 9, "2026-04-05 06:00+10:00", id="Sydney, the long night"),
    pytest.param(LORD_HOWE, "2026-10-03 22:00+10:30", 7.5, "2026-10-04 06:00+11:00", id="Lord Howe, the short night"),
    pytest.param(LORD_HOWE, "2026-04-04 22:00+11:00", 8.5, "2026-04-05 06:00+10:30", id="Lord Howe, the long night"),
    pytest.param(ST_JOHNS, "2026-03-07 22:00-03:30", 7, "2026-03-08 06:00-02:30", id="St John's, the short night"),
    pytest.param(ST_JOHNS, "2026-10-31 22:00-02:30", 9.5, "2026-11-01 22:30-03:30", id="St John's, the long night"),
    pytest.param(NEPAL, "2026-03-13 17:45+05:45", 0.5, "2026-03-15 09:15+05:45", id="Kathmandu, over its Saturday"),
    pytest.param(APIA, "2011-12-29 16:00-10:00", 2, "2011-12-31 10:00+14:00", id="Apia, over the day that was not"),
    pytest.param(APIA_NIGHTS, "2011-12-29 23:00-10:00", 3, "2011-12-31 02:00+14:00", id="Apia, the night of the jump"),
    pytest.param(LATE, "2026-03-11 23:30-06:00", 0.5, "2026-03-12 00:00-06:00", id="24:00 is the end of the day"),
    pytest.param(LATE, "2026-03-11 23:30-06:00", 1, "2026-03-12 18:30-06:00", id="and its last minute is worked"),
    pytest.param(DAYS, "2026-03-13 17:00-06:00", 2, "2026-03-17 10:00-06:00", id="over a weekend and a holiday"),
    pytest.param(DAYS, "2026-03-17 10:00-06:00", 200, "2026-04-16 12:00-06:00", id="8 h, 21 days of 9 h, and 3 h"),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "asked", "hours", "due"), ADDED)
def test_c3_open_time_that_is_added(plan: Hours, asked: str, hours: float, due: str) -> None:
    assert plan.add_open(at(asked), hours * HOUR) == at(due)
    assert plan.open_between(at(asked), at(due)) == hours * HOUR


@pytest.mark.parametrize(
    ("plan", "start", "end", "hours"),
    [
        pytest.param(OFFICE, "2026-03-11 17:00-04:00", "2026-03-12 09:00-04:00", 0, id="closing to opening: nothing"),
        pytest.param(OFFICE, "2026-03-11 16:00-04:00", "2026-03-12 10:00-04:00", 2, id="a pause over the night"),
        pytest.param(OFFICE, "2026-03-12 10:00-04:00", "2026-03-11 16:00-04:00", 0, id="backwards: nothing"),
        pytest.param(SPLIT, "2026-03-23 00:00+01:00", "2026-03-30 00:00+02:00", 42.5, id="a week of split shifts"),
        pytest.param(NIGHTS, "2026-10-01 00:00+02:00", "2026-11-01 00:00+01:00", 249, id="October: 31 nights and 1 h"),
        pytest.param(NIGHTS, "2026-03-01 00:00+01:00", "2026-04-01 00:00+02:00", 247, id="March: 31 nights less 1 h"),
        pytest.param(SMALL_HOURS, "2010-11-06 20:00-02:30", "2010-11-06 23:30-03:30", 0.5, id="back over midnight"),
        pytest.param(EVE, "2026-12-24 22:00+01:00", "2026-12-26 22:00+01:00", 8, id="the eve's night alone"),
    ],
)  # fmt: skip
def test_c3_open_time_between_two_instants(plan: Hours, start: str, end: str, hours: float) -> None:
    assert plan.open_between(at(start), at(end)) == hours * HOUR


@pytest.mark.parametrize(
    ("plan", "instant", "opening"),
    [
        pytest.param(EVE, "2026-12-25 03:00+01:00", "2026-12-25 03:00+01:00", id="the eve's night, on the holiday"),
        pytest.param(EVE, "2026-12-25 06:00+01:00", "2026-12-26 22:00+01:00", id="its closing"),
        pytest.param(EVE, "2026-12-25 23:00+01:00", "2026-12-26 22:00+01:00", id="the holiday's night"),
        pytest.param(EVE, "2026-12-26 03:00+01:00", "2026-12-26 22:00+01:00", id="the small hours after it"),
        pytest.param(LATE, "2026-03-11 23:59:59.999999-06:00", "2026-03-11 23:59:59.999999-06:00", id="until 24:00"),
        pytest.param(LATE, "2026-03-12 00:00-06:00", "2026-03-12 18:00-06:00", id="at 24:00"),
        pytest.param(NIGHTS, "2026-10-25 02:30+01:00", "2026-10-25 02:30+01:00", id="the repeated hour"),
        pytest.param(SMALL_HOURS, "2010-11-06 23:30-03:30", "2010-11-06 23:30-03:30", id="set back over midnight"),
        pytest.param(APIA, "2011-12-29 17:00-10:00", "2011-12-31 09:00+14:00", id="over the day that was not"),
    ],
)  # fmt: skip
def test_c3_nights_holidays_and_midnight(plan: Hours, instant: str, opening: str) -> None:
    assert plan.next_open(at(instant)) == plan.add_open(at(instant), timedelta(0)) == at(opening)
    assert plan.is_open(at(instant)) == (instant == opening)


def test_c3_at_midnight_an_open_day_and_the_next_do_not_part() -> None:
    seam = at("2026-03-12 00:00-04:00")
    assert all(ALL_DAY.is_open(seam + n * timedelta.resolution) for n in (-1, 0, 1))
    assert ALL_DAY.open_between(seam - HOUR, seam + HOUR) == 2 * HOUR


def test_c3_windows_that_touch_run_on_and_what_two_share_counts_once() -> None:
    touching = branch("Europe/Madrid", "06:00-14:00 14:00-22:00 22:00-06:00")
    assert touching.open_between(at("2026-10-24 12:00+02:00"), at("2026-10-25 12:00+01:00")) == 25 * HOUR
    shared = branch("Europe/Madrid", "22:00-06:00 05:00-07:00")
    assert shared.open_between(at("2026-03-10 12:00+01:00"), at("2026-03-11 12:00+01:00")) == 9 * HOUR
    assert shared.add_open(at("2026-03-10 22:00+01:00"), 9 * HOUR) == at("2026-03-11 07:00+01:00")


WEEKNIGHTS = branch("Europe/Madrid", "22:00-06:00", closed="56")


@pytest.mark.parametrize(
    ("plan", "instant", "days", "due"),
    [
        pytest.param(WEEKNIGHTS, "2026-03-13 02:00+01:00", 1, "2026-03-14 02:00+01:00", id="Thursday night, Friday's"),
        pytest.param(WEEKNIGHTS, "2026-03-14 02:00+01:00", 1, "2026-03-17 02:00+01:00", id="Friday night, Monday's"),
        pytest.param(WEEKNIGHTS, "2026-03-13 23:00+01:00", 1, "2026-03-16 23:00+01:00", id="Friday evening, Monday's"),
        pytest.param(WEEKNIGHTS, "2026-03-14 02:00+01:00", 0, "2026-03-14 02:00+01:00", id="no day: the same moment"),
        pytest.param(WEEKNIGHTS, "2026-03-14 12:00+01:00", 1, "2026-03-16 22:00+01:00", id="closed: the next opening"),
        pytest.param(NIGHTS, "2026-03-28 02:30+01:00", 1, "2026-03-29 03:30+02:00", id="an hour that is skipped"),
        pytest.param(NIGHTS, "2026-10-25 02:30+01:00", 0, "2026-10-25 02:30+01:00", id="the repeated hour stays"),
        pytest.param(NIGHTS, "2026-10-25 02:30+01:00", 1, "2026-10-26 02:30+01:00", id="a day after the repeated hour"),
        pytest.param(APIA, "2011-12-29 10:00-10:00", 1, "2011-12-31 10:00+14:00", id="a day that was not is no day"),
        pytest.param(APIA, "2011-12-29 10:00-10:00", 2, "2012-01-02 10:00+14:00", id="nor counts as one"),
        pytest.param(NIGHTS, "2026-10-25 02:30+01:00", 154, "2027-03-28 03:30+02:00", id="repeated, then skipped"),
        pytest.param(EVE, "2026-12-24 23:00+01:00", 1, "2026-12-26 23:00+01:00", id="a holiday is no working day"),
    ],
)  # fmt: skip
def test_c3_working_days_where_nights_are_worked(plan: Hours, instant: str, days: int, due: str) -> None:
    assert plan.add_days(at(instant), days) == at(due)


@pytest.mark.parametrize(
    ("span", "business", "clock"),
    [
        (Span(90, "s"), "2026-03-17 09:00:30-06:00", "2026-03-13 18:00:30-06:00"),
        (Span(30, "m"), "2026-03-17 09:29-06:00", "2026-03-13 18:29-06:00"),
        (Span(4, "h"), "2026-03-17 12:59-06:00", "2026-03-13 21:59-06:00"),
        (Span(20, "h"), "2026-03-19 10:59-06:00", "2026-03-14 13:59-06:00"),
        (Span(2, "d"), "2026-03-18 17:59-06:00", "2026-03-18 17:59-06:00"),
    ],
)
def test_c3_an_area_s_time_counts_while_the_branch_is_open(span: Span, business: str, clock: str) -> None:
    friday = datetime.fromisoformat("2026-03-13 17:59-06:00")
    assert span.open_after(friday, DAYS) == at(business)
    assert span.after(friday, DAYS) == at(clock)
    assert span.open_after(friday, DAYS).tzinfo is span.after(friday, DAYS).tzinfo is UTC


def test_c3_a_span_of_nothing_waits_for_the_branch_alone() -> None:
    assert Span(0, "m").open_after(at("2026-03-13 12:00-06:00"), DAYS) == at("2026-03-13 12:00-06:00")
    assert Span(0, "m").open_after(at("2026-03-13 18:00-06:00"), DAYS) == at("2026-03-17 09:00-06:00")


@pytest.mark.parametrize(
    ("plan", "now", "promised"),
    [
        (NEPAL, "2026-03-11 10:01+05:45", "2026-03-11 12:30+05:45"),
        (NEPAL, "2026-03-11 10:00+05:45", "2026-03-11 12:00+05:45"),
        (LORD_HOWE, "2026-04-05 00:50+11:00", "2026-04-05 02:30+10:30"),
        (OFFICE, "2026-03-11 10:42:18-04:00", "2026-03-11 13:00-04:00"),
    ],
)
def test_c5_what_is_promised_is_a_half_hour_of_the_branch_s_own_clock(plan: Hours, now: str, promised: str) -> None:
    assert keepable(Span(2, "h"), plan, at(now)) == at(promised)
