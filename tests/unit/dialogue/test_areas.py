"""C3, C4, C5 at the desk: F5 asks an area without letting go; a promise that it cannot keep is questioned."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.policy.defaults import default_policy_text
from tests.desk import CARLA, NOW, Desk, branch, facts
from tests.fits import assert_fits_in_both

HOSTILE = "[b]foto[/b]\x1b[31m {name} " + "ñ" * 400
DAY = 86_400


def asked(desk: Desk) -> list[f.AreaAsked]:
    return [x for x in facts(desk.path, f.AreaAsked) if isinstance(x, f.AreaAsked)]


@pytest.fixture
def solving(desk: Desk) -> Desk:
    """At the remedy, with half an answer in the line."""
    return desk.open_case().say("", "3", "faltó la lámpara").write("2")


# ------------------------------------------------------------------------------------------ F5


def test_c3_f5_asks_an_area_and_is_back_at_the_very_step_and_line(solving: Desk) -> None:
    solving.press("f5").say("", "foto de la guía", "")
    assert (solving.stage, solving.line) == ("solve", "2")
    assert solving.said == "Asked: Almacén Norte, by today 17:42."
    (fact,) = asked(solving)
    assert (fact.area, fact.what, fact.due_at) == ("warehouse", "foto de la guía", NOW + timedelta(hours=7))
    assert solving.talk.held == ()


def test_c3_each_area_stands_with_the_hour_by_which_it_answers(solving: Desk) -> None:
    solving.press("f5")
    assert solving.options() == [
        "1  Almacén Norte  today 17:42", "2  Transporte  tomorrow Thu 10:42", "3  Facturación  today 18:42",
        "4  Servicio técnico  today 14:42",
    ]  # fmt: skip
    assert "Almacén Norte" in solving.phrase()
    assert_fits_in_both(solving)


def test_c3_the_area_of_the_remedy_comes_first(desk: Desk) -> None:
    desk.open_case().say("", "3", "", "2", "").press("f5").enter()
    assert desk.talk.held == ("transport",)


def test_c3_letters_pick_an_area_and_the_phrase_names_it(solving: Desk) -> None:
    solving.press("f5").write("serv")
    assert "Servicio técnico" in solving.phrase()
    solving.enter()
    assert "Servicio técnico · its time: today 14:42" in solving.screen()


def test_c3_an_area_that_is_not_there_is_said_kindly(solving: Desk) -> None:
    solving.press("f5").say("9")
    assert solving.stage == "area"
    assert "1 to 4" in solving.said


def test_c3_the_hour_can_be_typed_and_is_echoed(solving: Desk) -> None:
    solving.press("f5").say("4", "que llamen").write("mañana 10")
    assert solving.look().ghost == "tomorrow Thu 10:00"
    solving.enter()
    assert solving.said == "Asked: Servicio técnico, by tomorrow Thu 10:00."


@pytest.mark.parametrize("text", ["ayer", "dom", "13/45", "8:00"])
def test_c3_an_hour_that_cannot_be_is_refused_and_stays(solving: Desk, text: str) -> None:
    solving.press("f5").say("4", "que llamen", text)
    assert (solving.stage, solving.line) == ("area_by", text)
    assert solving.said
    assert asked(solving) == []


def test_c3_a_request_needs_its_words(solving: Desk) -> None:
    solving.press("f5").say("", " \x07")
    assert solving.stage == "area_what"
    assert "few words" in solving.said


def test_c3_the_deadline_is_before_what_was_promised_and_a_later_one_is_told(desk: Desk) -> None:
    desk.open_case().say("", "3", "", "", "2", "mañana 12").press("f5").say("2", "pasar a las 9")
    assert desk.look().ghost == "tomorrow Thu 10:42"
    desk.write("mañana 18")
    assert "after what was promised" in desk.screen()
    desk.press("escape").enter()
    assert asked(desk)[0].due_at == NOW + timedelta(days=1)


def test_c3_esc_goes_back_a_question_at_a_time_and_loses_nothing(solving: Desk) -> None:
    solving.press("f5").say("4", "foto de la guía")
    solving.press("escape")
    assert (solving.stage, solving.line) == ("area_what", "foto de la guía")
    solving.line = ""
    solving.press("escape")
    assert solving.stage == "area"
    solving.press("escape")
    assert (solving.stage, solving.line) == ("solve", "2")
    assert asked(solving) == []


def test_c3_f5_inside_f5_changes_nothing(solving: Desk) -> None:
    solving.press("f5").press("f5")
    solving.say("4").write("fo").press("f5")
    assert (solving.stage, solving.line) == ("area_what", "fo")
    solving.say("to").press("f5")
    assert solving.stage == "area_by"
    solving.enter()
    assert (solving.stage, solving.line) == ("solve", "2")
    assert [x.what for x in asked(solving)] == ["foto"]


def test_c3_a_note_the_help_and_the_menu_keep_what_is_half_asked(solving: Desk) -> None:
    solving.press("f5").say("4").write("foto de la")
    for key in ("f1", "ctrl+g"):
        solving.press(key).press("escape")
        assert (solving.stage, solving.line, solving.talk.held) == ("area_what", "foto de la", ("service",))
    solving.press("f2").say("prefiere por la tarde")
    assert (solving.stage, solving.line, solving.talk.held) == ("area_what", "foto de la", ("service",))
    solving.line = ""
    solving.say("foto de la guía", "")
    assert [x.area for x in asked(solving)] == ["service"]


@pytest.mark.parametrize(("answers", "stage"), [(["4"], "area_what"), (["4", "foto de la guía"], "area_by")])
def test_e4_a_crash_in_the_middle_loses_neither_the_area_nor_the_line(
    solving: Desk, desks: Callable[..., Desk], answers: list[str], stage: str
) -> None:
    solving.press("f5").say(*answers).write("mañana 1").pause().wait(30)
    again = desks().sign_in().say("1")
    assert (again.stage, again.line, again.talk.held[0]) == (stage, "mañana 1", "service")
    again.line = ""
    again.say(*(["foto de la guía"] if stage == "area_what" else []), "")
    assert [(x.area, x.what) for x in asked(again)] == [("service", "foto de la guía")]
    assert again.stage == "solve"


def test_e4_parked_in_the_middle_it_comes_back_to_the_same_question(solving: Desk) -> None:
    solving.press("f5").say("4").write("foto de").press("f3")
    assert solving.stage == "idle"
    solving.say("1")
    assert (solving.stage, solving.line, solving.talk.held) == ("area_what", "foto de", ("service",))
    solving.line = ""
    solving.press("escape").press("escape")
    assert solving.stage == "solve"


def test_e4_after_it_was_asked_its_line_is_not_typed_again(solving: Desk, desks: Callable[..., Desk]) -> None:
    solving.press("f5").say("4", "foto de la guía").write("mañana 10").pause().enter()
    again = desks().sign_in().say("1")
    assert (again.stage, again.line) == ("solve", "")


def test_e5_hostile_words_are_text_wherever_they_are_shown(solving: Desk) -> None:
    solving.press("f5").say("", HOSTILE)
    assert "“[b]foto[/b] {name}" in solving.screen()
    assert_fits_in_both(solving)
    solving.enter().press("f5")
    assert_fits_in_both(solving)
    assert "\x1b" not in solving.screen()
    assert solving.options()[0] == "1  Almacén Norte  asked already: today 17:42"


def test_f1_a_policy_without_areas_says_so_kindly(tmp_path: Path) -> None:
    text = re.sub(r"\[\[area\]\]\n(?:\w+ = .*\n)+", "", default_policy_text("es"))
    bare = branch(tmp_path / "bare", re.sub(r'^area = "[a-z]+"\n', "", text, flags=re.MULTILINE))
    desk = Desk(bare).sign_in().open_case().write("fal").press("f5")
    assert "names no internal area" in desk.screen()
    assert_fits_in_both(desk)
    desk.enter()
    assert (desk.stage, desk.line) == ("apologise", "fal")
    desk.close()


def test_f5_the_scenes_fit_in_both_languages(desks: Callable[..., Desk]) -> None:
    for language in ("en", "es"):
        desk = desks(language=language).sign_in().open_case("María de los Ángeles Covarrubias " + language)
        desk.say("", "3", "n" * 400, "", "2", "").press("f5")
        for answer in ("1", "qué " * 60, ""):
            assert_fits_in_both(desk)
            desk.say(answer)
        assert desk.stage == "follow_up"
        desk.press("f3").press("f3")


def test_a3_what_an_area_answered_is_beside_the_next_request(solving: Desk) -> None:
    solving.press("f5").say("", "foto de la guía", "").press("f3").say("1", "1 sale hoy a las 18", "1")
    assert solving.stage == "solve"
    solving.press("f5")
    assert "Almacén Norte answered: “sale hoy a las 18”" in solving.screen()


# ------------------------------------------------------------------------------------------ rule C5


@pytest.fixture
def early(desk: Desk) -> Desk:
    """An hour was said before which the warehouse does not answer."""
    desk.open_case().say("", "3", "", "", "2", "hoy 14")
    assert desk.stage == "promise"
    return desk


def promised(desk: Desk) -> list[f.PromiseMade]:
    return [x for x in facts(desk.path, f.PromiseMade) if isinstance(x, f.PromiseMade)]


def test_c5_an_hour_before_the_area_answers_is_questioned(early: Desk) -> None:
    assert promised(early) == []
    assert early.line == ""
    assert "▲ Almacén Norte answers today 17:42, after what was promised." in early.screen()
    assert early.options() == ["1  Promise today 18:00", "2  Keep today 14:00 and tell the area"]
    assert "6 pm" in early.phrase()
    assert_fits_in_both(early)


@pytest.mark.parametrize("answer", ["", "1"])
def test_c5_enter_alone_promises_the_honest_hour(early: Desk, answer: str) -> None:
    early.say(answer)
    assert early.stage == "follow_up"
    assert [x.due_at for x in promised(early)] == [NOW + timedelta(hours=7, minutes=18)]
    assert asked(early) == []


def test_c5_two_keeps_it_and_tells_the_area(early: Desk) -> None:
    early.say("2")
    assert early.stage == "follow_up"
    by = NOW + timedelta(hours=3, minutes=18)
    assert [x.due_at for x in promised(early)] == [by]
    assert [(x.area, x.due_at) for x in asked(early)] == [("warehouse", by - timedelta(hours=1))]


def test_c5_the_arrows_choose_too_and_the_phrase_follows(early: Desk) -> None:
    early.press("down")
    assert "2 pm" in early.phrase()
    early.enter()
    assert len(asked(early)) == 1


def test_c5_another_hour_is_read_as_an_hour(early: Desk) -> None:
    early.write("mañana 10")
    assert "10 am" in early.phrase()
    early.enter()
    assert early.stage == "follow_up"
    assert asked(early) == []


def test_c5_another_early_hour_is_questioned_again(early: Desk) -> None:
    early.say("hoy 15")
    assert early.options()[0] == "1  Promise today 18:00"
    early.say("2")
    assert promised(early)[0].due_at == NOW + timedelta(hours=4, minutes=18)


def test_c5_what_is_no_hour_is_refused_and_the_question_stays(early: Desk) -> None:
    early.say("13/45")
    assert early.line == "13/45"
    assert len(early.options()) == 2


def test_c5_esc_takes_the_question_back_and_then_the_step(early: Desk) -> None:
    early.press("escape")
    assert (early.stage, early.options()) == ("promise", [])
    early.press("escape")
    assert early.stage == "compensate"


def test_c5_the_question_is_gone_when_the_step_is_left(early: Desk) -> None:
    early.press("tab").press("shift+tab")
    assert (early.stage, early.options()) == ("promise", [])
    early.enter()
    assert [x.due_at for x in promised(early)] == [early.talk.file and early.talk.file.state.remedy.due_at]  # type: ignore[union-attr]


def test_c5_the_help_keeps_the_question(early: Desk) -> None:
    early.press("f1").press("escape")
    assert len(early.options()) == 2


def test_c5_asking_the_area_from_the_question_takes_its_place(early: Desk) -> None:
    early.press("f5").say("", "lo antes posible", "12")
    assert (early.stage, early.options()) == ("promise", [])
    assert "Almacén Norte · its time: today 12:00" in early.screen()
    early.say("hoy 14")
    assert early.stage == "follow_up"


def test_c3_the_remedies_show_when_their_area_has_answered(tmp_path: Path) -> None:
    slow = default_policy_text("es").replace('response = "7h"', 'response = "20h"')
    desk = Desk(branch(tmp_path / "slow", slow)).sign_in().open_case().say("", "3", "")
    assert desk.options()[0].endswith("Fri Mar 13")  # twenty hours of the branch; the remedy's own are eighteen
    desk.say("", "2", "")
    assert promised(desk)[0].due_at == NOW + timedelta(days=2, minutes=18)
    desk.close()


# ------------------------------------------------------------------------------------------ its answer


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """Idle: the area was asked in a case that is parked."""
    return desk.open_case().say("", "3", "faltó la lámpara").press("f5").say("4", "foto de la guía", "").press("f3")


def test_c3_what_an_area_owes_is_on_the_list(waiting: Desk) -> None:
    assert waiting.options()[0] == "1  14:42  Marta Ruiz Soto  Area: Servicio técnico  ● on time"
    waiting.say("1")
    assert waiting.stage == "area_due"
    for told in ("CEN-1001", "Servicio técnico", "“foto de la guía”", "today 14:42", "faltó la lámpara"):
        assert told in waiting.screen()
    assert_fits_in_both(waiting)


def test_c3_its_answer_is_recorded_when_it_comes(waiting: Desk) -> None:
    waiting.say("1", "1 sale a las 18")
    (fact,) = facts(waiting.path, f.AreaAnswered)
    assert isinstance(fact, f.AreaAnswered)
    assert (fact.words, fact.late, waiting.stage) == ("sale a las 18", False, "idle")
    assert "CEN-1001" in waiting.said
    assert len(waiting.options()) == 1


def test_c3_not_yet_leaves_it_on_the_list(waiting: Desk) -> None:
    before = len(facts(waiting.path))
    waiting.say("1", "2")
    assert (waiting.stage, waiting.talk.file, waiting.talk.item) == ("idle", None, "")
    assert "stays" in waiting.said
    assert len(facts(waiting.path)) == before
    assert len(waiting.options()) == 2


def test_c3_what_is_no_longer_needed_goes(waiting: Desk) -> None:
    waiting.say("1", "3")
    assert len(facts(waiting.path, f.AreaWithdrawn)) == 1
    assert len(waiting.options()) == 1


@pytest.mark.parametrize("text", ["", "9", "7 algo", "zzz"])
def test_c3_no_answer_of_an_area_is_made_up(waiting: Desk, text: str) -> None:
    waiting.say("1", text)
    assert waiting.stage == "area_due"
    assert waiting.said
    assert facts(waiting.path, f.AreaAnswered, f.AreaWithdrawn) == []
    waiting.line = ""
    waiting.press("escape")
    assert waiting.stage == "idle"


def test_c5_a_late_area_is_its_owners_and_supervisions(waiting: Desk, desks: Callable[..., Desk]) -> None:
    carla = desks().sign_in(3, CARLA)
    assert carla.options() == []
    waiting.wait(5 * 3600).press("f3").sign_in()
    assert "Area: Servicio técnico  ■ overdue 1 h" in waiting.options()[0]
    carla.press("f3").sign_in(3, CARLA)
    assert "Area: Servicio técnico · Ana Torres  ■ overdue" in carla.options()[0]
    carla.say("1")
    assert "it is late" in carla.screen()
    keys = [key for key, _ in carla.look().keys]
    assert "F5" not in keys
    carla.say("1 ya se entregó")
    (fact,) = facts(carla.path, f.AreaAnswered)
    assert isinstance(fact, f.AreaAnswered)
    assert fact.late
    assert carla.options() == []


def test_c5_what_was_answered_meanwhile_is_said_kindly(waiting: Desk, desks: Callable[..., Desk]) -> None:
    other = desks().sign_in().say("1")
    waiting.say("1", "1 ya")
    other.say("1 ya")
    assert other.stage == "area_due"
    assert "already answered" in other.said


def test_c3_an_area_can_be_asked_about_a_promise_that_is_due(desk: Desk) -> None:
    desk.standard_call().say("s").wait(DAY + 1800).press("f3").sign_in().say("1")
    assert desk.stage == "promise_due"
    desk.press("f5").say("", "¿salió?", "")
    assert desk.stage == "promise_due"
    assert desk.said.startswith("Asked: Almacén Norte")
    desk.say("1")
    assert desk.stage == "idle"
    assert len(facts(desk.path, f.PromiseKept)) == 1
