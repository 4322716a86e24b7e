"""F5: an internal area is asked, without letting go of the customer (rules C3, C4)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.when import WhenProblem, read_when
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    onward,
    policy_of,
    quoted,
    refuse,
    remedy_of,
    returned,
    spoken,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.by_hour import ghost_of, typed_short
from mesa_recuperacion.dialogue.sentences import when_problem
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Pairs, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.areas import deadline, response_at
from mesa_recuperacion.domain.parts import AreaRequest
from mesa_recuperacion.domain.policy import Area
from mesa_recuperacion.domain.text import clean

_SHOWN = 2
"""Earlier requests of the case that are shown beside the question."""

_WORDS = 90
"""Characters of what was asked or answered that are shown of an earlier request."""


def area_of(talk: Talk) -> Area | None:
    """The area that was picked."""
    return policy_of(talk).area(talk.held[0]) if talk.held else None


def answers_at(talk: Talk, area: Area, now: datetime) -> datetime:
    """When an area answers: the hour it was given if it is asked already, else its own response time from now on."""
    asked = state_of(talk).request(area.code)
    return asked.due_at if asked is not None else response_at(area, policy_of(talk), now)


def promised_at(talk: Talk) -> datetime | None:
    """What the customer was promised and still waits for."""
    promise = state_of(talk).promise()
    return promise.due_at if promise is not None and promise.status == "pending" else None


def asked_before(talk: Talk, requests: tuple[AreaRequest, ...]) -> tuple[Block, ...]:
    """What areas were asked in this case and what they answered, a line each."""
    t, shown, remedy, made = talk.setting.words.t, talk.setting.shown, remedy_of(talk), []
    for request in requests:
        area = policy_of(talk).area(request.area)
        name, by = area.name if area else request.area, shown.day_time(request.due_at)
        what = request.what or (remedy.name if remedy else "")
        words = quoted(talk, clean(request.words or what, _WORDS))
        if request.status == "pending":
            said = t("{area} was asked, by {when}: {words}", area=name, when=by, words=words)
        elif request.status in ("withdrawn", "forgotten"):
            continue
        elif request.words:
            said = t("{area} answered: {words}", area=name, words=words)
        else:
            said = t("{area} answered what was asked: {words}", area=name, words=words)
        made.append(Text(said, "dim"))
    return tuple(made)


class PickArea(Scene):
    """Which area; each with the hour by which it answers, in business time."""

    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The areas of the policy."""
        t, shown = talk.setting.words.t, talk.setting.shown
        rows = []
        for n, area in enumerate(policy_of(talk).areas, 1):
            when, asked = shown.when(answers_at(talk, area, now), now), state_of(talk).request(area.code)
            cell = t("asked already: {when}", when=when) if asked is not None else when
            rows.append(Option(str(n), area.name, (cell,)))
        return tuple(rows)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """The area that keeps the remedy, else the first."""
        codes, remedy = [a.code for a in policy_of(talk).areas], state_of(talk).remedy
        return codes.index(remedy.area) if remedy and remedy.area in codes else 0 if rows else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase with the area's name, and the list."""
        t, rows, policy = talk.setting.words.t, self.rows(talk, text, now), policy_of(talk)
        if not rows:
            said = t("This policy names no internal area. F2 notes what is needed, and supervision can add one.")
            return Shape(t("Area"), t("Esc goes back"), (Text(said),))
        selected = self.selected(talk, text, rows)
        phrase = () if selected is None else \
            (Phrase(t("Say"), spoken(talk, policy.phrases.area, area=policy.areas[selected].name)), Gap())  # fmt: skip
        earlier = asked_before(talk, state_of(talk).requests[-_SHOWN:])
        return Shape(
            t("Area"), t("number or letters · Enter"),
            (*phrase, Choice((t("Area"), t("answers by")), rows, selected), Gap(), *earlier),
            ghost=rows[selected].name if selected is not None and text.strip() else "",
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """On to what is needed of it."""
        rows = self.rows(talk, text, now)
        if not rows:
            return returned(talk)
        index = self.choice(talk, text, rows)
        return index if isinstance(index, Step) else onward(talk, "area_what", policy_of(talk).areas[index].code)


class AreaWhat(Scene):
    """What is needed of the area, in one line."""

    back = "area"

    def taken_up(self, talk: Talk) -> str:
        """The line that was typed here before the hour was asked for."""
        return talk.held[1] if len(talk.held) > 1 else ""

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase, and by when the area answers."""
        t, area = talk.setting.words.t, area_of(talk)
        if area is None:
            return Shape(t("Area"), t("Enter goes to the areas"), (Text(t("First choose the area.")),))
        at = talk.setting.shown.when(response_at(area, policy_of(talk), now), now)
        asked = tuple(x for x in state_of(talk).requests if x.area == area.code)
        return Shape(
            t("What is needed"), t("one line · Enter"),
            (
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.area, area=area.name)), Gap(),
                Pairs(((t("Area"), t("{area} · its time: {when}", area=area.name, when=at), ""),)), Gap(),
                Text(t("In one line: all that they need to know there."), "dim"),
                *asked_before(talk, asked[-_SHOWN:]),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """On to the hour."""
        area, what = area_of(talk), clean(text)
        if area is None:
            return onward(talk, "area")
        if not what:
            return refuse(talk, talk.setting.words.t("It still needs what to ask for, in a few words. Esc goes back."))
        return onward(talk, "area_by", area.code, what)


class AreaBy(Scene):
    """By when: the area's own time, or earlier if the customer was promised something before; or the hour typed."""

    back = "area_what"

    def hour(self, talk: Talk, text: str, now: datetime) -> datetime | WhenProblem | None:
        """The hour that is typed; for an empty line the proposed one."""
        area, policy = area_of(talk), policy_of(talk)
        if area is None:
            return None
        return read_when(text, now, policy.hours) if text.strip() else deadline(area, policy, now, promised_at(talk))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What is asked of whom, and what the customer was promised."""
        t, shown, area = talk.setting.words.t, talk.setting.shown, area_of(talk)
        if area is None or len(talk.held) < 2:
            return Shape(t("Area"), t("Enter goes to the areas"), (Text(t("First choose the area.")),))
        hour, promised = self.hour(talk, text, now), promised_at(talk)
        own = shown.when(response_at(area, policy_of(talk), now), now)
        rows = [
            (t("Area"), t("{area} · its time: {when}", area=area.name, when=own), ""),
            (t("What"), quoted(talk, clean(talk.held[1], _WORDS)), ""),
        ]
        if promised is not None:
            rows.append((t("Promised"), shown.when(promised, now), ""))
        blocks: list[Block] = [
            Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.area, area=area.name)), Gap(), Pairs(tuple(rows)),
            Gap(), typed_short(talk),
        ]  # fmt: skip
        if isinstance(hour, datetime) and promised is not None and hour > promised:
            blocks.append(Text(t("▲ That is after what was promised to the customer."), "warn"))
        return Shape(t("By when"), t("Enter asks for it"), tuple(blocks), ghost=ghost_of(talk, hour, now))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Asks the area; without an hour, by the one that the domain proposes at that very instant."""
        area, hour = area_of(talk), self.hour(talk, text, now)
        if area is None or hour is None or len(talk.held) < 2:
            return onward(talk, "area")
        if not isinstance(hour, datetime):
            return refuse(talk, when_problem(talk.setting, hour, now), text)
        command = c.AskArea(state_of(talk).folio, area.code, talk.held[1], hour if text.strip() else None)
        return ask(talk, Do(command), then="@", text=text)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """Back to the very step and line that were interrupted."""
        t, area, asked = talk.setting.words.t, area_of(talk), state_of(talk).requests[-1:]
        if area is None or not asked:
            return returned(talk).talk
        when = talk.setting.shown.when(asked[0].due_at, now)
        return returned(talk, t("Asked: {area}, by {when}.", area=area.name, when=when)).talk
