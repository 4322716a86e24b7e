"""C3, C5: promises of a branch that works at night, whose windows go on after midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mesa_recuperacion.dialogue.grammar.when import Closed, Past, attends, read_when, suggest_when
from mesa_recuperacion.domain.hours import MIDNIGHT, Hours

MEXICO, MADRID = ZoneInfo("America/Mexico_City"), ZoneInfo("Europe/Madrid")
NIGHT = ((time(22), time(6)),)
NIGHTS = Hours(MEXICO, (NIGHT,) * 5 + ((), ()), frozenset({date(2025, 3, 17)}))  # that Monday is a holiday


def local(text: str, zone: ZoneInfo = MEXICO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def shown(answer: object, zone: ZoneInfo = MEXICO) -> str:
    assert isinstance(answer, datetime), answer
    assert answer.tzinfo is UTC
    return f"{answer.astimezone(zone):%m-%d %H:%M}"


NOW = local("2025-03-12 23:10")  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("hoy 23:30", "03-12 23:30", id="before midnight"),
        pytest.param("2h", "03-13 01:10", id="so long from now, over midnight"),
        pytest.param("2", "03-13 02:00", id="an hour alone, after midnight"),
        pytest.param("mañana 3", "03-13 03:00", id="only the morning's three is worked"),
        pytest.param("jue 5", "03-13 05:00", id="a weekday, in the night that began on Wednesday"),
        pytest.param("mañana 6", "03-13 06:00", id="the closing itself"),
        pytest.param("sab 5:30", "03-15 05:30", id="Saturday, in Friday's night"),
        pytest.param("hoy", "03-12 23:59", id="a day ends at midnight, whoever goes on working"),
        pytest.param("mañana", "03-13 23:59", id="so does tomorrow"),
        pytest.param("sab", "03-15 06:00", id="a day on which only the night before is worked"),
        pytest.param("sab 0:00", "03-15 00:00", id="midnight is within the night"),
    ],
)
def test_c5_hours_of_the_night_are_promised(typed: str, meant: str) -> None:
    assert shown(read_when(typed, NOW, NIGHTS)) == meant


@pytest.mark.parametrize(
    ("typed", "suggested", "whole_day"),
    [
        pytest.param("mañana 12", "03-13 22:00", False, id="between two nights"),
        pytest.param("mañana 06:01", "03-13 22:00", False, id="a minute after closing"),
        pytest.param("sab 12", "03-18 22:00", False, id="Saturday, after Friday's night"),
        pytest.param("dom", "03-18 22:00", True, id="Sunday; Monday is a holiday"),
        pytest.param("dom 23", "03-18 23:00", True, id="the same hour of the next night"),
        pytest.param("lun 23", "03-18 23:00", True, id="the holiday's own night"),
        pytest.param("mar 03:00", "03-18 22:00", False, id="the small hours that the holiday takes away"),
    ],
)
def test_c3_hours_without_work_are_answered_with_the_next_night(typed: str, suggested: str, whole_day: bool) -> None:
    answer = read_when(typed, NOW, NIGHTS)
    assert isinstance(answer, Closed)
    assert (shown(answer.suggestion), answer.whole_day) == (suggested, whole_day)


def test_c3_the_eve_s_night_ends_on_the_holiday() -> None:
    hours = Hours(MEXICO, (NIGHT,) * 7, frozenset({date(2025, 3, 13)}))
    assert shown(read_when("mañana 3", NOW, hours)) == "03-13 03:00"
    assert shown(read_when("mañana", NOW, hours)) == "03-13 06:00"
    closed = read_when("mañana 23", NOW, hours)
    assert isinstance(closed, Closed)
    assert (shown(closed.suggestion), closed.whole_day) == ("03-14 22:00", False)


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        pytest.param("2025-03-13 02:10", ["03-13 05:00", "03-13 23:00"], id="this night, and the next"),
        pytest.param("2025-03-13 05:30", ["03-13 23:00", "03-14 05:00"], id="this night is nearly over"),
        pytest.param("2025-03-15 02:10", ["03-15 05:00", "03-18 23:00"], id="Friday's night, then Tuesday's"),
    ],
)  # fmt: skip
def test_c5_a_past_hour_is_answered_within_the_night(now: str, offered: list[str]) -> None:
    answer = read_when("hoy 1", local(now), NIGHTS)
    assert isinstance(answer, Past)
    assert [shown(at) for at in answer.suggestions] == offered


@pytest.mark.parametrize(
    ("now", "proposed"),
    [
        ("2025-03-12 23:10", "03-13 00:00"),
        ("2025-03-13 05:30", "03-13 06:00"),
        ("2025-03-13 05:31", "03-13 23:00"),
        ("2025-03-15 05:31", "03-18 23:00"),
    ],
)
def test_c2_the_proposed_hour_is_one_of_a_night(now: str, proposed: str) -> None:
    assert shown(suggest_when(local(now), NIGHTS)) == proposed


def test_c3_open_until_the_closing_itself_and_from_the_opening() -> None:
    edges = [("21:59", False), ("22:00", True), ("06:00", True), ("06:01", False)]
    assert [(wall, attends(local(f"2025-03-13 {wall}"), NIGHTS)) for wall, _ in edges] == edges


def test_c3_in_the_short_night_the_hour_that_is_skipped_moves_on() -> None:
    hours = Hours(MADRID, (NIGHT,) * 7)
    evening = local("2025-03-29 23:00", MADRID)
    assert shown(read_when("mañana 2:30", evening, hours), MADRID) == "03-30 03:30"
    assert read_when("7h", evening, hours) == Closed(
        local("2025-03-30 07:00", MADRID), local("2025-03-30 22:00", MADRID), whole_day=False
    )
    assert shown(read_when("6h", evening, hours), MADRID) == "03-30 06:00"


def test_c3_in_the_long_night_the_second_of_an_hour_is_worked_too() -> None:
    hours = Hours(MADRID, (NIGHT,) * 7)
    between = datetime(2025, 10, 26, 0, 45, tzinfo=UTC)  # 2:45 for the first time
    assert read_when("hoy 02:30", between, hours) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert attends(datetime(2025, 10, 26, 1, 59, tzinfo=UTC), hours)


def test_c3_a_branch_that_closes_at_24_00_can_promise_its_last_minute() -> None:
    hours = Hours(MEXICO, (((time(14), MIDNIGHT),),) * 7)
    assert shown(read_when("hoy", NOW, hours)) == "03-12 23:59"
    assert attends(local("2025-03-12 23:59:59.999999"), hours)
