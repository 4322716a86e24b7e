"""The conversation: what an answer, a key or an outcome means, and what is on the screen.

Pure: it reads no clock and asks nobody; every call gets the talk and the instant and gives back a value.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mesa_recuperacion.dialogue import frame, keymap
from mesa_recuperacion.dialogue.asks import DropDraft, FindCustomers, Glance, Leave, LoadDay
from mesa_recuperacion.dialogue.grammar.customer import starts_case
from mesa_recuperacion.dialogue.grammar.secret import ANSWER, looks_secret, number_alone
from mesa_recuperacion.dialogue.registry import REVIEW, SCENES, scene_of
from mesa_recuperacion.dialogue.review.base import begin as begin_review
from mesa_recuperacion.dialogue.review.base import homeward, refreshed
from mesa_recuperacion.dialogue.scenes.base import Scene, interrupt, locked, refuse, returned, root
from mesa_recuperacion.dialogue.talk import (  # fmt: skip
    Broken,
    Done,
    Entered,
    Glimpsed,
    Outcome,
    PersonSet,
    Refused,
    Renewed,
    Setting,
    ShiftEnded,
    Step,
    Talk,
)
from mesa_recuperacion.dialogue.view import View
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.views import Draft

if TYPE_CHECKING:
    from mesa_recuperacion.domain.refusals import Refusal


def load() -> None:
    """Load every scene of the desk, while nobody waits for one."""
    from mesa_recuperacion.dialogue import moves, outcomes

    _ = moves, outcomes
    for stage, place in SCENES.items():
        if not place.startswith(REVIEW):
            scene_of(stage)


def load_review() -> None:
    """Load every scene of the review, which not every desk needs."""
    for stage, place in SCENES.items():
        if place.startswith(REVIEW):
            scene_of(stage)


def begin(setting: Setting) -> Step:
    """The first talk: the login, which asks who works here."""
    return Step(Talk(setting), (Glance(),))


def answer(talk: Talk, text: str, now: datetime) -> Step:
    """Enter was pressed on ``text``.  A PIN that was typed where none is asked for is taken for nothing (rule E2)."""
    if _is_astray(talk, text, ANSWER):
        said = talk.setting.words.t(
            "That looks like a number and a PIN, and was not kept. Telephones go without a blank."
        )
        return refuse(talk, said)
    if talk.stage in keymap.RECEIVING and starts_case(text):
        talk = replace(talk, stage="lookup", started_at=now, found=None, pick=None)
    return _arrived(talk, scene_of(talk.stage).answer(talk, text, now))


def _is_astray(talk: Talk, text: str, least: int = 3) -> bool:
    """Whether a line looks like somebody's number and PIN in a scene that does not ask for them."""
    return not scene_of(talk.stage).secret and looks_secret(text, (person.number for person in talk.people), least)


def press(talk: Talk, key: str, text: str, now: datetime) -> Step:
    """A key other than text was pressed; ``text`` is what the line holds.

    Key names are Textual's; Ctrl+G and the letter after it arrive as one key, ``ctrl+g c``.
    """
    from mesa_recuperacion.dialogue import moves

    scene = scene_of(talk.stage)
    if key == keymap.RESTING:
        is_between = root(talk) in (*keymap.RECEIVING, *keymap.REVIEWING)
        return moves.act(talk, scene, "lock", text) if is_between else Step(talk)
    if key.split(" ", 1)[0] == keymap.STANDING:
        return Step(replace(talk, standing=tuple(key.split(" ")[1:])))
    if key.startswith(keymap.JUMPED):
        return moves.jumped(talk, int(key.removeprefix(keymap.JUMPED)))
    if key in ("up", "down", "pageup", "pagedown"):
        return _move(talk, scene, key, text, now)
    if key in ("escape", "f12"):
        return _arrived(talk, moves.back(talk, scene))
    if key in ("tab", "shift+tab"):
        return moves.sideways(talk, scene, 1 if key == "tab" else -1)
    before = talk.stage
    if before in ("help", "menu"):
        talk = returned(talk).talk
        text = talk.line
    if key == "ctrl+g":
        return interrupt(talk, "menu", text, secret=scene_of(talk.stage).secret) if before != "menu" else Step(talk)
    action = keymap.action_of(talk, keymap.acting(talk), key)
    if action == "review":
        return homeward(talk, Step(begin_review(talk, now)))
    return moves.act(talk, scene_of(talk.stage), action, text) if action else Step(talk)


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
    if talk.stage in keymap.RECEIVING and starts_case(text):
        talk = replace(talk, stage="lookup", started_at=now, found=None)
    if talk.stage == "login" and (number := number_alone(text)) is not None:
        return Step(talk, (Glance(number),))
    scene = scene_of(talk.stage)
    if talk.stage == "lookup" and not clean(text):
        return Step(replace(talk, stage="idle", started_at=None, found=None), (DropDraft(""),))
    return _looked_up(talk, text) if scene.searches else Step(talk)


def _looked_up(talk: Talk, text: str) -> Step:
    """Look up the customers for a line, unless they are listed already."""
    name = scene_of(talk.stage).sought(talk, text)
    if talk.found is not None and talk.found.text == name:
        return Step(talk)
    return Step(talk, (FindCustomers(name),)) if name else Step(replace(talk, found=None))


