"""Above a limit: why, a supervisor's PIN at this desk, or a promise of an answer; the call goes on (rule B4)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import Authorise, Do, Wanted
from mesa_recuperacion.dialogue.grammar.secret import number_and_pin
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    file_of,
    go,
    policy_of,
    problem_of,
    quoted,
    refuse,
    spoken,
    stage_after,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.by_hour import ByHour, ghost_of, typed_short
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Pairs, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.decide.steps import delivered
from mesa_recuperacion.domain.money import Money, zero
from mesa_recuperacion.domain.pin import PRACTICE_PIN
from mesa_recuperacion.domain.text import clean

NOBODY = "0"


def begin(talk: Talk, compensation: str, amount: Money | None) -> Step:
    """A gesture above a limit: first, why."""
    return go(talk, "exception", held=(compensation, "" if amount is None else str(amount.minor)), doubt="")


def wanted_of(talk: Talk) -> Wanted:
    """The gesture that was asked for, as the scenes before this one gathered it."""
    compensation, minor, reason, *_ = (*talk.held, "", "", "")
    amount = Money(int(minor), policy_of(talk).currency) if minor else None
    return Wanted(compensation, amount, reason)


def asked_of(talk: Talk) -> tuple[str, Money]:
    """Its name and its cost."""
    problem, wanted = problem_of(talk), wanted_of(talk)
    listed = problem.compensation(wanted.compensation) if problem else None
    nothing = zero(policy_of(talk).currency)
    if listed is not None:
        return listed.name, listed.amount
    return talk.setting.words.t("Another amount…").rstrip("…"), wanted.amount if wanted.amount is not None else nothing


def limits(talk: Talk) -> Pairs:
    """What is asked for, beside the limits that it goes above, and who pays."""
    t, money, policy = talk.setting.words.t, talk.setting.shown.money, policy_of(talk)
    name, amount = asked_of(talk)
    room = policy.case_cap - delivered(state_of(talk), policy.currency)
    over = t("exceeds by {amount}", amount=money(amount - room)) if not room.covers(amount) else ""
    left = talk.day.budget.left if talk.day else zero(policy.currency)
    usual = file_of(talk).usual
    rows = [
        (t("Exception"), f"{name} · {money(amount)}", ""),
        (t("Case cap"), " · ".join(filter(None, (money(policy.case_cap), over))), ""),
        (t("Your budget"), t("{left}, does not change: the reserve pays", left=money(left)), ""),
    ]
    if usual is not None:
        rows.append((t("Usual here"), money(usual), ""))
    return Pairs(tuple(rows))


class Exceptional(Scene):
    """Why this customer should get more; supervision reads it before authorising."""

    step = "compensate"
    back = "compensate"
    gathers = True

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """A phrase that promises nothing yet, and the limits."""
        t = talk.setting.words.t
        return Shape(
            prompt=t("Reason"), hint=t("one line · Enter goes on"),
            main=(
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.exception)), Gap(), limits(talk), Gap(),
                Text(t("Why does this customer deserve more? Supervision reads it and types its PIN here."), "dim"),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """On to the PIN, with the reason."""
        reason = clean(text)
        if not reason:
            return refuse(talk, talk.setting.words.t("It still needs a reason: one line that supervision reads."))
        return go(talk, "authorise", held=(*talk.held[:2], reason))


class Authorised(Scene):
    """A supervisor types number and PIN at this desk; the agent stays signed in."""

    step = "compensate"
    back = "exception"
    gathers = True
    saves_line = False
    secret = True

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Who may, what for, and what to do if nobody is near."""
        t, me = talk.setting.words.t, talk.person.id if talk.person else ""
        near = [f"{p.number} {p.name}" for p in talk.people if p.role == "supervisor" and p.id != me]
        blocks: list[Block] = [
            Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.exception)), Gap(), limits(talk), Gap(),
            Text(t("Supervision types its number, a space and its PIN at this desk: {names}", names=" · ".join(near))
                 if near else t("Nobody else of supervision works here.")),
            Text(t("Nobody near: 0 promises an answer with an hour.")),
        ]  # fmt: skip
        if talk.practice:
            blocks.append(Text(t("To practise, supervision's PIN is {pin}.", pin=PRACTICE_PIN), "dim"))
        return Shape(t("Authorises"), t("number and PIN · 0 nobody near"), tuple(blocks), mask="after")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """The authorisation, and with it the gesture that it is for."""
        if text.strip() == NOBODY:
            return go(talk, "answer_by", held=talk.held)
        parts = number_and_pin(text)
        if parts is None:
            return refuse(talk, talk.setting.words.t("Supervision's number, a space and its PIN; or 0, nobody near."))
        state, wanted = state_of(talk), wanted_of(talk)
        return ask(talk, Authorise(state.folio, wanted, *parts), then=stage_after("compensate", state))


class AnswerBy(ByHour):
    """Nobody near: the customer gets an hour for the answer, supervision gets the question."""

    step = "compensate"
    back = "authorise"
    gathers = True

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase with the hour in it."""
        t, shown = talk.setting.words.t, talk.setting.shown
        hour = self.hour(talk, text, now)
        when = shown.spoken(hour, now) if isinstance(hour, datetime) else "…"
        name, amount = asked_of(talk)
        rows = (
            (t("Asked for"), f"{name} · {shown.money(amount)}", ""),
            (t("Reason"), quoted(talk, wanted_of(talk).reason), ""),
            (t("Answers"), t("supervision; the call is on your list"), ""),
        )
        return Shape(
            t("Answer by"), t("Enter promises"),
            (
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.late, when=when)), Gap(), Pairs(rows), Gap(),
                typed_short(talk),
            ),
            ghost=ghost_of(talk, hour, now),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Asks supervision, promises the answer, and goes on with the call."""
        hour = self.told(talk, text, now)
        if isinstance(hour, Step):
            return hour
        state, wanted = state_of(talk), wanted_of(talk)
        command = c.AskException(state.folio, wanted.compensation, wanted.amount, wanted.reason, hour)
        return ask(talk, Do(command), then=stage_after("compensate", state), text=text)
