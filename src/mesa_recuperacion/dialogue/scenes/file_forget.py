"""Forgetting a customer at their wish: what goes, what stays, where a copy may still be (rule E3).

Only supervision; it cannot be undone, so the supervisor signs with their own PIN once more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from mesa_recuperacion.dialogue.asks import Forget, LoadDay
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, ask, go, onward, refuse
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.scenes.file_edit import card_of
from mesa_recuperacion.dialogue.scenes.pin import said
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.talk import Forgotten, Secret, Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.refusals import LockedOut, Refusal, WrongPin

_CELL = "\t"
"""Between what became of a file and where it is, in what the last page holds."""


class FileForget(Scene):
    """What is about to happen, and the supervisor's own PIN."""

    back = "file"
    saves_line = False
    secret = True

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Everything that whoever signs has to know."""
        t, customer = talk.setting.words.t, card_of(talk).customer
        until = talk.setting.shown.day(now + timedelta(days=talk.setting.keep_days))
        main: tuple[Block, ...] = (
            Text(t("{name} asks to be forgotten", name=named(talk, customer.name)), "strong"),
            Text(t("Goes for good: name, telephone, notes, reasons and whatever else was typed about them; and the"
                   " tables for spreadsheets that name them.")),
            *_stays(talk, customer.complaints),
            Text(t("What they were still promised ends: nobody can call them any more.")),
            Text(t("Backups hold them until {day}; then nothing does.", day=until)),
            Gap(),
            Text(t("It cannot be undone. You sign with your own PIN."), "warn"),
        )  # fmt: skip
        return Shape(t("Your own PIN"), t("Enter forgets · Esc goes back"), main, mask="all")

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Asks for it, signed."""
        typed = text.strip()
        if not typed:
            return refuse(talk, talk.setting.words.t("Type the PIN that you come in with."))
        return ask(talk, Forget(card_of(talk).customer.id, Secret(typed)))

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """The same question after a wrong PIN; else back at the file, where the reason is said."""
        text = sentence(talk.setting, refusal, now)
        if isinstance(refusal, WrongPin):
            text = talk.setting.words.tn(
                "That is not your own PIN. {n} attempt is left.",
                "That is not your own PIN. {n} attempts are left.", refusal.left,
            )  # fmt: skip
        there = "file_forget" if isinstance(refusal, WrongPin | LockedOut) else "file"
        return said(talk, onward(talk, there, *talk.held[:1]), text)


def _stays(talk: Talk, cases: int) -> tuple[Text, ...]:
    """What does not go, if there is any."""
    told = talk.setting.words.tn(
        "Stays: {n} case, with its amounts and times; it says “{name}”. No figure changes.",
        "Stays: {n} cases, with their amounts and times; they say “{name}”. No figure changes.",
        cases, name=named(talk, ""),
    )  # fmt: skip
    return (Text(told),) if cases else ()


def forgotten(talk: Talk, outcome: Forgotten, now: datetime) -> Talk:
    """What was done, to be read once; nothing of the customer is left in what was half typed or looked up either."""
    t, day = talk.setting.words.t, datetime.combine(outcome.until, time(), talk.setting.shown.zone)
    told = [_counting(talk, outcome.cases)]
    told.append(t("The program's backups hold them until {day}; those that somebody made by hand, until they are"
                  " erased.", day=talk.setting.shown.day(day)))  # fmt: skip
    if not outcome.swept:
        told.append(t("Remains are in the branch's file until it is next opened or closed. Nothing has to be done."))
    found = (
        (t("erased: it named them"), outcome.removed),
        (t("not there any more: look for it"), outcome.missing),
        (t("could not be erased: by hand"), outcome.stuck),
    )
    files = (f"{what}{_CELL}{path}" for what, paths in found for path in paths)
    held = (*told, *files)
    clean = go(talk, "file_forgotten", file=None, card=None, found=None, started_at=None, item="", held=held).talk
    return replace(clean, then="", line="", line_serial=clean.line_serial + 1)


def _counting(talk: Talk, cases: int) -> str:
    if not cases:
        return talk.setting.words.t("There was no case of theirs: of the card nothing is left.")
    return talk.setting.words.tn(
        "{n} case goes on counting: amounts, times and the journal are as they were.",
        "{n} cases go on counting: amounts, times and the journal are as they were.", cases,
    )  # fmt: skip


class FileForgotten(Scene):
    """What was erased, and where a copy may still be."""

    back = "idle"
    saves_line = False

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The files, which the arrows and pages go through."""
        cells = (line.split(_CELL) for line in talk.held if _CELL in line)
        return tuple(Option("", what, (path,)) for what, path in cells)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """Nothing is chosen here."""
        return None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """What was done, and each file that named them, or may."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        said = (Text(line) for line in talk.held if _CELL not in line)
        main: tuple[Block, ...] = (Text(named(talk, ""), "strong"), *said)
        if rows:
            more = t("and {n} more lines", n="{n}")
            main += (Gap(), Choice((t("Files"),), rows, self.selected(talk, text, rows), left=(0,), more=more))
        return Shape(t("File"), t("Enter or Esc goes back"), main)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Back to the desk, or to the page of the review."""
        return ask(talk, LoadDay(), then="idle")
