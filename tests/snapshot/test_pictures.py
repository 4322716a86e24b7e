"""The screens as they are drawn: one picture for each state in each language, looked at before it was accepted.

``pytest tests/snapshot --snapshot-update`` draws them again; look at every one that changed.
"""

from __future__ import annotations

import pytest

from mesa_recuperacion.dialogue.registry import SCENES
from mesa_recuperacion.tui.glyphs import ASCII
from tests.snapshot.conftest import MakeDesk
from tests.snapshot.review_states import REVIEW
from tests.snapshot.states import STATES

BOTH = pytest.mark.parametrize("language", ["es", "en"])


def test_f5_every_scene_has_a_picture() -> None:
    """Drawing a state asserts that it is at its scene, so that these names are what is drawn."""
    assert {state.stage for state in (STATES | REVIEW).values()} == set(SCENES)


@BOTH
@pytest.mark.parametrize("state", STATES)
def test_a_state_at_80_by_24(snap_compare, at_desk: MakeDesk, state: str, language: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(STATES[state], language=language)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize(
    ("state", "size"),
    [("compensate", (120, 40)), ("area_by", (120, 40)), ("authorise", (120, 40)), ("idle_late", (200, 60)),
     ("area_by", (200, 60))],
    ids=lambda x: x if isinstance(x, str) else "x".join(map(str, x)),
)  # fmt: skip
def test_f6_more_room_shows_more(snap_compare, at_desk: MakeDesk, state: str, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(STATES[state], theme="dia")
    assert snap_compare(app, run_before=run, terminal_size=size)


@pytest.mark.parametrize("state", ["idle", "close", "exception_due"])
def test_f6_by_day(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(STATES[state], theme="dia")
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("state", ["late", "idle_late"])
def test_f6_without_colour(snap_compare, at_desk: MakeDesk, state: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("NO_COLOR", "1")
    app, run = at_desk(STATES[state], depth="none")
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("state", ["compensate", "file"])
def test_f6_in_sixteen_colours_and_plain_signs(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(STATES[state], depth="sixteen", glyphs=ASCII)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("state", ["apologise", "late"])
def test_c1_with_a_quiet_clock(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(STATES[state], quiet=True)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@BOTH
@pytest.mark.parametrize("keys", [("<f1>", "<f5>", "<up>"), ("?",)], ids=["some", "advice"])
def test_a6_the_key_test(snap_compare, at_keys: MakeDesk, language: str, keys: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    app, run = at_keys(*keys, language=language)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


def test_a6_the_key_test_with_more_room_by_day(snap_compare, at_keys: MakeDesk) -> None:  # type: ignore[no-untyped-def]
    app, run = at_keys("<f1>", "<f3>", theme="dia")
    assert snap_compare(app, run_before=run, terminal_size=(120, 40))
