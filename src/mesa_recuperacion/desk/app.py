"""The agent's application: one screen, one line that takes every key, regions that show what the conversation says."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from textual import events
from textual.app import ComposeResult

from mesa_recuperacion.desk.drafts import DraftKeeper
from mesa_recuperacion.desk.editor import EditingApp
from mesa_recuperacion.desk.endings import no_later_than, on_signals
from mesa_recuperacion.desk.flow import Conversation, Flow
from mesa_recuperacion.desk.inputs import Input
from mesa_recuperacion.desk.loading import Loading
from mesa_recuperacion.desk.picture import Picture, is_small
from mesa_recuperacion.desk.status import SLOW, Status
from mesa_recuperacion.desk.unpressed import Unpressed
from mesa_recuperacion.dialogue import conversation as usual
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.dialogue.view import line
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.i18n.names import PRODUCT
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.bridge import Bridge, Settled, once_drawn
from mesa_recuperacion.tui.capture import LIMIT, CaptureLine
from mesa_recuperacion.tui.glyphs import WGL4, Glyphs
from mesa_recuperacion.tui.ports import DeskPort, LongWork
from mesa_recuperacion.tui.safe_app import HANG_UP, monotonic
from mesa_recuperacion.tui.themes import THEMES, textual_themes
from mesa_recuperacion.wiring.clocks import SystemClock


class DeskApp(EditingApp):
    """The desk.  ``factory`` makes what carries out the asks, on the bridge's thread; ``load`` loads what they
    will need, on another one, once there is a picture.
    """

    AUTO_FOCUS = "CaptureLine"
    TITLE = PRODUCT
    CSS = """
    Screen { layout: vertical; overflow: hidden; background: $background; color: $foreground; }
    Rows { background: $background; }
    CaptureLine { width: 100%; padding: 0 2; background: $background; }
    .-small CaptureLine, .-small #top, .-small #bottom { display: none; }
    """

    def __init__(
        self,
        factory: Callable[[], DeskPort],
        setting: Setting,
        *,
        conversation: Conversation | None = None,
        load: Callable[[], None] | None = None,
        clock: Clock | None = None,
        theme: str = THEMES[0],
        depth: str = "full",
        glyphs: Glyphs = WGL4,
        going: LongWork | None = None,
    ) -> None:
        super().__init__(ansi_color=True if depth != "full" else None)
        self._clock = clock or SystemClock()
        self._unpressed = Unpressed(self._clock)
        self._picture = Picture(theme, depth, glyphs)
        self.line = self._picture.line
        self.line.moved = setting.keys
        """The one line that takes every key."""
        for one in textual_themes():
            self.register_theme(one)
        self.theme = self._picture.palette.name
        self._bridge = Bridge(factory, self._tell, once_drawn)
        self._loading = Loading(load)
        self._status = Status(self.set_timer, going)
        self._flow = Flow(conversation or usual, setting, self, theme)
        self._drafts = DraftKeeper(self._flow.draft, self._bridge.save, self._draft_later)
        self._ending, self._paints = False, 0

    @property
    def words(self) -> Words:
        """The words of whoever reads the screen now."""
        return self._flow.talk.setting.words

    @property
    def is_calm(self) -> bool:
        """Whether all that was typed is taken up, and nothing is being carried out."""
        return self._flow.is_idle

    # --------------------------------------------------------------------------------------------------- beginning

    def compose(self) -> ComposeResult:
        """Four widgets, from top to bottom."""
        yield from self._picture.widgets

    def on_mount(self) -> None:
        """Draw the first picture, and only then begin to load and to work."""
        on_signals(self.end)
        self.screen.set_focus(self.line)
        self.look()
        self.call_after_refresh(self._first_picture)

    def _first_picture(self) -> None:
        if self._ending:
            return
        self._flow.go_on()
        self._bridge.start()
        self._loading.begin()
        self._next_tick()

    async def on_event(self, event: events.Event) -> None:
        """Every key and every paste goes to the line, whoever has the focus: none is lost before there is one."""
        if isinstance(event, events.Key | events.Paste) and self.line.is_attached:
            self.line.take(event)
        else:
            await super().on_event(event)

    # ---------------------------------------------------------------------------------------------- what the line says

    def on_capture_line_answered(self, message: CaptureLine.Answered) -> None:
        """Enter."""
        self._put(Input("answered", message.text, message.typed_at))

    def on_capture_line_pressed(self, message: CaptureLine.Pressed) -> None:
        """A key that is no text; Esc ends what takes long, once the screen says so."""
        if self._status.stops(message.key, message.text):
            return
        if message.key == "ctrl+l":
            self.screen.refresh()
            self._picture.draw_anew()
        self._put(Input("pressed", message.text, message.typed_at, message.key))

    def on_capture_line_edited(self, message: CaptureLine.Edited) -> None:
        """The text changed."""
        self._status.notice = None
        self._drafts.changed(monotonic())
        self._measure()
        self._flow.put(Input("edited", message.text))
        self.look()

    def on_capture_line_overflowed(self) -> None:
        """More than fits."""
        told = self.words.t("Only the first {n} characters fit; the rest was left out.", n=LIMIT)
        self._status.notice = line(told, "warn")
        self.look()

    def on_capture_line_leave_asked(self) -> None:
        """Ctrl+Q, Ctrl+C: they never quit."""
        key = self._flow.talk.setting.key("F3")
        self._status.notice = line(self.words.t("To leave, {key}. Nothing is lost.", key=key))
        self.look()

    def _put(self, done: Input) -> None:
        self._status.notice = None
        if self._flow.is_settled:
            self._drafts.keep(self._flow.draft())
        self._measure()
        self._flow.put(done)
        self._after_step()

    def on_settled(self, message: Settled) -> None:
        """What was asked has come to something."""
        self._flow.settled(message.outcome)
        self._look_about()
        self._after_step()

    def _after_step(self) -> None:
        """Show where the conversation is; of what is under way, for a moment, only what became of the line."""
        if self._flow.under_way is not None:
            self.paint_now()
            self._status.waits(self.look)
            return
        self._status.ended()
        if self._flow.is_idle:
            self._drafts.keep(self._flow.draft())
        self.look()

    # ------------------------------------------------------------------------------------------- what the flow asks for

    def now(self) -> datetime:
        """The instant."""
        return self._clock.now()

    def quiet_for(self) -> float:
        """Seconds since the last key."""
        return monotonic() - self.line.last_key_at

    def carry_out(self, ask: Any) -> None:
        """Hand an ask to the bridge, but for what needs the terminal itself."""
        if self.edits(ask):
            return
        self._bridge.ask(ask)
        self._status.begins(ask, self.look)

    def line_restarts(self, old: str, new: str) -> None:
        """Put a text into the line, before what was typed since."""
        self.line.replace_start(old, new)

    def line_is_empty(self) -> bool:
        """Whether nothing has been typed since the last Enter, nor any other key pressed."""
        return not self.line.value and self._flow.has_heard(self.line.sent)

    def look_again(self, seconds: float) -> None:
        """Go on in a moment."""
        self.set_timer(seconds, self._wake)

    def paint(self) -> None:
        """Tell the flow when the next picture is on the screen."""
        self.look()
        self._paints += 1
        self.call_after_refresh(self._painted, self._paints)

    def quit(self) -> None:
        """End, orderly."""
        self.end(0)

    def _wake(self) -> None:
        self._flow.wake()
        self._after_step()

    def _painted(self, paint: int) -> None:
        if paint != self._paints:
            return  # something newer is on its way to the screen
        if is_small(self.size):
            self.set_timer(SLOW, partial(self._painted, paint))
            return
        self._flow.painted(monotonic())
        self._after_step()

    def _tell(self, outcome: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may have ended first
            self.post_message(Settled(outcome))

    def _draft_later(self, seconds: float) -> None:
        self.set_timer(max(0.0, seconds), self._draft_due)

    def _draft_due(self) -> None:
        self._drafts.due(monotonic(), busy=not self._flow.is_settled)

    # -------------------------------------------------------------------------------------------------- what is shown

    def look(self) -> None:
        """Draw what the conversation says now."""
        size = self.size
        self.set_class(small := is_small(size), "-small")
        if small:
            self._picture.draw_too_small(size, self.words)
            return
        view = self._flow.view(tall=page.is_tall(size.height))
        if view.theme and self._picture.wear(view.theme):
            self.theme = self._picture.palette.name
        status = self._status.line(self.words)
        self._picture.draw(view, size, status, self._flow.text, ahead=self._flow.is_behind(self.line.sent))
        self.paint_now()

    def on_resize(self) -> None:
        """The window has another size, which Textual notes after this."""
        self.call_next(self.look)

    def _next_tick(self) -> None:
        self.set_timer(1 - self.now().microsecond / 1_000_000, self._tick)

    def _tick(self) -> None:
        """Once a second, on the second: the clock is measured, and the terminal is asked whether it is still there."""
        self._next_tick()
        if self.is_alone:
            self.end(HANG_UP)
            return
        self._look_about()
        self._rest()
        self.look()

    def _measure(self) -> None:
        """Tell the conversation, before whatever comes next, that the wall clock was moved."""
        if told := self._unpressed.jump():
            self._flow.put(told)

    def _look_about(self) -> None:
        """Tell it what became of the clock, and of the file, which is asked of the disk: not with every key."""
        self._measure()
        if told := self._unpressed.standing(self._bridge.standing):
            self._flow.put(told)

    def _rest(self) -> None:
        """Tell the conversation once that nobody has been at the keys for a while."""
        if self._flow.is_idle and (told := self._unpressed.rest(self.line.last_key_at, monotonic())):
            self._put(told)

    # ---------------------------------------------------------------------------------------------------------- ending

    def end(self, status: int) -> None:
        """Keep the line, finish what is being saved, give the terminal back."""
        if self._ending:
            return
        self._ending = True
        if status:
            no_later_than(status)
            self._status.stop()
        if self._flow.is_settled:
            self._drafts.keep(self._flow.draft(self.line.value))  # the last letters may still be on their way
        self._bridge.close()
        super().end(status)

    def on_unmount(self) -> None:
        """However else it ended, the port lets go of its files."""
        self._status.ended()
        if not self._ending:
            self._bridge.close()

    def _fail(self, error: BaseException | None) -> None:
        self._bridge.close(1.0)
        super()._fail(error)
