"""A branch with a little history, and a desk on it that types a script at a clock of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from mesa_recuperacion.cli.keys import Nothing
from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.desk.keytest import KeyTestApp
from mesa_recuperacion.dialogue import keytest
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.tui.glyphs import WGL4, Glyphs
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, NOW, ZONE, Desk, branch, copied, hasher
from tests.pilot.fake import burst

Script = str | float
"""Keys in one packet, or seconds that go by."""


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Marta has called twice; Rosa, Julián and Iván have something coming to them today."""
    made = branch(tmp_path_factory.mktemp("lived"))
    desk = Desk(made, FixedClock(NOW - timedelta(days=20)), language="es").sign_in()
    desk.open_case("Marta Ruiz Soto").say("", "fac", "cobro doble", "", "0", "no lo quiso", "", "5512340078", "s")
    desk.wait(11 * 86_400)
    answered(desk).say("marta").say("", "3", "faltó la lámpara", "", "1", "", "", "s")
    desk.wait(8 * 86_400)
    answered(desk).open_case("Rosa Medina").say("", "3", "faltó una caja", "", "2", "mañana 11", "5598761234", "s")
    desk.open_case("Julián Peña").say("", "5", "no llegó el técnico", "", "0", "no quiso", "mañana 12:30", "", "s")
    desk.wait(86_400 - 1200)
    desk.open_case("Iván Soto").say("", "5").press("f3")
    assert desk.stage == "idle", desk.said
    desk.close()
    return made


def answered(desk: Desk) -> Desk:
    """What was due is answered: kept, and satisfied."""
    while desk.talk.day is not None and desk.talk.day.agenda:
        desk.say("1", "1")
    assert desk.stage == "idle", desk.said
    return desk


Run = Callable[[Pilot[int]], Awaitable[None]]
MakeDesk = Callable[..., tuple[DeskApp, Run]]


@pytest.fixture
def at_desk(lived: Path, tmp_path: Path) -> MakeDesk:
    """Makes a desk, and what types a script into it: Ana signs in first."""

    def make(
        *script: Script,
        language: str = "es",
        glyphs: Glyphs = WGL4,
        theme: str = "noche",
        depth: str = "full",
        quiet: bool = False,
    ) -> tuple[DeskApp, Run]:
        clock = FixedClock(NOW)
        path = copied(lived, tmp_path / "branch")
        shown = Shown({"es": "es_MX", "en": "en_US"}[language], ZONE)
        app = DeskApp(
            lambda: Port(path, words(language), clock=clock, hasher=hasher),
            Setting(words(language), shown, quiet_clock=quiet),
            clock=clock, glyphs=glyphs, theme=theme, depth=depth,
        )  # fmt: skip

        async def run(pilot: Pilot[int]) -> None:
            for part in script:
                if isinstance(part, str):
                    burst(app, part)
                else:
                    clock.advance(part)
                    app.look()
                await calm(app, pilot)

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


async def calm(app: DeskApp, pilot: Pilot[int]) -> None:
    """Until all that was typed is taken up and on the screen."""
    for _ in range(2000):
        await pilot.pause(0.01)
        if app.is_calm:
            break
    else:
        raise AssertionError("the desk never came to rest")
    await pilot.pause()


LOGIN = f"1 {ANA}<enter>"
CALL = (
    "marta r<enter>", 5.0, "<enter>", 4.0, "fal<enter>", 12.0, "Faltó la lámpara; era un regalo<enter>", 9.0, "<enter>",
)  # fmt: skip
"""Up to the compensation."""
