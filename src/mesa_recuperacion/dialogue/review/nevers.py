"""The five nevers, each with what was measured of it (rule D8)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.review.base import answer_of, look
from mesa_recuperacion.dialogue.review.listed import Entry, Group, OfBoard, cases
from mesa_recuperacion.dialogue.review.said import NOTHING
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Text
from mesa_recuperacion.domain.review.board import Board
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.values import dataclass

_NOW = "now"


@dataclass(frozen=True, slots=True)
class Never:
    """A never and one measured counterpart: the figure of ``Counts`` it is, or what is overdue ``now``."""

    name: str
    measured: str
    which: str


def nevers(talk: Talk) -> tuple[Never, ...]:
    """The five, in the order in which they are said; some are measured in two ways."""
    t = talk.setting.words.t
    ignore, lie = t("Ignore the customer"), t("Lie or over-promise")
    return (
        Never(t("Deny what happened"), t("steps passed over"), "passed_over"),
        Never(ignore, t("silences past next contact"), "silences"),
        Never("", t("waiting in silence now"), _NOW),
        Never(lie, t("promises broken"), "broken"),
        Never("", t("promises moved"), "moved"),
        Never(t("Pass them around"), t("hand-overs"), "hand_overs"),
        Never(t("Fail to pay attention"), t("time idle while open"), "idle"),
    )


class NeversPage(OfBoard):
    """What is never done, and how often it was measured; each figure opens its cases."""

    left = (0,)

    def title(self, talk: Talk) -> str:
        """What the page is called."""
        return talk.setting.words.t("The five nevers, measured")

    def groups(self, talk: Talk, now: datetime) -> tuple[Group, ...]:
        """A row for each counterpart, with the period before."""
        t, board = talk.setting.words.t, answer_of(talk, Board)
        titles = (t("Never"), t("measured"), t("period"), t("before"))
        return (Group(titles, tuple(self._entry(talk, board, one) for one in nevers(talk))),)

    def _entry(self, talk: Talk, board: Board, never: Never) -> Entry:
        if never.which == _NOW:
            late = sum(one.overdue for one in board.due)
            return Entry(never, never.name, (never.measured, f"■ {late}" if late else "0", NOTHING))
        now, before = (
            self._figure(talk, getattr(one, never.which), never.which) for one in (board.counts, board.before)
        )
        return Entry(never, never.name, (never.measured, now, before))

    def _figure(self, talk: Talk, n: int, which: str) -> str:
        """A count; of time, hours and minutes."""
        if which != "idle":
            return str(n)
        return talk.setting.words.t("{hours}:{minutes} h", hours=n // 3600, minutes=f"{n % 3600 // 60:02}")

    def empty(self, talk: Talk) -> str:
        """There always are five."""
        return ""

    def remarks(self, talk: Talk, entry: Entry | None, now: datetime) -> tuple[Block, ...]:
        """What they are for."""
        said = talk.setting.words.t("They remind whoever is in a call. A figure here is a question, not a fault.")
        return (Text(said, "dim"),)

    def opened(self, talk: Talk, entry: Entry, now: datetime) -> Step:
        """The cases of the figure; what is overdue now, one by one."""
        never = entry.thing
        if not isinstance(never, Never):
            return Step(talk)
        scope = answer_of(talk, Board).scope
        if never.which == _NOW:
            return look(talk, "review_due", DueOf(scope.filter.person, overdue_only=True))
        return cases(talk, Behind(scope, never.which))