def _arrived(before: Talk, step: Step) -> Step:
    """Where an answer or Esc leads: what ends between calls ends in the review, where that is where one is."""
    return homeward(before, _back_at_lookup(before, step))


def _back_at_lookup(before: Talk, step: Step) -> Step:
    """After an interjection the lookup lists what is found for its own line, as the cards are now."""
    if step.talk.stage != "lookup" or before.stage not in keymap.ASIDES or step.asks:
        return step
    return _looked_up(replace(step.talk, found=None), step.talk.line)


def after(talk: Talk, outcome: Outcome, now: datetime) -> Step:
    """The outcome of what was asked last."""
    if isinstance(outcome, Glimpsed):  # all that the login waits for
        return Step(replace(talk, people=outcome.people, former=outcome.former, branch=outcome.branch,
                            left_open=outcome.left_open))  # fmt: skip
    if isinstance(outcome, Renewed):  # whatever was being done goes on
        return Step(_under_policy(replace(talk, file=outcome.file, day=outcome.day)))
    if isinstance(outcome, ShiftEnded):
        return _shift_ended(talk, outcome)
    from mesa_recuperacion.dialogue.outcomes import settle

    if isinstance(outcome, Refused) and (step := _put_out(talk, outcome.refusal, now)):
        return step
    if isinstance(outcome, Refused) and (step := scene_of(talk.stage).refused(talk, outcome.refusal, now)):
        return _back_at_lookup(talk, step)
    if isinstance(outcome, Entered) and talk.setting.review and outcome.person.role != "supervisor":
        return _turned_away(talk)
    settled = _under_policy(settle(talk, outcome, now))
    if talk.then == "open" and not isinstance(outcome, Refused | Broken):
        return answer(replace(settled, then="", sent=""), talk.sent, now)
    if settled.stage == "lookup" and settled.found is None and talk.stage != "lookup":
        return _looked_up(settled, settled.line)
    if isinstance(outcome, Entered) and outcome.person.role == "supervisor" and not (talk.practice or outcome.practice):
        return homeward(talk, Step(begin_review(settled, now)))
    if talk.then == "parked" and isinstance(outcome, Refused):  # closed in another window: nothing is held here
        return Step(replace(settled, then="idle"), (LoadDay(),))
    came = Step(settled)
    return homeward(talk, refreshed(talk, came) if isinstance(outcome, Done | PersonSet) else came)


def _shift_ended(talk: Talk, ended: ShiftEnded) -> Step:
    """The door again, with where the slip is."""
    said = talk.setting.words.t("The shift is over. Slip: {path}", path=ended.path)
    return Step(replace(locked(talk), said=said, said_style="good"), (Leave(),))


def _turned_away(talk: Talk) -> Step:
    """Who is no supervisor opened the review: the door again, and how the desk is opened (rule E2)."""
    said = talk.setting.words.t(
        "The review is supervision's, and nothing was lost. Your desk opens with the command “mesa”."
    )
    return Step(replace(locked(talk), said=said, said_style="warn"), (Leave(),))


def _put_out(talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
    """The door again, for whoever was retired or is no longer a supervisor: what they looked at is not theirs to see.

    In a call the customer comes first: it goes on, and the sentence says what has changed.
    """
    from mesa_recuperacion.dialogue.sentences import sentence
    from mesa_recuperacion.domain.refusals import NoLongerHere, NotSupervisorNow

    demoted = isinstance(refusal, NotSupervisorNow) and talk.review is not None
    if not demoted and not isinstance(refusal, NoLongerHere):
        return None
    said = sentence(talk.setting, refusal, now)
    return Step(replace(locked(talk), said=said, said_style="warn"), (Leave(),))


def _under_policy(talk: Talk) -> Talk:
    """The policy in force is the day's: another one may have begun since the login (rule D7)."""
    policy = talk.day.policy if talk.day is not None else None
    return talk if policy is None or policy is talk.policy else replace(talk, policy=policy)


def show(talk: Talk, text: str, now: datetime, *, tall: bool = True) -> View:
    """What is on the screen now, with ``text`` in the line; what only a ``tall`` window has room for, if it is one."""
    scene = scene_of(talk.stage)
    behind = root(talk)
    stage = keymap.acting(talk) if talk.stage == "add_note" else behind
    shape = scene.show(talk, "" if _is_astray(talk, text) else text, now)
    view = frame.compose(talk, scene_of(behind), stage, shape, now, tall=tall)
    return replace(view, mask="after") if _is_astray(talk, text) else view


def barrier(talk: Talk) -> bool:
    """Whether the next answer delivers money or is a PIN: what was typed before the question was seen waits for quiet.

    The door is none: whoever knows the desk types through it.
    """
    return talk.stage == "close" or (talk.stage != "login" and scene_of(talk.stage).secret)


def draft(talk: Talk, text: str, now: datetime) -> Draft | None:
    """What to keep so that the person finds this very line again; ``None`` where nothing is kept (a PIN, a list)."""
    if _is_astray(talk, text):
        return None
    if talk.stage == "lookup":
        return Draft("", "lookup", text, talk.started_at, now) if clean(text) else None
    if talk.file is None or not scene_of(talk.stage).saves_line or root(talk) not in keymap.IN_CALL:
        return None
    state = talk.file.state
    return Draft(state.folio, keymap.place(talk), text, state.started_at, now)
