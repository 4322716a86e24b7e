"""Which action each key means on each scene; every F key has a twin, Ctrl+G and a letter."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.dialogue.aims import ANSWERING, ASIDES, IN_CALL, RECEIVING, REVIEWING
from mesa_recuperacion.dialogue.scenes.base import root
from mesa_recuperacion.dialogue.talk import Secret, Talk
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.names import LANGUAGES

__all__ = [
    "ANSWERING",
    "ASIDES",
    "IN_CALL",
    "RECEIVING",
    "REST",
    "RESTING",
    "REVIEWING",
    "STANDING",
    "Action",
    "acting",
    "action_of",
    "actions",
    "place",
    "placed",
    "row",
]  # fmt: skip

RESTING = "rest"
"""Not a key: nobody has pressed one for :data:`REST` seconds."""

JUMPED = "jump"
"""Not a key either: the wall clock was moved; a space and by how many whole seconds follow."""

STANDING = "standing"
"""Not a key either: the words of ``dialogue.standing`` that hold from now on follow, after a space each."""

REST = 300
"""Seconds without a key after which a desk between calls locks itself (rule E2; never in the middle of a call)."""

_UNLISTED = ("previous", "next", "undo")

_BEHIND = ("file", "close")
"""What is not in the row while a file is open: it is open, and a case is not closed from there."""

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done: its key as printed (empty: only Ctrl+G), the letter after Ctrl+G, and its name."""

    name: str
    key: str
    letter: str
    label: str


def actions(talk: Talk, stage: str) -> tuple[Action, ...]:
    """What can be done at a scene, in the order of the key row, each with the key that it has at this workstation."""
    own = _pages(talk, stage) if _is_file(talk) else _actions(talk, stage)
    return tuple(replace(action, key=talk.setting.key(action.key)) for action in own)


def _is_file(talk: Talk) -> bool:
    """Whether a customer's file is open, perhaps with help in front of it."""
    return talk.stage == "file" or (talk.stage in ("help", "menu") and talk.back == "file")


def _pages(talk: Talk, stage: str) -> tuple[Action, ...]:
    """The actions of the scene that a file interrupts; F7 and F8 turn the file's pages."""
    t, usual = talk.setting.words.t, tuple(a for a in _actions(talk, stage) if a.name != "clear")
    pages = (Action("previous", "F7", "<", t("page before")), Action("next", "F8", ">", t("next page")))
    at = next((n for n, action in enumerate(usual) if action.name == "previous"), len(usual))
    return (*usual[:at], *pages, *usual[at + 2 :])


def _actions(talk: Talk, stage: str) -> tuple[Action, ...]:
    """The same, each with its own key."""
    t = talk.setting.words.t
    helping = Action("help", "F1", "H", t("help"))
    note, file = Action("note", "F2", "N", t("note")), Action("file", "F4", "F", t("file"))
    area = Action("area", "F5", "A", t("area"))
    cycle = (Action("previous", "F7", "<", t("previous case")), Action("next", "F8", ">", t("next case")))
    undo = Action("undo", "Ctrl+Z", "Z", t("undo"))
    if stage == "login":
        other = LANGUAGES["en" if talk.setting.words.language == "es" else "es"]
        return (helping, Action("language", "F4", "L", other), Action("theme", "F5", "T", t("light or dark")),
                Action("quit", "F3", "E", t("exit")))  # fmt: skip
    if stage in IN_CALL:
        return (helping, note, Action("park", "F3", "E", t("park")), file, area,
                Action("hand_over", "F6", "T", t("hand over")), *cycle, Action("close", "F9", "C", t("close")), undo,
                Action("overrun", "", "R", t("out of time")))  # fmt: skip
    if stage == "lookup":
        return (helping, file, Action("clear", "Esc", "B", t("clear")))
    if stage in ANSWERING:
        leave = Action("leave", "F3", "E", t("leave"))
        return (helping, note, leave, file, area) if _is_own(talk) else (helping, leave, file)
    if stage in REVIEWING:
        turn = (Action("previous", "F7", "<", t("before")), Action("next", "F8", ">", t("after")))
        return (helping, Action("filter", "F4", "F", t("filter")), *turn, Action("export", "F9", "C", t("export")),
                Action("lock", "F3", "E", t("exit")), Action("desk", "", "D", t("desk")), undo)  # fmt: skip
    return _between_calls(talk, helping, file, cycle, undo)


