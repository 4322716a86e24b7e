"""What a budget paid, and what went above a limit: every line opens its case (rules B3, B4, D1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.review.base import Page, answer_of, instead, look, review_of
from mesa_recuperacion.dialogue.review.budgets import whose
from mesa_recuperacion.dialogue.review.listed import at_end
from mesa_recuperacion.dialogue.review.said import budget_period_said, money, problem_said
from mesa_recuperacion.dialogue.scenes.base import Shape, policy_of, quoted, refuse
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.cases import CaseOf
from mesa_recuperacion.domain.review.exceptions import (
    ExceptionLine,
    Exceptions,
    ExceptionsOf,
    Spending,
    SpendingLine,
    SpendingOf,
)


class Lines(Page):
    """A page of a long list, each line of which is about a case."""

    def cases(self, talk: Talk) -> tuple[str, ...]:
        """The case of each row."""
        raise NotImplementedError

    def beside(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """Where the pages before and after begin."""
        raise NotImplementedError

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """The first line."""
        return 0 if rows else None

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens the case of a line."""
        cases = self.cases(talk)
        if not cases:
            return refuse(talk, talk.setting.words.t("There is nothing to open here. Esc goes back."))
        index = self.choice(talk, text, self.rows(talk, text, now))
        return index if isinstance(index, Step) else look(talk, "review_case", CaseOf(cases[index]), text=text)

    def turned(self, talk: Talk, by: int) -> Step:
        """The page before or after."""
        cursor, query = self.beside(talk)[by > 0], review_of(talk).query
        if cursor is None or not isinstance(query, SpendingOf | ExceptionsOf):
            return at_end(talk, by)
        return instead(talk, replace(query, cursor=cursor))


class SpendingPage(Lines):
    """What a budget paid, for what, by whom."""

    def cases(self, talk: Talk) -> tuple[str, ...]:
        """The folios."""
        return tuple(line.folio for line in answer_of(talk, Spending).lines)

    def beside(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """The pages beside this one."""
        seen = answer_of(talk, Spending)
        return seen.before, seen.after

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """One line for each gesture."""
        return tuple(_spent(talk, str(n), line) for n, line in enumerate(answer_of(talk, Spending).lines, 1))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list under the budget, or that it has paid nothing."""
        t, seen, rows = talk.setting.words.t, answer_of(talk, Spending), self.rows(talk, text, now)
        main: tuple[Block, ...] = (Text(t("Nothing was paid from it in this period."), "dim"),)
        if rows:
            titles = (t("Customer"), t("when"), t("what for"), t("amount"))
            more = t("and {n} more: a number takes them too", n="{n}")
            main = (Choice(titles, rows, self.selected(talk, text, rows), left=(0, 1), more=more),)
        return Shape(t("See"), t("number · Enter opens the case"), main,
                     title=t("What it paid: {name}", name=whose(talk, seen.person, seen.name)),
                     under=_budget(talk, seen))  # fmt: skip


def _budget(talk: Talk, seen: Spending) -> str:
    t, said, view = talk.setting.words.t, talk.setting.shown.money, seen.budget
    if view is None:
        return t("Never funded yet")
    period, spent = budget_period_said(talk, view.period), said(view.spent)
    return t("{period} · {spent} of {funded} spent, {left} left", period=period, spent=spent,
             funded=said(view.funded), left=said(view.left))  # fmt: skip


def _gesture(talk: Talk, problem: str, code: str) -> str:
    """A compensation as it is said, in two words; an amount of one's own has no name."""
    known = policy_of(talk).problem(problem)
    listed = known.compensation(code) if known is not None else None
    return listed.done if listed is not None else talk.setting.words.t("another amount")


def _spent(talk: Talk, key: str, line: SpendingLine) -> Option:
    shown = talk.setting.shown
    what = f"{problem_said(talk, line.problem)} · {line.person}"
    about = (shown.day_time(line.at), what, money(talk, line.amount))
    return Option(key, named(talk, line.customer), about)


class ExceptionsPage(Lines):
    """What went above a limit in the period of the review: who asked, who answered, and why."""

    def cases(self, talk: Talk) -> tuple[str, ...]:
        """The folios."""
        return tuple(line.folio for line in answer_of(talk, Exceptions).lines)

    def beside(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """The pages beside this one."""
        seen = answer_of(talk, Exceptions)
        return seen.before, seen.after

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """One line for each."""
        return tuple(_asked(talk, str(n), line) for n, line in enumerate(answer_of(talk, Exceptions).lines, 1))

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list, and all that is known of the line that is marked."""
        t, seen, rows = talk.setting.words.t, answer_of(talk, Exceptions), self.rows(talk, text, now)
        main: tuple[Block, ...] = (Text(t("No exception was asked for in this period."), "dim"),)
        at = self.selected(talk, text, rows)
        if rows:
            titles = (t("Customer"), t("asked by"), t("answer"), t("amount"))
            more = t("and {n} more: a number takes them too", n="{n}")
            main = (Choice(titles, rows, at, left=(0, 1), more=more),)
            main += (Gap(), *_why(talk, seen.lines[at])) if at is not None else ()
        return Shape(t("See"), t("number · Enter opens the case"), main, title=t("Exceptions"),
                     under=t("Above the cap of a case or above a budget: the branch's reserve pays"))  # fmt: skip


def statuses(talk: Talk) -> dict[str, str]:
    """What has become of an exception, in a word or two."""
    t = talk.setting.words.t
    return {
        "waiting": t("waits for an answer"), "authorised": t("authorised, not taken"), "granted": t("granted"),
        "declined": t("declined"), "forgotten": t("Forgotten customer"),
    }  # fmt: skip


def _asked(talk: Talk, key: str, line: ExceptionLine) -> Option:
    answer = " · ".join(filter(None, (statuses(talk).get(line.status, line.status), line.by)))
    return Option(
        key, named(talk, line.customer), (line.person, answer, money(talk, line.amount)),
        "warn" if line.status == "waiting" else "",
    )  # fmt: skip


def _why(talk: Talk, line: ExceptionLine) -> tuple[Block, ...]:
    """When, for which problem, how far above what, and both reasons."""
    t, shown = talk.setting.words.t, talk.setting.shown
    gesture = _gesture(talk, line.problem, line.compensation)
    if line.over_cap > 0:
        above = t("{amount} above the cap", amount=money(talk, line.over_cap))
    else:
        above = t("above the budget")
    what = (shown.day_time(line.at), line.folio, problem_said(talk, line.problem), gesture, above)
    blocks: list[Block] = [Text(" · ".join(what), "dim")]
    if line.reason:
        blocks.append(Text(t("{name}: {words}", name=line.person, words=quoted(talk, line.reason))))
    if line.answer:
        blocks.append(Text(t("{name}: {words}", name=line.by, words=quoted(talk, line.answer))))
    return tuple(blocks)
