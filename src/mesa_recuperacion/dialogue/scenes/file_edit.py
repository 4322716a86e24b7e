"""Putting a customer's card right: names, the telephone, and two cards of one person (rule A3)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, onward, refuse
from mesa_recuperacion.dialogue.scenes.contact import phone_ghost, phone_of
from mesa_recuperacion.dialogue.scenes.customer import complaints, named
from mesa_recuperacion.dialogue.scenes.file import apart, noted, parted
from mesa_recuperacion.dialogue.scenes.finding import Filed
from mesa_recuperacion.dialogue.scenes.lookup import has_letters
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Pairs, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.text import NAME_LENGTH, call_name, clean
from mesa_recuperacion.domain.views import Customer, CustomerFile


def card_of(talk: Talk) -> CustomerFile:
    """The file that is open; these scenes always have one."""
    if talk.card is None:
        raise LookupError("no file is open")
    return talk.card


def unchanged(talk: Talk) -> Step:
    """Back at the file: Enter on an empty line leaves everything as it is."""
    return onward(talk, "file", *talk.held[:1])


class Edit(Scene):
    """One value of the card, shown as it is."""

    back = "file"
    saves_line = False

    def page(self, talk: Talk, prompt: str, *said: str, ghost: str = "") -> Shape:
        """What the card says now, and what to type."""
        t, customer = talk.setting.words.t, card_of(talk).customer
        rows = (
            (t("Name"), named(talk, customer.name), ""), (t("How to call them"), customer.call_name, ""),
            (t("Telephone"), customer.phone or t("no telephone yet"), ""),
        )  # fmt: skip
        kept = t("Enter alone leaves it as it is.")
        texts = (Text(text, "dim") for text in (*said, kept))
        return Shape(prompt, t("Enter puts it right · Esc goes back"), (Pairs(rows), Gap(), *texts), ghost=ghost)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """At the file again."""
        return noted(talk, talk.setting.words.t("The card is put right."))


class FileName(Edit):
    """The name, as the customer writes it."""

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The name as it is kept."""
        t = talk.setting.words.t
        return self.page(talk, t("Name"), t("The whole name, as the customer writes it."))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Puts it right; how to call them follows, unless it was something of their own."""
        t, customer, name = talk.setting.words.t, card_of(talk).customer, clean(text, NAME_LENGTH)
        if not name:
            return unchanged(talk)
        if not has_letters(name):
            return refuse(talk, t("That has no letters: type the customer's name."), text)
        called = "" if customer.call_name == call_name(customer.name) else customer.call_name
        return ask(talk, Do(c.NameCustomer(customer.id, name, called)), then="@", text=text)


class FileCall(Edit):
    """How to call them: it is said in every phrase."""

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """How they are called now."""
        t = talk.setting.words.t
        return self.page(talk, t("How to call them"), t("It is said in every phrase: ask, do not guess."))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Notes it."""
        t, customer, called = talk.setting.words.t, card_of(talk).customer, clean(text, NAME_LENGTH)
        if not called:
            return unchanged(talk)
        if not has_letters(called):
            return refuse(talk, t("That has no letters: type how they like to be called."), text)
        return ask(talk, Do(c.NameCustomer(customer.id, customer.name, called)), then="@", text=text)


class FilePhone(Edit):
    """The telephone."""

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The telephone as it is kept."""
        t = talk.setting.words.t
        return self.page(talk, t("Telephone"), t("Figures, spaces and dashes."), ghost=phone_ghost(text))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Notes it; a number with a digit missing is asked about once."""
        t = talk.setting.words.t
        unread = t("A telephone is figures, spaces and dashes. Enter alone leaves it as it is.")
        phone = phone_of(talk, text, unread)
        if isinstance(phone, Step):
            return phone
        if not phone:
            return unchanged(talk)
        return ask(talk, Do(c.NotePhone(card_of(talk).customer.id, phone)), then="@", text=text)


class FileMerge(Filed):
    """Another card of the same person: read as this one from now on.  Only supervision, and undone by a number."""

    back = "file"

    def proposed(self, talk: Talk) -> str:
        """Whoever has the same telephone."""
        return card_of(talk).customer.phone

    def listed(self, talk: Talk, text: str) -> tuple[Customer, ...]:
        """Every card but the one that is open."""
        here = card_of(talk).customer.id
        return tuple(one for one in super().listed(talk, text) if one.id != here)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing: two cards are not joined by a stray Enter."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Both cards with their telephones and complaints."""
        t, rows, here = talk.setting.words.t, self.rows(talk, text, now), card_of(talk).customer
        titles = (t("This card"), t("telephone"), t("history"))
        this = Option("", named(talk, here.name), (here.phone, complaints(talk, here, now)))
        blocks: list[Block] = [Choice(titles, (this,), left=(0,)), Gap()]
        if rows:
            blocks += [Choice((t("Is it one of these?"),), rows, self.selected(talk, text, rows), left=(0,)), Gap()]
        blocks.append(Text(t("The cases of both are then read together. 5, in the file, takes it back."), "dim"))
        return Shape(t("The other card"), t("name, then its number · Enter"), tuple(blocks))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Joins the card that was chosen by its number or with the arrows."""
        t = talk.setting.words.t
        if not clean(text) and talk.pick is None:
            return unchanged(talk)
        searching = self.looked_up(talk, text)
        if searching is not None:
            return searching
        rows, listed = self.rows(talk, text, now), self.listed(talk, text)
        if not rows:
            return refuse(talk, t("No other card is found for that. Any word of the name, or the telephone."), text)
        index = self.selected(talk, text, rows)
        if index is None:
            return refuse(talk, t("Which card is it? Its number after the name, or the arrows."), text)
        merge = Do(c.MergeCards(card_of(talk).customer.id, listed[index].id))
        return ask(talk, merge, then="@", text=text)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """At the file again, with what takes it back."""
        return noted(talk, talk.setting.words.t("Both cards are read as one now. 5 takes them apart again."))


class FileApart(Scene):
    """Which of several joined cards is somebody else's."""

    back = "file"
    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The cards that were joined."""
        merged = card_of(talk).merged
        return tuple(Option(str(n), named(talk, one.name), (one.phone,)) for n, one in enumerate(merged, 1))

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing by default."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The cards with their telephones."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        titles = (t("Which card is somebody else's?"), t("telephone"))
        choice = Choice(titles, rows, self.selected(talk, text, rows), left=(0,))
        name = Text(named(talk, card_of(talk).customer.name), "strong")
        return Shape(t("Card"), t("number · Esc goes back"), (name, Gap(), choice))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Takes it apart."""
        if not clean(text) and talk.pick is None:
            return unchanged(talk)
        index = self.choice(talk, text, self.rows(talk, text, now))
        card = card_of(talk)
        return index if isinstance(index, Step) else apart(talk, card, card.merged[index])

    def done(self, talk: Talk, now: datetime) -> Talk:
        """At the file again."""
        return parted(talk)
