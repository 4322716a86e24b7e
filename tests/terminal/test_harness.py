"""The harness itself: a test that it passes wrongly, or fails wrongly, would be worth nothing."""

from __future__ import annotations

import re
import signal
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.emulator import Emulator
from hypothesis import given
from hypothesis import strategies as st

from tests.terminal.harness import Terminal, WaitError

Start = Callable[..., Terminal]

_FORM = """
    from textual.app import App
    from textual.widgets import Footer, Header, Input, Label

    class Form(App):
        BINDINGS = [("f3", "quit", "Leave")]

        def compose(self):
            yield Header()
            yield Input(placeholder="Name")
            yield Label(id="size")
            yield Footer()

        def on_resize(self, event):
            self.query_one("#size", Label).update(f"{event.size.width} by {event.size.height}")

    Form().run()
    raise SystemExit(7)
"""

_KEYS = """
    from textual.app import App
    from textual.widgets import Label

    class Keys(App):
        def compose(self):
            yield Label("ready")

        def on_key(self, event):
            self.query_one(Label).update(f"got {event.key}.")

    Keys().run()
"""

# Shows every packet it reads, as Python writes bytes; q ends it and leaves the terminal as it was found.
_PACKETS = """
    import os, termios, tty
    before = termios.tcgetattr(0)
    tty.setraw(0, termios.TCSANOW)
    os.write(1, b"ready\\r\\n")
    while (packet := os.read(0, 4096)) != b"q":
        os.write(1, ascii(packet).encode() + b"\\r\\n")
    termios.tcsetattr(0, termios.TCSANOW, before)
"""

_WAITS_FOR_ENTER = """
    print("ready")
    input()
"""


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """A terminal with the program of the given source in it."""

    def start(
        source: str, *, size: tuple[int, int] = (80, 24), send_at_start: bytes = b"", kitty: bool = False
    ) -> Terminal:
        program = tmp_path / "program.py"
        program.write_text(textwrap.dedent(source), encoding="utf-8")
        argv = [sys.executable, str(program)]
        return Terminal(argv, env={}, size=size, send_at_start=send_at_start, kitty=kitty)

    return start


# Typing


def test_keys_sent_before_the_program_runs_wait_for_it(start: Start) -> None:
    with start("print('I read', input())", send_at_start="Señora 7\r".encode()) as t:
        t.wait_for("I read Señora 7")
        assert t.wait_exit() == 0


def test_before_raw_mode_the_terminal_makes_enter_a_line_feed(start: Start) -> None:
    """Why the desk must accept ctrl+j as Enter: that is what type-ahead becomes."""
    with start(_PACKETS, send_at_start=b"a\rb\r") as t:
        t.wait_for(r"b'a\nb\n'")


def test_more_than_the_kernel_keeps_is_refused_and_not_lost_in_silence(start: Start) -> None:
    with pytest.raises(ValueError, match="4095"):
        start(_PACKETS, send_at_start=b"x" * 5000)


def test_one_packet_is_one_packet_and_typing_is_one_key_each(start: Start) -> None:
    with start(_PACKETS) as t:
        t.wait_for("ready")
        t.send("marta<enter>2<backspace>")
        t.wait_for(r"b'marta\r2\x7f'")
        t.type("a<lt><up>", gap=0.05)
        t.wait_for(r"b'\x1b[A'")
        assert t.lines[2:5] == ["b'a'", "b'<'", r"b'\x1b[A'"]


