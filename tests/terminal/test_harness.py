"""The harness itself: a test that it passes wrongly, or fails wrongly, would be worth nothing."""

from __future__ import annotations

import re
import signal
import textwrap
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal, WaitError
from tests.terminal.programs import FORM, KEYS, PACKETS, WAITS_FOR_ENTER, start

# Typing


def test_keys_sent_before_the_program_runs_wait_for_it() -> None:
    with start("print('I read', input())", send_at_start="Señora 7\r".encode()) as t:
        t.wait_for("I read Señora 7")
        assert t.wait_exit() == 0


def test_before_raw_mode_the_terminal_makes_enter_a_line_feed() -> None:
    """Why the desk must accept ctrl+j as Enter: that is what type-ahead becomes."""
    with start(PACKETS, send_at_start=b"a\rb\r") as t:
        t.wait_for(r"b'a\nb\n'")


def test_more_than_the_kernel_keeps_is_refused_and_not_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="4095"):
        start(PACKETS, send_at_start=b"x" * 5000)


def test_one_packet_is_one_packet_and_typing_is_one_key_each() -> None:
    with start(PACKETS) as t:
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
def test_named_keys_are_what_xterm_sends(keys: str, packet: bytes) -> None:
    with start(PACKETS) as t:
        t.wait_for("ready")
        t.send(keys)
        t.wait_for(ascii(packet))
        assert t.lines[1] == ascii(packet)


@pytest.mark.parametrize("keys", ["<f13>", "<hyper+a>", "<enter", "a < b"])
def test_an_unknown_key_name_is_an_error_and_not_text(keys: str) -> None:
    with start(PACKETS) as t, pytest.raises(ValueError, match="<"):
        t.send(keys)


def test_arrows_follow_the_application_cursor_mode() -> None:
    with start("import os\nos.write(1, b'\\x1b[?1h')\n" + textwrap.dedent(PACKETS)) as t:
        t.wait_for("ready")
        t.send("<up>")
        t.wait_for(ascii(b"\x1bOA"))


@pytest.mark.parametrize("kitty", [False, True])
def test_textual_reads_each_named_key_as_its_own(kitty: bool) -> None:
    names = ["f1", "f2", "f3", "f4", "f5", "f9", "f12", "up", "left", "home", "delete", "ctrl+z", "ctrl+g", "a", "A"]
    others = {"esc": "escape", "enter": "enter", "backspace": "backspace", "shift+tab": "shift+tab", "pgdn": "pagedown"}
    with start(KEYS, kitty=kitty) as t:
        t.wait_for("ready")
        t.wait_for(lambda: b"\x1b[?2026h" in t.raw)
        for name in names:
            t.send(name if len(name) == 1 else f"<{name}>")
            t.wait_for(f"got {name}.")
        for sent, read in others.items():
            t.send(f"<{sent}>")
            t.wait_for(f"got {read}.")


def test_a_paste_carries_marks_only_for_a_program_that_asked() -> None:
    with start(PACKETS) as t:
        t.wait_for("ready")
        t.paste("one\ntwo")
        t.wait_for(ascii(b"one\rtwo"))
    with start("import os\nos.write(1, b'\\x1b[?2004h')\n" + textwrap.dedent(PACKETS)) as t:
        t.wait_for("ready")
        t.paste("one\r\ntwo")
        t.wait_for(ascii(b"\x1b[200~one\rtwo\x1b[201~"))


def test_a_megabyte_at_once_neither_blocks_nor_loses_a_byte() -> None:
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


# Waiting and ending


def test_a_failed_wait_shows_the_screen() -> None:
    with start(WAITS_FOR_ENTER) as t:
        t.wait_for("ready")
        with pytest.raises(WaitError, match=r"(?s)never showed: 'Marta' within 0\.1 s \(program running\).*ready"):
            t.wait_for("Marta", timeout=0.1)
        with pytest.raises(WaitError, match="still shows: 'ready'"):
            t.wait_gone("ready", timeout=0.1)
        with pytest.raises(WaitError, match="did not end"):
            t.wait_exit(timeout=0.1)


def test_a_wait_ends_at_once_when_the_program_does() -> None:
    with start("print('the end')\nraise SystemExit(3)") as t:
        with pytest.raises(WaitError, match=r"(?s)never showed: 'Marta' \(program .*the end"):
            t.wait_for("Marta", timeout=3600)
        assert t.wait_exit() == 3


def test_waits_take_text_pattern_or_function_and_see_what_goes() -> None:
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


def test_quiet_is_silence_and_not_a_screen_that_stays() -> None:
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
    with start(PACKETS) as t:
        t.wait_for("ready")
        t.wait_quiet(1)
        t.send("a")
        t.wait_quiet(1)  # silence before the key does not count
        assert "b'a'" in t.text


def test_exit_status_is_negative_for_a_signal() -> None:
    with start(WAITS_FOR_ENTER) as t:
        t.wait_for("ready")
        t.signal(signal.SIGTERM)
        assert t.wait_exit() == -signal.SIGTERM
        t.signal(signal.SIGTERM)  # to nobody
    with start(WAITS_FOR_ENTER) as t:
        t.wait_for("ready")
        t.kill()
        assert t.wait_exit() == -signal.SIGKILL


def test_it_is_the_controlling_terminal() -> None:
    with start("import signal\nprint('ready', flush=True)\nsignal.pause()") as t:
        t.wait_for("ready")
        t.send("<ctrl+c>")
        assert t.wait_exit() == -signal.SIGINT


def test_closing_the_terminal_hangs_the_program_up(tmp_path: Path) -> None:
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


def test_a_killed_program_leaves_a_terminal_that_is_not_sane() -> None:
    with start(FORM) as t:
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


def test_leaving_the_block_ends_the_program() -> None:
    with start("import signal\nprint('ready', flush=True)\nsignal.pause()") as t:
        t.wait_for("ready")
    assert t.wait_exit(timeout=0) == -signal.SIGKILL
