"""What comes back from the desk, and where it leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mesa_recuperacion.dialogue.scenes.base import STAGE_OF_STEP, gesture_name, locked, rail_names, returned, with_line
from mesa_recuperacion.dialogue.scenes.due import answered
from mesa_recuperacion.dialogue.sentences import breakage, sentence
from mesa_recuperacion.dialogue.talk import (
    Broken,
    DayLoaded,
    Done,
    Entered,
    Found,
    Loaded,
    Outcome,
    Refused,
    Talk,
)  # fmt: skip
from mesa_recuperacion.i18n.shown import Shown


def settle(talk: Talk, outcome: Outcome, now: datetime) -> Talk:
    """The talk after an outcome."""
    match outcome:
        case Entered():
            return _entered(talk, outcome)
        case Found():
            return replace(talk, found=outcome, pick=None)
        case Done():
            return _done(talk, outcome)
        case Loaded(file, draft, day):
            talk = replace(talk, file=file, day=day, said="", pick=None)
            if talk.then != "resume":
                return replace(talk, stage=talk.then, then="")
            stage = draft.stage if draft else STAGE_OF_STEP[file.state.next_step()]
            back = STAGE_OF_STEP[file.state.next_step()] if stage == "add_note" else ""
            talk = replace(talk, stage=stage, then="", back=back, kept=(), started_at=None, found=None)
            return with_line(talk, draft.line if draft else "")
        case DayLoaded(day):
            if talk.then == "idle":
                talk = replace(talk, stage="idle", file=None, item="")
            return replace(talk, day=day, then="")
        case Refused(refusal):
            said = sentence(talk.setting, refusal, now)
            return _failed(talk, said)
        case Broken():
            said = breakage(talk.setting, outcome)
            if _is_stuck(talk, outcome):  # the case waits as it was saved last
                return replace(locked(talk), said=said, said_style="bad")
            return _failed(talk, said, "bad")
    raise TypeError(f"no such outcome: {outcome!r}")


def _is_stuck(talk: Talk, outcome: Broken) -> bool:
    """Whether the agent wants to leave a case and nothing can be written: leaving always works, parked or not."""
    return talk.then == "parked" and outcome.what != "StoreBusy"


def _failed(talk: Talk, said: str, style: str = "warn") -> Talk:
    """Stay where it was, say why, and give back what was typed."""
    text = talk.sent
    return with_line(replace(talk, said=said, said_style=style, then="", sent=""), text)


def _entered(talk: Talk, outcome: Entered) -> Talk:
    setting = talk.setting
    shown = Shown(setting.shown.locale, ZoneInfo(outcome.zone))
    return replace(
        talk, setting=replace(setting, shown=shown), stage="idle", person=outcome.person, policy=outcome.policy,
        day=outcome.day, then="", said="", closed="",
    )  # fmt: skip


def _done(talk: Talk, outcome: Done) -> Talk:
    t, shown = talk.setting.words.t, talk.setting.shown
    before = talk
    talk = replace(talk, file=outcome.file, day=outcome.day, saved_at=outcome.saved_at, then="", sent="", doubt="",
                   started_at=None, found=None)  # fmt: skip
    state = outcome.file.state
    if before.then == "noted":
        return returned(talk).talk
    talk = replace(talk, back="", kept=())
    if before.then == "closed":
        gesture = gesture_name(talk) if state.gesture else ""
        said = t("Case {case} closed.", case=state.folio)
        if gesture:
            said = t("Case {case} closed, {gesture} delivered.", case=state.folio, gesture=gesture)
        seconds = talk.policy.undo_seconds if talk.policy else 0
        said += " " + t("Ctrl+Z takes it back for {n} seconds.", n=seconds)
        return replace(talk, stage="idle", file=None, closed=state.folio, said=said, said_style="good")
    if before.then == "parked":
        waiting = state.next_contact()
        name = outcome.file.customer.call_name
        if waiting is None or shown.day(waiting.due_at) == shown.day(outcome.saved_at):
            when = shown.clock(waiting.due_at) if waiting is not None else ""
            said = t("{name} is parked; come back by {time}.", name=name, time=when)
        else:
            said = t("{name} is parked; come back on {day}.", name=name, day=shown.day_time(waiting.due_at))
        return replace(talk, stage="idle", file=None, said=said, said_style="good")
    if before.then == "withdrawn":
        said = t("Choose the customer again; the clock goes on.")
        talk = replace(talk, stage="lookup", file=None, started_at=state.started_at, said=said, said_style="")
        return with_line(talk, outcome.file.customer.name)
    if before.then == "answered":
        return answered(talk)
    if before.then == "reopened":
        said = t("Opened again. The first clock is kept.")
        return replace(talk, stage="apologise", item="", said=said, said_style="warn")
    if before.then.startswith("undone:"):
        return _undone(before, talk, before.then.removeprefix("undone:"))
    return replace(talk, stage=before.then or talk.stage, closed="" if before.then else talk.closed)


def _undone(before: Talk, talk: Talk, step: str) -> Talk:
    t, money = talk.setting.words.t, talk.setting.shown.money
    if step == "close":
        said = t("The closing was undone: the case is open again.")
        return replace(talk, stage="close", closed="", said=said, said_style="good")
    left = money(talk.day.budget.left) if talk.day else ""
    if step == "compensate":
        said = t("Undone: {what}. The budget is back at {left}.", what=gesture_name(before), left=left)
    else:
        said = t("Undone: step {step}.", step=rail_names(talk)[step])
    return replace(talk, stage=STAGE_OF_STEP[step], said=said, said_style="good")
