"""Every way in which the desk begins, fails and ends, in a real terminal that must be left as it was found."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal

ROOT = Path(__file__).resolve().parents[2]


class Desk(Terminal):
    """The desk of `fake_desk`, and what it has told."""

    def __init__(self, path: Path, *, env: dict[str, str] | None = None, send_at_start: bytes = b"") -> None:
        self.path = path / "told"
        super().__init__(
            [sys.executable, "-m", "tests.terminal.fake_desk", str(self.path)],
            env={"PYTHONPATH": str(ROOT), **(env or {})}, send_at_start=send_at_start,
        )  # fmt: skip

    @property
    def told(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []

    @property
    def log(self) -> str:
        return Path(f"{self.path}.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(("sig", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_e4_a_signal_keeps_the_line_and_gives_the_terminal_back(tmp_path: Path, sig: int, status: int) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.send("faltó la lámp")
        t.wait_for("faltó la lámp")
        t.signal(sig)
        assert t.wait_exit() == status
        assert t.tty_faults() == []
        assert t.told[-2:] == ["kept faltó la lámp", "closed "]


def test_e4_a_signal_ends_it_even_when_the_work_hangs(tmp_path: Path) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.send("hang<enter>")
        t.wait_for(lambda: "hanging " in t.told)
        t.signal(signal.SIGTERM)
        assert t.wait_exit() == 143
        assert t.tty_faults() == []


def test_e4_a_terminal_that_is_gone_ends_it(tmp_path: Path) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.send("faltó")
        t.wait_for("faltó")
        t.close_master()
        assert t.wait_exit() == 129
        assert "kept faltó" in t.told


def test_a_failure_says_one_sentence_and_nothing_else(tmp_path: Path) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.send("crash<enter>")
        assert t.wait_exit() == 1
        assert t.tty_faults() == []
        [reference] = re.findall(r"^([0-9a-f]{6}) RuntimeError at ", t.log, re.MULTILINE)
        assert t.ever_showed(reference)
        assert not t.ever_showed("482100")
        assert not t.ever_showed("Traceback")
        assert "482100" not in t.log


def test_to_quit_ends_it_with_nothing(tmp_path: Path) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.send("bye<enter>")
        assert t.wait_exit() == 0
        assert t.tty_faults() == []


def test_keys_typed_before_the_program_started_are_taken_in_order(tmp_path: Path) -> None:
    with Desk(tmp_path, send_at_start=b"marta\x7fa\rretraso\rnota\r") as t:
        t.wait_for("close ►")
        assert [one for one in t.told if one.startswith("answer")] == ["answer marta", "answer retraso", "answer nota"]


def test_a_latin1_keyboard_is_understood(tmp_path: Path) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.send(b"ni\xf1o\xff\r")
        t.wait_for(lambda: "answer niñoÿ" in t.told)


def test_a_paste_presses_no_enter(tmp_path: Path) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.paste("Rosa\nMedina\n\x1b]0;title\x07Peña\n\x1b\r")
        t.wait_for("► Rosa Medina Peña")
        t.send("<enter>")
        t.wait_for(lambda: bool([one for one in t.told if one.startswith("answer")]))
        assert [one for one in t.told if one.startswith("answer")] == ["answer Rosa Medina Peña"]


def test_esc_in_the_middle_of_a_packet_is_esc(tmp_path: Path) -> None:
    with Desk(tmp_path) as t:
        t.wait_for("name ►")
        t.send(b"wrong\x1b\r")
        t.wait_for(lambda: "answer " in t.told)
        t.send(b"x\x1bmarta\x1b[D\r")
        t.wait_for(lambda: "answer marta" in t.told)


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_draw_is_refused_in_a_sentence(tmp_path: Path, term: str) -> None:
    with Desk(tmp_path, env={"TERM": term}) as t:
        assert t.wait_exit() == 2
        assert t.text.strip()
        assert "\x1b" not in t.raw.decode()


def test_a_pipe_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.terminal.fake_desk", str(tmp_path / "told")],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_f6_no_colour_means_no_colour(tmp_path: Path) -> None:
    with Desk(tmp_path, env={"NO_COLOR": "1"}) as t:
        t.wait_for("name ►")
        cells = [t.cell(row, column) for row in range(24) for column in range(80)]
        assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
        assert any(cell.reverse for cell in cells)


def test_f6_the_linux_console_gets_plain_signs_in_its_own_colours(tmp_path: Path) -> None:
    with Desk(tmp_path, env={"TERM": "linux", "COLORTERM": ""}) as t:
        t.wait_for("name >")
        cells = [t.cell(row, column) for row in range(24) for column in range(80)]
        assert {cell.bg for cell in cells} == {"black", "blue"} | {cells[-1].bg}
        assert not {cell.char for cell in cells} & set("►●▲■√─▌«»")
