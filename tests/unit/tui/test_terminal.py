"""What a terminal sends for a key, byte by byte."""

from __future__ import annotations

import io
import os
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.tui import terminal


def keys(sent: bytes) -> list[str]:
    """The names of the keys that Textual's own driver would hand on."""
    from textual.drivers import linux_driver
    from textual.events import Key

    terminal.mend_keyboard()
    decode = linux_driver.getincrementaldecoder("utf-8")().decode  # type: ignore[attr-defined]
    parser = linux_driver.XTermParser(False)  # type: ignore[attr-defined]
    events = [*parser.feed(decode(sent) + decode(b"", True)), *parser.feed("")]
    return [event.key for event in events if isinstance(event, Key)]


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        (b"a\r", ["a", "enter"]),
        (b"a\n", ["a", "ctrl+j"]),
        (b"a\x1b\rb", ["a", "esc", "enter", "b"]),
        (b"\x1bab\x1b[A", ["esc", "a", "b", "up"]),
        (b"\x1b\x1bOP", ["escape", "f1"]),
        (b"\x1b1\r\x1b0", ["esc", "1", "enter", "esc", "0"]),
        (b"\x1b[32~", ["f17"]),
        (b"\x1b[34~", ["f17"]),
        (b"\x1b[15~", ["f5"]),
    ],
)
def test_esc_is_kept_whatever_follows_it_in_the_packet(sent: bytes, names: list[str]) -> None:
    assert keys(sent) == names


@pytest.mark.parametrize("sent", [b"ni\xf1o\r", b"\xff\xfe\r", b"\xe1rbol\r", b"a\xc3\r"])
def test_a_latin1_keyboard_goes_on(sent: bytes) -> None:
    names = keys(sent)
    assert names[-1] == "enter"
    assert len(names) == len(sent)


def test_a_latin1_letter_is_that_letter() -> None:
    assert keys(b"ni\xf1o") == ["n", "i", "ñ", "o"]


def told(pieces: list[str]) -> list[terminal.Packet]:
    """What is told of the keys when a terminal sends these pieces, and nothing after them for a while."""
    from textual.drivers import linux_driver

    packets: list[terminal.Packet] = []
    terminal.mend_keyboard(packets.append)
    parser = linux_driver.XTermParser(False)  # type: ignore[attr-defined]
    for piece in pieces:
        list(parser.feed(piece))
        if piece.endswith("\x1b"):
            while not packets or packets[-1].keys[-1] != "escape":  # the time that an Esc is waited for
                list(parser.tick())
    terminal.mend_keyboard()
    return packets


@pytest.mark.parametrize(
    ("pieces", "packets"),
    [
        (["\x1b[15~"], [("\x1b[15~", ("f5",))]),
        (["\x1b[1", "5~"], [("\x1b[15~", ("f5",))]),
        (["a", "\x1bOP"], [("a", ("a",)), ("\x1bOP", ("f1",))]),
        (["\x1b"], [("\x1b", ("escape",))]),
        (["\x1b[?2026;2$y", "\x07"], [("\x07", ("ctrl+g",))]),
        (["\x1b[?2026;2$y\x07"], [("\x07", ("ctrl+g",))]),
        (["\x1b[48;24;80;384;640t\x1b[15~"], [("\x1b[15~", ("f5",))]),
        (["\x1b[1;2R", "x"], [("x", ("x",))]),
        (["\x1b[200~x\x1b[201~", "y"], [("y", ("y",))]),
    ],
)  # fmt: skip
def test_what_a_terminal_sent_for_its_keys_is_told_and_nothing_else(
    pieces: list[str], packets: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert told(pieces) == packets


def pasted(pieces: list[str]) -> tuple[str, list[str]]:
    """What is pasted and which keys are pressed when a terminal sends these pieces."""
    from textual.drivers import linux_driver
    from textual.events import Key, Paste

    terminal.mend_keyboard()
    parser = linux_driver.XTermParser(False)  # type: ignore[attr-defined]
    events = [event for piece in [*pieces, ""] for event in parser.feed(piece)]
    text = "".join(event.text for event in events if isinstance(event, Paste))
    return text.replace(terminal.PASTED_ESC, "\x1b"), [event.key for event in events if isinstance(event, Key)]


BODY = st.text("ab\r\x1b[]0;~1\x07", max_size=40).filter(lambda body: "\x1b[20" not in body)


@given(BODY, st.lists(st.integers(1, 60), max_size=6))
def test_e5_nothing_that_is_pasted_presses_a_key(body: str, cuts: list[int]) -> None:
    whole = f"x\x1b[200~{body}\x1b[201~y"
    places = [0, *sorted({min(cut, len(whole)) for cut in cuts}), len(whole)]
    pieces = [whole[start:end] for start, end in pairwise(places) if start < end]
    assert pasted(pieces) == (body, ["x", "y"])


def unmarked(pieces: list[str]) -> tuple[str, list[str]]:
    """The same of a terminal that does not mark pastes; an empty piece is a moment in which nothing comes."""
    from textual.drivers import linux_driver
    from textual.events import Key, Paste

    terminal.mend_keyboard()
    parser = linux_driver.XTermParser(False)  # type: ignore[attr-defined]
    events = [event for piece in pieces for event in [*(parser.feed(piece) if piece else ()), *parser.tick()]]
    text = "".join(event.text for event in events if isinstance(event, Paste))
    return text, [event.key for event in events if isinstance(event, Key)]


LONG = "s\r" * 300


@pytest.mark.parametrize(
    ("pieces", "text", "pressed"),
    [
        (["s\r", ""], "", ["s", "enter"]),
        (["s\r" * 100, ""], "", ["s", "enter"] * 100),  # a macro, typed ahead
        ([LONG, ""], LONG, []),
        ([LONG, "s\r", "", "s\r"], f"{LONG}s\r", ["s", "enter"]),
        ([LONG, LONG, LONG, "s\r", ""], LONG * 3 + "s\r", []),
        (["x", LONG, "", "y", ""], LONG, ["x", "y"]),
        ([LONG, "\x1b", "[A\r", "", "\r"], LONG + terminal.PASTED_ESC + "[A\r", ["enter"]),
        (["\x1b[200", f"~{LONG}", "", "s\x1b[20", "1~y"], f"{LONG}s", ["y"]),  # marked after all, in pieces
        (["\x1b[A" * 300, ""], "", ["up"] * 300),
    ],
)  # fmt: skip
def test_b3_more_than_anybody_types_at_once_was_pasted(pieces: list[str], text: str, pressed: list[str]) -> None:
    assert unmarked(pieces) == (text, pressed)


class Window(io.StringIO):
    def __init__(self, *, tty: bool = True) -> None:
        super().__init__()
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_that_cannot_draw_is_refused_in_one_sentence(term: str) -> None:
    assert terminal.unfit(words("en"), {"TERM": term}, [Window()] * 3)


def test_a_pipe_is_refused_in_one_sentence() -> None:
    assert terminal.unfit(words("en"), {"TERM": "xterm"}, [Window(), Window(tty=False), Window()])
    assert terminal.unfit(words("en"), {"TERM": "xterm"}, [Window(), None])


def test_a_terminal_is_accepted() -> None:
    assert terminal.unfit(words("en"), {"TERM": "xterm"}, [Window()] * 3) is None


def test_a_terminal_that_is_gone_is_noticed() -> None:
    master, slave = os.openpty()
    assert not terminal.hung_up(slave)
    os.close(master)
    assert terminal.hung_up(slave)
    os.close(slave)
