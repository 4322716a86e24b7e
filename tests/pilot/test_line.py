"""The one line that takes every key: nothing is lost, misrouted, overtaken or shown that must not be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual._compositor import ChopsUpdate
from textual.pilot import Pilot

from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.capture import LIMIT
from tests.pilot.fake import FakeConversation, FakePort, burst, fake_app, row

LINE = 20


class Desk:
    """A running desk, with its conversation and its port."""

    def __init__(self, app: DeskApp, pilot: Pilot[int], conversation: FakeConversation, port: FakePort) -> None:
        self.app, self.pilot, self.conversation, self.port = app, pilot, conversation, port

    async def calm(self) -> None:
        """Until all that was typed is taken up (or held) and drawn."""
        for _ in range(200):
            await self.pilot.pause()
            if self.app.is_calm or not self.port.gate.is_set():
                break
        await self.pilot.pause()

    async def packet(self, keys: str) -> None:
        burst(self.app, keys)
        await self.calm()

    @property
    def line(self) -> str:
        return row(self.app, LINE).strip()


@asynccontextmanager
async def desk(stage: str = "name", *, mask: str = "", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Desk]:
    conversation, port = FakeConversation(stage, mask=mask), FakePort()
    app = fake_app(conversation, port)
    async with app.run_test(size=size, notifications=True) as pilot:
        running = Desk(app, pilot, conversation, port)
        await running.calm()
        yield running


async def test_keys_in_one_packet_are_taken_in_order() -> None:
    async with desk() as d:
        await d.packet("marta<backspace>a<enter>retraso<enter>nota<enter>")
        assert d.conversation.answers() == [("name", "marta"), ("problem", "retraso"), ("note", "nota")]
        assert d.app.line.value == ""


async def test_keys_of_before_the_first_picture_are_taken() -> None:
    conversation, port = FakeConversation(), FakePort()
    app = fake_app(conversation, port)
    burst(app, "marta<enter>retraso<enter>")
    async with app.run_test() as pilot:
        await Desk(app, pilot, conversation, port).calm()
        assert conversation.answers() == [("name", "marta"), ("problem", "retraso")]


async def test_keys_wait_while_work_is_under_way() -> None:
    async with desk() as d:
        d.port.gate.clear()
        await d.packet("marta<enter>")
        await d.packet("retraso<enter>no")
        assert d.conversation.answers() == [("name", "marta")]
        assert "no" in d.line
        d.port.gate.set()
        await d.calm()
        assert d.conversation.answers() == [("name", "marta"), ("problem", "retraso")]
        assert d.app.line.value == "no"


async def test_a_line_that_is_given_back_gives_way_to_a_key_that_was_pressed_since() -> None:
    """It would stand in whatever question that key has led to."""
    async with desk() as d:
        await d.packet("<f2>")
        given = d.app.line.value
        assert given
        await d.packet("<ctrl+u><f2><f5>")
        assert [said[2] for said in d.conversation.said if said[0] == "press"] == ["f2", "f2", "f5"]
        assert d.app.line.value == ""


async def test_after_a_rest_too_a_line_that_is_given_back_gives_way_to_a_key_that_was_pressed_since() -> None:
    """A rest is told as a key, and the line has not sent it."""
    async with desk() as d:
        d.app._rest()
        await d.packet("<f2>")
        await d.packet("<ctrl+u><f2><f5>")
        assert d.conversation.keys() == ["rest", "f2", "f2", "f5"]
        assert d.app.line.value == ""


async def test_a_line_feed_is_enter() -> None:
    async with desk() as d:
        await d.packet("marta<ctrl+j>")
        assert d.conversation.answers() == [("name", "marta")]


async def test_a_paste_never_presses_enter() -> None:
    async with desk() as d:
        d.app.post_message(events.Paste("Marta\r\nRuiz\nSoto\r\x1b]0;x\x07\u202e"))
        await d.calm()
        assert d.app.line.value == "Marta Ruiz Soto"
        assert d.conversation.answers() == []


async def test_a_paste_that_is_too_long_is_cut_and_that_is_said() -> None:
    async with desk() as d:
        d.app.post_message(events.Paste("x" * 10_000))
        await d.calm()
        assert d.app.line.value == "x" * LIMIT
        assert str(LIMIT) in row(d.app, 21)
        await d.packet("y")
        assert len(d.app.line.value) == LIMIT


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_keys_that_end_programs_elsewhere_only_say_how_to_leave(key: str) -> None:
    async with desk() as d:
        await d.packet(f"mar<{key}>ta")
        assert d.app.is_running
        assert d.app.line.value == "marta"
        await d.packet(f"<{key}>")
        assert "F3" in row(d.app, 21)


async def test_esc_clears_the_text_and_then_goes_back() -> None:
    async with desk() as d:
        await d.packet("mar<esc>")
        assert d.app.line.value == ""
        assert d.conversation.keys() == []
        await d.packet("<esc><f12>")
        assert d.conversation.keys() == ["escape", "f12"]


async def test_esc_and_a_letter_in_one_packet_are_esc_and_the_letter() -> None:
    async with desk() as d:
        await d.packet("mar")
        d.app.post_message(events.Key("alt+x", "x"))
        d.app.post_message(events.Key("alt+shift+y", "Y"))
        await d.calm()
        assert d.app.line.value == "Y"


async def test_a6_a_moved_key_acts_where_it_would_edit_and_help_is_where_it_was_moved() -> None:
    async with desk() as d:
        d.app.line.moved = (("f3", "ctrl+e"), ("f1", "f3"))
        await d.packet("marta<home><ctrl+e>x")
        assert d.app.line.value == "xmarta"
        assert d.conversation.said[-2] == ("press", "name", "ctrl+e", "marta")
        await d.packet("<esc>?")
        assert d.conversation.keys()[-1] == "f3"
        assert d.app.line.value == ""


async def test_a_stray_function_key_types_nothing() -> None:
    async with desk() as d:
        for key in ("alt+shift+o", "t"):
            d.app.post_message(events.Key(key, key[-1]))
        await d.calm()
        assert d.app.line.value == ""


async def test_a_question_mark_on_an_empty_line_is_help() -> None:
    async with desk() as d:
        await d.packet("a?<esc>?")
        assert d.conversation.keys() == ["f1"]


async def test_every_command_key_reaches_the_conversation_with_the_line() -> None:
    async with desk() as d:
        await d.packet("ab<up><down><pgup><pgdn><tab><shift+tab><ctrl+z><ctrl+l><f2>")
        names = ["up", "down", "pageup", "pagedown", "tab", "shift+tab", "ctrl+z", "ctrl+l", "f2"]
        pressed = [one[2:] for one in d.conversation.said if one[0] == "press"]
        assert pressed == [(name, "ab") for name in names]


async def test_the_leader_and_its_letter_are_one_key() -> None:
    async with desk() as d:
        await d.packet("ab<ctrl+g>Cd<ctrl+g><esc>e<ctrl+g><ctrl+g>f")
        assert d.conversation.keys() == ["ctrl+g", "ctrl+g c", "ctrl+g", "escape", "ctrl+g", "ctrl+g"]
        assert d.app.line.value == "abdef"


async def test_editing_keys_edit_at_once() -> None:
    async with desk() as d:
        await d.packet("abc<left><left>x<home>y<end>z<backspace><left><delete><enter>")
        assert d.conversation.answers() == [("name", "yaxb")]
        await d.packet("hola mundo<ctrl+u>q<enter>")
        assert d.conversation.answers()[-1] == ("problem", "q")


async def test_an_accent_that_comes_after_its_letter_joins_it() -> None:
    async with desk() as d:
        await d.packet("nin\u0303o<enter>")
        assert d.conversation.answers() == [("name", "niño")]


async def test_e2_a_pin_is_dots_from_the_first_space_on() -> None:
    async with desk(mask="after") as d:
        await d.packet("1 482100")
        assert "1 ••••••" in d.line
        assert "4" not in d.line.replace("(1 482100)", "")
        await d.packet("<home>")
        assert "1 ••••••" in d.line


async def test_e2_a_masked_line_is_dots_from_the_start() -> None:
    async with desk(mask="all") as d:
        await d.packet("4821")
        assert "••••" in d.line
        assert "4" not in d.line.replace("(4821)", "")


@pytest.mark.parametrize(("typed", "shown"), [("3 60481", "• •••••"), ("55", "55"), ("5512340078", "5512340078")])
async def test_e2_what_may_be_a_pin_is_dots_until_somebody_has_read_it(typed: str, shown: str) -> None:
    """A packet with a PIN where nobody asks for one is drawn before the conversation has found that it is one."""
    async with desk() as d:
        d.app.line._insert(typed, 1.0)
        assert f" {shown} " in d.app.line.render_line(0).text
        await d.calm()
        assert f" {typed}" in d.line, "nobody works here: it is none"


async def test_e2_nothing_of_the_line_can_be_copied() -> None:
    async with desk(mask="all") as d:
        await d.packet("4821<shift+left><shift+left><shift+home><ctrl+shift+a><ctrl+x><ctrl+c><ctrl+v>")
        assert d.app.clipboard == ""
        assert d.app.line.value == "4821"
        assert "4821" not in repr(d.app.line)


async def test_a_long_text_moves_so_that_its_end_is_seen() -> None:
    async with desk() as d:
        await d.packet("a" * 100 + "fin")
        assert "aaafin" in d.line
        await d.packet("<home>")
        assert "fin" not in d.line


async def test_wide_letters_do_not_break_the_row() -> None:
    async with desk() as d:
        await d.packet("日本語" * 30)
        shown = d.app.screen._compositor.render_strips(d.app.size)[LINE]
        assert shown.cell_length == 80
        await d.packet("<left><left><left>" * 20)
        assert d.app.screen._compositor.render_strips(d.app.size)[LINE].cell_length == 80


async def test_what_enter_would_take_and_the_hint_stand_beside_the_text() -> None:
    async with desk() as d:
        await d.packet("ma")
        assert d.line.startswith("name ► ma")
        assert "(ma)" in d.line
        assert d.line.endswith("Enter")


async def test_a_key_changes_no_row_but_its_own_and_what_follows_from_it() -> None:
    async with desk() as d:
        painted: list[int] = []
        for widget in d.app.query("Rows"):
            draw = widget.render_line

            def seen(y: int, draw=draw, widget=widget):  # type: ignore[no-untyped-def]
                painted.append(widget.region.y + y)
                return draw(y)

            widget.render_line = seen  # type: ignore[method-assign]
        await d.packet("x")
        assert painted == []
        await d.packet("<backspace>2")
        assert sorted(set(painted)) == [11, 12]


async def test_a_key_is_painted_once_with_all_that_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[set[int]] = []

    def display(_app: object, _screen: object, update: object) -> None:
        if update is not None:
            assert isinstance(update, ChopsUpdate)
            painted.append({y for y, _, _ in update.spans})

    async with desk() as d:
        monkeypatch.setattr(DeskApp, "_display", display)
        await d.packet("2")
        assert painted == [{11, 12, LINE}]
        painted.clear()
        await d.packet("<backspace>")
        assert painted == [{11, 12, LINE}]


async def test_what_was_drawn_is_painted_when_it_is_told_to_and_not_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as d:
        painted: list[object] = []
        monkeypatch.setattr(DeskApp, "_display", lambda _app, _screen, update: painted.append(update))
        d.app.line.dress("otra cosa", "", "", "", "")
        d.app.paint_now()  # nobody else has had a turn since
        assert len(painted) == 1
        await d.pilot.pause()
        assert [update for update in painted[1:] if update is not None] == []
    d.app.paint_now()  # and when there is no screen any more, nothing happens


async def test_keys_in_one_packet_are_painted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as d:
        painted: list[object] = []
        monkeypatch.setattr(DeskApp, "_display", lambda _app, _screen, update: painted.append(update))
        await d.packet("marta ruiz")
        assert len([update for update in painted if update is not None]) == 1


async def test_f6_in_a_very_wide_window_the_line_stands_under_the_page() -> None:
    async with desk(size=(200, 60)) as d:
        await d.packet("marta")
        line = row(d.app, 56)
        assert line.index("name") == row(d.app, 2).index("Marta Ruiz Soto") + 1
        assert len(line.rstrip()) == 200 - page.left(200) - page.MARGIN - 1
