"""A random agent at the real desk: every key, in any order, with time going by, and what must hold after each."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from pathlib import Path

from textual.pilot import Pilot

from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.wiring.port import Port
from tests.desk import ANA, BRUNO, CARLA, NOW, ZONE, hasher
from tests.fits import assert_fits
from tests.pilot.fake import burst, screen

PINS = {1: ANA, 2: BRUNO, 3: CARLA}
NAMES = (
    "marta",
    "Rosa Medina",
    "Lucía Prado de la Fuente y Villaseñor Covarrubias",
    "[bold]x[/] \x1b]0;x\x07",
    "55 1234",
)
TEXTS = ("faltó la lámpara", "2 llegó roto", "1", "s b", "hoy 18", "mañana 10", "2h", "13/45", "220", "80",
         "0 no aplica", "99999", "5512340078", "fal", "zzz", "1 Qué bien", "ñ\u202e\u200b", "x" * 300)  # fmt: skip
PLAUSIBLE = {
    "apologise": ("<enter>",), "problem": tuple(f"{n}<enter>" for n in range(1, 9)), "note": ("faltó algo<enter>",),
    "other": ("algo más<enter>",), "solve": ("<enter>", "1<enter>", "2<enter>"),
    "statutory": ("240<enter>", "0 no aplica<enter>", "<enter>"),
    "compensate": ("2<enter>", "1<enter>", "4<enter>", "0<enter>"), "own_amount": ("120<enter>", "220<enter><enter>"),
    "nothing_why": ("no quiso<enter>",), "exception": ("tercera vez este mes<enter>",),
    "authorise": (f"3 {CARLA}<enter>", "0<enter>"), "answer_by": ("<enter>", "2h<enter>"),
    "promise": ("<enter>", "hoy 18<enter>", "2h<enter>", "1<enter>"), "follow_up": ("<enter>", "5512340078<enter>"),
    "close": ("s<enter>", "s b<enter>", "n<enter>"), "overrun": ("1a<enter>", "b<enter>", "3<enter>"),
    "late_by": ("<enter>",), "area": ("1<enter>",), "area_what": ("la lámpara del pedido<enter>",),
    "area_by": ("<enter>", "2h<enter>"), "hand_over": ("1<enter>",), "hand_over_to": ("1<enter>", "2<enter>"),
    "handed": ("1<enter>", "2 no puedo<enter>"), "promise_due": ("1<enter>", "2<enter>", "3<enter>"),
    "promise_again": ("<enter>",), "follow_up_due": ("1<enter>", "2 llegó roto<enter>", "3<enter>"),
    "retain_due": ("1<enter>", "3<enter>"), "area_due": ("1 ya salió<enter>", "2<enter>", "3<enter>"),
    "exception_due": ("1<enter>", "2 esta vez no<enter>"), "file": ("1<enter>", "3<enter>", "4<enter>", "<enter>"),
    "file_find": ("marta<enter>",), "file_name": ("Marta Ruiz<enter>",), "file_call": ("señora Ruiz<enter>",),
    "file_phone": ("5512340078<enter>",), "file_merge": ("marta<enter>", "1<enter>"), "add_note": ("una nota<enter>",),
    "suggest": ("más cajas en almacén<enter>",), "suggestion_due": ("1<enter>", "3 no hay sitio<enter>"),
    "praise": ("1 Qué bien<enter>", "2 Gracias<enter>"), "news": ("<enter>",), "pin_old": (f"{ANA}<enter>",),
    "pin_new": ("918273<enter>",), "pin_again": ("918274<enter>",),
    "idle": ("marta<enter>", "Rosa Medina<enter>", "1<enter>", "2<enter>", "3<enter>", "5<enter>", "<f3>", "<ctrl+g>R"),
}  # fmt: skip
"""What somebody at work would press at each scene; the PIN is never really changed."""

KEYS = ("<f1>", "<f2>", "<f3>", "<f4>", "<f5>", "<f6>", "<f7>", "<f8>", "<f9>", "<f12>", "<escape>", "<tab>",
        "<shift+tab>", "<up>", "<down>", "<pgup>", "<pgdn>", "<home>", "<end>", "<left>", "<backspace>", "<delete>",
        "<ctrl+z>", "<ctrl+g>", "<ctrl+l>", "<ctrl+u>", "<ctrl+c>", "<ctrl+q>", "?")  # fmt: skip
SECRET = ("authorise", "pin_old", "pin_new", "pin_again")
LETTERS = "HNEFATCZRPKLBGDV<>q"


@dataclass
class NotedPort:
    """The real port; what it acknowledged is noted, to be looked for in the journal at the end."""

    real: Port
    noted: Noted

    @property
    def standing(self) -> tuple[str, ...]:
        return self.real.standing

    def carry_out(self, ask: a.Ask) -> d.Outcome:
        """As the port does it."""
        outcome = self.real.carry_out(ask)
        if isinstance(ask, a.Practise) and isinstance(outcome, d.Entered):
            self.noted.practice = True
        elif isinstance(ask, a.EndPractice | a.Leave | a.Enter):
            self.noted.practice = False
        if isinstance(ask, a.Do) and isinstance(outcome, d.Done) and not self.noted.practice:
            self.noted.commands += 1
            if outcome.file is not None:
                self.noted.cases[outcome.file.state.folio] = outcome.file.state.notes
        if isinstance(outcome, d.Broken):
            self.noted.broken.append(f"{ask!r}: {outcome!r}")
        return outcome

    def warm(self) -> None:
        """As the port does it."""
        self.real.warm()

    def save_draft(self, draft: object) -> None:
        """As the port does it."""
        self.real.save_draft(draft)  # type: ignore[arg-type]

    def close(self) -> None:
        """As the port does it."""
        self.real.close()


@dataclass
class Noted:
    """What was acknowledged on the screen: how many commands, and of each case how many notes it had."""

    commands: int = 0
    practice: bool = False
    cases: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    stages: set[str] = field(default_factory=set)


@dataclass
class RandomAgent:
    """Presses what comes to mind; ``seed`` decides everything."""

    seed: int
    path: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))
    noted: Noted = field(default_factory=Noted)
    trace: list[str] = field(default_factory=list)
    pins: dict[int, str] = field(default_factory=lambda: dict(PINS))

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.app = self._begun()

    async def work(self, steps: int) -> None:
        """So many steps, beginning the program again whenever it was ended."""
        while steps > 0:
            async with self.app.run_test(size=(80, 24)) as pilot:
                steps -= await self.live(pilot, steps)
            self.app = self._begun()

    def _begun(self) -> DeskApp:
        language = self.random.choice(("es", "en"))
        shown = Shown({"es": "es_MX", "en": "en_US"}[language], ZONE)
        return DeskApp(
            lambda: NotedPort(Port(self.path, words(language), clock=self.clock, hasher=hasher), self.noted),  # type: ignore[arg-type, return-value]
            Setting(words(language), shown), clock=self.clock,
        )  # fmt: skip

    async def live(self, pilot: Pilot[int], steps: int) -> int:
        """So many steps, with everything that must hold looked at after each; fewer if the program was ended."""
        for done in range(steps):
            if self.app._ending:
                return done
            await self._step(pilot)
            if not self.app._ending:
                self._look()
        return steps

    async def _step(self, pilot: Pilot[int]) -> None:
        what = self._something()
        self.trace = [*self.trace[-30:], f"{self.stage}: {what}"]
        burst(self.app, what)
        await self.calm(pilot)
        if self.random.random() < 0.3:
            seconds = self.random.choice((1, 1, 5, 20, 90, 600, 3600, 86_400))
            if self.random.random() < 0.05:
                self.clock.jump(self.random.choice((-7200, -60, 60, 7200)))
            self.clock.advance(seconds)
            self.app.look()

    @property
    def stage(self) -> str:
        """The scene that has the word."""
        return str(getattr(self.app._flow.talk, "stage", ""))

    def _something(self) -> str:
        dice = self.random.random()
        if self.stage == "login":
            number = self.random.choice((1, 1, 2, 3))
            return (
                f"{number} {self.pins[number]}<enter>"
                if dice < 0.8
                else self.random.choice(("9 1<enter>", "<f1>", "<f5>"))
            )
        if dice < 0.55 and self.stage in PLAUSIBLE:
            return "<ctrl+u>" + self.random.choice(PLAUSIBLE[self.stage])
        if self.stage in SECRET:
            return self.random.choice((f"3 {CARLA}<enter>", "3 111111<enter>", "0<enter>", "<escape>"))
        dice = self.random.random()
        if dice < 0.30:
            return "<enter>"
        if dice < 0.55:
            return f"{self.random.randrange(10)}<enter>"
        if dice < 0.72:
            return f"{self.random.choice(TEXTS)}<enter>"
        if dice < 0.78:
            return self.random.choice(TEXTS)
        if dice < 0.92:
            return self.random.choice(KEYS)
        return f"<ctrl+g>{self.random.choice(LETTERS)}".replace("g><", "g><lt>")

    async def calm(self, pilot: Pilot[int]) -> None:
        """Until everything that was pressed has been answered, and what asks for money or a PIN has been seen."""
        flow = self.app._flow
        for _ in range(8000):
            await asyncio.sleep(0.001)
            seen = not flow._guarded or flow._painted_at is not None
            if self.app._ending or (self.app.is_calm and seen):
                await pilot.pause(0)
                if self.app._ending or self.app.is_calm:
                    return
        waits = f"{flow.under_way!r}, {[one.kind for one in flow._inputs]}, {flow._guarded}, {flow._painted_at}"
        raise AssertionError(f"the desk never came to rest ({waits}): {self.trace}")

    def _look(self) -> None:
        self.noted.stages.add(self.stage)
        rows = screen(self.app)
        assert len(rows) == self.app.size.height, self.trace
        assert all("\x1b" not in row and "\x07" not in row for row in rows), self.trace
        talk = self.app._flow.talk
        try:
            assert_fits(self.app._flow.view())
        except AssertionError as error:
            raise AssertionError(f"{error}, at {self.stage}: {self.trace}") from error
        for pin in self.pins.values():
            assert pin not in repr(talk), self.trace
        day = getattr(talk, "day", None)
        if day is not None:
            assert day.budget.left.minor >= 0, self.trace
        assert not self.noted.broken, (self.noted.broken, self.trace)
