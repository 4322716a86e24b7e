"""C3, D4, D11: equal treatment, what each remedy achieved, and how areas answer, in the review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mesa_recuperacion.dialogue.review.said import drawn
from mesa_recuperacion.domain.review.cases import CaseLine, CaseOf, CasesOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.outliers import Outliers, OutliersOf
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.review.totals import (
    Achieved,
    AreaLine,
    Areas,
    AreasOf,
    Bar,
    Equity,
    EquityOf,
    Histogram,
    Remedies,
    RemediesOf,
)
from tests.desk import NOW, Desk
from tests.unit.dialogue.pages import HOSTILE, LONG, WEEK, answered, at, of, opens, pressed, supervising

Desks = Callable[..., Desk]
MISSING = "missing_product"
NEW = (Bar(0, 3), Bar(8_000, 2), Bar(11_000, 1))
KNOWN = (Bar(0, 1), Bar(15_000, 4))


@pytest.fixture
def carla(desks: Desks) -> Desk:
    return supervising(desks())


# ---------------------------------------------------------------------------------------------------------- equity


def equity(desk: Desk, *histograms: Histogram) -> Desk:
    return at(desk, "review_equity", EquityOf(WEEK), Equity(WEEK, "", histograms))


def test_d4_each_problem_has_its_spread_and_new_customers_beside_those_we_know(carla: Desk) -> None:
    equity(carla, Histogram("billing_error", "known", KNOWN), Histogram(MISSING, "new", NEW),
           Histogram(MISSING, "known", KNOWN))  # fmt: skip
    assert carla.options() == [
        "1  Error en la factura  5  MX$0  MX$150  MX$150  –  MX$150",
        "2  Producto faltante  11  MX$0  MX$80  MX$150  MX$0  MX$150",
    ]
    assert "punishes nobody" in carla.screen()


def test_d4_a_problem_opens_its_amounts_and_its_ends(carla: Desk) -> None:
    equity(carla, Histogram(MISSING, "new", NEW))
    assert opens(answered(carla, "fal")) == ("review_outliers", OutliersOf(WEEK, MISSING))
    stage, query = opens(pressed(carla, "f7"))
    assert (stage, query) == ("review_equity", EquityOf(replace(WEEK, period=WEEK.period.shifted(-1))))


def test_f6_nothing_to_compare_and_very_much_fit(carla: Desk) -> None:
    assert "No case in this period" in equity(carla).screen()
    many = [Histogram(f"a_problem_that_has_gone_{n}", "new", (Bar(0, 1), Bar(10**11, 10**6))) for n in range(30)]
    assert len(equity(carla, *many).options()) == 30


def case(n: int, given: int, **parts: object) -> CaseLine:
    line = CaseLine(f"CEN-{1000 + n}", "Marta Ruiz Soto", "Ana Torres", MISSING, NOW, 51, 60, True, "", 0, given, 0,
                    exception=False, satisfied=None, status="closed")  # fmt: skip
    return replace(line, **parts)  # type: ignore[arg-type]


def outliers(desk: Desk, least: tuple[CaseLine, ...], most: tuple[CaseLine, ...], bars: tuple[Bar, ...]) -> Desk:
    answer = Outliers(WEEK, MISSING, bars, NEW, least, most)
    return at(desk, "review_outliers", OutliersOf(WEEK, MISSING), answer)


def test_d4_the_ends_stand_side_by_side_with_their_context_and_punish_nobody(carla: Desk) -> None:
    remedy = carla.talk.policy.problem(MISSING).remedies[0]  # type: ignore[union-attr]
    least = (case(1, 0, satisfied=False, remedy=remedy.code),)
    most = (case(2, 15_000, exception=True, satisfied=True, customer="", person="Bruno Díaz"),)
    outliers(carla, least, most, (*NEW, Bar(15_000, 4)))
    rows = carla.options()
    assert rows[0] == f"1  CEN-1001 Wed Mar 11  Ana Torres  {remedy.done} · Marta Ruiz Soto · not satisfied  MX$0"
    assert rows[1] == (
        "2  CEN-1002 Wed Mar 11  Bruno Díaz  with an exception · no remedy · Forgotten customer · satisfied  MX$150"
    )
    assert "by itself it punishes nobody" in carla.screen()
    assert opens(answered(carla, "")) == ("review_case", CaseOf("CEN-1001"))
    assert opens(answered(carla, "2")) == ("review_case", CaseOf("CEN-1002"))


def test_d4_each_amount_says_how_often_to_whom_and_opens_its_cases(carla: Desk) -> None:
    outliers(carla, (), (), (Bar(0, 4), Bar(8_000, 2)))
    assert carla.options() == ["1  MX$0  ■■■■■■■■  new 3 · known 1  4", "2  MX$80  ■■■■  new 2 · known 0  2"]
    assert opens(answered(carla, "2")) == ("review_cases", CasesOf(Behind(of(problem=MISSING), minor=8_000)))
    assert opens(pressed(carla, "f8"))[0] == "review_outliers"


def test_d4_a_bar_shows_whatever_is_there_at_all() -> None:
    assert [len(drawn(n, 1000)) for n in (0, 1, 500, 1000)] == [0, 1, 4, 8]
    assert drawn(0, 0) == ""


def test_f6_ends_with_long_and_hostile_names_and_many_amounts_fit(carla: Desk) -> None:
    lines = tuple(case(n, 10**11, customer=HOSTILE if n % 2 else LONG, person=LONG, exception=True) for n in range(3))
    outliers(carla, lines, lines, tuple(Bar(n * 100, 10**6) for n in range(90)))
    assert opens(answered(carla, "96"))[0] == "review_cases"
    assert "No case in this period" in outliers(carla, (), (), ()).screen()


# --------------------------------------------------------------------------------------------------------- remedies


def achieved(kind: str, code: str, used: int, problem: str = MISSING, **parts: int) -> Achieved:
    figures = {"cost": 100_000, "kept": 9, "ended": 10, "satisfied": 3, "asked": 4} | parts
    return Achieved(kind, problem, code, used, **figures)


def remedies(desk: Desk, *lines: Achieved) -> Desk:
    return at(desk, "review_remedies", RemediesOf(WEEK), Remedies(WEEK, lines))


def test_d11_each_choice_says_how_often_what_it_cost_was_it_kept_and_were_they_satisfied(carla: Desk) -> None:
    policy = carla.talk.policy
    assert policy is not None
    missing, billing = policy.problem(MISSING), policy.problem("billing_error")
    assert missing is not None
    assert billing is not None
    lines = (
        achieved("compensation", missing.compensations[0].code, 99, kept=0, ended=0),
        achieved("remedy", missing.remedies[0].code, 3), achieved("remedy", missing.remedies[1].code, 7, asked=0),
        achieved("remedy", billing.remedies[0].code, 1, "billing_error"), achieved("compensation", "", 2),
    )  # fmt: skip
    rows = remedies(carla, *lines).options()
    assert rows == [
        f"1  {billing.remedies[0].name}  1  MX$1,000  90%  75%",
        f"2  {missing.remedies[1].name}  7  MX$1,000  90%  –",
        f"3  {missing.remedies[0].name}  3  MX$1,000  90%  75%",
        f"4  + {missing.compensations[0].name}  99  MX$1,000  –  75%",
        "5  + an own amount  2  MX$1,000  90%  75%",
    ]


def test_d11_a_choice_opens_the_cases_in_which_it_was_made(carla: Desk) -> None:
    remedies(carla, achieved("remedy", "gone", 3), achieved("compensation", "voucher", 2))
    expected = Behind(of(problem=MISSING), choice=("remedy", "gone"))
    assert opens(answered(carla, "")) == ("review_cases", CasesOf(expected))
    assert opens(answered(carla, "2")) == (
        "review_cases", CasesOf(Behind(of(problem=MISSING), choice=("compensation", "voucher")))
    )  # fmt: skip


def test_f6_no_remedy_and_very_many_fit_and_turn(carla: Desk) -> None:
    assert "No remedy was given" in remedies(carla).screen()
    many = [achieved("remedy", f"{LONG} {n}", n, f"problem_{n % 9}", cost=10**11) for n in range(60)]
    assert len(remedies(carla, *many).options()) == 60
    assert opens(pressed(carla, "f8"))[0] == "review_remedies"


# ------------------------------------------------------------------------------------------------------------ areas


def areas(desk: Desk, *lines: AreaLine) -> Desk:
    return at(desk, "review_areas", AreasOf(WEEK), Areas(WEEK, lines))


def test_c3_areas_stand_by_name_with_what_they_answered_in_time_and_what_they_owe(carla: Desk) -> None:
    areas(carla, AreaLine("transport", 4, 1, 3, 0, 0, 0), AreaLine("warehouse", 10, 8, 1, 1, 3, 2), AreaLine("gone"))
    assert carla.options() == [
        "1  Almacén Norte  10  8  1  89%  3  ■ 2", "2  gone  0  0  0  –  0  0", "3  Transporte  4  1  3  25%  0  0",
    ]  # fmt: skip
    assert opens(answered(carla, "1")) == ("review_due", DueOf(kind="area"))


def test_f6_no_area_and_many_fit_and_turn(carla: Desk) -> None:
    assert "No area was asked for anything" in areas(carla).screen()
    areas(carla, *(AreaLine(f"area_{n:02}_with_a_long_code", *[10**6] * 6) for n in range(40)))
    assert len(carla.options()) == 40
    assert opens(pressed(carla, "f7"))[0] == "review_areas"
