"""B3, E4: the store fails or somebody was faster; the call goes on, what was typed stays, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.dialogue.asks import Ask, Do, FindCustomers
from mesa_recuperacion.dialogue.talk import Broken, Outcome
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store.errors import StoreFull, StoreUnknown
from tests.desk import Desk, facts


class Failing:
    """A port whose asks of one kind break so many times before anything is done."""

    def __init__(self, desk: Desk, kind: type[Ask], times: int, what: str = "StoreBusy") -> None:
        self._port, self._kind, self._left, self._what = desk.port, kind, times, what

    def carry_out(self, ask: Ask) -> Outcome:
        if isinstance(ask, self._kind) and self._left:
            self._left -= 1
            return Broken(self._what, "a1b2c3")
        return self._port.carry_out(ask)

    def __getattr__(self, name: str) -> object:
        return getattr(self._port, name)


@pytest.mark.parametrize("what", ["StoreBusy", "StoreFull", "StoreReadOnly", "StoreUnknown", "StoreMoved", "OSError"])
@pytest.mark.parametrize(
    ("answers", "text"),
    [([""], "3"), (["", "3"], "faltó la lámpara"), (["", "3", "", ""], "2"), (["", "3", "", "", "2"], "vie 10")],
)
def test_e4_what_was_typed_stays_and_enter_tries_again(desk: Desk, what: str, answers: list[str], text: str) -> None:
    desk.open_case().say(*answers)
    stage, written = desk.stage, len(facts(desk.path))
    desk.port = Failing(desk, Do, 1, what)  # type: ignore[assignment]
    desk.say(text)
    assert (desk.stage, desk.line) == (stage, text)
    assert "a1b2c3" in desk.said
    assert desk.talk.said_style == "bad"
    assert len(facts(desk.path)) == written
    desk.enter()
    assert desk.stage != stage
    assert desk.line == ""


@pytest.mark.parametrize("what", ["StoreMoved", "StoreFull", "StoreReadOnly", "StoreCorrupt"])
def test_e4_leaving_works_even_where_nothing_can_be_written(desk: Desk, what: str) -> None:
    desk.open_case().say("", "3")
    desk.port = Failing(desk, Do, 1, what)  # type: ignore[assignment]
    desk.press("f3")
    assert desk.stage == "login"
    assert "a1b2c3" in desk.said
    desk.press("f3")
    assert desk.ended


def test_e4_a_moment_of_waiting_is_no_reason_to_leave(desk: Desk) -> None:
    desk.open_case().say("", "3")
    desk.port = Failing(desk, Do, 1, "StoreBusy")  # type: ignore[assignment]
    desk.press("f3")
    assert desk.stage == "note"
    desk.press("f3")
    assert desk.stage == "idle"


def test_b5_a_closing_that_failed_is_not_undone_by_mistake(desk: Desk) -> None:
    desk.standard_call()
    desk.port = Failing(desk, Do, 1)  # type: ignore[assignment]
    desk.say("s")
    assert (desk.stage, desk.line, desk.talk.closed) == ("close", "s", "")
    desk.enter()
    assert desk.stage == "idle"
    assert len(facts(desk.path, f.CompensationDelivered)) == 1


def test_c1_a_lookup_that_failed_is_asked_again_with_enter(desk: Desk) -> None:
    desk.port = Failing(desk, FindCustomers, 2)  # type: ignore[assignment]
    desk.say("Marta Ruiz")
    assert (desk.stage, desk.line) == ("lookup", "Marta Ruiz")
    assert desk.said
    desk.enter()
    assert desk.stage == "apologise"
    assert len(facts(desk.path, f.CaseOpened)) == 1


def test_b3_a_commit_in_doubt_is_tried_again_under_its_own_id(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from mesa_recuperacion.service.desk import DeskService

    desk.open_case().say("", "3", "", "")
    execute, asked = DeskService.execute, list[str]()

    def doubtful(self: DeskService, command: object, command_id: str) -> object:
        asked.append(command_id)
        done = execute(self, command, command_id)  # type: ignore[arg-type]
        if len(asked) < 3:
            raise StoreUnknown("the answer was lost")
        return done

    monkeypatch.setattr(DeskService, "execute", doubtful)
    desk.say("2")
    assert desk.stage == "promise"
    assert len(asked) == 3
    assert len(set(asked)) == 1
    assert len(facts(desk.path, f.CompensationReserved)) == 1
    assert desk.budget.reserved.minor == 8_000


def test_b3_a_doubt_that_does_not_end_is_looked_up_and_settled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from mesa_recuperacion.service.desk import DeskService

    desk.open_case().say("", "3", "", "")
    execute = DeskService.execute

    def doubtful(self: DeskService, command: object, command_id: str) -> object:
        execute(self, command, command_id)  # type: ignore[arg-type]
        raise StoreUnknown("the answer was lost")

    monkeypatch.setattr(DeskService, "execute", doubtful)
    desk.say("2")
    assert desk.stage == "promise"
    assert len(facts(desk.path, f.CompensationReserved)) == 1


@pytest.mark.parametrize(
    ("reason", "said"), [(StoreFull("database or disk is full"), "disk is full"), (None, "never done twice")]
)
def test_b3_a_commit_that_never_happened_says_why_and_enter_is_safe(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reason: StoreFull | None, said: str
) -> None:
    from mesa_recuperacion.service.desk import DeskService

    desk.open_case().say("", "3", "", "")
    execute, failing = DeskService.execute, [True]

    def failed(self: DeskService, command: object, command_id: str) -> object:
        if failing[0]:
            raise StoreUnknown("the commit failed", reason)
        return execute(self, command, command_id)  # type: ignore[arg-type]

    monkeypatch.setattr(DeskService, "execute", failed)
    desk.say("2")
    assert (desk.stage, desk.line) == ("compensate", "2")
    assert said in desk.said
    failing[0] = False
    desk.enter()
    assert desk.stage == "promise"
    assert len(facts(desk.path, f.CompensationReserved)) == 1


def test_c4_f8_to_a_case_that_is_closed_by_now_leaves_this_one_workable(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.open_case("Luis").press("f3")
    desk.standard_call("Marta").press("f9")
    other = desks().sign_in()
    other.say("2" if "Luis" in other.options()[1] else "1").press("f9").say("s")
    desk.press("f8")
    assert desk.folio == "CEN-1002"
    assert "closed" in desk.said
    desk.say("s")
    assert desk.stage == "idle"
    assert len(facts(desk.path, f.CaseClosed)) == 2


def test_e4_the_log_of_a_failure_has_no_values(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mesa_recuperacion.service.desk import DeskService
    from mesa_recuperacion.store.errors import StoreBusy

    def busy(self: DeskService, command: object, command_id: str) -> object:
        raise StoreBusy("Marta Ruiz 5512340078")

    desk.open_case()
    monkeypatch.setattr(DeskService, "execute", busy)
    desk.say("")
    (record,) = caplog.records
    assert "StoreBusy" in record.getMessage()
    assert "Marta" not in caplog.text
    assert record.getMessage().split()[0] in desk.said
