"""Customers who may be lost: why, and who calls them by when (rules D3, D12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import LoadCase, LoadFile
from mesa_recuperacion.dialogue.review.base import answer_of, look
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Paged
from mesa_recuperacion.dialogue.scenes.base import ask, interrupt, onward, policy_of
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.scenes.duties import standing
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Text
from mesa_recuperacion.domain.review.base import Cursor, Query
from mesa_recuperacion.domain.review.board import RiskLine
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.risk import AT_MOST, Risk, RiskOf
from mesa_recuperacion.domain.risk import BROKEN, REPEAT, UNSATISFIED


class RiskPage(Paged):
    """A list to call: Enter makes the call that is supervision's or one's own, else opens the customer's file."""

    left = (0, 1)

    def title(self, talk: Talk) -> str:
        """How many there are."""
        words, total = talk.setting.words, answer_of(talk, Risk).total
        if total >= AT_MOST:
            return words.t("Customers to call: {n} or more", n=total)
        return words.tn("One customer to call", "Customers to call: {n}", total)

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """The file, and the calls that are planned."""
        t = talk.setting.words.t
        return (("f", t("their file")), ("l", t("calls that are planned")))

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """One row for each."""
        t = talk.setting.words.t
        titles = (t("Customer"), t("why"), t("who calls"), t("by when"))
        lines = answer_of(talk, Risk).lines
        return (Group(titles, tuple(_entry(talk, line, now) for line in lines)),)

    def empty(self, talk: Talk) -> str:
        """Nobody is at risk."""
        return talk.setting.words.t("No customer is at risk of being lost.")

    def hint(self, talk: Talk) -> str:
        """Enter calls or reads."""
        return talk.setting.words.t("number · Enter calls, or opens the file")

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """Why the one who is marked may be lost, and what is done for them by the policy."""
        t, policy = talk.setting.words.t, policy_of(talk)
        said = []
        if entry is not None and isinstance(entry.thing, RiskLine):
            why = reasons(talk, entry.thing, policy.risk_days)
            said.append(Text(t("{name}: {reasons}.", name=named(talk, entry.thing.name), reasons=why)))
        if policy.retention is not None:
            said.append(Text(t("With what: {what}", what=policy.retention.what), "dim"))
        return tuple(said)

    def ends(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """The pages beside this one."""
        answer = answer_of(talk, Risk)
        return answer.before, answer.after

    def paged(self, talk: Talk, cursor: Cursor) -> Query:
        """The same list from there."""
        return RiskOf(cursor)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The call, where it is for whoever is here; else the customer's file."""
        line = entry.thing
        if not isinstance(line, RiskLine):
            return Step(talk)
        if line.call is not None and is_for(talk, line.call.owner):
            return ask(replace(talk, item=line.call.id), LoadCase(line.call.case), then="retain_due")
        return file_of(talk, line.customer)

    def lettered(self, talk: Talk, letter: str, entry: Entry | None, now: datetime) -> Step:
        """The file of whoever is marked, or every call that is planned."""
        if letter == "l":
            return look(talk, "review_due", DueOf(kind="retain"))
        line = None if entry is None else entry.thing
        return file_of(talk, line.customer) if isinstance(line, RiskLine) else Step(talk)


def is_for(talk: Talk, owner: str) -> bool:
    """Whether a call whose owner has that name (empty: supervision) is for whoever is at the desk."""
    return not owner or (talk.person is not None and owner == talk.person.name)


def file_of(talk: Talk, customer: str) -> Step:
    """A customer's file in front of the page, as F4 opens it anywhere; it comes back here."""
    there = onward(interrupt(talk, "file", "").talk, "file", customer).talk
    return Step(replace(there, card=None), (LoadFile(customer),))


def reasons(talk: Talk, line: RiskLine, days: int) -> str:
    """Why they may be lost, in words that blame nobody."""
    t = talk.setting.words.t
    said = {
        BROKEN: t("a promise was not kept"), UNSATISFIED: t("it was not solved"),
        REPEAT: t("complaint no. {n} in {days} days", n=line.complaints, days=days),
    }  # fmt: skip
    return "; ".join(said.get(one, one) for one in line.reasons)


def signs(talk: Talk, line: RiskLine) -> str:
    """The same in as few words as a column has room for."""
    t, tn = talk.setting.words.t, talk.setting.words.tn
    said = {
        BROKEN: t("promise broken"), UNSATISFIED: t("not solved"),
        REPEAT: tn("{n} complaint", "{n} complaints", line.complaints),
    }  # fmt: skip
    return ", ".join(said.get(one, one) for one in line.reasons)


def _entry(talk: Talk, line: RiskLine, now: datetime) -> Entry:
    t, call = talk.setting.words.t, line.call
    name, why = named(talk, line.name), signs(talk, line)
    if call is None:
        return Entry(line, name, (why, t("called already") if line.called else t("nobody yet"), ""))
    mark, how = standing(talk, call.due_at, now)
    when = talk.setting.shown.when(call.due_at, now) if mark == "good" else how
    return Entry(line, name, (why, call.owner or t("supervision"), when), mark)
