"""Steps 5 and 6: the promise and the follow-up (rules C4, C5, C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.when import WhenProblem, read_when
from mesa_recuperacion.dialogue.scenes.area import answers_at
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    file_of,
    go,
    policy_of,
    refuse,
    remedy_of,
    spoken,
    stage_after,
    state_of,
    with_line,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.by_hour import typed_short
from mesa_recuperacion.dialogue.sentences import when_problem
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Pairs, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.decide.contact import follow_up_at
from mesa_recuperacion.domain.refusals import AreaLater, Refusal
from mesa_recuperacion.domain.text import PHONE_LENGTH, clean, digits_of, display_phone, is_phone
from mesa_recuperacion.domain.values import dataclass

PHONE_DIGITS = 10
"""Digits of a telephone number as most customers say it."""


def owner_of(talk: Talk, area: str) -> str:
    """Who keeps a promise: the area that fulfils it, or the agent."""
    found = policy_of(talk).area(area)
    return found.name if found else talk.person.name if talk.person else ""


_ASKED, _LATER, _BETWEEN = "asked", "later", "\x1f"
"""How the doubt about an hour begins, before and after the area's time is known; and what is between its parts."""


@dataclass(frozen=True, slots=True)
class Question:
    """An hour that was questioned: ``due_at`` was said, the area answers at ``ready_at``, ``honest`` can be said."""

    area: str
    due_at: datetime
    ready_at: datetime
    honest: datetime

    def kept(self) -> str:
        """As the talk remembers it while something else is typed."""
        return _BETWEEN.join((_LATER, self.area, *(x.isoformat() for x in (self.due_at, self.ready_at, self.honest))))

    @classmethod
    def of(cls, talk: Talk) -> Question | None:
        """The question that stands; ``None`` if there is none."""
        kind, *parts = talk.doubt.split(_BETWEEN)
        if kind != _LATER:
            return None
        area, *hours = parts
        return cls(area, *(datetime.fromisoformat(hour) for hour in hours))


class Promise(Scene):
    """Step 5: the hour that can be kept, in the short grammar, echoed in full inside the phrase.

    An hour before the area answers is questioned before it is said: the honest hour is offered first (rule C5).
    """

    step = "promise"
    back = "compensate"

    def hour(self, talk: Talk, text: str, now: datetime) -> datetime | WhenProblem | None:
        """The hour that is typed; for an empty line the one already promised, else the remedy's own."""
        state = state_of(talk)
        if text.strip():
            return read_when(text, now, policy_of(talk).hours)
        standing = state.promise()
        if standing is not None and standing.status == "pending" and standing.due_at > now:
            return standing.due_at
        return state.remedy.due_at if state.remedy and state.remedy.due_at > now else None

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """While an hour is questioned: the honest one, or the one that was said, with the area told."""
        t, question = talk.setting.words.t, Question.of(talk)
        if question is None:
            return ()
        honest, said = (talk.setting.shown.when(hour, now) for hour in (question.honest, question.due_at))
        return (
            Option("1", t("Promise {when}", when=honest)),
            Option("2", t("Keep {when} and tell the area", when=said)),
        )

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """Only 1, 2 or nothing answers the question: whatever else is typed is another hour."""
        if text.strip() not in ("", *(row.key for row in rows)):
            return None
        return super().selected(talk, text, rows)

    def within(self, talk: Talk) -> Step | None:
        """Esc takes the question back, not the step."""
        return None if Question.of(talk) is None else Step(replace(talk, doubt="", pick=None, said="", said_style=""))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase with the hour in it, what is promised, and how hours are typed, or what is questioned."""
        t, shown, remedy, state = talk.setting.words.t, talk.setting.shown, remedy_of(talk), state_of(talk)
        if remedy is None or state.remedy is None:
            return Shape(t("By when"), t("Enter goes to the remedy"), (Text(t("First choose the remedy.")),))
        rows, question = self.rows(talk, text, now), Question.of(talk)
        selected = self.selected(talk, text, rows) if rows else None
        hour = self.hour(talk, text, now)
        if question is not None and selected is not None:
            hour = (question.honest, question.due_at)[selected]
        at = hour if isinstance(hour, datetime) else state.remedy.due_at
        blocks: list[Block] = [
            Phrase(t("Say"), spoken(talk, remedy.promise, when=shown.spoken(at, now))), Gap(),
            Pairs(((t("What"), remedy.name, ""), (t("When"), shown.day_time(at), ""),
                   (t("Kept by"), self.keeper(talk, remedy.area, now), ""))), Gap(),
        ]  # fmt: skip
        if question is not None:
            late = t("▲ {area} answers {when}, after what was promised.", area=owner_of(talk, question.area),
                     when=shown.when(question.ready_at, now))  # fmt: skip
            blocks += [Text(late, "warn"), Choice(("",), rows, selected)]
        blocks.append(typed_short(talk))
        if question is None:
            blocks.append(Text(t("The hour you can keep, not the one they hope for."), "dim"))
        ghost = shown.when(hour, now) if isinstance(hour, datetime) else ""
        hint = t("Enter promises") if question is None else t("Enter takes the first · or another hour")
        return Shape(t("By when"), hint, tuple(blocks), ghost=ghost)

    def keeper(self, talk: Talk, code: str, now: datetime) -> str:
        """Who keeps it; for an area, by when it answers, in business time (rule C3)."""
        area = policy_of(talk).area(code)
        if area is None:
            return owner_of(talk, code)
        at = talk.setting.shown.when(answers_at(talk, area, now), now)
        return talk.setting.words.t("{area} · its time: {when}", area=area.name, when=at)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Promises; an hour that cannot be is refused with one that can."""
        t, state, question = talk.setting.words.t, state_of(talk), Question.of(talk)
        if state.remedy is None:
            return go(talk, "solve")
        picked = None if question is None else self.selected(talk, text, self.rows(talk, text, now))
        if question is not None and picked is not None:
            return self._promise(talk, (question.honest, question.due_at)[picked], keep=picked == 1)
        hour = self.hour(talk, text, now)
        if hour is None:
            return refuse(talk, t("By when? For example 2h, today 18, tomorrow 10, fri or 3d."))
        if not isinstance(hour, datetime):
            return refuse(talk, when_problem(talk.setting, hour, now), text)
        return self._promise(talk, hour, text=text)

    def _promise(self, talk: Talk, hour: datetime, *, keep: bool = False, text: str = "") -> Step:
        """Promises that hour, which is remembered; what is given back if that fails is an hour too, never a row."""
        state, local = state_of(talk), hour.astimezone(talk.setting.shown.zone)
        asked = replace(talk, doubt=_BETWEEN.join((_ASKED, hour.isoformat())))
        given_back = text or f"{local.day}/{local.month} {local:%H:%M}"
        command = c.MakePromise(state.folio, hour, keep)
        return ask(asked, Do(command), then=stage_after("promise", state), text=given_back)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """The area answers later than that: the question, with an empty line; whatever is typed is another hour."""
        asked, _, due_at = talk.doubt.partition(_BETWEEN)
        if not isinstance(refusal, AreaLater) or asked != _ASKED:
            return None
        doubt = Question(refusal.area, datetime.fromisoformat(due_at), refusal.ready_at, refusal.honest).kept()
        return Step(replace(talk, doubt=doubt, then="", sent="", pick=None, said="", said_style=""))


