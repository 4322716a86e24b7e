"""A name is being typed: the case has begun, and the customers found are one key away (rules A3, C1, D3)."""

from __future__ import annotations

import re
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.choose import pick_from_tail
from mesa_recuperacion.dialogue.scenes.base import Shape, ask, go, refuse
from mesa_recuperacion.dialogue.scenes.customer import history, risk
from mesa_recuperacion.dialogue.scenes.finding import Finding
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.commands import OpenCase
from mesa_recuperacion.domain.text import NAME_LENGTH, clean, is_phone
from mesa_recuperacion.domain.views import Customer

_HISTORY = 2
"""Earlier cases that are told: with a full list and the risk, the smallest window has room for no more."""


class Lookup(Finding):
    """The customers found for what is typed, with what happened to them before the first word is said."""

    back = "idle"

    def keys(self, listed: tuple[Customer, ...]) -> tuple[str, ...]:
        """The new customer is always there, last."""
        return (*super().keys(listed), "0")

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The customers found, and the new one."""
        t, name = talk.setting.words.t, clean(self.sought(talk, text), 30)
        new = t("New customer: “{name}”", name=name) if name else t("New customer")
        return (*super().rows(talk, text, now), Option("0", new, ("", "")))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list, and of the row that Enter would take the risk and the history."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        index = self.selected(talk, text, rows)
        blocks: list[Block] = [Choice((t("Customer"), t("telephone"), t("history")), rows, index, left=(0,)), Gap()]
        listed, many = self.listed(talk, text), self.many(talk, text)
        if many:
            blocks.append(Text(many, "warn"))
        elif index is not None and index < len(listed):
            blocks += _before(talk, listed[index])
        return Shape(t("Customer"), t("Enter opens the case"), tuple(blocks))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens the case, decided only on the customers found for this very text."""
        t = talk.setting.words.t
        if not clean(text):
            return go(talk, "idle", started_at=None, found=None)
        searching = self.looked_up(talk, text)
        if searching is not None:
            return searching
        rows, listed, many = self.rows(talk, text, now), self.listed(talk, text), self.many(talk, text)
        if many:
            return refuse(talk, many, text)
        index, (name, row) = self.selected(talk, text, rows), self.parted(talk, text)
        if index is None:
            last = rows[-2].key if len(rows) > 1 else "0"
            return refuse(talk, t("There is no customer {key} on the list: 1 to {last}, or 0 for a new one.",
                                  key=row or "", last=last), text)  # fmt: skip
        started = talk.started_at or now
        if index == len(listed):
            return _open_new(talk, name, started)
        unclear = self.unclear(talk, text, listed[index])
        if unclear:
            return refuse(talk, unclear, text)
        return ask(talk, Do(OpenCase(started, customer=listed[index].id)), then="apologise", text=text)


def _before(talk: Talk, customer: Customer) -> tuple[Block, ...]:
    """The risk, before the first word is said, and the latest cases."""
    t, lost = talk.setting.words.t, risk(talk, customer, coming=1)
    told = history(talk, customer.history[:_HISTORY]) if customer.history else ()
    if lost:
        return (Text(f"{lost} {t('Recognise it when you apologise.')}", "warn"), *told)
    again = t("▲ It is not the first time: recognise it when you apologise.")
    return (*told, Text(again, "warn")) if customer.recent and told else told


def _open_new(talk: Talk, name: str, started: datetime) -> Step:
    t = talk.setting.words.t
    if is_phone(name):
        return refuse(talk, t("Nobody has that telephone yet. Type the name; the telephone comes at step 6."), name)
    kept = clean(name, NAME_LENGTH)
    if not has_letters(kept):
        return refuse(talk, t("That has no letters: type the customer's name."), name)
    return ask(talk, Do(OpenCase(started, name=kept)), then="apologise", text=name)


def has_letters(name: str) -> bool:
    """Whether a name can be one: it has a letter."""
    return re.search(r"[^\W\d_]", name) is not None


def typed_name(text: str) -> str:
    """The name in a lookup line, without the row number after it."""
    return pick_from_tail(text)[0]
