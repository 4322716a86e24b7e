"""The short grammar of the review's filter: ``sem 10``, ``marzo``, ``1/3 15/3``, ``ana``, ``faltante`` (D1 to D4).

Spanish and English words are both always read; accents and case do not matter.  A period, a person, a problem and a
branch (its code, in capitals) may follow each other in any order; what is not named stays as it was.  ``todos`` names
nobody and nothing, and ``todo`` all that was ever counted.

Figures are of the past, so a day or a month without a year is the latest one: a month that has not begun is the last
year's, and so are a day and a week more than a month ahead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from mesa_recuperacion.dialogue.grammar.choose import Ambiguous as SeveralRows
from mesa_recuperacion.dialogue.grammar.choose import Chosen, choose
from mesa_recuperacion.domain.period import Period, day_of, month_of, span, week_of
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.text import clean, fold
from mesa_recuperacion.domain.values import dataclass

_LONGEST = 80
"""Characters of the longest answer that can be a filter."""

_AHEAD = timedelta(days=31)
EVER = date(2000, 1, 1)
"""The first day of all that was ever counted."""

_TODAY, _YESTERDAY = frozenset({"hoy", "today"}), frozenset({"ayer", "yesterday"})
_WEEK = frozenset({"s", "sem", "semana", "w", "wk", "week"})
_MONTH = frozenset({"mes", "month"})
_ALL_TIME = frozenset({"todo", "siempre", "ever", "everything"})
EVERYBODY = frozenset({"todos", "todas", "all", "everybody", "everyone"})
_BETWEEN = frozenset({"-", "a", "al", "and", "con", "de", "del", "desde", "el", "from", "hasta", "la", "of", "the",
                      "to", "until", "y", "esta", "este", "this", "solo", "only"})  # fmt: skip
"""Words that say nothing here."""

_MONTHS = (
    ("enero", "january"), ("febrero", "february"), ("marzo", "march"), ("abril", "april"), ("mayo", "may"),
    ("junio", "june"), ("julio", "july"), ("agosto", "august"), ("septiembre", "setiembre", "september"),
    ("octubre", "october"), ("noviembre", "november"), ("diciembre", "december"),
)  # fmt: skip
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/(20[0-9]{2}|[0-9]{2}))?|(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})")
_RANGE = re.compile(r"(?<=/)([0-9]+)\s*-\s*(?=[0-9]+/)")
_YEAR = re.compile(r"20[0-9]{2}")
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """Who and what can be named: references or codes, each with its name."""

    people: Sequence[tuple[str, str]] = ()
    problems: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing is called that; ``text`` is the part of what was typed, fit to be shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Reversed:
    """The days were named the later one first; ``scope`` has them in order, ``text`` says it so."""

    scope: Scope
    text: str


@dataclass(frozen=True, slots=True)
class SeveralNamed:
    """Several people or problems have that name."""

    text: str


Trouble = NotUnderstood | Reversed | SeveralNamed


def read_scope(text: str, here: Scope, today: date, known: Known) -> Scope | Trouble:
    """The scope that was typed, seen from the one that is open; or why there is none."""
    if len(text) > _LONGEST:
        return NotUnderstood(clean(text, 40))
    reader = _Reader(_tokens(text), here, today, known, frozenset(re.findall(r"\b[A-Z][A-Z0-9]{1,7}\b", text)))
    return reader.read() if reader.tokens else NotUnderstood("")


def _tokens(text: str) -> list[str]:
    return _RANGE.sub(r"\1 ", fold(text)).replace(",", " ").split()


class _Reader:
    """One reading, from left to right."""

    def __init__(
        self, tokens: list[str], here: Scope, today: date, known: Known, capitals: frozenset[str]
    ) -> None:  # fmt: skip
        self.tokens, self.today, self.known, self.capitals = tokens, today, known, capitals
        self.period, self.filter = here.period, here.filter
        self.days: list[date] = []
        self.at = 0

    def read(self) -> Scope | Trouble:
        said = False
        while self.at < len(self.tokens):
            if self.tokens[self.at] in _BETWEEN:
                self.at += 1
                continue
            trouble = None if self._everybody() or self._stretch() or self._date() else self._name()
            if trouble is not None:
                return trouble
            said = True
        return self._made() if said else NotUnderstood(clean(" ".join(self.tokens), 40))

    def _made(self) -> Scope | Trouble:
        if len(self.days) > 2:
            return NotUnderstood(clean(" ".join(self.tokens), 40))
        if self.days:
            first, last = self.days[0], self.days[-1]
            if first > last:
                others = [token for token in self.tokens if not _DATE.fullmatch(token)]
                text = " ".join((f"{last:%d/%m/%Y}", f"{first:%d/%m/%Y}", *others))
                return Reversed(Scope(span(last, first), self.filter), text)
            self.period = day_of(first) if first == last else span(first, last)
        return Scope(self.period, self.filter)

    # ------------------------------------------------------------------------------------------------------- periods

    def _word(self, by: int = 0) -> str:
        return self.tokens[self.at + by] if self.at + by < len(self.tokens) else ""

    def _everybody(self) -> bool:
        if self._word() not in EVERYBODY:
            return False
        self.filter = Filter()
        self.at += 1
        return True

    def _stretch(self) -> bool:
        """A day, week, month or year by its word."""
        word = self._word()
        found, taken = None, 1
        if word in _TODAY:
            found = day_of(self.today)
        elif word in _YESTERDAY:
            found = day_of(self.today - timedelta(days=1))
        elif word in _ALL_TIME:
            found = span(EVER, max(self.today, EVER))
        elif word in _MONTH:
            found = month_of(self.today)
        elif word in _WEEK:
            found, taken = self._week()
        elif _YEAR.fullmatch(word):
            found = span(date(int(word), 1, 1), date(int(word), 12, 31))
        elif month := _month(word):
            found, taken = self._month(month)
        if found is None:
            return False
        self.period, self.days = found, []
        self.at += taken
        return True

    def _week(self) -> tuple[Period | None, int]:
        number, year = self._word(1), self._word(2)
        if not re.fullmatch("[0-9]{1,2}", number):
            return (None, 0) if self._word() in {"s", "w"} else (week_of(self.today), 1)
        of = int(year) if _YEAR.fullmatch(year) else self.today.isocalendar().year
        monday = _monday(of, int(number))
        if monday is not None and not _YEAR.fullmatch(year) and monday - self.today > _AHEAD:
            monday = _monday(of - 1, int(number))
        return (None, 0) if monday is None else (week_of(monday), 3 if _YEAR.fullmatch(year) else 2)

    def _month(self, month: int) -> tuple[Period, int]:
        year = self._word(1)
        if _YEAR.fullmatch(year):
            return month_of(date(int(year), month, 1)), 2
        return month_of(date(self.today.year - (month > self.today.month), month, 1)), 1

    def _date(self) -> bool:
        found = _DATE.fullmatch(self._word())
        day = _day(found, self.today) if found else None
        if day is None:
            return False
        self.days.append(day)
        self.at += 1
        return True

    # --------------------------------------------------------------------------------------------------------- names

    def _name(self) -> Trouble | None:
        """The longest run of words that names somebody, something or a branch."""
        several = ""
        for count in range(min(_MOST_WORDS, len(self.tokens) - self.at), 0, -1):
            words = self.tokens[self.at : self.at + count]
            named = " ".join(word for word in words if word not in _BETWEEN)
            if words[-1] in _BETWEEN or len(named) < 2:
                continue
            found = self._named(named)
            if isinstance(found, Filter):
                self.filter = found
                self.at += count
                return None
            several = several or (clean(named, 40) if found else "")
        return SeveralNamed(several) if several else NotUnderstood(clean(self._word(), 40))

    def _named(self, text: str) -> Filter | bool:
        """The filter with what that names in it; whether, if it does not, several are called that."""
        person, problem = _chosen(text, self.known.people), _chosen(text, self.known.problems)
        if isinstance(person, str):
            return replace(self.filter, person=person)
        if isinstance(problem, str):
            return replace(self.filter, problem=problem)
        branch = text.upper() if text.upper() in self.capitals else ""
        return replace(self.filter, branch=branch) if branch else person or problem


def _chosen(text: str, named: Sequence[tuple[str, str]]) -> str | bool:
    """Whom or what a few letters mean; whether, if nobody, several have the same name."""
    choice = choose(text, [("", name) for _, name in named], None)
    if isinstance(choice, Chosen):
        return named[choice.index][0]
    return isinstance(choice, SeveralRows)


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _month(word: str) -> int:
    """The month that a word of three letters or more begins; 0 if none."""
    return next(
        (n for n, names in enumerate(_MONTHS, 1) if len(word) >= 3 and any(m.startswith(word) for m in names)), 0
    )


def _day(found: re.Match[str], today: date) -> date | None:
    day, month, short, year, of, on = found.groups()
    try:
        if year:
            return date(int(year), int(of), int(on))
        if short:
            return date(2000 + int(short) % 100, int(month), int(day))
        made = _latest(int(month), int(day), today.year)
        return _latest(int(month), int(day), today.year - 1) if made is None or made - today > _AHEAD else made
    except ValueError:
        return None


def _latest(month: int, day: int, year: int) -> date | None:
    """That day of a year; ``None`` if the year has no such day (29 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
