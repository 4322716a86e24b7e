"""What comes back from the desk, and where it leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mesa_recuperacion.dialogue.aims import ASIDES
from mesa_recuperacion.dialogue.keymap import placed
from mesa_recuperacion.dialogue.registry import scene_of
from mesa_recuperacion.dialogue.review.base import looked
from mesa_recuperacion.dialogue.review.staff_pin import person_set
from mesa_recuperacion.dialogue.scenes.answers import answered
from mesa_recuperacion.dialogue.scenes.base import (
    STAGE_OF_STEP,
    gesture_name,
    locked,
    name_of,
    quoted,
    rail_names,
    returned,
    with_line,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.file_forget import forgotten
from mesa_recuperacion.dialogue.sentences import breakage, sentence, stale
from mesa_recuperacion.dialogue.talk import (  # fmt: skip
    Broken,
    DayLoaded,
    Done,
    Edited,
    Entered,
    Exported,
    FileLoaded,
    Forgotten,
    Found,
    Loaded,
    Looked,
    Outcome,
    OwnSeen,
    PersonSet,
    PinChanged,
    Refused,
    Talk,
)
from mesa_recuperacion.domain.views import CaseFile, CustomerFile
from mesa_recuperacion.i18n.shown import Shown


def settle(talk: Talk, outcome: Outcome, now: datetime) -> Talk:
    """The talk after an outcome."""
    match outcome:
        case Entered():
            return _entered(talk, outcome)
        case Found():
            return replace(talk, found=outcome, pick=None)
        case Done():
            return _done(talk, outcome, now)
        case Loaded():
            return _loaded(talk, outcome)
        case FileLoaded(card):
            return replace(talk, card=card, then="", pick=None, page=0)
        case Looked():
            return looked(talk, outcome)
        case Edited():
            return replace(talk, then="", sent="")
        case OwnSeen(own):
            return replace(talk, own=own, then="", pick=None)
        case Exported(path, rows):
            said = talk.setting.words.tn("One row written: {path}", "{n} rows written: {path}", rows, path=path)
            return replace(talk, said=said, said_style="good", then="", sent="")
        case PinChanged():
            return returned(talk, talk.setting.words.t("Your new PIN holds from now on.")).talk
        case PersonSet(person):
            return person_set(talk, person)
        case Forgotten():
            return forgotten(talk, outcome, now)
        case DayLoaded(day):
            if talk.then in ("idle", "desk"):
                review = talk.review if talk.then == "idle" else None
                talk = replace(talk, stage="idle", file=None, item="", review=review)
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


def _loaded(talk: Talk, outcome: Loaded) -> Talk:
    """A case: to answer something in it, or to go on where it was left."""
    file, draft, t = outcome.file, outcome.draft, talk.setting.words.t
    talk = replace(talk, file=file, day=outcome.day, said="", pick=None, doubt="")
    if talk.then != "resume":
        return replace(talk, stage=talk.then, then="")
    following = STAGE_OF_STEP[file.state.next_step()]
    stage, held = placed(draft.stage) if draft else (following, ())
    back = following if stage in ASIDES else ""
    talk = replace(talk, stage=stage, then="", back=back, kept=(), held=held, started_at=None, found=None)
    offer = file.state.offer
    if offer is not None and offer.declined is not None:
        name = name_of(talk, offer.to)
        said = t("{name} cannot take it: {words}", name=name, words=quoted(talk, offer.declined))
        talk = replace(talk, said=said, said_style="warn")
    return with_line(talk, draft.line if draft else "")


def _is_stuck(talk: Talk, outcome: Broken) -> bool:
    """Whether the agent wants to leave a case and nothing can be written: leaving always works, parked or not."""
    return talk.then == "parked" and outcome.what != "StoreBusy"


def _failed(talk: Talk, said: str, style: str = "warn") -> Talk:
    """Stay where it was, say why, and give back what was typed."""
    text = talk.sent
    return with_line(replace(talk, said=said, said_style=style, then="", sent="", doubt=""), text)


def _entered(talk: Talk, outcome: Entered) -> Talk:
    setting = talk.setting
    shown = Shown(setting.shown.locale, ZoneInfo(outcome.zone))
    to_read = outcome.day.news or outcome.day.acknowledged < outcome.policy.version
    between = talk.practice or outcome.practice  # practice begins or ends: nobody has come in
    said, style = "", "good"
    if talk.practice:
        said = setting.words.t("Back at the real desk. Of the practice nothing is left.")
    if outcome.stale is not None and not between:
        said, style = stale(setting, outcome.stale), "warn"
    return replace(
        talk, setting=replace(setting, shown=shown), person=outcome.person, policy=outcome.policy, day=outcome.day,
        stage="news" if to_read and not between else "idle", practice=outcome.practice, file=None, back="",
        kept=(), held=(), then="", said=said, said_style=style, closed="", saved_at=None, pick=None, line="",
        line_serial=talk.line_serial + between,
    )  # fmt: skip


def _done(talk: Talk, outcome: Done, now: datetime) -> Talk:
    before, then = talk, talk.then
    talk = replace(talk, day=outcome.day, saved_at=outcome.saved_at, then="", sent="", doubt="")
    if outcome.card is not None:
        talk = _with_card(talk, outcome.card)
    if outcome.file is None:
        return scene_of(talk.stage).done(talk, now)
    talk = replace(talk, file=outcome.file, started_at=None, found=None)
    if then == "@":
        return scene_of(talk.stage).done(talk, now)
    if then == "noted":
        return returned(talk).talk
    return _gone_on(before, replace(talk, back="", kept=(), held=()), outcome.file)


def _with_card(talk: Talk, card: CustomerFile) -> Talk:
    """A customer's file, also beside the case at hand if it is theirs."""
    talk, file = replace(talk, card=card), talk.file
    if file is None or file.customer.id != card.customer.id:
        return talk
    history = tuple(line for line in card.customer.history if line.case != file.state.folio)[:5]
    return replace(talk, file=replace(file, customer=replace(card.customer, history=history)))


def _gone_on(before: Talk, talk: Talk, file: CaseFile) -> Talk:
    """Where a call goes on after what was decided in it."""
    t, shown, state = talk.setting.words.t, talk.setting.shown, file.state
    if before.then == "closed":
        gesture = gesture_name(talk) if state.gesture else ""
        said = t("Case {case} closed.", case=state.folio)
        if gesture:
            said = t("Case {case} closed, {gesture} delivered.", case=state.folio, gesture=gesture)
        seconds = talk.policy.undo_seconds if talk.policy else 0
        said += " " + t("{key} takes it back for {n} s.", key=talk.setting.key("Ctrl+Z"), n=seconds)
        return replace(talk, stage="idle", file=None, closed=state.folio, said=said, said_style="good")
    if before.then == "parked":
        waiting = state.next_contact()
        name = file.customer.call_name
        if waiting is None or talk.saved_at is None or shown.day(waiting.due_at) == shown.day(talk.saved_at):
            when = shown.clock(waiting.due_at) if waiting is not None else ""
            said = t("{name} is parked; come back by {time}.", name=name, time=when)
        else:
            said = t("{name} is parked; come back on {day}.", name=name, day=shown.day_time(waiting.due_at))
        return replace(talk, stage="idle", file=None, said=said, said_style="good")
    if before.then == "withdrawn":
        said = t("Choose the customer again; the clock goes on.")
        talk = replace(talk, stage="lookup", file=None, started_at=state.started_at, said=said, said_style="")
        return with_line(talk, file.customer.name)
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
