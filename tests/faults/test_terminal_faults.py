"""T12: whatever ends or stops the desk, its status is right, what was typed is kept, and the terminal is usable.

In a real terminal, with the real program: a process that draws, and one above it (rule E4).
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests import desk
from tests.faults.at_terminal import LOGIN, as_found, at_note, drawing, enter, job, leave, until_gone
from tests.terminal.harness import Terminal
from tests.terminal.programs import BARE, MESA, in_shell, signed_in, usable
from tests.terminal.test_resumed import drafted

CRASHES = [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT]
TOLD = [
    *(("above", sent) for sent in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)),
    ("below", signal.SIGTERM),
    *(("both", sent) for sent in (signal.SIGTERM, signal.SIGHUP)),
]

ABOVE_A_LEADER = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
child = os.posix_spawn(sys.executable, [sys.executable, "-m", "mesa_recuperacion"], os.environ)
ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
open(sys.argv[1], "w").write(str(ended))
"""
"""Leads the session and hears nothing when its terminal hangs up, so nobody below it is told either."""

WAITS = """
import sys, time
import mesa_recuperacion.cli.launch as launch
from pathlib import Path
open_here, flag = launch.open_here, Path({flag!r})
def waiting(**asked):
    if launch.ended_before() or {at_once}:
        print("waiting", flush=True)
        while not flag.exists():
            time.sleep(0.01)
    return open_here(**asked)
launch.open_here = waiting
sys.argv = ["mesa"]
from mesa_recuperacion.__main__ import main
sys.exit(main())
"""
"""The program with a desk that waits before it draws: at once, or when it is started again."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a founded branch in it."""
    desk.branch(tmp_path / "home")
    return tmp_path / "home"


def test_t12_the_desk_is_killed_and_comes_back_with_what_was_typed(home: Path) -> None:
    with signed_in(home) as terminal:
        at_note(terminal, home, "Faltó la lámp")
        terminal.send("ara")
        killed = drawing(terminal)
        killed.kill()
        terminal.wait_for(LOGIN)
        terminal.wait_for("Un caso quedó abierto")
        assert drawing(terminal).pid != killed.pid
        enter(terminal)
        terminal.send("1\r")
        terminal.wait_for(re.compile("Nota ► Faltó la lámp(a(ra?)?)? "))
        assert not terminal.ever_showed(desk.ANA[:5])
        leave(terminal)
        assert terminal.wait_exit() == 0
        assert terminal.tty_faults() == []
        assert terminal.settings == as_found()
    log = (home / "logs" / "mesa.log").read_text(encoding="utf-8")
    assert "ended by signal 9 and started again" in log


