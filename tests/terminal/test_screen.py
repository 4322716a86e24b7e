"""What the harness says that a program showed, against what the program wrote."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.emulator import Emulator
from tests.terminal.programs import FORM, PACKETS, start


def test_size_is_given_at_start_and_a_resize_signals_the_program() -> None:
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


def test_textual_follows_a_resize_by_the_report_in_the_stream() -> None:
    with start(FORM) as t:
        t.wait_for("80 by 24")
        t.wait_for(lambda: b"\x1b[?2048h" in t.raw)
        t.resize(100, 30)
        t.wait_for("100 by 30")
        t.resize(60, 16)
        t.wait_for("60 by 16")


def test_textual_draws_whole_pictures_and_gives_the_terminal_back() -> None:
    with start(FORM) as t:
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


def test_cells_have_characters_colours_and_weight() -> None:
    with start(r"print('\x1b[1;38;2;255;128;0;44mñ\x1b[0m漢x')") as t:
        t.wait_exit()
        assert t.cell(0, 0)[:4] == ("ñ", "ff8000", "blue", True)
        assert t.cell(0, 3)[:4] == ("x", "default", "default", False)  # the sign before it is two cells wide
        assert t.lines[0] == "ñ漢x"


def test_text_behind_a_character_without_a_cell_is_shown() -> None:
    with start(r"print('Marta\u200bRuiz \u202eabc \u2764\ufe0f, n\u0303 \x01end')") as t:
        t.wait_exit()
        assert t.lines[0] == "MartaRuiz abc \u2764, ñ end"


def test_a_picture_that_nobody_waited_for_is_remembered() -> None:
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


def test_half_an_update_is_never_a_picture() -> None:
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


def test_raw_holds_every_byte_and_broken_sequences_do_not_stop_the_screen() -> None:
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
def test_questions_are_answered_as_a_terminal_does(question: bytes, answer: bytes) -> None:
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


def test_without_the_kitty_protocol_its_question_stays_unanswered() -> None:
    with start("import os\nos.write(1, b'\\x1b[?u\\x1b[5n')\n" + textwrap.dedent(PACKETS)) as t:
        t.wait_for(ascii(b"\x1b[0n"))
