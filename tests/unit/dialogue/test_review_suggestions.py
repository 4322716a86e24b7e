"""D5: suggestions in the review: what waits is answered from the list, what was answered is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.review.base import look
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.suggestions import SuggestionLine, Suggestions, SuggestionsOf
from tests.desk import CARLA, NOW, Desk, facts
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.pages import HOSTILE, LONG, answered, at, opens, pressed, supervising

Desks = Callable[..., Desk]
IDEA, OTHER = "Que el almacén conteste los sábados", "Una lámpara de muestra en cada caja"


@pytest.fixture
def carla(desks: Desks) -> Desk:
    """Ana has suggested two things since Carla came in: her day does not know of them."""
    desk = supervising(desks())
    ana = desks().sign_in()
    for text in (IDEA, OTHER):
        ana.wait(60).press("f2").say(text)
    desk._run(look(desk.talk, "review_suggestions", SuggestionsOf()))
    assert_fits_in_both(desk)
    return desk


def line(n: int = 1, answer: str = "", words: str = "", **parts: object) -> SuggestionLine:
    at = NOW + timedelta(hours=1) if answer else None
    made = {"text": f"idea {n}", "by": "Ana Torres", "answered_by": "Carla Vega" if answer else ""} | parts
    return SuggestionLine(f"s{n}", "ana", at=NOW, answer=answer, words=words, answered_at=at, **made)  # type: ignore[arg-type]


def shown(desk: Desk, *lines: SuggestionLine, after: bool = False) -> Desk:
    return at(desk, "review_suggestions", SuggestionsOf(), Suggestions(lines, None, Cursor(1, "s") if after else None))


def test_d5_a_new_suggestion_is_answered_and_the_list_comes_back_without_it(carla: Desk, path: Path) -> None:
    assert [row.split("  ")[:3] for row in carla.options()] == [
        ["1", "Ana Torres", f"“{IDEA}”"], ["2", "Ana Torres", f"“{OTHER}”"],
    ]  # fmt: skip
    carla.say("1")
    assert carla.stage == "suggestion_due"
    assert f"“{IDEA}”" in carla.screen()
    carla.say("1 Desde el lunes")
    assert carla.stage == "review_suggestions"
    assert carla.said == "Answered. It is read at the next login."
    assert [x.words for x in facts(path, f.SuggestionAnswered)] == ["Desde el lunes"]  # type: ignore[attr-defined]
    rows = carla.options()
    assert rows[0].startswith(f"1  Ana Torres  “{OTHER}”")
    assert rows[1] == f"2  Ana Torres  “{IDEA}”  accepted"
    assert carla.press("escape").stage == "review"


def test_d5_esc_leaves_it_unanswered_and_comes_back_to_the_list(carla: Desk, path: Path) -> None:
    carla.say("1").press("escape")
    assert carla.stage == "review_suggestions"
    assert facts(path, f.SuggestionAnswered) == []


def test_d5_what_another_supervisor_answered_first_is_said_and_the_list_is_new(carla: Desk, desks: Desks) -> None:
    carla.say("1")
    other = desks().sign_in(3, CARLA)
    number = next(row.split()[0] for row in other.options() if IDEA in row)
    other.say(number, "2")
    carla.say("1")
    assert carla.stage == "review_suggestions"
    assert carla.said
    assert any(row.endswith("being tried") for row in carla.options())


def test_d5_an_answered_one_is_read_whole_with_its_answer(carla: Desk) -> None:
    shown(carla, line(1, "decline", "No hay turno"), line(2, "accept", adopted=7))
    assert carla.options() == ["1  Ana Torres  “idea 1”  declined", "2  Ana Torres  “idea 2”  in policy version 7"]
    carla.say("1")
    assert carla.stage == "suggestion_read"
    for told in ("Ana Torres suggests, Wed Mar 11", "“idea 1”", "Carla Vega, Wed Mar 11: declined", "“No hay turno”"):
        assert told in carla.screen()
    assert_fits_in_both(carla)
    assert carla.say("").stage == "review_suggestions"
    assert "in policy version 7" in carla.say("2").screen()


def test_d5_the_policy_that_adopted_one_is_named(carla: Desk) -> None:
    assert "in policy version 3" in shown(carla, line(1, "try", adopted=3)).screen()


def test_d1_the_pages_turn(carla: Desk) -> None:
    shown(carla, line(), after=True)
    assert opens(pressed(carla, "f8")) == ("review_suggestions", SuggestionsOf(Cursor(1, "s")))
    assert pressed(carla, "f7").talk.said == "This is the first page."


def test_f6_none_and_very_many_fit(carla: Desk) -> None:
    assert "No suggestions." in shown(carla).screen()
    assert "No suggestions." in answered(carla, "1").talk.said
    text = HOSTILE * 6
    many = [line(n, "" if n < 20 else "try", text, text=text[:240], by=LONG) for n in range(50)]
    shown(carla, *many, after=True)
    for number in ("3", "50"):
        carla.say(number)
        assert_fits_in_both(carla)
        carla.press("escape")
        assert carla.stage == "review_suggestions"
