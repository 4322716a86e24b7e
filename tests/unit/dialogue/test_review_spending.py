"""B3, B4, D1: what a budget paid and what went above a limit: each line opens its case, and says who and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mesa_recuperacion.dialogue.review.base import look
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.budgets import BudgetsOf
from mesa_recuperacion.domain.review.cases import CaseOf
from mesa_recuperacion.domain.review.exceptions import (
    ExceptionLine,
    Exceptions,
    ExceptionsOf,
    Spending,
    SpendingLine,
    SpendingOf,
)
from mesa_recuperacion.domain.views import BudgetView
from tests.desk import CARLA, NOW, Desk
from tests.fits import assert_fits_in_both
from tests.unit.dialogue import pages
from tests.unit.dialogue.pages import HOSTILE, LONG, WEEK

Desks = Callable[..., Desk]

BEFORE, AFTER = Cursor(1, "a", back=True), Cursor(2, "b")
BUDGET = BudgetView("2026-W11", *(Money(minor, "MXN") for minor in (50_000, 1_000, 8_000)))


@pytest.fixture
def carla(desks: Desks) -> Desk:
    """A supervisor is in the review."""
    return pages.supervising(desks())


def spent(n: int = 1, **parts: object) -> SpendingLine:
    line = SpendingLine(f"CEN-100{n}", NOW, "Marta Ruiz Soto", "missing_product", "voucher", 8_000, "Ana Torres")
    return replace(line, **parts)  # type: ignore[arg-type]


def paid(*lines: SpendingLine, **parts: object) -> Spending:
    seen = Spending("ana", "Ana Torres", "2026-W11", BUDGET, lines, None, None)
    return replace(seen, **parts)  # type: ignore[arg-type]


def asked(n: int = 1, **parts: object) -> ExceptionLine:
    line = ExceptionLine(
        f"x{n}", f"CEN-100{n}", "Marta Ruiz Soto", "Ana Torres", "missing_product", "own", 22_000, 7_000, NOW,
        "tercera vez este mes", "granted", "Carla Vega", NOW, "",
    )  # fmt: skip
    return replace(line, **parts)  # type: ignore[arg-type]


def exceptions(*lines: ExceptionLine, **parts: object) -> Exceptions:
    return replace(Exceptions(WEEK, lines, None, None), **parts)  # type: ignore[arg-type]


def spending_page(desk: Desk, seen: Spending) -> Desk:
    return pages.at(desk, "review_spending", SpendingOf("ana", "2026-W11"), seen)


def exceptions_page(desk: Desk, seen: Exceptions) -> Desk:
    return pages.at(desk, "review_exceptions", ExceptionsOf(WEEK), seen)


def test_b3_each_gesture_says_for_whom_what_for_and_by_whom(carla: Desk) -> None:
    spending_page(carla, paid(spent(), spent(2, customer="", person="Bruno Díaz", amount=5_050)))
    shown = carla.screen()
    assert "What it paid: Ana Torres" in shown
    assert "week 11 of 2026 · MX$80 of MX$500 spent, MX$410 left" in shown
    first, second = carla.options()
    assert "Marta Ruiz Soto" in first
    assert "MX$80" in first
    assert "Producto faltante · Ana Torres" in first
    assert "Forgotten customer" in second
    assert "MX$50.50" in second


@pytest.mark.parametrize(("typed", "folio"), [("", "CEN-1001"), ("2", "CEN-1002")])
def test_d1_a_line_opens_its_case(carla: Desk, typed: str, folio: str) -> None:
    spending_page(carla, paid(spent(), spent(2)))
    assert pages.opens(pages.answered(carla, typed)) == ("review_case", CaseOf(folio))
    exceptions_page(carla, exceptions(asked(), asked(2)))
    assert pages.opens(pages.answered(carla, typed)) == ("review_case", CaseOf(folio))


def test_b3_what_paid_nothing_says_so(carla: Desk) -> None:
    spending_page(carla, paid(person=RESERVE, name="", budget=None))
    shown = carla.screen()
    assert "What it paid: The branch's reserve" in shown
    assert "Never funded yet" in shown
    assert "Nothing was paid from it in this period." in shown
    assert "nothing to open" in carla.say("1").said


@pytest.mark.parametrize(("key", "cursor"), [("f7", BEFORE), ("f8", AFTER), ("ctrl+g <", BEFORE), ("ctrl+g >", AFTER)])
def test_f4_f7_and_f8_turn_the_pages(carla: Desk, key: str, cursor: Cursor) -> None:
    spending_page(carla, paid(spent(), before=BEFORE, after=AFTER))
    assert pages.opens(pages.pressed(carla, key)) == ("review_spending", SpendingOf("ana", "2026-W11", cursor))
    exceptions_page(carla, exceptions(asked(), before=BEFORE, after=AFTER))
    assert pages.opens(pages.pressed(carla, key)) == ("review_exceptions", ExceptionsOf(WEEK, cursor))


def test_f4_at_either_end_it_says_so(carla: Desk) -> None:
    spending_page(carla, paid(spent()))
    assert carla.press("f7").said == "This is the first page."
    assert carla.press("f8").said == "This is the last page."


def test_b4_an_exception_says_who_asked_who_answered_and_why(carla: Desk) -> None:
    declined = asked(2, status="declined", answer="ya se dio el tope", over_cap=0)
    exceptions_page(carla, exceptions(asked(), declined, asked(3, status="waiting", by="", answered_at=None)))
    assert ["granted · Carla Vega" in row for row in carla.options()] == [True, False, False]
    assert "waits for an answer" in carla.options()[2]
    shown = carla.screen()
    assert "CEN-1001" in shown
    assert "MX$70 above the cap" in shown
    assert "Ana Torres: “tercera vez este mes”" in shown
    carla.press("down")
    shown = carla.screen()
    assert "above the budget" in shown
    assert "Carla Vega: “ya se dio el tope”" in shown
    assert_fits_in_both(carla)


def test_b4_no_exception_says_so(carla: Desk) -> None:
    assert "No exception was asked for in this period." in exceptions_page(carla, exceptions()).screen()


def test_e5_f6_hostile_and_longest_texts_are_text_and_fit(carla: Desk) -> None:
    lines = [spent(n % 9, customer=LONG, person=LONG, amount=99_999_999_999) for n in range(50)]
    spending_page(carla, paid(*lines, name=LONG))
    wishes = [
        asked(n % 9, customer=LONG, person=LONG, by=LONG, reason="palabra " * 12, amount=9**14) for n in range(50)
    ]
    exceptions_page(carla, exceptions(*wishes))
    exceptions_page(carla, exceptions(asked(reason=HOSTILE, problem="gone", compensation="gone")))
    shown = carla.screen()
    assert HOSTILE.replace("\x1b[31m", "").replace("\u202e", "")[:12] in shown


def test_b4_from_a_call_to_the_page_of_who_authorised_it(desks: Desks) -> None:
    desks().sign_in().open_case().say("", "3", "faltó la lámpara", "", "4", "220", "", "tercera vez", f"3 {CARLA}")
    carla = desks()
    carla.say(f"3 {CARLA}")
    carla._run(look(carla.talk, "review_budgets", BudgetsOf()))
    carla.say("x")
    assert carla.stage == "review_exceptions"
    (row,) = carla.options()
    assert "Marta Ruiz Soto" in row
    assert "Carla Vega" in row
    assert "MX$220" in row
    assert "“tercera vez”" in carla.screen()
    carla.press("escape").say("1")
    assert carla.stage == "review_spending"
    assert "Nothing was paid" in carla.screen()
    assert carla.press("escape").stage == "review_budgets"
