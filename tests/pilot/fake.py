"""A conversation of a few questions and a port that can be held: enough to prove what the screen promises itself."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from textual import events
from textual.pilot import Pilot

from benchmarks.keys import split_keys
from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.dialogue.asks import Ask, FindCustomers, Glance, Quit
from mesa_recuperacion.dialogue.talk import Broken, Found, Glimpsed, Outcome, Refused, Setting, Step, Talk  # fmt: skip
from mesa_recuperacion.dialogue.view import Choice, Option, Phrase, RailStep, Run, View, line
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.refusals import NameMissing
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.tui.capture import CaptureLine

NOW = datetime(2025, 3, 12, 16, 42, 18, tzinfo=UTC)
NEXT = {"name": "problem", "problem": "note", "note": "close", "close": "name"}
KEYS = {"pgup": "pageup", "pgdn": "pagedown", "esc": "escape", "lt": "<"}


def setting(language: str = "es") -> Setting:
    return Setting(words(language), Shown("es_MX", ZoneInfo("America/Mexico_City")))


class FakeConversation:
    """name → problem → note → close (a barrier) → name; every answer asks once and goes on when that is done.

    ``no`` is refused and given back; ``bye`` quits; F5 changes the theme; F2 gives the line back with a sign; F3
    clears it.  What happened is in ``said``, in order.
    """

    def __init__(self, stage: str = "name", *, mask: str = "") -> None:
        self.said: list[tuple[str, ...]] = []
        self.stage, self.mask = stage, mask
        self.drafts = True

    def begin(self, setting: Setting) -> Step:
        return Step(Talk(setting, stage=self.stage), (Glance(),))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        self.said.append(("answer", talk.stage, text))
        if text == "bye":
            return Step(talk, (Quit(),))
        return Step(replace(talk, then=NEXT.get(talk.stage, "name"), sent=text, said=""), (FindCustomers(text),))

    def press(self, talk: Talk, key: str, text: str, now: datetime) -> Step:
        self.said.append(("press", talk.stage, key, text))
        if key == "f5":
            return Step(replace(talk, theme="dia" if talk.theme != "dia" else "noche"))
        if key in ("f2", "f3"):
            return Step(replace(talk, line=f"{text}+" if key == "f2" else "", line_serial=talk.line_serial + 1))
        if key == "f1":
            return Step(replace(talk, stage="help"))
        return Step(talk)

    def typing(self, talk: Talk, text: str, now: datetime) -> Step:
        self.said.append(("typing", talk.stage, text))
        return Step(talk)

    def after(self, talk: Talk, outcome: Outcome, now: datetime) -> Step:
        self.said.append(("after", type(outcome).__name__))
        if isinstance(outcome, Refused | Broken):
            said = outcome.reference if isinstance(outcome, Broken) else "no"
            return Step(replace(talk, then="", said=said, line=talk.sent, line_serial=talk.line_serial + 1))
        return Step(replace(talk, stage=talk.then or talk.stage, then="", people=()))

    def show(self, talk: Talk, text: str, now: datetime, *, tall: bool = True) -> View:
        options = tuple(Option(str(n), f"Opción {n}", (f"${n}0",)) for n in range(1, 5))
        selected = int(text) - 1 if text in ("1", "2", "3", "4") else 0
        return View(
            head=((Run("Mesa de Recuperación", "accent"),), line("mié 12 mar 10:42", "dim")),
            band=((line("Marta Ruiz Soto", "strong"), ()), ((), ())),
            clock=None,
            rail=tuple(RailStep(n, f"Paso {n}", "ahead", "") for n in range(1, 7)),
            main=(Phrase("Diga", f"«{talk.stage}»"), Choice(("Nombre", "cuesta"), options, selected)),
            prompt=talk.stage,
            hint="Enter",
            status=line(talk.said),
            never=(),
            keys=(("F1", "ayuda"),),
            ghost=f"({text})" if text else "",
            mask="" if talk.stage == "help" else self.mask,
            theme=talk.theme,
        )

    def barrier(self, talk: Talk) -> bool:
        return talk.stage == "close"

    def draft(self, talk: Talk, text: str, now: datetime) -> Draft | None:
        return Draft("CEN-1", talk.stage, text, None, now) if self.drafts else None

    def answers(self) -> list[tuple[str, ...]]:
        return [one[1:] for one in self.said if one[0] == "answer"]

    def keys(self) -> list[str]:
        return [one[2] for one in self.said if one[0] == "press"]


class FakePort:
    """Carries out at once, or when ``gate`` is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[Ask] = []
        self.drafts: list[str] = []
        self.threads: set[str] = set()
        self.closed = self.warmed = 0
        self.fails: Exception | None = None

    standing: tuple[str, ...] = ()

    def carry_out(self, ask: Ask) -> Outcome:
        self.threads.add(threading.current_thread().name)
        self.asked.append(ask)
        assert self.gate.wait(20)
        if self.fails is not None:
            raise self.fails
        if isinstance(ask, Glance):
            return Glimpsed((), "Centro")
        text = ask.text if isinstance(ask, FindCustomers) else ""
        return Refused(NameMissing()) if text == "no" else Found(text, ())

    def warm(self) -> None:
        self.warmed += 1

    def save_draft(self, draft: Draft) -> None:
        self.drafts.append(draft.line)

    def close(self) -> None:
        self.closed += 1


def fake_app(conversation: FakeConversation, port: FakePort, **options: object) -> DeskApp:
    return DeskApp(lambda: port, setting(), conversation=conversation, clock=FixedClock(NOW), **options)  # type: ignore[arg-type]


def burst(app: DeskApp, keys: str) -> None:
    """All the keys in one packet: nothing runs between two of them."""
    for token in split_keys(keys):
        name = token[1:-1] if len(token) > 1 else token
        name = KEYS.get(name, name)
        app.post_message(events.Key(name, token if len(token) == 1 else None))


async def calm(app: DeskApp, pilot: Pilot[int]) -> None:
    """Until all that was typed is taken up and on the screen; ended apps are at rest."""
    for _ in range(20_000):
        await asyncio.sleep(0.001)
        if app._ending:
            return
        if app.is_calm:
            await pilot.pause(0)  # what was drawn has arrived
            if app.is_calm:
                return
    raise AssertionError("the desk never came to rest")


def row(app: DeskApp, y: int) -> str:
    """The text of one row of the screen, from 0."""
    strips = app.screen._compositor.render_strips(app.size)
    return "".join(segment.text for segment in strips[y])


def screen(app: DeskApp) -> list[str]:
    """The text of every row."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips(app.size)]


def line_of(app: DeskApp) -> CaptureLine:
    return app.line
