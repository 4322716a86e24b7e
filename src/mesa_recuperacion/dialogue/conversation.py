"""The conversation: what an answer, a key or an outcome means, and what is on the screen.

Pure: it reads no clock and asks nobody; every call gets the talk and the instant and gives back a value.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue import frame, keymap, moves
from mesa_recuperacion.dialogue import outcomes as come
from mesa_recuperacion.dialogue.scenes import aside, closing, compensate, contact, due, idle, login, lookup, script
from mesa_recuperacion.dialogue.scenes.base import Scene, interrupt, returned
from mesa_recuperacion.dialogue.talk import DropDraft, FindCustomers, Glance, Outcome, Setting, Step, Talk
from mesa_recuperacion.dialogue.view import View
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.views import Draft

SCENES: dict[str, Scene] = {
    "login": login.Login(), "idle": idle.Idle(), "lookup": lookup.Lookup(),
    "apologise": script.Apologise(), "problem": script.Problem(), "other": script.Other(), "note": script.Note(),
    "solve": script.Solve(), "compensate": compensate.Compensate(), "own_amount": compensate.OwnAmount(),
    "nothing_why": compensate.NothingWhy(), "promise": contact.Promise(), "follow_up": contact.FollowUp(),
    "close": closing.Close(), "promise_due": due.PromiseDue(), "promise_again": due.PromiseAgain(),
    "follow_up_due": due.FollowUpDue(), "help": aside.Help(), "menu": aside.Menu(), "add_note": aside.AddNote(),
}  # fmt: skip


def begin(setting: Setting) -> Step:
    """The first talk: the login, which asks who works here."""
    return Step(Talk(setting), (Glance(),))


def answer(talk: Talk, text: str, now: datetime) -> Step:
    """Enter was pressed on ``text``."""
    if talk.stage == "idle" and idle.starts_case(text):
        talk = replace(talk, stage="lookup", started_at=now, found=None, pick=None)
    return SCENES[talk.stage].answer(talk, text, now)


def press(talk: Talk, key: str, text: str, now: datetime) -> Step:
    """A key other than text was pressed; ``text`` is what the line holds.

    Key names are Textual's; Ctrl+G and the letter after it arrive as one key, ``ctrl+g c``.
    """
    scene = SCENES[talk.stage]
    if key == keymap.RESTING:
        return moves.act(talk, scene, "lock", text) if talk.stage == "idle" else Step(talk)
    if key in ("up", "down", "pageup", "pagedown"):
        return _move(talk, scene, key, text, now)
    if key in ("escape", "f12"):
        return moves.back(talk, scene)
    if key in ("tab", "shift+tab"):
        return moves.sideways(talk, scene, 1 if key == "tab" else -1)
    before = talk.stage
    if before in ("help", "menu"):
        talk = returned(talk).talk
        text = talk.line
    if key == "ctrl+g":
        return interrupt(talk, "menu", text) if before != "menu" else Step(talk)
    action = keymap.action_of(talk, keymap.acting(talk), key)
    return moves.act(talk, SCENES[talk.stage], action, text) if action else Step(talk)


def _move(talk: Talk, scene: Scene, key: str, text: str, now: datetime) -> Step:
    rows = scene.rows(talk, text, now)
    if not rows:
        return Step(talk)
    current = scene.selected(talk, text, rows)
    by = {"up": -1, "down": 1, "pageup": -9, "pagedown": 9}[key]
    at = (0 if by > 0 else len(rows) - 1) if current is None else max(0, min(len(rows) - 1, current + by))
    return Step(replace(talk, pick=at))


def typing(talk: Talk, text: str, now: datetime) -> Step:
    """The line changed: the first letter of a name starts the clock, and every letter looks the customer up."""
    talk = replace(talk, pick=None, said="", said_style="") if talk.pick is not None or talk.said else talk
    if talk.stage == "idle" and idle.starts_case(text):
        talk = replace(talk, stage="lookup", started_at=now, found=None)
    if talk.stage != "lookup":
        return Step(talk)
    if not clean(text):
        return Step(replace(talk, stage="idle", started_at=None, found=None), (DropDraft(""),))
    name = lookup.typed_name(text)
    if talk.found is not None and talk.found.text == name:
        return Step(talk)
    return Step(talk, (FindCustomers(name),))


def after(talk: Talk, outcome: Outcome, now: datetime) -> Step:
    """The outcome of what was asked last."""
    if talk.then == "open" and not isinstance(outcome, come.FAILURES):
        text = talk.sent
        return answer(replace(come.settle(talk, outcome, now), then="", sent=""), text, now)
    settled = come.settle(talk, outcome, now)
    if settled.stage == "lookup" and settled.found is None and talk.stage != "lookup":
        return Step(settled, (FindCustomers(lookup.typed_name(settled.line)),))
    return Step(settled)


def show(talk: Talk, text: str, now: datetime) -> View:
    """What is on the screen now, with ``text`` in the line."""
    scene = SCENES[talk.stage]
    behind = talk.back if talk.stage in keymap.ASIDES and talk.back else talk.stage
    stage = keymap.acting(talk) if talk.stage == "add_note" else behind
    return frame.compose(talk, SCENES[behind], stage, scene.show(talk, text, now), now)


def barrier(talk: Talk) -> bool:
    """Whether the next answer delivers money: what was typed before this was on the screen waits for quiet."""
    return talk.stage == "close"


def draft(talk: Talk, text: str, now: datetime) -> Draft | None:
    """What to keep so that the person finds this very line again; ``None`` where nothing is kept (a PIN, a list)."""
    if talk.stage == "lookup":
        return Draft("", "lookup", text, talk.started_at, now) if clean(text) else None
    if talk.file is None or not SCENES[talk.stage].saves_line or talk.stage not in keymap.IN_CALL:
        return None
    return Draft(talk.file.state.folio, talk.stage, text, talk.file.state.started_at, now)
