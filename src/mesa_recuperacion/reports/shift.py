"""The slip of a shift: what was done in it, and the mark of the journal, on paper that is outside the computer (E1)."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from textwrap import wrap

from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.views import Day
from mesa_recuperacion.reports.voice import Voice

WIDTH = 42
"""Columns: what a receipt printer has on paper of 80 mm."""

MARK_DIGITS = 12
"""Hexadecimal digits of a line's hash that are put on paper: few enough to be read aloud, 2^48 to be met by chance."""

Head = tuple[str, int, bytes]


def mark(head: Head) -> str:
    """``CEN-1 1042 35194a66bb7f``: what ``mesa journal verify --head`` takes."""
    return f"{head[0]} {head[1]} {head[2].hex()[:MARK_DIGITS]}"


def shift_slip(voice: Voice, day: Day, head: Head, now: datetime) -> str:
    """The slip of whoever's day it is; no customer is named on it."""
    t = voice.words.t
    left = voice.money(day.budget.left.minor)
    rows = [
        (t("Cases today"), str(day.counts.cases)),
        (t("On time"), str(day.counts.on_time)),
        (t("At first contact"), str(day.counts.first_contact)),
        (t("Left in the budget"), left),
        (t("Reserved, not delivered yet"), voice.money(day.budget.reserved.minor)),
        (t("Open cases, each with its next call"), str(len(day.open))),
        (t("Due today and not answered"), str(len(day.agenda))),
    ]
    proves = t("From today on, this shows whether anything before it was changed or cut off:")
    lines = [
        *_folded(f"{voice.business} · {voice.branch}"), *_folded(t("End of shift")),
        *_folded(f"{voice.moment(now)}"), *_folded(voice.by), "",
        *(line for row in rows for line in _row(*row)), "",
        *_folded(t("Mark of the journal")), mark(head), "", *_folded(proves),
        *_folded(f'mesa journal verify --head "{mark(head)}"'), "", "", "_" * 30, t("Supervision"),
    ]  # fmt: skip
    return "\n".join([*lines, ""])


def _row(name: str, value: str) -> list[str]:
    """A name and its figure at the right edge; a long name goes on below."""
    folded = wrap(name, WIDTH - _width(value) - 2)
    blanks = " " * (WIDTH - _width(folded[-1]) - _width(value))
    return [*folded[:-1], f"{folded[-1]}{blanks}{value}"]


def _width(text: str) -> int:
    """Columns on paper: a wide letter takes two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _folded(text: str) -> list[str]:
    return wrap(clean(text), WIDTH, break_on_hyphens=False) or [""]
