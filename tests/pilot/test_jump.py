"""The screen tells the conversation that the wall clock was moved, before whatever comes next (rule C1)."""

from __future__ import annotations

from mesa_recuperacion.dialogue.keymap import JUMPED
from mesa_recuperacion.domain.clock import FixedClock
from tests.pilot.test_line import Desk, desk


def clock(d: Desk) -> FixedClock:
    """The clock of the machine."""
    assert isinstance(d.app._clock, FixedClock)
    return d.app._clock


def told(d: Desk) -> list[str]:
    """What was told of it."""
    pressed = d.conversation.keys()
    return [key for key in pressed if key.startswith(JUMPED)]


async def test_c1_a_jump_is_told_once_at_the_next_second_and_the_line_keeps_its_text() -> None:
    async with desk() as d:
        await d.packet("mar")
        clock(d).advance(60)
        d.app._tick()
        assert told(d) == []
        clock(d).jump(-3600)
        d.app._tick()
        d.app._tick()
        await d.calm()
        assert told(d) == [f"{JUMPED} -3600"]
        assert d.app.line.value == "mar"
        await d.packet("ta<enter>")
        assert d.conversation.answers() == [("name", "marta")]


async def test_c1_it_is_told_before_the_letter_or_the_answer_that_comes_first() -> None:
    async with desk() as d:
        clock(d).jump(3600)
        await d.packet("m")
        assert [entry[0] for entry in d.conversation.said[-2:]] == ["press", "typing"]
        clock(d).jump(-3600)
        await d.packet("<enter>")
        said = [entry[0] for entry in d.conversation.said if entry[0] != "after"]
        assert said[-2:] == ["press", "answer"]
        assert told(d) == [f"{JUMPED} 3600", f"{JUMPED} -3600"]


async def test_c1_it_waits_while_something_is_under_way_and_nothing_is_lost() -> None:
    async with desk() as d:
        d.port.gate.clear()
        await d.packet("marta<enter>")
        clock(d).jump(86_400)
        d.app._tick()
        await d.packet("ret")
        assert told(d) == []
        d.port.gate.set()
        await d.calm()
        assert told(d) == [f"{JUMPED} 86400"]
        assert d.app.line.value == "ret"
        await d.packet("raso<enter>")
        assert d.conversation.answers() == [("name", "marta"), ("problem", "retraso")]


async def test_c1_at_the_closing_it_neither_answers_nor_waits_for_the_barrier() -> None:
    async with desk("close") as d:
        clock(d).jump(7)
        d.app._tick()
        await d.calm()
        assert told(d) == [f"{JUMPED} 7"]
        assert d.conversation.answers() == []
