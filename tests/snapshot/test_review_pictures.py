"""The review as it is drawn: every page in each language, empty, with something in it, and with more than fits."""

from __future__ import annotations

import pytest

from mesa_recuperacion.tui.glyphs import ASCII
from tests.snapshot.conftest import MakeDesk
from tests.snapshot.review_states import REVIEW

BOTH = pytest.mark.parametrize("language", ["es", "en"])


@BOTH
@pytest.mark.parametrize("state", REVIEW)
def test_d1_a_page_at_80_by_24(snap_compare, at_desk: MakeDesk, state: str, language: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(REVIEW[state], language=language)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize(
    ("state", "size"),
    [("review", (120, 40)), ("review_busy", (120, 40)), ("review_new", (120, 40)), ("review_busy", (200, 60)),
     ("review_many", (200, 60)), ("review_case_long", (120, 40)), ("review_cases_busy", (120, 40)),
     ("review_whys_half", (120, 40)), ("review_whys_result", (120, 40)), ("review_equity_busy", (120, 40)),
     ("review_policy_diff", (200, 60))],
    ids=lambda x: x if isinstance(x, str) else "x".join(map(str, x)),
)  # fmt: skip
def test_f6_more_room_shows_more(snap_compare, at_desk: MakeDesk, state: str, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(REVIEW[state])
    assert snap_compare(app, run_before=run, terminal_size=size)


@pytest.mark.parametrize("state", ["review_busy", "review_case_long", "review_whys_half", "review_budgets"])
def test_f6_by_day(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(REVIEW[state], theme="dia")
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("state", ["review", "review_due_busy"])
def test_f6_without_colour(snap_compare, at_desk: MakeDesk, state: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("NO_COLOR", "1")
    app, run = at_desk(REVIEW[state], depth="none")
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("state", ["review", "review_person_marked", "review_case_long", "review_whys_result"])
def test_f6_in_sixteen_colours_and_plain_signs(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(REVIEW[state], depth="sixteen", glyphs=ASCII)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))
