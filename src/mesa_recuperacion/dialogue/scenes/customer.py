"""A customer in words: how often, what came of it, and whether we may lose them (rules A3, D3)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.scenes.base import policy_of
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Block, Text
from mesa_recuperacion.domain.risk import BROKEN, REPEAT, RISK_COMPLAINTS, UNSATISFIED, risk_of
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import Customer, HistoryLine
from mesa_recuperacion.i18n.words import customer_named


def named(talk: Talk, name: str) -> str:
    """A customer's name, or that they asked to be forgotten."""
    return customer_named(talk.setting.words, name)


def complaints(talk: Talk, customer: Customer, now: datetime) -> str:
    """How often a customer complained and when last, in words."""
    words = talk.setting.words
    if not customer.complaints or customer.last_at is None:
        return words.t("no complaints")
    zone = talk.setting.shown.zone
    days = max(0, (now.astimezone(zone).date() - customer.last_at.astimezone(zone).date()).days)
    ago = words.t("today") if days == 0 else words.tn("{n} day ago", "{n} days ago", days)
    text = words.tn("{n} complaint, last {ago}", "{n} complaints, last {ago}", customer.complaints, ago=ago)
    return f"▲ {text}" if customer.recent else text


def risk_days(talk: Talk) -> int:
    """The window in which a customer's figures are counted: that of the policy in force, whatever the case is under."""
    return (talk.policy or policy_of(talk)).risk_days


def risk(talk: Talk, customer: Customer, *, coming: int = 0) -> str:
    """Why we may lose a customer, in one sentence that blames nobody; empty if nothing speaks for it (rule D3).

    ``coming`` is 1 where the case that is about to be opened counts too.
    """
    t, policy = talk.setting.words.t, talk.policy or policy_of(talk)
    count = customer.recent + coming
    reasons = {
        BROKEN: t("a promise was not kept"),
        UNSATISFIED: t("it was not solved"),
        REPEAT: t("complaint no. {n} in {days} days", n=count, days=policy.risk_days),
    }
    found = risk_of(
        complaints=count, broken=customer.broken, unsatisfied=customer.unsatisfied,
        threshold=policy.retention.complaints if policy.retention else RISK_COMPLAINTS,
    )  # fmt: skip
    return t("▲ We may lose them: {reasons}.", reasons="; ".join(reasons[name] for name in found)) if found else ""


_HOW = 26
"""Columns of how an earlier case was put right: what it cost, and what was done where there is room for both."""


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier case in words; ``mark`` is its style: ``warn`` if it was not put right, or not yet."""

    day: str
    problem: str
    how: str
    outcome: str
    mark: str

    @property
    def sign(self) -> str:
        """What says the same without colour."""
        return "▲" if self.mark else "●"


def past(talk: Talk, line: HistoryLine) -> Past:
    """When, what, how it was put right, and whether the customer was satisfied."""
    t, shown = talk.setting.words.t, talk.setting.shown
    problem = policy_of(talk).problem(line.problem)
    remedy = problem.remedy(line.remedy) if problem else None
    amount = shown.money(line.compensation) if line.compensation is not None else ""
    how = " · ".join(part for part in (amount, remedy.done.lower() if remedy else "") if part)
    outcome = {True: t("satisfied"), False: t("not satisfied"), None: t("open, {case}", case=line.case)}
    return Past(
        shown.day(line.at),
        problem.name if problem else t("problem not noted"),
        how if len(how) <= _HOW or not amount else amount,
        outcome[line.satisfied],
        "warn" if line.satisfied is False or line.status != "closed" else "",
    )


def history(talk: Talk, lines: tuple[HistoryLine, ...], *, narrow: bool = False) -> tuple[Block, ...]:
    """Earlier cases, one line each, or two where the place is ``narrow``."""
    made: list[Block] = [Text(talk.setting.words.t("Before"), "dim")]
    told = [past(talk, line) for line in lines]
    day, problem = max((len(one.day) for one in told), default=0), max((len(one.problem) for one in told), default=0)
    for one in told:
        head, rest = f"{one.sign} {one.day:<{day}}  {one.problem}", " · ".join(filter(None, (one.how, one.outcome)))
        if narrow:
            made += [Text(head, one.mark), Text(f"  {rest}", "dim")]
        else:
            made.append(Text(f"{head}{' ' * (problem - len(one.problem))}  {rest}", one.mark))
    return tuple(made)
