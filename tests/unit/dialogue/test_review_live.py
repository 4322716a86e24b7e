"""D1 to D11: every list of the review on a real branch: opened, shown in both languages, turned, and left again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.registry import SCENES, scene_of
from mesa_recuperacion.dialogue.review.base import Page, look
from mesa_recuperacion.dialogue.review.purposes import purposes
from mesa_recuperacion.dialogue.talk import Step
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.outliers import OutliersOf
from mesa_recuperacion.domain.review.own import PersonOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.scope import Filter, Scope
from mesa_recuperacion.domain.review.suggestions import SuggestionsOf
from mesa_recuperacion.domain.review.totals import AreasOf, EquityOf, RemediesOf
from tests.desk import Desk, copied
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.pages import WEEK, supervising

QUERIES: dict[str, Query] = {
    "review_due": DueOf(), "review_owners": BoardOf(WEEK), "review_risk": RiskOf(), "review_people": BoardOf(WEEK),
    "review_suggestions": SuggestionsOf(), "review_equity": EquityOf(WEEK), "review_remedies": RemediesOf(WEEK),
    "review_outliers": OutliersOf(WEEK, "missing_product"), "review_nevers": BoardOf(WEEK),
    "review_areas": AreasOf(WEEK), "review_causes": BoardOf(WEEK),
}  # fmt: skip
SEEN = {
    "review_due": "Marta Ruiz Soto", "review_owners": "Ana Torres", "review_people": "Ana Torres  1  100%",
    "review_equity": "Producto faltante  1  MX$80", "review_remedies": "Enviar hoy lo faltante  1",
    "review_outliers": "MX$80", "review_nevers": "waiting in silence now  ■ 2", "review_causes": "Producto faltante",
}  # fmt: skip
"""What one closed call leaves on a page, two days later."""


@pytest.fixture
def carla(one_closed: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = supervising(Desk(copied(one_closed, tmp_path / "live")).wait(2 * 86_400))
    yield desk
    desk.close()


@pytest.mark.parametrize("stage", sorted(QUERIES))
def test_d1_each_list_opens_on_a_real_branch_and_esc_leads_back(carla: Desk, stage: str) -> None:
    carla._run(look(carla.talk, stage, QUERIES[stage]))
    assert (carla.stage, carla.said) == (stage, "")
    assert SEEN.get(stage, "") in "\n".join(carla.options())
    assert_fits_in_both(carla)
    for key in ("f8", "f7", "f7"):
        carla.press(key)
        assert carla.stage == stage
        assert_fits_in_both(carla)
    assert carla.press("escape").stage == "review"


def test_d10_a_persons_page_opens_from_the_list_and_esc_returns_to_their_row(carla: Desk) -> None:
    carla._run(look(carla.talk, "review_people", BoardOf(WEEK))).say("ana")
    assert carla.stage == "review_person"
    assert carla.talk.review is not None
    ana = next(p for p in carla.talk.people if p.name == "Ana Torres")
    assert carla.talk.review.query == PersonOf(Scope(WEEK.period, Filter(ana.id)))
    assert carla.options()[1].startswith("2  On time  100%")
    assert "week 11 of 2026, Ana Torres" in carla.screen()
    assert_fits_in_both(carla)
    carla.press("escape")
    assert (carla.stage, carla.talk.pick) == ("review_people", 0)


def test_d4_the_ends_of_a_problem_open_from_its_spread(carla: Desk) -> None:
    carla._run(look(carla.talk, "review_equity", EquityOf(WEEK))).say("1")
    assert carla.stage == "review_outliers"
    assert "Marta Ruiz Soto" in carla.screen()
    assert carla.press("escape").stage == "review_equity"


def test_d2_without_a_cause_there_is_no_why(carla: Desk) -> None:
    before = Scope(WEEK.period.shifted(-5))
    carla._run(look(carla.talk, "review_causes", BoardOf(before))).say("q")
    assert carla.stage == "review_causes"
    assert "No case in this period" in carla.said


def test_d12_the_real_answer_to_a_retention_call_comes_back_to_the_list(one_closed: Path, tmp_path: Path) -> None:
    """Marta complained twice: the policy gives the call to supervision, and Carla makes it from the list."""
    path = copied(one_closed, tmp_path / "risk")
    ana = Desk(path).sign_in()
    ana.say("Marta Ruiz Soto", "", "1", "", "", "1", "", "", "s")
    carla = supervising(Desk(path, ana.clock))
    carla._run(look(carla.talk, "review_risk", RiskOf()))
    (row,) = carla.options()
    assert "Marta Ruiz Soto  2 complaints  supervision" in row
    carla.say("1")
    assert carla.stage == "retain_due", carla.said
    carla.say("1 se queda")
    assert carla.stage == "review_risk"
    assert "called already" in carla.options()[0]
    carla.close()
    ana.close()


@pytest.mark.parametrize("key", ["f1", "ctrl+g"])
@pytest.mark.parametrize("stage", sorted(QUERIES))
def test_f5_every_list_has_its_help(carla: Desk, stage: str, key: str) -> None:
    carla._run(look(carla.talk, stage, QUERIES[stage])).press(key)
    assert carla.stage in ("help", "menu")
    assert_fits_in_both(carla)
    if key == "f1":
        assert purposes(carla.talk)[stage][1] in carla.screen()
    assert carla.press("escape").stage == stage


def test_f5_every_list_says_what_it_is_for(carla: Desk) -> None:
    known = purposes(carla.talk)
    assert set(known) <= set(SCENES)
    assert {*QUERIES, "review_person", "suggestion_read", "own"} <= set(known)
    assert [stage for stage in SCENES if stage.startswith("review") and not all(known.get(stage, ()))] == []
    assert all(isinstance(scene_of(stage), Page) for stage in QUERIES)


@pytest.mark.parametrize(
    ("typed", "stage", "there"),
    [
        ("1", "review_causes", "review_cases"), ("4", "review_people", "review_person"),
        ("5", "review_equity", "review_outliers"), ("3", "review_due", "review_case"),
        ("r", "review_remedies", "review_cases"), ("n", "review_nevers", "review_cases"), ("6", "review_risk", ""),
        ("7", "review_suggestions", ""), ("a", "review_areas", ""), ("p", "review_due", "review_case"),
        ("c", "review_risk", ""), ("s", "review_suggestions", ""),
    ],
)  # fmt: skip
def test_d1_from_the_board_to_the_cases_behind_a_row_and_back(carla: Desk, typed: str, stage: str, there: str) -> None:
    carla._run(begin_again(carla)).say(typed)
    assert carla.stage == stage, carla.said
    assert_fits_in_both(carla)
    carla.say("")
    if there:
        assert carla.stage == there, carla.said
        assert_fits_in_both(carla)
        carla.press("escape")
    assert carla.stage == stage
    assert carla.press("escape").stage == "review"


def begin_again(desk: Desk) -> Step:
    """The board of the week."""
    return look(desk.talk, "review", BoardOf(WEEK))
