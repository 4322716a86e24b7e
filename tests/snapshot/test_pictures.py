"""The screens of a call as they are drawn: one picture for each state, looked at before it was accepted.

``pytest tests/snapshot --snapshot-update`` draws them again; look at every one that changed.
"""

from __future__ import annotations

import pytest

from mesa_recuperacion.tui.glyphs import ASCII
from tests.snapshot.conftest import CALL, LOGIN, MakeDesk, Script

TO_PROMISE: tuple[Script, ...] = (LOGIN, *CALL, "2<enter>", 7.0)
TO_CLOSE: tuple[Script, ...] = (*TO_PROMISE, "mañana 10<enter>", 6.0, "<enter>", 7.0)

STATES: dict[str, tuple[Script, ...]] = {
    "login": ("1 4821",),
    "idle": (LOGIN,),
    "lookup": (LOGIN, "marta", 3.0),
    "apologise": (LOGIN, "marta<enter>", 3.0),
    "problem": (LOGIN, *CALL[:3]),
    "note": (LOGIN, *CALL[:5], 4.0, "Faltó la lámp"),
    "solve": (LOGIN, *CALL[:7]),
    "compensate": (LOGIN, *CALL, "2"),
    "own_amount": (LOGIN, *CALL, "4<enter>220<enter>"),
    "promise": (*TO_PROMISE, "mañana 10"),
    "promise_not_understood": (*TO_PROMISE, "13/45<enter>"),
    "follow_up": (*TO_PROMISE, "mañana 10<enter>"),
    "close": (*TO_CLOSE, "s"),
    "closed": (*TO_CLOSE, "s<enter>"),
    "late": (LOGIN, *CALL, 40.0),
    "passed_over": (LOGIN, "marta<enter>", "fal<enter>"),
    "help": (LOGIN, *CALL, "<f1>"),
    "menu": (LOGIN, *CALL, "<ctrl+g>"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_state_at_80_by_24(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(*STATES[state])
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


def test_f6_more_room_shows_more(snap_compare, at_desk: MakeDesk) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(*STATES["compensate"], theme="dia")
    assert snap_compare(app, run_before=run, terminal_size=(120, 40))


@pytest.mark.parametrize("state", ["idle", "close"])
def test_f6_by_day(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(*STATES[state], theme="dia")
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


def test_f6_without_colour(snap_compare, at_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("NO_COLOR", "1")
    app, run = at_desk(*STATES["late"], depth="none")
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


def test_f6_in_sixteen_colours_and_plain_signs(snap_compare, at_desk: MakeDesk) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(*STATES["compensate"], depth="sixteen", glyphs=ASCII)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("state", ["idle", "compensate", "close"])
def test_f5_in_english(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(*STATES[state], language="en")
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("state", ["apologise", "late"])
def test_c1_with_a_quiet_clock(snap_compare, at_desk: MakeDesk, state: str) -> None:  # type: ignore[no-untyped-def]
    app, run = at_desk(*STATES[state], quiet=True)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("keys", [("<f1>", "<f5>", "<up>"), ("?",)], ids=["some", "advice"])
def test_a6_the_key_test(snap_compare, at_keys: MakeDesk, language: str, keys: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    app, run = at_keys(*keys, language=language)
    assert snap_compare(app, run_before=run, terminal_size=(80, 24))


def test_a6_the_key_test_with_more_room_by_day(snap_compare, at_keys: MakeDesk) -> None:  # type: ignore[no-untyped-def]
    app, run = at_keys("<f1>", "<f3>", theme="dia")
    assert snap_compare(app, run_before=run, terminal_size=(120, 40))
