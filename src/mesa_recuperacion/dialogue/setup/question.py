"""What every question of the first run shares: rows, the row that Enter takes, names."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from mesa_recuperacion.dialogue.grammar.choose import Chosen, choose, preview
from mesa_recuperacion.dialogue.scenes.base import Shape
from mesa_recuperacion.dialogue.setup.state import Setup, Step, go, refuse
from mesa_recuperacion.dialogue.view import Option
from mesa_recuperacion.domain.text import NAME_LENGTH, clean


class Question:
    """One question.  It has no state of its own; everything is in the :class:`Setup`."""

    number: ClassVar[int] = 0
    """Which of the six it belongs to; 0 for none."""

    following: ClassVar[str] = "summary"
    """The question after it."""

    previous: ClassVar[str] = ""
    """The question that Esc leads to; empty stays."""

    part: ClassVar[bool] = False
    """Whether it is the second half of a question: from the summary one goes to the first."""

    leads_on: ClassVar[bool] = False
    """Whether its second half follows even when it was called from the summary."""

    secret: ClassVar[bool] = False
    """Whether what is typed is never shown, kept or given back."""

    def rows(self, talk: Setup, text: str) -> tuple[Option, ...]:
        """The rows that can be chosen, in their order."""
        return ()

    def default(self, talk: Setup) -> int | None:
        """The row that Enter alone takes."""
        return 0

    def show(self, talk: Setup, text: str, now: datetime) -> Shape:
        """What this question puts on the screen."""
        raise NotImplementedError

    def purpose(self, talk: Setup) -> str:
        """What it is for, in a sentence or two, for the help."""
        raise NotImplementedError

    def answer(self, talk: Setup, text: str) -> Step:
        """What Enter on ``text`` means."""
        raise NotImplementedError

    def selected(self, talk: Setup, text: str) -> int | None:
        """The row that Enter would take now."""
        rows = self.rows(talk, text)
        return preview(text, [(row.key, row.name) for row in rows], self._fallback(talk, rows)) if rows else None

    def chosen(self, talk: Setup, text: str) -> int | Step:
        """The index of the row that an answer takes, or the refusal of an answer that takes none."""
        t, rows = talk.setting.words.t, self.rows(talk, text)
        found = choose(text, [(row.key, row.name) for row in rows], self._fallback(talk, rows))
        if isinstance(found, Chosen):
            return found.index
        shown = clean(text, 24)
        may_be_pin = shown.isdigit() and len(shown) > 5  # typed at the wrong question: not repeated
        if len(text.strip()) > 24 or not shown or may_be_pin:
            return refuse(talk, t("That is not on the list. Type a number or a few letters of it."), text)
        said = t("There is no option {text}. They go from {first} to {last}.",
                 text=shown, first=rows[0].key, last=rows[-1].key)  # fmt: skip
        return refuse(talk, said, text)

    def accept(self, talk: Setup, **changes: Any) -> Step:
        """Take the answer and go on: to the next question, or back to the summary if that is where it came from."""
        talk = replace(talk, **changes)
        return Step(go(talk, self.following if not talk.amending or self.leads_on else "summary"))

    def _fallback(self, talk: Setup, rows: tuple[Option, ...]) -> int | None:
        return min(talk.pick, len(rows) - 1) if talk.pick is not None and rows else self.default(talk)


def name_or_refusal(talk: Setup, text: str) -> str | Step:
    """A name as it is kept, or the refusal of one that cannot be read or is too long to be said."""
    t, kept = talk.setting.words.t, clean(text, 2000)
    if not kept:
        return refuse(talk, t("There is nothing to read in that name. Type it with letters."))
    if len(kept) > NAME_LENGTH:
        said = t("That name has {n} characters, and {limit} fit. A shorter one?", n=len(kept), limit=NAME_LENGTH)
        return refuse(talk, said, kept)
    return kept
