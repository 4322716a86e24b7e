"""D1: the filter of the review, typed in a few letters, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue.grammar.scope import Known, NotUnderstood, Reversed, SeveralNamed, read_scope
from mesa_recuperacion.domain.period import Period, day_of, month_of, span, week_of
from mesa_recuperacion.domain.review.scope import Filter, Scope

TODAY = date(2026, 3, 11)
HERE = Scope(week_of(TODAY))
KNOWN = Known(
    (("ana", "Ana Torres"), ("bruno", "Bruno Díaz"), ("oscar", "Óscar Núñez"), ("e1", "Eva Gil"), ("e2", "Eva Gil")),
    (("missing", "Producto faltante"), ("wrong", "Entrega equivocada"), ("bill", "Error en la factura")),
)  # fmt: skip


def read(text: str, here: Scope = HERE) -> object:
    return read_scope(text, here, TODAY, KNOWN)


def period(text: str) -> Period:
    scope = read(text)
    assert isinstance(scope, Scope), scope
    assert scope.filter == Filter()
    return scope.period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sem 10", week_of(date(2026, 3, 2))), ("semana 10", week_of(date(2026, 3, 2))),
        ("WEEK 10", week_of(date(2026, 3, 2))), ("s 10", week_of(date(2026, 3, 2))),
        ("sem 10 2025", week_of(date(2025, 3, 3))), ("sem 50", week_of(date(2025, 12, 8))),
        ("sem", week_of(TODAY)), ("esta semana", week_of(TODAY)), ("this week", week_of(TODAY)),
        ("hoy", day_of(TODAY)), ("today", day_of(TODAY)), ("ayer", day_of(date(2026, 3, 10))),
        ("yesterday", day_of(date(2026, 3, 10))), ("mes", month_of(TODAY)), ("month", month_of(TODAY)),
        ("marzo", month_of(TODAY)), ("mar", month_of(TODAY)), ("March", month_of(TODAY)),
        ("marzo 2025", month_of(date(2025, 3, 1))), ("december", month_of(date(2025, 12, 1))),
        ("abril", month_of(date(2025, 4, 1))), ("2025", span(date(2025, 1, 1), date(2025, 12, 31))),
        ("9/3", day_of(date(2026, 3, 9))), ("12/3", day_of(date(2026, 3, 12))), ("31/12", day_of(date(2025, 12, 31))),
        ("9/3/25", day_of(date(2025, 3, 9))), ("2025-03-09", day_of(date(2025, 3, 9))),
        ("1/3 15/3", span(date(2026, 3, 1), date(2026, 3, 15))),
        ("1/3-15/3", span(date(2026, 3, 1), date(2026, 3, 15))),
        ("1/3 - 15/3", span(date(2026, 3, 1), date(2026, 3, 15))),
        ("del 1/3 al 15/3", span(date(2026, 3, 1), date(2026, 3, 15))),
        ("from 20/12 to 5/1", span(date(2025, 12, 20), date(2026, 1, 5))), ("1/3 1/3", day_of(date(2026, 3, 1))),
        ("29/2", None), ("todo", span(date(2000, 1, 1), TODAY)), ("ever", span(date(2000, 1, 1), TODAY)),
    ],
)  # fmt: skip
def test_d1_a_period_in_a_few_letters(text: str, expected: Period | None) -> None:
    if expected is None:
        assert isinstance(read(text), NotUnderstood)
    else:
        assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ana", Filter("ana")), ("torres", Filter("ana")), ("OSCAR", Filter("oscar")), ("bruno d", Filter("bruno")),
        ("faltante", Filter("", "missing")), ("fal", Filter("", "missing")), ("error factura", Filter("", "bill")),
        ("error en la factura", Filter("", "bill")), ("CEN", Filter("", "", "CEN")),
        ("ana faltante NTE", Filter("ana", "missing", "NTE")), ("faltante de ana", Filter("ana", "missing")),
    ],
)  # fmt: skip
def test_d1_whom_and_what(text: str, expected: Filter) -> None:
    assert read(text) == Scope(HERE.period, expected)


def test_d1_all_together_in_any_order() -> None:
    whole = Scope(week_of(date(2026, 3, 2)), Filter("ana", "missing"))
    for text in ("sem 10 ana faltante", "ana sem 10 faltante", "faltante, ana, sem 10", "faltante ana week 10 2026"):
        assert read(text) == whole, text


def test_d1_what_is_not_named_stays_and_everybody_clears() -> None:
    here = Scope(month_of(TODAY), Filter("ana", "missing"))
    assert read("ayer", here) == Scope(day_of(date(2026, 3, 10)), here.filter)
    assert read("bruno", here) == Scope(here.period, Filter("bruno", "missing"))
    for text in ("todos", "everybody", "all"):
        assert read(text, here) == Scope(here.period)
    assert read("todos fal", here) == Scope(here.period, Filter("", "missing"))


def test_d1_reversed_days_are_offered_in_order() -> None:
    found = read("15/3 1/3 ana")
    assert isinstance(found, Reversed)
    assert found.scope == Scope(span(date(2026, 3, 1), date(2026, 3, 15)), Filter("ana"))
    assert read(found.text) == found.scope


@pytest.mark.parametrize(
    "text", ["sem 60", "sem 0", "32/1", "13/13", "zzz", "ana zzz", "cen", "1/3 2/3 3/3", "x" * 300, "", "de"]
)
def test_d1_what_is_not_understood_is_named(text: str) -> None:
    found = read(text)
    assert isinstance(found, NotUnderstood)
    assert len(found.text) <= 40


def test_d1_two_of_one_name_are_told_apart_by_nothing_typed() -> None:
    assert read("eva") == SeveralNamed("eva")


@given(st.text(max_size=90))
def test_d1_anything_at_all_is_read_or_refused(text: str) -> None:
    found = read(text)
    assert isinstance(found, Scope | NotUnderstood | Reversed | SeveralNamed)
    if isinstance(found, Scope):
        assert found.period.first <= found.period.last


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_d1_any_two_days_are_read_in_order_or_offered_so(one: date, other: date) -> None:
    found = read(f"{one:%d/%m/%Y} {other:%d/%m/%Y}")
    scope = found.scope if isinstance(found, Reversed) else found
    assert isinstance(found, Reversed) == (one > other)
    assert isinstance(scope, Scope)
    assert (scope.period.first, scope.period.last) == (min(one, other), max(one, other))
