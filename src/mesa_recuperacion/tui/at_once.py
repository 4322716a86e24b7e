"""A screen that shows what changed when it is told to, and not when Textual comes round to it.

By itself, Textual carries every change through the queues of its widget and of its screen, and paints those that come
too late for a picture one or two turns of a clock later: half of what a key does was seen 8 to 17 ms after the rest.
"""

from __future__ import annotations

from textual.screen import Screen


class AtOnce(Screen[None]):
    """The screen of every application of the house; its widgets cover all of it."""

    BLANK = True

    def paint_now(self) -> None:
        """Show what its widgets have to show; nothing to do while it is not seen.

        Where something has to be laid out first (another size, another class), Textual does it in its own order.
        """
        waits = self._layout_required or any(widget._layout_required for widget in self._nodes)  # noqa: SLF001
        if waits or not self.is_current or not self.is_running:
            return
        for widget in self._nodes:
            if widget._repaint_required and widget in self._compositor:  # noqa: SLF001
                widget._repaint_required = False  # noqa: SLF001 - it is done here, and not again when it comes round
                self._dirty_widgets.add(widget)
        if self._dirty_widgets:
            self._on_timer_update()
