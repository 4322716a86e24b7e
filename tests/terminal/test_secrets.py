"""E2, E5: while the real desk is used, no PIN and nobody's name is in a log, a file name, the process list, the title
of the terminal, or another person's half-typed lines.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import desk
from tests.terminal.harness import Terminal
from tests.terminal.programs import MESA
from tests.terminal.test_above_a_limit import ABOVE

NAME, PHONE, NOTE = "Canaria Zurita Olmos", "5598761234", "canario en la nota"
WRONG, NEW = "640281937", "593817264"
PINS = (desk.ANA, desk.CARLA, WRONG, NEW)
PERSONAL = ("Canaria", "Zurita", PHONE, "canario")
TITLE = re.compile(rb"\x1b\][012]?;|\x1bk|\x9d")


@contextmanager
def process_list() -> Iterator[set[bytes]]:
    """Every command line and environment that this machine's list of processes has shown meanwhile, but our own."""
    seen: set[bytes] = set()
    over, looked = threading.Event(), threading.Event()

    def look() -> None:
        while not over.wait(0.01):
            for place in Path("/proc").glob("[0-9]*"):
                for what in ("cmdline", "environ", "comm"):
                    try:
                        seen.add((place / what).read_bytes())
                    except OSError:
                        continue
            looked.set()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    looked.wait(30)
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def kept(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its name."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no list of processes to look at")
def test_e2_e5_using_the_desk_leaves_no_secret_anywhere(home: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = {"MESA_HOME": str(home), "TMPDIR": str(scratch)}
    with process_list() as processes, Terminal(MESA, env=env) as terminal:
        terminal.wait_for("Número y PIN ►")
        terminal.send(f"1 {WRONG}\r")
        terminal.wait_for("no coinciden")
        terminal.send(f"1 {desk.ANA}\r")
        terminal.wait_for("Cliente ►")
        terminal.send(f"\x07k{desk.ANA}\r{NEW}\r{NEW}\r")
        terminal.wait_for("Su nuevo PIN vale")
        terminal.send(f"{NAME}\r\rfal\r{NOTE}\r\r{ABOVE}")
        terminal.wait_for("Promete")
        terminal.send("2h y algo a medias<f3>")
        terminal.wait_for("Cliente ►")
        terminal.send("<f3>")
        terminal.wait_for("Número y PIN ►")
        terminal.send("<f3>")
        assert terminal.wait_exit() == 0
        raw = terminal.raw
    assert any(b"mesa_recuperacion" in seen for seen in processes), "the desk itself was among them"
    for word in (*PINS, *PERSONAL):
        assert not [seen for seen in processes if word.encode() in seen], word
    assert TITLE.search(raw) is None
    for word in PINS:
        assert word.encode() not in raw
        assert not [name for name, said in kept(home).items() if word in name or word.encode() in said], word
    for word in PERSONAL:
        assert not [name for name in (*kept(home), *kept(scratch)) if word.casefold() in name.casefold()], word
        logs = [said for name, said in kept(home).items() if "log" in name or "keys" in name or "attempts" in name]
        assert not [said for said in logs if word.encode() in said], word
    with closing(sqlite3.connect(home / "mesa.db")) as database:
        drafts = database.execute("SELECT person, slot, line FROM draft").fetchall()
    assert not [line for _, slot, line in drafts if slot == "" and any(word in line for word in (*PINS, *PERSONAL))]
    assert {person for person, _, _ in drafts} <= {"founding-1"}


BREAKS = """
import sys
from mesa_recuperacion.service.{module} import {kind}
def broken(self, *given, **more):
    secret = given
    raise RuntimeError(repr(given))
armed = {kind}.{name}
def once(self, *given, **more):
    if {when}:
        broken(self, *given, **more)
    return armed(self, *given, **more)
{kind}.{name} = once
from mesa_recuperacion.__main__ import main
sys.argv = ["mesa"]
sys.exit(main())
"""
LOGIN = ("Número y PIN ►", f"1 {WRONG}\r", ())
CHANGE = ("Cliente ►", f"\x07k{WRONG}\r{NEW}\r{NEW}\r", (f"1 {desk.ANA}\r",))
AUTHORISE = (
    "Cliente ►", f"{NAME}\r\rfal\r{NOTE}\r\r4\r220\r\rtercera vez\r3 {WRONG}\r", (f"1 {desk.ANA}\r",)
)  # fmt: skip


@pytest.mark.parametrize("flow", [LOGIN, CHANGE, AUTHORISE], ids=["login", "change", "authorise"])
@pytest.mark.parametrize(
    ("module", "kind", "name", "when"),
    [
        ("hashing", "Argon2", "verify", f"{WRONG!r} in given"), ("people", "People", "_matches", f"{WRONG!r} in given"),
        ("people", "People", "_failed", "True"),
    ],
)  # fmt: skip
def test_e2_a_crash_while_a_pin_is_looked_at_shows_and_keeps_none(
    home: Path, flow: tuple[str, str, tuple[str, ...]], module: str, kind: str, name: str, when: str
) -> None:
    program = [sys.executable, "-c", BREAKS.format(module=module, kind=kind, name=name, when=when)]
    shown, typed, before = flow
    with Terminal(program, env={"MESA_HOME": str(home)}) as terminal:
        terminal.wait_for("Número y PIN ►")
        for line in before:
            terminal.send(line)
        terminal.wait_for(shown)
        terminal.send(typed)
        terminal.wait_for(re.compile(r"nota [0-9a-f]{6}|[0-9a-f]{6}"))
        raw = terminal.raw
        terminal.kill()
    for word in (WRONG, NEW, desk.ANA, "Traceback", "RuntimeError"):
        assert word.encode() not in raw, word
    for place, said in kept(home).items():
        for word in (WRONG, NEW, desk.ANA):
            assert word.encode() not in said, (place, word)
