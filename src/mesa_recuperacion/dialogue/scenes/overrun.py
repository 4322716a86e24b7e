"""Out of time: nothing blocks; an honest explanation, a promise, and why (rule C2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.when import suggest_when
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    onward,
    policy_of,
    refuse,
    returned,
    spoken,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.by_hour import ByHour, ghost_of, typed_short
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.parts import OVERRUNS

LETTERS = dict(zip("abc", OVERRUNS, strict=True))
_ANSWER = re.compile(r"\s*([123])?\s*([abc])?\s*", re.IGNORECASE)


def reasons(talk: Talk) -> dict[str, str]:
    """What each reason of an overrun is called."""
    t = talk.setting.words.t
    return dict(zip(OVERRUNS, (t("information"), t("system"), t("complex case")), strict=True))


def lettered(talk: Talk) -> str:
    """The reasons in one line, each with its letter."""
    names = reasons(talk)
    return "   ".join(f"{letter} {names[reason]}" for letter, reason in LETTERS.items())


class Overrun(Scene):
    """What to say, and what to do, when it takes longer than the standard."""

    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Promise an answer, go on, or ask an area."""
        t, shown = talk.setting.words.t, talk.setting.shown
        hour = shown.when(suggest_when(now, policy_of(talk).hours), now)
        return (
            Option("1", t("Promise an answer {when}, and park the case", when=hour)),
            Option("2", t("Go on here: it is almost done")),
            Option("3", t("Ask an internal area for help, with a deadline")),
        )

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The honest phrase, the ways on, and the reasons."""
        t, shown, state = talk.setting.words.t, talk.setting.shown, state_of(talk)
        hour = shown.spoken(suggest_when(now, policy_of(talk).hours), now)
        late = state.countdown.left(now) < 0
        noted = t("Over the standard: noted, and nothing is blocked.") if late else \
            t("It is still within the standard.")  # fmt: skip
        rows = self.rows(talk, text, now)
        selected = self.selected(talk, text.strip()[:1], rows)
        why = t("Reason (to put the cause right, not to blame):")
        if state.overrun:
            why = t("Reason noted: {reason}. Another letter changes it.", reason=reasons(talk)[state.overrun])
        return Shape(
            t("What to do"), t("number or letter · Enter"),
            (
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.late, when=hour)), Gap(), Text(noted, "dim"),
                Gap(),
                Choice((t("What to do"),), rows, selected), Gap(), Text(why, "dim"), Text(lettered(talk)),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """A reason is recorded; a number goes on; both may be given at once (``1b``)."""
        parts = _ANSWER.fullmatch(text)
        if parts is None:
            return refuse(talk, talk.setting.words.t("1, 2 or 3; and a, b or c for the reason. Esc goes back."), text)
        choice, letter = parts[1] or "", (parts[2] or "").lower()
        if not choice and not letter:
            choice = str(1 + talk.pick) if talk.pick is not None else "1"
        if letter:
            command = c.ExplainOverrun(state_of(talk).folio, LETTERS[letter])
            kept = onward(talk, "overrun", choice).talk
            return ask(kept, Do(command), then="@", text=text)
        return self._on(talk, choice)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """The reason is recorded: go on as chosen, or stay."""
        choice = talk.held[0] if talk.held else ""
        if choice:
            return self._on(talk, choice).talk
        reason = reasons(talk)[state_of(talk).overrun]
        said = talk.setting.words.t("Noted: {reason}.", reason=reason)
        return replace(talk, held=(), said=said, said_style="good")

    def _on(self, talk: Talk, choice: str) -> Step:
        if choice == "1":
            return onward(talk, "late_by")
        return onward(talk, "area") if choice == "3" else returned(talk)


class LateBy(ByHour):
    """By when the customer gets the answer; the case is parked with that promise."""

    back = "overrun"
    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase with the hour in it."""
        t, shown, hour = talk.setting.words.t, talk.setting.shown, self.hour(talk, text, now)
        when = shown.spoken(hour, now) if isinstance(hour, datetime) else "…"
        return Shape(
            t("Answer by"), t("Enter promises"),
            (
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.late, when=when)), Gap(),
                Text(t("The promise goes on your list, and the case waits parked, just as it is.")), Gap(),
                typed_short(talk),
            ),
            ghost=ghost_of(talk, hour, now),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Promises the answer and parks the case."""
        hour, folio = self.told(talk, text, now), state_of(talk).folio
        if isinstance(hour, Step):
            return hour
        return ask(talk, Do(c.PromiseAnswer(folio, hour)), Do(c.ParkCase(folio)), then="parked", text=text)
