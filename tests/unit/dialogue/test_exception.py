"""B4: above a limit the call goes on: a supervisor's PIN at the same desk, or an hour for the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.policy.defaults import default_policy_text
from tests.desk import BRUNO, CARLA, Desk, branch, facts, opened

WHY = "tercera vez este mes"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.open_case().say("", "3", "faltó la lámpara", "")
    assert desk.stage == "compensate"
    return desk


def above(desk: Desk, amount: str = "220") -> Desk:
    """An own amount above the cap, up to the reason."""
    desk.say("4", amount)
    assert desk.stage == "own_amount"
    return desk.enter()


def test_b4_above_the_cap_enter_again_asks_and_promises_nothing(desk: Desk) -> None:
    desk.say("4", "220")
    assert "$220" in desk.said
    assert "$150" in desk.said
    assert "Enter" in desk.said
    assert desk.line == "220", "what was typed is given back"
    desk.enter()
    assert desk.stage == "exception"
    assert "$220" not in desk.phrase(), "nothing is promised yet"
    assert "$70" in desk.screen(), "what it exceeds"
    assert not facts(desk.path, f.CompensationReserved)


def test_b4_an_amount_above_a_limit_is_not_said_while_it_is_typed(desk: Desk) -> None:
    desk.say("4").write("150")
    assert "$150" in desk.phrase()
    desk.press("escape").write("151")
    assert "151" not in desk.phrase()
    assert "you keep MX$500" in desk.screen()


def test_b4_another_amount_is_another_choice(desk: Desk) -> None:
    desk.say("4", "220")
    desk.line = ""
    desk.say("120")
    assert desk.stage == "promise", desk.said


def test_b4_a_supervisor_at_the_desk_authorises_and_the_reserve_pays(desk: Desk) -> None:
    above(desk).say(WHY, f"3 {CARLA}")
    assert desk.stage == "promise", desk.said
    assert desk.person.name == "Ana Torres", "the session stays the agent's"
    (authorised,) = facts(desk.path, f.ExceptionAuthorised)
    assert isinstance(authorised, f.ExceptionAuthorised)
    assert (authorised.amount, authorised.reason) == (Money(22000, "MXN"), WHY)
    (reserved,) = facts(desk.path, f.CompensationReserved)
    assert isinstance(reserved, f.CompensationReserved)
    assert (reserved.person, reserved.amount) == (RESERVE, Money(22000, "MXN"))
    assert desk.budget.left == desk.budget.funded, "the agent's own budget does not change"
    desk.say("mañana 10", "5512340078", "s")
    assert desk.stage == "idle", desk.said
    with opened(desk.path) as store, store.reading() as tx:
        reserve = tx.budget(RESERVE)
        assert reserve is not None
        assert reserve[0].spent == Money(22000, "MXN")


def test_b4_an_empty_budget_turns_into_an_exception_and_never_into_less(tmp_path: Path) -> None:
    text = default_policy_text("es").replace("amount = 500", "amount = 100")
    desk = Desk(branch(tmp_path, text))
    desk.sign_in()
    for name in ("Rosa Medina", "Julián Peña"):
        desk.open_case(name).say("", "3", "faltó", "", "2")
        if desk.stage == "promise":
            desk.say("mañana 10", "", "s")
    assert desk.stage == "compensate"
    assert "$80" in "\n".join(desk.options()), "the same gesture is offered to everybody"
    assert "Enter" in desk.said
    desk.enter()
    assert desk.stage == "exception"
    desk.say(WHY, f"3 {CARLA}")
    assert desk.stage == "promise", desk.said
    desk.close()


def test_b4_a_wrong_pin_says_what_is_left_and_the_third_waits_a_minute(desk: Desk) -> None:
    above(desk).say(WHY, "3 111111")
    assert desk.stage == "authorise"
    assert desk.line == "", "a PIN is never given back"
    assert "2" in desk.said
    desk.say("3 111111", "3 111111")
    assert "10:43" in desk.said, "a minute"
    desk.say(f"3 {CARLA}")
    assert desk.stage == "authorise", "the right PIN waits too"
    assert len(facts(desk.path, f.AuthorisationFailed)) == 3, "recorded with the case"
    desk.wait(61).say(f"3 {CARLA}")
    assert desk.stage == "promise", desk.said


def test_b4_the_wait_survives_a_restart(desk: Desk, desks: Callable[..., Desk]) -> None:
    above(desk).say(WHY, "3 111111", "3 111111", "3 111111")
    desk.close()
    again = desks().sign_in()
    above(again.say("1")).say(WHY, f"3 {CARLA}")
    assert again.stage == "authorise"
    assert "10:43" in again.said


def test_b4_an_agents_number_or_ones_own_authorises_nothing(desk: Desk) -> None:
    above(desk).say(WHY, f"2 {BRUNO}")
    assert desk.stage == "authorise"
    assert "supervision" in desk.said.lower()
    assert not facts(desk.path, f.AuthorisationFailed), "nothing was guessed"


def test_b4_nobody_near_is_a_promise_with_an_hour(desk: Desk) -> None:
    above(desk).say(WHY, "0")
    assert desk.stage == "answer_by"
    desk.say("hoy 18")
    assert desk.stage == "promise", "the call goes on"
    (asked,) = facts(desk.path, f.ExceptionAsked)
    assert isinstance(asked, f.ExceptionAsked)
    assert (asked.amount, asked.reason) == (Money(22000, "MXN"), WHY)
    (promised,) = facts(desk.path, f.PromiseMade)
    assert isinstance(promised, f.PromiseMade)
    assert promised.what == "answer"
    desk.say("mañana 10", "", "s")
    assert desk.stage == "idle", desk.said


def test_b4_esc_goes_back_one_question_and_loses_nothing(desk: Desk) -> None:
    above(desk).say(WHY).press("escape")
    assert desk.stage == "exception"
    desk.press("escape")
    assert desk.stage == "compensate"
    assert not facts(desk.path, f.ExceptionAsked, f.CompensationReserved)


def test_e2_the_supervisors_pin_is_in_no_value_and_no_draft(desk: Desk) -> None:
    above(desk).say(WHY)
    desk.write(f"3 {CARLA}")
    desk.pause()
    assert CARLA not in repr(desk.talk)
    desk.press("f1")
    assert CARLA not in desk.screen()
    assert CARLA not in repr(desk.talk)
    desk.enter()
    assert desk.line == ""
    assert CARLA not in repr(desk.asked)
    desk.close()
    assert CARLA.encode() not in desk.path.read_bytes()
