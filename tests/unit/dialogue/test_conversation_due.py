"""C6: promises and follow-ups that are due, answered from the idle list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from tests.desk import BRUNO, CARLA, NOW, Desk, copied, facts

DAY = 86_400


@pytest.fixture
def due(one_closed: Path, tmp_path: Path) -> Iterator[Desk]:
    """Thursday 11:12: the promise of yesterday's case was due at 9, its follow-up at 10."""
    desk = Desk(copied(one_closed, tmp_path / "due")).wait(DAY + 1800).sign_in()
    yield desk
    desk.close()


def test_c6_what_is_due_today_is_one_number_away(due: Desk) -> None:
    promise, call = due.options()
    assert promise.startswith("1  09:00  Marta Ruiz Soto  Promise: ")
    assert "overdue 2 h" in promise
    assert call.startswith("2  10:00  Marta Ruiz Soto  Call: ¿Llegó completo")


def test_a3_the_story_is_there_before_calling(due: Desk) -> None:
    due.say("1")
    assert due.stage == "promise_due"
    for told in ("CEN-1001", "Producto faltante", "Enviar hoy lo faltante", "55 1234 0078", "faltó la lámpara"):
        assert told in due.screen()
    assert "Marta" in due.phrase()


@pytest.mark.parametrize(("answer", "late"), [("1", False), ("2", True)])
def test_c6_a_promise_was_kept_or_kept_late(due: Desk, answer: str, late: bool) -> None:
    due.say("1", answer)
    (kept,) = facts(due.path, f.PromiseKept)
    assert isinstance(kept, f.PromiseKept)
    assert kept.late is late
    assert due.stage == "idle"
    assert "CEN-1001" in due.said
    assert [row[:8] for row in due.options()] == ["1  10:00"]


def test_c6_enter_alone_ticks_nothing(due: Desk) -> None:
    due.say("1", "")
    assert due.stage == "promise_due"
    assert due.said
    due.press("escape").say("2", "")
    assert due.stage == "follow_up_due"
    assert due.said
    assert facts(due.path, f.PromiseKept, f.FollowUpAnswered) == []


def test_c6_another_hour_after_the_first_has_passed_breaks_the_promise_honestly(due: Desk) -> None:
    due.say("1", "3")
    assert due.stage == "promise_again"
    assert "counts as broken" in due.screen()
    due._letter("16:30")
    assert "4:30" in due.phrase()
    due.enter()
    assert due.stage == "idle"
    assert len(facts(due.path, f.PromiseBroken)) == 1
    assert "16:30" in due.options()[0]


def test_c6_another_hour_before_the_first_has_passed_moves_it(desk: Desk) -> None:
    desk.standard_call().say("s").wait(DAY - 7200).press("f3").sign_in().say("1", "3")
    assert "it is moved" in desk.screen()
    desk.say("18")
    assert len(facts(desk.path, f.PromiseMoved)) == 1
    assert facts(desk.path, f.PromiseBroken) == []
    assert "18:00" in desk.options()[0]


@pytest.mark.parametrize("text", ["ayer", "8", "dom", "{when}"])
def test_c6_an_hour_that_cannot_be_kept_is_refused_and_stays(due: Desk, text: str) -> None:
    due.say("1", "3", text)
    assert due.stage == "promise_again"
    assert due.said
    assert due.line == text


def test_c6_satisfied_ends_it(due: Desk) -> None:
    due.say("2", "1")
    (answered,) = facts(due.path, f.FollowUpAnswered)
    assert isinstance(answered, f.FollowUpAnswered)
    assert answered.answer == "satisfied"
    assert len(due.options()) == 1


def test_a1_who_is_not_satisfied_hears_the_phrase_for_it(due: Desk) -> None:
    due.say("2")
    assert "confirmar" in due.phrase()
    due.write("2")
    assert "lamento que no haya quedado bien" in due.phrase()
    due.press("escape").write("1")
    assert "confirmar" in due.phrase()


def test_c6_not_satisfied_opens_the_case_again_with_its_first_clock(due: Desk) -> None:
    due.say("2", "2")
    assert due.stage == "apologise"
    assert "first clock is kept" in due.said
    assert "opened again" in due.screen()
    assert due.talk.file is not None
    state = due.talk.file.state
    assert (state.started_at, state.first_closed_at, state.first_standard) == (NOW, NOW, 60)
    assert state.countdown.elapsed(due.now) == 0, "its own clock begins again"
    assert due.talk.policy is not None
    assert due.phrase()[1:-1] == due.talk.policy.phrases.apology_repeat.replace("{name}", "Marta")
    due.say("", "", "4", "70", "", "", "s")
    assert due.stage == "idle", (due.stage, due.said)
    assert len(facts(due.path, f.CaseClosed)) == 2
    assert due.budget.spent.minor == 15_000


def test_b2_a_reopened_case_keeps_its_cap(due: Desk) -> None:
    due.say("2", "2", "", "", "2")
    assert due.stage == "compensate"
    assert "$70" in due.said
    assert len(facts(due.path, f.CompensationReserved)) == 1


def test_c6_no_answer_is_asked_again_and_at_last_goes_to_supervision(due: Desk) -> None:
    due.say("1", "1")
    for _ in range(3):
        assert "Call: " in due.options()[0]
        due.say("1", "3").wait(DAY).press("f3").sign_in()
        if not due.options():
            due.wait(2 * DAY).press("f3").sign_in()
    everything = [x for x in facts(due.path, f.FollowUpScheduled) if isinstance(x, f.FollowUpScheduled)]
    scheduled = [x for x in everything if x.purpose == "verify"]
    assert [x.attempt for x in scheduled] == [1, 2, 3, 4]
    assert [x.owner for x in scheduled[:3]] == [due.person.id] * 3
    assert scheduled[3].owner == "supervision"
    due.wait(DAY).press("f3").sign_in(2, BRUNO)
    assert due.options() == []
    due.press("f3").sign_in(3, CARLA)
    (row,) = due.options()
    assert "Call: " in row
    due.say("1", "2")
    assert due.stage == "apologise"
    assert due.talk.file is not None
    assert due.talk.file.state.owner == due.person.id


def test_c6_a_note_while_answering_is_kept_and_comes_back(due: Desk) -> None:
    due.say("1").press("f2").say("el almacén no contesta")
    assert due.stage == "promise_due"
    assert "el almacén no contesta" in due.screen()
    due.press("f2").press("f9")
    assert due.stage == "add_note"
    due.press("escape").say("1")
    assert due.stage == "idle"


def test_c6_leaving_an_answer_changes_nothing(due: Desk) -> None:
    before = len(facts(due.path))
    for key in ("escape", "f3", "f12"):
        due.say("1").press(key)
        assert (due.stage, due.talk.file, due.talk.item) == ("idle", None, "")
    assert len(facts(due.path)) == before


def test_c6_what_was_answered_meanwhile_is_said_kindly(due: Desk) -> None:
    other = Desk(due.path, clock=due.clock).sign_in().say("1")
    due.say("1", "1")
    other.say("2")
    assert other.stage == "promise_due"
    assert "already answered" in other.said
    other.close()
