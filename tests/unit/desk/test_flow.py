"""The order of things: one input, all that it asks, then the next; nothing is lost and nothing overtakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.desk.flow import QUIET, Flow
from mesa_recuperacion.desk.inputs import Input
from mesa_recuperacion.dialogue.asks import Ask, FindCustomers, Glance
from mesa_recuperacion.dialogue.talk import Broken, Found, Glimpsed, Refused, Step, Talk
from mesa_recuperacion.domain.refusals import NameMissing
from mesa_recuperacion.domain.views import Person
from tests.pilot.fake import NOW, FakeConversation, setting


class Desk:
    """An owner whose asks come back when the test says so, and whose clock stands still."""

    def __init__(self, stage: str = "name", *, mask: str = "") -> None:
        self.conversation = FakeConversation(stage, mask=mask)
        self.asks: list[Ask] = []
        self.line = ""
        self.quiet = 10.0
        self.wakes: list[float] = []
        self.paints = self.quits = 0
        self.flow = Flow(self.conversation, setting(), self)

    def now(self) -> datetime:
        return NOW

    def quiet_for(self) -> float:
        return self.quiet

    def carry_out(self, ask: Ask) -> None:
        self.asks.append(ask)

    def line_restarts(self, old: str, new: str) -> None:
        if self.line.startswith(old):
            self.line = new + self.line[len(old) :]

    def line_is_empty(self) -> bool:
        return not self.line

    def look_again(self, seconds: float) -> None:
        self.wakes.append(seconds)

    def paint(self) -> None:
        self.paints += 1

    def quit(self) -> None:
        self.quits += 1

    def started(self) -> Desk:
        self.flow.go_on()
        self.flow.settled(Glimpsed((), "Centro"))
        self.conversation.said.clear()
        return self

    def answer(self, text: str, at: float = 0.0) -> None:
        self.line = ""
        self.flow.put(Input("answered", text, at))

    def press(self, key: str, at: float = 0.0) -> None:
        self.flow.put(Input("pressed", self.line, at, key))

    def type(self, text: str) -> None:
        self.line += text
        self.flow.put(Input("edited", self.line))

    def settle_all(self) -> None:
        while (ask := self.flow.under_way) is not None:
            text = ask.text if isinstance(ask, FindCustomers) else ""
            self.flow.settled(Refused(NameMissing()) if text == "no" else Found(text, ()))


def test_the_first_ask_is_carried_out_before_any_answer() -> None:
    desk = Desk()
    desk.flow.go_on()
    desk.answer("marta")
    assert desk.asks == [Glance()]
    assert desk.conversation.answers() == []
    desk.flow.settled(Glimpsed((), "Centro"))
    assert desk.conversation.answers() == [("name", "marta")]


def test_answers_wait_while_one_is_carried_out_and_none_is_lost() -> None:
    desk = Desk().started()
    for text in ("marta", "retraso", "nota"):
        desk.answer(text)
    assert desk.conversation.answers() == [("name", "marta")]
    desk.settle_all()
    assert desk.conversation.answers() == [("name", "marta"), ("problem", "retraso"), ("note", "nota")]


@given(st.lists(st.sampled_from(["answer", "press", "type", "settle"]), max_size=40))
def test_whatever_comes_when_everything_is_taken_up_in_order(script: list[str]) -> None:
    desk = Desk().started()
    done: list[tuple[str, str]] = []
    for n, what in enumerate(script):
        if what == "answer":
            done.append(("answer", f"a{n}"))
            desk.answer(f"a{n}")
        elif what == "press":
            done.append(("press", f"k{n}"))
            desk.press(f"k{n}")
        elif what == "type":
            desk.type("x")
        elif desk.flow.under_way is not None:
            desk.flow.settled(Found("", ()))
    desk.flow.painted(1.0)
    for _ in script:
        desk.settle_all()
        desk.flow.painted(1.0)
    taken = [(one[0], one[2]) for one in desk.conversation.said if one[0] in ("answer", "press")]
    assert taken == done
    assert desk.flow.is_idle


def test_a_refusal_ends_the_row_of_asks_and_gives_the_text_back() -> None:
    desk = Desk().started()
    desk.answer("no")
    desk.settle_all()
    assert desk.line == "no"
    assert ("after", "Refused") in desk.conversation.said


def test_what_was_typed_since_is_not_overwritten_by_what_comes_back() -> None:
    desk = Desk().started()
    desk.answer("no")
    desk.type("sí")
    desk.settle_all()
    assert desk.line == "sí"


def test_a_text_that_comes_back_is_dropped_when_the_next_answer_waits() -> None:
    desk = Desk().started()
    desk.answer("no")
    desk.answer("marta")
    desk.settle_all()
    assert desk.line == ""
    assert desk.conversation.answers() == [("name", "no"), ("name", "marta")]


def test_a_key_that_changes_the_line_changes_what_was_typed_after_it() -> None:
    """F3 clears ``abc``; ``def`` was typed behind it, and Enter pressed, before that was known."""
    desk = Desk().started()
    desk.answer("marta")
    desk.type("abc")
    desk.press("f3")
    desk.type("def")
    desk.answer("abcdef")
    desk.type("ghi")
    desk.settle_all()
    assert desk.conversation.answers() == [("name", "marta"), ("problem", "def")]
    assert desk.line == "ghi"


def test_a_key_that_changes_the_line_leaves_what_was_typed_behind_it() -> None:
    desk = Desk().started()
    desk.answer("marta")
    desk.type("abc")
    desk.press("f2")
    desk.type("def")
    desk.settle_all()
    assert desk.line == "abc+def"
    assert desk.flow.text == "abc+def"


def test_typing_is_told_once_and_only_when_nothing_is_under_way() -> None:
    desk = Desk().started()
    desk.answer("marta")
    desk.type("r")
    desk.type("e")
    assert [one for one in desk.conversation.said if one[0] == "typing"] == []
    desk.settle_all()
    assert [one for one in desk.conversation.said if one[0] == "typing"] == [("typing", "problem", "re")]


def test_typing_that_enter_has_overtaken_is_not_told() -> None:
    desk = Desk().started()
    desk.answer("marta")
    desk.type("re")
    desk.answer("re")
    desk.settle_all()
    assert [one for one in desk.conversation.said if one[0] == "typing"] == []


def test_c1_what_nobody_pressed_leaves_the_line_and_what_comes_back_for_it_as_they_are() -> None:
    desk = Desk().started()
    desk.answer("no")
    desk.flow.put(Input("told", "", key="jump 5"))
    desk.type("sí")
    desk.settle_all()
    assert desk.line == "sí"
    assert desk.flow.text == "sí"
    desk.flow.put(Input("told", "", key="jump 6"))
    desk.settle_all()
    assert desk.flow.text == "sí"
    assert [one[2] for one in desk.conversation.said if one[0] == "press"] == ["jump 5", "jump 6"]


def test_pitfall_25_a_half_typed_line_is_never_seen_in_another_case() -> None:
    desk = Desk().started()
    desk.conversation.press = lambda talk, key, text, now: Step(  # type: ignore[method-assign]
        replace(talk, person=Person("p2", 2, "Bruno", "agent"))
    )
    desk.type("secreto")
    desk.press("f8")
    assert desk.line == ""
    assert desk.flow.text == ""


def test_e2_what_was_typed_unseen_is_never_shown() -> None:
    desk = Desk(mask="all").started()
    desk.type("482100")
    desk.press("f1")
    assert desk.flow.view().mask == ""
    assert desk.line == ""


def test_a_failure_ends_the_row_of_asks() -> None:
    desk = Desk().started()
    desk.conversation.answer = lambda talk, text, now: Step(  # type: ignore[method-assign]
        replace(talk, sent=text), (FindCustomers("1"), FindCustomers("2"))
    )
    desk.answer("marta")
    desk.flow.settled(Broken("StoreBusy", "abc123"))
    assert desk.asks == [Glance(), FindCustomers("1")]
    assert desk.flow.talk.said == "abc123"
    assert desk.line == "marta"


def test_only_the_last_of_several_outcomes_comes_back() -> None:
    desk = Desk().started()
    desk.conversation.answer = lambda talk, text, now: Step(talk, (FindCustomers("1"), FindCustomers("2")))  # type: ignore[method-assign]
    desk.answer("marta")
    desk.settle_all()
    assert [one for one in desk.conversation.said if one[0] == "after"] == [("after", "Found")]
    assert desk.asks[1:] == [FindCustomers("1"), FindCustomers("2")]


def test_to_quit_is_not_asked_of_the_port() -> None:
    desk = Desk().started()
    desk.answer("bye")
    assert desk.quits == 1
    assert desk.asks == [Glance()]


def at_closing() -> Desk:
    desk = Desk("note").started()
    desk.answer("nota")
    desk.settle_all()
    assert desk.flow.talk.stage == "close"
    return desk


def test_b3_what_was_typed_before_the_closing_was_seen_waits_for_quiet() -> None:
    desk = at_closing()
    desk.quiet = 0.1
    desk.answer("s", at=1.0)
    assert desk.conversation.answers()[-1] == ("note", "nota")  # not painted yet
    desk.flow.painted(2.0)
    assert desk.conversation.answers()[-1] == ("note", "nota")  # keys are still coming
    assert desk.wakes == [pytest.approx(QUIET - 0.1)]
    desk.quiet = QUIET
    desk.flow.wake()
    assert desk.conversation.answers()[-1] == ("close", "s")


def test_b3_another_key_begins_the_quiet_again() -> None:
    desk = at_closing()
    desk.quiet = 0.1
    desk.answer("s", at=1.0)
    desk.flow.painted(2.0)
    desk.quiet = 0.2
    desk.flow.wake()
    assert desk.conversation.answers()[-1] == ("note", "nota")
    assert desk.wakes[-1] == pytest.approx(QUIET - 0.2)


def test_b3_what_is_typed_after_the_closing_was_seen_is_taken_at_once() -> None:
    desk = at_closing()
    desk.quiet = 0.0
    desk.flow.painted(2.0)
    desk.answer("s", at=2.1)
    assert desk.conversation.answers()[-1] == ("close", "s")
    assert desk.wakes == []


def test_b3_a_closing_that_asks_again_must_be_seen_again() -> None:
    desk = at_closing()
    desk.flow.painted(2.0)
    desk.answer("no", at=2.1)
    desk.settle_all()
    assert desk.flow.talk.stage == "close"
    desk.quiet = 0.0
    desk.answer("s", at=2.2)
    assert desk.conversation.answers()[-1] == ("close", "no")
    desk.flow.painted(3.0)
    desk.quiet = QUIET
    desk.flow.wake()
    assert desk.conversation.answers()[-1] == ("close", "s")


def test_the_talk_is_never_changed_behind_its_back() -> None:
    desk = Desk().started()
    before: Talk = desk.flow.talk
    desk.type("m")
    assert desk.flow.talk == before


def test_what_is_done_before_anything_is_asked_waits_for_the_first_ask() -> None:
    desk = Desk()
    desk.type("m")
    desk.answer("marta")
    assert desk.asks == [Glance()]
    assert desk.conversation.answers() == []
    desk.settle_all()
    assert desk.conversation.answers() == [("name", "marta")]


def test_e4_what_nobody_did_keeps_no_line_from_being_given_back() -> None:
    desk = Desk().started()
    desk.answer("no")
    desk.flow.put(Input("told", "", key="standing second"))
    desk.settle_all()
    assert desk.line == desk.flow.text == "no"
    assert [said for said in desk.conversation.said if said[0] == "press"] == [
        ("press", "name", "standing second", "no")
    ]


def test_what_is_typed_is_heard_of_whatever_is_told_behind_it() -> None:
    desk = Desk().started()
    desk.answer("marta")
    desk.type("fal")
    desk.flow.put(Input("told", "", key="jump 5"))
    desk.settle_all()
    assert ("typing", "problem", "fal") in desk.conversation.said
    assert ("press", "problem", "jump 5", "fal") in desk.conversation.said


def test_e4_what_is_typed_while_a_name_is_looked_up_can_be_kept() -> None:
    desk = Desk().started()
    desk.conversation.typing = lambda talk, text, now: Step(talk, (FindCustomers(text),))  # type: ignore[method-assign]
    desk.type("mar")
    desk.type("ta")
    assert desk.flow.under_way is not None
    assert desk.flow.is_settled
    draft = desk.flow.draft()
    assert draft is not None
    assert draft.line == "marta"


def test_e4_what_is_typed_ahead_of_another_step_is_not_kept_in_this_one() -> None:
    desk = Desk().started()
    desk.answer("marta")
    desk.type("retraso")
    assert not desk.flow.is_settled
    desk.settle_all()
    assert desk.flow.is_settled
