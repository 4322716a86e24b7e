"""A branch with a little history, and a desk on it that types a script at a clock of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from mesa_recuperacion.cli.keys import Nothing
from mesa_recuperacion.demo.languages import texts
from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.desk.keytest import KeyTestApp
from mesa_recuperacion.dialogue import keytest
from mesa_recuperacion.dialogue.talk import Setting, Talk
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.tui.glyphs import WGL4, Glyphs
from mesa_recuperacion.wiring.port import Port
from tests.desk import NOW, ZONE, copied, hasher
from tests.pilot.fake import burst, calm
from tests.snapshot.review_history import BRANCHES, SAID, drafted
from tests.snapshot.states import State

Run = Callable[[Pilot[int]], Awaitable[None]]
MakeDesk = Callable[..., tuple[DeskApp, Run]]


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """A branch in a language, made once."""
    return cache(lambda kind, language: BRANCHES[kind](tmp_path_factory.mktemp(f"{kind}-{language}"), language))


@pytest.fixture
def at_desk(
    lived_in: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MakeDesk:  # fmt: skip
    """Makes a desk, and what types the script of a state into it; it has to end at the state's scene.

    The folder is the current one, so that a path on the screen is the same everywhere.
    """
    monkeypatch.chdir(tmp_path)

    def make(
        state: State,
        *,
        language: str = "es",
        glyphs: Glyphs = WGL4,
        theme: str = "noche",
        depth: str = "full",
        quiet: bool = False,
    ) -> tuple[DeskApp, Run]:
        clock = FixedClock(NOW)
        path = copied(lived_in(state.branch, language), Path("branch"))
        if state.draft:
            drafted(path, state.draft)
        zone = ZoneInfo(texts(language).zone) if state.branch == "busy" else ZONE
        shown = Shown({"es": "es_MX", "en": "en_US"}[language], zone)
        app = DeskApp(
            lambda: Port(path, words(language), clock=clock, hasher=hasher),
            Setting(words(language), shown, quiet_clock=quiet),
            clock=clock, glyphs=glyphs, theme=theme, depth=depth,
        )  # fmt: skip

        async def run(pilot: Pilot[int]) -> None:
            for part in state.script:
                if isinstance(part, str):
                    burst(app, part.format(**SAID[language]))
                else:
                    clock.advance(part)
                    app.look()
                await calm(app, pilot)
            talk = app._flow.talk
            assert isinstance(talk, Talk)
            assert talk.stage == state.stage, (talk.stage, talk.said)

        return app, run

    return make


@pytest.fixture
def at_keys() -> MakeDesk:
    """Makes a key test, and what presses keys at it."""

    def make(
        *keys: str, language: str = "es", glyphs: Glyphs = WGL4, theme: str = "noche", depth: str = "full"
    ) -> tuple[DeskApp, Run]:
        setting = Setting(words(language), Shown(language, ZONE))
        app = KeyTestApp(
            Nothing, setting, conversation=keytest, clock=FixedClock(NOW), glyphs=glyphs, theme=theme, depth=depth
        )

        async def run(pilot: Pilot[int]) -> None:
            for key in keys:
                burst(app, key)
                await calm(app, pilot)

        return app, run

    return make
