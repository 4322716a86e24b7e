"""A name is being typed: the case has begun, and the customers found are one key away (rules A3, C1)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.grammar.choose import pick_from_tail
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, go, policy_of, refuse
from mesa_recuperacion.dialogue.talk import Do, FindCustomers, Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.commands import OpenCase
from mesa_recuperacion.domain.text import NAME_LENGTH, clean, fold, is_phone
from mesa_recuperacion.domain.views import Customer, HistoryLine

_SHOWN = 6
_HISTORY = 3


class Lookup(Scene):
    """The customers found for what is typed, with what happened to them before the first word is said."""

    back = "idle"

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The customers found, and always the new one, last."""
        t = talk.setting.words.t
        rows = [
            Option(str(n), c.name, (c.phone, complaints(talk, c, now)), "warn" if c.recent else "")
            for n, c in enumerate(_found(talk), 1)
        ]
        name = clean(typed_name(text), 30)
        return (*rows, Option("0", t("New customer: “{name}”", name=name) if name else t("New customer"), ("", "")))

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row that Enter takes: the number typed after the name, the arrows' pick, else the first."""
        _, tail = pick_from_tail(text)
        if tail is not None:
            return next((i for i, row in enumerate(rows) if row.key == tail), None)
        return min(talk.pick, len(rows) - 1) if talk.pick is not None else 0

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list, and the history of the row that Enter would take."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        index = self.selected(talk, text, rows)
        blocks: list[Block] = [Choice((t("Customer"), t("telephone"), t("history")), rows, index, left=(0,))]
        found = _found(talk)
        if index is not None and index < len(found) and found[index].history:
            blocks += [Gap(), *history(talk, found[index].history[:_HISTORY])]
            if found[index].recent:
                blocks.append(Text(t("▲ It is not the first time: recognise it when you apologise."), "warn"))
        return Shape(t("Customer"), t("Enter opens the case"), tuple(blocks))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens the case, decided only on the customers found for this very text."""
        t, (name, tail) = talk.setting.words.t, pick_from_tail(text)
        if not clean(text):
            return go(talk, "idle", started_at=None, found=None)
        if talk.found is None or talk.found.text != name:
            return Step(replace(talk, then="open", sent=text, said=""), (FindCustomers(name),))
        rows = self.rows(talk, text, now)
        index = self.selected(talk, text, rows)
        if index is None:
            last = rows[-2].key if len(rows) > 1 else "0"
            return refuse(talk, t("There is no customer {key} on the list: 1 to {last}, or 0 for a new one.",
                                  key=tail, last=last), text)  # fmt: skip
        started = talk.started_at or now
        found = _found(talk)
        if index == len(found):
            return _open_new(talk, name, started)
        chosen, explicit = found[index], talk.pick is not None or tail is not None
        if not explicit and sum(fold(c.name) == fold(chosen.name) for c in found) > 1:
            said = t("There is more than one {name}. Choose by the telephone: number after the name, or arrows.",
                     name=clean(chosen.name, 24))  # fmt: skip
            return refuse(talk, said, text)
        return ask(talk, Do(OpenCase(started, customer=chosen.id)), then="apologise", text=text)


def _open_new(talk: Talk, name: str, started: datetime) -> Step:
    t = talk.setting.words.t
    if is_phone(name):
        return refuse(talk, t("Nobody has that telephone yet. Type the name; the telephone comes at step 6."), name)
    kept = clean(name, NAME_LENGTH)
    if not re.search(r"[^\W\d_]", kept):
        return refuse(talk, t("That has no letters: type the customer's name."), name)
    return ask(talk, Do(OpenCase(started, name=kept)), then="apologise", text=name)


def _found(talk: Talk) -> tuple[Customer, ...]:
    return talk.found.customers[:_SHOWN] if talk.found else ()


def typed_name(text: str) -> str:
    """The name in a lookup line, without the row number after it."""
    return pick_from_tail(text)[0]


def complaints(talk: Talk, customer: Customer, now: datetime) -> str:
    """How often a customer complained and when last, in words."""
    words = talk.setting.words
    if not customer.complaints or customer.last_at is None:
        return words.t("no complaints")
    days = max(0, (now - customer.last_at).days)
    ago = words.t("today") if days == 0 else words.tn("{n} day ago", "{n} days ago", days)
    text = words.tn("{n} complaint, last {ago}", "{n} complaints, last {ago}", customer.complaints, ago=ago)
    return f"▲ {text}" if customer.recent else text


def history(talk: Talk, lines: tuple[HistoryLine, ...], *, narrow: bool = False) -> tuple[Block, ...]:
    """Earlier cases: when, what, how it was put right, and whether the customer was satisfied.

    One line each, or two where the place is ``narrow``.
    """
    made: list[Block] = [Text(talk.setting.words.t("Before"), "dim")]
    for h in lines:
        head, rest = _line(talk, h)
        made += [Text(head, _mark(h)), Text(f"  {rest}", "dim")] if narrow else [Text(f"{head:<44} {rest}", _mark(h))]
    return tuple(made)


def _mark(h: HistoryLine) -> str:
    return "warn" if h.satisfied is False or h.status != "closed" else ""


def _line(talk: Talk, h: HistoryLine) -> tuple[str, str]:
    t, shown = talk.setting.words.t, talk.setting.shown
    problem = policy_of(talk).problem(h.problem)
    remedy = problem.remedy(h.remedy) if problem else None
    amount = shown.money(h.compensation) if h.compensation is not None else ""
    outcome = {True: t("satisfied"), False: t("not satisfied"), None: t("open, {case}", case=h.case)}[h.satisfied]
    parts = " · ".join(part for part in (remedy.done.lower() if remedy else "", amount, outcome) if part)
    name = problem.name if problem else t("problem not noted")
    return f"{'▲' if _mark(h) else '●'} {shown.day(h.at):<12}{name}", parts
