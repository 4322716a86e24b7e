"""An amount above a limit that waits for a supervisor's answer (rule B4)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.scenes.answers import Answered, left
from mesa_recuperacion.dialogue.scenes.base import Shape, ask, file_of, policy_of, quoted, refuse, state_of
from mesa_recuperacion.dialogue.scenes.story import Row, gesture_of, shortened, story
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Choice, Gap, Option
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.refusals import NoSuchPending, Refusal


class ExceptionDue(Answered):
    """Yes, and the reserve pays; or no, and why."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Yes or no."""
        t = talk.setting.words.t
        return (Option("1", t("Authorise: the reserve pays")), Option("2", t("No, and why, in the same line")))

    def wanted(self, talk: Talk) -> tuple[Row, ...]:
        """What is asked for, why, and the cap."""
        t, money, state = talk.setting.words.t, talk.setting.shown.money, state_of(talk)
        if state.wish is None:
            return ()
        rows = [
            (t("Asked by"), file_of(talk).owner_name, ""),
            (t("Exception"), f"{gesture_of(talk, state.wish.code)} · {money(state.wish.amount)}", ""),
            (t("Case cap"), money(policy_of(talk).case_cap), ""),
        ]
        if state.wish.status == "pending":  # once it is answered, its words are the answer
            rows.append((t("Reason"), quoted(talk, shortened(state.wish.words)), ""))
        return tuple(rows)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The story, the amount beside the cap, and the reason."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        told = story(talk, now, *self.wanted(talk))
        choice = Choice((t("What do you decide?"),), rows, self.selected(talk, text, rows))
        return Shape(t("Decision"), t("a no says why: 2 it was given before"), (*told, Gap(), choice))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Records the decision; a no says why, in the same line."""
        t, folio = talk.setting.words.t, state_of(talk).folio
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("1 authorises it; 2 and why does not. Esc leaves it as it is."))
        told = self.told(talk, text, self.rows(talk, text, now))
        if isinstance(told, Step):
            return told
        index, words = told
        if index == 1 and not words:
            return refuse(talk, t("Why not? In the same line, after the 2; whoever asked reads it."), "2 ")
        return ask(talk, Do(c.AnswerException(folio, index == 0, words)), then="answered", text=text)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """What somebody else has answered is no longer asked."""
        return left(talk, sentence(talk.setting, refusal, now), "warn") if isinstance(refusal, NoSuchPending) else None
