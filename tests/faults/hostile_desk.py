"""The real screen, whose every byte for the terminal is kept; and the way to every scene."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver

from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.desk.keytest import KeyTestApp
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.tui.terminal import PASTED_ESC
from mesa_recuperacion.wiring.port import Port
from tests.desk import NOW, ZONE, copied, hasher
from tests.pilot.fake import burst, calm, screen
from tests.snapshot.review_history import SAID, drafted
from tests.snapshot.review_states import REVIEW
from tests.snapshot.states import STATES, State

LANGUAGE = "es"


class Kept(HeadlessDriver):
    """A terminal that nobody sees, with all that is written to it in ``raw``."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.raw: list[str] = []

    @property
    def is_headless(self) -> bool:
        """Textual writes to a terminal as to any other."""
        return False

    def write(self, data: str) -> None:
        """What would reach the terminal."""
        self.raw.append(data)


class _Kept(App[int]):
    """An application in such a terminal."""

    is_alone = False

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        return Kept(self, debug=False, mouse=False, size=size)

    @property
    def raw(self) -> str:
        """Every byte for the terminal up to now, as text."""
        assert isinstance(self._driver, Kept)
        return "".join(self._driver.raw)


class Desk(_Kept, DeskApp):
    """The desk."""


class Keys(_Kept, KeyTestApp):
    """The key test."""


class Here:
    """Somebody at a screen."""

    def __init__(self, app: Desk | Keys, pilot: Any) -> None:
        self.app, self._pilot = app, pilot

    async def type(self, keys: str) -> Here:
        """Keys, and what comes of them."""
        burst(self.app, keys)
        return await self.calm()

    async def paste(self, text: str) -> Here:
        """A paste, as our reader of keys hands it on."""
        self.app.post_message(events.Paste(text.replace("\x1b", PASTED_ESC)))
        return await self.calm()

    async def play(self, state: State) -> Here:
        """The script of a state."""
        for part in state.script:
            if isinstance(part, str):
                await self.type(part.format(**SAID[LANGUAGE]))
            else:
                assert isinstance(self.app._clock, FixedClock)
                self.app._clock.advance(part)
                self.app.look()
                await self.calm()
        return self

    async def calm(self) -> Here:
        """Until it has all been answered and drawn."""
        await calm(self.app, self._pilot)
        return self

    @property
    def stage(self) -> str:
        """The scene that has the word."""
        return str(getattr(self.app._flow.talk, "stage", ""))

    @property
    def answers(self) -> bool:
        """Whether the program is there and nothing has broken it."""
        return not self.app._ending and not self.app.incident

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(screen(self.app))


def way_to_each() -> dict[str, State]:
    """One state for every scene, on the branches in which people have worked."""
    found: dict[str, State] = {}
    for state in (STATES | REVIEW).values():
        if state.branch in ("lived", "supervised"):
            found.setdefault(state.stage, state)
    return found


def desk_on(path: Path, **options: Any) -> Desk:
    """A desk on a branch, at the clock of the pictures."""
    clock = FixedClock(NOW)
    return Desk(
        lambda: Port(path, words(LANGUAGE), clock=clock, hasher=hasher, exports=path.parent / "out"),
        Setting(words(LANGUAGE), Shown("es_MX", ZONE)), clock=clock, **options,
    )  # fmt: skip


def branch_of(made: Path, folder: Path, state: State) -> Path:
    """A branch of its own for a state."""
    path = copied(made, folder)
    if state.draft:
        drafted(path, state.draft)
    (folder / "out").mkdir(exist_ok=True)
    return path


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """A current folder of its own."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
