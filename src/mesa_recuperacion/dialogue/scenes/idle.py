"""Between calls: what is due, what is parked, and the name that opens the next case (rules C1, C4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do, FindCustomers, LoadCase
from mesa_recuperacion.dialogue.scenes import duties, reading
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, go, refuse, with_line
from mesa_recuperacion.dialogue.scenes.lookup import typed_name
from mesa_recuperacion.dialogue.standing import is_read_only
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.commands import ResumeCase
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Draft, OfferItem, OpenItem

WAITING = 3
"""From so many parked cases on, the desk says how many people wait."""

Item = duties.Item | reading.Item


@dataclass(frozen=True, slots=True)
class Section:
    """One of the lists of the idle desk."""

    title: str
    rows: tuple[tuple[Item, Option], ...]


def sections(talk: Talk, now: datetime) -> tuple[Section, ...]:
    """What colleagues hand over, what is half done, what is due and what is parked, numbered through."""
    day, t = talk.day, talk.setting.words.t
    if day is None:
        return ()
    groups: list[tuple[str, Sequence[Item]]] = [
        (t("Handed to you"), day.offered),
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
    return reading.option(talk, key, item) if isinstance(item, reading.Item) else duties.option(talk, key, item, now)


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
        more = t("and {n} more: a number takes them too", n="{n}")
        for section in made:
            options = tuple(option for _, option in section.rows)
            inside = selected - before if selected is not None and 0 <= selected - before < len(options) else None
            blocks += [Choice((section.title,), options, inside, left=(0, 1), more=more), Gap()]
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
        if item.status == "parked" and not is_read_only(talk):
            return ask(talk, Do(ResumeCase(item.case)), LoadCase(item.case), then="resume")
        return ask(talk, LoadCase(item.case), then="resume")
    if isinstance(item, OfferItem):
        return ask(talk, LoadCase(item.case), then="handed")
    if not item.case:  # an action is of no case
        return go(talk, duties.STAGES[item.kind], item=item.id)
    return ask(replace(talk, item=item.id), LoadCase(item.case), then=duties.STAGES[item.kind])
