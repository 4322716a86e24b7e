"""C7 at the desk: F6 asks why and whom, nobody lets go before it is accepted, and whoever is asked reads first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain import facts as f
from tests.desk import BRUNO, CARLA, Desk, facts
from tests.fits import assert_fits_in_both

WORDS = "no hablo inglés"


def offers(desk: Desk) -> list[tuple[str, str]]:
    return [(x.to, x.reason) for x in facts(desk.path, f.HandOverOffered) if isinstance(x, f.HandOverOffered)]


@pytest.fixture
def calling(desk: Desk) -> Desk:
    """At the remedy of a case, with half an answer in the line."""
    return desk.open_case().say("", "3", "faltó la lámpara; era un regalo").write("2")


@pytest.fixture
def handed(calling: Desk) -> Desk:
    """Ana asked Bruno to take it, at the end of her shift."""
    return calling.press("f6").say("4", "1")


@pytest.fixture
def bruno(handed: Desk, desks: Callable[..., Desk]) -> Desk:
    return desks().sign_in(2, BRUNO)


# ------------------------------------------------------------------------------------------ asking


def test_c7_f6_asks_why_first_and_names_f5_as_the_better_choice(calling: Desk) -> None:
    calling.press("f6")
    assert calling.stage == "hand_over"
    assert "a colleague" in calling.phrase()
    for told in ("Last resort", "Before: F5 asks for help", "4 My shift ends"):
        assert told in calling.screen()
    assert len(calling.options()) == 4
    assert_fits_in_both(calling)


def test_c7_a_stray_enter_hands_nothing_over(calling: Desk) -> None:
    calling.press("f6").say("")
    assert calling.stage == "hand_over"
    assert "Why?" in calling.said
    calling.say("1", "")
    assert calling.stage == "hand_over_to"
    assert "To whom?" in calling.said
    assert offers(calling) == []


def test_c7_the_phrase_gets_the_name_of_whoever_is_chosen(calling: Desk) -> None:
    calling.press("f6").say("4").write("bru")
    assert "le va a atender Bruno Díaz" in calling.phrase()
    assert_fits_in_both(calling)
    calling.press("escape").write("2")
    assert "Carla Vega" in calling.phrase()


def test_c7_oneself_is_not_on_the_list(calling: Desk) -> None:
    calling.press("f6").say("4")
    assert calling.options() == ["1  Bruno Díaz  ", "2  Carla Vega  supervision"]
    calling.say("ana")
    assert calling.stage == "hand_over_to"
    assert offers(calling) == []


@pytest.mark.parametrize(
    ("number", "reason"), [("1", "asked"), ("2", "permission"), ("3", "speciality"), ("4", "shift")]
)
def test_c7_each_reason_is_recorded(calling: Desk, number: str, reason: str) -> None:
    calling.press("f6").say(number, "carla")
    assert [why for _, why in offers(calling)] == [reason]


def test_c7_the_case_is_parked_and_stays_with_its_owner(handed: Desk) -> None:
    assert (handed.stage, handed.talk.file, handed.talk.held, handed.talk.kept) == ("idle", None, (), ())
    assert handed.said == "Bruno Díaz was asked; the case stays yours until it is accepted."
    assert "Bruno Díaz was asked" in handed.options()[-1]


def test_c7_esc_goes_back_a_question_at_a_time(calling: Desk) -> None:
    calling.press("f6").say("4").press("escape")
    assert (calling.stage, calling.line) == ("hand_over", "")
    calling.press("f6")
    assert calling.stage == "hand_over"
    calling.press("escape")
    assert (calling.stage, calling.line) == ("solve", "2")
    assert offers(calling) == []


def test_c7_f5_from_the_hand_over_asks_an_area_and_comes_back_to_it(calling: Desk) -> None:
    calling.press("f6").press("f5").say("", "foto de la guía", "")
    assert calling.stage == "hand_over"
    calling.press("escape")
    assert (calling.stage, calling.line) == ("solve", "2")


def test_c7_f6_inside_f5_parks_the_case_all_the_same(calling: Desk) -> None:
    calling.press("f5").say("4").write("foto").press("f6").say("1", "1")
    assert (calling.stage, calling.talk.held, calling.talk.kept) == ("idle", (), ())


def test_e4_the_owner_finds_the_line_that_was_half_typed(handed: Desk) -> None:
    handed.say("2" if len(handed.options()) > 1 else "1")
    assert (handed.stage, handed.line) == ("solve", "2")


def test_c7_who_goes_on_takes_the_offer_back(handed: Desk, bruno: Desk) -> None:
    bruno.say("1")
    handed.say("1")
    bruno.say("1")
    assert bruno.stage == "idle"
    assert "no longer offered" in bruno.said
    assert bruno.options() == []
    assert len(facts(handed.path, f.HandOverWithdrawn)) == 1


# ------------------------------------------------------------------------------------------ being asked


def test_c7_whoever_is_asked_sees_it_first(bruno: Desk) -> None:
    assert bruno.options() == ["1  10:42  Marta Ruiz Soto  Ana Torres: end of shift  ▲ 0 min"]
    assert "Handed to you" in bruno.screen()


def test_a3_the_story_is_read_before_the_first_word(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.standard_call().press("f5").say("", "que salga hoy", "").press("f6").say("2", "carla")
    carla = desks().sign_in(3, CARLA).say("1")
    assert carla.stage == "handed"
    for told in (
        "CEN-1001", "Producto faltante", "Enviar hoy lo faltante", "55 1234 0078", "faltó la lámpara",
        "Ana Torres · a permission", "Almacén Norte, Thu Mar 12 09:00", "Cupón MX$80", "que salga hoy",
    ):  # fmt: skip
        assert told in carla.screen(), told
    assert_fits_in_both(carla)
    assert [key for key, _ in carla.look().keys] == ["F1", "F3", "F4"]


@pytest.mark.parametrize("answer", ["", "1"])
def test_c7_enter_takes_it_and_the_call_goes_on_where_it_was(handed: Desk, bruno: Desk, answer: str) -> None:
    bruno.say("1", answer)
    assert (bruno.stage, bruno.folio) == ("solve", "CEN-1001")
    bruno.say("", "2", "", "5512340078", "s")
    assert bruno.stage == "idle"
    assert bruno.talk.day is not None
    assert (bruno.talk.day.counts.cases, bruno.talk.day.counts.first_contact) == (1, 0)
    handed.press("f3").sign_in()
    assert handed.options() == []


def test_e4_whoever_gave_it_away_keeps_no_line_in_it(calling: Desk, desks: Callable[..., Desk]) -> None:
    calling.press("f6").say("4", "1")
    bruno = desks().sign_in(2, BRUNO).say("1", "").say("")
    bruno.press("f6").say("1", "ana")
    calling.press("f3").sign_in().say("1", "")
    assert (calling.stage, calling.line) == ("compensate", "")


def test_c7_a_no_and_why_in_the_same_line(handed: Desk, bruno: Desk) -> None:
    bruno.say("1", f"2 {WORDS}")
    assert (bruno.stage, bruno.talk.file) == ("idle", None)
    assert bruno.said == "Ana Torres reads why; the case stays theirs."
    assert bruno.options() == []
    handed.press("f3").sign_in().say("1")
    assert handed.said == f"Bruno Díaz cannot take it: “{WORDS}”"
    assert (handed.stage, handed.line) == ("solve", "2")


def test_c7_a_no_without_a_reason_is_asked_for_it(bruno: Desk) -> None:
    bruno.say("1", "2")
    assert (bruno.stage, bruno.line) == ("handed", "2 ")
    assert "Why not?" in bruno.said
    bruno.write(WORDS).enter()
    assert bruno.stage == "idle"
    assert [x.words for x in facts(bruno.path, f.HandOverDeclined) if isinstance(x, f.HandOverDeclined)] == [WORDS]


@pytest.mark.parametrize("key", ["escape", "f3", "f12"])
def test_c7_leaving_it_unanswered_changes_nothing(bruno: Desk, key: str) -> None:
    before = len(facts(bruno.path))
    bruno.say("1").press(key)
    assert (bruno.stage, bruno.talk.file) == ("idle", None)
    assert len(facts(bruno.path)) == before
    assert len(bruno.options()) == 1


@pytest.mark.parametrize("text", ["9", "8 porque sí", "zzz"])
def test_c7_what_is_no_answer_is_refused_and_given_back(bruno: Desk, text: str) -> None:
    bruno.say("1", text)
    assert (bruno.stage, bruno.line) == ("handed", text)
    assert bruno.said


@pytest.mark.parametrize("key", ["f2", "f5", "f6", "f9", "tab"])
def test_e2_nothing_is_added_to_a_case_that_is_not_ones_own_yet(bruno: Desk, key: str) -> None:
    bruno.say("1").press(key)
    assert bruno.stage == "handed"


def test_e5_hostile_words_are_text_on_both_desks(calling: Desk, desks: Callable[..., Desk]) -> None:
    calling.line = ""
    for note in ("[link=x]ver[/link]\x1b]8;;http://x\x07", "a" * 400, "{name} «»" * 40):
        calling.press("f2").say(note)
    calling.press("f6").say("1", "1")
    bruno = desks().sign_in(2, BRUNO).say("1")
    assert_fits_in_both(bruno)
    assert "\x1b" not in bruno.screen()
    bruno.say("2 [b]{when}[/b]\x1b[2J" + "x" * 500)
    calling.press("f3").sign_in().say("1")
    assert "[b]{when}[/b]" in calling.said
    assert "\x1b" not in calling.said
    assert_fits_in_both(calling)


def test_f5_all_of_it_in_spanish_too(desks: Callable[..., Desk]) -> None:
    ana = desks(language="es").sign_in().open_case("María de los Ángeles Covarrubias Montenegro de la Fuente")
    ana.say("", "3", "n" * 400, "", "2", "").press("f6")
    for answer in ("2", "bruno"):
        assert_fits_in_both(ana)
        ana.say(answer)
    bruno = desks(language="es").sign_in(2, BRUNO)
    assert_fits_in_both(bruno)
    bruno.say("1")
    assert_fits_in_both(bruno)
    bruno.say("2 termina mi turno")
    assert bruno.stage == "idle"


def test_c7_practice_hands_over_too_and_nothing_of_it_is_real(desk: Desk) -> None:
    before = len(facts(desk.path))
    desk.press("f9")
    assert desk.talk.practice
    desk.open_case("Luis").press("f6").say("3", "bruno")
    assert "Bruno Díaz was asked" in desk.said
    desk.press("f3")
    assert len(facts(desk.path)) == before
    assert offers(desk) == []
