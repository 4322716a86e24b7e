"""E2: in the review, people are added, renamed, given another role or PIN, retired; each in one line or two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.review.base import look
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.review.staff import StaffOf
from tests.desk import ANA, BRUNO, CARLA, Desk, branch, facts
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.test_conversation_views import assert_sound

Desks = Callable[..., Desk]
NEW, WRONG = "938271", "640281"
HOSTILE = "[b]{name}[/b] 100 % \x1b[31mrojo\u202e =1+1"


def supervising(desk: Desk, pin: str = CARLA) -> Desk:
    desk.say(f"3 {pin}")
    assert desk.stage == "review", desk.said
    desk._run(look(desk.talk, "review_staff", StaffOf()))
    assert desk.stage == "review_staff"
    return desk


@pytest.fixture
def carla(desks: Desks) -> Desk:
    """A supervisor looks at who works here."""
    return supervising(desks())


def signed(desk: Desk, *, sign: str = CARLA, pin: str = NEW) -> Desk:
    """The three questions of a PIN."""
    for stage, typed in (("sign", sign), ("pin", pin), ("again", pin)):
        assert desk.stage == f"review_staff_{stage}"
        assert desk.look().mask == "all"
        assert_sound(desk)
        desk.say(typed)
    return desk


def at(desk: Desk, number: str) -> Desk:
    assert desk.say(number).stage == "review_staff_person", desk.said
    return desk


def test_e2_everybody_is_listed_by_number_with_what_they_have_open_and_owe(desks: Desks) -> None:
    ana = desks().sign_in()
    ana.standard_call().say("s")
    ana.open_case("Rosa Peña")
    carla = supervising(desks())
    assert [option.split() for option in carla.options()] == [
        ["1", "Ana", "Torres", "agent", "1", "3"], ["2", "Bruno", "Díaz", "agent"],
        ["3", "Carla", "Vega", "supervision"],
    ]  # fmt: skip
    assert_fits_in_both(carla)
    assert carla.press("escape").stage == "review"


def test_e2_somebody_is_added_in_one_line_and_three_pins(path: Path, desks: Desks, carla: Desk) -> None:
    carla.say("a delia mora")
    signed(carla)
    assert (carla.stage, carla.said) == ("review_staff", "Delia Mora enters with number 4.")
    assert carla.options()[-1].split() == ["4", "Delia", "Mora", "agent"]
    assert [p.name for p in carla.talk.people][-1] == "Delia Mora"
    assert carla.talk.held == ()
    assert NEW not in repr(carla.talk)
    assert desks().say(f"4 {NEW}").person.name == "Delia Mora"
    made = facts(path, f.PersonAdded)[-1]
    assert (made.number, made.name, made.role) == (4, "Delia Mora", "agent")  # type: ignore[attr-defined]


def test_e2_a_supervisor_is_added_with_the_other_letter(carla: Desk) -> None:
    signed(carla.say("S Delia Mora"))
    assert carla.options()[-1].split() == ["4", "Delia", "Mora", "supervision"]


@pytest.mark.parametrize("typed", ["a", "s  ", "A"])
def test_e2_a_letter_alone_is_asked_for_the_name(carla: Desk, typed: str) -> None:
    assert carla.say(typed).stage == "review_staff"
    assert carla.said == "Whom? The letter, a space and the whole name."
    assert carla.line == f"{typed.strip().lower()} "


def test_e2_a_wrong_signature_adds_nobody_and_counts(path: Path, carla: Desk) -> None:
    signed(carla.say("a Delia Mora"), sign=WRONG)
    assert carla.stage == "review_staff_sign"
    assert carla.said == "That is not your own PIN. 4 attempts are left."
    assert len(facts(path, f.PersonAdded)) == 3
    assert len(facts(path, f.SignInFailed)) == 1
    assert signed(carla).stage == "review_staff"
    assert len(facts(path, f.PersonAdded)) == 4


def test_e2_after_five_wrong_signatures_it_waits(path: Path, carla: Desk) -> None:
    carla.say("a Delia Mora")
    for _ in range(5):
        signed(carla, sign=WRONG)
    assert carla.said.startswith("Too many attempts.")
    signed(carla)
    assert carla.said.startswith("Too many attempts.")
    carla.wait(60)
    assert signed(carla).stage == "review_staff"


@pytest.mark.parametrize(("pin", "said"), [("12345", "6 to 12"), ("abc", "figures"), ("111111", "too easy")])
def test_e2_an_unfit_new_pin_is_refused_before_it_is_typed_twice(carla: Desk, pin: str, said: str) -> None:
    carla.say("a Delia Mora", CARLA, pin)
    assert carla.stage == "review_staff_pin"
    assert said in carla.said


def test_e2_two_that_differ_are_typed_again(path: Path, carla: Desk) -> None:
    carla.say("a Delia Mora", CARLA, NEW, WRONG)
    assert carla.stage == "review_staff_pin"
    assert carla.said.startswith("They were not the same.")
    carla.say(NEW, NEW)
    assert carla.said == "Delia Mora enters with number 4."


def test_e2_esc_leads_back_question_by_question_and_keeps_nothing(path: Path, carla: Desk) -> None:
    carla.say("a Delia Mora", CARLA, NEW)
    stages = []
    for _ in range(3):
        carla.press("escape")
        stages.append(carla.stage)
    assert stages == ["review_staff_pin", "review_staff_sign", "review_staff"]
    assert carla.talk.held == ()
    assert CARLA not in repr(carla.talk)
    assert len(facts(path, f.PersonAdded)) == 3


def test_e2_a_forgotten_pin_is_set_anew_by_its_owner(path: Path, desks: Desks, carla: Desk) -> None:
    at(carla, "2").say("3")
    signed(carla)
    assert carla.stage == "review_staff_person"
    assert carla.said == "Bruno Díaz enters with the new PIN from now on."
    assert desks().say(f"2 {BRUNO}").stage == "login"
    assert desks().say(f"2 {NEW}").stage == "idle"
    (told,) = facts(path, f.PinSet)[3:]
    assert told.person == next(p.id for p in carla.talk.people if p.number == 2)  # type: ignore[attr-defined]


def test_e2_another_name_in_the_same_line(path: Path, carla: Desk) -> None:
    at(carla, "bru").say("1")
    assert carla.line == "1 "
    carla.line = ""
    carla.say("1 Bruno Díaz Soto")
    assert (carla.stage, carla.said) == ("review_staff_person", "Bruno Díaz Soto from now on.")
    assert carla.look().band[0][0][0].text == "Bruno Díaz Soto"
    assert "Bruno Díaz Soto" in [p.name for p in carla.talk.people]
    assert len(facts(path, f.PersonRenamed)) == 1


def test_e2_another_role_and_back(path: Path, carla: Desk) -> None:
    at(carla, "1").say("2")
    assert carla.said == "Ana Torres is in supervision from now on."
    assert "An agent from now on" in carla.screen()
    carla.say("2")
    assert carla.said == "Ana Torres is an agent from now on."


@pytest.mark.parametrize("row", ["2", "5"])
def test_e2_the_last_supervisor_stays(path: Path, carla: Desk, row: str) -> None:
    before = facts(path)
    at(carla, "3").say(row)
    assert carla.stage == "review_staff_person"
    assert carla.said.startswith("It is the only person in supervision")
    assert facts(path) == before


@pytest.mark.parametrize("row", ["2", "5"])
def test_e2_nobody_puts_themselves_out(carla: Desk, row: str) -> None:
    signed(carla.say("s Delia Mora"))
    at(carla, "3").say(row)
    assert carla.said.startswith("Nobody does that for themselves")


def test_c4_who_has_open_cases_is_not_retired_before_they_are_taken_over(desks: Desks) -> None:
    ana = desks().sign_in()
    ana.open_case()
    folio = ana.folio
    carla = at(supervising(desks()), "1")
    assert f"Open: {folio}" in carla.screen()
    carla.say("5")
    assert carla.said == f"{folio}: hand over first, or take over in the review."
    carla.say("4")
    assert carla.said == "What Ana Torres had open is on your list: go on with it, or hand it over."
    assert "No open case." in carla.screen()
    carla.say("5")
    assert carla.said.startswith("Ana Torres no longer works here.")
    carla.press("ctrl+g d")
    assert any("Marta Ruiz Soto" in option for option in carla.options())


def test_e2_who_is_retired_is_offered_nowhere_and_named_everywhere(desks: Desks, carla: Desk) -> None:
    at(carla, "2").say("5")
    assert carla.options() == ["1  Works here again"]
    assert_fits_in_both(carla)
    carla.press("escape")
    assert carla.options()[-1].split() == ["2", "Bruno", "Díaz", "no", "longer", "works", "here"]
    ana = desks()
    assert [option.split()[0] for option in ana.options()] == ["1", "3"]
    ana.sign_in().open_case().press("f6").say("4")
    assert ana.stage == "hand_over_to"
    assert [option.split()[1] for option in ana.options()] == ["Carla"]
    carla.press("ctrl+g d").press("ctrl+g r")
    assert [option.split()[1] for option in carla.options()] == ["Ana"]
    from mesa_recuperacion.dialogue.scenes.base import name_of

    (bruno,) = ana.talk.former
    assert name_of(ana.talk, bruno.id) == "Bruno Díaz"


def test_e2_a_retired_number_is_told_so_at_the_door_and_comes_back(desks: Desks, carla: Desk) -> None:
    at(carla, "2").say("5")
    door = desks().say(f"2 {BRUNO}")
    assert (door.stage, door.said[:30]) == ("login", "That number no longer enters: ")
    carla.say("1")
    assert carla.said == "Bruno Díaz works here again."
    assert desks().say(f"2 {BRUNO}").stage == "idle"


def test_e2_in_another_window_the_retired_are_shown_the_door(path: Path, desks: Desks, carla: Desk) -> None:
    bruno = desks().sign_in(2, BRUNO)
    at(carla, "2").say("5")
    before = facts(path)
    bruno.say("Marta Ruiz")
    assert bruno.stage == "login"
    assert bruno.said.startswith("You are no longer on the list of this branch.")
    assert [option.split()[0] for option in bruno.options()] == ["1", "3"]
    assert facts(path) == before


def test_e2_in_another_window_a_former_supervisors_next_look_is_refused(path: Path, desks: Desks, carla: Desk) -> None:
    signed(carla.say("s Delia Mora"))
    delia = desks().say(f"4 {NEW}")
    while delia.stage == "news":
        delia.say("")
    delia.press("f5")
    assert delia.stage == "review", delia.stage
    at(carla, "4").say("2")
    delia._run(look(delia.talk, "review_staff", StaffOf()))
    assert delia.stage == "login"
    assert delia.said.startswith("You are no longer in supervision")
    assert delia.talk.review is None
    assert delia.sign_in(4, NEW).stage == "idle"
    assert delia.press("f5").stage == "idle"


def test_e2_nothing_is_decided_by_a_stray_enter_or_a_number_too_far(path: Path, carla: Desk) -> None:
    before = facts(path)
    assert carla.say("").stage == "review_staff"
    carla.say("9")
    assert "There is no option 9" in carla.said
    at(carla.press("escape"), "1").say("", "7").press("escape").say("zzz")
    assert carla.stage == "review_staff_person"
    assert facts(path) == before


def test_e2_a_pin_typed_on_the_page_is_not_taken(carla: Desk) -> None:
    carla.say(f"1 {ANA}")
    assert carla.stage == "review_staff"
    assert ANA not in carla.screen()


@pytest.mark.parametrize("key", ["f7", "f8", "ctrl+z"])
def test_e2_behind_a_pin_the_page_is_not_turned(carla: Desk, key: str) -> None:
    carla.say("a Delia Mora").press(key)
    assert carla.stage == "review_staff_sign"


def test_e5_f6_hostile_and_longest_names_are_only_names_and_fit(tmp_path: Path) -> None:
    carla = supervising(Desk(branch(tmp_path)))
    signed(carla.say(f"a {HOSTILE}"))
    signed(carla.say("s " + "Maximiliana Wolfeschlegelsteinhausen " * 4))
    shown = carla.screen()
    assert "\x1b" not in shown
    assert "[b]{name}[/b] 100 % Rojo =1+1" in shown
    for number in ("4", "5"):
        assert_fits_in_both(at(carla, number))
        assert_sound(carla)
        carla.say("3")
        assert_fits_in_both(carla)
        carla.press("escape").press("escape")
    for n in range(30):
        signed(carla.say(f"a Persona Número {n}"))
    assert_fits_in_both(carla)
    carla.close()


def test_e2_a_number_that_is_closed_is_opened_by_one_row(desks: Desks) -> None:
    there = desks()
    for _ in range(10):
        there.say(f"1 {WRONG}")
        there.wait(900)
    assert "that number is closed" in there.said
    assert "that number is closed" in there.say(f"1 {ANA}").said
    carla = at(supervising(desks()), "1")
    assert_fits_in_both(carla)
    assert "6 opens it" in carla.screen()
    assert carla.say("6").said == "Ana Torres can try their PIN again."
    assert carla.stage == "review_staff_person"
    assert "opens it" not in carla.screen()
    assert len(carla.options()) == 5
    assert facts(carla.path, f.PersonUnlocked)
    assert there.say(f"1 {ANA}").stage == "idle"
