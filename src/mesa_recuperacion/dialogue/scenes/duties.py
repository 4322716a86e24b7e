"""A row of the idle desk for each thing that waits for somebody: what it is, since when, and where it leads."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.scenes.base import policy_of, quoted, rail_names
from mesa_recuperacion.dialogue.scenes.hand_over import causes
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Option
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import ANSWER
from mesa_recuperacion.domain.views import AgendaItem, Draft, OfferItem, OpenItem

Item = Draft | OpenItem | AgendaItem | OfferItem

STAGES = {
    "promise": "promise_due", "verify": "follow_up_due", "retain": "retain_due", "area": "area_due",
    "exception": "exception_due", "action": "action_due",
}  # fmt: skip
"""The scene in which each kind of what is due is answered."""


def option(talk: Talk, key: str, item: Item, now: datetime) -> Option:
    """The row: the hour and the customer, what it is about, and how long it waits or how late it is."""
    match item:
        case Draft():
            return _draft(talk, key, item, now)
        case OpenItem():
            return _open(talk, key, item, now)
        case OfferItem():
            what = f"{item.by}: {causes(talk).get(item.reason, item.reason)}"
            return _row(talk, key, item.at, item.customer, what, _waiting(talk, item.at, now), "warn")
    mark, state = standing(talk, item.due_at, now, business=item.kind == "area")
    name = talk.setting.words.t("Action agreed") if item.kind == "action" else item.customer
    return _row(talk, key, item.due_at, name, _duty(talk, item), state, mark)


def _row(talk: Talk, key: str, at: datetime, name: str, what: str, state: str, mark: str) -> Option:
    return Option(key, f"{talk.setting.shown.clock(at)}  {name}", (what, state), mark)


def _draft(talk: Talk, key: str, item: Draft, now: datetime) -> Option:
    since, t = item.started_at or item.at, talk.setting.words.t
    return _row(talk, key, since, quoted(talk, item.line), t("not opened yet"), _waiting(talk, since, now), "warn")


def _open(talk: Talk, key: str, item: OpenItem, now: datetime) -> Option:
    t, names = talk.setting.words.t, rail_names(talk)
    where = names.get(item.step, names["close"])
    if item.offered_to:
        what = t("{name} was asked", name=item.offered_to)
    else:
        what = t("{step} · parked", step=where) if item.status == "parked" else t("{step} · left open", step=where)
    if item.reserved is not None and not item.offered_to:
        what = t("{step} · {amount} reserved", step=where, amount=talk.setting.shown.money(item.reserved))
    return _row(talk, key, item.since, item.customer, what, _waiting(talk, item.since, now), "warn")


def _duty(talk: Talk, item: AgendaItem) -> str:
    """What is due, in a few words; with its owner's name where it is somebody else's."""
    what = due_what(talk, item)
    return f"{what} · {item.owner}" if item.owner else what


def due_what(talk: Talk, item: AgendaItem) -> str:
    """What is due, in a few words."""
    t, policy = talk.setting.words.t, policy_of(talk)
    match item.kind:
        case "promise" if item.what == ANSWER:
            return t("Answer promised")
        case "promise":
            found = next(filter(None, (p.remedy(item.what) for p in policy.problems)), None)
            return t("Promise: {what}", what=found.name if found else item.what)
        case "retain":
            return t("Call a customer at risk")
        case "area":
            area = policy.area(item.area)
            return t("Area: {area}", area=area.name if area else item.area)
        case "action":
            return quoted(talk, item.what)
        case "exception":
            return t("Authorise {amount}", amount=_amount(talk, item.what))
    problem = policy.problem(item.what)
    return t("Call: {question}", question=problem.question if problem else "")


def _amount(talk: Talk, minor: str) -> str:
    """An amount of the agenda, in minor units of the branch's currency."""
    return talk.setting.shown.money(Money(int(minor), policy_of(talk).currency)) if minor.isdecimal() else minor


def standing(talk: Talk, due_at: datetime, now: datetime, *, business: bool = False) -> tuple[str, str]:
    """How it stands; what an area owes is late in ``business`` time, as its deadline was counted (rule C3)."""
    t = talk.setting.words.t
    seconds = int((due_at - now).total_seconds())
    if seconds < 0:
        late = -seconds // 60
        if business:
            late = int(policy_of(talk).hours.open_between(due_at, now).total_seconds()) // 60
        if late >= 24 * 60:
            return "bad", t("■ overdue {days} d", days=late // (24 * 60))
        if late >= 60:
            return "bad", t("■ overdue {hours} h", hours=late // 60)
        return "bad", t("■ overdue {time}", time=f"0:{late:02}")
    if seconds < 30 * 60:
        return "warn", t("▲ in {minutes} min", minutes=seconds // 60)
    return "good", t("● on time")


def _waiting(talk: Talk, since: datetime, now: datetime) -> str:
    t, minutes = talk.setting.words.t, max(0, int((now - since).total_seconds()) // 60)
    if minutes < 60:
        return t("▲ {minutes} min", minutes=minutes)
    return t("▲ {hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
