"""D1 to D6, D10: the board of the review, what each key of it opens, and the filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.registry import SCENES
from mesa_recuperacion.dialogue.review.opening import LETTERS, PANELS, lettered
from mesa_recuperacion.dialogue.view import Panel, Panels
from mesa_recuperacion.domain.period import day_of, month_of, span, week_of
from mesa_recuperacion.domain.policy import Goals
from mesa_recuperacion.domain.review.board import (
    Board,
    BoardOf,
    Cause,
    DueCount,
    PersonLine,
    RiskLine,
    Spread,
    TrendPoint,
)
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.scope import WHICH, Behind, Filter, Scope
from mesa_recuperacion.domain.views import SuggestionItem
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import ASCII, WGL4
from mesa_recuperacion.tui.rows import columns
from tests.desk import NOW, Desk, shipped
from tests.fits import assert_fits, read
from tests.unit.dialogue.pages import (
    ANA,
    BRUNO,
    HOSTILE,
    LONG,
    TODAY,
    WEEK,
    answered,
    board,
    opens,
    pressed,
    supervising,
)

BEFORE = NOW - timedelta(days=4)


def full(name: str = "", count: int = 8) -> Board:
    """A board with something in every panel."""
    problems = [problem.code for problem in shipped().problems][:count]
    causes = tuple(Cause(code, Counts(cases=41 - 4 * n, on_time=30)) for n, code in enumerate(problems))
    people = tuple(
        PersonLine(replace(one, name=name or one.name), Counts(31, 29, 30, compensation=124_000), n, BEFORE, BEFORE)
        for n, one in enumerate((ANA, BRUNO))
    )
    weeks = [WEEK.period.shifted(n - 7) for n in range(8)]
    return board(
        counts=Counts(cases=128, on_time=110, first_contact=116, remedy_cost=242_000, compensation=400_000),
        before=Counts(cases=116, on_time=95, first_contact=107, remedy_cost=273_000, compensation=400_000),
        causes=causes, people=people,
        trend=tuple(TrendPoint(week, Counts(cases=100, on_time=78 + n)) for n, week in enumerate(weeks)),
        due=(DueCount("ana", name or "Ana Torres", promises_overdue=2, follow_ups_today=5, areas_overdue=1),),
        spreads=tuple(Spread(code, 9, 0, 6000, 11_000) for code in problems),
        risk=tuple(RiskLine(f"c{n}", name or "Marta Ruiz", 3, BEFORE, ("repeat",), retaining=n > 1) for n in range(3)),
        at_risk=3, suggestions=(SuggestionItem("s1", "ana", name or "Ana Torres", name or "Pesar la caja", BEFORE),),
        waiting=1,
    )  # fmt: skip


@pytest.fixture
def desk(desks: Callable[..., Desk]) -> Desk:
    """Carla is in the review."""
    return supervising(desks())


def shown(desk: Desk, answer: Board | None = None) -> Desk:
    """She is on a board."""
    assert desk.talk.review is not None
    scope = (answer or full()).scope
    review = replace(desk.talk.review, scope=scope, query=BoardOf(scope), answer=answer or full(), trail=())
    desk.talk = replace(desk.talk, stage="review", review=review, pick=None, said="", then="")
    return desk


def panel(desk: Desk, key: str) -> Panel:
    panels = next(block for block in desk.look().main if isinstance(block, Panels))
    return next(one for one in (*panels.left, *panels.right) if one.key == key)


# ------------------------------------------------------------------------------------------------------- what it shows


def test_d1_headline_figures_with_their_change(desk: Desk) -> None:
    shown(desk)
    assert desk.talk.policy is not None
    desk.talk = replace(desk.talk, policy=replace(desk.talk.policy, goals=Goals()))
    figures = {figure.name: figure for figure in desk.look().figures}
    assert [(f.value, f.change) for f in figures.values()] == [
        ("128", "+12"), ("86%", "+4"), ("91%", "-1"), ("MX$6,420", "-MX$310"), ("MX$50.16", "-MX$7.86"),
        ("3", "■"),
    ]  # fmt: skip
    assert [f.mark for f in figures.values()] == ["", "good", "bad", "", "", "bad"]  # B8: no target for spending


def test_d10_the_policys_goal_stands_beside_its_figure(desk: Desk) -> None:
    shown(desk)
    assert desk.talk.policy is not None
    desk.talk = replace(desk.talk, policy=replace(desk.talk.policy, goals=Goals(90, 95, 0)))
    values = [figure.value for figure in desk.look().figures]
    assert values[1:3] == ["86% of 90", "91% of 95"]


def test_d1_nothing_is_compared_with_a_period_without_cases(desk: Desk) -> None:
    shown(desk, replace(full(), before=Counts()))
    assert [figure.change for figure in desk.look().figures][:5] == [""] * 5


def test_d2_the_pareto_has_its_cumulative_share(desk: Desk) -> None:
    rows = panel(shown(desk), "1").rows
    assert rows[0].bar == 1.0
    assert [row.cells[0] for row in rows] == sorted((row.cells[0] for row in rows), key=int, reverse=True)
    shares = [int(row.cells[1].rstrip("%")) for row in rows]
    assert shares == sorted(shares)


def test_d6_people_are_in_alphabetical_order(desk: Desk) -> None:
    assert [row.name for row in panel(shown(desk), "4").rows] == ["Ana Torres", "Bruno Díaz"]


def test_d6_whom_nobody_has_thanked_is_said(desk: Desk) -> None:
    line = PersonLine(ANA, Counts(), 0, NOW - timedelta(days=34), NOW - timedelta(days=99))
    assert "Ana Torres: 34 days without thanks" in panel(shown(desk, replace(full(), people=(line,))), "4").note


def test_d4_a_median_stands_between_the_ends(desk: Desk) -> None:
    row = panel(shown(desk), "5").rows[0]
    assert row.cells == ("MX$0", "MX$110")
    assert row.spread == (0.0, pytest.approx(6 / 11), 1.0)


def test_c4_what_is_overdue_and_due_today(desk: Desk) -> None:
    rows = panel(shown(desk), "3").rows
    assert [(row.name, row.sign) for row in rows] == [
        ("2 promises overdue", "bad"), ("one area late", "bad"), ("5 calls today", "warn"),
    ]  # fmt: skip


def test_the_head_says_what_it_is_about_and_who_is_in(desk: Desk) -> None:
    head = ["".join(run.text for run in line) for line in shown(desk).look().head]
    assert "Review   week 11, everybody" in head[0]
    assert head[1] == "Carla Vega · supervision"


@pytest.mark.parametrize("name", ["", LONG, HOSTILE, "漢字" * 30])
@pytest.mark.parametrize("count", [0, 3, 9])
def test_f6_it_fits_every_window_whatever_is_in_it(desk: Desk, name: str, count: int) -> None:
    shown(desk, full(name, count))
    for pick in (None, 0, 9):
        desk.talk = replace(desk.talk, pick=pick)
        view = desk.look()
        for width, height in ((80, 24), (96, 30), (120, 40), (160, 50), (200, 60)):
            for glyphs in (WGL4, ASCII):
                body = page.body(view, width, height - 9, glyphs)
                rows = [*page.top(view, width, glyphs), *body, *page.bottom(view, width, glyphs)]
                assert len(rows) == height - 1
                assert all(columns(row) <= width for row in rows)
                said = " ".join(read(row) for row in body)
                assert all(f"{key} " in said for key in PANELS)
                assert "\x1b" not in said


def test_f6_the_letters_stand_under_the_line_while_nothing_is_said(desk: Desk) -> None:
    view = shown(desk).look()
    under = "\n".join(read(row) for row in page.bottom(view, 80, WGL4))
    assert "p pending now" in under
    desk.talk = replace(desk.talk, said="Something was said.")
    under = "\n".join(read(row) for row in page.bottom(desk.look(), 80, WGL4))
    assert "Something was said." in under
    assert "p pending now" not in under


# ------------------------------------------------------------------------------------------------------- what it opens


@pytest.mark.parametrize("key", [*PANELS, *(letter for letter in lettered() if letter not in "ed")])
def test_d1_every_number_and_letter_opens_its_page(desk: Desk, key: str) -> None:
    stage, query = opens(answered(shown(desk), key))
    assert stage in SCENES
    assert stage == {**PANELS, **LETTERS}[key].stage
    assert query == {**PANELS, **LETTERS}[key].query(desk.talk, WEEK)


def test_every_letter_has_a_word_and_the_help_names_them(desk: Desk) -> None:
    shown(desk)
    letters = dict(desk.look().letters)
    assert set(letters) == set(lettered())
    assert all(letters.values())
    desk.press("f1")
    assert_fits(desk.look())
    for letter, word in letters.items():
        assert f"{letter} {word}" in desk.screen()


def test_e_thanks_somebody_and_d_leads_to_the_desk(desk: Desk) -> None:
    shown(desk)
    assert answered(desk, "e").talk.stage == "praise"
    assert answered(desk, "d").talk.then == "desk"


@pytest.mark.parametrize("text", ["z", "8", "0", "¿"])
def test_what_opens_nothing_is_answered_kindly(desk: Desk, text: str) -> None:
    step = answered(shown(desk), text)
    assert step.asks == ()
    assert step.talk.stage == "review"
    assert "Letters: e p c" in step.talk.said


def test_d1_arrows_go_over_causes_and_people_and_enter_opens_their_cases(desk: Desk) -> None:
    shown(desk)
    count = len(full().causes)
    for pick, behind in ((0, {"problem": full().causes[0].problem}), (count, {"person": "ana"})):
        desk.talk = replace(desk.talk, pick=pick)
        chosen = panel(desk, "1" if pick == 0 else "4")
        assert chosen.selected == 0
        assert opens(answered(desk, "")) == ("review_cases", CasesOf(Behind(replace(WEEK, filter=Filter(**behind)))))
    desk.talk = replace(desk.talk, pick=None)
    for _ in range(20):
        desk.talk = pressed(desk, "down").talk
    assert desk.talk.pick == count + 1


@pytest.mark.parametrize("which", WHICH)
def test_d1_every_figure_opens_by_its_name(desk: Desk, which: str) -> None:
    from mesa_recuperacion.dialogue.review.sets import figures

    stage, query = opens(answered(shown(desk), figures(desk.talk)[which]))
    assert (stage, query) == ("review_cases", CasesOf(Behind(WEEK, which)))


@pytest.mark.parametrize(
    ("text", "stage"), [("cos", "review_cases"), ("per case", "review_cases"), ("overdue", "review_due")]
)
def test_d1_headline_figures_open_by_a_few_letters(desk: Desk, text: str, stage: str) -> None:
    there, query = opens(answered(shown(desk), text))
    assert there == stage
    assert query in (CasesOf(Behind(WEEK, "cost")), DueOf(overdue_only=True))


def test_enter_alone_says_what_can_be_typed(desk: Desk) -> None:
    step = answered(shown(desk), "")
    assert step.asks == ()
    assert "A number opens a panel" in step.talk.said


# ----------------------------------------------------------------------------------------------------------- the filter


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("sem 10", Scope(week_of(date(2026, 3, 2)))), ("ayer", Scope(day_of(date(2026, 3, 10)))),
        ("faltante", replace(WEEK, filter=Filter("", "missing_item"))),
        ("marzo 2025", Scope(month_of(date(2025, 3, 1)))),
    ],
)  # fmt: skip
def test_d1_a_filter_is_typed_directly_or_after_f4(desk: Desk, text: str, scope: Scope) -> None:
    code = next((p.code for p in shipped().problems if "faltante" in p.name.lower()), "")
    if scope.filter.problem:
        scope = replace(scope, filter=Filter("", code))
    shown(desk)
    assert opens(answered(desk, text)) == ("review", BoardOf(scope))
    desk.talk = pressed(desk, "f4").talk
    assert desk.talk.stage == "review_filter"
    assert opens(answered(desk, text)) == ("review", BoardOf(scope))


def test_d1_the_line_says_what_a_filter_would_show_while_it_is_typed(desk: Desk) -> None:
    shown(desk)
    desk.line = "sem 10 carla"
    assert desk.look().ghost == "week 10 of 2026, Carla Vega"


def test_d1_reversed_days_are_offered_in_order_and_enter_takes_them(desk: Desk) -> None:
    shown(desk)
    step = answered(desk, "15/3 1/3")
    assert "the other way round" in step.talk.said
    assert opens(conversation.answer(step.talk, step.talk.line, NOW)) == (
        "review", BoardOf(Scope(span(date(2026, 3, 1), date(2026, 3, 15)))),
    )  # fmt: skip


def test_d1_what_is_not_understood_is_given_back_with_examples(desk: Desk) -> None:
    step = answered(shown(desk), "sem 77")
    assert step.talk.line == "sem 77"
    assert "week 10" in step.talk.said


def test_d1_where_there_is_nothing_the_nearest_period_is_offered(desk: Desk) -> None:
    latest = week_of(date(2026, 2, 3))
    shown(desk, board(nearest=latest))
    assert "No cases there. Enter shows the latest: week 6." in desk.screen()
    assert opens(answered(desk, "")) == ("review", BoardOf(Scope(latest)))


def test_d1_a_branch_without_cases_says_so(desk: Desk) -> None:
    assert "There are no cases yet." in shown(desk, board()).screen()
    here = replace(WEEK, filter=Filter("ana"))
    assert "“all” shows everybody" in shown(desk, board(scope=here)).screen()


def test_d1_f7_and_f8_go_through_periods_and_nothing_is_later_than_now(desk: Desk) -> None:
    shown(desk)
    assert opens(pressed(desk, "f7")) == ("review", BoardOf(Scope(WEEK.period.shifted(-1))))
    step = pressed(desk, "f8")
    assert step.asks == ()
    assert "Nothing is later" in step.talk.said
    month = Scope(month_of(TODAY), Filter("ana"))
    shown(desk, replace(full(), scope=month))
    assert opens(pressed(desk, "ctrl+g <")) == ("review", BoardOf(replace(month, period=month.period.shifted(-1))))
    assert ("F7 F8", "month") in desk.look().keys


def test_c8_the_formula_is_one_key_away_with_the_policys_days(desk: Desk) -> None:
    shown(desk)
    stage, _ = opens(answered(desk, "f"))
    assert desk.talk.review is not None
    desk.talk = replace(desk.talk, stage=stage, review=replace(desk.talk.review, stage=stage))
    screen = desk.screen()
    assert f"within {shipped().repeat_days} days" in screen
    for said in ("Legal minimum, apart", "Remedies", "Compensations"):
        assert said in screen
