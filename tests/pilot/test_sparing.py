"""Only the cells that changed are written to the terminal, and what it shows is always the whole screen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from benchmarks.emulator import Emulator
from mesa_recuperacion.desk.app import DeskApp
from mesa_recuperacion.tui.glyphs import ASCII, BARE, WGL4, Glyphs
from mesa_recuperacion.tui.regions import Rows
from mesa_recuperacion.tui.sparing import Shown
from tests.pilot.fake import FakeConversation, FakePort, burst, fake_app

_ESCAPES = re.compile(r"\x1b\[[^a-zA-Z]*[a-zA-Z]")
CONSOLE = Console(force_terminal=True, color_system="truecolor", width=80, legacy_windows=False)


def terminal(size: tuple[int, int]) -> Emulator:
    return Emulator(*size, answer=lambda _: None)


class Written:
    """What a desk that is not headless would write, and a terminal that it is written to."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.terminal = terminal(size)
        self.texts: list[str] = []

    def display(self, app: App[Any], update: Any) -> None:
        if update is not None:
            self.texts.append(update.render_segments(app.console))
            self.terminal.feed(self.texts[-1].encode(), 0.0)


@contextmanager
def written(size: tuple[int, int]) -> Iterator[Written]:
    told = Written(size)
    with patch.object(App, "_display", lambda app, screen, update: told.display(app, update)):
        yield told


def afresh(app: DeskApp) -> Emulator:
    """The screen drawn from nothing, past everything that is kept of earlier drawings."""
    for widget in app.screen.walk_children(with_self=True):
        widget._styles_cache.clear()
        if isinstance(widget, Rows):
            widget._strips.clear()
    whole = LayoutUpdate([[s] for s in app.screen._compositor.render_strips(app.size)], app.size.region)
    fresh = terminal(app.size)
    fresh.feed(whole.render_segments(app.console).encode(), 0.0)
    return fresh


async def calm(app: DeskApp, pilot: Pilot[int]) -> None:
    await pilot.pause()
    while not app.is_calm:
        await pilot.pause()
    await pilot.pause()


# ------------------------------------------------------------------------------------------------- nothing left behind

WORDS = st.text(st.sampled_from("abc ñé»?·“—日本語👩🏽\u0301\u200d\u00ad한"), min_size=1, max_size=30)
TYPED = st.tuples(st.just("type"), WORDS)
PASTED = st.tuples(st.just("paste"), st.one_of(WORDS, st.just("muy largo " * 12), st.just("日本 " * 40)))
PRESSED = st.tuples(st.just("press"), st.sampled_from(
    ["<left>", "<right>", "<home>", "<end>", "<ctrl+left>", "<ctrl+right>", "<backspace>", "<delete>", "<ctrl+u>",
     "<ctrl+k>", "<ctrl+w>", "<esc>", "<enter>", "<f1>", "<f2>", "<f3>", "<f5>", "<ctrl+l>", "<ctrl+q>", "2"]
))  # fmt: skip
SIZED = st.tuples(st.just("size"), st.sampled_from([(80, 24), (81, 24), (80, 40), (132, 50), (60, 16)]))
STEPS = st.lists(st.one_of(TYPED, PASTED, PRESSED, PRESSED, SIZED), min_size=1, max_size=14)


async def _take(step: tuple[str, Any], app: DeskApp, pilot: Pilot[int], told: Written) -> None:
    kind, what = step
    if kind == "size":
        told.terminal.resize(*what, 0.0)
        await pilot.resize_terminal(*what)
    elif kind == "paste":
        app.post_message(events.Paste(what))
    elif kind == "type":
        for char in what:
            app.post_message(events.Key("x", char))
    else:
        burst(app, what)
    await calm(app, pilot)


async def _edit(steps: list[tuple[str, Any]], glyphs: Glyphs, mask: str) -> None:
    app = fake_app(FakeConversation(mask=mask), FakePort(), glyphs=glyphs)
    with written((80, 24)) as told:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(app, pilot)
            for step in steps:
                await _take(step, app, pilot, told)
                fresh = afresh(app)
                for y, (cells, whole) in enumerate(zip(told.terminal.cells, fresh.cells, strict=True)):
                    assert cells == whole, f"row {y} after {step}"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.sampled_from([WGL4, ASCII, BARE]), st.sampled_from(["", "all", "rest"]))
def test_whatever_is_done_the_terminal_shows_the_whole_screen(
    steps: list[tuple[str, Any]], glyphs: Glyphs, mask: str
) -> None:
    asyncio.run(_edit(steps, glyphs, mask))


