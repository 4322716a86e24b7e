"""Start the desk in this terminal, and end it with an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain.text import visible

if TYPE_CHECKING:
    from mesa_recuperacion.desk.app import DeskApp
    from mesa_recuperacion.desk.flow import Conversation
    from mesa_recuperacion.tui.ports import DeskPort, LongWork

UNFIT = 2
"""The exit status where there is no terminal that the desk can draw in."""


def run_desk(
    factory: Callable[[], DeskPort],
    setting: Setting,
    *,
    theme: str = "noche",
    glyphs: str = "auto",
    conversation: Conversation | None = None,
    key_test: bool = False,
    going: LongWork | None = None,
) -> int:
    """Run the desk until its agent leaves; the exit status.

    ``factory`` makes the port on the desk's own thread, after the first picture.  ``theme`` is one of
    ``tui.themes.THEMES``, ``glyphs`` a name of ``tui.glyphs.choose_glyphs``, ``conversation`` a module or object with
    the functions of ``dialogue.conversation``, which is the one that is held if none is given; with ``key_test`` it is
    told of every key by itself; ``going`` says what takes long.
    0: left; 1: failed; 2: no fit terminal; 129, 130, 143: told to end by a signal.
    """
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read by Textual when it is imported, as is the next
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    gc.disable()
    from rich.console import Console

    from mesa_recuperacion.desk.app import DeskApp
    from mesa_recuperacion.desk.endings import remember_terminal
    from mesa_recuperacion.tui.glyphs import choose_glyphs
    from mesa_recuperacion.tui.terminal import mend_keyboard, unfit
    from mesa_recuperacion.tui.themes import depth_for

    reason = unfit(setting.words, os.environ, (sys.__stdin__, sys.__stdout__, sys.__stderr__))
    if reason is not None:
        print(visible(reason), file=sys.stderr)  # noqa: T201 - there is no screen to say it on
        return UNFIT
    remember_terminal()
    encoding = (sys.__stderr__.encoding if sys.__stderr__ else "") or "ascii"
    app = (_key_test() if key_test else DeskApp)(
        factory,
        setting,
        conversation=conversation,
        theme=theme,
        depth=depth_for(os.environ, Console(force_terminal=True).color_system),
        glyphs=choose_glyphs(glyphs, encoding, os.environ.get("TERM", "")),
        going=going,
    )
    mend_keyboard(app.hear)
    app.run(mouse=False)
    if app.incident:
        said = setting.words.t(
            "The desk failed and closed. What was saved is safe: open it again. For whoever looks after it: {note}.",
            note=app.incident,
        )
        print(said, file=sys.stderr)  # noqa: T201
    return app.return_code or 0


def _key_test() -> type[DeskApp]:
    from mesa_recuperacion.desk.keytest import KeyTestApp

    return KeyTestApp
