"""The screen as a whole: windows of every size, colours, slow work, drafts, and every way to end."""

from __future__ import annotations

import asyncio

import pytest

from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.dialogue.asks import Ask
from mesa_recuperacion.dialogue.talk import Outcome
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.tui.at_once import AtOnce
from mesa_recuperacion.tui.bridge import Settled
from mesa_recuperacion.tui.glyphs import ASCII
from tests.pilot.fake import FakeConversation, FakePort, burst, fake_app, row, screen
from tests.pilot.test_line import desk


async def test_a_window_that_gets_too_small_asks_for_more_and_keeps_everything() -> None:
    async with desk() as d:
        await d.packet("mar")
        await d.pilot.resize_terminal(72, 20)
        await d.calm()
        assert any("72 x 20" in one and "80" in one for one in screen(d.app))
        await d.packet("ta")
        await d.pilot.resize_terminal(120, 40)
        await d.calm()
        assert "marta" in row(d.app, 36)
        assert row(d.app, 39).startswith("  F1 ayuda")
        await d.packet("<enter>")
        assert d.conversation.answers() == [("name", "marta")]


@pytest.mark.parametrize("size", [(1, 1), (80, 23), (79, 24), (500, 3)])
async def test_no_size_is_too_strange(size: tuple[int, int]) -> None:
    async with desk(size=size) as d:
        await d.packet("marta<enter>")
        assert d.app.is_running
        assert d.conversation.answers() == [("name", "marta")]


async def test_f6_the_theme_is_the_one_that_the_conversation_names() -> None:
    async with desk() as d:
        assert d.app.theme == "noche"
        await d.packet("<f5>")
        assert d.app.theme == "dia"
        ground = d.app.screen._compositor.render_strips(d.app.size)[7]
        assert {str(s.style.bgcolor.name) for s in ground if s.style and s.style.bgcolor} == {"#faf8f4"}
        await d.packet("<f5>")
        assert d.app.theme == "noche"


async def test_f6_without_colour_what_is_chosen_is_still_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = fake_app(FakeConversation(), FakePort(), depth="none")
    async with app.run_test() as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        assert all(s.style is None or s.style.color is None or s.style.color.is_default for t in strips for s in t)
        assert any(segment.style and segment.style.reverse for segment in strips[11])
        assert "► 1  Opción 1" in row(app, 11)


async def test_f6_ascii_shows_the_same_in_plain_signs() -> None:
    app = fake_app(FakeConversation(), FakePort(), glyphs=ASCII)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "> 1  Opción 1" in row(app, 11)
        assert not set("".join(screen(app))) & set("►●▲■√─▌«»·…")


async def test_slow_work_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from mesa_recuperacion.desk import status as module
    from mesa_recuperacion.dialogue import asks

    monkeypatch.setattr(module, "Do", asks.FindCustomers)
    monkeypatch.setattr(module, "SLOW", 0.01)
    async with desk() as d:
        words = d.app.words
        d.port.gate.clear()
        await d.packet("marta<enter>")
        await until(lambda: words.t("Saving…") in row(d.app, 21), d.pilot)
        d.port.gate.set()
        await d.calm()
        assert words.t("Saving…") not in row(d.app, 21)


async def test_a_step_empties_the_line_and_a_moment_later_what_was_said_of_the_last_one_goes() -> None:
    async with desk() as d:
        await d.packet("no<enter>")
        assert "no" in row(d.app, 21)
        d.port.gate.clear()
        await d.packet("<backspace><backspace>marta<enter>")
        await until(lambda: "no" not in row(d.app, 21), d.pilot)
        assert d.app.line.value == ""
        assert d.app._flow.under_way is not None
        d.port.gate.set()
        await d.calm()


async def test_what_a_step_leads_to_is_painted_at_once_and_not_when_a_timer_comes_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted, drawn = 0, []
    paint_now, on_settled = AtOnce.paint_now, DeskApp.on_settled

    def counted(screen: AtOnce) -> None:
        nonlocal painted
        painted += 1
        paint_now(screen)

    def watched(app: DeskApp, message: Settled) -> None:
        before = painted
        on_settled(app, message)
        drawn.append(painted > before)

    monkeypatch.setattr(AtOnce, "paint_now", counted)
    monkeypatch.setattr(DeskApp, "on_settled", watched)
    async with desk() as d:
        for answer in ("marta", "retraso", "nota"):
            await d.packet(f"{answer}<enter>")
    assert len(drawn) >= 4
    assert sum(drawn) > len(drawn) / 2  # where a key or a tick waits, the picture is drawn with what comes of that


