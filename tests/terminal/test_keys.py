"""Keys in a real terminal: the test of them, without a branch, and a desk on which some were moved (rules A6, F6)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA, signed_in

EN = {"LC_ALL": "en_US.UTF-8"}


def key_test(home: Path, command: str = "keys", **environ: str) -> Terminal:
    """The key test on a home without a branch."""
    terminal = Terminal([*MESA, command], env={"MESA_HOME": str(home), **EN, **environ})
    terminal.wait_for("Nothing has arrived yet.")
    return terminal


def settings(home: Path, text: str) -> None:
    (home / "config.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", ["keys", "teclas"])
def test_a6_what_arrives_is_marked_and_what_was_sent_is_shown(tmp_path: Path, command: str) -> None:
    with key_test(tmp_path, command) as terminal:
        terminal.wait_for(re.compile(r"F5 +\S.* Ctrl\+G"))
        terminal.send("<f5>")
        terminal.wait_for("Last: F5, sent as ESC [ 1 5 ~")
        terminal.wait_for(re.compile(r"F5 +\S.* √"))
        terminal.send("<ctrl+g>")
        terminal.wait_for("Last: Ctrl+G, sent as ^G")
        terminal.send("<backspace>")
        terminal.wait_for("Last: Backspace, sent as DEL")
        terminal.send("<enter>")
        terminal.wait_for(re.compile(r"Enter +accepts +√"))
        terminal.send("<up>")
        terminal.wait_for(re.compile(r"↑ +\S.* √"))
        terminal.send("<f3>")
        terminal.wait_for("again leaves")
        terminal.send("<f3>")
        assert terminal.wait_exit() == 0
        assert terminal.tty_faults() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".log"] == []


@pytest.mark.parametrize("keys", [["<esc>", "<esc>"], ["<ctrl+c>", "<ctrl+c>"], ["q", "<enter>"]])
def test_a6_it_can_always_be_left_even_without_f_keys(tmp_path: Path, keys: list[str]) -> None:
    first, second = keys
    with key_test(tmp_path) as terminal:
        terminal.send(first)
        terminal.wait_for("Last:")
        terminal.send(second)
        assert terminal.wait_exit() == 0
        assert terminal.tty_faults() == []


def test_e5_what_a_terminal_sends_is_shown_and_never_sent_back(tmp_path: Path) -> None:
    with key_test(tmp_path) as terminal:
        terminal.send(b"\x1bOZ")
        terminal.wait_for("sent as ESC O Z")
        assert b"\x1bOZ" not in terminal.raw
        terminal.send(b"\x1b[Z")
        terminal.wait_for("Last: Shift+Tab, sent as ESC [ Z")
        terminal.send("?")
        terminal.wait_for("byobu-disable")
        terminal.send("<ctrl+l>")
        terminal.wait_for("Last: Ctrl+L")


def test_f6_it_speaks_plain_signs_without_colour(tmp_path: Path) -> None:
    with key_test(tmp_path, NO_COLOR="1", TERM="linux") as terminal:
        terminal.send("<f2>")
        terminal.wait_for(re.compile(r"F2 +note +\+"))
        assert "√" not in terminal.text
        assert "?" not in "".join(terminal.lines[4:20])
        assert not re.search(rb"\x1b\[[0-9;]*[34]8;", terminal.raw)


def test_f6_a_terminal_that_cannot_draw_is_told_so_in_a_sentence(tmp_path: Path) -> None:
    with Terminal([*MESA, "keys"], env={"MESA_HOME": str(tmp_path), **EN, "TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == 2
        assert "This terminal says it cannot draw (TERM is “dumb”)." in terminal.text.replace("\n", " ")


def test_a6_a_moved_key_works_on_the_real_desk_and_the_old_one_does_not(home: Path) -> None:
    settings(home, '[keys]\npark = "ctrl+e"\nclose = "f3"\n')
    with signed_in(home) as terminal:
        assert "Ctrl+E" in terminal.lines[23]
        terminal.send("Marta Ruiz\r\r3\r")
        terminal.wait_for("Nota ►")
        terminal.send("media nota<home>")
        terminal.send("<f9>")
        terminal.send("<ctrl+e>")
        terminal.wait_for("Cliente ►")
        assert [fact.kind for fact in desk.facts(home / "mesa.db", f.CaseParked)] == ["case.parked"]
        terminal.send("1\r")
        terminal.wait_for("Nota ► media nota")
        terminal.send("<f3>")
        terminal.wait_for("¿Conforme? ►")
        terminal.send("<ctrl+g>e")
        terminal.wait_for("Cliente ►")
        terminal.send("<ctrl+e>")
        terminal.wait_for("Número y PIN ►")
        terminal.send("<ctrl+e>")
        assert terminal.wait_exit() == 0


def test_a6_keys_that_collide_are_both_named_before_anything_is_opened(home: Path) -> None:
    settings(home, '[keys]\nclose = "f3"\nnote = "alt+n"\n')
    with Terminal(MESA, env={"MESA_HOME": str(home), **EN}, size=(160, 24)) as terminal:
        assert terminal.wait_exit() == 2
        assert "keys.close: “park” and “close” both want F3" in terminal.text
        assert "keys.note: Alt is not told from Esc" in terminal.text


def test_c1_a_quiet_clock_writes_nothing_while_the_seconds_go_by(home: Path) -> None:
    settings(home, 'clock = "quiet"\nlanguage = "en"\n')
    with Terminal(MESA, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Number and PIN ►")
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for("Customer ►")
        terminal.send("Marta Ruiz\r")
        terminal.wait_for("● on time, of 1:00")
        assert "left" not in terminal.lines[2]
        terminal.wait_quiet(2.5)