@pytest.mark.parametrize(
    ("keys", "packet"),
    [
        ("<enter>", b"\r"), ("<tab>", b"\t"), ("<shift+tab>", b"\x1b[Z"), ("<esc>", b"\x1b"), ("<lt>", b"<"),
        ("<backspace>", b"\x7f"), ("<space>", b" "), ("<ctrl+z>", b"\x1a"), ("<ctrl+g>", b"\x07"),
        ("<alt+x>", b"\x1bx"), ("<f1>", b"\x1bOP"), ("<f4>", b"\x1bOS"), ("<f9>", b"\x1b[20~"), ("<f12>", b"\x1b[24~"),
        ("<shift+f3>", b"\x1b[1;2R"), ("<up>", b"\x1b[A"), ("<ctrl+left>", b"\x1b[1;5D"), ("<end>", b"\x1b[F"),
        ("<delete>", b"\x1b[3~"), ("<pgdn>", b"\x1b[6~"), ("ñ", "ñ".encode()), ("\n", b"\n"),
    ],
)  # fmt: skip
def test_named_keys_are_what_xterm_sends(start: Start, keys: str, packet: bytes) -> None:
    with start(_PACKETS) as t:
        t.wait_for("ready")
        t.send(keys)
        t.wait_for(ascii(packet))
        assert t.lines[1] == ascii(packet)


@pytest.mark.parametrize("keys", ["<f13>", "<hyper+a>", "<enter", "a < b"])
def test_an_unknown_key_name_is_an_error_and_not_text(start: Start, keys: str) -> None:
    with start(_PACKETS) as t, pytest.raises(ValueError, match="<"):
        t.send(keys)


def test_arrows_follow_the_application_cursor_mode(start: Start) -> None:
    with start("import os\nos.write(1, b'\\x1b[?1h')\n" + textwrap.dedent(_PACKETS)) as t:
        t.wait_for("ready")
        t.send("<up>")
        t.wait_for(ascii(b"\x1bOA"))


@pytest.mark.parametrize("kitty", [False, True])
def test_textual_reads_each_named_key_as_its_own(start: Start, kitty: bool) -> None:
    names = ["f1", "f2", "f3", "f4", "f5", "f9", "f12", "up", "left", "home", "delete", "ctrl+z", "ctrl+g", "a", "A"]
    others = {"esc": "escape", "enter": "enter", "backspace": "backspace", "shift+tab": "shift+tab", "pgdn": "pagedown"}
    with start(_KEYS, kitty=kitty) as t:
        t.wait_for("ready")
        t.wait_for(lambda: b"\x1b[?2026h" in t.raw)
        for name in names:
            t.send(name if len(name) == 1 else f"<{name}>")
            t.wait_for(f"got {name}.")
        for sent, read in others.items():
            t.send(f"<{sent}>")
            t.wait_for(f"got {read}.")


def test_a_paste_carries_marks_only_for_a_program_that_asked(start: Start) -> None:
    with start(_PACKETS) as t:
        t.wait_for("ready")
        t.paste("one\ntwo")
        t.wait_for(ascii(b"one\rtwo"))
    with start("import os\nos.write(1, b'\\x1b[?2004h')\n" + textwrap.dedent(_PACKETS)) as t:
        t.wait_for("ready")
        t.paste("one\r\ntwo")
        t.wait_for(ascii(b"\x1b[200~one\rtwo\x1b[201~"))


def test_a_megabyte_at_once_neither_blocks_nor_loses_a_byte(start: Start) -> None:
    """The program writes as much as it reads, and reads nothing while its own output is stuck."""
    source = """
        import os, tty
        tty.setraw(0)
        os.write(1, b"ready\\r\\n")
        count = 0
        while count < 1_000_000:
            packet = os.read(0, 65536)
            count += len(packet)
            os.write(1, b"." * len(packet) + b"\\r")
        os.write(1, b"\\r\\n%d bytes" % count)
    """
    with start(source) as t:
        t.wait_for("ready")
        t.send(b"x" * 1_000_000)
        t.wait_for("1000000 bytes", timeout=60)


# What it shows


