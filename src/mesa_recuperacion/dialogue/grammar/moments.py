"""The words of the short grammar of promises: from a typed answer to what was said, before any clock or calendar.

Nothing here knows what day it is; ``when`` does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

from mesa_recuperacion.domain.text import fold
from mesa_recuperacion.domain.values import dataclass

# Folded: without accents and case.  A word of three letters or more that begins one of these is that word.
_WEEKDAYS = (
    ("lunes", "monday"), ("martes", "tuesday"), ("miercoles", "wednesday"), ("jueves", "thursday"),
    ("viernes", "friday"), ("sabado", "saturday"), ("domingo", "sunday"),
)  # fmt: skip
_MONTHS = (
    ("enero", "january"), ("febrero", "february"), ("marzo", "march"), ("abril", "april"), ("mayo", "may"),
    ("junio", "june"), ("julio", "july"), ("agosto", "august"), ("septiembre", "setiembre", "september"),
    ("octubre", "october"), ("noviembre", "november"), ("diciembre", "december"),
)  # fmt: skip
_OFFSETS = {
    **dict.fromkeys(("hoy", "tod", "today"), 0),
    **dict.fromkeys(("m", "man", "mana", "manan", "manana", "tom", "tomo", "tomorrow"), 1),
    **dict.fromkeys(("pasado", "pasado manana"), 2),
    **dict.fromkeys(("ayer", "yesterday"), -1),
}
_DAYS_OF = {
    **dict.fromkeys(("d", "dia", "dias", "day", "days"), 1),
    **dict.fromkeys(("s", "sem", "semana", "semanas", "w", "wk", "week", "weeks"), 7),
}

# Other ways to say the same, in this order.
_SAID = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"(?<=[0-9 ])([ap])\. ?m\b\.?", r"\1m"),
        (r"\b(?:de|por|en) la manana\b|\bin the morning\b", "am"),
        (r"\b(?:de|por|en) la tarde\b|\bin the (?:afternoon|evening)\b", "pm"),
        (r"\b(?:de|por|en) la noche\b|\bat night\b", "night"),
        (r"\bmediodia\b|\bnoon\b", "12"),
        (r"\bmedia hora\b|\bhalf an hour\b", "30m"),
        (r"\buna hora\b|\ban hour\b", "1h"),
        (r"\b(?:a las?|al?|el|las?|para|antes|dentro|en|del?|at|on|in|by|before|within|of|the)(?= )", ""),
    )
)

_UNIT_H = r"(?:h|hs|hr|hrs|horas?|hours?)"
_UNIT_M = r"(?:m|mins?|minutos?|minutes?)"
_SPAN = re.compile(rf"(?:([0-9]{{1,4}}) ?{_UNIT_H}(?: ?([0-5]?[0-9])(?: ?{_UNIT_M})?)?|([0-9]{{1,4}}) ?{_UNIT_M})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(?:(am|pm|night)|h|hs|hrs)?")
_WEEKDAY_BEFORE = r"(?:(?P<weekday>[a-z]{3,}),? )?"
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<count>[0-9]{1,4}) ?(?P<unit>[a-z]+)",
        r"(?P<offset>pasado manana|[a-z]+)(?: (?P<weekday>[a-z]{3,}))?",
        r"(?P<weekday>[a-z]{3,})",
        _WEEKDAY_BEFORE + r"(?P<day>[0-9]{1,2})(?P<mark>[/-])(?P<month>[0-9]{1,2})"
        r"(?:(?P=mark)(?P<year>20[0-9]{2}|[0-9]{2}))?(?![0-9/-])",
        r"(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])",
        _WEEKDAY_BEFORE + r"(?P<day>[0-9]{1,2}) ?(?P<month>[a-z]{3,})(?: (?P<year>20[0-9]{2}))?",
        _WEEKDAY_BEFORE + r"(?P<month>[a-z]{3,}) (?P<day>[0-9]{1,2})(?:,? (?P<year>20[0-9]{2}))?(?![0-9:.])",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day as it was said: days from today, or a date (``year`` may be missing), or only a weekday (Monday is 0).

    A weekday beside another day must agree with it.
    """

    offset: int | None = None
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as it was said: so long from now (``ahead``), or a day, or a wall time, or both.

    ``either_half``: the hour, 1 to 7, does not say whether it is the morning's or the afternoon's.
    """

    ahead: timedelta | None = None
    day: DaySaid | None = None
    clock: time | None = None
    either_half: bool = False


def read_moment(text: str) -> Moment | None:
    """What was said, or ``None`` for anything that is not a moment."""
    text = _tidy(text)
    if span := _SPAN.fullmatch(text):
        hours, more, minutes = (int(number or 0) for number in span.groups())
        return Moment(ahead=timedelta(hours=hours, minutes=more + minutes))
    if clock := _clock(text):
        return clock
    for pattern in _DAYS:
        match = pattern.match(text)
        day = _day(match) if match else None
        if match is None or day is None:
            continue
        rest = text[match.end() :].strip(" ,")
        if not rest:
            return Moment(day=day)
        if clock := _clock(rest):
            return replace(clock, day=day)
    return None


def _tidy(text: str) -> str:
    text = " ".join(fold(text).split())
    for pattern, meant in _SAID:
        text = pattern.sub(meant, text)
    return " ".join(text.split())


def _clock(text: str) -> Moment | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if minute > 59 or hour > 23 or not _fits(hour, half):
        return None
    if half == "am":
        hour %= 12
    elif half and hour < 12:
        hour += 12
    either = half is None and match[1] in {*"1234567"}
    return Moment(clock=time(hour, minute), either_half=either)


def _fits(hour: int, half: str | None) -> bool:
    """Whether that hour exists in that half: no ``16 am``; no ``12 de la noche``, which would be another day's."""
    match half:
        case "am":
            return hour <= 12
        case "pm":
            return hour > 0
        case "night":
            return 7 <= hour != 12
    return True


def _day(match: re.Match[str]) -> DaySaid | None:
    """What a match says, or ``None`` if its words are not those of a day."""
    said = match.groupdict()
    weekday = None
    if said.get("weekday") is not None:
        weekday = _index(said["weekday"], _WEEKDAYS)
        if weekday is None:
            return None
    if "count" in said:
        days = _DAYS_OF.get(said["unit"])
        return None if days is None else DaySaid(offset=int(said["count"]) * days)
    if "offset" in said:
        offset = _OFFSETS.get(said["offset"])
        return None if offset is None else DaySaid(offset=offset, weekday=weekday)
    if "month" not in said:
        return DaySaid(weekday=weekday)
    month = _month(said["month"])
    year = None if said["year"] is None else 2000 + int(said["year"]) % 100
    return None if month is None else DaySaid(weekday=weekday, day=int(said["day"]), month=month, year=year)


def _month(said: str) -> int | None:
    if said.isdigit():
        return int(said)
    index = _index(said, _MONTHS)
    return None if index is None else index + 1


def _index(word: str, names: tuple[tuple[str, ...], ...]) -> int | None:
    return next((i for i, same in enumerate(names) if len(word) >= 3 and any(n.startswith(word) for n in same)), None)
