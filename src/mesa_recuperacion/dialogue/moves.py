"""What the keys do: back, sideways, and the actions of the key row."""

from __future__ import annotations

from dataclasses import replace

from mesa_recuperacion.dialogue import keymap
from mesa_recuperacion.dialogue.asks import (
    Do,
    DropDraft,
    EndPractice,
    Export,
    Leave,
    LoadCase,
    LoadDay,
    LoadFile,
    LookAtOwn,
    NoteJump,
    Practise,
    Quit,
)
from mesa_recuperacion.dialogue.registry import scene_of
from mesa_recuperacion.dialogue.review.base import Page
from mesa_recuperacion.dialogue.review.base import back as one_page_back
from mesa_recuperacion.dialogue.scenes.base import (
    STAGE_OF_STEP,
    Scene,
    ask,
    go,
    interrupt,
    locked,
    neighbour,
    onward,
    owes_legal,
    refuse,
    returned,
    root,
    state_of,
    with_line,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.file import turned
from mesa_recuperacion.dialogue.standing import is_read_only
from mesa_recuperacion.dialogue.talk import Setting, Step, Talk  # fmt: skip
from mesa_recuperacion.domain.clock import moved
from mesa_recuperacion.domain.commands import ParkCase, ResumeCase, UndoLast
from mesa_recuperacion.domain.decide.closing import withdrawable
from mesa_recuperacion.domain.views import OpenItem
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words


def back(talk: Talk, scene: Scene) -> Step:
    """Esc on an empty line: one step back; it never closes and never loses anything."""
    if talk.stage in keymap.ASIDES:
        return _before(talk, scene) if scene.back else returned(talk)
    if talk.stage == "lookup":
        return Step(replace(talk, stage="idle", started_at=None, found=None, pick=None), (DropDraft(""),))
    if talk.stage == "apologise" and talk.file is not None and withdrawable(talk.file.state):
        return undo(talk)
    if inside := scene.within(talk):
        return inside
    if isinstance(scene, Page):
        return one_page_back(talk)
    if not scene.back:
        return Step(replace(talk, pick=None, said="", said_style=""))
    if scene.back == "idle":
        return ask(talk, LoadDay(), then="idle")
    return go(talk, scene.back, held=talk.held if scene_of(scene.back).gathers else ())


def _before(talk: Talk, scene: Scene) -> Step:
    """The question before this one, with what was typed there."""
    step = onward(talk, scene.back, *talk.held[:-1])
    return Step(with_line(step.talk, scene_of(scene.back).taken_up(talk)))


def sideways(talk: Talk, scene: Scene, by: int) -> Step:
    """Tab: another step, without ticking it; from the closing, the first step that is pending."""
    if talk.stage not in keymap.IN_CALL or talk.stage in keymap.ASIDES:
        return Step(talk)
    if talk.stage == "close" and by > 0:
        pending = state_of(talk).pending_steps()
        if not pending and owes_legal(talk):
            return go(talk, "statutory")
        return go(talk, STAGE_OF_STEP[pending[0]]) if pending else Step(talk)
    return go(talk, neighbour(scene.step, by))


def act(talk: Talk, scene: Scene, action: str, text: str) -> Step:
    """One of the actions of the key row; a page of the review has its own word in it first."""
    own = _on_page(talk, scene, action, text) if isinstance(scene, Page) else None
    if own is None and action in ("undo", "previous", "next") and root(talk) in keymap.REVIEWING:
        return Step(talk)  # behind a question: the page turns and undoes once it is in front again
    return own or _act(talk, scene, action, text)


def _act(talk: Talk, scene: Scene, action: str, text: str) -> Step:
    if action in ("help", "note", *_INTERJECTIONS):
        return _interject(talk, scene, action, text)
    match action:
        case "leave" | "clear":
            return back(talk, scene)
        case "park":
            return _park(talk)
        case "close":
            return go(talk, "close")
        case "undo":
            return undo(talk)
        case "previous" | "next":
            return other_case(talk, 1 if action == "next" else -1)
        case "lock":
            return Step(locked(talk), (Leave(),))
        case "quit":
            return Step(talk, (Quit(),))
        case "practice":
            return ask(talk, EndPractice() if talk.practice else Practise(), then="idle")
        case "language":
            return Step(replace(talk, setting=other_language(talk)))
        case "theme":
            return Step(replace(talk, theme="dia" if talk.theme != "dia" else "noche"))
    return Step(talk)


def _park(talk: Talk) -> Step:
    """Leave the case with a next contact; where nothing can be kept it is left as it is."""
    if is_read_only(talk):
        return ask(talk, LoadDay(), then="idle")
    return ask(talk, Do(ParkCase(state_of(talk).folio)), then="parked")


def _on_page(talk: Talk, scene: Page, action: str, text: str) -> Step | None:
    """What an action means on a page of the review; ``None`` for what it means everywhere."""
    match action:
        case "desk":
            return ask(talk, LoadDay(), then="desk")
        case "previous" | "next":
            return scene.turned(talk, 1 if action == "next" else -1)
        case "undo":
            return scene.undone(talk)
        case "filter":
            return interrupt(talk, "review_filter", text)
        case "export":
            query = scene.exported(talk)
            if query is None:
                return refuse(talk, talk.setting.words.t("There is no table to take out here."))
            step = ask(talk, Export(query, talk.setting.shown.locale))
            return Step(replace(step.talk, pick=talk.pick), step.asks)
    return None


_INTERJECTIONS = {
    "overrun": "overrun", "area": "area", "hand_over": "hand_over", "suggest": "suggest", "praise": "praise",
    "pin": "pin_old", "file": "file", "own": "own",
    "shift": "shift",
}  # fmt: skip
"""The first scene of each action that interrupts and returns."""


def _interject(talk: Talk, scene: Scene, action: str, text: str) -> Step:
    if action == "file":
        return _file(talk, scene, text)
    if action == "own":
        return _own(talk, scene, text)
    stage = {"help": "help", "note": "add_note"}.get(action) or _INTERJECTIONS[action]
    if talk.stage in _KIN.get(stage, (stage,)):
        return Step(talk)
    return interrupt(talk, stage, text, secret=scene.secret)


def _own(talk: Talk, scene: Scene, text: str) -> Step:
    """Ctrl+G M between calls: one's own figures (rule D10)."""
    if talk.stage == "own":
        return Step(talk)
    there = interrupt(talk, "own", text, secret=scene.secret).talk
    return Step(replace(there, own=None), (LookAtOwn(),))


_KIN = {
    "area": ("area", "area_what", "area_by"), "hand_over": ("hand_over", "hand_over_to"),
    "overrun": ("overrun", "late_by"), "pin_old": ("pin_old", "pin_new", "pin_again"),
}  # fmt: skip
"""The scenes of one interjection: its own key does not begin it again."""


def _file(talk: Talk, scene: Scene, text: str) -> Step:
    """F4: the file of the customer at hand, or of the one that is marked; between calls it is asked whose."""
    if _in_file(talk):
        return Step(talk)
    who = talk.file.customer.id if talk.file is not None else scene.marked(talk, text)
    if not who:
        return interrupt(talk, "file_find", text, secret=scene.secret)
    there = interrupt(talk, "file", text, secret=scene.secret).talk
    return Step(replace(there, card=None, held=(who,)), (LoadFile(who),))


def _in_file(talk: Talk) -> bool:
    """Whether a customer's file is in front."""
    return talk.stage.startswith("file")


def undo(talk: Talk) -> Step:
    """Ctrl+Z: the closing just made, else the last decision of the case at hand; in a file, numbers undo."""
    t = talk.setting.words.t
    if _in_file(talk):
        return refuse(talk, t("There is nothing to undo here."))
    if talk.file is None:
        if not talk.closed:
            return refuse(talk, t("There is nothing to undo here."))
        return ask(talk, Do(UndoLast(talk.closed, "close")), then="undone:close")
    decided = state_of(talk).decided
    if not decided and withdrawable(state_of(talk)):
        return ask(talk, Do(UndoLast(state_of(talk).folio, "open")), then="withdrawn")
    if not decided:
        return refuse(talk, t("There is nothing to undo in this case."))
    return ask(talk, Do(UndoLast(state_of(talk).folio, decided[-1])), then=f"undone:{decided[-1]}")


def jumped(talk: Talk, seconds: int) -> Step:
    """The wall clock was moved: the customer's time goes on as it was, at once; then it is recorded (rule C1)."""
    if talk.person is None:
        return Step(talk)
    t, tn, days = talk.setting.words.t, talk.setting.words.tn, abs(seconds) // 86_400
    span = tn("one day", "{n} days", days) if days else talk.setting.shown.span(abs(seconds))
    said = t("The clock of this machine was moved by {span}; the customer's time was kept.", span=span)
    started = talk.started_at and moved(talk.started_at, seconds)
    file = talk.file and replace(talk.file, state=talk.file.state.jumped(seconds))
    talk = replace(talk, started_at=started, file=file, said=said, said_style="", then="", sent="")
    return Step(talk, (NoteJump(file.state.folio if file else ""),))


def other_case(talk: Talk, by: int) -> Step:
    """F7, F8: the next open case; the one at hand is parked, with a next contact (rule C4).  In a file, its pages."""
    if _in_file(talk):
        return turned(talk, by) if talk.stage == "file" else Step(talk)
    t = talk.setting.words.t
    items: tuple[OpenItem, ...] = talk.day.open if talk.day else ()
    here = talk.file.state.folio if talk.file else ""
    order = sorted({*(o.case for o in items), *((here,) if here else ())})
    if not [case for case in order if case != here]:
        return refuse(talk, t("There is no other open case."))
    at = order.index(here) if here else (-1 if by > 0 else 0)
    case = order[(at + by) % len(order)]
    if is_read_only(talk):
        return ask(talk, LoadCase(case), then="resume")
    leave = (Do(ParkCase(here)),) if here else ()
    return ask(talk, *leave, Do(ResumeCase(case)), LoadCase(case), then="resume")


def other_language(talk: Talk) -> Setting:
    """The setting in the other language, for whoever reads the screen now."""
    setting = talk.setting
    language = "en" if setting.words.language == "es" else "es"
    territory = setting.shown.locale.partition("_")[2]
    locale = f"{language}_{territory}" if territory else language
    return replace(setting, words=words(language), shown=Shown(locale, setting.shown.zone))
