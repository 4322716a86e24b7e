"""The cases behind a figure, page by page; Enter opens one of them whole (rule D1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of, instead, look
from mesa_recuperacion.dialogue.review.figures import ago
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Paged
from mesa_recuperacion.dialogue.review.said import money, problem_said
from mesa_recuperacion.dialogue.review.sets import figures
from mesa_recuperacion.dialogue.review.whys import begin_with
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.domain.review.base import Cursor, Query
from mesa_recuperacion.domain.review.cases import CaseLine, CaseOf, Cases, CasesOf
from mesa_recuperacion.domain.review.scope import Scope


class CasesPage(Paged):
    """A page of cases, the latest first closing first."""

    left = (0, 1)

    def title(self, talk: Talk) -> str:
        """Which cases, and how many where a counter tells."""
        words, answer = talk.setting.words, answer_of(talk, Cases)
        figure = "" if answer.behind.which == "cases" else figures(talk).get(answer.behind.which, "")
        count = words.t("Cases") if answer.total is None else words.tn("One case", "{n} cases", answer.total)
        return f"{count} {figure}".strip()

    def scope(self, talk: Talk) -> Scope:
        """That of the figure."""
        return answer_of(talk, Cases).behind.scope

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Five whys over all of them."""
        return (("q", talk.setting.words.t("five whys")),) if answer_of(talk, Cases).lines else ()

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """One row for each."""
        t = talk.setting.words.t
        answer = answer_of(talk, Cases)
        one_problem = bool(answer.behind.scope.filter.problem)
        titles = (t("Customer"), t("case"), t("person") if one_problem else t("problem"), t("time"), t("given"),
                  t("closed"))  # fmt: skip
        return (Group(titles, tuple(_entry(talk, one, now, one_problem=one_problem) for one in answer.lines)),)

    def empty(self, talk: Talk) -> str:
        """There is none."""
        return talk.setting.words.t("No cases behind this figure.")

    def ends(self, talk: Talk) -> tuple[Cursor | None, Cursor | None]:
        """The pages beside this one."""
        answer = answer_of(talk, Cases)
        return answer.before, answer.after

    def paged(self, talk: Talk, cursor: Cursor) -> Query:
        """The same cases from there."""
        return CasesOf(answer_of(talk, Cases).behind, cursor)

    def filtered(self, talk: Talk, scope: Scope) -> Step:
        """The same figure of another scope."""
        return instead(talk, CasesOf(replace(answer_of(talk, Cases).behind, scope=scope)))

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The case, and its neighbours in this list."""
        case = entry.thing
        if not isinstance(case, CaseLine):
            return Step(talk)
        return look(talk, "review_case", CaseOf(case.folio, answer_of(talk, Cases).behind))

    def lettered(self, talk: Talk, letter: str, entry: Entry | None, now: datetime) -> Step:
        """A worksheet over them."""
        return begin_with(talk, answer_of(talk, Cases).behind)


def _entry(talk: Talk, line: CaseLine, now: datetime, *, one_problem: bool) -> Entry:
    """Customer and folio, the problem (or, where all have the same, the person), time, given, how long ago."""
    late = line.elapsed > line.standard
    given = money(talk, line.given) if line.given else talk.setting.words.t("nothing")
    time = f"{'■' if late else '●'} {talk.setting.shown.span(line.elapsed)}"
    what = line.person if one_problem else problem_said(talk, line.problem)
    cells = (line.folio, what, time, given, ago(talk, line.at, now))
    return Entry(line, named(talk, line.customer), cells)
