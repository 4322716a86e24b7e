"""Causes: by problem with their cumulative share, by family, why it took longer, and nothing given (D2, C2, B8)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of
from mesa_recuperacion.dialogue.review.listed import Entry, Group, OfBoard, cases, of_problem
from mesa_recuperacion.dialogue.review.said import drawn, families, money, per_cent, problem_said
from mesa_recuperacion.dialogue.review.whys import begin_with
from mesa_recuperacion.dialogue.scenes.base import policy_of, refuse
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.domain.policy import FAMILIES
from mesa_recuperacion.domain.review.board import Board, Cause
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.scope import Behind


class CausesPage(OfBoard):
    """Everything that a cause was counted under; each row opens its cases."""

    left = (0,)

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("Causes")

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """Problems, families, and what was said of time and of nothing given; none without a case."""
        board = answer_of(talk, Board)
        if not board.counts.cases:
            return ()
        return (self._problems(talk, board), self._families(talk, board), self._said(talk, board))

    def _problems(self, talk: Talk, board: Board) -> Group:
        """The Pareto: the most frequent first, each with the share of all that it and those before it have."""
        t, total, so_far, rows = talk.setting.words.t, board.counts.cases, 0, []
        for cause in pareto(board.causes):
            so_far += cause.counts.cases
            rows.append(
                _row(
                    talk,
                    of_problem(board.scope, cause.problem),
                    problem_said(talk, cause.problem),
                    cause.counts,
                    so_far,
                    total,
                )
            )
        return Group((t("By problem"), "", t("cases"), t("share"), t("so far"), t("cost")), tuple(rows))

    def _families(self, talk: Talk, board: Board) -> Group:
        t, total, so_far, rows, names = talk.setting.words.t, board.counts.cases, 0, [], families(talk)
        for family, codes, counts in by_family(talk, board.causes):
            so_far += counts.cases
            rows.append(_row(talk, Behind(board.scope, problems=codes), names[family], counts, so_far, total))
        return Group((t("By family of causes"), "", t("cases"), t("share"), t("so far"), t("cost")), tuple(rows))

    def _said(self, talk: Talk, board: Board) -> Group:
        t, counts, late = talk.setting.words.t, board.counts, board.counts.late_cases
        reasons = (
            ("over_information", t("Late: information"), late),
            ("over_system", t("Late: the system"), late),
            ("over_complex", t("Late: complex case"), late),
            ("over_unsaid", t("Late, nobody said why"), late),
            ("nothing", t("Nothing given, and why"), counts.cases),
        )
        rows = tuple(
            Entry(Behind(board.scope, which), name, ("", str(n), per_cent(talk, n, of), "", ""))
            for which, name, of in reasons
            if (n := getattr(counts, which))
        )
        return Group((t("What was said"), "", t("cases"), t("share"), "", ""), rows)

    def empty(self, talk: Talk) -> str:
        """No case, no cause."""
        return talk.setting.words.t("No case in this period. F7 shows the one before.")

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """Why."""
        return (("q", talk.setting.words.t("five whys of the one marked")),)

    def lettered(self, talk: Talk, letter: str, entry: Entry | None, now: datetime) -> Step:
        """Five whys over the cases of the row (rule D2)."""
        if entry is None or not isinstance(entry.thing, Behind):
            return refuse(talk, self.empty(talk))
        return begin_with(talk, entry.thing)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The cases."""
        return cases(talk, entry.thing) if isinstance(entry.thing, Behind) else Step(talk)


def pareto(causes: tuple[Cause, ...]) -> list[Cause]:
    """The causes that have a case, the most frequent first; of equally frequent ones, in the order of their codes."""
    return sorted((one for one in causes if one.counts.cases), key=lambda one: (-one.counts.cases, one.problem))


def by_family(talk: Talk, causes: tuple[Cause, ...]) -> list[tuple[str, tuple[str, ...], Counts]]:
    """Each family that has a case with the problems of it, the most frequent first; what has none is ``""``, last."""
    policy, found = policy_of(talk), dict[str, tuple[tuple[str, ...], Counts]]()
    for cause in pareto(causes):
        problem = policy.problem(cause.problem)
        family = problem.family if problem is not None and problem.family in FAMILIES else ""
        codes, counts = found.get(family, ((), Counts()))
        found[family] = ((*codes, cause.problem), counts + cause.counts)
    made = [(family, codes, counts) for family, (codes, counts) in found.items()]
    return sorted(made, key=lambda one: (not one[0], -one[2].cases, one[0]))


def _row(talk: Talk, behind: Behind, name: str, counts: Counts, so_far: int, total: int) -> Entry:
    figures = (
        drawn(counts.cases, total),
        str(counts.cases),
        per_cent(talk, counts.cases, total),
        per_cent(talk, so_far, total),
    )
    return Entry(behind, name, (*figures, money(talk, counts.cost)))
