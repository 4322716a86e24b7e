"""Promises are typed in a short grammar (rule C5), in the branch's own hours and zone (rule C3)."""

from __future__ import annotations

import os
import time as machine
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mesa_recuperacion.dialogue.grammar.when import (
    Closed,
    NotUnderstood,
    Past,
    TooFar,
    attends,
    read_when,
    suggest_when,
)
from mesa_recuperacion.domain.hours import Hours, at_local
from mesa_recuperacion.i18n.shown import Shown

MEXICO = ZoneInfo("America/Mexico_City")
LONG, SHORT = ((time(9), time(19)),), ((time(9), time(14)),)
HOURS = Hours(MEXICO, (LONG, LONG, LONG, LONG, LONG, SHORT, ()), frozenset({date(2025, 3, 17)}))
ALWAYS = ((time(0), time.max),)


def local(text: str, zone: ZoneInfo = MEXICO) -> datetime:
    """``2025-03-12 10:42`` of a zone, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


NOW = local("2025-03-12 10:42:18")  # a Wednesday


def shown(answer: object, zone: ZoneInfo = MEXICO) -> str:
    assert isinstance(answer, datetime), answer
    assert answer.tzinfo is UTC
    return f"{answer.astimezone(zone):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # so long from now: from the minute that the desk's clock shows
        ("30m", "03-12 11:12"), ("30 min", "03-12 11:12"), ("90min", "03-12 12:12"), ("2h", "03-12 12:42"),
        ("2 horas", "03-12 12:42"), ("en 2 hours", "03-12 12:42"), ("1h30", "03-12 12:12"), ("1h 30m", "03-12 12:12"),
        ("1H05", "03-12 11:47"), ("media hora", "03-12 11:12"), ("dentro de una hora", "03-12 11:42"),
        ("10 m", "03-12 10:52"),
        # today and tomorrow
        ("hoy 18", "03-12 18:00"), ("hoy 18:30", "03-12 18:30"), ("hoy 18.30", "03-12 18:30"), ("HOY 4", "03-12 16:00"),
        ("hoy a las 18", "03-12 18:00"), ("hoy 18h", "03-12 18:00"), ("hoy18", "03-12 18:00"), ("hoy", "03-12 19:00"),
        ("hoy 19", "03-12 19:00"), ("today 18", "03-12 18:00"), ("mañana 10", "03-13 10:00"),
        ("MANANA 10", "03-13 10:00"),
        ("man\u0303ana 10", "03-13 10:00"), ("m 10", "03-13 10:00"), ("m10", "03-13 10:00"), ("m", "03-13 19:00"),
        ("manana", "03-13 19:00"), ("tom 10", "03-13 10:00"), ("tomorrow 10", "03-13 10:00"),
        ("tomorrow", "03-13 19:00"),
        ("pasado mañana 9", "03-14 09:00"), ("mañana al mediodía", "03-13 12:00"), ("tomorrow noon", "03-13 12:00"),
        # weekdays: the next one whose hour is ahead
        ("vie", "03-14 19:00"), ("vie 16:30", "03-14 16:30"), ("fri 16:30", "03-14 16:30"),
        ("viernes 9", "03-14 09:00"),
        ("el viernes a las 9", "03-14 09:00"), ("Sábado", "03-15 14:00"), ("sab 12", "03-15 12:00"),
        ("mar 10", "03-18 10:00"),
        ("mié 16:30", "03-12 16:30"), ("mie 9", "03-19 09:00"), ("wed 9", "03-19 09:00"), ("miercoles", "03-12 19:00"),
        ("thurs 10", "03-13 10:00"), ("jue10", "03-13 10:00"),
        # days and weeks
        ("1d", "03-13 19:00"), ("2 dias", "03-14 19:00"), ("1s", "03-19 19:00"), ("2 weeks", "03-26 19:00"),
        ("2d 10", "03-14 10:00"), ("1s 9:30", "03-19 09:30"), ("0d", "03-12 19:00"),
        # dates: the day first
        ("15/3", "03-15 14:00"), ("15-3", "03-15 14:00"), ("15/3 10:00", "03-15 10:00"), ("15-3 10.00", "03-15 10:00"),
        ("20/3/2025 9", "03-20 09:00"), ("20/3/25", "03-20 19:00"), ("2025-03-20 11:15", "03-20 11:15"),
        ("20 mar", "03-20 19:00"), ("20 de marzo de 2025 a las 10", "03-20 10:00"), ("march 20, 10:00", "03-20 10:00"),
        # an hour alone: the next time that the clock shows it
        ("18", "03-12 18:00"), ("18:30", "03-12 18:30"), ("11", "03-12 11:00"), ("9", "03-13 09:00"),
        ("10:42", "03-13 10:42"),
        ("mediodía", "03-12 12:00"), ("12", "03-12 12:00"),
        # halves of the day
        ("4", "03-12 16:00"), ("7", "03-12 19:00"), ("1:30", "03-12 13:30"), ("10am", "03-13 10:00"),
        ("4pm", "03-12 16:00"),
        ("4 pm", "03-12 16:00"), ("4 p.m.", "03-12 16:00"), ("4 p. m.", "03-12 16:00"), ("vie 10 a.m.", "03-14 10:00"),
        ("vie 4 de la tarde", "03-14 16:00"), ("mañana 9 de la mañana", "03-13 09:00"), ("12pm", "03-12 12:00"),
        ("16 pm", "03-12 16:00"), ("  Hoy   18 ", "03-12 18:00"), ("\uff11\uff18", "03-12 18:00"),
    ],
)  # fmt: skip
def test_c5_the_short_grammar(typed: str, meant: str) -> None:
    assert shown(read_when(typed, NOW, HOURS)) == f"2025-{meant}"


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "31/2", "25:00", "13/45", "-5", "hoy 25", "hoy 18:60", "24:00", "18:5", "abc", "m 30m", "hoy hoy",
        "29/2",
        "1h75", "123456h", "99999d", "15/3/1999", "15/3/", "15/3-10", "0/3", "15/0", "10 a 11", "16am", "0pm",
        "12 de la noche",
        "mañana por la tarde", "jue 14 mar", "mañana vie", "hoy mie jue", "vi 9", "ma 10", "3x", "1e3", "2h-",
        "\U0001f389",
        "hoy \U0001f389", "[b]hoy[/b]", "\x1b[31mhoy", "15.3", "2025-3-20", "\u0663\u0660m", "18:30:15",
    ],
)  # fmt: skip
def test_c5_what_is_not_a_moment_is_said_so(typed: str) -> None:
    assert isinstance(read_when(typed, NOW, HOURS), NotUnderstood)


def test_c5_a_refusal_repeats_what_was_typed_short_and_clean() -> None:
    assert read_when("13/45", NOW, HOURS) == NotUnderstood("13/45")
    pasted = read_when("\x1b[31mhola " * 2_000, NOW, HOURS)
    assert isinstance(pasted, NotUnderstood)
    assert len(pasted.text) <= 60
    assert pasted.text.isprintable()


@pytest.mark.parametrize(
    "typed", ["hoy 9", "hoy 10", "hoy 10:42", "ayer", "yesterday 18", "10/3", "12/3 9", "0m", "12/3/2024"]
)
def test_c5_a_past_hour_is_answered_with_two_that_can_be_kept(typed: str) -> None:
    answer = read_when(typed, NOW, HOURS)
    assert isinstance(answer, Past)
    assert answer.at <= NOW
    assert [shown(at) for at in answer.suggestions] == ["2025-03-12 18:00", "2025-03-13 10:00"]


def test_c5_late_in_the_day_the_suggestions_are_of_the_next_working_day() -> None:
    answer = read_when("hoy 9", local("2025-03-14 18:10"), HOURS)
    assert isinstance(answer, Past)
    assert [shown(at) for at in answer.suggestions] == ["2025-03-15 10:00", "2025-03-15 13:00"]


@pytest.mark.parametrize(
    ("typed", "suggested", "whole_day"),
    [
        ("dom", "03-18 09:00", True),  # the Monday is a holiday
        ("dom 12", "03-18 12:00", True),
        ("lun 9", "03-18 09:00", True),
        ("17/3 20", "03-18 09:00", True),
        ("4d", "03-18 09:00", True),
        ("hoy 22", "03-13 09:00", False),
        ("10h", "03-13 09:00", False),
        ("mañana 8", "03-13 09:00", False),
        ("mañana 7 am", "03-13 09:00", False),
        ("mañana 07:30", "03-13 09:00", False),
        ("sab 16", "03-18 09:00", False),
        ("hoy 19:01", "03-13 09:00", False),
    ],
)
def test_c3_an_hour_without_work_is_answered_with_the_next_that_has_it(
    typed: str, suggested: str, whole_day: bool
) -> None:
    answer = read_when(typed, NOW, HOURS)
    assert isinstance(answer, Closed)
    assert (shown(answer.suggestion), answer.whole_day) == (f"2025-{suggested}", whole_day)


def test_c3_the_sunday_of_the_wireframe() -> None:
    answer = read_when("dom", local("2025-03-20 10:42"), HOURS)
    assert isinstance(answer, Closed)
    assert answer.at.astimezone(MEXICO).strftime("%a") == "Sun"
    assert shown(answer.suggestion) == "2025-03-24 09:00"


def test_c3_a_split_day_has_a_pause_and_two_closings() -> None:
    split = ((time(9), time(14)), (time(16), time(19, 30)))
    hours = Hours(MEXICO, (split,) * 7)
    assert shown(read_when("hoy 14", NOW, hours)) == "2025-03-12 14:00"
    assert shown(read_when("hoy", NOW, hours)) == "2025-03-12 19:30"
    pause = read_when("hoy 15", NOW, hours)
    assert isinstance(pause, Closed)
    assert (shown(pause.suggestion), pause.whole_day) == ("2025-03-12 16:00", False)


def test_c5_where_only_the_morning_is_worked_an_early_hour_is_the_morning() -> None:
    bakery = Hours(MEXICO, (((time(6), time(15)),),) * 7)
    assert shown(read_when("mañana 7", NOW, bakery)) == "2025-03-13 07:00"
    assert shown(read_when("mañana 2", NOW, bakery)) == "2025-03-13 14:00"


@pytest.mark.parametrize("typed", ["20/3/2027 9", "400d", "99s", "9999h", "1/4/26", "31/12/2099"])
def test_c5_more_than_a_year_ahead_is_too_far(typed: str) -> None:
    answer = read_when(typed, NOW, HOURS)
    assert isinstance(answer, TooFar)
    assert answer.at > NOW + timedelta(days=366)


def test_c5_a_date_without_a_year_turns_the_year_only_when_it_must() -> None:
    december = local("2025-12-29 10:00")
    assert shown(read_when("5/1 10", december, HOURS)) == "2026-01-05 10:00"
    assert isinstance(read_when("27/12", december, HOURS), Past)
    assert shown(read_when("29/2 10", local("2027-12-29 10:00"), HOURS)) == "2028-02-29 10:00"


def test_c3_a_branch_that_never_opens_binds_nobody() -> None:
    never = Hours(MEXICO, ((),) * 7)
    assert shown(read_when("hoy 18", NOW, never)) == "2025-03-12 18:00"
    past = read_when("hoy 9", NOW, never)
    assert isinstance(past, Past)
    assert past.suggestions


def test_c3_a_branch_that_never_closes_promises_until_the_end_of_the_day() -> None:
    always = Hours(MEXICO, (ALWAYS,) * 7)
    assert shown(read_when("vie", NOW, always)) == "2025-03-14 23:59"
    assert shown(read_when("mañana 3 am", NOW, always)) == "2025-03-13 03:00"


# ------------------------------------------------------------------------------------------ daylight saving, odd zones

MADRID = ZoneInfo("Europe/Madrid")
MADRID_ALWAYS = Hours(MADRID, (ALWAYS,) * 7)


def test_c3_an_hour_that_spring_skips_moves_to_one_that_exists() -> None:
    now = local("2025-03-29 12:00", MADRID)
    assert shown(read_when("mañana 2:30 am", now, MADRID_ALWAYS), MADRID) == "2025-03-30 03:30"
    assert shown(read_when("mañana 10", now, MADRID_ALWAYS), MADRID) == "2025-03-30 10:00"
    assert read_when("mañana 10", now, MADRID_ALWAYS) == datetime(2025, 3, 30, 8, tzinfo=UTC)
    assert shown(read_when("24h", now, MADRID_ALWAYS), MADRID) == "2025-03-30 13:00"


def test_c3_an_hour_that_autumn_repeats_is_the_first_that_is_ahead() -> None:
    evening = local("2025-10-25 22:00", MADRID)
    assert read_when("mañana 2:30 am", evening, MADRID_ALWAYS) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    between = datetime(2025, 10, 26, 0, 45, tzinfo=UTC)  # 2:45 for the first time
    assert read_when("hoy 02:30", between, MADRID_ALWAYS) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    after = datetime(2025, 10, 26, 1, 45, tzinfo=UTC)  # 2:45 for the second time
    assert isinstance(read_when("hoy 02:30", after, MADRID_ALWAYS), Past)


def test_c3_a_weekday_beyond_the_change_keeps_its_wall_time() -> None:
    hours = Hours(MADRID, (LONG,) * 5 + ((), ()))
    now = local("2025-10-24 12:00", MADRID)
    assert read_when("lun 9", now, hours) == datetime(2025, 10, 27, 8, tzinfo=UTC)
    assert read_when("vie 18", now, hours) == datetime(2025, 10, 24, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Kathmandu", "2025-03-13 04:15"),
        ("Pacific/Chatham", "2025-03-12 20:15"),
        ("Asia/Kolkata", "2025-03-13 04:30"),
    ],
)
def test_c3_offsets_of_three_quarters_of_an_hour(zone: str, expected: str) -> None:
    hours = Hours(ZoneInfo(zone), (LONG,) * 7)
    now = datetime(2025, 3, 12, 2, 42, tzinfo=UTC)
    assert read_when("mañana 10", now, hours) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_c3_a_window_that_spring_skips_is_never_suggested() -> None:
    night = ((time(2, 10), time(2, 40)),)
    hours = Hours(MADRID, (night,) * 7)
    answer = read_when("hoy 18", local("2025-03-29 12:00", MADRID), hours)
    assert isinstance(answer, Closed)
    assert shown(answer.suggestion, MADRID) == "2025-03-31 02:10"


# ------------------------------------------------------------------------------------------ whatever is typed

ZONES = st.sampled_from(
    ["America/Mexico_City", "Europe/Madrid", "Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe",
    "America/St_Johns",
     "Africa/Casablanca", "Pacific/Kiritimati", "UTC"]
).map(ZoneInfo)  # fmt: skip
WALLS = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
WINDOW = st.tuples(WALLS, WALLS | st.just(time.max)).filter(lambda window: window[0] != window[1])
WEEKS = st.lists(st.lists(WINDOW, max_size=2).map(tuple), min_size=7, max_size=7).map(tuple)
BRANCHES = st.builds(
    Hours, ZONES, WEEKS.filter(any), st.frozensets(st.dates(date(2025, 1, 1), date(2027, 1, 1)), max_size=5)
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
WORDS = st.sampled_from(
    ["hoy", "mañana", "m", "ayer", "vie", "mié", "dom", "mar", "today", "tom", "sun", "18", "9", "7", "2:30", "02:30",
    "0:30",
     "23:59", "15/3", "29/2", "31-12", "30/3", "26/10", "2025-03-30", "am", "pm", "3d", "1s", "30m", "2h", "1h30",
     "noon", "a las",
     "el", "13 mar", "99s", "0m"]
)  # fmt: skip
ANSWERS = (
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
    | st.text(max_size=30)
    | st.from_regex(r"\A[0-9hmds:./ -]{1,12}\Z")
)


@given(text=ANSWERS, now=MOMENTS, hours=BRANCHES)
@example(text="m 10", now=NOW, hours=HOURS)
@example(text="9" * 10_000, now=NOW, hours=HOURS)
@settings(max_examples=300, deadline=None)
def test_c5_any_text_is_an_hour_ahead_that_is_worked_or_a_reason(text: str, now: datetime, hours: Hours) -> None:
    match read_when(text, now, hours):
        case datetime() as at:
            assert at.tzinfo is UTC
            assert now < at <= now + timedelta(days=366)
            assert at.second == at.microsecond == 0
            assert attends(at, hours)
        case Past(at, suggestions):
            assert at <= now
            assert 1 <= len(suggestions) <= 2
            assert list(suggestions) == sorted(set(suggestions))
            assert all(one > now and attends(one, hours) for one in suggestions)
        case Closed(at, suggestion, whole_day):
            assert not attends(at, hours)
            assert suggestion > at > now
            assert attends(suggestion, hours)
            assert whole_day == (not hours.open_on(at.astimezone(hours.zone).date()))
        case TooFar(at):
            assert at > now + timedelta(days=366)
        case NotUnderstood(shown_text):
            assert len(shown_text) <= 60


@given(now=MOMENTS, hours=BRANCHES, days=st.integers(1, 180), wall=WALLS)
@settings(max_examples=200, deadline=None)
def test_c5_a_date_typed_in_full_is_that_date(now: datetime, hours: Hours, days: int, wall: time) -> None:
    at = at_local(now.astimezone(hours.zone).date() + timedelta(days=days), wall, hours.zone)
    there = at.astimezone(hours.zone)
    for text in (f"{there.day}/{there.month} {there:%H:%M}", f"{there:%d-%m-%Y %H.%M}"):
        answer = read_when(text, now, hours)
        assert (answer.at if isinstance(answer, Closed) else answer) == at_local(there.date(), there.time(), hours.zone)


@given(days=st.integers(0, 300), wall=WALLS)
@pytest.mark.parametrize("place", ["es_MX", "es_ES", "en_US", "en_GB"])
@settings(max_examples=60, deadline=None)
def test_c5_the_desk_reads_its_own_echo(place: str, days: int, wall: time) -> None:
    always = Hours(MEXICO, (ALWAYS,) * 7)
    at = at_local(date(2025, 3, 12) + timedelta(days=days), wall, MEXICO)
    if at > NOW:
        echo = Shown(place, MEXICO).when(at, NOW)
        assert read_when(echo, NOW, always) == at, echo


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Asia/Kathmandu"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kept = os.environ["TZ"]
    monkeypatch.setenv("TZ", request.param)
    if hasattr(machine, "tzset"):  # elsewhere a program keeps one zone for life
        machine.tzset()
    yield
    os.environ["TZ"] = kept
    if hasattr(machine, "tzset"):
        machine.tzset()


@pytest.mark.usefixtures("machine_zone")
def test_c3_the_workstation_s_zone_is_never_asked() -> None:
    assert shown(read_when("hoy 18", NOW, HOURS)) == "2025-03-12 18:00"
    assert shown(read_when("vie", NOW, HOURS)) == "2025-03-14 19:00"


# ------------------------------------------------------------------------------------------ an hour to propose


@pytest.mark.parametrize(
    ("now", "proposed"),
    [
        ("2025-03-12 10:43:31", "2025-03-12 11:30"),  # the wireframe of a call that is out of time
        ("2025-03-12 10:30:00", "2025-03-12 11:00"),
        ("2025-03-12 10:30:00.000001", "2025-03-12 11:30"),
        ("2025-03-12 10:30:01", "2025-03-12 11:30"),
        ("2025-03-12 18:30", "2025-03-12 19:00"),
        ("2025-03-12 18:31", "2025-03-13 10:00"),
        ("2025-03-12 07:00", "2025-03-12 10:00"),
        ("2025-03-15 13:50", "2025-03-18 10:00"),
    ],
)
def test_c2_the_proposed_hour_is_near_and_can_be_kept(now: str, proposed: str) -> None:
    assert shown(suggest_when(local(now), HOURS)) == proposed


@given(now=MOMENTS, hours=BRANCHES)
@settings(max_examples=200, deadline=None)
def test_c2_the_proposed_hour_is_worked_and_ahead(now: datetime, hours: Hours) -> None:
    at = suggest_when(now, hours)
    assert at.tzinfo is UTC
    assert at >= now + timedelta(minutes=30)
    assert attends(at, hours)