async def test_e4_a_line_is_kept_before_what_it_answers_is_carried_out() -> None:
    done: list[str] = []

    class Noting(FakePort):
        def save_draft(self, draft: Draft) -> None:
            done.append(f"kept {draft.line}")

        def carry_out(self, ask: Ask) -> Outcome:
            done.append(f"asked {getattr(ask, 'text', '')}")
            return super().carry_out(ask)

    app = fake_app(FakeConversation(), Noting())
    async with app.run_test() as pilot:
        await until(lambda: app.is_calm, pilot)
        burst(app, "marta<enter>")
        await until(lambda: "asked marta" in done, pilot)
    assert done.index("kept marta") < done.index("asked marta")


async def test_e4_what_was_handed_on_in_the_last_moment_is_done_before_the_port_is_closed() -> None:
    conversation, port = FakeConversation(), FakePort()
    app = fake_app(conversation, port)
    async with app.run_test() as pilot:
        await until(lambda: len(port.asked) == 1, pilot)
        burst(app, "faltaba la lam")
        await until(lambda: app.line.value == "faltaba la lam", pilot)
        app.end(0)
    assert port.drafts[-1] == "faltaba la lam"


async def until(true, pilot) -> None:  # type: ignore[no-untyped-def]
    """Wait for what is drawn; fails after many looks."""
    for _ in range(400):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("never seen")


async def test_e4_the_half_typed_line_is_kept() -> None:
    async with desk() as d:
        await d.packet("faltó la lámp")
        await until(lambda: d.port.drafts[-1:] == ["faltó la lámp"], d.pilot)


async def test_e4_at_another_step_the_line_is_kept_at_once() -> None:
    async with desk() as d:
        await d.packet("marta<enter>")
        await until(lambda: d.port.drafts[-2:] == ["marta", ""], d.pilot)


async def test_where_nothing_is_to_be_kept_nothing_is() -> None:
    conversation, port = FakeConversation(mask="all"), FakePort()
    conversation.drafts = False
    app = fake_app(conversation, port)
    async with app.run_test() as pilot:
        burst(app, "482100")
        await until(lambda: app.line.value == "482100", pilot)
        burst(app, "<enter>")
        await until(lambda: len(port.asked) == 2, pilot)
    assert port.drafts == []


async def test_to_quit_keeps_the_line_and_closes_the_port() -> None:
    conversation, port = FakeConversation(), FakePort()
    app = fake_app(conversation, port)
    async with app.run_test() as pilot:
        burst(app, "bye<enter>")
        await until(lambda: not app.is_running or app.return_code is not None, pilot)
    assert app.return_code == 0
    assert port.closed == 1


async def test_e4_however_it_ends_the_port_is_closed() -> None:
    port = FakePort()
    app = fake_app(FakeConversation(), port)
    async with app.run_test() as pilot:
        burst(app, "marta<enter>")
        await until(lambda: len(port.asked) == 2, pilot)
        app.exit()
    assert port.closed == 1


async def test_b3_a_packet_that_closes_waits_until_the_closing_is_seen() -> None:
    async with desk() as d:
        burst(d.app, "marta<enter>retraso<enter>nota<enter>s<enter>")
        await until(lambda: ("close", "s") in d.conversation.answers(), d.pilot)
        assert [stage for stage, _ in d.conversation.answers()] == ["name", "problem", "note", "close"]


async def test_a_failure_of_the_work_is_a_sentence_and_the_line_comes_back() -> None:
    async with desk() as d:
        d.port.fails = RuntimeError("boom")
        await d.packet("marta<enter>")
        assert d.app.line.value == "marta"
        assert d.app.is_running
        assert "boom" not in "".join(screen(d.app))


async def test_e2_a_failure_of_the_program_shows_no_variable(capsys: pytest.CaptureFixture[str]) -> None:
    conversation, port = FakeConversation(), FakePort()
    app = fake_app(conversation, port)

    def fails(talk: object, text: str, now: object) -> None:
        pin = text
        raise RuntimeError(pin)

    async def run() -> None:
        async with app.run_test() as pilot:
            conversation.answer = fails  # type: ignore[method-assign, assignment]
            burst(app, "482100<enter>")
            await asyncio.wait_for(app._exception_event.wait(), 20)
            await pilot.pause()

    with pytest.raises(RuntimeError):
        await run()
    assert app.return_code == 1
    assert len(app.incident) == 6
    shown = capsys.readouterr()
    assert "482100" not in shown.out + shown.err


async def test_the_desk_has_one_screen_and_no_binding() -> None:
    async with desk() as d:
        assert len(d.app.screen_stack) == 1
        assert d.app.focused is d.app.line
        assert dict(d.app._bindings.key_to_bindings) == {}
        assert not d.app.use_command_palette
