"""The customer's file (F4): what happened before, who else has the telephone, and what can be put right (A3, D3)."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import datetime
from unicodedata import east_asian_width

from mesa_recuperacion.dialogue.asks import Do, FindCustomers, LoadFile
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, onward, refuse, returned, root
from mesa_recuperacion.dialogue.scenes.customer import named, past, risk, risk_days
from mesa_recuperacion.dialogue.scenes.finding import Filed
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.commands import UndoMerge
from mesa_recuperacion.domain.parts import OPEN
from mesa_recuperacion.domain.refusals import Refusal, StillOpen, SupervisorNeeded
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.views import Card, CustomerFile, HistoryLine

ROWS, WIDTH = 13, 74
"""Rows of main, and columns of running text in it, in the smallest window (80 by 24)."""

_NAMED, _NAME = 2, 14
"""Other cards that are named, and the columns for each; of more than that, how many: they stand in one row."""


_STAGES = {
    "1": "file_name", "2": "file_call", "3": "file_phone", "4": "file_merge", "5": "file_apart", "6": "file_forget",
}  # fmt: skip
"""The question behind each number."""

_SUPERVISED = ("4", "5", "6")
"""What only supervision can do."""

_ENOUGH = 3
"""Cases worth keeping two empty rows beside."""


class File(Scene):
    """One customer: the card, the risk, the history by pages, and the numbers that put the card right."""

    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """What can be put right; on the pages of the history there is nothing to choose."""
        return _actions(talk) if talk.page == 0 else ()

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing: Enter alone goes back."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The card, or a page of the history."""
        t, key, card = talk.setting.words.t, talk.setting.key, talk.card
        if card is None:
            return Shape(t("File"), t("Enter or Esc goes back"), (Text(t("The file is being opened…"), "dim"),))
        cuts = _cuts(talk, card)
        page = min(talk.page, len(cuts) - 1)
        first, last = cuts[page]
        lines = _history(talk, card.customer.history[first:last], (first, last, len(card.customer.history)), now)
        name = Text(named(talk, card.customer.name), "strong")
        if page:
            return Shape(
                t("File"), t("{back} {on} page · Enter goes back", back=key("F7"), on=key("F8")), (name, Gap(), *lines)
            )
        actions = self.rows(talk, text, now)
        chosen = Choice((), actions, self.selected(talk, text, actions), left=(0,))
        more = t("number · Enter goes back")
        if len(cuts) > 1:
            more = t("number · {key} next page · Enter goes back", key=key("F8"))
        return Shape(t("File"), more, (name, *_facts(talk, card), Gap(), chosen, Gap(), *lines))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Goes back, or on to what is to be put right; a file that could not be loaded is asked for again."""
        card = talk.card
        if card is None:
            again = talk.said_style == "bad" and bool(talk.held)
            return Step(replace(talk, said="", said_style=""), (LoadFile(talk.held[0]),)) if again else returned(talk)
        if not clean(text) and talk.pick is None:
            return returned(talk)
        if not supervises(talk) and text.strip() in _SUPERVISED:
            return refuse(talk, sentence(talk.setting, SupervisorNeeded(), now), text)
        actions = _actions(talk)
        index = self.choice(talk, text, actions)
        if isinstance(index, Step):
            return index
        stage = _STAGES[actions[index].key]
        if stage == "file_apart" and len(card.merged) == 1:
            return apart(talk, card, card.merged[0])
        still = tuple(line.case for line in reversed(card.customer.history) if line.status in OPEN)
        if stage == "file_forget" and still:
            return refuse(talk, sentence(talk.setting, StillOpen(still), now))
        return _begun(talk, card, stage)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """Back to where it was asked for, if the card is no longer here."""
        if talk.card is not None:
            return None
        here = returned(talk).talk
        return Step(replace(here, then="", said=sentence(talk.setting, refusal, now), said_style="warn"))

    def done(self, talk: Talk, now: datetime) -> Talk:
        """The cards are apart again."""
        return parted(talk)


def _begun(talk: Talk, card: CustomerFile, stage: str) -> Step:
    """On to a question about the card; for another card of the person, those with the telephone are proposed."""
    there = replace(onward(talk, stage, card.customer.id, stage).talk, found=None)
    phone = card.customer.phone if stage == "file_merge" else ""
    return Step(there, (FindCustomers(phone),) if phone else ())


def supervises(talk: Talk) -> bool:
    """Whether whoever is at the desk is a supervisor."""
    return talk.person is not None and talk.person.role == "supervisor"


def apart(talk: Talk, card: CustomerFile, other: Card) -> Step:
    """They are two people after all."""
    return ask(talk, Do(UndoMerge(card.customer.id, other.id)), then="@")


def parted(talk: Talk) -> Talk:
    """At the file again, after two cards were taken apart."""
    said = talk.setting.words.t("They are two people again, each with their own cases.")
    return noted(talk, said)


def noted(talk: Talk, said: str) -> Talk:
    """At the file again, with a word about what was put right."""
    here = onward(talk, "file", *talk.held[:1]).talk
    return replace(here, said=said, said_style="good")


def turned(talk: Talk, by: int) -> Step:
    """Another page of the file that is open."""
    last = len(_cuts(talk, talk.card)) - 1 if talk.card is not None else 0
    return Step(replace(talk, page=max(0, min(last, talk.page + by)), pick=None))


def _actions(talk: Talk) -> tuple[Option, ...]:
    t, card = talk.setting.words.t, talk.card
    if card is None or card.customer.forgotten:
        return ()
    customer = card.customer
    rows = [
        Option("1", t("Put the name right"), (customer.name,)),
        Option("2", t("How to call them"), (customer.call_name,)),
        Option("3", t("Telephone"), (customer.phone or t("no telephone yet"),)),
    ]
    if supervises(talk):
        rows.append(Option("4", t("The same person has another card")))
        if card.merged:
            rows.append(Option("5", t("They are two people after all")))
        rows.append(Option("6", t("They ask to be forgotten")))
    return tuple(rows)


def _facts(talk: Talk, card: CustomerFile) -> tuple[Text, ...]:
    """How often, the risk, and the other cards."""
    t, lost = talk.setting.words.t, risk(talk, card.customer, coming=1 if root(talk) == "lookup" else 0)
    made = [Text(_often(talk, card), "dim")]
    if lost:
        made.append(Text(lost, "warn"))
    if card.merged:
        made.append(Text(t("Read together with: {names}.", names=_some(talk, card.merged))))
    shared = Text(t("Also the telephone of {names}.", names=_some(talk, card.same_phone)))
    taken = rows_of(named(talk, card.customer.name)) + len(_actions(talk)) + sum(rows_of(one.text) for one in made)
    if card.same_phone and taken + rows_of(shared.text) <= ROWS:  # else 4 says so, which proposes just those
        made.insert(2 if lost else 1, shared)
    return tuple(made)


def _often(talk: Talk, card: CustomerFile) -> str:
    """How many complaints, since when, and how many of them lately."""
    t, tn, customer, count = talk.setting.words.t, talk.setting.words.tn, card.customer, card.customer.complaints
    if not count:
        return t("no complaints")
    if count > len(customer.history):
        often = tn("{n} complaint", "{n} complaints", count)
    else:
        day = _dated(talk, customer.history[-1].at, None)
        often = tn("{n} complaint, on {day}", "{n} complaints since {day}", count, day=day)
    return t("{often} · {n} in the last {days} days", often=often, n=customer.recent, days=risk_days(talk))


def _some(talk: Talk, cards: tuple[Card, ...]) -> str:
    """Whose cards, by name, in one row."""
    names = ", ".join(_short(named(talk, card.name)) for card in cards[:_NAMED])
    more = len(cards) - _NAMED
    return talk.setting.words.t("{names} and {n} more", names=names, n=more) if more > 0 else names


def _short(name: str) -> str:
    kept = name if len(name) <= _NAME else name[:_NAME].rstrip()
    while columns(kept) > _NAME:
        kept = kept[:-1].rstrip()
    return kept if kept == name else f"{kept}…"


def _dated(talk: Talk, at: datetime, now: datetime | None) -> str:
    """A day, with its year unless that is this one."""
    shown, year = talk.setting.shown, at.astimezone(talk.setting.shown.zone).year
    return shown.day(at) if now is not None and year == now.astimezone(shown.zone).year else f"{shown.day(at)} {year}"


def _history(
    talk: Talk, lines: tuple[HistoryLine, ...], place: tuple[int, int, int], now: datetime
) -> tuple[Block, ...]:  # fmt: skip
    if not lines:
        return ()
    first, last, total = place
    title = talk.setting.words.t("Before: {first} to {last} of {n}", first=first + 1, last=last, n=total)
    rows = []
    for line in lines:
        one = past(talk, line)
        cells = (one.problem, one.how, one.outcome)
        rows.append(Option("", f"{one.sign} {_dated(talk, line.at, now)}", cells, one.mark))
    return (Choice((title,), tuple(rows), left=(0, 1, 2)),)


# ----------------------------------------------------------------------------------------------------------- pages


def _cuts(talk: Talk, card: CustomerFile) -> list[tuple[int, int]]:
    """Which part of the history stands on each page, so that the smallest window has room for all of it.

    The first page shows the card as well: the history has what is left there after a title and two empty rows, or
    without them if that is very little.
    """
    total, name = len(card.customer.history), rows_of(named(talk, card.customer.name))
    used = name + sum(rows_of(fact.text) for fact in _facts(talk, card)) + len(_actions(talk))
    airy, each = ROWS - used - 3, max(1, ROWS - name - 2)
    first = airy if airy >= min(total, _ENOUGH) else max(0, airy + 2)
    starts = [0, *range(min(first, total), total, each)] if total > first else [0]
    return list(zip(starts, [*starts[1:], total], strict=True))


def columns(text: str) -> int:
    """How many columns a text takes at most: a wide letter takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def rows_of(text: str, width: int = WIDTH) -> int:
    """How many rows a paragraph takes at most."""
    narrow = columns(text) == len(text)
    wide = text if narrow else "".join(letter * columns(letter) for letter in text)
    return max(1, len(textwrap.wrap(wide, width, break_on_hyphens=False)))