def test_size_is_given_at_start_and_a_resize_signals_the_program(start: Start) -> None:
    source = """
        import os, signal
        def show(*_): print("%d by %d" % os.get_terminal_size(), flush=True)
        signal.signal(signal.SIGWINCH, show)
        show()
        while True: signal.pause()
    """
    with start(source, size=(72, 20)) as t:
        t.wait_for("72 by 20")
        assert len(t.lines) == 20
        t.resize(120, 40)
        t.wait_for("120 by 40")
        assert len(t.lines) == 40


def test_textual_follows_a_resize_by_the_report_in_the_stream(start: Start) -> None:
    with start(_FORM) as t:
        t.wait_for("80 by 24")
        t.wait_for(lambda: b"\x1b[?2048h" in t.raw)
        t.resize(100, 30)
        t.wait_for("100 by 30")
        t.resize(60, 16)
        t.wait_for("60 by 16")


def test_textual_draws_whole_pictures_and_gives_the_terminal_back(start: Start) -> None:
    with start(_FORM) as t:
        t.wait_for("Name")
        t.wait_for(lambda: "f3 Leave" in t.lines[23])
        assert not t.tty_is_sane()
        t.send("Marta Ruiz")
        t.wait_for("Marta Ruiz")
        assert b"\x1b[?2026h" in t.raw
        t.send("<f3>")
        assert t.wait_exit() == 7
        assert t.tty_faults() == []
        assert t.text.strip() == ""  # the main screen is back


def test_cells_have_characters_colours_and_weight(start: Start) -> None:
    with start(r"print('\x1b[1;38;2;255;128;0;44mñ\x1b[0m漢x')") as t:
        t.wait_exit()
        assert t.cell(0, 0)[:4] == ("ñ", "ff8000", "blue", True)
        assert t.cell(0, 3)[:4] == ("x", "default", "default", False)  # the sign before it is two cells wide
        assert t.lines[0] == "ñ漢x"


def test_text_behind_a_character_without_a_cell_is_shown(start: Start) -> None:
    with start(r"print('Marta\u200bRuiz \u202eabc \u2764\ufe0f, n\u0303 \x01end')") as t:
        t.wait_exit()
        assert t.lines[0] == "MartaRuiz abc \u2764, ñ end"


def test_a_picture_that_nobody_waited_for_is_remembered(start: Start) -> None:
    source = r"""
        print("4821", flush=True)
        input()
        print("\x1b[2J\x1b[Hclean", flush=True)
    """
    with start(source) as t:
        t.wait_for(lambda: b"4821" in t.raw)
        t.send("<enter>")
        t.wait_exit()
        assert "4821" not in t.text
        assert t.ever_showed("4821")
        assert t.ever_showed(re.compile(r"^clean$", re.MULTILINE))
        assert not t.ever_showed("9999")


def test_half_an_update_is_never_a_picture(start: Start) -> None:
    source = r"""
        import os
        os.write(1, b"before\x1b[?2026h\r\nhalf")
        input()
        os.write(1, b" and whole\x1b[?2026l")
        input()
    """
    with start(source) as t:
        t.wait_for(lambda: b"half" in t.raw)
        assert t.lines[:2] == ["before", ""]
        t.send("<enter>")
        t.wait_for("whole")
        assert all("whole" in "".join(lines) for _, lines in t.pictures if "half" in "".join(lines))


def test_raw_holds_every_byte_and_broken_sequences_do_not_stop_the_screen(start: Start) -> None:
    hostile = (
        rb"\x1b]0;title\x07\x1b[31\n\x1b]52;c;AAAA\x1b[1mA\x1bP1q\xff\x1b\\\x1b[1;2;3H\x1b[?1;2m\x1b[38:2::1:2:3mB\x1b"
    )
    with start(f"import os\nos.write(1, b'{hostile.decode()}')\nos.write(1, b'[2Cend')") as t:
        t.wait_exit()
        assert b"\x1b]52;c;AAAA" in t.raw
        assert re.search(r"A\s*B\s+end", t.text.replace("\n", " "))


