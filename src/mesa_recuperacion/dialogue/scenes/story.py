"""What happened in a case, so that whoever takes it up need not ask again (rules A3, C6, C7)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.scenes.area import asked_before
from mesa_recuperacion.dialogue.scenes.base import (
    file_of,
    gesture_name,
    problem_of,
    quoted,
    remedy_of,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.contact import owner_of
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Block, Pairs, Text
from mesa_recuperacion.domain.parts import ANSWER, OPEN
from mesa_recuperacion.domain.text import clean

Row = tuple[str, str, str]

NOTES = 2
"""Rows of the last notes that a story has room for; all of them are in the notes of the case."""

_ROW = 70
"""Characters of a row."""

_WORDS = 70
"""Characters of what somebody wrote that a row has room for."""


def clocks(talk: Talk, now: datetime) -> str:
    """Both clocks of a case that was opened again: the first, as it was closed, and its own (rule C6); else empty."""
    t, span, state = talk.setting.words.t, talk.setting.shown.span, state_of(talk)
    if not state.round:
        return ""
    spent = state.countdown.elapsed(now) if state.status in OPEN else state.elapsed
    return t("first {first} of {standard}; opened again, {spent} of {own}",
             first=span(state.first_elapsed), standard=span(state.first_standard), spent=span(spent),
             own=span(state.standard))  # fmt: skip


def story(
    talk: Talk, now: datetime, *more: Row, room: int = NOTES, areas: bool = True
) -> tuple[Block, ...]:  # fmt: skip
    """Case and telephone, problem, remedy and whatever ``more``; then the last notes and what an area was asked.

    ``room`` is for how many rows of the notes there is room.
    """
    t, shown, file, state = talk.setting.words.t, talk.setting.shown, file_of(talk), state_of(talk)
    problem, remedy = problem_of(talk), remedy_of(talk)
    rows = [
        (t("Case"), " · ".join(filter(None, (state.folio, shown.day_time(state.opened_at), file.customer.phone))), ""),
        (t("Problem"), shortened(state.problem_text) or (problem.name if problem else ""), ""),
        (t("Remedy"), remedy.name if remedy else "", ""),
        (t("Time"), clocks(talk, now), ""),
        *more,
    ]
    asked = asked_before(talk, state.requests[-1:]) if areas else ()
    room -= len(asked) + bool(state.round)
    told = tuple(Text(quoted(talk, note), "dim") for note in latest(file.notes, room))
    return (Pairs(tuple(row for row in rows if row[1])), *told, *asked)


def latest(notes: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The last notes, in order, as far as there is room for their rows."""
    made: list[str] = []
    for note in reversed(notes):
        if room <= 0:
            break
        made.insert(0, shortened(note, room * _ROW))
        room -= -(-len(made[0]) // _ROW)
    return tuple(made)


def shortened(text: str, limit: int = _WORDS) -> str:
    """A text as far as there is room for it."""
    return text if len(text) <= limit else clean(text, limit - 1) + "…"


def decided(talk: Talk) -> tuple[Row, ...]:
    """What the customer was promised, and what they got: two rows, empty where there is nothing."""
    t, shown, state = talk.setting.words.t, talk.setting.shown, state_of(talk)
    promised = [p for p in state.promises if p.status == "pending"]
    made = " · ".join(
        f"{t('an answer') if p.what == ANSWER else owner_of(talk, p.area)}, {shown.day_time(p.due_at)}"
        for p in promised
    )  # fmt: skip
    return (
        (t("Promised"), made, ""),
        (t("Compensation"), gesture_name(talk) if state.gesture else "", ""),
        *wish(talk),
    )


def wish(talk: Talk) -> tuple[Row, ...]:
    """What supervision was asked for and what it answered (rule B4)."""
    t, asked = talk.setting.words.t, state_of(talk).wish
    if asked is None:
        return ()
    amount = talk.setting.shown.money(asked.amount)
    match asked.status:
        case "granted":
            said = t("{amount}: yes, the reserve pays", amount=amount)
        case "declined":
            said = t("{amount}: no, {words}", amount=amount, words=quoted(talk, shortened(asked.words)))
        case "forgotten":
            said = t("{amount}: not answered", amount=amount)
        case _:
            said = t("{amount}: not answered yet", amount=amount)
    return ((t("Supervision"), said, ""),)


def gesture_of(talk: Talk, code: str) -> str:
    """The name of a listed gesture, or of an own amount."""
    t, problem = talk.setting.words.t, problem_of(talk)
    listed = problem.compensation(code) if problem else None
    return listed.name if listed else t("another amount")
