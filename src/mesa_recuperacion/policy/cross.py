"""One table of a policy file against another.

Reads the plain values and passes over whatever the schema refuses by itself, so that both kinds of fault are told in
one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from mesa_recuperacion.domain.hours import MIDNIGHT, Window
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import OTHER_PROBLEM
from mesa_recuperacion.domain.text import clean, fold
from mesa_recuperacion.policy.faults import key_of
from mesa_recuperacion.policy.reading import Place, Wrong
from mesa_recuperacion.policy.schema import DAYS, DONE_WIDTH
from mesa_recuperacion.policy.values import cells, is_currency, money_or_none, window_or_none

Values = Mapping[str, object]


def crossed(data: Values) -> Iterator[Wrong]:
    """Every fault between tables."""
    for name in ("area", "compensation", "problem"):
        yield from _twice(data, (name,))
    for index, _ in _tables(data, "problem"):
        yield from _twice(data, ("problem", index, "remedy"))
    yield from _references(data)
    yield from _money(data)
    yield from _other(data)
    yield from _statutory(data)
    yield from _unsaid(data)
    hours = data.get("hours")
    yield from _hours(hours if isinstance(hours, Mapping) else {})


def _tables(here: Values, name: str) -> list[tuple[int, Values]]:
    found = here.get(name)
    return [(i, t) for i, t in enumerate(found) if isinstance(t, Mapping)] if isinstance(found, list) else []


def _twice(data: Values, where: Place) -> Iterator[Wrong]:
    """Codes and names that two neighbours share: whoever chooses by letters could not tell them apart."""
    holder: Any = data
    for step in where[:-1]:
        holder = holder[step]
    for key, kind in (("code", "code_twice"), ("name", "name_twice")):
        seen: dict[str, Place] = {}
        for index, table in _tables(holder, str(where[-1])):
            text = table.get(key)
            if not isinstance(text, str):
                continue
            place = (*where, index)
            first = seen.setdefault(fold(clean(text)), place)
            if first != place:
                yield Wrong((*place, key), kind, {key: clean(text, 40), "other": key_of(first, data)})


def _references(data: Values) -> Iterator[Wrong]:
    areas, compensations = _codes(data, "area"), _codes(data, "compensation")
    for index, problem in _tables(data, "problem"):
        listed = problem.get("compensations")
        seen: set[str] = set()
        for position, code in enumerate(listed if isinstance(listed, list) else ()):
            if not isinstance(code, str):
                continue
            place: Place = ("problem", index, "compensations", position)
            if code not in compensations:
                yield Wrong(place, "no_compensation", {"code": code, "known": compensations})
            elif code in seen:
                yield Wrong(place, "listed_twice")
            seen.add(code)
        for position, remedy in _tables(problem, "remedy"):
            code = remedy.get("area")
            if isinstance(code, str) and code and code not in areas:
                yield Wrong(("problem", index, "remedy", position, "area"), "no_area", {"code": code, "known": areas})


def _codes(data: Values, name: str) -> list[str]:
    return [code for _, table in _tables(data, name) if isinstance(code := table.get("code"), str)]


def _money(data: Values) -> Iterator[Wrong]:
    """Amounts above the cap of a case, and amounts that do not fit in the rail."""
    code, limits = data.get("currency"), data.get("limits")
    currency = code if isinstance(code, str) and is_currency(code) else None
    if currency is None:
        return
    cap = money_or_none(limits.get("case_cap"), currency) if isinstance(limits, Mapping) else None
    for index, table in _tables(data, "compensation"):
        amount = money_or_none(table.get("amount"), currency)
        if amount is None:
            continue
        if cap is not None and not cap.covers(amount):
            yield Wrong(("compensation", index, "amount"), "over_cap", {"cap": plain(cap)})
        if isinstance(done := table.get("done"), str):
            width = cells(f"{clean(done)} ${plain(amount)}")
            if width > DONE_WIDTH:
                yield Wrong(("compensation", index, "done"), "done_long", {"n": width, "limit": DONE_WIDTH})
    for index, table in _tables(data, "problem"):
        usual = money_or_none(table.get("usual"), currency)
        if usual is not None and cap is not None and not cap.covers(usual):
            yield Wrong(("problem", index, "usual"), "over_cap", {"cap": plain(cap)})


def _statutory(data: Values) -> Iterator[Wrong]:
    """What the law owes has a name, the same one for every problem (rule B6)."""
    owed = _owed(data)
    if owed and "statutory" not in data:
        yield Wrong(("problem", owed[0][0], "statutory"), "statutory_unnamed")


def _unsaid(data: Values) -> Iterator[Wrong]:
    """Phrases that something else in the file makes be said."""
    phrases, owed = data.get("phrases"), [written for _, written in _owed(data)]
    if not isinstance(phrases, Mapping):
        return
    shares = any(isinstance(written, str) and "%" in written for written in owed)
    for key, said in (("price", shares), ("statutory", bool(owed)), ("retention", "retention" in data)):
        if said and key not in phrases:
            yield Wrong(("phrases", key), f"unsaid_{key}")


def _owed(data: Values) -> list[tuple[int, object]]:
    """What each problem says that the law owes, with the position of the problem."""
    return [(index, table["statutory"]) for index, table in _tables(data, "problem") if "statutory" in table]


def _hours(hours: Values) -> Iterator[Wrong]:
    """Windows that overlap, of one day or with the night before, and a week without any.  Those that touch are one."""
    if hours and not any(hours.get(day) for day in DAYS):
        yield Wrong(("hours",), "never_open")
    for day, eve in zip(DAYS, (DAYS[-1], *DAYS), strict=False):
        morning = max((closes for (opens, closes), _ in _windows(hours, eve) if closes < opens), default=time(0))
        reached = time(0)
        for (opens, closes), index in _windows(hours, day):
            if opens < reached:
                yield Wrong(("hours", day, index), "window_overlap")
            elif opens < morning:
                yield Wrong(("hours", day, index), "window_night", {"closes": morning})
            reached = max(reached, closes if opens < closes else MIDNIGHT)


def _windows(hours: Values, day: str) -> list[tuple[Window, int]]:
    """The windows of a day that can be read, the earliest first, with their places in the list."""
    written = hours.get(day)
    read = [(window_or_none(w), i) for i, w in enumerate(written if isinstance(written, list) else ())]
    return sorted((w, i) for w, i in read if w is not None)


def plain(money: Money) -> str:
    """An amount in major units with a point, without needless decimals: ``150``, ``99.50``."""
    unit = 10**money.exponent
    whole, rest = divmod(money.minor, unit)
    return f"{whole}.{rest:0{money.exponent}}" if rest else str(whole)


def _other(data: Values) -> Iterator[Wrong]:
    """Rule B1: another problem is the last choice."""
    problems = data.get("problem")
    if not isinstance(problems, list) or not problems:
        return
    places = [i for i, table in _tables(data, "problem") if table.get("code") == OTHER_PROBLEM]
    if not places:
        yield Wrong(("problem",), "other_missing")
    elif places[-1] != len(problems) - 1:
        yield Wrong(("problem", places[-1]), "other_last")
