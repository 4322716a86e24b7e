"""Equal treatment: what was given for the same problem, and to whom (rule D4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of, look
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Scoped, cases, of_problem
from mesa_recuperacion.dialogue.review.remedies import problems_in_order
from mesa_recuperacion.dialogue.review.said import NOTHING, drawn, money, problem_said
from mesa_recuperacion.dialogue.scenes.base import policy_of
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Text
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.cases import CaseLine, CaseOf
from mesa_recuperacion.domain.review.outliers import Outliers, OutliersOf
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.totals import Bar, Equity, EquityOf, median


class EquityPage(Scoped):
    """For each problem: how many cases, the least, the median and the most given; new customers beside known ones."""

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("Equal treatment: what was given")

    def scope(self, talk: Talk) -> Scope:
        """That of the figures."""
        return answer_of(talk, Equity).scope

    def asked(self, talk: Talk, scope: Scope) -> Query:
        """The same of another period."""
        return EquityOf(scope)

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """A row for each problem."""
        t, equity = talk.setting.words.t, answer_of(talk, Equity)
        titles = (t("Problem"), t("cases"), t("least"), t("median"), t("most"), t("new"), t("known"))
        codes = problems_in_order(talk, {one.problem for one in equity.histograms})
        return (Group(titles, tuple(_problem(talk, equity, code) for code in codes)),)

    def empty(self, talk: Talk) -> str:
        """Nothing to compare."""
        return talk.setting.words.t("No case in this period. F7 shows the one before.")

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """What the last two columns are, and what it is for."""
        return (Text(_columns(talk), "dim"),)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The histogram of the problem, with the cases at its ends."""
        scope = answer_of(talk, Equity).scope
        return look(talk, "review_outliers", OutliersOf(scope, str(entry.thing)))


def _columns(talk: Talk) -> str:
    t = talk.setting.words.t
    return t("New and known: the median of customers with their first case, and of the others. It shows context; by"
             " itself it punishes nobody.")  # fmt: skip


def _problem(talk: Talk, equity: Equity, code: str) -> Entry:
    bars = equity.bars(code)
    spread = (money(talk, one) for one in (bars[0].minor, median(bars), bars[-1].minor))
    by_standing = (_median(talk, equity.bars(code, standing)) for standing in ("new", "known"))
    cells = (str(sum(bar.n for bar in bars)), *spread, *by_standing)
    return Entry(code, problem_said(talk, code), cells)


def _median(talk: Talk, bars: tuple[Bar, ...]) -> str:
    return money(talk, median(bars)) if bars else NOTHING


class OutliersPage(Scoped):
    """One problem: each amount and how often it was given, and the cases that were given least and most."""

    left = (0, 1)

    def title(self, talk: Talk) -> str:
        """Which problem."""
        t, page = talk.setting.words.t, answer_of(talk, Outliers)
        return t("Equal treatment: {problem}", problem=problem_said(talk, page.problem))

    def scope(self, talk: Talk) -> Scope:
        """That of the figures."""
        return answer_of(talk, Outliers).scope

    def asked(self, talk: Talk, scope: Scope) -> Query:
        """The same of another period."""
        return OutliersOf(scope, answer_of(talk, Outliers).problem)

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """The cases at the ends, side by side, and the histogram."""
        t, page = talk.setting.words.t, answer_of(talk, Outliers)
        if not page.bars:
            return ()
        most, total = max(bar.n for bar in page.bars), sum(bar.n for bar in page.bars)
        new = {bar.minor: bar.n for bar in page.new}
        amounts = []
        for bar in page.bars:
            fresh = new.get(bar.minor, 0)
            who = t("new {new} · known {known}", new=fresh, known=bar.n - fresh)
            amounts.append(Entry(bar, money(talk, bar.minor), (drawn(bar.n, most), who, str(bar.n))))
        heads = (t("who gave it"), t("why, and for whom"), t("given"))
        return (
            Group((t("Given least"), *heads), tuple(_case(talk, line) for line in page.least)),
            Group((t("Given most"), *heads), tuple(_case(talk, line) for line in page.most)),
            Group((t("Given"), "", t("customers"), t("of {n}", n=total)), tuple(amounts)),
        )

    def empty(self, talk: Talk) -> str:
        """Nothing to compare."""
        return talk.setting.words.t("No case in this period. F7 shows the one before.")

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """The context of the case that is marked, whole, and what it is for."""
        said = Text(talk.setting.words.t("It shows context; by itself it punishes nobody."), "dim")
        line = None if entry is None else entry.thing
        return (Text(context(talk, line)), said) if isinstance(line, CaseLine) else (said,)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The case; of an amount, the cases that were given it."""
        page, thing = answer_of(talk, Outliers), entry.thing
        if isinstance(thing, CaseLine):
            return look(talk, "review_case", CaseOf(thing.folio))
        if isinstance(thing, Bar):
            return cases(talk, replace(of_problem(page.scope, page.problem), minor=thing.minor))
        return Step(talk)


def context(talk: Talk, line: CaseLine) -> str:
    """What a case was given for: an exception, the remedy, the customer, and whether they were satisfied."""
    t = talk.setting.words.t
    remedy = next(filter(None, (_remedy(talk, line), line.remedy)), t("no remedy"))
    said = [remedy, named(talk, line.customer)]
    if line.exception:
        said.insert(0, t("with an exception"))
    if line.satisfied is not None:
        said.append(t("satisfied") if line.satisfied else t("not satisfied"))
    return " · ".join(said)


def _case(talk: Talk, line: CaseLine) -> Entry:
    name = f"{line.folio} {talk.setting.shown.day(line.at)}"
    return Entry(line, name, (line.person, context(talk, line), money(talk, line.given)))


def _remedy(talk: Talk, line: CaseLine) -> str:
    problem = policy_of(talk).problem(line.problem)
    found = problem.remedy(line.remedy) if problem else None
    return found.done if found else ""
