"""E1, E4: a shift ends with a slip that is outside the computer; what is reserved waits, and is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.verify import verify
from tests.desk import BRUNO, CARLA, Desk, facts, opened
from tests.fits import assert_fits_in_both


def slips(desk: Desk) -> list[Path]:
    return sorted((desk.path.parent / "exports").glob("mesa-shift-*.txt"))


def test_e1_ending_a_shift_leaves_a_slip_whose_mark_proves_what_was_before_it(desk: Desk) -> None:
    desk.standard_call().say("s")
    who = desk.person.id
    assert "1 on time" in desk.press("ctrl+g s").screen()
    assert_fits_in_both(desk)
    desk.enter()
    assert desk.stage == "login"
    (slip,) = slips(desk)
    assert str(slip) in desk.said
    text = slip.read_text(encoding="utf-8")
    assert "Ana Torres" in text
    assert "Marta" not in text
    assert max(map(len, text.splitlines())) <= 42
    found = re.search(r"^(CEN-1) (\d+) ([0-9a-f]{12})$", text, re.MULTILINE)
    assert found is not None
    head = (found[1], int(found[2]), bytes.fromhex(found[3]))
    assert facts(desk.path, f.ShiftClosed) == [f.ShiftClosed(who)]
    with opened(desk.path) as store:
        assert verify(store, head=head).sound
        assert not verify(store, head=(head[0], head[1], bytes(6))).sound
        assert not verify(store, head=(head[0], head[1] + 1, head[2])).sound


@pytest.mark.parametrize("way_out", ["escape", "f12"])
def test_e1_looking_at_it_ends_nothing(desk: Desk, way_out: str) -> None:
    desk.press("ctrl+g s").press(way_out)
    assert desk.stage == "idle"
    assert facts(desk.path, f.ShiftClosed) == []
    assert slips(desk) == []


def test_e1_a_slip_that_cannot_be_written_is_said_and_the_desk_stays(desk: Desk) -> None:
    (desk.path.parent / "exports").write_text("a file in the way")
    desk.press("ctrl+g s").enter()
    assert desk.stage == "shift"
    assert "exports" in desk.said


def test_f9_practice_has_no_shift(desk: Desk) -> None:
    desk.press("f9").press("ctrl+g s")
    assert desk.stage != "shift"


def test_b5_what_is_reserved_waits_for_its_case_and_is_said_at_the_next_login(
    desk: Desk, desks: Callable[..., Desk]
) -> None:
    """The desk dies after the gesture was chosen: the rule is that it is the customer's, until the agent changes it."""
    desk.open_case().say("", "3", "", "", "2")
    assert desk.budget.reserved.minor == 8_000
    desk.close()
    again = desks().sign_in()
    (row,) = again.options()
    assert "$80 reserved" in row
    assert again.budget.reserved.minor == 8_000
    other = desks().sign_in(2, BRUNO)
    assert other.budget.reserved.minor == 0
    again.say("1")
    assert again.stage == "promise"
    again.say("m 10", "5512340078").press("f9").say("s")
    assert again.budget.reserved.minor == 0
    assert again.budget.spent.minor == 8_000
    assert facts(desk.path, f.CompensationDelivered)


def test_b5_reserved_in_a_period_that_is_over_is_paid_from_that_period(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.open_case().say("", "3", "", "", "2").press("f3")
    desk.wait(40 * 86_400)
    desk.say("")
    desk.close()
    again = desks().sign_in()
    assert again.budget.reserved.minor == 0
    assert any("$80 reserved" in row for row in again.options())
    held = facts(desk.path, f.CompensationReserved)[0]
    assert isinstance(held, f.CompensationReserved)
    number = next(row.split()[0] for row in again.options() if "$80 reserved" in row)
    again.say(number).press("f9").say("s", "", "")
    given = facts(desk.path, f.CompensationDelivered)
    assert [(x.period, x.amount) for x in given if isinstance(x, f.CompensationDelivered)] == [
        (held.period, held.amount)
    ]
    assert again.budget.spent.minor == 0


def test_e1_a_supervisor_ends_a_shift_too(desk: Desk, desks: Callable[..., Desk]) -> None:
    other = desks().sign_in(3, CARLA)
    other.press("ctrl+g s").enter()
    assert other.stage == "login"
    assert len(slips(other)) == 1
