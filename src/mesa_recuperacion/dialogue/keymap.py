"""Which action each key means on each scene; every F key has a twin, Ctrl+G and a letter."""

from __future__ import annotations

from dataclasses import dataclass

from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.i18n.names import LANGUAGES

IN_CALL = ("apologise", "problem", "other", "note", "solve", "compensate", "own_amount", "nothing_why", "promise",
           "follow_up", "close", "add_note")  # fmt: skip
"""The scenes of an open case."""

ANSWERING = ("promise_due", "promise_again", "follow_up_due")
"""The scenes of something that is due."""

RESTING = "rest"
"""Not a key: nobody has pressed one for :data:`REST` seconds."""

REST = 300
"""Seconds without a key after which a desk between calls locks itself (rule E2; never in the middle of a call)."""

ASIDES = ("help", "menu", "add_note")
"""The scenes that interrupt another one and return to it."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done: its key as printed, the letter after Ctrl+G, and what it is called."""

    name: str
    key: str
    letter: str
    label: str


def actions(talk: Talk, stage: str) -> tuple[Action, ...]:
    """What can be done at a scene, in the order of the key row."""
    t = talk.setting.words.t
    helping = Action("help", "F1", "H", t("help"))
    leaving = Action("leave", "F3", "E", t("leave"))
    cycle = (Action("previous", "F7", "<", t("previous case")), Action("next", "F8", ">", t("next case")))
    undo = Action("undo", "Ctrl+Z", "Z", t("undo"))
    if stage == "login":
        other = LANGUAGES["en" if talk.setting.words.language == "es" else "es"]
        return (helping, Action("language", "F4", "L", other), Action("theme", "F5", "T", t("light or dark")),
                Action("quit", "F3", "E", t("exit")))  # fmt: skip
    if stage in IN_CALL:
        return (helping, Action("note", "F2", "N", t("note")), Action("park", "F3", "E", t("park")), *cycle,
                Action("close", "F9", "C", t("close")), undo)  # fmt: skip
    if stage == "lookup":
        return (helping, Action("clear", "Esc", "B", t("clear")))
    if stage in ANSWERING:
        return (helping, Action("note", "F2", "N", t("note")), leaving)
    lock = Action("lock", "F3", "E", t("lock"))
    return (helping, lock, *cycle, *((undo,) if talk.closed else ()))


def acting(talk: Talk) -> str:
    """The scene whose actions hold: while something due is answered, a note does not open the call's own."""
    return talk.back if talk.stage == "add_note" and talk.back in ANSWERING else talk.stage


def row(talk: Talk, stage: str) -> tuple[tuple[str, str], ...]:
    """The last row of the screen: keys and labels; F7 and F8 share one."""
    t = talk.setting.words.t
    shown: list[tuple[str, str]] = []
    for action in actions(talk, stage):
        if action.name == "previous":
            shown.append(("F7 F8", t("other case")))
        elif action.name != "next":
            shown.append((action.key, action.label))
    return tuple(shown)


def action_of(talk: Talk, stage: str, key: str) -> str:
    """The name of the action that a key means at a scene; empty if it means none.

    ``key`` is a Textual key name (``f9``, ``ctrl+z``) or ``ctrl+g`` followed by a space and a letter.
    """
    if key.startswith("ctrl+g "):
        letter = key[-1].upper()
        return next((a.name for a in actions(talk, stage) if a.letter == letter), "")
    return next((a.name for a in actions(talk, stage) if a.key.lower() == key), "")
