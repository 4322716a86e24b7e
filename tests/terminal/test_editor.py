"""D7: the draft is edited in the person's own editor, which has the terminal meanwhile."""

from __future__ import annotations

import re
import signal
import stat
import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.service.drafts import draft_path
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import leave

PAGE = re.compile("Pol(icy|ítica) ►")

PROGRAM = """
import sys
from pathlib import Path
from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.review import base
from mesa_recuperacion.dialogue.review.policy import opening
from mesa_recuperacion.dialogue.talk import Step

real = conversation.press
def press(talk, key, text, now):
    if key == "f4" and talk.stage == "review":  # as the letter of the board will
        return base.look(talk, "review_policy", opening(talk))
    return real(talk, key, text, now)
conversation.press = press
from mesa_recuperacion.__main__ import main
sys.exit(main())
"""

EDITOR = """#!{python}
import os, sys, termios, time
path = sys.argv[-1]
flags = termios.tcgetattr(0)[3]
print("EDITOR " + " ".join(n for n in ("ECHO", "ICANON", "ISIG") if flags & getattr(termios, n)), flush=True)
{body}
"""

CHEAPER = """
text = open(path, encoding="utf-8").read()
open(path, "w", encoding="utf-8").write(text.replace("case_cap = 150", "case_cap = 120"))
"""


def editor(folder: Path, body: str) -> Path:
    """An editor that does what its body says with ``path``."""
    made = folder / "my editor"
    made.write_text(EDITOR.format(python=sys.executable, body=body), encoding="utf-8")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return made


def at_policy(home: Path, **environ: str) -> Terminal:
    """The real desk in a terminal, at the page of the policy."""
    env = {"MESA_HOME": str(home), "VISUAL": "", "EDITOR": "", **environ}
    terminal = Terminal([sys.executable, "-c", PROGRAM], env=env)
    terminal.wait_for("Número y PIN ►")
    terminal.send(f"3 {desk.CARLA}\r")
    terminal.wait_for("F9")
    terminal.wait_gone("Número y PIN ►")
    terminal.send("<f4>")
    terminal.wait_for(PAGE)
    return terminal


def text_of(home: Path) -> str:
    return draft_path(home / "mesa.db").read_text(encoding="utf-8")


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_d7_the_draft_is_edited_and_what_it_changes_is_there(home: Path, tmp_path: Path, variable: str) -> None:
    made = editor(tmp_path, CHEAPER + "sys.stdin.readline()\n")
    with at_policy(home, **{variable: f"'{made}' --wait"}) as terminal:
        terminal.send("e\r")
        terminal.wait_for("EDITOR ECHO ICANON ISIG")
        terminal.send("listo\rp\r\r")  # what the editor leaves unread is not the desk's
        terminal.wait_for(PAGE)
        terminal.send("d\r")
        terminal.wait_for("$150 → $120")
        leave(terminal)
    assert "case_cap = 120" in text_of(home)
    assert stat.S_IMODE(draft_path(home / "mesa.db").stat().st_mode) == 0o600
    assert len(desk.facts(home / "mesa.db", f.PolicyPublished)) == 1


def test_d7_an_editor_that_ends_badly_loses_nothing(home: Path, tmp_path: Path) -> None:
    with at_policy(home, VISUAL=f"'{editor(tmp_path, CHEAPER + 'sys.exit(3)')}'") as terminal:
        terminal.send("e\r")
        terminal.wait_for(lambda: b"EDITOR" in terminal.raw)  # it may be gone again before anybody looks
        terminal.wait_for(PAGE)
        terminal.wait_for(re.compile("[“«]my editor[”»]"))
        leave(terminal)
    assert "case_cap = 120" in text_of(home)


@pytest.mark.parametrize("named", ["", "no-such-editor-anywhere", "'unclosed", "/"])
def test_d7_without_an_editor_the_file_is_named_and_can_be_edited_elsewhere(home: Path, named: str) -> None:
    with at_policy(home, VISUAL=named) as terminal:
        terminal.send("e\r")
        terminal.wait_for(re.compile("[“«]") if named else "VISUAL")
        path = draft_path(home / "mesa.db")
        path.write_text(path.read_text(encoding="utf-8").replace("case_cap = 150", "case_cap = 120"), encoding="utf-8")
        terminal.send("r\rd\r")
        terminal.wait_for("$150 → $120")
        leave(terminal)


def test_d7_ctrl_c_in_the_editor_is_the_editor_s(home: Path, tmp_path: Path) -> None:
    body = "import signal\nsignal.signal(signal.SIGINT, lambda *_: print('STOPPED', flush=True))\n"
    made = editor(tmp_path, body + "print('READY', flush=True)\nsys.stdin.readline()\n" + CHEAPER)
    with at_policy(home, VISUAL=f"'{made}'") as terminal:
        terminal.send("e\r")
        terminal.wait_for("READY")
        terminal.send("\x03")
        terminal.wait_for("STOPPED")
        terminal.send("\r")
        terminal.wait_for(PAGE)
        terminal.send("d\r")
        terminal.wait_for("$150 → $120")
        leave(terminal)


def test_d7_told_to_end_while_the_editor_is_open_both_end_and_the_text_is_there(home: Path, tmp_path: Path) -> None:
    body = CHEAPER + "print('READY', flush=True)\nsys.stdin.readline()\n"
    with at_policy(home, VISUAL=f"'{editor(tmp_path, body)}'") as terminal:
        terminal.send("e\r")
        terminal.wait_for("READY")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert terminal.tty_faults() == []
    assert "case_cap = 120" in text_of(home)


def test_e4_killed_while_the_editor_is_open_the_text_is_there(home: Path, tmp_path: Path) -> None:
    body = CHEAPER + "print('READY', flush=True)\nsys.stdin.readline()\n"
    with at_policy(home, VISUAL=f"'{editor(tmp_path, body)}'") as terminal:
        terminal.send("e\r")
        terminal.wait_for("READY")
        terminal.kill()
    assert "case_cap = 120" in text_of(home)
    with at_policy(home) as terminal:
        terminal.send("d\r")
        terminal.wait_for("$150 → $120")
        leave(terminal)


def test_e4_e2_killed_below_its_editor_the_desk_is_not_started_again_beside_it(home: Path, tmp_path: Path) -> None:
    """Two would read the keys then, and half a PIN would end in the draft."""
    body = CHEAPER + "print('READY', flush=True)\nsys.stdin.readline()\n"
    with at_policy(home, VISUAL=f"'{editor(tmp_path, body)}'") as terminal:
        terminal.send("e\r")
        terminal.wait_for("READY")
        [drawing] = terminal.below
        drawing.kill()
        assert terminal.wait_exit() == 128 + signal.SIGKILL
        assert terminal.tty_faults() == []
        assert PAGE.search(terminal.text) is None
    assert "case_cap = 120" in text_of(home)


def test_e4_killed_after_its_editor_the_desk_comes_back(home: Path, tmp_path: Path) -> None:
    with at_policy(home, VISUAL=f"'{editor(tmp_path, CHEAPER)}'") as terminal:
        terminal.send("e\r")
        terminal.wait_for(lambda: b"EDITOR" in terminal.raw)  # it may be gone again before anybody looks
        terminal.wait_for(PAGE)
        [drawing] = terminal.below
        drawing.kill()
        terminal.wait_for("Número y PIN ►")