def _is_own(talk: Talk) -> bool:
    """Whether the case at hand belongs to whoever is at the desk: nobody adds to another's, however it is read."""
    return talk.file is not None and talk.person is not None and talk.file.state.owner == talk.person.id


def _between_calls(
    talk: Talk, helping: Action, file: Action, cycle: tuple[Action, ...], undo: Action
) -> tuple[Action, ...]:  # fmt: skip
    t = talk.setting.words.t
    suggest = Action("suggest", "F2", "N", t("suggest"))
    again = (undo,) if talk.closed else ()
    if talk.practice:
        return (helping, suggest, Action("practice", "F3", "E", t("end practice")), file, *cycle, *again)
    praise = (Action("review", "F5", "V", t("review")), Action("praise", "", "R", t("thank somebody")))
    supervises = talk.person is not None and talk.person.role == "supervisor"
    return (
        helping, suggest, Action("lock", "F3", "E", t("lock")), file, *cycle,
        Action("practice", "F9", "P", t("practise")), *again, *(praise if supervises else ()),
        Action("shift", "", "S", t("end my shift")), Action("own", "", "M", t("my figures")),
        Action("pin", "", "K", t("change my PIN")),
    )  # fmt: skip


def acting(talk: Talk) -> str:
    """The scene whose actions hold: behind an interjection, that of the scene it interrupts.

    While something due is answered, a note does not open the call's own.
    """
    if talk.stage == "add_note" and talk.back not in ANSWERING:
        return talk.stage
    return root(talk)


def place(talk: Talk) -> str:
    """The stage and what its interjection has gathered, as one text that a draft keeps; never a PIN."""
    return _BETWEEN.join((talk.stage, *(text for text in talk.held if not isinstance(text, Secret))))


def placed(kept: str) -> tuple[str, tuple[str, ...]]:
    """The stage and the gathered texts of :func:`place`."""
    stage, *held = kept.split(_BETWEEN)
    return stage, tuple(held)


def row(talk: Talk, stage: str) -> tuple[tuple[str, str], ...]:
    """The last row of the screen: keys and labels, as far as 80 columns go; help and the menu have all of them.

    F7 and F8 share one, between calls; undo is said where there is something to undo.  A supervisor's row has the
    review instead of the practice.
    """
    t, key = talk.setting.words.t, talk.setting.key
    shown: list[tuple[str, str]] = []
    listed = actions(talk, stage)
    for action in listed:
        if action.name == "practice" and not talk.practice and any(other.name == "review" for other in listed):
            continue
        if action.name == "previous" and stage in REVIEWING and not _is_file(talk):
            if turns := _turns(talk, stage):
                shown.append((f"{key('F7')} {key('F8')}", turns))
        elif action.name == "previous" and (stage not in IN_CALL or _is_file(talk)):
            shown.append((f"{key('F7')} {key('F8')}", t("page") if _is_file(talk) else t("other case")))
        elif action.name not in _UNLISTED and action.key and not (_is_file(talk) and action.name in _BEHIND):
            shown.append((action.key, action.label))
    return tuple(shown)


def _turns(talk: Talk, stage: str) -> str:
    """What F7 and F8 go through on a page of the review."""
    from mesa_recuperacion.dialogue.registry import scene_of
    from mesa_recuperacion.dialogue.review.base import Page

    page = scene_of(stage)
    return page.turns(talk) if isinstance(page, Page) else ""


def action_of(talk: Talk, stage: str, key: str) -> str:
    """The name of the action that a key means at a scene; empty if it means none.

    ``key`` is a Textual key name (``f9``, ``ctrl+z``) or ``ctrl+g`` followed by a space and a letter.
    """
    if key.startswith("ctrl+g "):
        letter = key[-1].upper()
        return next((a.name for a in actions(talk, stage) if a.letter == letter), "")
    return next((a.name for a in actions(talk, stage) if a.key and a.key.lower() == key), "")