_BITS = ["\x1b", "\x9b", "[", "]", "P", "?", ">", "1;2", ":", "$", " ", "#", "\x07", "\\", "\n", "x", "ñ", "999999"]
_BITS += [*"mHJKLMhlpqrsutcn@", "?2026h", "?1049h"]
_END_EVERYTHING = b"\x07\x1b\\\x1bc\x1b[Hok"


@given(st.lists(st.sampled_from(_BITS), max_size=40).map("".join), st.lists(st.binary(max_size=3), max_size=3))
def test_no_bytes_stop_the_terminal_and_no_cut_changes_a_picture(text: str, noise: list[bytes]) -> None:
    data = text.encode() + b"".join(noise)
    whole, cut = (Emulator(20, 5, lambda _: None) for _ in range(2))
    whole.feed(data, 0)
    for byte in data:
        cut.feed(bytes([byte]), 0)
    assert [whole.cells, whole.modes] == [cut.cells, cut.modes]
    whole.feed(_END_EVERYTHING, 1)
    assert whole.lines[0] == "ok"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[>c", b"\x1b[>1;10;0c"), (b"\x1b[=c", b"\x1bP!|00000000\x1b\\"),
        (b"\x1b[5n", b"\x1b[0n"), (b"\x1b[3;5H\x1b[6n", b"\x1b[3;5R"), (b"\x1b[3;5H\x1b[?6n", b"\x1b[?3;5R"),
        (b"\x1b[?2026$p", b"\x1b[?2026;2$y"), (b"\x1b[?2004h\x1b[?2004$p", b"\x1b[?2004;1$y"),
        (b"\x1b[?7777$p", b"\x1b[?7777;0$y"), (b"\x1b[>q", b"\x1bP>|terminal(1)\x1b\\"),
        (b"\x1b]11;?\x07", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
        (b"\x1b]4;1;?\x1b\\", b"\x1b]4;1;rgb:0000/0000/0000\x1b\\"),
        (b"\x1b[?u", b"\x1b[?0u"), (b"\x1b[>25u\x1b[?u", b"\x1b[?25u"), (b"\x1b[>1u\x1b[<u\x1b[?u", b"\x1b[?0u"),
        (b"\x1b[18t", b"\x1b[8;24;80t"), (b"\x1b[14t", b"\x1b[4;384;640t"),
        (b"\x1b[?2048h", b"\x1b[48;24;80;384;640t"), (b"\x1bP+q544e\x1b\\", b"\x1bP0+r\x1b\\"),
        (b"\x1bP$qm\x1b\\", b"\x1bP0$r\x1b\\"),
    ],
)  # fmt: skip
def test_questions_are_answered_as_a_terminal_does(start: Start, question: bytes, answer: bytes) -> None:
    """Byte by byte, so that no answer depends on how the question is cut; and nothing of it is printed."""
    source = f"""
        import os, tty
        tty.setraw(0)
        for byte in {question!r}: os.write(1, bytes([byte]))
        got = b""
        while len(got) < {len(answer)}: got += os.read(0, 100)
        os.write(1, b"\\x1b[H" + ascii(got).encode())
    """
    with start(source, kitty=True) as t:
        assert t.wait_exit() == 0
        assert t.text.strip() == ascii(answer)


def test_without_the_kitty_protocol_its_question_stays_unanswered(start: Start) -> None:
    with start("import os\nos.write(1, b'\\x1b[?u\\x1b[5n')\n" + textwrap.dedent(_PACKETS)) as t:
        t.wait_for(ascii(b"\x1b[0n"))


# Waiting and ending


def test_a_failed_wait_shows_the_screen(start: Start) -> None:
    with start(_WAITS_FOR_ENTER) as t:
        t.wait_for("ready")
        with pytest.raises(WaitError, match=r"(?s)never showed: 'Marta' within 0\.1 s \(program running\).*ready"):
            t.wait_for("Marta", timeout=0.1)
        with pytest.raises(WaitError, match="still shows: 'ready'"):
            t.wait_gone("ready", timeout=0.1)
        with pytest.raises(WaitError, match="did not end"):
            t.wait_exit(timeout=0.1)


def test_a_wait_ends_at_once_when_the_program_does(start: Start) -> None:
    with start("print('the end')\nraise SystemExit(3)") as t:
        with pytest.raises(WaitError, match=r"(?s)never showed: 'Marta' \(program .*the end"):
            t.wait_for("Marta", timeout=3600)
        assert t.wait_exit() == 3


def test_waits_take_text_pattern_or_function_and_see_what_goes(start: Start) -> None:
    source = r"""
        print("row 12", flush=True)
        input()
        print("\x1b[2J\x1b[Hempty", flush=True)
        input()
    """
    with start(source) as t:
        t.wait_for("row")
        t.wait_for(re.compile(r"^row \d+$", re.MULTILINE))
        t.wait_for(lambda: t.lines[0].endswith("12"))
        t.send("<enter>")
        t.wait_gone("row")
        t.wait_gone(lambda: "12" in t.text)
        assert "empty" in t.text


def test_quiet_is_silence_and_not_a_screen_that_stays(start: Start) -> None:
    source = r"""
        import itertools, time
        for n in itertools.count():
            print(end="\rsame", flush=True)
            time.sleep(0.01)
    """
    with start(source) as t:
        t.wait_for("same")
        with pytest.raises(WaitError, match="not quiet"):
            t.wait_quiet(2, timeout=0.2)
    with start(_WAITS_FOR_ENTER) as t:
        t.wait_for("ready")
        t.wait_quiet(0.05)


def test_exit_status_is_negative_for_a_signal(start: Start) -> None:
    with start(_WAITS_FOR_ENTER) as t:
        t.wait_for("ready")
        t.signal(signal.SIGTERM)
        assert t.wait_exit() == -signal.SIGTERM
        t.signal(signal.SIGTERM)  # to nobody
    with start(_WAITS_FOR_ENTER) as t:
        t.wait_for("ready")
        t.kill()
        assert t.wait_exit() == -signal.SIGKILL


def test_it_is_the_controlling_terminal(start: Start) -> None:
    with start("import signal\nprint('ready', flush=True)\nsignal.pause()") as t:
        t.wait_for("ready")
        t.send("<ctrl+c>")
        assert t.wait_exit() == -signal.SIGINT


def test_closing_the_terminal_hangs_the_program_up(start: Start, tmp_path: Path) -> None:
    source = f"""
        import signal, sys
        def gone(*_):
            open({str(tmp_path / "gone")!r}, "w").write("SIGHUP")
            sys.exit(9)
        signal.signal(signal.SIGHUP, gone)
        print("ready", flush=True)
        while True: signal.pause()
    """
    with start(source) as t:
        t.wait_for("ready")
        t.close_master()
        assert t.wait_exit() == 9
    assert (tmp_path / "gone").read_text() == "SIGHUP"


def test_a_killed_program_leaves_a_terminal_that_is_not_sane(start: Start) -> None:
    with start(_FORM) as t:
        t.wait_for("Name")
        t.wait_for(lambda: b"\x1b[?2004h" in t.raw)
        t.kill()
        assert t.wait_exit() == -signal.SIGKILL
        assert {"echo is off", "line editing is off", "paste marks is on", "mouse tracking 1003 is on"} <= {
            *t.tty_faults()
        }


def test_the_program_that_cannot_start_is_an_error_here() -> None:
    with pytest.raises(FileNotFoundError):
        Terminal(["no-such-program-here"], env={})


def test_leaving_the_block_ends_the_program(start: Start) -> None:
    with start("import signal\nprint('ready', flush=True)\nsignal.pause()") as t:
        t.wait_for("ready")
    assert t.wait_exit(timeout=0) == -signal.SIGKILL