def test_t12_control_with_nobody_above_a_kill_leaves_the_terminal_drawn_on(home: Path) -> None:
    with Terminal(BARE, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for(LOGIN)
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
        assert {"echo is off", "line editing is off", "the alternate screen is on"} <= set(terminal.tty_faults())


@pytest.mark.parametrize("how", CRASHES, ids=lambda one: one.name)
def test_t12_a_desk_that_crashes_again_is_given_up_and_the_terminal_is_as_it_was(
    home: Path, how: signal.Signals
) -> None:
    env = {"MESA_HOME": str(home), "LC_ALL": "en_US.UTF-8"}
    with Terminal(MESA, env=env, size=(160, 24)) as terminal:
        terminal.wait_for(LOGIN)
        first = drawing(terminal)
        first.send_signal(how)
        terminal.wait_for(lambda: [one.pid for one in terminal.below] not in ([], [first.pid]))
        terminal.wait_for(LOGIN)
        drawing(terminal).send_signal(how)
        assert terminal.wait_exit() == 128 + how
        assert terminal.tty_faults() == []
        assert terminal.settings == as_found()
        assert f"For whoever looks after it: {how.name}." in terminal.text
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize(("to", "sent"), TOLD)
def test_t12_told_to_end_it_ends_in_order_whoever_is_told(home: Path, to: str, sent: signal.Signals) -> None:
    with signed_in(home) as terminal:
        at_note(terminal, home, "a medi")
        terminal.send("as")
        terminal.wait_for("Nota ► a medias")
        if to != "above":
            drawing(terminal).send_signal(sent)
        if to != "below":
            terminal.signal(sent)
        assert terminal.wait_exit() == 128 + sent
        assert terminal.tty_faults() == []
        assert terminal.settings == as_found()
        assert "open it again" not in terminal.text
    assert drafted(home, "a medias")


def test_t12_the_process_above_is_killed_and_the_desk_ends_in_order(home: Path) -> None:
    with in_shell(home) as terminal:
        enter(terminal)
        at_note(terminal, home, "a medi")
        above, below = job(terminal)
        above.kill()
        terminal.wait_for(lambda: b"ended 137" in terminal.raw)  # on the other screen, as long as there is one
        until_gone(below)
        assert usable(terminal) == []
    assert drafted(home, "a medi")


def test_t12_both_are_killed_and_the_next_start_goes_on(home: Path) -> None:
    with in_shell(home) as terminal:
        enter(terminal)
        at_note(terminal, home, "a medi")
        above, _ = job(terminal)
        os.killpg(above.pid, signal.SIGKILL)
        terminal.wait_for("ended 137")
    with signed_in(home) as terminal:
        terminal.send("1\r")
        terminal.wait_for("Nota ► a medi")


def test_t12_a_terminal_that_is_gone_without_a_signal_ends_the_desk(home: Path, tmp_path: Path) -> None:
    """Textual would go on for ever, reading nothing as fast as it can."""
    status = tmp_path / "status"
    argv = [sys.executable, "-c", ABOVE_A_LEADER, str(status)]
    with Terminal(argv, env={"MESA_HOME": str(home)}) as terminal:
        enter(terminal)
        at_note(terminal, home, "a medi")
        terminal.close_master()
        terminal.wait_exit()
    assert status.read_text(encoding="utf-8") == "129"
    assert drafted(home, "a medi")


AT_REST = 4
"""Threads of a desk that has looked through its journal: none that reads keys is left over from before it stopped."""

STOPS: dict[str, Callable[[psutil.Process, psutil.Process], None]] = {
    "above is suspended": lambda above, below: above.send_signal(signal.SIGTSTP),
    "the desk is suspended": lambda above, below: below.send_signal(signal.SIGTSTP),
    "both are suspended": lambda above, below: os.killpg(above.pid, signal.SIGTSTP),
    "the desk is stopped": lambda above, below: below.send_signal(signal.SIGSTOP),
    "both are stopped": lambda above, below: os.killpg(above.pid, signal.SIGSTOP),
}


@pytest.mark.parametrize("how", STOPS)
def test_t12_stopped_the_shell_has_a_usable_terminal_and_continued_the_desk_has(home: Path, how: str) -> None:
    with in_shell(home) as terminal:
        enter(terminal)
        at_note(terminal, home, "a medi")
        terminal.wait_quiet(0.3)
        before = terminal.lines[4:20]
        above, below = job(terminal)
        terminal.wait_for(lambda: below.num_threads() == AT_REST)
        STOPS[how](above, below)
        terminal.wait_for("Stopped")
        if how != "both are stopped":  # nobody was left to do it; a shell only sets its line right
            assert usable(terminal) == []
        written = len(terminal.raw)
        terminal.send("fg\r")
        terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.raw[written:])
        terminal.wait_for(lambda: terminal.lines[4:20] == before)
        terminal.wait_for("Nota ► a medi")
        terminal.send("as y ")
        terminal.send("<esc>otra<left><backspace>")
        terminal.wait_for("Nota ► ota")
        assert below.num_threads() == AT_REST
        leave(terminal)
        until_gone(above)
        assert usable(terminal) == []


def test_t12_no_key_is_shown_or_lost_while_it_comes_back_and_none_of_the_dead_desk_is_left(
    home: Path, tmp_path: Path
) -> None:
    flag = tmp_path / "go on"
    program = [sys.executable, "-c", WAITS.format(flag=str(flag), at_once=False)]
    with Terminal(program, env={"MESA_HOME": str(home)}) as terminal:
        enter(terminal)
        at_note(terminal, home, "a medi")
        below = drawing(terminal)
        below.suspend()
        terminal.wait_gone("Nota ►")
        terminal.send("never read\r")
        below.kill()
        terminal.wait_for(lambda: terminal.signal(signal.SIGCONT) or "waiting" in terminal.text)
        terminal.send(f"1 {desk.ANA}\r")
        flag.touch()
        terminal.wait_for("Quedó a medias")
        assert not terminal.ever_showed(desk.ANA[:5])


def test_t12_control_c_before_the_first_picture_ends_it(home: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-c", WAITS.format(flag=str(tmp_path / "never"), at_once=True)]
    with Terminal(program, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("waiting")
        terminal.send(b"\x03")
        assert terminal.wait_exit() == 130
        assert terminal.tty_faults() == []
        assert terminal.settings == as_found()
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_t12_a_terminal_that_cannot_draw_is_told_so_and_left_alone(home: Path, term: str) -> None:
    with Terminal(MESA, env={"MESA_HOME": str(home), "TERM": term}) as terminal:
        assert terminal.wait_exit() == 2
        assert "TERM" in terminal.text
        assert b"\x1b" not in terminal.raw
        assert terminal.settings == as_found()
