"""B3, B4, C7, E2: two people, or two windows, on one file at the same moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.asks import Authorise, Do
from mesa_recuperacion.dialogue.talk import Done, Refused
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.commands import GrantCompensation, MergeCards
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.refusals import OverCap
from mesa_recuperacion.store.verify import verify
from tests.desk import ANA, BRUNO, CARLA, Desk, facts, opened

Desks = Callable[..., Desk]
WHY = "tercera vez"


def spent(desk: Desk) -> tuple[int, int]:
    """What of the branch's reserve is spent and held."""
    with opened(desk.path) as store:
        assert verify(store).sound
        with store.reading() as tx:
            budget = tx.budget(RESERVE)
    return (budget[0].spent.minor, budget[0].reserved.minor) if budget else (0, 0)


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """Ana asked supervision for 220 and is at the promise of the call."""
    desk.open_case().say("", "3", "faltó", "", "4", "220").enter().say(WHY, "0", "hoy 18")
    assert desk.stage == "promise", desk.said
    return desk


@pytest.fixture
def carla(asked: Desk, desks: Desks) -> Desk:
    """Carla has the question on her screen."""
    window = desks().sign_in(3, CARLA).say("1")
    assert window.stage == "exception_due", window.said
    return window


@pytest.mark.parametrize("closed_first", [True, False])
def test_b3_an_exception_answered_while_the_case_is_closed_is_paid_once(
    asked: Desk, carla: Desk, closed_first: bool
) -> None:
    if closed_first:
        asked.say("mañana 10", "", "s")
        carla.say("1")
    else:
        asked.say("mañana 10", "")
        carla.say("1")
        asked.say("s")
    assert (asked.stage, carla.stage) == ("idle", "idle"), (asked.said, carla.said)
    assert spent(asked) == (22_000, 0)
    assert len(facts(asked.path, f.CompensationDelivered)) == 1


def test_b3_what_supervision_gave_after_the_closing_is_not_taken_back_with_it(asked: Desk, carla: Desk) -> None:
    asked.say("mañana 10", "", "s")
    carla.say("1")
    asked.press("ctrl+z")
    assert spent(asked) == (22_000, 0)
    assert facts(asked.path, f.ClosingUndone) == []


def test_b3_two_supervising_windows_answer_once(asked: Desk, carla: Desk, desks: Desks) -> None:
    other = desks().sign_in(3, CARLA).say("1")
    carla.say("1")
    other.say("1")
    assert spent(asked) == (0, 22_000)
    assert len(facts(asked.path, f.CompensationReserved)) == 1
    assert "already answered" in other.said
    assert other.stage == "idle"


def test_b3_b4_at_the_desk_and_at_the_supervisors_it_is_paid_once(asked: Desk, carla: Desk) -> None:
    asked.press("shift+tab").say("4", "220").enter().say(WHY, f"3 {CARLA}")
    assert asked.stage == "promise", asked.said
    carla.say("1")
    assert spent(asked) == (0, 22_000)
    asked.say("mañana 10", "", "s")
    assert spent(asked) == (22_000, 0)


@pytest.fixture
def handed(desk: Desk, desks: Desks) -> Desk:
    """Bruno reads a case that Ana asks him to take."""
    desk.open_case().say("", "3", "faltó").press("f6").say("4", "1")
    window = desks().sign_in(2, BRUNO).say("1")
    assert window.stage == "handed", window.said
    return window


def test_c7_taken_back_before_it_was_accepted_it_is_nobody_elses(desk: Desk, handed: Desk) -> None:
    desk.press("f8")
    assert desk.stage == "solve", desk.said
    handed.say("")
    assert handed.stage == "idle"
    assert "no longer offered" in handed.said
    assert facts(desk.path, f.HandOverAccepted) == []
    assert desk.say("").stage == "compensate"


def test_c7_closed_before_it_was_accepted_it_is_not_accepted(desk: Desk, handed: Desk) -> None:
    desk.press("f8").say("", "0", "no quiso", "", "", "s")
    assert desk.stage == "idle", desk.said
    handed.say("")
    assert facts(desk.path, f.HandOverAccepted) == []
    assert handed.said
    assert handed.stage == "idle"


def test_c7_accepted_while_its_owner_is_in_it_the_owner_is_told(desk: Desk, handed: Desk, desks: Desks) -> None:
    other = desks().sign_in()
    handed.say("")
    assert handed.stage == "solve"
    other.press("f8")
    assert other.talk.file is None, "it is no longer hers"
    assert other.said


def test_e2_a_pin_changed_in_another_window_is_the_one_that_counts(desk: Desk, desks: Desks) -> None:
    other = desks().sign_in()
    desk.press("ctrl+g k").say(ANA, "593817", "593817")
    assert "new PIN" in desk.said
    other.press("ctrl+g k").say(ANA, "816493", "816493")
    assert other.stage == "pin_old", "the old PIN is no longer the one"
    other.press("escape").open_case()
    assert desks().say(f"1 {ANA}").stage == "login"
    assert desks().say("1 593817").stage == "idle"


def test_b4_an_authorisation_of_a_program_that_was_killed_gave_its_gesture_and_is_good_for_no_other(
    desk: Desk, desks: Desks
) -> None:
    desk.open_case().say("", "3", "faltó", "", "4", "220").enter().say(WHY)
    step = conversation.answer(desk.talk, f"3 {CARLA}", desk.now)
    (authorise,) = step.asks
    assert isinstance(authorise, Authorise)
    assert isinstance(desk.port.carry_out(authorise), Done)
    desk.close()  # killed here
    again = desks().wait(5).sign_in()
    (reserved,) = facts(desk.path, f.CompensationReserved)
    assert isinstance(reserved, f.CompensationReserved)
    assert (reserved.amount.minor, reserved.person) == (22_000, RESERVE)
    outcome = again.port.carry_out(Do(GrantCompensation(authorise.case, "own", Money(22_001, "MXN"))))
    assert isinstance(outcome, Refused)
    assert isinstance(outcome.refusal, OverCap)
    assert facts(desk.path, f.CompensationReserved) == [reserved]


def test_a3_cards_merged_while_a_call_of_theirs_goes_on(desk: Desk, desks: Desks) -> None:
    desk.open_case("Marta Ruiz").say("", "3", "faltó", "", "2", "", "5512340078", "s")
    desk.open_case("Marta R. Soto").say("", "3", "otra vez")
    with opened(desk.path) as store, store.reading() as tx:
        first, second = (x.customer for x in facts(desk.path, f.CustomerRegistered))  # type: ignore[attr-defined]
        assert tx.card(second) is not None
    carla = desks().sign_in(3, CARLA)
    outcome = carla.port.carry_out(Do(MergeCards(second, first)))
    assert isinstance(outcome, Done), outcome
    desk.say("", "2", "mañana 12", "", "s")
    assert desk.stage == "idle", desk.said
    with opened(desk.path) as store:
        assert verify(store).sound
        with store.reading() as tx:
            (found,) = tx.find_customers("Marta", now=desk.now, risk_days=90)
    assert len(found.history) == 2
