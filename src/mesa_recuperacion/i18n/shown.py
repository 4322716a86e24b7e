"""Money, instants and durations as people of one place read and say them (rule F5).

The figures, names and symbols are CLDR's, through Babel; the words between them come from the catalogue. Babel costs
more than the login may wait for, so it is imported when the first figure is shown, or by ``Shown.warm`` on a thread.

Instants come in as aware datetimes of any zone and go out in the branch's zone; the workstation's zone is never asked.
Clocks have 24 hours everywhere, since that is what the short grammar of promises reads (``hoy 18``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.i18n.words import LANGUAGES, language_of, words

if TYPE_CHECKING:
    from babel import Locale

_NO_BREAK = re.compile("[\u00a0\u202f]")
_LETTER_THEN_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")

_AMOUNTS = 1024
"""Amounts that are kept as they are written."""


class Shown:
    """How one branch writes figures.

    ``locale`` is language and territory (``es_MX``), ``zone`` the branch's time zone.
    """

    def __init__(self, locale: str, zone: tzinfo) -> None:
        self.words = words(locale)
        self.zone = zone
        self.locale = locale

    def __repr__(self) -> str:
        return f"Shown({self.locale!r}, {self.zone!r})"

    def warm(self) -> None:
        """Load what the first date and the first figure need; safe on any thread."""
        self._day_names, self._month_names, self._money_pattern(2)

    def warm_words(self) -> None:
        """Load what the first spelt amount needs; safe on any thread."""
        from mesa_recuperacion.i18n.spelling import spelt

        spelt(1, self.words.language, feminine=False)

    # Money

    def money(self, money: Money, *, exact: bool = False) -> str:
        """``$385``, ``$385.50``, ``KWD 12.500``: the symbol of this place; no decimals when the amount is whole.

        With ``exact`` it has them all the same, as a column of amounts needs where another one has some.
        """
        return self._money(money, exact)

    @cached_property
    def _money(self) -> Callable[[Money, bool], str]:
        """The same amounts stand on the screen at every key, and are read from CLDR once."""
        return lru_cache(maxsize=_AMOUNTS)(self._money_from_cldr)

    def _money_from_cldr(self, money: Money, exact: bool) -> str:
        from babel.numbers import format_currency

        whole = money.minor % 10**money.exponent == 0 and not exact
        text = format_currency(
            _major(money),
            money.currency,
            format=self._money_pattern(0 if whole else money.exponent),
            locale=self._locale,
            currency_digits=False,  # ours are ISO 4217's; CLDR's are those of cash in the street
        )
        return _LETTER_THEN_DIGIT.sub(" ", _plain(text))

    def amount_in_words(self, money: Money) -> str:
        """``ciento veinte pesos``; the name alone for the currency of this place, ``pesos mexicanos`` elsewhere.

        Decimals are said as on a cheque (``ciento veinte pesos con 50/100``). A currency without a name in CLDR, or a
        language without spelling rules, keeps its figures.
        """
        from mesa_recuperacion.i18n.spelling import spelt_money

        return spelt_money(money, self._locale, self.words) or self.money(money)

    # Instants

    def day_time(self, instant: datetime) -> str:
        """``mié 12 mar 10:42``."""
        return f"{self.day(instant)} {self.clock(instant)}"

    def day(self, instant: datetime) -> str:
        """``jue 13 mar``; in the order of the place: ``Thu Mar 13`` in the United States."""
        local = self._local(instant)
        month = self._month_names[local.month]
        date = f"{month} {local.day}" if self._month_first else f"{local.day} {month}"
        return f"{self._day_names[local.weekday()]} {date}"

    def month(self, day: date) -> str:
        """``marzo 2026``."""
        return f"{self._locale.months['stand-alone']['wide'][day.month]} {day.year}"

    def clock(self, instant: datetime) -> str:
        """``10:42``."""
        return f"{self._local(instant):%H:%M}"

    def seconds_clock(self, instant: datetime) -> str:
        """``10:42:18``."""
        return f"{self._local(instant):%H:%M:%S}"

    def when(self, instant: datetime, now: datetime) -> str:
        """``hoy 18:00``, ``mañana jue 10:00``, ``ayer 18:00``, else ``jue 13 mar 10:00``; with the year in another."""
        local, today = self._local(instant), self._local(now)
        weekday, clock = self._day_names[local.weekday()], self.clock(instant)
        match (local.date() - today.date()).days:
            case 0:
                return self.words.t("today {time}", time=clock)
            case 1:
                return self.words.t("tomorrow {weekday} {time}", weekday=weekday, time=clock)
            case -1:
                return self.words.t("yesterday {time}", time=clock)
        if local.year != today.year:
            return f"{self.day(instant)} {local.year} {clock}"
        return f"{self.day(instant)} {clock}"

    def spoken(self, instant: datetime, now: datetime) -> str:
        """A deadline as a person says it: ``mañana jueves, antes de las 10 de la mañana``.

        Midnight belongs to the day that it ends: "Friday before midnight" is heard as Friday's night, so a deadline of
        Saturday 0:00 says Friday (rule A5: true when said).
        """
        from babel.dates import format_date, format_skeleton

        local, today = self._local(instant), self._local(now)
        day = local.date()
        if local.hour == local.minute == 0:
            day -= timedelta(days=1)
            hour = self.words.t("midnight")
        else:
            hour = self._spoken_hour(local)
        if day == today.date():
            return self.words.t("today before {hour}", hour=hour)
        weekday = format_date(day, "EEEE", locale=self._locale)
        if day == today.date() + timedelta(days=1):
            return self.words.t("tomorrow, {weekday}, before {hour}", weekday=weekday, hour=hour)
        date = _plain(format_skeleton("MMMMd", day, locale=self._locale))
        return self.words.t("on {weekday}, {date}, before {hour}", weekday=weekday, date=date, hour=hour)

    def _spoken_hour(self, local: datetime) -> str:
        w = self.words
        if (local.hour, local.minute) == (12, 0):
            return w.t("noon")
        n = (local.hour - 1) % 12 + 1
        part = self._part_of_day(local.hour)
        match local.minute:
            case 0:
                return w.tn("1 {part}", "{n} {part}", n, part=part)
            case 15:
                return w.tn("1:15 {part}", "{n}:15 {part}", n, part=part)
            case 30:
                return w.tn("1:30 {part}", "{n}:30 {part}", n, part=part)
        return w.tn("1:{minutes} {part}", "{n}:{minutes} {part}", n, minutes=f"{local.minute:02}", part=part)

    def _part_of_day(self, hour: int) -> str:
        """English halves the day; Spanish parts it at 6, 12 and 20 (CLDR's day periods)."""
        w = self.words
        if w.language == "en":
            return w.t("am") if hour < 12 else w.t("pm")
        if hour < 6:
            return w.t("in the small hours")
        if hour < 12:
            return w.t("in the morning")
        return w.t("in the afternoon") if hour < 20 else w.t("at night")

    # Durations

    def span(self, seconds: float) -> str:
        """``0:57``, ``12:03``, ``1:02:03``; the fraction of a second is dropped, a minus sign marks what is past."""
        whole = int(seconds)
        minutes, second = divmod(abs(whole), 60)
        hours, minute = divmod(minutes, 60)
        text = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
        return f"-{text}" if whole < 0 else text

    # What CLDR knows of the place

    @cached_property
    def _locale(self) -> Locale:
        return _cldr(self.locale)

    @cached_property
    def _day_names(self) -> dict[int, str]:
        return {number: _short(name) for number, name in self._locale.days["format"]["abbreviated"].items()}

    @cached_property
    def _month_names(self) -> dict[int, str]:
        return {number: _short(name) for number, name in self._locale.months["format"]["abbreviated"].items()}

    @cached_property
    def _month_first(self) -> bool:
        pattern = self._locale.date_formats["medium"].pattern
        return bool(pattern.index("M") < pattern.index("d"))

    def _money_pattern(self, decimals: int) -> str:
        pattern: str = self._locale.currency_formats["standard"].pattern
        return pattern.replace("0.00", f"0.{'0' * decimals}" if decimals else "0")

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError("an instant has a zone")
        return instant.astimezone(self.zone)


@cache
def shown(locale: str, zone: tzinfo) -> Shown:
    """The one ``Shown`` of a place: what it has read from CLDR is kept."""
    return Shown(locale, zone)


def locale_for(language: str, currency: str) -> str:
    """Language and the country whose currency it is: ``es`` and ``MXN`` are ``es_MX``; without one, the language.

    ISO 4217 begins a code with the country's letters (ISO 3166), or with X where several countries share it.
    """
    if currency == "EUR":
        return {"es": "es_ES", "en": "en_IE"}.get(language, language)
    return language if currency.startswith("X") else f"{language}_{currency[:2]}"


@cache
def _cldr(name: str) -> Locale:
    """The locale, with its data; without its territory, or Spanish, when CLDR does not know it."""
    from babel import localedata

    locale = _nearest(name)
    _ = locale.number_symbols  # which loads all of it
    localedata.clear_caches()  # the languages that it was put together from: it has their data by now
    return locale


def _nearest(name: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    parts = name.split(".", maxsplit=1)[0].replace("-", "_")
    for candidate in (parts, language_of(parts)):
        try:
            locale = Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
        if locale.language in LANGUAGES:
            return locale
    return Locale.parse(LANGUAGES[0])


def _major(money: Money) -> Decimal:
    return Decimal(money.minor).scaleb(-money.exponent)


def _plain(text: str) -> str:
    """No-break spaces as plain ones: terminals without them draw a box, and the desk wraps by itself."""
    return _NO_BREAK.sub(" ", text)


def _short(name: str) -> str:
    """Three letters and no dot, so that columns of dates line up (CLDR has ``sept`` and, in places, ``mié.``)."""
    return name.rstrip(".")[:3]
