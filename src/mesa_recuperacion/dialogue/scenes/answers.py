"""What the answers to something due share: a number, and after it what was said, in the same line."""

from __future__ import annotations

import re
from dataclasses import replace

from mesa_recuperacion.dialogue.asks import LoadDay
from mesa_recuperacion.dialogue.scenes.base import Scene, state_of
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Option

_NUMBERED = re.compile(r"\s*([0-9])(?:[\s.,:;)-]+|(?=[^\W\d]))(.+)", re.DOTALL)


def parted(text: str) -> tuple[str, str]:
    """The number that an answer begins with, and the words after it: ``2 llegó roto`` is ``("2", "llegó roto")``.

    What does not begin with one digit, or has nothing after it, is the answer alone.
    """
    parts = _NUMBERED.fullmatch(text)
    return (parts[1], parts[2].strip()) if parts else (text, "")


class Answered(Scene):
    """A question about something due; nothing is answered by a stray Enter."""

    back = "idle"
    saves_line = False

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default."""
        return None

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row that the number says, whatever was said after it."""
        return super().selected(talk, parted(text)[0], rows)

    def told(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> tuple[int, str] | Step:
        """The index of the row and what was said; or the refusal of an answer that takes none."""
        number, words = parted(text)
        index = self.choice(talk, number, rows)
        if isinstance(index, Step):
            return Step(replace(index.talk, line=text)) if words else index
        return index, words


def answered(talk: Talk) -> Talk:
    """Back to the idle desk, with a word about what was recorded."""
    t, state, shown = talk.setting.words.t, state_of(talk), talk.setting.shown
    waiting = state.next_contact()
    said = t("Noted in {case}.", case=state.folio)
    if waiting is not None:
        said = t("Noted in {case}. Next: {when}.", case=state.folio, when=shown.day_time(waiting.due_at))
    return replace(talk, stage="idle", file=None, item="", said=said, said_style="good")


def left(talk: Talk, said: str, style: str = "") -> Step:
    """Back to the idle desk with nothing recorded, and a word about it; the day is read again."""
    return Step(replace(talk, then="idle", sent="", pick=None, said=said, said_style=style), (LoadDay(),))
