"""What is owed to customers, whoever owes it: answered from here, or read (rules C4, C5, C6, D12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import LoadCase
from mesa_recuperacion.dialogue.review.base import answer_of, instead, look, review_of
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Listed, Paged, scope_here
from mesa_recuperacion.dialogue.scenes.base import ask, name_of
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.scenes.duties import STAGES, due_what, standing
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Text
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.review.base import Cursor, Query
from mesa_recuperacion.domain.review.board import Board, BoardOf, DueCount
from mesa_recuperacion.domain.review.cases import CaseOf
from mesa_recuperacion.domain.review.due import Due, DueLine, DueOf


class DuePage(Paged):
    """What is owed, the earliest first; Enter answers what is supervision's, and reads what is somebody else's."""

    left = (0, 1, 2)

    def query(self, talk: Talk) -> DueOf:
        """What was asked."""
        asked = review_of(talk).query
        return asked if isinstance(asked, DueOf) else DueOf()

    def title(self, talk: Talk) -> str:
        """What is listed, and whose."""
        t, query = talk.setting.words.t, self.query(talk)
        what = {
            "promise": t("Promises"), "verify": t("Follow-ups"), "retain": t("Calls to customers at risk"),
            "area": t("What areas owe"), "exception": t("Exceptions that wait"), "return": t("Parked and forgotten"),
        }.get(query.kind, t("What is owed"))  # fmt: skip
        if query.overdue_only:
            what = t("{what}, overdue", what=what)
        if not query.owner:
            return what
        whose = t("supervision") if query.owner == SUPERVISION else name_of(talk, query.owner)
        return t("{what} · {name}", what=what, name=whose)

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Less or more of it."""
        t = talk.setting.words.t
        first = ("t", t("everything")) if self.query(talk).overdue_only else ("v", t("only overdue"))
        return (first, ("s", t("what came to supervision")), ("o", t("by owner")))

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """One row for each."""
        t = talk.setting.words.t
        titles = (t("Customer"), t("what"), t("who"), t("by when"))
        return (Group(titles, tuple(_entry(talk, line, now) for line in answer_of(talk, Due).lines)),)

    def empty(self, talk: Talk) -> str:
        """Nobody waits."""
        t = talk.setting.words.t
        return t("Nothing overdue.") if self.query(talk).overdue_only else t("Nothing is owed to anybody.")

    def hint(self, talk: Talk) -> str:
        """Enter answers or reads."""
        return talk.setting.words.t("number · Enter answers or reads")

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """What the marked one is about, whole, and in which case."""
        line = None if entry is None else entry.thing
        if not isinstance(line, DueLine):
            return ()
        what = f"{line.item.case}: {_what(talk, line)}"
        return (Text(what if line.answerable else talk.setting.words.t("{what}. To be read.", what=what), "dim"),)

    def ends(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """The pages beside this one."""
        answer = answer_of(talk, Due)
        return answer.before, answer.after

    def paged(self, talk: Talk, cursor: Cursor) -> Query:
        """The same list from there."""
        return replace(self.query(talk), cursor=cursor)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The question that answers it; the whole case where it is somebody else's to answer."""
        line = entry.thing
        if not isinstance(line, DueLine):
            return Step(talk)
        item = line.item
        if line.answerable and item.kind in STAGES:
            return ask(replace(talk, item=item.id), LoadCase(item.case), then=STAGES[item.kind])
        return look(talk, "review_case", CaseOf(item.case))

    def lettered(self, talk: Talk, letter: str, entry: Entry | None, now: datetime) -> Step:
        """Another list of the same kind, or how much each owes."""
        query = replace(self.query(talk), cursor=None)
        match letter:
            case "o":
                return look(talk, "review_owners", BoardOf(scope_here(talk)))
            case "s":
                return instead(talk, DueOf(SUPERVISION, kind=query.kind))
        return instead(talk, replace(query, overdue_only=letter == "v"))


def _entry(talk: Talk, line: DueLine, now: datetime) -> Entry:
    t, item = talk.setting.words.t, line.item
    mark, how = standing(talk, item.due_at, now, business=item.kind == "area")
    if mark == "good":
        how = talk.setting.shown.when(item.due_at, now)
    owner = item.owner or t("supervision")
    who = t("{name}, no longer here", name=owner) if line.retired else owner
    return Entry(line, named(talk, item.customer), (_what(talk, line), who, how), mark, quiet=not line.answerable)


def _what(talk: Talk, line: DueLine) -> str:
    if line.item.kind == "return":
        return talk.setting.words.t("Come back to a parked case")
    return due_what(talk, line.item)


class OwnersPage(Listed):
    """How much each owes, overdue and later today; Enter lists it."""

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("What is owed, by owner")

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """One row for each who owes something; supervision among them."""
        t = talk.setting.words.t
        titles = (t("Owner"), t("promises"), t("follow-ups"), t("areas"), t("exceptions"), t("overdue"), t("today"))
        owing = [one for one in answer_of(talk, Board).due if one.overdue or one.today]
        return (Group(titles, tuple(_owing(talk, one) for one in owing)),)

    def empty(self, talk: Talk) -> str:
        """Nobody owes anything."""
        return talk.setting.words.t("Nothing is overdue, and nothing falls due today.")

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """What they owe."""
        one = entry.thing
        return look(talk, "review_due", DueOf(one.owner)) if isinstance(one, DueCount) else Step(talk)


def _owing(talk: Talk, one: DueCount) -> Entry:
    figures = (
        one.promises_overdue + one.promises_today, one.follow_ups_overdue + one.follow_ups_today,
        one.areas_overdue + one.areas_today, one.exceptions_overdue + one.exceptions_today,
    )  # fmt: skip
    cells = (*map(str, figures), f"■ {one.overdue}" if one.overdue else "0", str(one.today))
    return Entry(one, one.name or talk.setting.words.t("supervision"), cells)
