"""Between calls: what is due, what is parked, and the name that opens the next case (rules C1, C4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mesa_recuperacion.dialogue.scenes import reading
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, policy_of, quoted, rail_names, refuse, with_line
from mesa_recuperacion.dialogue.scenes.lookup import typed_name
from mesa_recuperacion.dialogue.talk import Do, FindCustomers, LoadCase, Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.commands import ResumeCase
from mesa_recuperacion.domain.views import AgendaItem, Draft, OpenItem

WAITING = 3
"""From so many parked cases on, the desk says how many people wait."""

Item = Draft | OpenItem | AgendaItem | reading.Item


@dataclass(frozen=True, slots=True)
class Section:
    """One of the lists of the idle desk."""

    title: str
    rows: tuple[tuple[Item, Option], ...]


def sections(talk: Talk, now: datetime) -> tuple[Section, ...]:
    """What is half done, what is due and what is parked, numbered through."""
    day, t = talk.day, talk.setting.words.t
    if day is None:
        return ()
    groups: list[tuple[str, Sequence[Item]]] = [
        (t("Left half done"), (*(d for d in day.drafts if not d.slot), *(o for o in day.open if o.status == "open"))),
        (t("Yours today"), day.agenda),
        (t("Parked"), tuple(o for o in day.open if o.status == "parked")),
        *reading.groups(talk),
    ]
    number, made = 0, []
    for title, items in groups:
        rows = []
        for item in items:
            number += 1
            rows.append((item, _option(talk, str(number), item, now)))
        if rows:
            made.append(Section(title, tuple(rows)))
    return tuple(made)


def _option(talk: Talk, key: str, item: Item, now: datetime) -> Option:
    t, clock = talk.setting.words.t, talk.setting.shown.clock
    if isinstance(item, reading.Item):
        return reading.option(talk, key, item)
    if isinstance(item, Draft):
        name = f"{clock(item.started_at or item.at)}  {quoted(talk, item.line)}"
        return Option(key, name, (t("not opened yet"), _waiting(talk, item.started_at or item.at, now)), "warn")
    if isinstance(item, OpenItem):
        where = rail_names(talk).get(item.step, rail_names(talk)["close"])
        what = t("{step} · parked", step=where) if item.status == "parked" else t("{step} · left open", step=where)
        name = f"{clock(item.since)}  {item.customer}"
        return Option(key, name, (what, _waiting(talk, item.since, now)), "warn")
    mark, state = _due(talk, item.due_at, now)
    return Option(key, f"{clock(item.due_at)}  {item.customer}", (_duty(talk, item), state), mark)


def _duty(talk: Talk, item: AgendaItem) -> str:
    t, policy = talk.setting.words.t, policy_of(talk)
    if item.kind == "promise":
        found = next(filter(None, (p.remedy(item.what) for p in policy.problems)), None)
        return t("Promise: {what}", what=found.name if found else item.what)
    problem = policy.problem(item.what)
    return t("Call: {question}", question=problem.question if problem else "")


def _due(talk: Talk, due_at: datetime, now: datetime) -> tuple[str, str]:
    t = talk.setting.words.t
    seconds = int((due_at - now).total_seconds())
    if seconds < 0:
        late = -seconds // 60
        if late >= 24 * 60:
            return "bad", t("■ overdue {days} d", days=late // (24 * 60))
        return "bad", t("■ overdue {time}", time=f"{late // 60}:{late % 60:02}")
    if seconds < 30 * 60:
        return "warn", t("▲ in {minutes} min", minutes=seconds // 60)
    return "good", t("● on time")


def _waiting(talk: Talk, since: datetime, now: datetime) -> str:
    t, minutes = talk.setting.words.t, max(0, int((now - since).total_seconds()) // 60)
    if minutes < 60:
        return t("▲ {minutes} min", minutes=minutes)
    return t("▲ {hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


class Idle(Scene):
    """Greeting, duties and parked cases, each one number away."""

    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Every numbered row, of all the lists."""
        return tuple(option for section in sections(talk, now) for _, option in section.rows)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Enter alone does nothing here: a duty is begun on purpose."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The lists, or the sentence that says there is nothing."""
        t = talk.setting.words.t
        blocks: list[Block] = []
        before, selected = 0, self.selected(talk, text, self.rows(talk, text, now))
        made = sections(talk, now)
        for section in made:
            options = tuple(option for _, option in section.rows)
            inside = selected - before if selected is not None and 0 <= selected - before < len(options) else None
            blocks += [Choice((section.title,), options, inside, left=(0, 1)), Gap()]
            before += len(options)
        if not blocks:
            blocks.append(Text(t("Nothing pending. When somebody calls, type their name."), "dim"))
        parked = sum(1 for o in (talk.day.open if talk.day else ()) if o.status == "parked")
        if parked >= WAITING:
            blocks.append(Text(t("{n} people are waiting.", n=parked), "warn"))
        blocks += reading.remarks(talk, empty=not made)
        return Shape(t("Customer"), t("name, or number of the list"), tuple(blocks))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """A number begins that duty; an empty line with a picked row too."""
        t = talk.setting.words.t
        items = [item for section in sections(talk, now) for item, _ in section.rows]
        if not items or (not text.strip() and talk.pick is None):
            return refuse(talk, t("Type the customer's name: the clock starts with the first letter."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        return index if isinstance(index, Step) else begin(talk, items[index])


def begin(talk: Talk, item: Item) -> Step:
    """Take up a row of the idle desk."""
    if isinstance(item, reading.Item):
        return reading.begin(talk, item)
    if isinstance(item, Draft):
        resumed = replace(talk, stage="lookup", started_at=item.started_at or item.at, pick=None, said="")
        return Step(with_line(resumed, item.line), (FindCustomers(typed_name(item.line)),))
    if isinstance(item, OpenItem):
        if item.status == "parked":
            return ask(talk, Do(ResumeCase(item.case)), LoadCase(item.case), then="resume")
        return ask(talk, LoadCase(item.case), then="resume")
    stage = "promise_due" if item.kind == "promise" else "follow_up_due"
    return ask(replace(talk, item=item.id), LoadCase(item.case), then=stage)
