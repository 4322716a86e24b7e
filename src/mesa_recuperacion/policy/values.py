"""The small things that a person writes in a policy file: texts, amounts, spans, windows, dates, zones.

Each reader takes what TOML gave and answers a domain value, or raises :class:`Refused`, whose kind and context
``policy.sentences`` turns into a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies

from mesa_recuperacion.domain.hours import MIDNIGHT, Window
from mesa_recuperacion.domain.money import Money, exponent, parse_major
from mesa_recuperacion.domain.policy import Span
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.policy.reading import Refused

MAX_MAJOR = 999_999_999
"""The largest amount that a policy may write, in major units."""
MAX_SPAN = timedelta(days=366)

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_PLACE = re.compile(r"\{([^{}]*)\}")


def cells(text: str) -> int:
    """Columns that a text takes on a terminal: wide characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def text_of(limit: int) -> Callable[[str], str]:
    """A reader of texts at most ``limit`` columns wide; escapes and invisible characters are taken out (rule E5)."""

    def read(value: str) -> str:
        text = clean(value, 2000)
        if not text:
            raise Refused("text_empty")
        if (width := cells(text)) > limit:
            raise Refused("text_long", n=width, limit=limit)
        return text

    return read


def phrase_of(limit: int, *, needs: str = "", allows: tuple[str, ...] = ("name",)) -> Callable[[str], str]:
    """A reader of phrases with ``{places}``: those in ``allows`` may appear, ``needs`` has to."""
    read_text = text_of(limit)
    known = sorted({*allows, needs} - {""})

    def read(value: str) -> str:
        text = read_text(value)
        places = _PLACE.findall(text)
        for place in places:
            if place not in known:
                raise Refused("place_unknown", place="{" + clean(place, 30) + "}", known=_list_places(known))
        if re.search(r"[{}]", _PLACE.sub("", text)):
            raise Refused("place_open")
        if needs and needs not in places:
            raise Refused("place_missing", place="{" + needs + "}")
        return text

    return read


def _list_places(names: Sequence[str]) -> str:
    return ", ".join("{" + name + "}" for name in names)


def read_code(value: str) -> str:
    """A code: what journals and reports know the thing by."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", value):
        raise Refused("code_shape")
    return value


def read_currency(value: str) -> str:
    """ISO 4217 letters that CLDR knows."""
    if not is_currency(value):
        raise Refused("currency_unknown")
    return value


def is_currency(code: str) -> bool:
    """Whether these are the letters of a currency (``MXN``)."""
    return code in _currencies()


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(c for c in list_currencies() if re.fullmatch(r"[A-Z]{3}", c))


def read_zone(value: object) -> ZoneInfo:
    """A time zone of the IANA list."""
    zone = _zone(value) if isinstance(value, str) else None
    if zone is None:
        raise Refused("zone_unknown")
    return zone


def is_zone(name: str) -> bool:
    """Whether this is a time zone of the IANA list (``America/Mexico_City``)."""
    return _zone(name) is not None


def _zone(name: str) -> ZoneInfo | None:
    if not re.fullmatch(r"[A-Za-z0-9_+\-]{1,32}(?:/[A-Za-z0-9_+\-]{1,32}){0,2}", name):
        return None
    try:
        return ZoneInfo(name)
    except (
        ValueError,
        OSError,
        KeyError,
    ):  # unknown, a folder, or not a zone file; ZoneInfoNotFoundError is a KeyError
        return None


def read_money(value: object, currency: str) -> Money:
    """An amount in the policy's currency: whole major units (``150``) or a text (``"99.50"``), never a float (B7)."""
    if isinstance(value, float):
        raise Refused("money_float")
    if type(value) is int:
        if value < 0:
            raise Refused("money_negative")
        if value > MAX_MAJOR:
            raise Refused("money_large", limit=MAX_MAJOR)
        return Money(value * 10 ** exponent(currency), currency)
    if not isinstance(value, str):
        raise Refused("money_shape")
    if (money := parse_major(value, currency)) is not None:
        return money
    raise _money_text(value.strip(), currency)