def calling(talk: Talk, at: datetime) -> str:
    """When the agent will call, leaning on the day just promised: "that day at 11", else with its day."""
    t, shown, standing = talk.setting.words.t, talk.setting.shown, state_of(talk).promise()
    local = at.astimezone(shown.zone)
    hour = f"{local.hour}:{local.minute:02}" if local.minute else str(local.hour)
    if standing and standing.due_at.astimezone(shown.zone).date() == local.date():
        return t("that day at {hour}", hour=hour)
    return t("on {day} at {hour}", day=shown.day(at), hour=hour)


def phone_of(talk: Talk, text: str, unread: str) -> str | Step:
    """The telephone that is typed (empty: none); else ``unread`` is said of what is not one.

    A number with a digit missing is asked about once, and taken as it is the second time.
    """
    phone = clean(text, PHONE_LENGTH)
    if phone and not is_phone(phone):
        return refuse(talk, unread, text)
    count = len(digits_of(phone))
    doubt = f"phone:{phone}"
    if phone and not phone.startswith("+") and count < PHONE_DIGITS and talk.doubt != doubt:
        said = talk.setting.words.tn(
            "That telephone has {n} digit; {short} would be missing. Enter takes it as it is.",
            "That telephone has {n} digits; {short} would be missing. Enter takes it as it is.",
            count, short=PHONE_DIGITS - count,
        )  # fmt: skip
        return Step(with_line(replace(talk, said=said, said_style="warn", doubt=doubt), phone))
    return phone


def phone_ghost(text: str) -> str:
    """A whole telephone as it will be kept, while it is typed; empty for anything else."""
    return display_phone(text) if is_phone(text) and len(digits_of(text)) == PHONE_DIGITS else ""


class FollowUp(Scene):
    """Step 6: the follow-up schedules itself; only the telephone is asked for."""

    step = "follow_up"
    back = "promise"

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """When the agent will call, and what will be asked."""
        t, shown, state, policy = talk.setting.words.t, talk.setting.shown, state_of(talk), policy_of(talk)
        standing, asked, phone = state.promise(), state.follow_up(), file_of(talk).customer.phone
        at = asked.due_at if asked else follow_up_at(policy, standing.due_at if standing else now)
        problem = policy.problem(state.problem)
        phrase = policy.phrases.follow_up if phone else policy.phrases.ask_phone
        rows = [
            (t("Follow-up"), shown.day_time(at), ""),
            (t("Who"), t("{name} · on your list that day", name=talk.person.name if talk.person else ""), ""),
            (t("Question"), problem.question if problem else "", ""),
        ]
        if phone:
            rows.append((t("Telephone"), phone, ""))
        ghost = phone_ghost(text) or phone
        return Shape(
            prompt=t("Telephone"), hint=t("Enter schedules"), ghost="" if text and ghost == phone else ghost,
            main=(Phrase(t("Say"), spoken(talk, phrase, when=calling(talk, at))), Gap(), Pairs(tuple(rows))),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Schedules it; a number with a digit missing is asked about once, and taken as it is the second time."""
        t, state = talk.setting.words.t, state_of(talk)
        unread = t("A telephone is figures, spaces and dashes. Enter alone leaves it for later.")
        phone = phone_of(talk, text, unread)
        if isinstance(phone, Step):
            return phone
        return ask(talk, Do(c.ScheduleFollowUp(state.folio, phone)), then=stage_after("follow_up", state), text=text)
