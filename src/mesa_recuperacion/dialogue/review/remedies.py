"""What each remedy and compensation achieved: what it takes to choose the better one (rule D11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of
from mesa_recuperacion.dialogue.review.listed import Entry, Group, Scoped, cases, of_problem
from mesa_recuperacion.dialogue.review.said import money, per_cent, problem_said
from mesa_recuperacion.dialogue.scenes.base import policy_of
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.domain.decide.steps import OWN_AMOUNT
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.totals import Achieved, Remedies, RemediesOf


class RemediesPage(Scoped):
    """By problem: its remedies and its compensations, each with what it cost and what came of it."""

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("What each remedy achieved")

    def scope(self, talk: Talk) -> Scope:
        """That of the figures."""
        return answer_of(talk, Remedies).scope

    def asked(self, talk: Talk, scope: Scope) -> Query:
        """The same of another period."""
        return RemediesOf(scope)

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """One for each problem, in the order of the policy; remedies before compensations."""
        t, lines = talk.setting.words.t, answer_of(talk, Remedies).lines
        heads = (t("used"), t("cost"), t("kept"), t("satisfied"))
        made = []
        for problem in problems_in_order(talk, {line.problem for line in lines}):
            own = sorted(
                (x for x in lines if x.problem == problem), key=lambda x: (x.kind != "remedy", -x.used, x.code)
            )
            made.append(Group((problem_said(talk, problem), *heads), tuple(_entry(talk, line) for line in own)))
        return tuple(made)

    def empty(self, talk: Talk) -> str:
        """Nothing was chosen."""
        return talk.setting.words.t("No remedy was given in this period. F7 shows the one before.")

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The cases in which it was chosen."""
        line = entry.thing
        if not isinstance(line, Achieved):
            return Step(talk)
        behind = of_problem(answer_of(talk, Remedies).scope, line.problem)
        return cases(talk, replace(behind, choice=(line.kind, line.code)))


def problems_in_order(talk: Talk, codes: set[str]) -> list[str]:
    """Codes of problems in the order of the policy in force, then those that have gone from it."""
    listed = [problem.code for problem in policy_of(talk).problems]
    return [*(code for code in listed if code in codes), *sorted(codes.difference(listed))]


def choice_said(talk: Talk, line: Achieved) -> str:
    """A remedy or a compensation by its name; one that has gone from the policy keeps its code."""
    problem, t = policy_of(talk).problem(line.problem), talk.setting.words.t
    if line.kind == "remedy":
        remedy = problem.remedy(line.code) if problem else None
        return remedy.name if remedy else line.code
    gesture = problem.compensation(line.code) if problem else None
    name = gesture.name if gesture else t("an own amount") if line.code in ("", OWN_AMOUNT) else line.code
    return t("+ {name}", name=name)


def _entry(talk: Talk, line: Achieved) -> Entry:
    kept, satisfied = (per_cent(talk, *pair) for pair in ((line.kept, line.ended), (line.satisfied, line.asked)))
    return Entry(line, choice_said(talk, line), (str(line.used), money(talk, line.cost), kept, satisfied))
