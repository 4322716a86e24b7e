"""Money, instants and durations as each place writes and says them (rule F5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.i18n.shown import Shown, shown

MEXICO = ZoneInfo("America/Mexico_City")
NOW = datetime(2025, 3, 12, 16, 42, 18, tzinfo=UTC)  # Wednesday 10:42:18 in Mexico City
ES = Shown("es_MX", MEXICO)
EN = Shown("en_US", MEXICO)


def at(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=MEXICO).astimezone(UTC)


@pytest.mark.parametrize(
    ("locale", "money", "text"),
    [
        ("es_MX", Money(38500, "MXN"), "$385"),
        ("es_MX", Money(38550, "MXN"), "$385.50"),
        ("es_MX", Money(5, "MXN"), "$0.05"),
        ("es_MX", Money(0, "MXN"), "$0"),
        ("es_MX", Money(-8000, "MXN"), "-$80"),
        ("es_MX", Money(124000, "MXN"), "$1,240"),
        ("es_MX", Money(10**15, "MXN"), "$10,000,000,000,000"),
        ("es_MX", Money(12100, "USD"), "USD 121"),
        ("es_MX", Money(3000, "JPY"), "JPY 3,000"),
        ("es_MX", Money(12500, "KWD"), "KWD 12.500"),
        ("es_MX", Money(12000, "KWD"), "KWD 12"),
        ("es_MX", Money(1, "KWD"), "KWD 0.001"),
        ("es_MX", Money(500, "XYZ"), "XYZ 5"),
        ("es_CO", Money(2500000, "COP"), "$25.000"),
        ("es_ES", Money(38550, "EUR"), "385,50 €"),
        ("es_ES", Money(38500, "EUR"), "385 €"),
        ("en_US", Money(12050, "USD"), "$120.50"),
        ("en_US", Money(12000, "MXN"), "MX$120"),
        ("en_US", Money(3000, "JPY"), "¥3,000"),
        ("en_GB", Money(99, "GBP"), "£0.99"),
    ],
)
def test_b7_money_is_written_as_the_place_writes_it(locale: str, money: Money, text: str) -> None:
    assert Shown(locale, MEXICO).money(money) == text


@given(st.integers(-(10**15), 10**15), st.sampled_from(["MXN", "JPY", "KWD", "CLF", "COP", "HUF"]))
def test_b7_no_coin_is_lost_between_the_amount_and_its_figures(minor: int, currency: str) -> None:
    """CLDR rounds some currencies to what is used in the street; an amount must be readable back from its figures."""
    money = Money(minor, currency)
    figures = ES.money(money).replace("$", "").replace(currency, "").replace(",", "").replace(" ", "")
    whole, _, decimals = figures.partition(".")
    assert len(decimals) in (0, money.exponent)
    assert int(whole + decimals.ljust(money.exponent, "0")) == minor


@pytest.mark.parametrize(
    ("locale", "money", "said"),
    [
        ("es_MX", Money(12000, "MXN"), "ciento veinte pesos"),
        ("es_MX", Money(100, "MXN"), "un peso"),
        ("es_MX", Money(2100, "MXN"), "veintiún pesos"),
        ("es_MX", Money(3100, "MXN"), "treinta y un pesos"),
        ("es_MX", Money(10000, "MXN"), "cien pesos"),
        ("es_MX", Money(100000, "MXN"), "mil pesos"),
        ("es_MX", Money(2100000, "MXN"), "veintiún mil pesos"),
        ("es_MX", Money(100_000_000, "MXN"), "un millón de pesos"),
        ("es_MX", Money(200_000_100, "MXN"), "dos millones un pesos"),
        ("es_MX", Money(0, "MXN"), "cero pesos"),
        ("es_MX", Money(-8000, "MXN"), "menos ochenta pesos"),
        ("es_MX", Money(12050, "MXN"), "ciento veinte pesos con 50/100"),
        ("es_MX", Money(12005, "MXN"), "ciento veinte pesos con 05/100"),
        ("es_MX", Money(12100, "USD"), "ciento veintiún dólares estadounidenses"),
        ("es_EC", Money(12100, "USD"), "ciento veintiún dólares"),
        ("es_ES", Money(2000, "EUR"), "veinte euros"),
        ("es_MX", Money(12500, "KWD"), "doce dinares kuwaitíes con 500/1000"),
        ("es_MX", Money(3000, "JPY"), "tres mil yenes japoneses"),
        ("es_MX", Money(2100, "GBP"), "veintiuna libras esterlinas"),
        ("es_MX", Money(20000, "SEK"), "doscientas coronas suecas"),
        ("en_US", Money(12000, "USD"), "one hundred twenty dollars"),
        ("en_US", Money(100, "USD"), "one dollar"),
        ("en_US", Money(12050, "USD"), "one hundred twenty dollars and 50/100"),
        ("en_US", Money(2000, "MXN"), "twenty Mexican pesos"),
        ("en_GB", Money(2100, "GBP"), "twenty-one pounds"),
    ],
)
def test_f5_an_amount_is_echoed_in_words(locale: str, money: Money, said: str) -> None:
    assert Shown(locale, MEXICO).amount_in_words(money) == said


@pytest.mark.parametrize("money", [Money(500, "XYZ"), Money(12050, "XYZ"), Money(-50, "MXN")])
def test_f5_an_amount_without_words_keeps_its_figures(money: Money) -> None:
    assert ES.amount_in_words(money) == ES.money(money)


@pytest.mark.parametrize(
    ("place", "day_time", "day"),
    [
        (ES, "mié 12 mar 10:42", "mié 12 mar"),
        (EN, "Wed Mar 12 10:42", "Wed Mar 12"),
        (Shown("en_GB", MEXICO), "Wed 12 Mar 10:42", "Wed 12 Mar"),
        (Shown("es_ES", ZoneInfo("Europe/Madrid")), "mié 12 mar 17:42", "mié 12 mar"),
        (Shown("es_MX", ZoneInfo("Asia/Kathmandu")), "mié 12 mar 22:27", "mié 12 mar"),
        (Shown("es_MX", ZoneInfo("Asia/Tokyo")), "jue 13 mar 01:42", "jue 13 mar"),
    ],
)
def test_f5_a_day_is_written_in_the_zone_of_the_branch(place: Shown, day_time: str, day: str) -> None:
    assert place.day_time(NOW) == day_time
    assert place.day(NOW) == day


def test_f5_every_name_of_a_day_or_month_has_three_letters() -> None:
    for locale in ("es_MX", "es_ES", "es_CO", "es_AR", "en_US", "en_GB"):
        place = Shown(locale, UTC)
        for days in range(0, 366, 9):
            weekday, *date = place.day(NOW + timedelta(days=days)).split()
            month = next(part for part in date if not part.isdigit())
            assert (len(weekday), len(month)) == (3, 3)
            assert (weekday + month).isalpha()
            if locale.startswith("es"):
                assert (weekday + month).islower()


def test_f5_a_clock_has_twenty_four_hours() -> None:
    assert ES.clock(NOW) == "10:42"
    assert ES.seconds_clock(NOW) == "10:42:18"
    assert EN.clock(at(12, 18)) == "18:00"
    assert ES.clock(at(13, 0)) == "00:00"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (57, "0:57"),
        (57.99, "0:57"),
        (60, "1:00"),
        (723, "12:03"),
        (3599, "59:59"),
        (3723, "1:02:03"),
        (100_000, "27:46:40"),
        (-12, "-0:12"),
        (-0.4, "0:00"),
    ],
)
def test_c1_a_duration_is_written_to_the_second(seconds: float, text: str) -> None:
    assert ES.span(seconds) == text


@pytest.mark.parametrize(
    ("instant", "es", "en"),
    [
        (at(12, 18), "hoy 18:00", "today 18:00"),
        (at(12, 0), "hoy 00:00", "today 00:00"),
        (at(13, 10), "mañana jue 10:00", "tomorrow Thu 10:00"),
        (at(11, 18), "ayer 18:00", "yesterday 18:00"),
        (at(14, 10), "vie 14 mar 10:00", "Fri Mar 14 10:00"),
        (at(10, 10), "lun 10 mar 10:00", "Mon Mar 10 10:00"),
        (at(5, 9, month=1, year=2026), "lun 5 ene 2026 09:00", "Mon Jan 5 2026 09:00"),
    ],
)
def test_c5_a_date_is_named_from_today(instant: datetime, es: str, en: str) -> None:
    assert ES.when(instant, NOW) == es
    assert EN.when(instant, NOW) == en


@pytest.mark.parametrize(
    ("instant", "es", "en"),
    [
        (at(12, 18), "hoy, antes de las 6 de la tarde", "today before 6 pm"),
        (at(13, 10), "mañana jueves, antes de las 10 de la mañana", "tomorrow, Thursday, before 10 am"),
        (
            at(14, 16, 30),
            "el viernes 14 de marzo, antes de las 4 y media de la tarde",
            "on Friday, March 14, before 4:30 pm",
        ),
        (at(12, 13), "hoy, antes de la 1 de la tarde", "today before 1 pm"),
        (at(12, 13, 30), "hoy, antes de la 1 y media de la tarde", "today before 1:30 pm"),
        (at(12, 11, 15), "hoy, antes de las 11 y cuarto de la mañana", "today before 11:15 am"),
        (at(12, 11, 5), "hoy, antes de las 11:05 de la mañana", "today before 11:05 am"),
        (at(12, 12), "hoy, antes de las 12 del mediodía", "today before noon"),
        (at(12, 12, 30), "hoy, antes de las 12 y media de la tarde", "today before 12:30 pm"),
        (at(12, 20), "hoy, antes de las 8 de la noche", "today before 8 pm"),
        (at(13, 5, 40), "mañana jueves, antes de las 5:40 de la madrugada", "tomorrow, Thursday, before 5:40 am"),
        (
            at(13, 0, 30),
            "mañana jueves, antes de las 12 y media de la madrugada",
            "tomorrow, Thursday, before 12:30 am",
        ),
        (at(1, 9, month=4), "el martes 1 de abril, antes de las 9 de la mañana", "on Tuesday, April 1, before 9 am"),
    ],
)
def test_c5_a_deadline_is_said_as_a_person_says_it(instant: datetime, es: str, en: str) -> None:
    assert ES.spoken(instant, NOW) == es
    assert EN.spoken(instant, NOW) == en


def test_a5_midnight_belongs_to_the_day_that_it_ends() -> None:
    assert ES.spoken(at(13, 0), NOW) == "hoy, antes de la medianoche"
    assert ES.spoken(at(14, 0), NOW) == "mañana jueves, antes de la medianoche"
    assert ES.spoken(at(15, 0), NOW) == "el viernes 14 de marzo, antes de la medianoche"


def test_c3_tomorrow_is_the_branch_s_tomorrow_across_a_change_of_the_clock() -> None:
    madrid = Shown("es_ES", ZoneInfo("Europe/Madrid"))
    before = datetime(2025, 3, 29, 22, 30, tzinfo=UTC)  # Saturday 23:30, half an hour before the short Sunday
    assert madrid.when(datetime(2025, 3, 29, 23, 30, tzinfo=UTC), before) == "mañana dom 00:30"
    assert madrid.when(datetime(2025, 3, 30, 21, 30, tzinfo=UTC), before) == "mañana dom 23:30"
    assert madrid.when(datetime(2025, 3, 30, 22, 30, tzinfo=UTC), before) == "lun 31 mar 00:30"


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        ES.clock(datetime(2025, 3, 12, 10, 42))


@pytest.mark.parametrize("locale", ["xx_YY", "fr_FR", "", "es_XX", "not a locale", "es"])
def test_f5_an_unknown_place_writes_in_plain_spanish(locale: str) -> None:
    place = Shown(locale, MEXICO)
    assert place.day_time(NOW) == "mié 12 mar 10:42"
    assert place.when(at(13, 10), NOW) == "mañana jue 10:00"
    assert place.money(Money(38550, "EUR")) == "385,50 €"


@pytest.mark.parametrize("locale", ["en_XX", "en-US", "en_US.UTF-8", "en"])
def test_f5_a_place_is_understood_however_it_is_written(locale: str) -> None:
    assert Shown(locale, MEXICO).when(at(13, 10), NOW) == "tomorrow Thu 10:00"


def test_f5_a_place_is_made_once() -> None:
    assert shown("es_MX", MEXICO) is shown("es_MX", MEXICO)


def test_f5_warming_changes_nothing_that_is_shown() -> None:
    place = Shown("es_MX", MEXICO)
    place.warm()
    place.warm_words()
    assert place.money(Money(38500, "MXN")) == "$385"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_f5_any_instant_can_be_said(instant: datetime) -> None:
    for place in (ES, EN):
        for text in (place.when(instant, NOW), place.spoken(instant, NOW), place.day_time(instant)):
            assert text == " ".join(text.split())
            assert "{" not in text
