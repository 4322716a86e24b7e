"""Who works here: their figures in alphabetical order, and whom nobody has thanked for a while (rules D1, D6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of, look
from mesa_recuperacion.dialogue.review.listed import Entry, Group, OfBoard
from mesa_recuperacion.dialogue.review.said import money, per_cent
from mesa_recuperacion.dialogue.scenes.base import interrupt, refuse, with_line
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Text
from mesa_recuperacion.domain.review.board import Board, PersonLine
from mesa_recuperacion.domain.review.own import PersonOf
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.text import fold
from mesa_recuperacion.domain.views import Person

UNTHANKED = 30
"""More days than these without thanks are said (rule D6)."""

_NAMED = 2
"""So many are named; of more, how many."""


class PeoplePage(OfBoard):
    """Everybody by name, never by figure: this is no ranking (rule D6)."""

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("People, in alphabetical order")

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Thanks."""
        return (("e", talk.setting.words.t("thank the one marked")),)

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """One row for each."""
        t = talk.setting.words.t
        titles = (t("Person"), t("cases"), t("on time"), t("1st contact"), t("cost"), t("thanks"))
        return (Group(titles, tuple(_entry(talk, one) for one in alphabetical(answer_of(talk, Board).people))),)

    def empty(self, talk: Talk) -> str:
        """Nobody has figures."""
        return talk.setting.words.t("Nobody of the filter has worked in this period. F7 shows the one before.")

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """Whom nobody has thanked."""
        said = unthanked(talk, answer_of(talk, Board).people, now)
        return (Text(said, "warn"),) if said else ()

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """Their page."""
        line = entry.thing
        if not isinstance(line, PersonLine):
            return Step(talk)
        return look(talk, "review_person", PersonOf(of_person(answer_of(talk, Board).scope, line.person)))

    def lettered(self, talk: Talk, letter: str, entry: Entry | None, now: datetime) -> Step:
        """Thanks to whoever is marked."""
        if entry is None or not isinstance(entry.thing, PersonLine):
            return refuse(talk, self.empty(talk))
        return thank(talk, entry.thing.person)


def thank(talk: Talk, person: Person) -> Step:
    """The question what somebody is thanked for, with their number in the line; it comes back here."""
    if talk.person is not None and person.id == talk.person.id:
        return refuse(talk, talk.setting.words.t("Nobody thanks themselves. Choose somebody else."))
    if all(one.id != person.id for one in talk.people):
        return refuse(talk, talk.setting.words.t("{name} no longer works here.", name=person.name))
    return Step(with_line(interrupt(talk, "praise", "").talk, f"{person.number} "))


def of_person(scope: Scope, person: Person) -> Scope:
    """The same period and filter, of one person."""
    return replace(scope, filter=replace(scope.filter, person=person.id))


def days_without(line: PersonLine, now: datetime) -> int:
    """Whole days since somebody was thanked last, or since they began to work here."""
    return (now - (line.praised_at or line.since)).days


def unthanked(talk: Talk, people: tuple[PersonLine, ...], now: datetime) -> str:
    """Which agents nobody has thanked for more than ``UNTHANKED`` days, the longest first; empty if there are none.

    Who thanks is not waited for to be thanked: in most branches there is nobody who could.
    """
    t, tn = talk.setting.words.t, talk.setting.words.tn
    waiting = _waiting(people, now)
    if not waiting:
        return ""
    names = [
        t("{name} for {n} days", name=_short(line.person.name), n=days_without(line, now)) for line in waiting[:_NAMED]
    ]
    said = t("▲ Nobody has thanked {names}.", names=", ".join(names))
    more = len(waiting) - _NAMED
    return said if more <= 0 else f"{said} {tn('Nor one more person.', 'Nor {n} more people.', more)}"


def unthanked_in_short(talk: Talk, people: tuple[PersonLine, ...], now: datetime) -> str:
    """The same in a line of the board: the one who has waited longest, and how many more there are."""
    waiting = _waiting(people, now)
    if not waiting:
        return ""
    name, days = _short(waiting[0].person.name), days_without(waiting[0], now)
    said = talk.setting.words.t("▲ {name}: {n} days without thanks", name=name, n=days)
    return said if len(waiting) == 1 else f"{said} +{len(waiting) - 1}"


def _waiting(people: tuple[PersonLine, ...], now: datetime) -> list[PersonLine]:
    found = [
        x for x in people if not x.retired and x.person.role == "agent" and days_without(x, now) > UNTHANKED
    ]  # fmt: skip
    return sorted(found, key=lambda line: (-days_without(line, now), fold(line.person.name)))


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23].rstrip()}…"


def alphabetical(people: tuple[PersonLine, ...]) -> list[PersonLine]:
    """By name: this is no ranking (rule D6)."""
    return sorted(people, key=lambda line: (fold(line.person.name), line.person.number))


def _entry(talk: Talk, line: PersonLine) -> Entry:
    counts, t = line.counts, talk.setting.words.t
    figures = (
        str(counts.cases), per_cent(talk, counts.on_time, counts.cases),
        per_cent(talk, counts.first_contact, counts.cases), money(talk, counts.cost),
        f"♦ {line.praises}" if line.praises else "",
    )  # fmt: skip
    name = t("{name}, no longer here", name=line.person.name) if line.retired else line.person.name
    return Entry(line, name, figures, "accent" if line.praises else "", quiet=line.retired)
