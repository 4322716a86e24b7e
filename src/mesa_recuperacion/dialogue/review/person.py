"""One person: their figures beside the branch's and its goals, their budget, their thanks (rules D6, D10)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of, look
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Scoped, cases
from mesa_recuperacion.dialogue.review.people import thank
from mesa_recuperacion.dialogue.review.said import aimed, money, per_cent
from mesa_recuperacion.dialogue.scenes.base import policy_of, quoted
from mesa_recuperacion.dialogue.scenes.story import shortened
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Pairs
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf
from mesa_recuperacion.domain.review.own import PersonOf, PersonPage
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.domain.views import News


class PersonScene(Scoped):
    """Somebody's figures; each opens the cases that it is counted over."""

    def title(self, talk: Talk) -> str:
        """Whose page it is."""
        return answer_of(talk, PersonPage).person.name

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Thanks, and the exceptions one by one."""
        t = talk.setting.words.t
        return (("e", t("thank them")), ("x", t("exceptions, one by one")))

    def scope(self, talk: Talk) -> Scope:
        """The period."""
        return answer_of(talk, PersonPage).scope

    def asked(self, talk: Talk, scope: Scope) -> Query:
        """The same person in another period."""
        return PersonOf(scope)

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """Each figure beside the period before, the branch's and the goal."""
        t, page, goals = talk.setting.words.t, answer_of(talk, PersonPage), policy_of(talk).goals
        mine, before, branch = page.counts, page.before, page.branch

        def shared(which: str, name: str, part: str, of: str, aim: int) -> Entry:
            told = (per_cent(talk, getattr(one, part), getattr(one, of)) for one in (mine, before, branch))
            return Entry(which, name, (*told, aimed(talk, aim)))

        def summed(which: str, name: str, part: str) -> Entry:
            return Entry(which, name, (str(getattr(mine, part)), str(getattr(before, part)), "", ""))

        titles = (t("Figure"), t("period"), t("before"), t("branch"), t("goal"))
        return (Group(titles, (
            summed("cases", t("Cases"), "cases"),
            shared("on_time", t("On time"), "on_time", "cases", goals.on_time),
            shared("first_contact", t("At first contact"), "first_contact", "cases", goals.first_contact),
            shared("verified", t("Follow-ups verified"), "verified", "follow_ups", goals.verified),
            Entry("cost", t("Cost"), (money(talk, mine.cost), money(talk, before.cost), "", "")),
            summed("exceptions", t("With an exception"), "exceptions"),
        )),)  # fmt: skip

    def empty(self, talk: Talk) -> str:
        """There always is a figure."""
        return ""

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """Their budget, and the latest thanks."""
        t, page = talk.setting.words.t, answer_of(talk, PersonPage)
        shown, left = talk.setting.shown.money, page.budget.left
        budget = t("{left} of {funded}", left=shown(left), funded=shown(page.budget.funded))
        return (Pairs(((t("Budget now"), budget, ""), (t("Thanks"), latest_thanks(talk, page.praises), ""))),)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The cases of the figure."""
        return cases(talk, Behind(answer_of(talk, PersonPage).scope, str(entry.thing)))

    def lettered(self, talk: Talk, letter: str, entry: Entry | None, now: datetime) -> Step:
        """Thanks; or what was asked above a limit, and who authorised it."""
        page = answer_of(talk, PersonPage)
        return look(talk, "review_exceptions", ExceptionsOf(page.scope)) if letter == "x" else thank(talk, page.person)


def latest_thanks(talk: Talk, praises: tuple[News, ...]) -> str:
    """The latest thanks in one line, or that there are none."""
    t = talk.setting.words.t
    if not praises:
        return t("none yet")
    last = praises[0]
    return t(
        "♦ {name}, {day}: {text}",
        name=last.by,
        day=talk.setting.shown.day(last.at),
        text=quoted(talk, shortened(last.text)),
    )