# ---------------------------------------------------------------------------------------------- only what has changed


async def test_a_key_writes_the_cells_that_it_changes() -> None:
    app = fake_app(FakeConversation(), FakePort())
    with written((80, 24)) as told:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(app, pilot)
            burst(app, "mart")
            await calm(app, pilot)
            told.texts.clear()
            burst(app, "a")
            await calm(app, pilot)
            drawn = "".join(told.texts)
            assert len(drawn.encode()) < 300
            said = _ESCAPES.sub("", drawn)
            assert "a" in said
            assert not [word for word in ("name", "Enter", "Paso") if word in said]
            assert {int(y) for y in re.findall(r"\x1b\[(\d+);\d+H", drawn)} == {21}


async def test_after_a_resize_nothing_counts_as_shown() -> None:
    app = fake_app(FakeConversation(), FakePort())
    with written((80, 24)) as told:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(app, pilot)
            told.terminal.feed(b"\x1b[2J", 0.0)  # the program was stopped, and is back in an empty window of that size
            await pilot.resize_terminal(80, 24)
            burst(app, "a")
            await calm(app, pilot)
            assert told.terminal.cells[20] == afresh(app).cells[20]


async def test_what_is_drawn_anew_is_written_whole() -> None:
    app = fake_app(FakeConversation(), FakePort())
    with written((80, 24)) as told:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(app, pilot)
            told.terminal.feed(b"\x1b[2J", 0.0)  # another program has cleared the screen
            burst(app, "<ctrl+l>")
            await calm(app, pilot)
            assert told.terminal.cells == afresh(app).cells


# --------------------------------------------------------------------------------------------------- rows by themselves


def row(*parts: tuple[str, str]) -> Strip:
    return Strip([Segment(text, Style.parse(style)) for text, style in parts])


def shown(*rows: Strip) -> Shown:
    known = Shown()
    known.whole(LayoutUpdate([[strip] for strip in rows], Region(0, 0, 80, len(rows))))
    return known


def change(known: Shown, new: Strip, y: int = 0) -> str:
    update = ChopsUpdate([{0: new}] * (y + 1), [(y, 0, new.cell_length)], [[new.cell_length]] * (y + 1))
    return _ESCAPES.sub("|", known.changes(update, CONSOLE))


@pytest.mark.parametrize(
    ("old", "new", "texts"),
    [
        ("guardado 10:42:18  ", "guardado 10:42:19  ", ["9"]),
        ("uno            dos", "unA            doS", ["A", "S"]),
        ("uno dos", "unA doS", ["A doS"]),
        ("igual", "igual", []),
        ("日本 uno", "日本 dos", ["日本 dos"]),
        ("日本 uno", "aaaa uno", ["aaaa uno"]),
        ("aaaa uno", "日本 uno", ["日本 uno"]),
        ("corto", "más largo", ["más largo"]),
    ],
)
def test_what_differs_is_written(old: str, new: str, texts: list[str]) -> None:
    assert [text for text in change(shown(row((old, "red"))), row((new, "red"))).split("|") if text] == texts


def test_another_colour_is_a_difference() -> None:
    known = shown(row(("uno dos", "red")))
    assert "dos" in change(known, row(("uno ", "red"), ("dos", "blue")))
    assert change(known, row(("uno ", "red"), ("dos", "blue"))) == ""


def test_what_is_forgotten_is_written_whole() -> None:
    known = shown(row(("uno dos", "red")))
    known.forget()
    assert "uno dos" in change(known, row(("uno dos", "red")))


def test_an_update_that_is_never_written_is_not_taken_as_shown() -> None:
    known, new = shown(row(("uno dos", "red"))), row(("uno tres", "red"))
    known.sparing(ChopsUpdate([{0: new}], [(0, 0, 8)], [[8]]))
    assert "tres" in change(known, new)


def test_rows_in_parts_are_told_apart() -> None:
    known = Shown()
    left, right, other = row(("izq", "red")), row(("der", "red")), row(("dar", "red"))
    known.whole(LayoutUpdate([[left, right]], Region(0, 0, 6, 1)))
    parts = ChopsUpdate([{0: None, 3: other}], [(0, 3, 6)], [[3, 6]])
    assert _ESCAPES.sub("", known.changes(parts, CONSOLE)) == "a"
    moved = ChopsUpdate([{0: row(("izqdar", "red"))}], [(0, 0, 6)], [[6]])
    assert _ESCAPES.sub("", known.changes(moved, CONSOLE)) == "izqdar"
    assert _ESCAPES.sub("", known.changes(parts, CONSOLE)) == "dar"
