"""T12: whatever a terminal sends, the desk lives, says what it left out, and gives no money away (rules A6, B3, E4)."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import signed_in
from tests.terminal.test_resumed import drafted

MEGABYTE = 1_000_000
CUT = "Caben 400 caracteres; el resto quedó fuera."
TO_THE_CLOSING = "Marta Ruiz\r\r3\r\r\r2\r\r\r"
YES = "s\r" * (MEGABYTE // 2)
"""What confirms a closing wherever it is read as keys, a megabyte of it."""

UNTAUGHT = """
import sys
from mesa_recuperacion.tui import terminal
terminal.UNMARKED = 10_000_000
from mesa_recuperacion.__main__ import main
sys.argv = ["mesa"]
sys.exit(main())
"""
"""The program without what it knows of pastes that a terminal does not mark."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a founded branch in it."""
    desk.branch(tmp_path / "home")
    return tmp_path / "home"


def closed(home: Path) -> int:
    """How many cases were closed, and with that how many gestures delivered."""
    facts = desk.facts(home / "mesa.db", f.CompensationDelivered, f.CaseClosed)
    delivered = sum(isinstance(fact, f.CompensationDelivered) for fact in facts)
    assert delivered * 2 == len(facts)
    return delivered


def at_closing(terminal: Terminal) -> None:
    """Where one letter and Enter deliver a gesture."""
    terminal.send(TO_THE_CLOSING)
    terminal.wait_for("¿Conforme? ►")
    terminal.wait_quiet(0.4)


def test_t12_bytes_that_are_no_utf8_are_letters(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.send(b"Begon\xf1a \xff\xfe Pe\xf1a")
        terminal.wait_for("► Begonña ÿþ Peña")
        terminal.send("ñ")
        terminal.wait_for("► Begonña ÿþ Peñañ")
        terminal.wait_for(lambda: drafted(home, "Begonña ÿþ Peñañ"))


def test_t12_five_hundred_sizes_leave_the_same_picture_and_the_same_line(home: Path) -> None:
    seed = random.randrange(2**32)
    sizes = random.Random(seed)
    with signed_in(home) as terminal:
        terminal.send("Marta Ruiz\r\r3\r")
        terminal.wait_for("Nota ►")
        terminal.send("a medi")
        terminal.wait_for("Nota ► a medi")
        before = terminal.lines[4:20]
        for cols, rows in [
            (1, 1),
            (1, 300),
            (300, 1),
            *((sizes.randint(1, 250), sizes.randint(1, 90)) for _ in range(494)),
        ]:
            terminal.resize(cols, rows)
        for cols, rows in [(0, 0), (80, 0), (0, 24)]:
            terminal.kernel_resize(cols, rows)
            terminal.send(f"\x1b[48;{rows};{cols};0;0t".encode())
        terminal.resize(80, 24)
        terminal.wait_for("Nota ► a medi")
        terminal.wait_for(lambda: terminal.lines[4:20] == before)
        terminal.send("as")
        terminal.wait_for("Nota ► a medias")
        assert not terminal.ever_showed("Traceback"), seed


def test_t12_a_megabyte_pasted_is_cut_and_that_is_said(home: Path) -> None:
    with signed_in(home) as terminal:
        terminal.send("Marta Ruiz\r\r3\r")
        terminal.wait_for("Nota ►")
        terminal.paste("fue así\n" * (MEGABYTE // 8))
        terminal.wait_for(CUT, timeout=60)
        terminal.send("\r")
        terminal.wait_for("Solución ►")
    with desk.opened(home / "mesa.db") as store, store.reading() as tx:
        file = tx.case_file("CEN-1001")
    assert file is not None
    assert file.notes == (("fue así " * 50)[:400].strip(),)


@pytest.mark.parametrize("marked", [True, False], ids=["marked", "not marked"])
def test_t12_no_enter_in_a_megabyte_pasted_confirms_money(home: Path, marked: bool) -> None:
    with signed_in(home) as terminal:
        at_closing(terminal)
        if marked:
            terminal.paste(YES.replace("\r", "\n"))
        else:
            terminal.send(YES.encode())
        terminal.wait_for(CUT, timeout=60)
        terminal.send("<esc>")
        terminal.wait_gone("s s s")
        assert closed(home) == 0
        terminal.send("s\r")  # the control: these very keys close it where somebody presses them
        terminal.wait_for("cerrado")
    assert closed(home) == 1


def test_t12_control_read_as_keys_the_same_paste_confirms(home: Path) -> None:
    with Terminal([sys.executable, "-c", UNTAUGHT], env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for("Cliente ►")
        at_closing(terminal)
        terminal.send(("s\r" * 1000).encode())
        terminal.wait_for(lambda: closed(home) == 1)


NO_UTF8 = {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ({"LC_ALL": "POSIX"}, "ñ".encode()),
        (NO_UTF8, b"n"),
        ({**NO_UTF8, "PYTHONIOENCODING": "latin-1"}, b"\xf1"),
    ],
    ids=["UTF-8 all the same", "plain letters", "Latin-1"],
)
def test_t12_f6_a_letter_is_shown_as_well_as_the_terminal_can_and_kept_as_it_was_typed(
    home: Path, told: dict[str, str], written: bytes
) -> None:
    """Where nobody knows that it could show more, plain letters are shown: never a question mark."""
    with Terminal([sys.executable, "-m", "mesa_recuperacion"], env={"MESA_HOME": str(home), **told}) as terminal:
        terminal.wait_for("PIN")
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for("Cliente")
        before = len(terminal.raw)
        terminal.send("ñ")
        terminal.wait_for(lambda: drafted(home, "ñ"))
        terminal.wait_for(lambda: written in terminal.raw[before:])
        letters = {"ñ".encode(), b"\xf1", b"?"} - {written}
        assert not any(letter in re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", terminal.raw[before:]) for letter in letters)
