"""The closing: everything on one page, and the customer's own answer (rules A2, B5, C4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
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
    with_line,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.contact import owner_of
from mesa_recuperacion.dialogue.scenes.overrun import LETTERS, lettered, reasons
from mesa_recuperacion.dialogue.scenes.story import clocks
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Pairs, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.script import STEPS

_ANSWER = re.compile(r"\s*([^\W\d_]+)(?:[\s,]+\1)*(?:[\s,]+([abc]))?\s*", re.IGNORECASE)
"""The customer's answer (said again after a question is the same answer), and perhaps why it took longer."""

_NAMED = 3
"""Steps that are pending and told by name; more are told by their numbers, which the rail explains."""

_WHY = "why"
"""The doubt of a closing that is out of time, and nobody has said why."""


class Close(Scene):
    """Asks whether the customer is satisfied; what was passed over is listed, not hidden."""

    step = "close"
    back = "follow_up"

    def summary(self, talk: Talk) -> Pairs:
        """What was decided, a line each, with its amount; what was not is listed as pending.

        The problem stands in the band; only one that is not on the list needs its words here.
        """
        t, shown, state, file = talk.setting.words.t, talk.setting.shown, state_of(talk), file_of(talk)
        remedy = remedy_of(talk)
        promise, asked = state.promise(), state.follow_up()
        rows = [
            (t("Problem"), state.problem_text, ""),
            (t("Remedy"), remedy.name if remedy else "", shown.money(state.remedy.cost) if state.remedy else ""),
            *self.legal(talk),
            (t("Compensation"), self.gesture(talk), shown.money(state.gesture.amount) if state.gesture else ""),
            *self.waits(talk),
            (t("Promise made"), " · ".join((shown.day_time(promise.due_at), owner_of(talk, promise.area)))
             if promise else "", ""),
            (t("Follow-up"), " · ".join(filter(None, (shown.day_time(asked.due_at), file.customer.phone)))
             if asked else "", ""),
        ]  # fmt: skip
        return Pairs(tuple(row for row in rows if row[1]))

    def gesture(self, talk: Talk) -> str:
        """The name of the gesture, and who pays it if that is not the agent."""
        t, listed, state = talk.setting.words.t, compensation_of(talk), state_of(talk)
        name = listed.name if listed else gesture_name(talk)
        if state.gesture is not None and state.gesture.is_exception:
            return t("{gesture} · the reserve pays", gesture=name)
        return name

    def waits(self, talk: Talk) -> tuple[tuple[str, str, str], ...]:
        """What supervision was asked for and has not answered (rule B4)."""
        t, wish = talk.setting.words.t, state_of(talk).wish
        if wish is None or wish.status != "pending":
            return ()
        return ((t("Waits"), t("an answer of supervision"), talk.setting.shown.money(wish.amount)),)

    def legal(self, talk: Talk) -> tuple[tuple[str, str, str], ...]:
        """What the law owes, on a line of its own (rule B6)."""
        problem, legal, t = problem_of(talk), state_of(talk).legal, talk.setting.words.t
        if problem is None or problem.statutory is None:
            return ()
        if legal is None:
            return ((t("By law"), t("{name}, not noted yet", name=problem.statutory.name), ""),)
        if legal.amount is None:
            return ((t("By law"), t("does not apply"), ""),)
        return ((t("By law"), problem.statutory.name, talk.setting.shown.money(legal.amount)),)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The summary, the time taken, and the steps that are pending."""
        t, shown, state = talk.setting.words.t, talk.setting.shown, state_of(talk)
        countdown = state.countdown
        contact = t("first call") if state.first_contact else t("not the first contact")
        if state.aside:
            contact = t("{time} of it parked", time=shown.span(state.aside))
        spent = t("Time {spent} of {standard} · {contact}", spent=shown.span(countdown.elapsed(now)),
                  standard=shown.span(state.standard), contact=contact)  # fmt: skip
        blocks: list[Block] = [
            Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.closing)),
            Gap(),
            self.summary(talk),
        ]
        if state.round:
            spent = t("Time: {clocks}", clocks=clocks(talk, now))
        blocks += [Gap(), Text(spent, "dim"), *self.late(talk, now)]
        pending = state.pending_steps()
        if pending:
            named = len(pending) <= _NAMED
            names = ", ".join(f"{STEPS.index(s) + 1} {rail_names(talk)[s] if named else ''}".rstrip() for s in pending)
            blocks.append(Text(t("▲ Still to be said (Tab): {steps}", steps=names), "warn"))
        return Shape(t("Satisfied?"), t("y · n · Enter closes"), tuple(blocks))

    def late(self, talk: Talk, now: datetime) -> tuple[Block, ...]:
        """By how much it is over the standard, and the reasons to choose from (rule C2)."""
        t, span, state = talk.setting.words.t, talk.setting.shown.span, state_of(talk)
        over = -state.countdown.left(now)
        if over <= 0:
            return ()
        if state.overrun:
            return (Text(t("Over by {time}: {reason}.", time=span(over), reason=reasons(talk)[state.overrun]), "warn"),)
        return (Text(t("▲ Over by {time}, because:", time=span(over)), "warn"), Text(lettered(talk), "warn"))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Yes closes and delivers; no does not close: it goes back to a new promise.

        Out of time, a letter after the answer says why (``y b``); without one it is asked once, and never insisted on.
        """
        t, state = talk.setting.words.t, state_of(talk)
        parts = _ANSWER.fullmatch(text)
        letter = (parts[2] or "").lower() if parts else ""
        answer = yes_no(parts[1] if parts else text)
        if answer is None:
            return refuse(talk, t("Is the customer satisfied? y closes; n makes another promise."), text)
        explained = (Do(c.ExplainOverrun(state.folio, LETTERS[letter])),) if letter else ()
        if answer:
            unsaid = state.countdown.left(now) < 0 and not state.overrun and not letter
            if unsaid and talk.doubt != _WHY:
                said = t("Over the standard. Why? A letter and Enter; Enter alone leaves it unsaid.")
                return Step(with_line(replace(talk, said=said, said_style="warn", doubt=_WHY), text.strip() + " "))
            return ask(talk, *explained, Do(c.CloseCase(state.folio, True)), then="closed", text=text)
        target = "promise" if state.remedy else "solve" if state.problem else "problem"
        said = t("It stays open. What can be promised so that it is really solved?")
        return Step(replace(talk, stage=target, pick=None, said=said, said_style=""))
