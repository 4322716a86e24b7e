"""D5, D6: a suggestion in two keys, its answer, and thanks, between calls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.scenes.reading import SUGGESTIONS
from mesa_recuperacion.domain import facts as f
from tests.desk import BRUNO, CARLA, Desk, facts
from tests.unit.dialogue.test_conversation_views import assert_sound

Desks = Callable[..., Desk]

IDEA = "Que el almacén conteste los sábados"
HOSTILE = "[b]{name}[/b] 100 % \x1b[31mrojo\u202e «comillas»"


@pytest.fixture
def carla(desks: Desks) -> Desk:
    """A supervisor is at the desk; nobody has suggested anything."""
    return desks().sign_in(3, CARLA)


def suggested(desks: Desks, *texts: str) -> None:
    desk = desks().sign_in()
    for text in texts:
        desk.press("f2").say(text)
    assert desk.stage == "idle", desk.said


def supervising(desks: Desks) -> Desk:
    return desks().sign_in(3, CARLA)


def answers(path: Path) -> list[tuple[str, str]]:
    return [(x.answer, x.words) for x in facts(path, f.SuggestionAnswered)]  # type: ignore[attr-defined]


def thanked(path: Path) -> list[str]:
    return [x.text for x in facts(path, f.PraiseGiven)]  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------------- suggesting


@pytest.mark.parametrize("key", ["f2", "ctrl+g n"])
def test_d5_a_suggestion_takes_two_keys_and_says_who_answers(path: Path, desk: Desk, key: str) -> None:
    desk.press(key)
    assert desk.stage == "suggest"
    assert_sound(desk)
    before = desk.control
    desk.say(IDEA)
    assert desk.control - before == 1
    assert desk.stage == "idle"
    assert desk.said == "Thank you. It is answered by Carla Vega."
    made = facts(path, f.SuggestionMade)
    assert [(x.person, x.text) for x in made] == [(desk.person.id, IDEA)]  # type: ignore[attr-defined]


def test_d5_an_empty_one_is_asked_for_words_and_esc_goes_back(path: Path, desk: Desk) -> None:
    desk.press("f2").say("")
    assert desk.stage == "suggest"
    assert "few words" in desk.said
    assert desk.press("escape").stage == "idle"
    assert facts(path, f.SuggestionMade) == []


def test_d5_a_supervisor_suggests_too_and_is_not_told_their_own_name(carla: Desk) -> None:
    assert "Carla" not in carla.press("f2").look().main[2].text  # type: ignore[union-attr]
    assert carla.say(IDEA).said == "Thank you. It is answered by supervision."


def test_d5_during_a_call_f2_is_a_note(desk: Desk) -> None:
    assert desk.open_case().press("f2").stage == "add_note"


# -------------------------------------------------------------------------------------------------------- answering


@pytest.mark.parametrize(
    ("typed", "answer", "words"),
    [
        ("1", "accept", ""), ("1 Desde el lunes", "accept", "Desde el lunes"), ("2", "try", ""),
        ("2  un mes, y vemos", "try", "un mes, y vemos"), ("3 No hay turno", "decline", "No hay turno"),
        ("acc", "accept", ""), ("1 3 semanas", "accept", "3 semanas"),
    ],
)  # fmt: skip
def test_d5_a_supervisor_answers_in_one_line(path: Path, desks: Desks, typed: str, answer: str, words: str) -> None:
    suggested(desks, IDEA)
    desk = supervising(desks)
    assert f"“{IDEA}”" in desk.screen()
    desk.say("1")
    assert desk.stage == "suggestion_due"
    assert_sound(desk)
    desk.say(typed)
    assert desk.stage == "idle", desk.said
    assert answers(path) == [(answer, words)]
    assert IDEA not in desk.screen()


def test_d5_declining_asks_for_the_reason_and_keeps_the_number(path: Path, desks: Desks) -> None:
    suggested(desks, IDEA)
    desk = supervising(desks).say("1", "3")
    assert (desk.stage, desk.line) == ("suggestion_due", "3 ")
    assert "Why not?" in desk.said
    desk.write("No hay turno").enter()
    assert answers(path) == [("decline", "No hay turno")]


@pytest.mark.parametrize("typed", ["", "4", "9 palabras", "gracias por la idea"])
def test_d5_nothing_is_answered_by_a_stray_key(path: Path, desks: Desks, typed: str) -> None:
    suggested(desks, IDEA)
    desk = supervising(desks).say("1", typed)
    assert desk.stage == "suggestion_due"
    assert desk.said
    assert answers(path) == []
    desk.line = ""
    assert desk.press("escape").stage == "idle"


def test_d5_the_arrows_choose_too(path: Path, desks: Desks) -> None:
    suggested(desks, IDEA)
    desk = supervising(desks).say("1").press("down").press("down").enter()
    assert answers(path) == [("try", "")]
    assert desk.stage == "idle"


def test_d5_help_in_the_middle_forgets_nothing(path: Path, desks: Desks) -> None:
    suggested(desks, IDEA)
    desk = supervising(desks).say("1").write("2 un m")
    desk.press("f1")
    assert desk.stage == "help"
    assert "every suggestion is answered" in desk.screen().lower()
    desk.enter()
    assert (desk.stage, desk.line) == ("suggestion_due", "2 un m")
    assert IDEA in desk.screen()
    desk.press("f2").say("Otra idea")
    assert (desk.stage, desk.line) == ("suggestion_due", "2 un m")
    desk.write("es").enter()
    assert answers(path) == [("try", "un mes")]


def test_d5_two_supervisors_answer_once(path: Path, desks: Desks) -> None:
    suggested(desks, IDEA)
    one, other = supervising(desks).say("1"), supervising(desks).say("1")
    one.say("1")
    other.say("3 no")
    assert other.stage == "idle"
    assert "meanwhile" in other.said
    assert other.talk.held == ()
    assert_sound(other)
    assert answers(path) == [("accept", "")]


def test_d5_only_supervision_sees_what_waits(desks: Desks) -> None:
    suggested(desks, IDEA)
    assert IDEA not in desks().sign_in(2, BRUNO).screen()


def test_d5_a_few_are_listed_the_oldest_first_and_the_rest_follow(path: Path, desks: Desks) -> None:
    suggested(desks, *(f"Idea número {n}" for n in range(SUGGESTIONS + 2)))
    desk = supervising(desks)
    assert_sound(desk)
    assert f"Suggestions: {SUGGESTIONS} of {SUGGESTIONS + 2}" in desk.screen()
    for _ in range(SUGGESTIONS + 2):
        desk.say("1", "1")
    assert len(answers(path)) == SUGGESTIONS + 2
    assert not desk.options()


def test_d5_the_author_gets_it_at_the_next_login(desks: Desks) -> None:
    suggested(desks, IDEA)
    supervising(desks).say("1", "3 No hay turno")
    desk = desks().say("1 482190")
    assert desk.stage == "news"
    for text in (IDEA, "“No hay turno”", "Carla Vega"):
        assert text in desk.screen()


# ----------------------------------------------------------------------------------------------------------- thanks


def test_d6_thanks_in_one_line(path: Path, carla: Desk, desks: Desks) -> None:
    carla.press("ctrl+g r")
    assert carla.stage == "praise"
    assert_sound(carla)
    assert [row.split("  ")[1] for row in carla.options()] == ["Ana Torres", "Bruno Díaz"]
    carla.say("1 Qué bien cuidó a la señora Medina")
    assert carla.stage == "idle"
    assert carla.said == "Ana Torres reads it first thing at the next login."
    assert thanked(path) == ["Qué bien cuidó a la señora Medina"]
    desk = desks().say("1 482190")
    assert desk.stage == "news"
    assert "Carla Vega thanks you" in desk.screen()
    assert desks().sign_in(2, BRUNO).stage == "idle"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "number, a space"), ("3 yo misma", "themselves"), ("9 alguien", "no option 9"),
        ("qué bien a todos y a todas", "not on the list"), ("0 x", "no option 0"),
    ],
)  # fmt: skip
def test_d6_whom_it_cannot_be(path: Path, carla: Desk, typed: str, said: str) -> None:
    carla.press("ctrl+g r").say(typed)
    assert carla.stage == "praise"
    assert said in carla.said
    assert thanked(path) == []


def test_d6_it_asks_for_words_and_keeps_the_number(path: Path, carla: Desk) -> None:
    carla.press("ctrl+g r").say("bru")
    assert (carla.stage, carla.line) == ("praise", "2 ")
    carla.write("Gracias por el sábado").enter()
    assert thanked(path) == ["Gracias por el sábado"]


def test_d6_agents_have_no_such_key(desk: Desk) -> None:
    assert desk.press("ctrl+g r").stage == "idle"
    assert "thank somebody" not in desk.press("ctrl+g").screen()


@pytest.mark.parametrize("language", ["es", "en"])
def test_e5_hostile_text_is_only_text(path: Path, desks: Desks, language: str) -> None:
    author = desks(language=language).sign_in().press("f2").say(HOSTILE * 4)
    assert author.stage == "idle"
    desk = desks(language=language).sign_in(3, CARLA)
    assert_sound(desk)
    desk.say("1")
    assert_sound(desk)
    assert "[b]{name}[/b] 100 %" in desk.screen()
    desk.say(f"3 {HOSTILE}").press("ctrl+g r").say(f"1 {HOSTILE}")
    assert thanked(path)[0] == answers(path)[0][1] == "[b]{name}[/b] 100 % rojo «comillas»"
    assert "\x1b" not in desk.screen()


def test_f6_the_longest_of_everything_fits(desks: Desks) -> None:
    suggested(desks, "palabra " * 50, "W" * 400)
    desk = supervising(desks)
    assert_sound(desk)
    for _ in range(2):
        desk.say("1")
        assert_sound(desk)
        desk.say("2 " + "palabra " * 40)
    desk.press("ctrl+g r").say("2")
    assert_sound(desk)
