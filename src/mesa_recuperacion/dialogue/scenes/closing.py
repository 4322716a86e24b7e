"""The closing: everything on one page, and the customer's own answer (rules A2, B5, C4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.grammar.choose import yes_no
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    compensation_of,
    file_of,
    gesture_name,
    policy_of,
    problem_of,
    rail_names,
    refuse,
    remedy_of,
    spoken,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.contact import owner_of
from mesa_recuperacion.dialogue.talk import Do, Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Pairs, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.script import STEPS


class Close(Scene):
    """Asks whether the customer is satisfied; what was passed over is listed, not hidden."""

    step = "close"
    back = "follow_up"

    def summary(self, talk: Talk) -> Pairs:
        """What was decided, a line each, with its amount."""
        t, shown, state, file = talk.setting.words.t, talk.setting.shown, state_of(talk), file_of(talk)
        problem, remedy = problem_of(talk), remedy_of(talk)
        promise, asked = state.promise(), state.follow_up()
        none = "—"
        rows = [
            (t("Problem"), state.problem_text or (problem.name if problem else none), ""),
            (t("Remedy"), remedy.name if remedy else none, shown.money(state.remedy.cost) if state.remedy else ""),
            (t("Compensation"), self.gesture(talk) or none, shown.money(state.gesture.amount) if state.gesture else ""),
            (t("Promise made"), " · ".join((shown.day_time(promise.due_at), owner_of(talk, promise.area)))
             if promise else none, ""),
            (t("Follow-up"), " · ".join(filter(None, (shown.day_time(asked.due_at), file.customer.phone)))
             if asked else none, ""),
        ]  # fmt: skip
        return Pairs(tuple(rows))

    def gesture(self, talk: Talk) -> str:
        """The name of the gesture."""
        listed = compensation_of(talk)
        return listed.name if listed else gesture_name(talk)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The summary, the time taken, and the steps that are pending."""
        t, shown, state = talk.setting.words.t, talk.setting.shown, state_of(talk)
        countdown = state.countdown
        first = t("first call") if state.first_contact else t("not the first contact")
        spent = t("Time {spent} of {standard} · {contact}", spent=shown.span(countdown.elapsed(now)),
                  standard=shown.span(state.standard), contact=first)  # fmt: skip
        blocks: list[Block] = [
            Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.closing)),
            Gap(),
            self.summary(talk),
        ]
        blocks += [Gap(), Text(spent, "dim")]
        pending = state.pending_steps()
        if pending:
            names = ", ".join(f"{STEPS.index(s) + 1} {rail_names(talk)[s]}" for s in pending)
            blocks.append(Text(t("▲ Still to be said: {steps}. Tab says it now; closing leaves it noted.", steps=names),
                               "warn"))  # fmt: skip
        return Shape(t("Satisfied?"), t("y · n · Enter closes"), tuple(blocks))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Yes closes and delivers; no does not close: it goes back to a new promise."""
        t, state = talk.setting.words.t, state_of(talk)
        answer = yes_no(text)
        if answer is None:
            return refuse(talk, t("Is the customer satisfied? y closes; n makes another promise."), text)
        if answer:
            return ask(talk, Do(c.CloseCase(state.folio, True)), then="closed", text=text)
        target = "promise" if state.remedy else "solve" if state.problem else "problem"
        said = t("It stays open. What can be promised so that it is really solved?")
        return Step(replace(talk, stage=target, pick=None, said=said, said_style=""))
