"""The screen of the key test: the desk's own, which besides tells the conversation of every key by itself."""

from __future__ import annotations

from textual import events

from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.desk.inputs import Input
from mesa_recuperacion.dialogue.keytest import heard
from mesa_recuperacion.tui.terminal import Packet


class KeyTestApp(DeskApp):
    """Shows what arrives."""

    _packet: Packet | None = None

    def hear(self, packet: Packet) -> None:
        """The terminal sent this; its keys follow.  Called on the thread that reads keys."""
        self._packet = packet

    async def on_event(self, event: events.Event) -> None:
        """Every key is told before the line has it."""
        if isinstance(event, events.Key) and self.line.is_attached:
            packet = self._packet
            sent = packet.data if packet is not None and event.key in packet.keys else event.character or ""
            self._put(Input("pressed", self.line.value, event.time, heard(event.key, sent)))
        await super().on_event(event)

    def on_capture_line_leave_asked(self) -> None:
        """Ctrl+C is a key like another here."""
