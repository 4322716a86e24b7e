"""The screen tells the conversation, once, that nobody is at the keys (rule E2)."""

from __future__ import annotations

from mesa_recuperacion.dialogue.keymap import REST, RESTING
from tests.pilot.test_line import desk


async def test_e2_five_minutes_without_a_key_are_told_once_and_again_after_the_next_key() -> None:
    async with desk() as d:
        await d.packet("a<backspace>")
        d.app._rest()
        assert not rests(d.conversation.said)
        d.app.line.last_key_at -= REST
        d.app._rest()
        d.app._rest()
        await d.calm()
        assert rests(d.conversation.said) == 1
        await d.packet("a<backspace>")
        d.app.line.last_key_at -= REST
        d.app._rest()
        await d.calm()
        assert rests(d.conversation.said) == 2


def rests(said: list[tuple[str, ...]]) -> int:
    """How often it was told."""
    return sum(entry[0] == "press" and entry[2] == RESTING for entry in said)
