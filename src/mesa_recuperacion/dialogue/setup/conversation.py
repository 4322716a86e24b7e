"""The first run as a conversation: what an answer, a key or an outcome means, and what is on the screen.

Pure, like :mod:`dialogue.conversation`.  Nothing exists until the last Enter; nothing is kept of a first run that was
left.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Quit
from mesa_recuperacion.dialogue.bindings import meant
from mesa_recuperacion.dialogue.keytest import tried
from mesa_recuperacion.dialogue.sentences import sentence
from mesa_recuperacion.dialogue.setup import branch, supervisor
from mesa_recuperacion.dialogue.setup.frame import compose
from mesa_recuperacion.dialogue.setup.look import LOOKS, Colours, Keys, heard
from mesa_recuperacion.dialogue.setup.question import Question
from mesa_recuperacion.dialogue.setup.state import Founded, LookAround, Looked, Outcome, Setup, Step, go, refuse
from mesa_recuperacion.dialogue.setup.summary import Summary
from mesa_recuperacion.dialogue.talk import Broken, Refused, Setting
from mesa_recuperacion.dialogue.view import View
from mesa_recuperacion.domain.views import Draft

QUESTIONS: dict[str, Question] = {
    "language": branch.Language(), "business": branch.Business(), "currency": branch.Currency(), "keys": Keys(),
    "look": Colours(), "supervisor": supervisor.Supervisor(), "pin": supervisor.Pin(),
    "pin_again": supervisor.PinAgain(), "problems": branch.Problems(), "summary": Summary(),
    "branch": branch.Branch(), "code": branch.Code(), "zone": branch.Zone(),
}  # fmt: skip

_BACK = frozenset({"esc", "escape", "f12"})
_MOVES = {"up": -1, "down": 1, "pageup": -9, "pgup": -9, "pagedown": 9, "pgdn": 9}


def begin(setting: Setting) -> Step:
    """The first question, and a look at what the machine knows."""
    return Step(Setup(setting), (LookAround(),))


def answer(talk: Setup, text: str, now: datetime) -> Step:
    """Enter was pressed on ``text``."""
    question = QUESTIONS[talk.stage]
    if talk.aside:
        return _dressed(refuse(replace(talk, aside=False), "", "" if question.secret else text))
    return _dressed(question.answer(replace(talk, leaving=False), text))


def press(talk: Setup, key: str, text: str, now: datetime) -> Step:
    """A key other than text was pressed; ``text`` is what the line holds."""
    leaving, talk = talk.leaving, replace(talk, leaving=False)
    if talk.stage == "keys" and not talk.aside and key in tried(talk.setting):
        return Step(heard(talk, key))
    key = meant(talk.setting.keys, key)
    if key in {"ctrl+g e", "f3"}:
        return _leave(talk, again=leaving)
    if talk.aside:
        return Step(replace(talk, aside=False) if key in {*_BACK, "f1", "ctrl+g", "ctrl+g h"} else talk)
    if key in _MOVES:
        return _dressed(Step(_moved(talk, text, _MOVES[key])), text)
    if key in _BACK:
        return _dressed(Step(_back(talk)))
    if key in {"f1", "ctrl+g", "ctrl+g h"}:
        return Step(replace(talk, aside=True, said="", said_style=""))
    return Step(talk)


def typing(talk: Setup, text: str, now: datetime) -> Step:
    """The line changed: what was said has been read, and the samples show themselves."""
    if talk.aside:
        return Step(talk)
    return _dressed(Step(replace(talk, pick=None, said="", said_style="", leaving=False)), text)


def after(talk: Setup, outcome: Outcome, now: datetime) -> Step:
    """The outcome of what was asked last; once the branch is there, the first run is over."""
    match outcome:
        case Looked(defaults):
            return Step(replace(talk, defaults=defaults))
        case Founded():
            return Step(replace(talk, founded=True), (Quit(),))
        case Refused(refusal):
            return refuse(talk, sentence(talk.setting, refusal, now))
        case Broken():
            step = refuse(talk, _breakage(talk, outcome))
            return Step(replace(step.talk, said_style="bad"))
    raise TypeError(f"no such outcome: {outcome!r}")


def show(talk: Setup, text: str, now: datetime, *, tall: bool = True) -> View:
    """What is on the screen now, with ``text`` in the line."""
    return compose(talk, QUESTIONS[talk.stage], text, now)


def barrier(talk: Setup) -> bool:
    """Whether the next answer creates the branch: what was typed before this was on the screen waits for quiet."""
    return talk.stage == "summary"


def draft(talk: Setup, text: str, now: datetime) -> Draft | None:
    """Nothing is kept before the end."""
    return None


def _leave(talk: Setup, *, again: bool) -> Step:
    """F3: there is nothing saved yet, so it is asked for twice."""
    if again:
        return Step(talk, (Quit(),))
    said = talk.setting.words.t("Nothing is created yet, and these answers are not kept. The same key again leaves.")
    return Step(replace(talk, leaving=True, said=said, said_style="warn"))


def _back(talk: Setup) -> Setup:
    """One question back; from a row of the summary, to the summary.  Answers stay."""
    question = QUESTIONS[talk.stage]
    if talk.amending and not question.part:
        return go(talk, "summary")
    return go(talk, question.previous or talk.stage)


def _moved(talk: Setup, text: str, by: int) -> Setup:
    question = QUESTIONS[talk.stage]
    rows = question.rows(talk, text)
    if not rows:
        return talk
    current = question.selected(talk, text)
    at = (0 if by > 0 else len(rows) - 1) if current is None else max(0, min(len(rows) - 1, current + by))
    return replace(talk, pick=at, said="", said_style="")


def _dressed(step: Step, text: str = "") -> Step:
    """The same step in the colours of the sample that is marked, or of the one that was chosen."""
    talk = step.talk
    at = QUESTIONS["look"].selected(talk, text) if talk.stage == "look" else None
    at = talk.look if at is None else at
    return step if at is None else Step(replace(talk, theme=LOOKS[at].theme), step.asks)


def _breakage(talk: Setup, broken: Broken) -> str:
    """One kind sentence for a branch that could not be created: what is safe, and what to do."""
    t = talk.setting.words.t
    folder = t("The folder cannot be written, and nothing was created. Free it, or name another one in MESA_HOME.")
    known = {
        "StoreExists": t("There is a file of that name already; it was left as it is, and nothing was created."),
        "StoreOnShare": t("That folder is on a network share, where databases get damaged. Nothing was created: leave, "
                          "and write database = \"…\" in the settings, with a file on this computer's own disk."),
        "StoreSynced": t("That folder is copied to the cloud, which damages databases. Nothing was created: leave, and "
                         "write database = \"…\" in the settings, with a file on this computer's own disk."),
        "StoreReadOnly": folder, "StoreMissing": folder,
        "StoreFull": t("The disk is full, and nothing was created. Free some space and press Enter again."),
    }  # fmt: skip
    text = known.get(broken.what, t("That could not be done, and nothing was created. Press Enter again."))
    return t("{sentence} (note {reference})", sentence=text, reference=broken.reference)
