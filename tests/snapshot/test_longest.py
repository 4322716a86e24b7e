"""F6: no view overflows in either language, with the longest names and the largest prices that may be published."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.registry import SCENES
from mesa_recuperacion.dialogue.view import Choice, View
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import NAME_LENGTH
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import WGL4
from tests.desk import _translated, copied, policy_of, texts
from tests.fits import BODY, WIDTH, assert_fits, read
from tests.snapshot.longest import FIGURE, named, play, policy_in, widest_branch
from tests.snapshot.review_states import REVIEW
from tests.snapshot.states import STATES

CHOSEN_FROM = ("problem", "solve", "compensate", "area", "hand_over")
"""Scenes whose lists are the policy's: nothing in them is cut."""


@pytest.fixture(scope="session")
def widest_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The widest branch in a language, made once."""
    return cache(
        lambda language, kind="lived": widest_branch(tmp_path_factory.mktemp(f"widest-{language}"), language, kind)
    )


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_widest_policy_is_as_wide_as_the_schema_lets_it_be(language: str) -> None:
    policy: Policy = policy_of(policy_in(language))
    assert {len(area.name) for area in policy.areas} == {20}
    for problem in policy.problems:
        assert (len(problem.name), len(problem.question)) == (32, 40)
        assert {len(remedy.name) for remedy in problem.remedies} == {34}
        assert {len(gesture.name) for gesture in problem.compensations} == {28}
    assert len(named("Ana Torres")) == NAME_LENGTH == 80


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("state", STATES)
def test_f6_every_state_fits_with_the_longest_names_and_prices(
    widest_in: Callable[..., Path], tmp_path: Path, state: str, language: str
) -> None:
    desk = play(copied(widest_in(language), tmp_path / "branch"), STATES[state], language)
    for talk in (desk.talk, _translated(desk.talk)):
        view = conversation.show(talk, desk.line, desk.now)
        assert_fits(view)
        assert_figures_whole(view)
        if talk.stage in CHOSEN_FROM:
            assert_lists_whole(view)
    desk.close()


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("state", [name for name, state in REVIEW.items() if state.branch != "busy"])
def test_f6_every_page_of_the_review_fits_with_the_longest_names_and_prices(
    widest_in: Callable[..., Path], tmp_path: Path, state: str, language: str
) -> None:
    one = REVIEW[state]
    desk = play(copied(widest_in(language, one.branch), tmp_path / "branch"), one, language)
    for talk in (desk.talk, _translated(desk.talk)):
        assert_fits(conversation.show(talk, desk.line, desk.now))
    desk.close()


def drawn(view: View) -> str:
    """The whole screen but the line, each run of blanks as one."""
    rows = [*page.top(view, WIDTH, WGL4), *page.body(view, WIDTH, BODY, WGL4), *page.bottom(view, WIDTH, WGL4)]
    return " ".join(" ".join(map(read, rows)).split())


def assert_figures_whole(view: View) -> None:
    """No amount is cut, and none is left out but by a list that scrolls."""
    said = drawn(view)
    main = tuple(block for block in view.main if not isinstance(block, Choice))
    for text in texts(replace(view, main=main, side=(), rail=(), ghost="")):
        for figure in FIGURE.findall(text):
            assert figure in said, figure
    cut = [figure for figure in re.findall(r"CHF [0-9.,]*…", said) if not re.search(r"\.[0-9]{2}…", figure)]
    assert not cut, cut


def assert_lists_whole(view: View) -> None:
    """Every name and every cell of a list of the policy is there from the first letter to the last."""
    rows = [read(row)[page.RAIL :] for row in page.body(view, WIDTH, BODY, WGL4)]
    said = " ".join(" ".join(rows).split())
    scrolls = any(row.split()[:1] in (["▲"], ["▼"]) for row in rows)
    for block in view.main:
        for option in block.options if isinstance(block, Choice) else ():
            for text in (option.name, *option.cells):
                assert scrolls or " ".join(text.split()) in said, text
    for option in (option for block in view.main if isinstance(block, Choice) for option in block.options):
        said = said.replace(option.name, "")  # "Another amount…" ends like that by itself
    assert "…" not in said, said


def test_every_scene_is_among_the_states() -> None:
    assert {state.stage for state in (STATES | REVIEW).values()} == set(SCENES)