class FileFind(Filed):
    """Between calls: whose file it is.  No case begins."""

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The customers found."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        titles, many = (t("Customer"), t("telephone"), t("history")), self.many(talk, text)
        blocks: list[Block] = [Choice(titles, rows, self.selected(talk, text, rows), left=(0,))] if rows else \
            [Text(t("Type a name or a telephone. No clock starts."), "dim")]  # fmt: skip
        blocks += [Gap(), Text(many, "warn")] if many else []
        return Shape(t("Whose file"), t("Enter opens it · Esc goes back"), tuple(blocks))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens the file of the customer found for this very text."""
        t = talk.setting.words.t
        if not clean(text):
            return returned(talk)
        searching = self.looked_up(talk, text)
        if searching is not None:
            return searching
        rows, listed, many = self.rows(talk, text, now), self.listed(talk, text), self.many(talk, text)
        if many:
            return refuse(talk, many, text)
        index = self.selected(talk, text, rows)
        if index is None:
            return refuse(talk, t("Nobody is found for that. Any word of the name, or the telephone."), text)
        unclear = self.unclear(talk, text, listed[index])
        if unclear:
            return refuse(talk, unclear, text)
        who = listed[index].id
        there = onward(talk, "file", who).talk
        return Step(replace(there, card=None), (LoadFile(who),))
