"""What the questions for an hour share: the hour that is typed or proposed, and how it is said."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.grammar.when import WhenProblem, read_when, suggest_when
from mesa_recuperacion.dialogue.scenes.base import Scene, policy_of, refuse
from mesa_recuperacion.dialogue.sentences import when_problem
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Text


class ByHour(Scene):
    """A question for an hour; Enter alone takes one that is near and can be kept."""

    def hour(self, talk: Talk, text: str, now: datetime) -> datetime | WhenProblem:
        """The hour that is typed; for an empty line, one that is near and can be kept."""
        hours = policy_of(talk).hours
        return read_when(text, now, hours) if text.strip() else suggest_when(now, hours)

    def told(self, talk: Talk, text: str, now: datetime) -> datetime | Step:
        """The same, or the sentence that says what is wrong with it."""
        hour = self.hour(talk, text, now)
        return hour if isinstance(hour, datetime) else refuse(talk, when_problem(talk.setting, hour, now), text)


def ghost_of(talk: Talk, hour: datetime | WhenProblem | None, now: datetime) -> str:
    """What the line would take, in full; empty for no hour."""
    return talk.setting.shown.when(hour, now) if isinstance(hour, datetime) else ""


def typed_short(talk: Talk) -> Text:
    """How an hour is typed."""
    return Text(talk.setting.words.t("Typed short:  2h  today 18  tomorrow 10  fri  3d"), "dim")