def _money_text(text: str, currency: str) -> Refused:
    if re.fullmatch(r"-[0-9.,]+", text):
        return Refused("money_negative")
    if re.fullmatch(r"[0-9]{1,9}[.,][0-9]+", text):
        return Refused("money_decimals", currency=currency, n=exponent(currency))
    if re.fullmatch(r"[0-9]{10,}(?:[.,][0-9]*)?", text):
        return Refused("money_large", limit=MAX_MAJOR)
    return Refused("money_shape")


def money_or_none(value: object, currency: str) -> Money | None:
    """The amount that ``read_money`` would answer, ``None`` where it would refuse."""
    if type(value) is int and 0 <= value <= MAX_MAJOR:
        return Money(value * 10 ** exponent(currency), currency)
    return parse_major(value, currency) if isinstance(value, str) else None


def read_owed(value: object, currency: str) -> tuple[int, Money]:
    """What the law owes (rule B6): a share of the price, ``"20%"``, or an amount as ``read_money`` reads it.

    Answers the whole percent, 0 for an amount, and the amount, zero for a share.
    """
    if isinstance(value, str) and "%" in value:
        match = re.fullmatch(r"([0-9]{1,3}) ?%", value.strip())
        if match is None or not 1 <= int(match[1]) <= 100:
            raise Refused("owed_share")
        return int(match[1]), read_money(0, currency)
    try:
        amount = read_money(value, currency)
    except Refused as error:
        if error.kind in ("money_shape", "money_float"):  # 0.2 may be meant as a share as well as an amount
            raise Refused("owed_shape") from None
        raise
    if amount.minor == 0:
        raise Refused("owed_nothing")
    return 0, amount


def read_span(value: object) -> Span:
    """A length of time: ``90s``, ``30m``, ``18h``, or ``2d`` in working days; at most a year."""
    match = re.fullmatch(r"([0-9]{1,8}) ?([smhd])", value) if isinstance(value, str) else None
    if match is None:
        raise Refused("span_shape")
    span = Span(int(match[1]), match[2])
    if timedelta(**{_UNITS[span.unit]: span.count}) > MAX_SPAN:
        raise Refused("span_long", limit=MAX_SPAN.days)
    return span


def read_some_span(value: object) -> Span:
    """A length of time that is not nothing."""
    span = read_span(value)
    if span.count == 0:
        raise Refused("span_zero")
    return span


def read_window(value: object) -> Window:
    """Opening and closing time: ``09:00-14:00``; ``22:00-06:00`` closes the next day, ``24:00`` at the end of the day.

    The same hour twice is refused: it would be as likely a slip as a whole day, and that is ``00:00-24:00``.
    """
    pattern = r"([0-9]{1,2}):([0-9]{2}) ?[-–—] ?([0-9]{1,2}):([0-9]{2})"
    match = re.fullmatch(pattern, value.strip()) if isinstance(value, str) else None
    if match is None:
        raise Refused("window_shape")
    opens, closes = _wall_time(match[1], match[2]), _wall_time(match[3], match[4])
    if opens is None or closes is None or opens == MIDNIGHT:
        raise Refused("window_time")
    if opens == closes:
        raise Refused("window_empty")
    return opens, MIDNIGHT if closes == time(0) else closes


def _wall_time(hour: str, minute: str) -> time | None:
    if (int(hour), int(minute)) == (24, 0):
        return MIDNIGHT
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


def window_or_none(value: object) -> Window | None:
    """The window that ``read_window`` would answer, ``None`` where it would refuse."""
    try:
        return read_window(value)
    except Refused:
        return None


def read_day(value: object) -> date:
    """A date: ``"2025-12-25"``, or the same without quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Refused("day_shape")
