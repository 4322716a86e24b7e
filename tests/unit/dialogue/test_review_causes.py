"""B8, C2, D2, D8: causes and nevers in the review: what each counts, and the cases behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mesa_recuperacion.domain.policy import FAMILIES
from mesa_recuperacion.domain.review.analyses import SheetOf
from mesa_recuperacion.domain.review.board import BoardOf, Cause, DueCount
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.scope import Behind
from tests.desk import Desk
from tests.unit.dialogue.pages import WEEK, answered, at, board, of, opens, pressed, supervising

Desks = Callable[..., Desk]
FAMILY = {"missing_product": "process", "wrong_delivery": "process", "damaged_product": "product", "price": ""}


@pytest.fixture
def carla(desks: Desks) -> Desk:
    """The policy says which family each problem is of."""
    desk = supervising(desks())
    policy = desk.talk.policy
    assert policy is not None
    problems = tuple(replace(p, family=FAMILY.get(p.code, "people")) for p in policy.problems)
    desk.talk = replace(desk.talk, policy=replace(policy, problems=problems))
    return desk


def cause(problem: str, cases: int, cost: int = 0) -> Cause:
    return Cause(problem, Counts(cases=cases, compensation=cost))


COUNTS = Counts(cases=100, on_time=80, over_information=10, over_system=6, over_unsaid=4, nothing=25)
CAUSES = (cause("damaged_product", 20), cause("missing_product", 41, 100_000), cause("wrong_delivery", 29),
          cause("gone_from_the_policy", 10))  # fmt: skip


def causes(desk: Desk, **parts: object) -> Desk:
    return at(desk, "review_causes", BoardOf(WEEK), board(**({"counts": COUNTS, "causes": CAUSES} | parts)))


# ----------------------------------------------------------------------------------------------------------- causes


def test_d2_problems_stand_by_frequency_with_their_cumulative_share(carla: Desk) -> None:
    rows = [row.split("  ") for row in causes(carla).options()[:4]]
    assert [row[1] for row in rows] == [
        "Producto faltante", "Entrega equivocada", "Producto en mal estado", "gone_from_the_policy",
    ]  # fmt: skip
    assert [(row[3], row[4], row[5]) for row in rows] == [
        ("41", "41%", "41%"), ("29", "29%", "70%"), ("20", "20%", "90%"), ("10", "10%", "100%"),
    ]  # fmt: skip
    assert rows[0][6] == "MX$1,000"
    assert len(rows[0][2]) > len(rows[1][2]) > len(rows[3][2]) >= 1, "bars"


def test_d2_families_add_up_the_problems_of_the_policy_and_what_has_none_is_last(carla: Desk) -> None:
    rows = causes(carla).options()[4:7]
    assert [row.split("  ")[1] for row in rows] == ["Process", "Product", "Of no family"]
    assert [row.split("  ")[3] for row in rows] == ["70", "20", "10"]
    assert set(FAMILY.values()) - {""} <= set(FAMILIES)


def test_d2_a_problem_and_a_family_open_their_cases(carla: Desk) -> None:
    causes(carla)
    assert opens(answered(carla, "")) == ("review_cases", CasesOf(Behind(of(problem="missing_product"))))
    family = Behind(WEEK, problems=("missing_product", "wrong_delivery"))
    assert opens(answered(carla, "5")) == ("review_cases", CasesOf(family))
    assert opens(answered(carla, "7")) == ("review_cases", CasesOf(Behind(WEEK, problems=("gone_from_the_policy",))))


@pytest.mark.parametrize(
    ("row", "which", "figures"),
    [("8", "over_information", "10  50%"), ("9", "over_system", "6  30%"), ("10", "over_unsaid", "4  20%"),
     ("11", "nothing", "25  25%")],
)  # fmt: skip
def test_b8_c2_what_was_said_of_time_and_of_nothing_are_causes_too(
    carla: Desk, row: str, which: str, figures: str
) -> None:
    assert figures in causes(carla).options()[int(row) - 1]
    assert opens(answered(carla, row)) == ("review_cases", CasesOf(Behind(WEEK, which)))


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("q", Behind(of(problem="missing_product"))), ("q 2", Behind(of(problem="wrong_delivery"))),
        ("q 5", Behind(WEEK, problems=("missing_product", "wrong_delivery"))),
        ("q 8", Behind(WEEK, "over_information")),
    ],
)  # fmt: skip
def test_d2_q_asks_the_five_whys_of_the_cause_that_is_marked(carla: Desk, text: str, behind: Behind) -> None:
    assert opens(answered(causes(carla), text)) == ("review_whys_sheet", SheetOf(behind=behind))


def test_d2_cases_without_a_problem_are_a_cause_of_their_own(carla: Desk) -> None:
    causes(carla, causes=(cause("", 3),), counts=Counts(cases=3, on_time=3))
    assert "no problem noted" in carla.options()[0]
    assert opens(answered(carla, "1")) == ("review_cases", CasesOf(Behind(WEEK, problems=("",))))


def test_d1_causes_of_no_case_say_so_and_turn(carla: Desk) -> None:
    assert "No case in this period. F7 shows the one before." in causes(carla, counts=Counts(), causes=()).screen()
    stage, query = opens(pressed(carla, "f7"))
    assert (stage, query) == ("review_causes", BoardOf(replace(WEEK, period=WEEK.period.shifted(-1))))


def test_f6_many_causes_fit_and_each_can_be_chosen(carla: Desk) -> None:
    many = tuple(cause(f"extraordinarily_long_code_of_a_problem_{n:03}", n + 1, 10**9) for n in range(60))
    causes(carla, causes=many, counts=replace(COUNTS, cases=1830))
    assert opens(answered(carla, "60"))[0] == "review_cases"


# ----------------------------------------------------------------------------------------------------------- nevers

MEASURED = Counts(cases=9, passed_over=4, silences=3, broken=2, moved=5, hand_overs=1, idle=3 * 3600 + 25 * 60)


def nevers(desk: Desk, **parts: object) -> Desk:
    before = Counts(cases=9, passed_over=8, idle=60)
    owing = (DueCount("ana", "Ana Torres", promises_overdue=2), DueCount("supervision", "", exceptions_overdue=1))
    made = board(**({"counts": MEASURED, "before": before, "due": owing} | parts))
    return at(desk, "review_nevers", BoardOf(WEEK), made)


def test_d8_each_never_stands_beside_what_was_measured_and_the_period_before(carla: Desk) -> None:
    assert [tuple(row.split("  ")[2:]) for row in nevers(carla).options()] == [
        ("steps passed over", "4", "8"), ("silences past next contact", "3", "0"),
        ("waiting in silence now", "■ 3", "–"), ("promises broken", "2", "0"), ("promises moved", "5", "0"),
        ("hand-overs", "1", "0"), ("time idle while open", "3:25 h", "0:01 h"),
    ]  # fmt: skip


def test_d8_there_are_five_of_them(carla: Desk) -> None:
    names = [row.split("  ")[1] for row in nevers(carla).options()]
    assert [name for name in names if name] == [
        "Deny what happened", "Ignore the customer", "Lie or over-promise", "Pass them around",
        "Fail to pay attention",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "which"),
    [("", "passed_over"), ("1", "passed_over"), ("2", "silences"), ("4", "broken"), ("5", "moved"),
     ("6", "hand_overs"), ("7", "idle"), ("pass", "hand_overs")],
)  # fmt: skip
def test_d8_each_opens_its_cases(carla: Desk, row: str, which: str) -> None:
    assert opens(answered(nevers(carla), row)) == ("review_cases", CasesOf(Behind(WEEK, which)))


def test_d8_who_waits_in_silence_now_is_listed(carla: Desk) -> None:
    assert opens(answered(nevers(carla), "3")) == ("review_due", DueOf(overdue_only=True))


def test_f6_nevers_of_nothing_and_of_very_much_fit(carla: Desk) -> None:
    nevers(carla, counts=Counts(), before=Counts(), due=())
    assert [row.split("  ")[-2] for row in carla.options()] == ["0"] * 6 + ["0:00 h"]
    nevers(carla, counts=Counts(*[10**9] * 27), before=Counts(*[10**9] * 27))
    assert opens(pressed(carla, "f8"))[0] == "review_nevers"
