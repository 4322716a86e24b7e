"""The half-typed line is kept soon after the last key, and never long after the first (rule E4)."""

from __future__ import annotations

import itertools

from mesa_recuperacion.desk.drafts import AFTER_LAST_KEY, AT_MOST, DraftKeeper
from mesa_recuperacion.domain.views import Draft
from tests.pilot.fake import NOW


class Desk:
    """A line, a clock, and one timer at a time."""

    def __init__(self) -> None:
        self.line: str | None = ""
        self.kept: list[tuple[float, str]] = []
        self.at = 0.0
        self.timer: float | None = None
        self.keeper = DraftKeeper(self.draft, lambda draft: self.kept.append((self.at, draft.line)), self.later)

    def draft(self) -> Draft | None:
        return None if self.line is None else Draft("CEN-1", "note", self.line, None, NOW)

    def later(self, seconds: float) -> None:
        assert self.timer is None, "one timer at a time"
        self.timer = self.at + seconds

    def until(self, at: float, *, busy: bool = False) -> None:
        while self.timer is not None and self.timer <= at:
            self.at, self.timer = self.timer, None
            self.keeper.due(self.at, busy=busy)
        self.at = at

    def type(self, text: str, at: float) -> None:
        self.until(at)
        self.line = text
        self.keeper.changed(at)


def test_e4_the_line_is_kept_after_a_moment_of_quiet() -> None:
    desk = Desk()
    desk.type("f", 0.0)
    desk.type("fa", 0.1)
    desk.until(0.1 + AFTER_LAST_KEY)
    assert desk.kept == [(0.1 + AFTER_LAST_KEY, "fa")]


def test_e4_somebody_who_types_without_a_pause_loses_a_second_at_most() -> None:
    desk = Desk()
    for n in range(40):
        desk.type("x" * (n + 1), n * 0.1)
    times = [0.0, *(at for at, _ in desk.kept)]
    assert len(desk.kept) >= 3
    assert all(later - earlier <= AT_MOST + 0.11 for earlier, later in itertools.pairwise(times))


def test_the_same_line_is_not_kept_twice() -> None:
    desk = Desk()
    desk.type("fa", 0.0)
    desk.until(1.0)
    desk.keeper.keep(desk.draft())
    desk.type("fa", 2.0)
    desk.until(3.0)
    assert [text for _, text in desk.kept] == ["fa"]


def test_what_is_not_to_be_kept_is_not_kept() -> None:
    desk = Desk()
    desk.line = None
    desk.keeper.changed(0.0)
    desk.until(1.0)
    assert desk.kept == []


def test_while_work_is_under_way_the_line_waits() -> None:
    desk = Desk()
    desk.type("fa", 0.0)
    desk.until(5.0, busy=True)
    assert desk.kept == []
    desk.until(6.0)
    assert [text for _, text in desk.kept] == ["fa"]
